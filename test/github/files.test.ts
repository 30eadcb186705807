import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { mayAmend } from "../../src/github/read/amendment.js";
import { connect, FakeGitHub, snapshot } from "./fakeGitHub.js";

describe("a PR that changes more files than GitHub lists", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("decision.needs: GitHub lists 3,000 files and no more: the reader says that there may be others", async () => {
    nock.disableNetConnect();
    const github = new FakeGitHub().serve();
    github.files = Array.from({ length: 3000 }, (_, i) => ({ path: `a/${i}.txt`, changeType: "ADDED" }));
    const read = await snapshot(connect());
    expect(read.filesCutOff).toBe(true);
    expect(mayAmend(read)).toBe(true);
    github.files = github.files.slice(1);
    expect((await snapshot(connect())).filesCutOff).toBe(false);
  });
});
