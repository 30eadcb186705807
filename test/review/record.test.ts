import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyRegister } from "../../src/domain/emptyRegister.js";
import { COMMENT_ROOM, compose } from "../../src/github/record/marker.js";
import { sealRecord } from "../../src/github/record/seal.js";
import {
  CLERK,
  connect,
  FakeGitHub,
  HEAD,
  KEYS,
  REPOSITORY_ID,
  snapshot,
  user,
} from "../github/fakeGitHub.js";

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

  it("config.invalid: the check that tells of a bad config hides no record in the run before it", async () => {
    github.run(HEAD, { text: sealed(5) });
    github.run(HEAD, { text: "", status: "COMPLETED", conclusion: "FAILURE" });
    expect((await snapshot(connect())).register?.seq).toBe(5);
  });
});
