import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { recordText } from "../../src/github/record/versions.js";
import { MIGRATIONS } from "../../src/store/migrations.js";
import { openSqliteStore } from "../../src/store/sqlite.js";
import { built, PROJECT } from "./built.js";

/** `msc-clerk`, called as people call it. */

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

let made: ReturnType<typeof built>;
beforeAll(() => {
  made = built("cli");
});
afterAll(() => made.remove());

const directory = mkdtempSync(join(tmpdir(), "msc-clerk-"));

function call(words: readonly string[], variables: Record<string, string> = {}, input = "") {
  const { PATH = "" } = process.env;
  const ran = spawnSync(process.execPath, [join(made.directory, "cli/cli.js"), ...words], {
    cwd: directory,
    env: { PATH, ...variables },
    encoding: "utf8",
    input,
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

const RIGHT =
  "version: 1\nteams:\n  core:\n    members: [{ login: ara4n, id: 1 }, { login: richvdh, id: 2 }, { login: dbkr, id: 3 }]\ndecisions:\n  - name: spec change\n    approval: { core: 2/3 }\n";

describe("check", () => {
  test("a right file: exit code 0, and what it comes to", () => {
    const file = join(directory, "right.yml");
    writeFileSync(file, RIGHT);
    const { code, out, err } = call(["check", file]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`${file} is right.\n\nTeams\n  Core (core): 3 members\n`);
    expect(out).toContain("  spec change: 2 of 3 of the Core (2/3); Final Comment Period 5 days\n");
  });

  test("whoever reads only the beginning gets that, and nothing else is said; a full disk is told in a sentence", () => {
    const many = Array.from({ length: 900 }, (_, n) => `"@x${n}"`).join(", ");
    writeFileSync(join(directory, "many.yml"), RIGHT.replace("[{", `[${many}, {`));
    const files = Array.from({ length: 20 }, () => "many.yml").join(" ");
    const shell = (command: string) =>
      spawnSync(
        "bash",
        ["-c", command.replace("CLERK", `'${process.execPath}' '${made.directory}/cli/cli.js'`)],
        {
          cwd: directory,
          encoding: "utf8",
        },
      );
    const head = shell(`CLERK check --json ${files} | head -c 1`);
    expect([head.stdout, head.stderr]).toEqual(["{", ""]);
    const full = shell("CLERK check many.yml > /dev/full");
    expect([full.status, full.stderr]).toEqual([
      1,
      "msc-clerk: The answer cannot be written: there is no room left on its disk.\n",
    ]);
  });

  test("what is piped in later, through a pipe that somebody has set not to wait", async () => {
    const pipe = join(directory, "pipe");
    spawnSync("bash", ["-c", `mkfifo "$0"`, pipe]);
    const [reading, writing] = [
      openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK),
      openSync(pipe, constants.O_WRONLY),
    ];
    const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "check", "-"], {
      stdio: [reading, "pipe", "inherit"],
    });
    closeSync(reading);
    let out = "";
    child.stdout?.on("data", (piece) => {
      out += String(piece);
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    writeSync(writing, RIGHT);
    closeSync(writing);
    expect(await ended).toBe(0);
    expect(out).toMatch(/^stdin is right\.\n/);
  });

  test("what is piped in, by itself and among others; told for programs with --json", () => {
    expect(call(["check", "-"], {}, RIGHT).out).toMatch(/^stdin is right\.\n/);
    const { code, out } = call(["check", "-", "nowhere.yml", "--json"], {}, `${RIGHT}more: 1\n`);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      format: "msc-clerk check 1",
      files: [
        { file: "stdin", right: false, faults: [{ line: 8, path: "more" }] },
        { file: "nowhere.yml", right: false, why: expect.stringContaining("there is no such file") },
      ],
    });
  });

  test("without a file it is the repository's own, and where there is none, that is said", () => {
    expect(call(["check"])).toMatchObject({
      code: 1,
      err: "msc-clerk: There is no .github/msc-clerk.yml here: name the file, as in msc-clerk check draft.yml.\n",
    });
    mkdirSync(join(directory, ".github"));
    writeFileSync(join(directory, ".github/msc-clerk.yml"), RIGHT);
    expect(call(["check"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\.github\/msc-clerk\.yml is right\.\n/),
    });
  });

  test("warnings are no reason to fail, and colours are for who asks for them", () => {
    const warned = RIGHT.replace("2/3", "75%");
    const plain = call(["check", "-"], {}, warned);
    expect(plain.code).toBe(0);
    expect(plain.out).toMatch(
      /^stdin:7:17: decisions\[0\]\.approval\.core: warning: 75% of 3 comes to all 3/,
    );
    expect(plain.out).not.toContain("\u001b");
    expect(call(["check", "-"], { FORCE_COLOR: "1" }, warned).out).toContain("\u001b[33mwarning\u001b[39m: ");
  });

  test("a wrong file: every fault at its line and column, and exit code 1", () => {
    const file = join(directory, "wrong.yml");
    writeFileSync(
      file,
      "version: 1\nteams:\n  a:\n    members: [x, x]\nnonsense: 1\nfinal_comment_period: 5d\n",
    );
    const { code, out, err } = call(["check", file]);
    expect(code).toBe(1);
    expect(err).toBe("");
    const lines = out.trimEnd().split("\n");
    expect(lines.pop()).toMatch(/ is wrong: \d+ faults\.$/);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.slice(file.length)).toMatch(/^:\d+:\d+: .{10,}$/);
    expect(out).toContain(`${file}:5:1: nonsense: `);
    expect(out).toMatch(/:4:\d+: teams\.a\.members\[1\]/);
  });

  test("a file that is not there: a plain sentence, and exit code 1", () => {
    const { code, out } = call(["check", "nowhere.yml"]);
    expect([code, out]).toEqual([
      1,
      "wrong: nowhere.yml cannot be read: there is no such file or directory.\n",
    ]);
    expect(call(["check", directory]).code).toBe(1);
  });
});

