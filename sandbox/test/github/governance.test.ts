import { generateKeyPairSync } from "node:crypto";
import { parseConfig } from "msc-clerk/config/parse.js";
import type { ConfigVersion } from "msc-clerk/domain/amendment/history.js";
import { MAX_SEATS } from "msc-clerk/domain/model/change.js";
import { emptyRegister } from "msc-clerk/domain/model/emptyRegister.js";
import type { SeenAmendment } from "msc-clerk/domain/model/register.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import type { AmendmentFacts } from "msc-clerk/domain/model/snapshot.js";
import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { ClerkOctokit, requestsThrough } from "msc-clerk/github/connect.js";
import type { ProposalRef } from "msc-clerk/github/ports.js";
import { saysSomething } from "msc-clerk/github/read/amendment.js";
import { type ConfigHistory, configHistory } from "msc-clerk/github/read/governance/configHistory.js";
import { pino } from "pino";
import { Probot } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Connected, connect, START, TestClock } from "../../../test/github/fakeGitHub.js";
import { expectLinear } from "../../../test/support/growth.js";
import type { FileChanges } from "../../src/commits.js";
import { Sandbox } from "../../src/sandbox.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

/** A roster of these, a line each, so that changes of different members merge. */
const config = (...members: readonly string[]) => `version: 1
teams:
  spec-core-team:
    members:
${members.map((member) => `      - ${member}\n`).join("\n")}
decisions:
  - name: spec change
    approval: { spec-core-team: 75% }
`;
const RICH = "{ login: richvdh, id: 40000003 }";
const DBKR = "{ login: dbkr, id: 40000004 }";
const NEW = "{ login: clokep, id: 40000050 }";
const OTHER = "{ login: jon, id: 40000051 }";
const SEEN: SeenAmendment = {
  ...{ head: "", base: "", makes: "", fingerprints: [], since: [], own: [] },
  ...{ judgedBy: null, passed: true, record: null },
};

let clock: TestClock;
let sandbox: Sandbox;
let github: Connected;
let texts: ConfigHistory;

beforeEach(async () => {
  clock = new TestClock(START);
  sandbox = new Sandbox({ clock, privateKey: PEM, webhookSecret: "s" });
  const url = await sandbox.listen();
  sandbox.addUser("ara4n", { level: "admin", id: 40_000_001 });
  sandbox.addUser("richvdh", { level: "write", id: 40_000_003 });
  sandbox.addUser("dbkr", { level: "write", id: 40_000_004 });
  sandbox.addUser("clokep", { id: 40_000_050 });
  sandbox.addUser("jon", { id: 40_000_051 });
  sandbox.addUser("a-team", { type: "Organization", id: 40_000_060 });
  sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: config(RICH, DBKR), "README.md": "Read\n" });
  clock.at += MINUTE;
  const probot = new Probot({
    appId: sandbox.app.id,
    privateKey: PEM,
    secret: "s",
    baseUrl: url,
    log: pino({ level: "silent" }),
    Octokit: ClerkOctokit,
  });
  github = connect({
    clock,
    appId: sandbox.app.id,
    requestFor: requestsThrough((installation) => probot.auth(installation)),
  });
  texts = configHistory(github.caller, parseConfig);
});
afterEach(() => sandbox.close());

const refOf = (number: number): ProposalRef => ({
  installation: sandbox.app.installationId,
  owner: sandbox.ownerLogin,
  name: sandbox.repository.name,
  number,
});

function pull(files: FileChanges, more: { body?: string; by?: string } = {}): number {
  return sandbox.as(more.by ?? "richvdh").openPull({ title: "Amend", body: more.body ?? "Why", files })
    .number;
}

async function sight(number: number) {
  const ref = refOf(number);
  const now = await github.reader.config(ref);
  if (now.kind !== "valid") throw new Error(JSON.stringify(now));
  const read = await github.pulls.read(ref, now);
  if (read.kind !== "read") throw new Error(read.why);
  return { snapshot: read.snapshot, rules: now.rules };
}

