import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MATRIX } from "../support/rules.js";
import { connect, FakeGitHub, HEAD, REF, snapshot } from "./fakeGitHub.js";

const pull = (number: number, state = "OPEN", headRefOid = HEAD) => ({ number, state, headRefOid });

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

  /** So many other pull requests on the head, each with a run of the clerk's. */
  const crowd = (count: number, first = 1780) => {
    github.siblings = Array.from({ length: count }, (_, at) => pull(first + at));
    for (const { number } of github.siblings) github.run(HEAD, { externalId: `${number}:neutral` });
  };
  const asks = (name: string, count: number) => Array.from({ length: count }, () => name);

  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [80, 0, 1],
    [81, 0, 2],
    [319, 3, 4],
  ])(
    "check.head: of %d other pull requests with one head none is left out",
    async (count, runs, requests) => {
      crowd(count);
      if (count > 0) {
        const externalId = `${1780 + count - 1}:failure`;
        github.run(HEAD, { externalId, status: "COMPLETED", conclusion: "FAILURE" });
      }
      const read = await snapshot(connect());
      expect(read.siblings).toHaveLength(count);
      expect(read.siblingsCutOff).toBe(false);
      if (count > 0)
        expect(read.siblings.find(({ verdict }) => verdict === "failure")?.number).toBe(1780 + count - 1);
      expect(github.asked).toEqual(["Cold", ...asks("MoreRuns", runs), ...asks("SharedHeads", requests)]);
    },
  );

  it("check.head: with one more than is read, it is said that there may be more", async () => {
    crowd(320);
    const read = await snapshot(connect());
    expect(read.siblingsCutOff).toBe(true);
    expect(github.asked.filter((name) => name === "SharedHeads")).toHaveLength(4);
  });

  it("check.head: one that is closed, or has another head since, shares nothing", async () => {
    github.siblings = [pull(5, "CLOSED"), pull(6, "OPEN", "b".repeat(40)), pull(7)];
    for (const number of [5, 6, 7]) github.run(HEAD, { externalId: `${number}:in_progress` });
    expect(await snapshot(connect())).toMatchObject({
      siblings: [{ number: 7, verdict: "in_progress" }],
      siblingsCutOff: false,
    });
  });

  it("check.head: the oldest is seen behind a page of newer ones, and in a warm read too", async () => {
    github.siblings = [pull(5)];
    github.run(HEAD, { externalId: "5:in_progress" });
    const [oldest] = [...github.siblings];
    crowd(120);
    if (oldest) github.siblings.push(oldest);
    const connected = connect();
    for (const _ of ["cold", "warm"]) {
      const read = await snapshot(connected);
      expect(read.siblings).toContainEqual({ number: 5, verdict: "in_progress" });
    }
    const shared = ["MoreRuns", "SharedHeads", "SharedHeads"];
    expect(github.asked).toEqual(["Cold", ...shared, "Warm", ...shared]);
  });

  it("check.head: two that come in the same second see each other before either has a run", async () => {
    const connected = connect();
    await snapshot(connected);
    github.siblings = [pull(1779)];
    github.pull = { ...github.pull, number: 1780, id: "PR_2" };
    const read = await connected.pulls.read({ ...REF, number: 1780 }, { rules: MATRIX, adoptedAt: 0 });
    expect(read).toMatchObject({ snapshot: { siblings: [{ number: 1779, verdict: null }] } });
  });

  it("check.head: GitHub not telling of one that has had the head is not nobody", async () => {
    crowd(1);
    github.warp = (answer) => {
      const { repository } = answer.data as unknown as { repository: { part0?: unknown } };
      if (repository.part0 !== undefined) repository.part0 = null;
      return answer;
    };
    expect((await snapshot(connect())).siblingsCutOff).toBe(true);
  });

  it.each([
    [100, 0],
    [101, 1],
    [300, 2],
  ])("check.head: of %d runs on one head none is left out", async (count, requests) => {
    github.siblings = [pull(1780)];
    github.run(HEAD, { externalId: "1780:failure", status: "COMPLETED", conclusion: "FAILURE" });
    for (let at = 1; at < count; at += 1) github.run(HEAD, {});
    const read = await snapshot(connect());
    expect(read).toMatchObject({ siblings: [{ number: 1780, verdict: "failure" }], siblingsCutOff: false });
    expect(github.asked).toEqual(["Cold", ...asks("MoreRuns", requests), "SharedHeads"]);
  });

  it("check.head: a result that lies beyond all that is read is not known", async () => {
    github.siblings = [pull(1780)];
    github.run(HEAD, { externalId: "1780:neutral", status: "COMPLETED", conclusion: "NEUTRAL" });
    for (let at = 0; at < 1100; at += 1) github.run(HEAD, {});
    expect((await snapshot(connect())).siblingsCutOff).toBe(true);
    expect(github.asked.filter((name) => name === "MoreRuns")).toHaveLength(10);
  });

  it.each([5, 6, 30])("check.head: runs in the last of %d suites are seen", async (count) => {
    github.siblings = [pull(1780)];
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
