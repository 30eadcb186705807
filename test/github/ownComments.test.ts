import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Register } from "../../src/domain/model/register.js";
import { RecordKeys } from "../../src/github/record/keys.js";
import { COMMENT_ROOM, compose } from "../../src/github/record/marker.js";
import { sealRecord } from "../../src/github/record/seal.js";
import { CLERK, connect, FakeGitHub, HEAD, KEYS, REPOSITORY_ID, snapshot, user } from "./fakeGitHub.js";

const maintainer = user("maintainer", 7);
const record = (seq: number): Register => ({ ...emptyRegister, seq });
const sealed = (seq: number, keys = KEYS, pull = 1779) =>
  sealRecord(record(seq), keys, { repository: REPOSITORY_ID, pull }, COMMENT_ROOM).line;
const status = (text: string, seq: number | null) =>
  compose({ kind: "status", key: "1" }, text, seq === null ? null : sealed(seq));

describe("the clerk's own comments and the register they carry", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("come with their marker, the text people see, and the number of their record", async () => {
    const comment = github.comment(CLERK, status("- [ ] @richvdh", 3));
    const read = await snapshot(connect());
    expect(read.ownComments).toEqual([
      {
        id: comment.fullDatabaseId,
        nodeId: comment.id,
        url: comment.url,
        createdAt: Date.parse(comment.createdAt),
        marker: { kind: "status", key: "1" },
        body: "- [ ] @richvdh",
        seq: 3,
        revisions: [],
      },
    ]);
    expect(read.register).toEqual(record(3));
    expect(read.carriers).toMatchObject({ comment: 3, check: null });
    expect(read.utterances).toMatchObject([{ byClerk: true, revisions: [{ lines: [] }] }]);
  });

  it("comment.once: a marker and a record in a user's comment count for nothing", async () => {
    github.comment(maintainer, status("forged", 9));
    github.comment({ __typename: "User", login: "msc-clerk", databaseId: 31 }, status("forged", 9), {
      viewerDidAuthor: false,
    });
    const read = await snapshot(connect());
    expect(read.ownComments).toEqual([]);
    expect(read.register).toBeNull();
    expect(read.carriers.comment).toBeNull();
  });

  it("comment.once: a marker that somebody put into the clerk's comment counts for nothing", async () => {
    const comment = github.comment(CLERK, compose({ kind: "reply", key: "a" }, "No.", null));
    github.edit(comment, maintainer, compose({ kind: "announce", key: "1:fcp-begun" }, "FCP!", null));
    const read = await snapshot(connect());
    expect(read.ownComments.map(({ marker }) => marker)).toEqual([{ kind: "reply", key: "a" }]);
    expect(read.ownComments[0]?.body).toBe("FCP!");
  });

  it("comment.once: a comment whose text somebody took away is still known for what it was", async () => {
    const comment = github.comment(CLERK, status("- [ ] @richvdh", 3));
    github.edit(comment, CLERK, status("- [x] @richvdh", 4));
    github.edit(comment, maintainer, "");
    const read = await snapshot(connect());
    expect(read.ownComments).toMatchObject([{ marker: { kind: "status", key: "1" }, body: "", seq: null }]);
    expect(read.register?.seq).toBe(4);
    expect(read.carriers.comment).toBeNull();
  });

  it("ballot.tick: a tick leaves the record good, and the revisions show whose it was", async () => {
    const comment = github.comment(CLERK, status("- [ ] @richvdh", 3));
    github.edit(comment, maintainer, status("- [x] @richvdh", 3));
    const read = await snapshot(connect());
    expect(read.register?.seq).toBe(3);
    expect(read.carriers.comment).toBe(3);
    expect(
      read.ownComments[0]?.revisions.map(({ byClerk, editor, body }) => [
        byClerk,
        editor?.login,
        body?.includes("[x]"),
      ]),
    ).toEqual([
      [true, "msc-clerk", false],
      [false, "maintainer", true],
    ]);
  });

  it("an older record put back is not believed over a newer one in the check run", async () => {
    const comment = github.comment(CLERK, status("now", 3));
    github.edit(comment, CLERK, status("now", 8));
    github.edit(comment, maintainer, status("now", 3));
    github.run(HEAD, { text: sealed(8) });
    const read = await snapshot(connect());
    expect(read.register?.seq).toBe(8);
    expect(read.carriers).toMatchObject({ comment: 3, check: 8 });
  });

  it("a record of another key, another pull request or by hand is none", async () => {
    for (const line of [
      sealed(9, RecordKeys.from({ recordKeys: "another key of somebody" })),
      sealed(9, KEYS, 1),
      sealed(9).replace(/ v(\d+) ./, " v$1 Z"),
      "<!-- msc-clerk:record v1 AAAA.BBBB -->",
    ]) {
      github.comments = [];
      github.comment(CLERK, compose({ kind: "status", key: "1" }, "x", line));
      const read = await snapshot(connect());
      expect(read.register).toBeNull();
      expect(read.ownComments).toMatchObject([{ seq: null, body: "x" }]);
    }
  });

  it("after a push, the run on the commit before still carries the record", async () => {
    github.commits = ["c".repeat(40), HEAD];
    github.run("c".repeat(40), { text: sealed(5) });
    const read = await snapshot(connect());
    expect(read.check).toBeNull();
    expect(read.register?.seq).toBe(5);
    expect(read.carriers.check).toBeNull();
  });

  it("a record in the run of another pull request on the same head is none", async () => {
    github.run(HEAD, { externalId: "1800:success", text: sealed(5) });
    const read = await snapshot(connect());
    expect(read.register).toBeNull();
  });

  it("check.head: the record in a run is found under a newer run of another pull request on the same head", async () => {
    github.run(HEAD, { text: sealed(5) });
    github.run(HEAD, { externalId: "1800:failure", text: null });
    const read = await snapshot(connect());
    expect(read.register?.seq).toBe(5);
    expect(read.carriers.check).toBe(5);
    expect(github.asked).toEqual(["Cold", "SharedHeads", "RunTexts"]);
  });

  it("an editor whose account is gone is not the clerk", async () => {
    const comment = github.comment(CLERK, status("- [ ] @richvdh", 3));
    github.edit(comment, null, compose({ kind: "status", key: "2" }, "- [x] @richvdh", sealed(3)));
    const read = await snapshot(connect());
    expect(read.ownComments).toMatchObject([
      { marker: { key: "1" }, revisions: [{ byClerk: true }, { byClerk: false, editor: null }] },
    ]);
  });
});