test("store check tells the same for programs", () => {
  const { code, out } = call(["store", "check", "--json"], { DATA_DIR: join(directory, "none") });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    format: "msc-clerk store check 1",
    tables: null,
    wrong: [expect.stringContaining("There is no store yet")],
  });
});

test("schema prints the JSON Schema that the project keeps", () => {
  const { code, out } = call(["schema"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toHaveProperty("properties.teams");
});

test("--version tells the project's version", () => {
  const { version } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as { version: string };
  expect(call(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("help, --help and nothing at all tell the commands", () => {
  const { code, out } = call(["help"]);
  expect(code).toBe(0);
  expect(out).toBe(readFileSync(join(PROJECT, "test/cli/help/help.txt"), "utf8"));
  expect(call(["--help"]).out).toBe(out);
  expect(call([]).out).toBe(out);
  expect(call(["check", "--help"]).out).toMatch(/^msc-clerk check \[FILE…\] \[options\]\n/);
  expect(call(["help", "check"]).out).toBe(call(["check", "-h"]).out);
});

describe("called wrongly: a sentence that says how, and exit code 2", () => {
  test.each<[string, RegExp]>([
    ["chek", /^msc-clerk: There is no command "chek"; did you mean check\? `msc-clerk help` tells more\./],
    ["toString", /^msc-clerk: There is no command "toString"\./],
    ["help chek", /There is no command "chek"; did you mean check\?/],
    ["schema x", /It is called as: msc-clerk schema\. `msc-clerk schema --help` tells more\./],
    ["explain", /It is called as: msc-clerk explain/],
    ["explain 1779", /"1779" names no pull request: it is only a number\. Write it as/],
    ["explain https://gitlab.com/a/b/pull/1", /names no pull request: it is at gitlab.com/],
    ["explain a/b#1 --at 2027-03-03", /msc-clerk explain has no option --at; it has --json, --app/],
    ["explain a/b#1 --app", /--app needs a value behind it: --app SLUG/],
    ["explain a/b#1 --app b[bot]", /"b\[bot\]" is no App's name/],
    ["doctor a/b c/d", /It is called as: msc-clerk doctor \[OWNER\/REPO\]/],
    ["doctor a/b#1", /"a\/b#1" names the pull request 1 of a\/b, .* write a\/b\./],
    ["store", /It is called as: msc-clerk store check\|export \[FILE\]\|import FILE/],
    ["store export --json", /--json goes with store check/],
    ["roster a/b --at tomorrow", /"tomorrow" is no day: write it as 2027-03-03/],
    ["check a --jsn", /msc-clerk check has no option --jsn; did you mean --json\?/],
  ])("msc-clerk %s", (words, sentence) => {
    const { code, out, err } = call(words.split(" "));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("start", () => {
  test("refuses what is not enough to start with, in plain sentences", () => {
    const { code, out, err } = call(["start"], { APP_ID: "1" });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("msc-clerk does not start: WEBHOOK_SECRET is not set");
  });

  test("takes nothing more", () => {
    expect(call(["start", "now"])).toMatchObject({ code: 2 });
  });
});

describe("explain", () => {
  test("without credentials: what is missing, and exit code 1", () => {
    const { code, err } = call(["explain", "matrix-org/matrix-spec-proposals#1779"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^msc-clerk: There is nothing to sign in with: set GITHUB_TOKEN .* or APP_ID and PRIVATE_KEY/,
    );
  });

  test.each([
    ["explain a/b#1 --token ghp_0123456789abcdef0123456789abcdef0123"],
    ["explain a/b#1 ghp_0123456789abcdef0123456789abcdef0123"],
    ["roster --token=github_pat_0123456789abcdef0123456789abcdef0123 a/b"],
    ["explain ghs_0123456789abcdef0123456789abcdef0123"],
  ])("takes no token as an argument, and does not repeat it: %#", (words) => {
    const { code, out, err } = call(words.split(" "));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^msc-clerk: A token is never taken as an argument, .* set GITHUB_TOKEN\./);
    expect(err).not.toContain("0123456789abcdef");
  });

  test("with a token that cannot stand in a header: a plain sentence without it", () => {
    const { code, err } = call(["explain", "a/b#1"], { GITHUB_TOKEN: "very secret" });
    expect(code).toBe(1);
    expect(err).toMatch(/^msc-clerk: GITHUB_TOKEN is no token/);
    expect(err).not.toContain("very secret");
  });

  test("--app beside the App's own credentials says so", () => {
    const { code, err } = call(["roster", "a/b", "--app", "msc-clerk"], { APP_ID: "1", PRIVATE_KEY: KEY });
    expect(code).toBe(1);
    expect(err).toMatch(/^msc-clerk: --app tells a reader which App is the clerk/);
  });

  test("with GitHub out of reach: one plain sentence without a secret, and exit code 1", () => {
    const { code, out, err } = call(["explain", "matrix-org/matrix-spec-proposals#1779"], {
      APP_ID: "1",
      PRIVATE_KEY: KEY,
      GHE_HOST: "127.0.0.1:9",
      GHE_PROTOCOL: "http",
    });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^msc-clerk: matrix-org\/matrix-spec-proposals cannot be read: .+\n$/);
    expect(err).not.toContain("PRIVATE KEY");
  });
});

describe("store", () => {
  const store = mkdtempSync(join(tmpdir(), "msc-clerk-store-"));
  const empty = () => mkdtempSync(join(tmpdir(), "msc-clerk-store-"));
  const storeCall = (words: readonly string[], dataDirectory = store) =>
    call(["store", ...words], { DATA_DIR: dataDirectory });
  beforeAll(async () => {
    const first = await openSqliteStore(store);
    if (first.kind === "refused") throw new Error(first.why);
    const line = { sequence: 5, at: 1, what: "a change" };
    const next = { sequence: 5, record: recordText({ ...emptyRegister, seq: 5 }) };
    await first.store.putRegister({ repository: 7, pull: 12 }, next, null, line);
    await first.store.close();
  });

  test("check tells what is there and exits with 0, or what is wrong and with 1", () => {
    expect(storeCall(["check"])).toEqual({
      code: 0,
      out: `The store: SQLite, ${join(store, "msc-clerk.db")}
Its tables are number ${MIGRATIONS.length}, the newest that this msc-clerk knows.
  1  registers
  1  lines of their changes
  0  lawful configs
  0  intents not settled
  0  records of decisions
  0  rows of proposals
  0  marks of how far was read
  0  repositories
  0  views of proposals
  0  events of proposals
  0  marks of what is told to a Matrix room
  0  notices in a Matrix room
All of it was read, and all is well.
`,
      err: "",
    });
    const none = empty();
    expect(storeCall(["check"], none)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^The store: .*\nwrong: There is no store yet .*\nWhat to do: /),
    });
    expect(storeCall(["look"]).code).toBe(2);
  });

  test("export makes a file that only its owner can read, never over another; import takes it; half of it is not taken", () => {
    const file = join(empty(), "backup.jsonl");
    expect(storeCall(["export", file])).toEqual({
      code: 0,
      out: "",
      err: `Exported 2 lines from SQLite, ${join(store, "msc-clerk.db")} to ${file}, which only its owner can read.\n`,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(storeCall(["export", file])).toMatchObject({
      code: 1,
      err: `msc-clerk: ${file} cannot be written: it is there already.\n`,
    });
    const text = readFileSync(file, "utf8");
    expect(storeCall(["export"]).out).toBe(text);
    const to = empty();
    expect(storeCall(["import", file], to)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Imported 2 lines into /),
    });
    writeFileSync(file, text.slice(0, -20));
    expect(storeCall(["import", file], empty())).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^msc-clerk: Line 4 is no JSON object\. Nothing was imported\.\n$/),
    });
    expect(storeCall(["import", join(to, "nothing")])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/there is no such file/),
    });
    const none = empty();
    expect(storeCall(["export", join(none, "x")], none).code).toBe(1);
    expect(existsSync(join(none, "x"))).toBe(false);
  });
});
