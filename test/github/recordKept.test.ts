import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { COMMENT_ROOM, compose } from "../../src/github/record/marker.js";
import { sealRecord } from "../../src/github/record/seal.js";
import { CLERK, connect, FakeGitHub, HEAD, KEYS, REPOSITORY_ID, snapshot, user } from "./fakeGitHub.js";

const maintainer = user("maintainer", 7);
const sealed = (seq: number) =>
  sealRecord({ ...emptyRegister, seq }, KEYS, { repository: REPOSITORY_ID, pull: 1779 }, COMMENT_ROOM).line;
const status = (seq: number) => compose({ kind: "status", key: "1" }, "text", sealed(seq));

describe("a record that somebody would like to be rid of", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("act.durable: an older record put back into the status comment is not believed over the clerk's own newer revision", async () => {
    const comment = github.comment(CLERK, status(3));
    github.edit(comment, CLERK, status(8));
    github.edit(comment, maintainer, status(3));
    const read = await snapshot(connect());
    expect(read.register?.seq).toBe(8);
    expect(read.carriers.comment).toBe(3);
  });

  it("act.once: before a motion, the record in a check run survives a long push", async () => {
    const old = "b".repeat(40);
    github.run(old, { text: sealed(5) });
    github.commits = [old, ...["1", "2", "3", "4"].map((each) => each.repeat(40)), HEAD];
    expect((await snapshot(connect())).register?.seq).toBe(5);
  });

  it("act.once: before a motion, the record in a check run survives a forced push", async () => {
    const old = "b".repeat(40);
    github.run(old, { text: sealed(5) });
    github.event("HeadRefForcePushedEvent", user("author", 500), {
      beforeCommit: { oid: old },
      afterCommit: { oid: HEAD },
    });
    const connected = connect();
    expect((await snapshot(connected)).register?.seq).toBe(5);
    const asked = github.asked.length;
    expect((await snapshot(connected)).register?.seq).toBe(5);
    expect(github.asked.slice(asked)).toEqual(["Warm"]);
  });

  it("memory.kept: a record that does not fit the comment is looked for further back, too", async () => {
    const old = "b".repeat(40);
    github.comment(CLERK, compose({ kind: "register", key: "1" }, "text", sealed(5)));
    github.run(old, { text: sealed(5) });
    expect((await snapshot(connect())).register?.seq).toBe(5);
    expect(github.asked).not.toContain("OlderRuns");
  });

  it("config.invalid: the check that tells of a bad config hides no record in the run before it", async () => {
    github.run(HEAD, { text: sealed(5) });
    github.run(HEAD, { text: "", status: "COMPLETED", conclusion: "FAILURE" });
    expect((await snapshot(connect())).register?.seq).toBe(5);
  });
});
