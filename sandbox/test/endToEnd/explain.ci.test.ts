import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets, RECORD_KEYS } from "../../src/clerk.js";
import { matrixConfig } from "../../src/roster.js";
import type { Sandbox } from "../../src/sandbox.js";
import { foundRepository } from "../../src/seed.js";

/** `msc-clerk explain` as people call it, against the sandbox as a GitHub of one's own. */

const secrets = newSecrets();
let sandbox: Sandbox;
let made: ReturnType<typeof built>;

beforeAll(async () => {
  made = built("explain");
  sandbox = newSandbox(secrets, { clock: systemClock });
  await sandbox.listen();
  foundRepository(sandbox);
  sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": matrixConfig() }, { message: "Roster" });
  sandbox.setNextNumber(3000);
  sandbox.as("sandhose").openPull({ title: "MSC3000", files: { "proposals/3000-x.md": "# x\n" } });
  sandbox.as("turt2live").label(3000, "proposal");
  // Acts of the very second of the adoption are before it.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  sandbox.as("ara4n").comment(3000, "@mscbot fcp merge");
  sandbox.as("richvdh").comment(3000, "@mscbot reviewed");
  sandbox.as("passer-by").comment(3000, "@mscbot reviewed");
});

afterAll(async () => {
  made.remove();
  await sandbox.close();
});

const asTheApp = () => ({ APP_ID: String(sandbox.app.id), PRIVATE_KEY: secrets.privateKey, RECORD_KEYS });
const asAReader = () => ({ GITHUB_TOKEN: sandbox.tokenFor("a-reader") });

function explain(
  words: string,
  signedIn: Record<string, string> = asTheApp(),
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { PATH = "" } = process.env;
  const child = spawn(
    process.execPath,
    [join(made.directory, "cli/cli.js"), "explain", ...words.split(" ")],
    {
      cwd: mkdtempSync(join(tmpdir(), "msc-clerk-")),
      env: {
        PATH,
        ...signedIn,
        GHE_HOST: new URL(sandbox.url).host,
        GHE_PROTOCOL: "http",
      },
    },
  );
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

test("explain tells the decision, every vote, and what the clerk would write, and writes nothing", async () => {
  const { code, out, err } = await explain("matrix-org/matrix-spec-proposals#3000");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("#3000 MSC3000");
  expect(out).toMatch(/richvdh.*command/);
  expect(out).toMatch(/passer-by/);
  expect(out).toMatch(/The clerk would write\n {2}comment: status comment of motion 1, new/);
  expect(out).toMatch(/\n {4}\| .*The next step is review by the rest of the tagged people/);
  expect(out).toContain("label: add disposition-merge");
  expect(sandbox.thread(3000).comments).toHaveLength(3);
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toEqual([]);
});

test("explain says in one sentence where it cannot", async () => {
  const elsewhere = await explain("matrix-org/elsewhere#1");
  expect([elsewhere.code, elsewhere.out]).toEqual([1, ""]);
  expect(elsewhere.err).toBe(
    "msc-clerk: matrix-org/elsewhere cannot be read: the App is not installed there.\n",
  );
  const none = await explain("matrix-org/matrix-spec-proposals#9999");
  expect([none.code, none.out]).toEqual([1, ""]);
  expect(none.err).toMatch(/^msc-clerk: matrix-org\/matrix-spec-proposals#9999 cannot be read: .+\n$/);
});

const PROPOSAL = "matrix-org/matrix-spec-proposals#3000";

test("explain tells a reader with a token the same as the App, once they say which App is the clerk", async () => {
  const unclear = await explain(PROPOSAL, asAReader());
  expect([unclear.code, unclear.out]).toEqual([1, ""]);
  expect(unclear.err).toMatch(/^msc-clerk: It is not clear which App is the clerk: .* --app SLUG.*\n$/);

  const { code, out, err } = await explain(`--app msc-clerk ${PROPOSAL}`, asAReader());
  expect([code, err]).toEqual([0, ""]);
  const without = (text: string) => text.replace(/^As of .*$/m, "");
  expect(without(out)).toBe(without((await explain(PROPOSAL)).out));
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toEqual([]);
});

test("explain --json is one JSON document, the same for the App and for a reader", async () => {
  const app = await explain(`${PROPOSAL} --json`);
  const reader = await explain(`${PROPOSAL} --json --app msc-clerk`, asAReader());
  expect([app.code, app.err, reader.code, reader.err]).toEqual([0, "", 0, ""]);
  const { at, ...told } = JSON.parse(app.out);
  expect({ ...JSON.parse(reader.out), at }).toEqual({ at, ...told });
  expect(told).toMatchObject({
    format: "msc-clerk explain 1",
    repository: "matrix-org/matrix-spec-proposals",
    number: 3000,
    phase: "proposed",
    reason: { code: "awaiting_votes", sentence: expect.stringContaining("Waiting for") },
    motion: { number: 1, disposition: "merge", mover: { login: "ara4n" }, via: "command" },
  });
  expect(told.tallies[0].votes).toContainEqual(
    expect.objectContaining({ login: "richvdh", choice: "yes", counted: true, via: "command" }),
  );
  expect(told.acts).toContainEqual(expect.objectContaining({ outcome: "refused", why: "not_a_member" }));
});

test("explain tells a reader what is wrong with their token, and never the token", async () => {
  const void_ = { GH_TOKEN: "ghp_000000000000000000000000000000000000" };
  const { code, out, err } = await explain(PROPOSAL, void_);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toBe(
    "msc-clerk: GitHub does not accept the token in GH_TOKEN: it is mistyped, was revoked, or has run out.\n",
  );
  const elsewhere = await explain("matrix-org/elsewhere#1", asAReader());
  expect(elsewhere.err).toBe(
    "msc-clerk: The token in GITHUB_TOKEN cannot read matrix-org/elsewhere, or there is no such repository.\n",
  );
});
