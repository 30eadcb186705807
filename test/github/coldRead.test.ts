import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LISTS, readCold } from "../../src/github/read/cold.js";
import { MOST_ENTRIES } from "../../src/github/read/paging.js";
import { MATRIX } from "../support/rules.js";
import { APP_ID, connect, FakeGitHub, iso, REF, START, snapshot, user } from "./fakeGitHub.js";

const richvdh = user("richvdh", 103);

describe("a cold read of a pull request", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("author.named: the lines of a description are read where the config asks for its names, and only as its author saved them", async () => {
    github.pull.body = "A summary.\r\n\r\n> Author: @quoted\r\n\r\nAuthor: @alice\r\n";
    const rules = { ...MATRIX, namedAuthors: true } as const;
    expect((await snapshot(connect())).pull.description).toBeNull();
    expect((await snapshot(connect(), rules)).pull.description).toEqual({
      lines: ["A summary.", "Author: @alice"],
      at: START,
    });
    github.pull.lastEditedAt = iso(github.tick());
    github.pull.editor = user("dbkr", 104);
    expect((await snapshot(connect(), rules)).pull.description).toBeNull();
  });

  it("for the pages: what a description says of its documentation and its shepherd is read whatever the config asks for, whoever saved it", async () => {
    expect((await snapshot(connect())).pull.about).toBeUndefined();
    github.pull.body =
      "Documentation is at hand.\r\n\r\n> Shepherd: @quoted\r\n\r\n**Shepherd**: @dbkr\r\nAuthor: @alice";
    github.pull.lastEditedAt = iso(github.tick());
    github.pull.editor = user("dbkr", 104);
    expect((await snapshot(connect())).pull).toMatchObject({
      about: ["Documentation is at hand.", "**Shepherd**: @dbkr"],
      description: null,
    });
  });

  it.each([
    ["FIRST_TIMER", true],
    ["FIRST_TIME_CONTRIBUTOR", true],
    ["NONE", true],
    ["CONTRIBUTOR", undefined],
    ["COLLABORATOR", undefined],
    ["MEMBER", undefined],
    ["OWNER", undefined],
    ["MANNEQUIN", undefined],
  ])("said.welcome: %s is a newcomer: %s", async (association, newcomer) => {
    github.pull.authorAssociation = association;
    expect((await snapshot(connect())).pull.newcomer).toBe(newcomer);
  });

  it("amend.rules: what shows its merge among its events, and itself as open, is of two moments and read again", async () => {
    github.event("MergedEvent", richvdh);
    const connected = connect();
    const read = () => connected.pulls.read(REF, { rules: MATRIX, adoptedAt: START - 1000 });
    expect(await read()).toMatchObject({ kind: "unreadable", retryAt: connected.clock.now() + 2000 });
    github.pull.state = "MERGED";
    expect((await read()).kind).toBe("read");
  });

  it("brings facts, comments, reviews, inline comments and events in one request", async () => {
    github.label("kind:core", richvdh);
    const comment = github.comment(richvdh, "@mscbot fcp merge\r\n\r\n> @mscbot fcp close\r\n");
    const review = github.review(user("dbkr", 104), "APPROVED", "Fine.");
    const inline = github.inline(user("uhoreg", 105), "@msc-clerk concern this");
    const read = await snapshot(connect());
    expect(github.asked).toEqual(["Cold"]);
    expect(read.repository).toEqual({
      owner: "matrix-org",
      name: "proposals",
      id: 4242,
      defaultBranch: "main",
      archived: false,
    });
    expect(read.clerk).toEqual({ login: "msc-clerk", id: 900 });
    expect(read.pull).toMatchObject({
      number: 1779,
      state: "open",
      base: "main",
      author: { login: "author", id: 500, type: "User" },
    });
    expect(read.labels).toEqual(["proposal", "kind:core"]);
    const of = (id: string) => read.utterances.find((one) => one.id === id);
    expect(of(`comment:${comment.fullDatabaseId}`)).toMatchObject({
      author: { login: "richvdh", id: 103 },
      createdAt: Date.parse(comment.createdAt),
      revisions: [{ lines: ["@mscbot fcp merge"], at: Date.parse(comment.createdAt) }],
    });
    expect(of(`review:${review.fullDatabaseId}`)?.review).toEqual({
      submitted: "approved",
      dismissed: false,
      commit: "a".repeat(40),
    });
    expect(of(`inline:${inline.fullDatabaseId}`)?.revisions[0]?.lines).toEqual(["@msc-clerk concern this"]);
    expect(read.events).toMatchObject([
      { kind: "labeled", label: "kind:core", actor: { login: "richvdh" }, byClerk: false },
    ]);
    expect(read.files).toEqual([{ path: "proposals/1779-x.md", change: "added" }]);
    expect(read.register).toBeNull();
    expect(read.carriers).toMatchObject({ comment: null, check: null });
  });

  it("keeps ids of 64 bits whole, as text", async () => {
    const comment = github.comment(richvdh, "hello");
    const read = await snapshot(connect());
    expect(read.utterances[0]?.id).toBe(`comment:${comment.fullDatabaseId}`);
    expect(Number(comment.fullDatabaseId)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it("act.identity: a deleted account is null, a bot comes without [bot], a placeholder is a Mannequin", async () => {
    github.comment(null, "@mscbot reviewed");
    github.comment({ __typename: "Bot", login: "github-actions", databaseId: 41 }, "hi");
    github.comment({ __typename: "Mannequin", login: "old-name", databaseId: 42 }, "hi");
    github.comment({ __typename: "EnterpriseUserAccount", login: "x" }, "hi");
    github.review(null, "APPROVED");
    const read = await snapshot(connect());
    expect(read.utterances.map((one) => one.author)).toEqual([
      null,
      { type: "Bot", login: "github-actions", id: 41 },
      { type: "Mannequin", login: "old-name", id: 42 },
      { type: "Other", login: "x", id: null },
      null,
    ]);
  });

  it("bears a label event whose label is gone, whatever the schema says", async () => {
    github.label("kind:core", richvdh);
    github.warp = (answer) => {
      const text = JSON.stringify(answer).replace(/"label":\{"name":"kind:core"\}/, '"label":null');
      return JSON.parse(text);
    };
    const read = await snapshot(connect());
    expect(read.events).toMatchObject([{ kind: "labeled", label: null }]);
  });

  it("reads a pull request from a deleted fork", async () => {
    github.pull.headRepository = null;
    github.pull.author = null;
    const read = await snapshot(connect());
    expect(read.pull.author).toBeNull();
    expect(read.pull.head).toBe("a".repeat(40));
  });

  it("reads 1,200 items in about a dozen requests, each once", async () => {
    for (let i = 0; i < 500; i += 1)
      github.comment(richvdh, i % 50 === 0 ? `@mscbot concern ${i}` : `words ${i}`);
    for (let i = 0; i < 250; i += 1) github.review(richvdh, "COMMENTED", `review ${i}`);
    for (let i = 0; i < 120; i += 1) github.inline(richvdh, `inline ${i}`, `T_${i % 40}`);
    for (let i = 0; i < 130; i += 1) github.inline(richvdh, `long ${i}`, "T_long");
    for (let i = 0; i < 320; i += 1)
      github.event(i % 2 ? "UnlabeledEvent" : "LabeledEvent", richvdh, { label: { name: "x" } });
    const read = await snapshot(connect());
    expect(github.asked.length).toBeLessThanOrEqual(12);
    const ids = new Set(read.utterances.map((one) => one.id));
    expect(ids.size).toBe(500 + 250 + 2 * 250);
    expect(read.utterances).toHaveLength(ids.size);
    expect(new Set(read.events.map((one) => one.id)).size).toBe(320);
  });

  it("a review's words and inline comments count from the moment the review was submitted", async () => {
    const submitted = iso(START + 86_400_000);
    const review = github.review(richvdh, "APPROVED", "@mscbot reviewed", { submittedAt: submitted });
    const inline = github.inline(richvdh, "@mscbot concern x", undefined, { publishedAt: submitted });
    const read = await snapshot(connect());
    for (const id of [`review:${review.fullDatabaseId}`, `inline:${inline.fullDatabaseId}`]) {
      const one = read.utterances.find((utterance) => utterance.id === id);
      expect(one?.createdAt).toBe(START + 86_400_000);
      expect(one?.revisions[0]?.at).toBe(START + 86_400_000);
    }
  });

  it("act.durable: a dismissed review keeps what it was, and who dismissed it how", async () => {
    const review = github.review(richvdh, "APPROVED");
    review.state = "DISMISSED";
    github.event("ReviewDismissedEvent", user("maintainer", 7), {
      previousReviewState: "APPROVED",
      pullRequestCommit: { commit: { oid: "b".repeat(40) } },
      review,
    });
    const lost = github.review(user("dbkr", 104), "DISMISSED");
    const read = await snapshot(connect());
    const of = (id: string) => read.utterances.find((one) => one.id === id)?.review;
    expect(of(`review:${review.fullDatabaseId}`)).toMatchObject({ submitted: "approved", dismissed: true });
    expect(of(`review:${lost.fullDatabaseId}`)).toMatchObject({ submitted: null, dismissed: true });
    expect(read.events).toMatchObject([
      {
        kind: "review_dismissed",
        review: `review:${review.fullDatabaseId}`,
        byPush: true,
        forBase: false,
        actor: { login: "maintainer" },
      },
    ]);
  });

  it("takeover.legacy: comments of older bots come with their text as it is", async () => {
    const text = "Team member @mscbot has proposed to **None** this.\r\n\r\n* [x] @richvdh";
    const legacy = github.comment(user("mscbot", 60), text);
    github.comment({ __typename: "Bot", login: "other-bot", databaseId: 61 }, text);
    const read = await snapshot(connect());
    const author = { type: "User", login: "mscbot", id: 60 };
    const createdAt = Date.parse(legacy.createdAt);
    const revisions = [{ editor: author, at: createdAt, body: text }];
    expect(read.legacyComments).toEqual([
      { id: legacy.fullDatabaseId, url: legacy.url, author, createdAt, body: text, revisions },
    ]);
  });

  it("check.head: its newest run on the head, and the verdicts of other PRs with that head", async () => {
    github.siblings = [
      { number: 1800, state: "OPEN", headRefOid: "a".repeat(40) },
      { number: 1801, state: "OPEN", headRefOid: "a".repeat(40) },
      { number: 1802, state: "CLOSED", headRefOid: "a".repeat(40) },
      { number: 1803, state: "OPEN", headRefOid: "b".repeat(40) },
    ];
    for (const number of [1801, 1802, 1803])
      github.run("a".repeat(40), { externalId: `${number}:not_known_here` });
    github.run("a".repeat(40), { externalId: "1779:success", status: "COMPLETED", conclusion: "STALE" });
    github.run("a".repeat(40), { externalId: "1800:failure", status: "COMPLETED", conclusion: "FAILURE" });
    github.run("a".repeat(40), { externalId: "1779:in_progress" });
    github.run("a".repeat(40), { externalId: "1779:success", name: "somebody-else" });
    const read = await snapshot(connect());
    expect(read.check).toMatchObject({
      verdict: "in_progress",
      own: "in_progress",
      title: "Waiting",
      summary: "It waits.",
    });
    expect(read.siblings).toEqual([
      { number: 1800, verdict: "failure" },
      { number: 1801, verdict: null },
    ]);
  });

  it("does not parse what cannot hold a mention", async () => {
    github.comment(richvdh, "a hundred thousand characters ".repeat(3000));
    const read = await snapshot(connect());
    expect(read.utterances[0]?.revisions[0]?.lines).toEqual([]);
  });

  describe("edits", () => {
    it("are read, oldest first, where an edited text holds a mention", async () => {
      const comment = github.comment(richvdh, "@mscbot fcp merg");
      github.edit(comment, richvdh, "@mscbot fcp merge");
      const read = await snapshot(connect());
      expect(github.asked).toEqual(["Cold", "Edits"]);
      expect(read.utterances[0]?.revisions).toEqual([
        {
          editor: { type: "User", login: "richvdh", id: 103 },
          at: Date.parse(comment.createdAt),
          lines: ["@mscbot fcp merg"],
        },
        {
          editor: { type: "User", login: "richvdh", id: 103 },
          at: Date.parse(comment.lastEditedAt ?? ""),
          lines: ["@mscbot fcp merge"],
        },
      ]);
    });

    it("act.durable: are read where somebody else edited it, and the author's own words are still there", async () => {
      const comment = github.comment(richvdh, "@mscbot reviewed");
      github.edit(comment, user("maintainer", 7), "nothing to see");
      const read = await snapshot(connect());
      expect(read.utterances[0]?.revisions.map(({ editor, lines }) => [editor?.login, lines])).toEqual([
        ["richvdh", ["@mscbot reviewed"]],
        ["maintainer", []],
      ]);
    });

    it("are not read where the author edited words that are about something else", async () => {
      const comment = github.comment(richvdh, "a tpyo");
      github.edit(comment, richvdh, "a typo");
      await snapshot(connect());
      expect(github.asked).toEqual(["Cold"]);
    });

    it("whose content was deleted have no lines, but keep editor and time", async () => {
      const comment = github.comment(richvdh, "@mscbot fcp close");
      github.edit(comment, user("maintainer", 7), "@mscbot fcp merge");
      github.edit(comment, richvdh, "@mscbot fcp merge please");
      const deleted = comment.edits[1];
      if (deleted) Object.assign(deleted, { diff: null, deletedAt: iso(github.tick()) });
      const read = await snapshot(connect());
      expect(read.utterances[0]?.revisions.map(({ editor, lines }) => [editor?.login, lines])).toEqual([
        ["richvdh", ["@mscbot fcp close"]],
        ["maintainer", null],
        ["richvdh", ["@mscbot fcp merge please"]],
      ]);
    });

    it("of a time before GitHub kept the first text leave it unknown, not in the author's mouth", async () => {
      const comment = github.comment(richvdh, "?");
      github.edit(comment, user("maintainer", 7), "@mscbot fcp merge");
      comment.edits.pop();
      comment.includesCreatedEdit = false;
      const read = await snapshot(connect());
      expect(read.utterances[0]?.revisions.map(({ lines }) => lines)).toEqual([null, ["@mscbot fcp merge"]]);
    });

    it("in pages: 250 edits come whole", async () => {
      const comment = github.comment(richvdh, "@mscbot concern 0");
      for (let i = 1; i <= 250; i += 1) github.edit(comment, richvdh, `@mscbot concern ${i}`);
      const read = await snapshot(connect());
      expect(read.utterances[0]?.revisions.map(({ lines }) => lines?.[0])).toEqual(
        Array.from({ length: 251 }, (_, i) => `@mscbot concern ${i}`),
      );
    });

    it("that are behind the text are waited for", async () => {
      const comment = github.comment(richvdh, "@mscbot fcp merge");
      github.edit(comment, richvdh, "@mscbot fcp close");
      comment.edits.shift();
      const connected = connect();
      connected.clock.at = github.at + 1000;
      const outcome = await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });
      expect(outcome).toMatchObject({ kind: "unreadable", retryAt: connected.clock.at + 2000 });
    });
  });

  describe("config.unreadable: what GitHub does not say whole is nothing", () => {
    const read = () => connect().pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });

    it("errors beside data make it unreadable", async () => {
      github.comment(richvdh, "hello");
      github.warp = (answer) => ({
        ...answer,
        errors: [
          {
            type: "SERVICE_UNAVAILABLE",
            message: "reviews are away",
            path: ["repository", "pullRequest", "reviews"],
          },
        ],
      });
      expect(await read()).toMatchObject({
        kind: "unreadable",
        why: expect.stringContaining("reviews are away"),
      });
    });

    it("a missing permission is said, and is no empty list", async () => {
      github.warp = (answer) => ({
        ...answer,
        errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
      });
      expect(await read()).toMatchObject({
        kind: "unreadable",
        why: expect.stringContaining("not accessible"),
      });
    });

    it("a list that is left out makes it unreadable", async () => {
      github.warp = (answer) => JSON.parse(JSON.stringify(answer).replace(/"reviews":\{/, '"reviewsLost":{'));
      expect(await read()).toMatchObject({ kind: "unreadable" });
    });

    it("a null list of files makes it unreadable", async () => {
      github.warp = (answer) => {
        const pull = (answer.data as { repository: { pullRequest: Record<string, unknown> } }).repository
          .pullRequest;
        pull.files = null;
        return answer;
      };
      expect(await read()).toMatchObject({ kind: "unreadable" });
    });

    it("an answer that is no JSON makes it unreadable", async () => {
      github.instead.push(() => [200, "<html>"]);
      expect(await read()).toMatchObject({ kind: "unreadable" });
    });

    it("a rate limit within a 200 makes it unreadable until the reset, and nothing is asked before", async () => {
      const reset = (START + 600_000) / 1000;
      github.instead.push(() => [
        200,
        { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
        {
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": String(reset),
          "x-ratelimit-resource": "graphql",
        },
      ]);
      const connected = connect();
      const first = await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });
      expect(first).toMatchObject({ kind: "unreadable", retryAt: START + 601_000 });
      const second = await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });
      expect(second).toMatchObject({ kind: "unreadable", retryAt: START + 601_000 });
      expect(github.asked).toHaveLength(1);
      connected.clock.at = START + 602_000;
      expect(await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 })).toMatchObject({
        kind: "read",
      });
    });

    it("a 502 is asked again; three of them are unreadable", async () => {
      github.instead.push(() => [502, "bad gateway"]);
      expect(await read()).toMatchObject({ kind: "read" });
      for (let i = 0; i < 12; i += 1) github.instead.push(() => [502, "bad gateway"]);
      expect(await read()).toMatchObject({ kind: "unreadable", why: expect.stringContaining("502") });
    });

    it("a query that GitHub cuts off is asked in smaller pages", async () => {
      for (let i = 0; i < 60; i += 1) github.comment(richvdh, `words ${i}`);
      const pages: unknown[] = [];
      const cut = (body: Record<string, unknown>): nock.ReplyFnResult => {
        pages.push((body.variables as { page: number }).page);
        return [
          200,
          {
            data: null,
            errors: [
              {
                message:
                  "Something went wrong while executing your query. This may be the result of a timeout",
              },
            ],
          },
        ];
      };
      github.instead.push(cut);
      expect((await snapshot(connect())).utterances).toHaveLength(60);
      expect(pages).toEqual([100]);
      expect(github.asked).toEqual(["Cold", "Cold", "Cold"]); // 100 is cut off, then 50 and 10
    });
  });

  describe("of a list that is long", () => {
    const MOST = 200;
    const read = () => readCold(connect().caller, APP_ID, REF, LISTS, null, { most: MOST });
    const TOO_LONG = { kind: "unreadable", why: "there are more than 200 of its events" };
    const events = (count: number) => {
      for (let at = 0; at < count; at += 1) github.label(`label ${at}`, richvdh);
    };

    it("brings as many entries as are read at most, to the last", async () => {
      events(MOST);
      const answer = await read();
      expect(answer.kind === "read" && answer.facts.events.size).toBe(MOST);
    });

    it("is unreadable with one more, and is no shorter list", async () => {
      events(MOST + 1);
      expect(await read()).toMatchObject(TOO_LONG);
    });

    it("counts what it asks for: pages with nothing in them come to an end", async () => {
      let page = 0;
      github.warp = (answer) => {
        const { pullRequest } = (answer.data?.repository ?? {}) as { pullRequest?: object };
        page += 1;
        const pageInfo = { hasNextPage: true, endCursor: String(page) };
        Object.assign(pullRequest ?? {}, { timelineItems: { nodes: [], pageInfo } });
        return answer;
      };
      expect(await read()).toMatchObject(TOO_LONG);
      expect(github.asked).toEqual(["Cold", "Cold"]);
    });

    it("counts for itself: threads, which come by fifties, go on where the events have come to their end", async () => {
      events(MOST);
      for (let at = 0; at < 120; at += 1) github.inline(richvdh, "words");
      expect((await read()).kind).toBe("read");
      expect(github.asked).toEqual(["Cold", "Cold", "Cold"]);
    });

    it("may have a hundred thousand entries", () => expect(MOST_ENTRIES).toBe(100_000));
  });

  it("a pull request that is not there is gone; so is an archived repository", async () => {
    github.instead.push(() => [
      200,
      {
        data: { repository: { pullRequest: null } },
        errors: [
          {
            type: "NOT_FOUND",
            path: ["repository", "pullRequest"],
            message: "Could not resolve to a PullRequest",
          },
        ],
      },
    ]);
    const { pulls } = connect();
    expect(await pulls.read(REF, { rules: MATRIX, adoptedAt: 0 })).toMatchObject({ kind: "gone" });
    github.archived = true;
    expect(await pulls.read(REF, { rules: MATRIX, adoptedAt: 0 })).toMatchObject({
      kind: "gone",
      why: "the repository is archived",
    });
  });
});
