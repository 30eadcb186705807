import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clerk } from "msc-clerk/app.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { openStore } from "msc-clerk/store/open.js";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { ALIAS, CLERK, StandInHomeserver, TOKEN } from "../../../test/support/homeserver.js";
import { newSandbox, newSecrets, startClerk } from "../../src/clerk.js";
import { CLERK_PERMISSIONS } from "../../src/permissions.js";
import { matrixConfig } from "../../src/roster.js";
import type { Sandbox } from "../../src/sandbox.js";
import { foundRepository } from "../../src/seed.js";

/** `msc-clerk doctor` as people call it, against the sandbox as a GitHub of one's own, with a clerk at work on it. */

const REPOSITORY = "matrix-org/matrix-spec-proposals";
const secrets = newSecrets();
const dataDirectory = mkdtempSync(join(tmpdir(), "msc-clerk-store-"));
let sandbox: Sandbox;
let clerk: Clerk;
let made: ReturnType<typeof built>;

beforeAll(async () => {
  made = built("doctor");
  sandbox = newSandbox(secrets, { clock: systemClock });
  await sandbox.listen();
  foundRepository(sandbox);
  sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": matrixConfig() }, { message: "Roster" });
  const logger = pino({ level: "silent" });
  clerk = await startClerk({ sandbox, clock: systemClock, secrets, logger });
  const labels = () => [...sandbox.repository.labels.values()].map(({ name }) => name);
  await vi.waitFor(() => expect(labels()).toContain("merged"), 40_000);
  const opened = await openStore({ dataDirectory, databaseUrl: undefined });
  if (opened.kind === "refused") throw new Error(opened.why);
  await opened.store.close();
});
afterAll(async () => {
  made.remove();
  await clerk.stop();
  await sandbox.close();
});
beforeEach(() => sandbox.requests.clear());

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly cwd: string;
}

const asTheApp = (): Record<string, string> => ({
  APP_ID: String(sandbox.app.id),
  PRIVATE_KEY: secrets.privateKey,
  WEBHOOK_SECRET: secrets.webhookSecret,
  RECORD_KEYS: "signs what is decided in this test",
  DATA_DIR: dataDirectory,
});

function doctor(words: readonly string[], signedIn: Record<string, string> = asTheApp()): Promise<Ran> {
  const { PATH = "" } = process.env;
  const cwd = mkdtempSync(join(tmpdir(), "msc-clerk-"));
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "doctor", ...words], {
    cwd,
    env: { PATH, ...signedIn, GITHUB_API_URL: sandbox.url },
  });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err, cwd })));
}

interface Found {
  readonly code: string;
  readonly state: string;
  readonly what: string;
  readonly do: string | null;
}
async function findings(words: readonly string[] = [REPOSITORY], signedIn = asTheApp()) {
  const { code, out, err } = await doctor([...words, "--json"], signedIn);
  expect(err).toBe("");
  const { findings: all } = JSON.parse(out) as { findings: readonly Found[] };
  return {
    code,
    amiss: all.filter(({ state }) => state !== "ok").map(({ code: of, state }) => `${state} ${of}`),
    all,
  };
}

test("a Matrix room is looked at, and one line says what is wrong with it", async () => {
  const server = new StandInHomeserver();
  const matrix = { MATRIX_HOMESERVER: await server.listen(), MATRIX_TOKEN: TOKEN, MATRIX_ROOM: ALIAS };
  const told = async () => {
    const { all, amiss } = await findings([REPOSITORY], { ...asTheApp(), ...matrix });
    return [
      all.filter(({ code }) => code === "matrix").map(({ what }) => what),
      amiss.includes("wrong matrix"),
    ];
  };
  expect(await told()).toEqual([[`Notices go to the Matrix room ${ALIAS}, as ${CLERK}.`], false]);
  server.encrypted = true;
  expect(await told()).toEqual([
    [expect.stringContaining("is encrypted, and the clerk cannot encrypt")],
    true,
  ]);
  server.members.set(CLERK, "invite");
  expect(await told()).toEqual([[expect.stringContaining("is not in the room")], true]);
  // It has taken no invitation, and said nothing.
  expect([server.members.get(CLERK), server.said]).toEqual(["invite", []]);
  await server.close();
});

/** That 75% of two Guardians are both; and what GitHub never shows to the App. */
const AS_ALWAYS = ["warning config_surprises", "not_known bypass_rulesets"];

test("a clerk that is set up well: nothing is wrong, exit code 0, and nothing is written anywhere", async () => {
  const { code, out, err, cwd } = await doctor([REPOSITORY]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^msc-clerk \S+, as the App 1779, at http:\/\/127\.0\.0\.1:\d+, 20\d\d-/);
  for (const said of [
    "ok         The environment has all that the clerk starts with.",
    "ok         The store can be read and written (SQLite, ",
    "ok         GitHub knows the App by its key: msc-clerk (number 1779)",
    "ok         The App asks for the permissions of app.yml, and no more.",
    "ok         The App is told of the events of app.yml, and no more.",
    "ok         The config is valid: Spec Core Team (8 members",
    "ok         All 18 labels that the clerk uses are there.",
    "ok         main waits for the check msc-clerk of this App (by a ruleset).",
    "decisions[0].approval.guardians: 75% of 2 comes to all 2 of the Guardians:",
    "Nothing is wrong, there is 1 warning and 1 thing is not known.",
  ])
    expect(out).toContain(said);
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toEqual([]);
  expect(readdirSync(cwd)).toEqual([]);
  expect(out).not.toMatch(/ghs_|BEGIN|eyJ/);
});

