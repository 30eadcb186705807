import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MINUTE } from "../../src/domain/text/time.js";
import { allSince } from "../../src/github/ports.js";
import { openOrSince } from "../../src/github/read/lists.js";
import { API, type Connected, connect, iso, REF, START } from "./fakeGitHub.js";

const REPO = "/repos/matrix-org/proposals";
const NEXT = { link: '<https://api.github.com/x>; rel="next"' };
const LAST = { link: '<https://api.github.com/x>; rel="prev"' };
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

  describe("the open pull requests", () => {
    const asked: unknown[] = [];
    const page = (numbers: readonly number[], endCursor: string | null) => ({
      pageInfo: { hasNextPage: endCursor !== null, endCursor },
      nodes: numbers.map((number) => ({ number })),
    });
    const answer = (pullRequests: object) =>
      nock(API)
        .post("/graphql")
        .reply((_, body) => {
          asked.push((body as { readonly variables: { readonly after: string | null } }).variables.after);
          return [200, { data: { repository: { pullRequests } } }];
        });
    beforeEach(() => {
      asked.length = 0;
    });

    it("are read by pages, each of which begins after the last one of the page before, whatever is closed meanwhile", async () => {
      answer(page([1, 2], "after 2"));
      answer(page([1779], null));
      expect(await connected.reader.everyOpen(REF)).toEqual({
        kind: "read",
        numbers: [1, 2, 1779],
        cutOff: false,
      });
      expect(asked).toEqual([null, "after 2"]);
    });

    it("can be taken up where they broke off, and tell as of when they are", async () => {
      answer(page([3, 4], "after 4"));
      expect(await connected.reader.openNumbers(REF, "after 2")).toEqual({
        kind: "read",
        numbers: [3, 4],
        next: "after 4",
        upTo: connected.clock.now() - MINUTE,
      });
      expect(asked).toEqual(["after 2"]);
    });

    it("half a list is no list", async () => {
      answer(page([1], "after 1"));
      nock(API).persist().post("/graphql").reply(502);
      expect(await connected.reader.everyOpen(REF)).toMatchObject({ kind: "unreadable" });
    });

    it("a list without an end is not read for ever, and says so", async () => {
      nock(API)
        .persist()
        .post("/graphql")
        .reply(200, { data: { repository: { pullRequests: page([1], "x") } } });
      expect(await connected.reader.everyOpen(REF)).toMatchObject({ kind: "read", cutOff: true });
    });

    it("tell gone from unreadable", async () => {
      const errors = [{ type: "NOT_FOUND", path: ["repository"], message: "no such repository" }];
      nock(API).post("/graphql").reply(200, { data: null, errors });
      expect(await connected.reader.everyOpen(REF)).toMatchObject({ kind: "gone" });
      nock(API).post("/graphql").reply(403, { message: "Resource not accessible by integration" });
      expect(await connected.reader.everyOpen(REF)).toMatchObject({ kind: "unreadable" });
    });
  });

  it("a full page is not the last only because GitHub's answer lacks the link to the next", async () => {
    const many = Array.from({ length: 100 }, (_, i) => issue(i + 1, i));
    const page = (state: string, number: string) => (query: Record<string, unknown>) =>
      query.state === state && query.page === number;
    nock(API)
      .get(`${REPO}/pulls`)
      .query(page("open", "1"))
      .reply(200, many)
      .get(`${REPO}/pulls`)
      .query(page("open", "2"))
      .reply(200, [issue(1779, 130)])
      .get(`${REPO}/pulls`)
      .query(page("closed", "1"))
      .reply(200, []);
    const outcome = await openOrSince(connected.caller, REF, START);
    expect(outcome.kind === "read" && outcome.numbers).toHaveLength(101);
  });

  describe("the open pull requests and those changed since", () => {
    const listed = (state: string, page: string) => (query: Record<string, unknown>) =>
      query.state === state && query.page === page;
    const open = (...numbers: readonly number[]) =>
      nock(API)
        .get(`${REPO}/pulls`)
        .query(listed("open", "1"))
        .reply(
          200,
          numbers.map((number) => issue(number, -1000)),
        );

    it("are read page by page, the ended ones until one was changed before: to the very second", async () => {
      open(7, 3);
      const many = Array.from({ length: 100 }, (_, i) => issue(100 + i, 200 - i));
      nock(API)
        .get(`${REPO}/pulls`)
        .query(
          (query) => listed("closed", "1")(query) && query.sort === "updated" && query.direction === "desc",
        )
        .reply(200, many, NEXT)
        .get(`${REPO}/pulls`)
        .query(listed("closed", "2"))
        .reply(200, [issue(9, 1), issue(8, 0), { number: 6, updated_at: iso(START - 1000) }], NEXT);
      const read = await openOrSince(connected.caller, REF, START);
      expect(read).toEqual({
        kind: "read",
        numbers: [3, 7, 8, 9, ...many.map(({ number }) => number)],
      });
      expect(nock.isDone()).toBe(true);
    });

    it("are none, where one of the lists cannot be read", async () => {
      open(7);
      nock(API).get(`${REPO}/pulls`).query(listed("closed", "1")).reply(451, { message: "blocked" });
      expect(await openOrSince(connected.caller, REF, START)).toMatchObject({ kind: "gone" });
      nock(API).get(`${REPO}/pulls`).query(listed("open", "1")).reply(404, { message: "Not Found" });
      expect(await openOrSince(connected.caller, REF, START)).toMatchObject({ kind: "gone" });
    });
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
    const outcome = await connected.reader.changed(REF, allSince(START));
    expect(outcome).toMatchObject({ kind: "read", numbers: [1, 3, 4, 5], upTo: START + 11 * MINUTE });
  });

  it("absence.eight-weeks: what others do to somebody, a mention or an assignment, is no act of theirs", async () => {
    const who = (login: string, id: number) => ({ login, id });
    const absent = who("KitsuneRal", 108);
    const event = (name: string, more: object = {}) => ({
      event: name,
      actor: absent,
      created_at: at(12),
      issue: { number: 9 },
      ...more,
    });
    const seen = async (...events: readonly object[]) => {
      nock.cleanAll();
      nock(API)
        .persist()
        .get(/.*/)
        .query(true)
        .reply((uri) => [200, uri.includes("/issues/events") ? events : []]);
      const outcome = await connected.reader.changed(REF, allSince(START));
      return outcome.kind === "read" && outcome.acts?.map(({ person }) => person.login);
    };
    const passive = [
      event("mentioned"),
      event("subscribed"),
      event("assigned", { assignee: absent, assigner: who("mallory", 666) }),
      event("unassigned", { assignee: absent, assigner: who("mallory", 666) }),
    ];
    expect(await seen(...passive)).toEqual(["mallory"]);
    expect(await seen(...passive, event("labeled"))).toContain("KitsuneRal");
    const own = event("assigned", { assignee: who("mallory", 666), assigner: absent });
    expect(await seen(own)).toEqual(["KitsuneRal"]);
  });

  it("never goes back in time when nothing has changed", async () => {
    nock(API).persist().get(/.*/).reply(200, []);
    expect(await connected.reader.changed(REF, allSince(START))).toMatchObject({
      kind: "read",
      numbers: [],
      upTo: START,
    });
  });

  describe("a list of changes that anybody can make long", () => {
    /** So many full pages of each list, and what was asked for. */
    const serve = (full: number, of: string) => {
      const pages: string[] = [];
      nock(API)
        .persist()
        .get(/.*/)
        .query(true)
        .reply((uri) => {
          const { pathname, searchParams } = new URL(uri, API);
          pages.push(`${pathname.replace(REPO, "")} ${searchParams.get("page")}`);
          const page = Number(searchParams.get("page"));
          if (!pathname.endsWith(of)) return [200, pathname.endsWith("/issues") ? [issue(5, 20)] : []];
          if (page > full) return [200, []];
          const entry = { updated_at: at(30), created_at: at(30), html_url: `${API}/issues/9` };
          return [200, Array.from({ length: 100 }, () => entry), page < full ? NEXT : LAST];
        });
      return pages;
    };

    it.each(["/issues/comments", "/pulls/comments", "/issues/events"])(
      "%s: is read to its end where that is on the last page read",
      async (of) => {
        const pages = serve(30, of);
        const outcome = await connected.reader.changed(REF, allSince(START));
        expect(outcome).toMatchObject({ kind: "read", numbers: [5], cutOff: [] });
        expect(pages.filter((page) => page.startsWith(of))).toHaveLength(30);
      },
    );

    it.each(["/issues/comments", "/pulls/comments", "/issues/events"])(
      "%s: one page more, and it is said to be cut off; the other lists are not",
      async (of) => {
        const pages = serve(31, of);
        const outcome = await connected.reader.changed(REF, allSince(START));
        expect(outcome).toMatchObject({
          kind: "read",
          numbers: [5],
          cutOff: [of.slice(1)],
          upTo: START + 29 * MINUTE,
        });
        expect(pages.filter((page) => page.startsWith(of))).toHaveLength(30);
      },
    );

    it("is read further where it must be had whole", async () => {
      serve(60, "/issues/comments");
      expect(await connected.reader.changed(REF, allSince(START), 100)).toMatchObject({ cutOff: [] });
    });

    it("the newest come first, so that nothing slips from one page to the page before while they are read", async () => {
      const asked: string[] = [];
      nock(API)
        .persist()
        .get(/.*/)
        .query(true)
        .reply((uri) => {
          asked.push(uri);
          return [200, []];
        });
      await connected.reader.changed(REF, allSince(START));
      const since = asked.filter((uri) => !uri.includes("/issues/events"));
      expect(since).toHaveLength(3);
      expect(since.every((uri) => uri.includes("sort=updated") && uri.includes("direction=desc"))).toBe(true);
    });

    it.each(["/issues", "/issues/comments", "/pulls/comments", "/issues/events"])(
      "%s failing takes nothing away from the others",
      async (broken) => {
        nock(API)
          .persist()
          .get(/.*/)
          .query(true)
          .reply((uri) => {
            const { pathname } = new URL(uri, API);
            if (pathname === `${REPO}${broken}`) return [403, { message: "Resource not accessible" }];
            if (pathname === `${REPO}/issues`) return [200, [issue(1, 5)]];
            if (pathname === `${REPO}/pulls/comments`)
              return [200, [{ updated_at: at(8), pull_request_url: `${API}${REPO}/pulls/4` }]];
            return [200, []];
          });
        const numbers = broken === "/issues" ? [4] : broken === "/pulls/comments" ? [1] : [1, 4];
        expect(await connected.reader.changed(REF, allSince(START))).toMatchObject({
          kind: "read",
          numbers,
          failed: { kind: "unreadable", lists: [broken.slice(1)] },
        });
      },
    );

    it("a list that is not there (issues turned off) tells nothing, which is not the same as nothing new", async () => {
      nock(API).persist().get(`${REPO}/issues`).query(true).reply(410, { message: "Issues are disabled" });
      nock(API).persist().get(/.*/).query(true).reply(200, []);
      expect(await connected.reader.changed(REF, allSince(START))).toMatchObject({
        kind: "read",
        missing: [{ list: "issues", why: "Issues are disabled" }],
      });
      nock.cleanAll();
      nock(API).persist().get(/.*/).query(true).reply(404, { message: "Not Found" });
      expect(await connected.reader.changed(REF, allSince(START))).toMatchObject({ kind: "gone" });
    });

    it("each is asked for from its own moment, and what is told goes on from the earliest", async () => {
      const asked: string[] = [];
      nock(API)
        .persist()
        .get(/.*/)
        .query(true)
        .reply((uri) => {
          const { pathname, searchParams } = new URL(uri, API);
          asked.push(`${pathname.replace(`${REPO}/`, "")} ${searchParams.get("since")}`);
          return [200, pathname.endsWith("/events") ? [{ created_at: at(4), issue: issue(8, 4) }] : []];
        });
      const since = { ...allSince(START + 5 * MINUTE), "issues/comments": START, "issues/events": START };
      const outcome = await connected.reader.changed(REF, since);
      expect(asked).toEqual([
        `issues ${at(5)}`,
        `issues/comments ${at(0)}`,
        `pulls/comments ${at(5)}`,
        "issues/events null",
      ]);
      expect(outcome).toMatchObject({ numbers: [8], upTo: START + 3 * MINUTE });
    });

    it("what took long to read is asked for again from before it was begun", async () => {
      nock(API)
        .persist()
        .get(/.*/)
        .query(true)
        .reply((uri) => {
          connected.clock.at += 2 * MINUTE;
          return [200, new URL(uri, API).pathname.endsWith("/events") ? [{ created_at: at(30) }] : []];
        });
      const outcome = await connected.reader.changed(REF, allSince(START));
      expect(outcome).toMatchObject({ upTo: START + (30 - 8 - 1) * MINUTE });
    });
  });

  it("an installation that cannot be read is named, and the others are listed", async () => {
    nock(API)
      .get("/app/installations")
      .query(true)
      .reply(200, [{ id: 1 }, { id: 2 }, { id: 3 }]);
    const list = (name: string) => ({ repositories: [{ name, owner: { login: "x" } }] });
    nock(API)
      .get("/installation/repositories")
      .query(true)
      .reply(200, list("a"))
      .get("/installation/repositories")
      .query(true)
      .reply(403, { message: "API rate limit exceeded" }, { "retry-after": "60" })
      .get("/installation/repositories")
      .query(true)
      .reply(200, list("c"));
    expect(await connected.reader.repositories()).toMatchObject({
      kind: "read",
      repositories: [{ installation: 1 }, { installation: 3 }],
      unread: [{ installation: 2, retryAt: START + MINUTE }],
    });
    nock(API).get("/installation/repositories").query(true).reply(200, list("c"));
    expect(await connected.reader.repositories(3)).toMatchObject({
      kind: "read",
      repositories: [{ installation: 3, owner: "x", name: "c" }],
      unread: [],
    });
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
    expect(await connected.reader.repositories()).toMatchObject({
      kind: "read",
      repositories: [
        { installation: 1, owner: "x", name: "a" },
        { installation: 3, owner: "y", name: "c" },
      ],
      unread: [],
    });
  });
});
