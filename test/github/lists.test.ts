import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../src/domain/time.js";
import { API, type Connected, connect, iso, REF, START } from "./fakeGitHub.js";

const REPO = "/repos/matrix-org/proposals";
const NEXT = { link: '<https://api.github.com/x>; rel="next"' };
const at = (minutes: number) => iso(START + minutes * MINUTE);
const issue = (number: number, minutes: number, pull = true) => ({
  number,
  updated_at: at(minutes),
  ...(pull ? { pull_request: {} } : {}),
});

describe("lists of what has changed", () => {
  let connected: Connected;
  beforeEach(() => {
    nock.disableNetConnect();
    connected = connect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("without a moment: the open pull requests, by pages", async () => {
    const many = Array.from({ length: 100 }, (_, i) => issue(i + 1, i));
    nock(API)
      .get(`${REPO}/pulls`)
      .query((query) => query.state === "open" && query.page === "1")
      .reply(200, many, NEXT)
      .get(`${REPO}/pulls`)
      .query((query) => query.page === "2")
      .reply(200, [issue(1779, 130)]);
    const outcome = await connected.reader.changed(REF, null);
    expect(outcome).toMatchObject({ kind: "read", upTo: START + 129 * MINUTE });
    expect(outcome.kind === "read" && outcome.numbers).toEqual([...many.map(({ number }) => number), 1779]);
  });

  it("since a moment: by issues, comments, inline comments and events, pull requests only", async () => {
    nock(API)
      .get(`${REPO}/issues`)
      .query((query) => query.since === at(0) && query.state === "all")
      .reply(200, [issue(1, 5), issue(2, 6, false)])
      .get(`${REPO}/issues/comments`)
      .query((query) => query.since === at(0))
      .reply(200, [
        {
          updated_at: at(7),
          issue_url: `${API}${REPO}/issues/3`,
          html_url: "https://github.com/matrix-org/proposals/pull/3#issuecomment-1",
        },
        {
          updated_at: at(7),
          issue_url: `${API}${REPO}/issues/9`,
          html_url: "https://github.com/matrix-org/proposals/issues/9#issuecomment-1",
        },
      ])
      .get(`${REPO}/pulls/comments`)
      .query((query) => query.since === at(0))
      .reply(200, [{ updated_at: at(8), pull_request_url: `${API}${REPO}/pulls/4` }])
      .get(`${REPO}/issues/events`)
      .query(true)
      .reply(
        200,
        [
          { created_at: at(12), issue: { number: 5, pull_request: {} } },
          { created_at: at(11), issue: { number: 6 } },
          { created_at: at(10), issue: null },
          { created_at: at(-1), issue: { number: 7, pull_request: {} } },
        ],
        NEXT,
      );
    const outcome = await connected.reader.changed(REF, START);
    expect(outcome).toMatchObject({ kind: "read", numbers: [1, 3, 4, 5], upTo: START + 11 * MINUTE });
  });

  it("never goes back in time when nothing has changed", async () => {
    nock(API).persist().get(/.*/).reply(200, []);
    expect(await connected.reader.changed(REF, START)).toMatchObject({
      kind: "read",
      numbers: [],
      upTo: START,
    });
  });

  it("half a list is no list", async () => {
    nock(API)
      .get(`${REPO}/pulls`)
      .query((query) => query.page === "1")
      .reply(200, [issue(1, 1)], NEXT);
    nock(API)
      .persist()
      .get(`${REPO}/pulls`)
      .query((query) => query.page === "2")
      .reply(502);
    expect(await connected.reader.changed(REF, null)).toMatchObject({ kind: "unreadable" });
    nock.cleanAll();
    nock(API).get(`${REPO}/pulls`).query(true).reply(200, { message: "not a list" });
    expect(await connected.reader.changed(REF, null)).toMatchObject({ kind: "unreadable" });
  });

  it("tells gone from unreadable", async () => {
    nock(API).get(`${REPO}/pulls`).query(true).reply(404, { message: "Not Found" });
    expect(await connected.reader.changed(REF, null)).toMatchObject({ kind: "gone" });
    nock(API)
      .get(`${REPO}/pulls`)
      .query(true)
      .reply(403, { message: "Resource not accessible by integration" });
    expect(await connected.reader.changed(REF, null)).toMatchObject({ kind: "unreadable" });
  });

  it("every repository of every installation that is not suspended, without archived ones", async () => {
    nock(API)
      .get("/app/installations")
      .query(true)
      .reply(200, [{ id: 1 }, { id: 2, suspended_at: at(0) }, { id: 3 }]);
    nock(API)
      .get("/installation/repositories")
      .query(true)
      .reply(200, {
        total_count: 2,
        repositories: [
          { name: "a", owner: { login: "x" } },
          { name: "b", owner: { login: "x" }, archived: true },
        ],
      })
      .get("/installation/repositories")
      .query(true)
      .reply(200, { total_count: 1, repositories: [{ name: "c", owner: { login: "y" } }] });
    expect(await connected.reader.repositories()).toEqual({
      kind: "read",
      repositories: [
        { installation: 1, owner: "x", name: "a" },
        { installation: 3, owner: "y", name: "c" },
      ],
    });
  });
});
