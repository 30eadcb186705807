import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets } from "../../src/clerk.js";
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

function explain(
  name: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "explain", name], {
    cwd: mkdtempSync(join(tmpdir(), "msc-clerk-")),
    env: {
      PATH,
      APP_ID: String(sandbox.app.id),
      PRIVATE_KEY: secrets.privateKey,
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

test("explain tells the decision, every vote, and what the clerk would write, and writes nothing", async () => {
  const { code, out, err } = await explain("matrix-org/matrix-spec-proposals#3000");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("#3000 MSC3000");
  expect(out).toMatch(/richvdh.*command/);
  expect(out).toMatch(/passer-by/);
  expect(out).toMatch(/The clerk would write\n {2}comment: status comment of motion 1, new/);
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
