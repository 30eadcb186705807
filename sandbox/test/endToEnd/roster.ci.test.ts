import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets, RECORD_KEYS } from "../../src/clerk.js";
import type { Sandbox } from "../../src/sandbox.js";
import { foundRepository } from "../../src/seed.js";
import { config, seat } from "../support/constitution.js";
import { CONFIG } from "../support/rehearsal.js";

/** `msc-clerk roster` as people call it, against the sandbox as a GitHub of one's own. */

const secrets = newSecrets();
let sandbox: Sandbox;
let made: ReturnType<typeof built>;

beforeAll(async () => {
  made = built("roster");
  sandbox = newSandbox(secrets, { clock: systemClock });
  await sandbox.listen();
  foundRepository(sandbox);
  const push = (text: string, day: string, message: string) =>
    sandbox
      .as("ara4n")
      .pushTo(null, { [CONFIG]: text }, { message, committer: { date: Date.parse(`${day}T12:00:00Z`) } });
  push(config(), "2020-01-01", "Adopt the clerk");
  push(config(seat("clokep", 50_000_001)), "2020-06-01", "A ninth");
});

afterAll(async () => {
  made.remove();
  await sandbox.close();
});

const roster = (...words: readonly string[]) =>
  ran(words, { APP_ID: String(sandbox.app.id), PRIVATE_KEY: secrets.privateKey, RECORD_KEYS });

function ran(
  words: readonly string[],
  signedIn: Record<string, string>,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "roster", ...words], {
    cwd: mkdtempSync(join(tmpdir(), "msc-clerk-")),
    env: {
      PATH,
      ...signedIn,
      GHE_HOST: new URL(sandbox.url).host,
      GHE_PROTOCOL: "http",
    },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const REPOSITORY = "matrix-org/matrix-spec-proposals";

test("roster tells who could vote on a day and under which rules, and writes nothing", async () => {
  const { code, out, err } = await roster(REPOSITORY, "--at", "2020-03-03");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("in force from 2020-01-01T12:00:00Z (pushed directly, by ara4n)");
  expect(out).toContain("Spec Core Team (spec-core-team), 8 members");
  expect(out).toContain("ara4n (id 1294269, lead)");
  expect(out).toContain(
    "spec change (all others): 6 of 8 of the Spec Core Team (75%); Final Comment Period 5 days",
  );
  expect(out).not.toContain("clokep");
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toEqual([]);
});

test("roster of a day on which the config changed tells both, and that the second was nobody's decision", async () => {
  const { out } = await roster("--at", "2020-06-01", REPOSITORY);
  expect(out.match(/^Config of /gm)).toHaveLength(2);
  expect(out).toContain("9 members");
  expect(out).toContain("It had not come through an approved amendment");
});

test("roster says so where there was no config yet", async () => {
  expect((await roster(REPOSITORY, "--at", "2019-12-31")).out).toBe(
    "There was no config yet: the first reached the default branch at 2020-01-01T12:00:00Z.\n",
  );
});

test("roster of a day to come tells that of now, and that nobody knows it yet", async () => {
  const { code, out } = await roster(REPOSITORY, "--at", "2135-01-01");
  expect(code).toBe(0);
  const [first, ...rest] = out.split("\n\n");
  expect(first).toBe(
    "2135-01-01T00:00:00Z is still to come, and who is on the roster by then is not known. This is the roster of now.",
  );
  expect(rest.join("\n\n")).toBe((await roster(REPOSITORY)).out);
  const told = JSON.parse((await roster(REPOSITORY, "--at", "2135-01-01", "--json")).out);
  expect(told).toMatchObject({ future: "2135-01-01T00:00:00Z", configs: [{ valid: true }] });
});

test("roster called wrongly says how, with exit code 2", async () => {
  for (const words of [
    [],
    ["matrix-org"],
    [REPOSITORY, "--at"],
    [REPOSITORY, "--at", "2020-02-30"],
    [REPOSITORY, "--at", "March"],
  ]) {
    const { code, out, err } = await roster(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  }
});

test("roster tells a reader with a token the same, and with --json for programs", async () => {
  const reader = { GITHUB_TOKEN: sandbox.tokenFor("a-reader") };
  const words = [REPOSITORY, "--at", "2020-06-01"];
  const told = await ran([...words, "--app", "msc-clerk"], reader);
  expect([told.code, told.err]).toEqual([0, ""]);
  expect(told.out).toBe((await roster(...words)).out);
  const { out } = await ran(["--json", ...words, "--app", "msc-clerk"], reader);
  expect(out).toBe((await roster(...words, "--json")).out);
  expect(JSON.parse(out)).toMatchObject({
    format: "msc-clerk roster 1",
    from: "2020-06-01T00:00:00Z",
    configs: [
      {
        inForceFrom: "2020-01-01T12:00:00Z",
        lawful: true,
        by: "ara4n",
        teams: [{ team: "spec-core-team" }, {}],
      },
      { inForceFrom: "2020-06-01T12:00:00Z", lawful: false, pull: null },
    ],
  });
});