async function amendment(number: number) {
  const { snapshot, rules } = await sight(number);
  return texts.amendment(refOf(number), snapshot, rules);
}

async function facts(number: number): Promise<AmendmentFacts | null> {
  const read = await amendment(number);
  if (read.kind !== "read") throw new Error(read.why);
  return read.facts;
}

async function versions(): Promise<readonly ConfigVersion[]> {
  const read = await texts.versions(refOf(1));
  if (read.kind !== "read") throw new Error(read.why);
  return read.versions;
}

const members = ({ rules }: Pick<ConfigVersion, "rules">) =>
  rules?.teams[0]?.members.map(({ login }) => login) ?? null;

describe("what a pull request makes of the config", () => {
  it("amend.rules: a pull request that leaves the config alone is no amendment", async () => {
    expect(await facts(pull({ "README.md": "Other\n" }))).toBeNull();
  });

  it("amend.rules: the config at the head, whom it would seat with the id GitHub knows, and why", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    expect(await facts(n)).toMatchObject({
      head: { kind: "valid" },
      upToDate: true,
      forkedFrom: null,
      accounts: [{ login: "clokep", id: 40_000_050 }],
      statesWhy: true,
    });
  });

  it.each([
    ["nothing", ""],
    ["an HTML comment of the form", "<!-- Say why -->\n"],
  ])("amend.appoint: a description that is %s states no reason", async (_, body) => {
    expect(await facts(pull({ [CONFIG_FILE]: config(RICH) }, { body }))).toMatchObject({ statesWhy: false });
  });

  it("amend.identity: an account that is not there, or is no person, has no id", async () => {
    const n = pull({
      [CONFIG_FILE]: config(RICH, DBKR, "{ login: nobody-here, id: 5 }", "{ login: a-team, id: 40000060 }"),
    });
    expect(await facts(n)).toMatchObject({ accounts: [] });
  });

  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => `{ login: p${at}, id: ${41_000_000 + at} }`);
  const lookedUp = () => sandbox.requests.all.filter(({ path }) => path.startsWith("/users/")).length;

  it("amend.identity: forty people are looked up, each once an hour; of forty-one nobody is", async () => {
    const forty = pull({ [CONFIG_FILE]: config(RICH, DBKR, ...people(MAX_SEATS)) });
    expect((await facts(forty))?.tooManySeats).toBeNull();
    expect(lookedUp()).toBe(MAX_SEATS);
    // That nobody is called so is remembered too.
    await facts(forty);
    expect(lookedUp()).toBe(MAX_SEATS);
    const more = pull({ [CONFIG_FILE]: config(RICH, DBKR, ...people(MAX_SEATS + 1)) });
    expect(await facts(more)).toMatchObject({ tooManySeats: MAX_SEATS + 1, accounts: [] });
    expect(lookedUp()).toBe(MAX_SEATS);
  });

  it("amend.identity: a new team and new names for members are counted with the rest", async () => {
    const team = (count: number) =>
      config(RICH, "{ login: dbkr-2, id: 40000004 }").replace(
        "\ndecisions:",
        `\n  crowd:\n    members: [${people(count).join(", ")}]\ndecisions:`,
      );
    expect((await facts(pull({ [CONFIG_FILE]: team(MAX_SEATS - 1) })))?.tooManySeats).toBeNull();
    expect((await facts(pull({ [CONFIG_FILE]: team(MAX_SEATS) })))?.tooManySeats).toBe(MAX_SEATS + 1);
  });

  it.each([
    ["comments of the form and blank lines", "\n<!-- a -->\n\t<!-- b\n-->\n", false],
    ["a word between comments", "<!-- a --> why <!-- b -->", true],
    ["a comment that never ends, which GitHub shows", "<!-- a", true],
    ["what only looks like one", "<!- a ->", true],
    ["a comment that ends where it begins", "<!-->", true],
  ])("amend.appoint: %s: a reason or none", async (_, body, states) => {
    expect(await facts(pull({ [CONFIG_FILE]: config(RICH) }, { body }))).toMatchObject({ statesWhy: states });
  });

  it("amend.appoint: a description of openings of comments alone is read at once", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH) }, { body: "<!--".repeat(16_000) });
    await facts(n);
    expectLinear((size) => "<!--".repeat(size / 4), saysSomething, 65_536);
    expectLinear((size) => "<!---->".repeat(size / 7), saysSomething, 65_536);
  });

  it("amend.rules: a file renamed away is gone, although GitHub's list of files shows the new name only", async () => {
    const n = pull({ [CONFIG_FILE]: null, ".github/clerk.yml": config(RICH, DBKR) });
    expect(await facts(n)).toMatchObject({ head: { kind: "gone" } });
  });

  it("amend.rules: another file that is renamed amends nothing", async () => {
    expect(await facts(pull({ "README.md": null, "READ.md": "Read\n" }))).toBeNull();
  });

  it("amend.rules: deleted it is gone; a symbolic link in its place is no file", async () => {
    expect(await facts(pull({ [CONFIG_FILE]: null }))).toMatchObject({ head: { kind: "gone" } });
    const link = { text: "../elsewhere.yml", mode: "120000" as const };
    expect(await facts(pull({ [CONFIG_FILE]: link }))).toMatchObject({ head: { kind: "not_a_file" } });
  });

  it("config.invalid: what is wrong at the head is told at its line and column", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR).replace("75%", "175%") });
    const read = await facts(n);
    if (read?.head.kind !== "invalid") throw new Error("it should be invalid");
    expect(read.head.faults[0]).toMatchObject({ line: 11, message: expect.stringContaining("175%") });
  });

  it("amend.rules: it is up to date while the default branch has the config it began from, whatever else has changed", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    sandbox.as("ara4n").pushTo(null, { "README.md": "Else\n" });
    expect(await facts(n)).toMatchObject({ upToDate: true });
  });

  it("amend.rules: it is not compared with another config than the one it is judged by, whichever of the two is the newer", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    const { snapshot, rules } = await sight(n);
    const passed = parseConfig(config(RICH, DBKR, NEW));
    if (!passed.ok) throw new Error("no config");
    expect((await texts.amendment(refOf(n), snapshot, passed.rules)).kind).toBe("unreadable");
    // Merged just now: what was read before shows it open, and the branch as it was.
    sandbox.as("ara4n").merge(n, "squash");
    expect((await texts.amendment(refOf(n), snapshot, rules)).kind).toBe("unreadable");
  });

  it("amend.rules: merged just now with all its commits, and still shown open, it is not taken for one that changes nothing", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    const { snapshot, rules } = await sight(n);
    sandbox.as("ara4n").merge(n, "merge");
    const seen = { ...emptyRegister, lastSeen: SEEN };
    const read = await texts.amendment(refOf(n), { ...snapshot, register: seen }, rules);
    expect(read).toMatchObject({ kind: "unreadable", why: "GitHub does not show yet that it was merged" });
  });

  it("amend.rules: once the config there has changed it is out of date, and says what it began from", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: config(RICH, DBKR, OTHER) });
    const read = await facts(n);
    expect(read).toMatchObject({ upToDate: false });
    expect(members({ rules: read?.forkedFrom ?? null })).toEqual(["richvdh", "dbkr"]);
    // Brought up to date by a merge of the default branch, it is counted from there.
    const head = sandbox.pull(n).pull.headOid;
    const tip = sandbox.repository.branches.get("main") ?? "";
    sandbox.as("richvdh").push(n, { [CONFIG_FILE]: config(RICH, DBKR, OTHER, NEW) }, { onto: [head, tip] });
    expect(await facts(n)).toMatchObject({ upToDate: true, forkedFrom: null });
  });

  it("config.unreadable: where GitHub cannot say who an account is, nothing is decided", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    sandbox.faults.fail(
      { kind: "error", status: 503 },
      { times: 50, when: ({ path }) => path.includes("/users/") },
    );
    expect((await amendment(n)).kind).toBe("unreadable");
  });
});

