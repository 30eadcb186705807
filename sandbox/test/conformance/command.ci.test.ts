import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Variables } from "msc-clerk/environment/variables.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newSecrets } from "../../src/clerk.js";
import { conformance } from "../../src/conformance/command.js";
import { SCRATCH, SECOND, scratchSandbox } from "../../src/conformance/inSandbox.js";
import type { Sandbox } from "../../src/sandbox.js";

const SECRETS = newSecrets();
const WHERE = `${SCRATCH.owner}/${SCRATCH.repo}`;

let directory: string;
let sandbox: Sandbox;
let variables: Variables;
let said: string[];

/** A GitHub Enterprise at the end of a real connection, on the machine's own clock. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "conformance-"));
  sandbox = scratchSandbox(SECRETS, { clock: systemClock });
  const { host } = new URL(await sandbox.listen());
  said = [];
  variables = {
    APP_ID: String(sandbox.app.id),
    PRIVATE_KEY: SECRETS.privateKey,
    GHE_HOST: host,
    GHE_PROTOCOL: "http",
    KIT_TOKEN: sandbox.tokenFor(SECOND),
  };
});
afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const run = (words: readonly string[], given: Variables = {}, interrupted = () => false) =>
  conformance(words, {
    variables: { ...variables, ...given },
    directory,
    tell: (text) => void said.push(text),
    complain: (text) => void said.push(text),
    interrupted,
  });

const open = () => [...sandbox.repository.threads.values()].filter(({ state }) => state === "open");
const branches = () =>
  [...sandbox.store.state.repositories.values()].flatMap(({ branches }) => [...branches.keys()]);

test("npm run conformance: tells what both say, saves the answers without tokens, and leaves nothing behind", async () => {
  expect(await run([WHERE, "--no-hands", "--only", "K1,K2"])).toBe(0);
  const text = said.join("\n");
  expect(text).toContain("both      a push: the check, before that: 422 No commit found for SHA: (commit)");
  expect(text).toMatch(/K1 PASS[\s\S]*K2 PASS[\s\S]*2 PASS, 0 DIFFERS, 0 not settled/);
  for (const kind of ["fork-lag", "lost-label"]) {
    const saved = readFileSync(join(directory, "test", "real", `${kind}.json`), "utf8");
    expect(saved).toContain('"flavour"');
    expect(saved).not.toMatch(/gh[a-z]_\w{16}|eyJ/);
  }
  expect([open(), branches()]).toEqual([[], ["main", "main"]]);
});

test("npm run conformance: what GitHub does otherwise is told, and the exit code says so", async () => {
  sandbox.store.forkLagSeconds = 0;
  sandbox.faults.byChance = ({ method, path }) =>
    method === "POST" && path.endsWith("/labels") ? { kind: "forbidden" } : null;
  expect(await run([WHERE, "--no-hands", "--only", "K1,K2"])).toBe(1);
  const text = said.join("\n");
  expect(text).toContain(
    "K1 not settled: “a new pull request: the check, before that” was not seen this time",
  );
  expect(text).toMatch(/K2 DIFFERS\n +a label is made: the sandbox believes status 201; GitHub answered 403/);
  expect(open()).toEqual([]);
});

test("npm run conformance: interrupted, it takes back what it made", async () => {
  const made = () => sandbox.repository.threads.size > 0;
  expect(await run([WHERE, "--no-hands", "--only", "K1,K2"], {}, made)).toBe(130);
  expect(made()).toBe(true);
  expect([open(), branches()]).toEqual([[], ["main", "main"]]);
});

test.each<[string, Variables, RegExp]>([
  ["without a second account's token", { KIT_TOKEN: "" }, /KIT_TOKEN is not set/],
  ["with a token that is void", { KIT_TOKEN: `ghp_${"x".repeat(36)}` }, /does not take KIT_TOKEN \(401\)/],
  ["without the App's credentials", { APP_ID: "", PRIVATE_KEY: "" }, /APP_ID and PRIVATE_KEY/],
  ["with another App's number", { APP_ID: "1" }, /does not take the App's credentials/],
])("npm run conformance: %s it does not begin, and shows no secret", async (_, given, why) => {
  expect(await run([WHERE], given)).toBe(2);
  expect(said.join("\n")).toMatch(why);
  expect(said.join("\n")).not.toMatch(/ghp_|PRIVATE KEY-----/);
  expect(sandbox.repository.threads.size).toBe(0);
});

test("npm run conformance: the second account has to be an admin, and not the owner", async () => {
  sandbox.setLevel(SECOND, "write");
  expect(await run([WHERE])).toBe(2);
  expect(said.join("\n")).toContain(`${SECOND}, the account of KIT_TOKEN, is no admin of ${WHERE}`);
});

test.each([[[]], [["scratch"]], [[WHERE, "--hands"]], [[WHERE, "--only", "K99"]], [[WHERE, "a/b"]]])(
  "npm run conformance: called as %j it tells how to call it",
  async (words) => {
    expect(await run(words)).toBe(2);
    expect(said.join("\n")).toMatch(/^npm run conformance -- OWNER\/SCRATCH/);
  },
);
