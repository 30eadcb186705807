import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { type Connected, connect, FakeGitHub, iso, REF, START, user } from "./fakeGitHub.js";

const TEXT = `version: 1
teams:
  spec-core-team:
    members: [richvdh, dbkr]
decisions:
  - name: spec change
    approval: { spec-core-team: 75% }
`;
const ADOPTED = START - 30 * DAY;

describe("the config of a repository", () => {
  let github: FakeGitHub;
  let connected: Connected;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    github.config = { oid: "f1", text: TEXT };
    github.history = [
      { oid: "c2", committedDate: iso(START - DAY), associatedPullRequests: { nodes: [] } },
      {
        oid: "c1",
        committedDate: iso(ADOPTED - 5 * DAY),
        associatedPullRequests: { nodes: [{ merged: true, mergedAt: iso(ADOPTED), baseRefName: "main" }] },
      },
    ];
    connected = connect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  const config = () => connected.reader.config(REF);
  const valid = async () => {
    const outcome = await config();
    if (outcome.kind !== "valid") throw new Error(JSON.stringify(outcome));
    return outcome;
  };

  it("config.source: is the file on the default branch, with the commit it was read at", async () => {
    const outcome = await valid();
    expect(outcome.commit).toBe("d".repeat(40));
    expect(outcome.rules.teams[0]?.members.map(({ login }) => login)).toEqual(["richvdh", "dbkr"]);
  });

  it("act.adoption: began when the pull request that brought the file was merged, else at its commit", async () => {
    expect((await valid()).adoptedAt).toBe(ADOPTED);
    github.history = [
      {
        oid: "c1",
        committedDate: iso(ADOPTED),
        associatedPullRequests: { nodes: [{ merged: false, mergedAt: null, baseRefName: "x" }] },
      },
    ];
    connected = connect();
    expect((await valid()).adoptedAt).toBe(ADOPTED);
  });

  it("act.adoption: the oldest commit is found behind many pages, and asked for once", async () => {
    const oldest = github.history[1];
    github.history = [
      ...Array.from({ length: 230 }, (_, i) => ({
        oid: `n${i}`,
        committedDate: iso(START),
        associatedPullRequests: { nodes: [] },
      })),
      ...(oldest ? [oldest] : []),
    ];
    expect((await valid()).adoptedAt).toBe(ADOPTED);
    expect(github.asked).toEqual(["Config", "History", "History", "History"]);
    github.config = { oid: "f2", text: `${TEXT}# more\n` };
    connected.clock.at += HOUR;
    expect((await valid()).adoptedAt).toBe(ADOPTED);
    expect(github.asked.filter((name) => name === "History")).toHaveLength(3);
  });

  it("config.absent: no file, an empty repository, an archived or vanished one are absent", async () => {
    github.config = null;
    expect(await config()).toEqual({ kind: "absent" });
    github.config = { oid: "f1", text: TEXT };
    github.archived = true;
    expect(await config()).toEqual({ kind: "absent" });
    github.archived = false;
    github.instead.push(() => [
      200,
      { data: { repository: null }, errors: [{ type: "NOT_FOUND", path: ["repository"], message: "no" }] },
    ]);
    expect(await config()).toEqual({ kind: "absent" });
    github.instead.push(() => [
      200,
      { data: { repository: { databaseId: 1, isArchived: false, defaultBranchRef: null } } },
    ]);
    expect(await config()).toEqual({ kind: "absent" });
    expect((await config()).kind).toBe("valid");
  });

  it("config.unreadable: an error, a time-out or half an answer is unreadable, not absent", async () => {
    github.warp = (answer) => ({ ...answer, errors: [{ message: "the file server is away" }] });
    expect(await config()).toMatchObject({ kind: "unreadable", why: expect.stringContaining("file server") });
    github.warp = () => ({ data: null });
    expect(await config()).toMatchObject({ kind: "unreadable" });
    github.warp = null;
    for (let i = 0; i < 3; i += 1) github.instead.push(() => [503, ""]);
    expect(await config()).toMatchObject({ kind: "unreadable" });
    github.history = [];
    expect(await config()).toMatchObject({ kind: "unreadable", why: expect.stringContaining("history") });
  });

  it("config.invalid: faults come with line and column, and the commit", async () => {
    github.config = { oid: "f9", text: "version: 1\nteems: {}\n" };
    const outcome = await config();
    expect(outcome).toMatchObject({ kind: "invalid", commit: "d".repeat(40) });
    expect(outcome.kind === "invalid" && outcome.faults.length).toBeGreaterThan(0);
  });

  it.each([
    ["a symbolic link", { mode: 0o120000 }, /symbolic link/],
    ["a symbolic link, its mode as git prints it", { mode: 120000 }, /symbolic link/],
    ["a submodule", { mode: 0o160000, type: "commit", blob: { __typename: "Commit" } }, /submodule/],
    ["a folder", { mode: 0o040000, type: "tree", blob: { __typename: "Tree" } }, /folder/],
    ["a binary file", { blob: { isBinary: true, text: null } }, /not a text file/],
    ["more than GitHub hands out", { blob: { isTruncated: true, byteSize: 1_000_000 } }, /1000000 bytes/],
  ])("config.invalid: %s in its place is a fault at line 1", async (_, file, message) => {
    github.config = { oid: "f9", text: TEXT, ...file };
    const outcome = await config();
    expect(outcome).toMatchObject({ kind: "invalid", faults: [{ line: 1, column: 1, path: "" }] });
    expect(outcome.kind === "invalid" && outcome.faults[0]?.message).toMatch(message);
  });

  describe("remembered", () => {
    const read = async () => {
      const { rules, adoptedAt } = await valid();
      return connected.pulls.read(REF, { rules, adoptedAt });
    };

    it("costs a look that changes nothing no request of its own", async () => {
      await read();
      github.asked.length = 0;
      expect(await read()).toMatchObject({ kind: "read" });
      expect(github.asked).toEqual(["Warm"]);
    });

    it("is proved by the look: a changed file decides nothing, and is read before the next", async () => {
      await read();
      github.config = { oid: "f2", text: TEXT.replace("dbkr", "dbkr, uhoreg") };
      const first = await read();
      expect(first).toMatchObject({
        kind: "unreadable",
        why: expect.stringContaining("config"),
        retryAt: connected.clock.at,
      });
      const second = await read();
      expect(second).toMatchObject({ kind: "read" });
      expect((await valid()).rules.teams[0]?.members).toHaveLength(3);
    });

    it("so is a deleted file", async () => {
      await read();
      github.config = null;
      expect(await read()).toMatchObject({ kind: "unreadable" });
      expect(await config()).toEqual({ kind: "absent" });
    });

    it("keeps rules and commit while the file is the same, whatever else is pushed", async () => {
      const first = await valid();
      github.defaultHead = "e".repeat(40);
      expect(await connected.reader.config(REF, true)).toBe(first);
      expect(github.asked.filter((name) => name === "Config")).toHaveLength(2);
      const snapshot = await connected.pulls.read(REF, first);
      expect(snapshot.kind === "read" && snapshot.snapshot.rosterCommit).toBe("d".repeat(40));
    });

    it("is asked for again by whoever looks at nothing else, and lives on with each look", async () => {
      await read();
      connected.clock.at += 6 * HOUR;
      await read();
      expect(github.asked.filter((name) => name === "Config")).toHaveLength(1);
      await connected.reader.config(REF, true);
      expect(github.asked.filter((name) => name === "Config")).toHaveLength(2);
    });

    it("config.unreadable: what was remembered is not put in the place of what cannot be read", async () => {
      await read();
      github.warp = (answer) => ({ ...answer, errors: [{ message: "away" }] });
      expect(await connected.reader.config(REF, true)).toMatchObject({ kind: "unreadable" });
    });
  });

  it("the head alone, for the check that shows the faults", async () => {
    github.run("a".repeat(40), {
      title: "The config is invalid",
      status: "COMPLETED",
      conclusion: "FAILURE",
    });
    github.comment(user("x", 1), "hello");
    expect(await connected.reader.head(REF)).toMatchObject({
      kind: "read",
      head: "a".repeat(40),
      open: true,
      check: { title: "The config is invalid", verdict: "failure", summary: "It waits." },
    });
    expect(github.asked).toEqual(["Head"]);
  });

  it("config.source: two repositories with the same text each have rules of their own", async () => {
    const here = await valid();
    github.config = { oid: "f1", text: `${TEXT}# other\n` };
    await connected.reader.config(REF, true);
    github.config = { oid: "f3", text: TEXT };
    const again = await connected.reader.config(REF, true);
    if (again.kind !== "valid") throw new Error(again.kind);
    expect(again.rules).toEqual(here.rules);
    expect(again.rules).not.toBe(here.rules);
    // The rules of the file that is there now are those of this reconcile; the former ones, the same by the letter, stand for another.
    const read = (rules: typeof here.rules) => connected.pulls.read(REF, { rules, adoptedAt: ADOPTED });
    expect((await read(again.rules)).kind).toBe("read");
    expect(await read(here.rules)).toMatchObject({
      kind: "unreadable",
      why: expect.stringContaining("config"),
    });
  });
});
