import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(resolve(root, path), "utf8");
const { scripts } = JSON.parse(text("package.json")) as { scripts: Readonly<Record<string, string>> };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes": number;
        readonly needs?: string;
        readonly permissions?: Readonly<Record<string, string>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

const FILES = readdirSync(resolve(root, ".github/workflows"));

/** What a step runs: also what an action is told to run. */
const commandsOf = ({ run = "", with: told = {} }: Step): string =>
  [run, told.version, told.publish].filter((one) => typeof one === "string").join("\n");

describe.each(FILES)("the workflow %s", (file) => {
  const workflow = load(text(`.github/workflows/${file}`)) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test("names scripts that package.json has, and files that are there", () => {
    const commands = steps.map(commandsOf).join("\n");
    const named = [...commands.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    for (const [, path = ""] of commands.matchAll(/node (scripts\/[\w./-]+)/g))
      expect(existsSync(resolve(root, path)), path).toBe(true);
  });

  test("may write nothing but where a job says so, waits for jobs there are, and gives up some time", () => {
    expect(Object.values(workflow.permissions)).not.toContain("write");
    for (const [name, job] of jobs) {
      expect(job["timeout-minutes"], name).toBeGreaterThan(0);
      if (job.needs !== undefined) expect(Object.keys(workflow.jobs)).toContain(job.needs);
    }
  });

  test("takes every action by a version", () => {
    for (const { uses, run } of steps) {
      expect([uses, run].filter((one) => one !== undefined)).toHaveLength(1);
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    }
  });
});

test("every script of package.json runs files that are there", () => {
  for (const script of Object.values(scripts))
    for (const [, path = ""] of script.matchAll(/node (scripts\/[\w./-]+)/g))
      expect(existsSync(resolve(root, path)), path).toBe(true);
});

test("documents and files that people copy name the line of images and actions that is, or is to come with the change sets", () => {
  const { version } = JSON.parse(text("package.json")) as { version: string };
  const raises = readdirSync(resolve(root, ".changeset")).some(
    (name) => name.endsWith(".md") && /^"msc-clerk": major$/m.test(text(`.changeset/${name}`)),
  );
  const line = Number(version.split(".")[0]) + (raises ? 1 : 0);
  const paths = ["docs", "deploy"].flatMap((folder) =>
    readdirSync(resolve(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${folder}/${name}`),
  );
  const named = ["README.md", "action/install.sh", ...paths].flatMap((path) =>
    [...text(path).matchAll(/(?:msc-clerk(?:\/check)?(?:@v|:)|such as @v)(\d+)\b/g)].map(([, at]) => [
      path,
      at,
    ]),
  );
  expect(named.length).toBeGreaterThan(5);
  for (const [path, at] of named) expect([path, at]).toEqual([path, String(line)]);
});

describe("what deploys it", () => {
  test("the image copies what .dockerignore lets in", () => {
    const letIn = text(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const copied = [...text("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) =>
      paths.split(" "),
    );
    expect([...new Set(copied)].sort()).toEqual([...letIn].sort());
    for (const path of letIn) expect(existsSync(resolve(root, path)), path).toBe(true);
  });

  test("compose.yaml publishes the clerk to this machine alone, and the database to nobody", () => {
    interface Service {
      readonly ports?: readonly string[];
      readonly read_only: boolean;
      readonly cap_drop: readonly string[];
    }
    const { services } = load(text("deploy/compose.yaml")) as {
      services: Readonly<Record<string, Service>>;
    };
    expect(Object.entries(services).map(([name, { ports }]) => [name, ports])).toEqual([
      ["clerk", ["127.0.0.1:3000:3000"]],
      ["database", undefined],
    ]);
    for (const service of Object.values(services))
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
  });
});
