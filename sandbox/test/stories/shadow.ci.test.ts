import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HOUR } from "msc-clerk/domain/text/time.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { matrixConfig } from "../../src/roster.js";
import { OlderBotAtWork } from "../support/olderBot.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/** `msc-clerk shadow` as people call it, on a repository of several hundred proposals. */

const REPOSITORY = "matrix-org/matrix-spec-proposals";
const MANY = 320;
const directory = mkdtempSync(join(tmpdir(), "msc-clerk-"));
let made: ReturnType<typeof built>;
let r: Rehearsal;

beforeAll(async () => {
  made = built("shadow");
  writeFileSync(join(directory, "draft.yml"), matrixConfig());
  r = await rehearsal({ config: null }).open();
  const bot = new OlderBotAtWork(r);
  for (let at = 1; at <= MANY; at += 1) {
    const n = r.propose(`Proposal ${at}`, { [`proposals/${at}-x.md`]: `# ${at}\n` });
    if (at % 2 === 0) {
      await bot.moves(n, "richvdh");
      await bot.ticks(n, "uhoreg");
      await bot.reviewed(n, "dbkr");
    }
    if (at % 100 === 0) await r.act(() => r.as("KitsuneRal").approve(n));
    if (at % 4 === 1) await r.act(() => r.as("ara4n").close(n));
  }
  await r.advance(HOUR);
}, 120_000);

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  made.remove();
  await r.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `then`: what is done once this text has come. */
function clerk(
  words: readonly string[],
  token: string | null,
  then?: readonly [RegExp, NodeJS.Signals],
): Promise<Ended> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "shadow", ...words], {
    cwd: directory,
    env: {
      PATH,
      GHE_HOST: new URL(r.sandbox.url).host,
      GHE_PROTOCOL: "http",
      ...(token === null ? {} : { GITHUB_TOKEN: token }),
    },
  });
  let [out, err] = ["", ""];
  let asked = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (then?.[0].test(out) && !asked) asked = child.kill(then[1]);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.end();
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const token = () => r.sandbox.tokenFor("passer-by");
const SINCE = ["--since", "2026-03-01"] as const;

describe("several hundred proposals", () => {
  test("all of them are told, open and ended, and what it costs; nothing is written to GitHub or into files", async () => {
    const before = r.sandbox.requests.all.length;
    const { code, out, err } = await clerk([REPOSITORY, "--config", "draft.yml", ...SINCE], token());
    expect([code, err]).toEqual([3, ""]);
    const lines = out.trimEnd().split("\n");
    const numbers = lines.flatMap((line) => /^#(\d+) /.exec(line)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(Array.from({ length: MANY }, (_, at) => at + 1));
    expect(out).toContain(`\n${MANY} proposals: ${MANY - 3} agree, 3 differ (votes 3).\n`);
    const asked = r.sandbox.requests.all.slice(before);
    expect(asked.filter(({ kind }) => kind !== "read")).toEqual([]);
    // A cold read each, two for the form, which the draft asks for, the edits of the bot's comment where there are some, and the pages of two lists.
    const told = Number(/Reading took (\d+) requests\./.exec(out)?.[1]);
    expect(told).toBeGreaterThan(MANY);
    expect(told).toBeLessThanOrEqual(MANY * 3.5 + 10);
    // Signing in is two more.
    expect(asked.length - told).toBe(2);
    expect(readdirSync(directory)).toEqual(["draft.yml"]);
    if (process.env.SHOW) console.log(lines.slice(-12).join("\n"), asked.length);
  }, 120_000);

  test("--json tells the same, an object a line", async () => {
    const { code, out } = await clerk([REPOSITORY, "--config", "draft.yml", "--json", ...SINCE], token());
    expect(code).toBe(3);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(MANY + 2);
    expect(lines.at(-1)).toMatchObject({ kind: "summary", agree: MANY - 3, differ: 3, unreadable: 0 });
  }, 120_000);

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends it after the proposal under way, with what it has",
    async (signal) => {
      const { code, out, err } = await clerk([REPOSITORY, "--config", "draft.yml"], token(), [
        /^#6 /m,
        signal,
      ]);
      expect([code, err]).toEqual([1, ""]);
      expect(out).toMatch(/^\d+ proposals: \d+ agree, 0 differ\.$/m);
      expect(out).toMatch(/^It was ended before all were read: \d+ pull requests were not looked at\.$/m);
      expect(out).not.toContain(`#${MANY} `);
    },
    60_000,
  );

  test("--follow waits for the next day, and ends at once when it is asked to", async () => {
    const ended = await clerk([REPOSITORY, "--config", "draft.yml", "--follow", ...SINCE], token(), [
      /Reading took/,
      "SIGTERM",
    ]);
    expect([ended.code, ended.err]).toEqual([3, ""]);
  }, 120_000);
});

describe("called otherwise", () => {
  test("without a token it says what to set", async () => {
    const { code, err } = await clerk([REPOSITORY], null);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^msc-clerk: There is nothing to sign in with\. .* one without any scope is enough\.\n$/,
    );
  });

  test.each([
    [2, ["not-a-repository"], /"not-a-repository" names no repository/],
    [2, [], /It is called as: msc-clerk shadow OWNER\/REPO \[options\]/],
    [2, [REPOSITORY, "--since", "2026-02-30"], /"2026-02-30" is no day/],
    [1, [REPOSITORY, "--config", "nowhere.yml"], /nowhere\.yml cannot be read: there is no such file/],
    [2, [REPOSITORY, "--write"], /msc-clerk shadow has no option --write/],
  ])("exit code %d: %j", async (code, words, why) => {
    const ran = await clerk(words, token());
    expect(ran.err).toMatch(why);
    expect(ran.code).toBe(code);
  });

  test("the draft is named with its faults", async () => {
    const file = join(directory, "wrong.yml");
    writeFileSync(
      file,
      readFileSync(join(directory, "draft.yml"), "utf8").replace("version: 1", "version: 9"),
    );
    const { code, err } = await clerk([REPOSITORY, "--config", "wrong.yml"], token());
    rmSync(file);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^msc-clerk: wrong\.yml is not right, so nothing is judged by it:\nwrong\.yml:\d+:\d+: /,
    );
  });
});