test("what is wrong on GitHub is found, each with where to put it right, and the exit code is 1", async () => {
  sandbox.setAsked({ ...CLERK_PERMISSIONS, contents: "write" });
  sandbox.app = { ...sandbox.app, events: sandbox.app.events.filter((event) => event !== "merge_group") };
  sandbox.setIssues(false);
  sandbox.setRules([{ kind: "merge_queue", rulesetId: 2 }], {
    admins: false,
    checks: [{ name: "msc-clerk", appId: null }],
  });
  sandbox
    .as("ara4n")
    .pushTo(null, { ".github/msc-clerk.yml": "version: 1\nteams: nobody\n" }, { message: "Broken" });
  const { code, amiss, all } = await findings();
  expect(code).toBe(1);
  expect(amiss).toEqual([
    "warning permissions_more",
    "wrong events_missing",
    "warning installation_permissions",
    "wrong config",
    "warning issues_off",
    "wrong required_check_source",
    "warning bypass_admins",
    "wrong merge_queue",
  ]);
  const said = (of: string) => all.find(({ code: one }) => one === of);
  expect(said("config")?.what).toMatch(/\.github\/msc-clerk\.yml:2:8: teams: /);
  expect(said("events_missing")?.do).toContain(
    `${sandbox.url}/organizations/matrix-org/settings/apps/msc-clerk/permissions`,
  );
  sandbox.app = { ...sandbox.app, asks: CLERK_PERMISSIONS, events: [...sandbox.app.events, "merge_group"] };
  sandbox.setIssues(true);
  sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": matrixConfig() }, { message: "Right" });
  const check = { name: "msc-clerk", appId: sandbox.app.id };
  sandbox.setRules([{ kind: "required_status_checks", rulesetId: 1, checks: [check] }]);
  expect((await findings()).amiss).toEqual(AS_ALWAYS);
});

test("webhooks that nobody took are counted, and asked for again only where that is said", async () => {
  const { target } = sandbox.deliveries;
  sandbox.webhooksTo("http://127.0.0.1:9/api/github/webhooks");
  for (const name of ["one", "two"]) sandbox.as("ara4n").createLabel(name, "2ea44f", "");
  await vi.waitFor(() => expect(sandbox.deliveries.inFlight).toBe(0));
  const looked = await findings();
  expect(looked.code).toBe(1);
  expect(looked.amiss).toContain("wrong deliveries");
  expect(looked.all.find(({ code }) => code === "deliveries")?.what).toMatch(
    /^2 of \d+ webhooks of the last day did not arrive: 2 × 502 \(failed to connect to host\)\. The newest .* is one of them/,
  );
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toEqual([]);

  sandbox.deliveries.target = target;
  const asked = await findings([REPOSITORY, "--redeliver"]);
  expect(asked.all.find(({ code }) => code === "redelivered")?.what).toBe(
    "GitHub was asked to send 2 webhooks again.",
  );
  await vi.waitFor(() => expect(sandbox.deliveries.inFlight).toBe(0));
  expect((await findings()).amiss).toEqual(AS_ALWAYS);
});

test("where no repository is named, all are looked at on which the App is installed", async () => {
  const { code, out } = await doctor([]);
  expect(code).toBe(0);
  expect(out).toContain(`\n${REPOSITORY}\n`);
});

test("where the App is not installed, or is suspended, that is what it says", async () => {
  const elsewhere = await findings(["matrix-org/elsewhere"]);
  expect([elsewhere.code, elsewhere.amiss]).toEqual([1, ["wrong installation"]]);
  sandbox.setSuspended(true);
  const suspended = await findings();
  expect([suspended.code, suspended.amiss]).toEqual([1, ["wrong installation_suspended"]]);
  sandbox.setSuspended(false);
});

test("a key that is none of the App's", async () => {
  const { code, out } = await doctor([], { ...asTheApp(), PRIVATE_KEY: newSecrets().privateKey });
  expect(code).toBe(1);
  expect(out).toContain("WRONG      GitHub does not take APP_ID and the private key for an App's:");
});

test("without anything to sign in with it says what is missing, as a finding", async () => {
  const { code, out } = await doctor([], {});
  expect(code).toBe(1);
  expect(out).toContain("WRONG      There is nothing to sign in with: set GITHUB_TOKEN");
});

test("with a reader's token it looks at what everybody may see, and says what it cannot", async () => {
  const reader = { GITHUB_TOKEN: sandbox.tokenFor("a-reader") };
  const { code, amiss } = await findings([REPOSITORY], reader);
  expect([code, amiss]).toEqual([
    0,
    [
      "not_known as_the_app",
      "warning config_surprises",
      "not_known required_check",
      "not_known bypass_rulesets",
    ],
  ]);
  const elsewhere = await findings(["matrix-org/elsewhere"], reader);
  expect([elsewhere.code, elsewhere.amiss]).toEqual([1, ["not_known as_the_app", "wrong repository"]]);
  const void_ = await findings([REPOSITORY], { GITHUB_TOKEN: "ghp_000000000000000000000000000000000000" });
  expect([void_.code, void_.amiss]).toEqual([1, ["wrong credentials"]]);
  const unnamed = await doctor([], reader);
  expect([unnamed.code, unnamed.out]).toEqual([2, ""]);
  const again = await doctor([REPOSITORY, "--redeliver"], reader);
  expect([again.code, again.out]).toEqual([2, ""]);
});
