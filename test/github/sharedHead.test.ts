import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, FakeGitHub, HEAD, REPOSITORY_ID, snapshot } from "./fakeGitHub.js";

const pull = (number: number) => ({ number, state: "OPEN", headRefOid: HEAD, repository: REPOSITORY_ID });

describe("pull requests and runs on one head, beyond a page", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  /** So many pull requests on the head, this one among them. */
  const crowd = (count: number, first = 1779) => {
    github.siblings = Array.from({ length: count }, (_, at) => pull(first + at));
  };

  it.each([
    [1, 0],
    [20, 0],
    [21, 1],
    [120, 1],
    [121, 2],
    [320, 3],
  ])("check.head: of %d pull requests with one head none is left out", async (count, requests) => {
    crowd(count);
    github.run(HEAD, {
      externalId: `${1779 + count - 1}:failure`,
      status: "COMPLETED",
      conclusion: "FAILURE",
    });
    const read = await snapshot(connect());
    expect(read.siblings).toHaveLength(count - 1);
    expect(read.siblingsCutOff).toBe(false);
    if (count > 1)
      expect(read.siblings.find(({ verdict }) => verdict === "failure")?.number).toBe(1779 + count - 1);
    expect(github.asked).toEqual(["Cold", ...Array.from({ length: requests }, () => "Siblings")]);
  });

  it("check.head: with one more than is read, it is said that there may be more", async () => {
    crowd(321);
    const read = await snapshot(connect());
    expect(read.siblingsCutOff).toBe(true);
    expect(github.asked.filter((name) => name === "Siblings")).toHaveLength(3);
  });

  it("check.head: the oldest is seen behind a page of newer ones, and in a warm read too", async () => {
    github.siblings = [pull(5), ...Array.from({ length: 20 }, (_, at) => pull(1779 + at))];
    github.run(HEAD, { externalId: "5:in_progress" });
    const connected = connect();
    for (const _ of ["cold", "warm"]) {
      const read = await snapshot(connected);
      expect(read.siblings).toContainEqual({ number: 5, verdict: "in_progress" });
    }
    expect(github.asked).toEqual(["Cold", "Siblings", "Warm", "Siblings"]);
  });

  it("check.head: GitHub not telling who shares the head is not nobody", async () => {
    github.warp = (answer) => {
      const { tip } = (answer.data as never as { repository: { pullRequest: Tip } }).repository.pullRequest;
      for (const { commit } of tip.nodes) commit.associatedPullRequests = null;
      return answer;
    };
    expect((await snapshot(connect())).siblingsCutOff).toBe(true);
  });

  it.each([
    [100, 0],
    [101, 1],
    [300, 2],
  ])("check.head: of %d runs on one head none is left out", async (count, requests) => {
    crowd(2);
    github.run(HEAD, { externalId: "1780:failure", status: "COMPLETED", conclusion: "FAILURE" });
    for (let at = 1; at < count; at += 1) github.run(HEAD, { externalId: `${3000 + at}:neutral` });
    const read = await snapshot(connect());
    expect(read.siblings).toEqual([{ number: 1780, verdict: "failure" }]);
    expect(github.asked).toEqual(["Cold", ...Array.from({ length: requests }, () => "MoreRuns")]);
  });

  it("check.head: a result that lies beyond all that is read is not known", async () => {
    crowd(2);
    github.run(HEAD, { externalId: "1780:neutral", status: "COMPLETED", conclusion: "NEUTRAL" });
    for (let at = 0; at < 1100; at += 1) github.run(HEAD, { externalId: `${3000 + at}:neutral` });
    expect((await snapshot(connect())).siblings).toEqual([{ number: 1780, verdict: null }]);
    expect(github.asked.filter((name) => name === "MoreRuns")).toHaveLength(10);
  });

  it.each([5, 6, 30])("check.head: runs in the last of %d suites are seen", async (count) => {
    crowd(2);
    github.run(HEAD, { externalId: "1780:failure", status: "COMPLETED", conclusion: "FAILURE" });
    const runs = github.runs.map(({ run }) => run);
    github.suites.set(HEAD, [...Array.from({ length: count - 1 }, () => []), runs]);
    expect((await snapshot(connect())).siblings).toEqual([{ number: 1780, verdict: "failure" }]);
  });

  it("label.single: more labels than GitHub can show are not taken for all of them", async () => {
    github.labels = Array.from({ length: 100 }, (_, at) => `label ${at}`);
    expect((await snapshot(connect())).labels).toHaveLength(100);
    github.labels.push("one more");
    await expect(snapshot(connect())).rejects.toThrow();
  });
});

interface Tip {
  readonly tip: { readonly nodes: readonly { readonly commit: { associatedPullRequests: unknown } }[] };
}
