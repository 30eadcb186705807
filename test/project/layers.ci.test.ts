import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const trees: string[] = [];

afterAll(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

/** A project of its own in a temporary folder, with these files: path to content. */
function tree(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-layers-"));
  trees.push(folder);
  copyFileSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

function node(folder: string, ...args: readonly string[]): { passes: boolean; says: string } {
  const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { passes: ran.status === 0, says: ran.stdout + ran.stderr };
}

const layers = (folder: string) =>
  node(
    folder,
    join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    "--config",
    join(root, "scripts/layers.rules.mjs"),
    "src",
  );

const purity = (folder: string) => node(folder, join(root, "scripts/domain-purity.mjs"), "src/domain");

/** A room that no rule names may import from anywhere. */
test.each(["domain", "github", "runtime"])(
  "every room of src/%s has its floor, and none that is gone",
  (house) => {
    const text = readFileSync(join(root, "scripts/layers.rules.mjs"), "utf8");
    const [, listed = ""] = new RegExp(`floors\\("${house}", \\[([^\\]]*)\\]`).exec(text) ?? [];
    const rooms = [...listed.matchAll(/"([^"]+)"/g)].flatMap(([, names = ""]) => names.split("|"));
    const folders = readdirSync(join(root, "src", house), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    expect(rooms.sort()).toEqual(folders.map(({ name }) => name).sort());
  },
);

describe("the layer rules", () => {
  test("let a domain pass that imports only itself", () => {
    const kept = layers(
      tree({
        "src/domain/decide/tally.ts": 'import { half } from "./half.js";\nexport const tally = half(8);\n',
        "src/domain/decide/half.ts": "export const half = (n: number) => n / 2;\n",
      }),
    );
    expect(kept.says).toContain("no dependency violations");
    expect(kept.passes).toBe(true);
  });

  const broken: readonly [string, string, Readonly<Record<string, string>>][] = [
    [
      "a domain file imports a module of Node",
      "domain-imports-only-itself",
      {
        "src/domain/decide/reads.ts":
          'import { readFileSync } from "node:fs";\nexport const tally = readFileSync;\n',
      },
    ],
    [
      "a domain file imports no more than a type from another room",
      "domain-imports-only-itself",
      {
        "src/domain/decide/label.ts":
          'import type { Label } from "../../github/label.js";\nexport type Tally = Label;\n',
        "src/github/label.ts": "export type Label = string;\n",
      },
    ],
    [
      "a domain file imports a library",
      "domain-imports-only-itself",
      {
        "src/domain/decide/shape.ts": 'import { z } from "zod";\nexport const tally = z;\n',
        "node_modules/zod/package.json":
          '{ "name": "zod", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
        "node_modules/zod/index.js": "export const z = 1;\n",
      },
    ],
    [
      "the config asks GitHub",
      "config-imports-only-domain",
      {
        "src/config/read.ts": 'import { read } from "../github/read.js";\nexport const config = read;\n',
        "src/github/read.ts": "export const read = 1;\n",
      },
    ],
    [
      "reading GitHub starts to decide when to look",
      "github-knows-no-runtime",
      {
        "src/github/when.ts":
          'import { queue } from "../runtime/reconcile/queue.js";\nexport const read = queue;\n',
        "src/runtime/reconcile/queue.ts": "export const queue = 1;\n",
      },
    ],
    [
      "the store looks into what it keeps",
      "store-keeps-what-it-is-handed",
      {
        "src/store/keep.ts": 'import { record } from "../github/record.js";\nexport const keep = record;\n',
        "src/github/record.ts": "export const record = 1;\n",
      },
    ],
    [
      "the clerk knows that it is on a stage",
      "sandbox-is-a-stage",
      {
        "src/app.ts": 'import { sandbox } from "../sandbox/src/main.js";\nexport const main = sandbox;\n',
        "sandbox/src/main.ts": "export const sandbox = 1;\n",
      },
    ],
    [
      "a room of the domain knows one above it",
      "domain-acts|gates-knows-nothing-above",
      {
        "src/domain/acts/judge.ts":
          'import { tally } from "../decide/tally.js";\nexport const judge = tally;\n',
        "src/domain/decide/tally.ts": "export const tally = 1;\n",
      },
    ],
    [
      "what is reconciled knows when it is",
      "runtime-reconcile-knows-nothing-above",
      {
        "src/runtime/reconcile/reconciler.ts":
          'import { resync } from "../schedule/resync.js";\nexport const reconciler = resync;\n',
        "src/runtime/schedule/resync.ts": "export const resync = 1;\n",
      },
    ],
    [
      "a room of the domain goes in by the front door",
      "the-front-door-of-the-domain",
      {
        "src/domain/amendment/preview.ts":
          'import { decide } from "../decide.js";\nexport const preview = decide;\n',
        "src/domain/decide.ts": "export const decide = 1;\n",
      },
    ],
    [
      "two files import each other",
      "no-cycles",
      {
        "src/github/a.ts": 'import { b } from "./b.js";\nexport const a = () => b;\n',
        "src/github/b.ts": 'import { a } from "./a.js";\nexport const b = () => a;\n',
      },
    ],
    [
      "two types of the domain need each other from two files",
      "no-cycles-in-the-domain",
      {
        "src/domain/a.ts": 'import type { B } from "./b.js";\nexport type A = B[];\n',
        "src/domain/b.ts": 'import type { A } from "./a.js";\nexport type B = { a: A };\n',
      },
    ],
  ];
  // One look at all of them, each with files of its own: a look takes a second.
  let caught: { passes: boolean; says: string };
  beforeAll(() => {
    caught = layers(tree(Object.assign({}, ...broken.map(([, , files]) => files))));
  });
  test.each(broken)("fail when %s", (_what, rule, files) => {
    expect(caught.says).toContain(`${rule}: ${Object.keys(files)[0]} `);
    expect(caught.passes).toBe(false);
  });

  test("let both rooms at the edge share the clock, an interface without imports", () => {
    const kept = layers(
      tree({
        "src/github/write.ts":
          'import type { Clock } from "../platform/clock.js";\nexport type Pace = Clock;\n',
        "src/platform/clock.ts": "export interface Clock {\n  now(): number;\n}\n",
      }),
    );
    expect(kept.says).toContain("no dependency violations");
    expect(kept.passes).toBe(true);
  });
});

describe("the purity rule", () => {
  test("lets the domain work with moments it is handed, and name its own things as it likes", () => {
    const kept = purity(
      tree({
        "src/domain/decide/tally.ts": [
          "export const day = (at: number) => new Date(at).getUTCDay();",
          "export const least = (process: number) => Math.max(process, Date.UTC(2026, 2, 1));",
          "export const self = { now: 1, random: 2, fetch: 3 };",
          "export const own = self.now + self.random;",
        ].join("\n"),
      }),
    );
    expect(kept.says).toContain("no clock, no chance");
    expect(kept.passes).toBe(true);
  });

  const impure: readonly [what: string, code: string][] = [
    ["reads the clock", "Date.now()"],
    ["reads the clock by making a date", "new Date()"],
    ["reads the clock as a text", "Date()"],
    ["hides the clock behind another name", "[Date].map((hidden) => new hidden())"],
    ["throws dice", "Math.random()"],
    ["hides the dice", "[Math]"],
    ["measures time", "performance.now()"],
    ["reads the environment", 'process.env["ROSTER"]'],
    ["goes round by the global object", "globalThis"],
    ["asks for random bytes", "crypto.randomUUID()"],
    ["waits", "setTimeout(() => 1, 1)"],
    ["asks the network", 'fetch("https://example.org")'],
    ["imports when it runs", 'import("./other.js")'],
    ["counts in the machine's time zone", "new Date(1).getHours()"],
    ["makes a date in the machine's time zone", "new Date(2026, 2, 1)"],
    ["sorts by the machine's language", '"a".localeCompare("b")'],
  ];
  let caught: { passes: boolean; says: string };
  beforeAll(() => {
    const files = impure.map(([, code], index) => [
      `src/domain/bad-${index}.ts`,
      `export const bad = ${code};\n`,
    ]);
    caught = purity(tree({ "src/domain/good.ts": "export {};\n", ...Object.fromEntries(files) }));
  });
  test.each(impure.map(([what, code], index) => ({ what, code, index })))(
    "fails when a domain file $what: $code",
    ({ index }) => {
      expect(caught.says).toContain(`src/domain/bad-${index}.ts:1:`);
      expect(caught.says).not.toContain("good.ts");
      expect(caught.passes).toBe(false);
    },
  );

  test("fails when there is nothing to look at, instead of passing what it never saw", () => {
    expect(purity(tree({ "src/domain/notes.md": "" })).passes).toBe(false);
  });
});