describe("the config through time", () => {
  it("config.lawful: a direct push is a version of its own, with who pushed it and no pull request", async () => {
    sandbox.as("dbkr").pushTo(null, { [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    expect(await versions()).toMatchObject([
      { pull: null, by: "ara4n", mergedHead: null, approved: false },
      { pull: null, by: "dbkr", mergedHead: null, author: null },
    ]);
  });

  it.each(["merge", "squash", "rebase"] as const)(
    "config.lawful: by %s, a pull request is one version, at the time of its merge, however many commits it had",
    async (method) => {
      const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
      clock.at += DAY;
      sandbox.as("richvdh").push(n, { [CONFIG_FILE]: config(RICH, DBKR, NEW, OTHER) });
      const { headOid } = sandbox.pull(n).pull;
      clock.at += DAY;
      sandbox.as("dbkr").merge(n, method);
      const read = await versions();
      expect(read).toHaveLength(2);
      expect(read[1]).toMatchObject({
        pull: n,
        at: clock.at,
        by: "dbkr",
        author: { login: "richvdh", id: 40_000_003 },
        mergedHead: headOid,
      });
      expect(members(read[1] ?? { rules: null })).toEqual(["richvdh", "dbkr", "clokep", "jon"]);
    },
  );

  it("config.lawful: two that were merged one after the other are what each merge made of the file", async () => {
    const one = pull({ [CONFIG_FILE]: config(NEW, RICH, DBKR) });
    clock.at += MINUTE;
    const two = pull({ [CONFIG_FILE]: config(RICH, DBKR, OTHER) });
    clock.at += MINUTE;
    sandbox.as("richvdh").push(one, { [CONFIG_FILE]: `${config(NEW, RICH, DBKR)}# once more\n` });
    clock.at += MINUTE;
    sandbox.as("dbkr").merge(two);
    clock.at += MINUTE;
    sandbox.as("dbkr").merge(one);
    const read = await versions();
    expect(read.map(({ pull: number }) => number)).toEqual([null, two, one]);
    expect(read.map(members)).toEqual([
      ["richvdh", "dbkr"],
      ["richvdh", "dbkr", "jon"],
      ["clokep", "richvdh", "dbkr", "jon"],
    ]);
  });

  it("config.lawful: a commit that several pull requests held came with the first of them to be merged", async () => {
    const one = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    const dbkr = sandbox.as("dbkr");
    dbkr.pushTo("on-top", { "README.md": "Else\n" }, { onto: [sandbox.pull(one).pull.headOid] });
    const two = dbkr.openPull({ title: "On top", branch: "on-top", files: { "README.md": "Once more\n" } });
    clock.at += MINUTE;
    dbkr.merge(one);
    const merged = clock.at;
    clock.at += DAY;
    dbkr.merge(two.number);
    const read = await versions();
    expect(read.at(-1)).toMatchObject({ pull: one, at: merged, author: { login: "richvdh" } });
    expect(read.map(({ pull: number }) => number)).not.toContain(two.number);
  });

  it("config.lawful: a pull request merged before the default branch was renamed brought its version still", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    clock.at += DAY;
    sandbox.as("dbkr").merge(n);
    sandbox.renameDefaultBranch("trunk");
    expect(sandbox.pull(n).pull.base).toBe("main");
    expect((await versions()).at(-1)).toMatchObject({
      pull: n,
      by: "dbkr",
      mergedHead: sandbox.pull(n).pull.headOid,
    });
  });

  it("config.lawful: of what came by a branch that was merged elsewhere first, the merge to the default branch brought it", async () => {
    const dbkr = sandbox.as("dbkr");
    dbkr.pushTo("feature", { "README.md": "Else\n" });
    const files = { [CONFIG_FILE]: config(RICH, DBKR, NEW) };
    const lower = sandbox.as("richvdh").openPull({ title: "Lower", base: "feature", files }).number;
    clock.at += DAY;
    dbkr.merge(lower);
    const upper = dbkr.openPull({
      title: "Upper",
      branch: "feature",
      fork: false,
      files: { "x.md": "x\n" },
    }).number;
    clock.at += DAY;
    dbkr.merge(upper);
    sandbox.renameDefaultBranch("trunk");
    expect((await versions()).at(-1)).toMatchObject({ pull: upper, at: clock.at });
  });

  it("config.lawful: a push that claims another date is put between the merges it lies between", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    clock.at += DAY;
    sandbox.as("dbkr").merge(n);
    const merged = clock.at;
    clock.at += DAY;
    const claims = (date: number, ...who: readonly string[]) =>
      sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: config(...who) }, { committer: { date } });
    claims(START - 900 * DAY, RICH, DBKR, NEW, OTHER);
    claims(clock.at + 900 * DAY, RICH, DBKR);
    const read = await versions();
    expect(read.map(({ at }) => at)).toEqual([START, merged, merged, clock.at]);
  });

  it("config.lawful: what a branch was forced to is its last version, whatever its pull requests had made of it", async () => {
    const n = pull({ [CONFIG_FILE]: config(RICH, DBKR, NEW) });
    clock.at += MINUTE;
    const base = sandbox.repository.branches.get("main") ?? "";
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: config(OTHER, RICH, DBKR) });
    clock.at += MINUTE;
    sandbox.as("dbkr").merge(n);
    clock.at += MINUTE;
    // The merge is gone from the branch, the commit of the pull request is not.
    sandbox.as("ara4n").pointBranch("main", sandbox.pull(n).pull.headOid);
    expect(base).not.toBe("");
    const read = await versions();
    expect(members(read.at(-1) ?? { rules: null })).toEqual(["richvdh", "dbkr", "clokep"]);
    expect(read.at(-1)).toMatchObject({ pull: null, approved: false });
  });

  it("config.lawful: a version that was not valid, or no file, is one without rules", async () => {
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: "version: 2\n" });
    clock.at += MINUTE;
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: null });
    clock.at += MINUTE;
    sandbox.as("ara4n").pushTo(null, { [CONFIG_FILE]: config(RICH) });
    expect((await versions()).map(members)).toEqual([["richvdh", "dbkr"], null, null, ["richvdh"]]);
  });

  it("config.lawful: a push that leaves the config alone is no version", async () => {
    sandbox.as("ara4n").pushTo(null, { "README.md": "Else\n" });
    expect(await versions()).toHaveLength(1);
  });

  it("config.lawful: what it was at a commit can be read whatever the branch has become; where there is no file, there is no text", async () => {
    const before = sandbox.repository.branches.get("main") ?? "";
    sandbox.as("ara4n").pushTo(null, { "README.md": "Else\n" }, { onto: [] });
    const at = async (commit: string) => {
      const read = await texts.textAt(refOf(1), commit);
      return read.kind === "read" ? read.text : read;
    };
    expect(await at(before)).toBe(config(RICH, DBKR));
    expect(await at(sandbox.repository.branches.get("main") ?? "")).toBeNull();
    expect(await at("f".repeat(40))).toBeNull();
    sandbox.faults.fail({ kind: "error", status: 503 }, { times: 50 });
    expect((await texts.textAt(refOf(1), before)).kind).toBe("unreadable");
  });

  it("config.lawful: what has changed lately comes first, with what of it is merged; a list that fails is none", async () => {
    const one = pull({ "README.md": "One\n" });
    clock.at += MINUTE;
    const two = pull({ "README.md": "Two\n" });
    clock.at += MINUTE;
    sandbox.as("richvdh").close(two);
    clock.at += MINUTE;
    sandbox.as("dbkr").merge(one);
    expect(await texts.lately(refOf(1))).toEqual({
      kind: "read",
      pulls: [
        { number: one, merged: true },
        { number: two, merged: false },
      ],
    });
    sandbox.faults.fail({ kind: "error", status: 503 }, { times: 50 });
    expect((await texts.lately(refOf(1))).kind).toBe("unreadable");
  });
});
