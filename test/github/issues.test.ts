import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DAY } from "../../src/domain/text/time.js";
import { GitHubIssues } from "../../src/github/issues.js";
import { API, connect, REF } from "./fakeGitHub.js";

/** Nothing is the clerk's, by GitHub's filter and among all. */
let asked: string[];
beforeEach(() => {
  nock.disableNetConnect();
  asked = [];
  nock(API)
    .persist()
    .get(/\/repos\/matrix-org\/proposals\/issues/)
    .reply(() => {
      asked.push("filter");
      return [200, []];
    })
    .post(/\/repos\/matrix-org\/proposals\/issues/)
    .reply(() => [201, { number: 1 }])
    .post("/graphql")
    .reply(() => {
      asked.push("all");
      const issues = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return [200, { data: { viewer: { login: "msc-clerk", databaseId: 900 }, repository: { issues } } }];
    });
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

it("that none of all issues is the clerk's is known for a week, GitHub's filter is asked each day", async () => {
  const { caller, clock } = connect();
  const issues = new GitHubIssues(caller);
  for (let day = 0; day < 8; day += 1) {
    expect(await issues.issues(REF, "msc-clerk[bot]")).toMatchObject({ kind: "read", issues: [] });
    clock.at += DAY;
  }
  expect(asked.join(" ")).toBe(`filter all ${"filter ".repeat(6)}filter all`);
});

it("once the clerk makes one, all are looked through again", async () => {
  const { caller, clock } = connect();
  const issues = new GitHubIssues(caller);
  await issues.issues(REF, "msc-clerk[bot]");
  await issues.apply(REF, { kind: "create_issue", key: "x", title: "A duty", body: "Words." });
  clock.at += DAY;
  await issues.issues(REF, "msc-clerk[bot]");
  expect(asked.join(" ")).toBe("filter all filter all");
});
