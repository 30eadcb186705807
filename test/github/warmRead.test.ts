import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { HOUR, MINUTE } from "../../src/domain/text/time.js";
import { LISTS, readCold } from "../../src/github/read/cold.js";
import { Memory } from "../../src/github/read/memory.js";
import { MOST_ENTRIES } from "../../src/github/read/paging.js";
import { MATRIX } from "../support/rules.js";
import {
  APP_ID,
  CLERK,
  type Connected,
  connect,
  FakeGitHub,
  iso,
  REF,
  snapshot,
  user,
} from "./fakeGitHub.js";

const richvdh = user("richvdh", 103);

/** What a reader that remembers nothing makes of it: a warm read must come to the same. */
const sorted = (read: Snapshot): Snapshot => ({
  ...read,
  utterances: [...read.utterances].sort((a, b) => (a.id < b.id ? -1 : 1)),
  events: [...read.events].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

describe("a warm read of a pull request", () => {
  let github: FakeGitHub;
  let connected: Connected;
  beforeEach(async () => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    connected = connect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  /** Reads; then says what was asked since, and holds the warm result against a cold one. */
  async function readsLikeCold(): Promise<readonly string[]> {
    connected.clock.at = Math.max(connected.clock.at, github.at);
    const before = github.asked.length;
    const warm = await snapshot(connected);
    const asked = github.asked.slice(before);
    expect(sorted(warm)).toEqual(sorted(await snapshot(connect({ clock: connected.clock }))));
    return asked;
  }

  async function warmUp(): Promise<void> {
    connected.clock.at = Math.max(connected.clock.at, github.at);
    await snapshot(connected);
    github.asked.length = 0;
  }

  it("costs one request when nothing has changed", async () => {
    for (let i = 0; i < 300; i += 1) github.comment(richvdh, `words ${i}`);
    for (let i = 0; i < 150; i += 1) github.review(richvdh, "APPROVED");
    for (let i = 0; i < 90; i += 1) github.inline(richvdh, "inline", `T_${i % 70}`);
    github.label("x", richvdh);
    await warmUp();
    expect(await readsLikeCold()).toEqual(["Warm"]);
  });

  it("tells that a comment, a review or an inline comment was hidden on GitHub, and that it is shown again", async () => {
    const said = [
      github.comment(richvdh, "first"),
      github.review(richvdh, "APPROVED", "second"),
      github.inline(richvdh, "third", "T_1"),
    ];
    await warmUp();
    for (const one of said) one.isMinimized = true;
    await readsLikeCold();
    const ids = said.map(({ id }) => id);
    const hidden = async () =>
      (await snapshot(connected)).utterances
        .filter(({ nodeId }) => ids.includes(nodeId))
        .map((one) => one.hidden);
    expect(await hidden()).toEqual([true, true, true]);
    for (const one of said) one.isMinimized = false;
    await readsLikeCold();
    expect(await hidden()).toEqual([undefined, undefined, undefined]);
  });

  it("costs one request for a new comment, review, inline comment, label and title", async () => {
    github.comment(richvdh, "first");
    github.inline(richvdh, "@mscbot concern one", "T_1");
    await warmUp();
    github.comment(richvdh, "@mscbot reviewed");
    github.review(user("dbkr", 104), "APPROVED");
    github.inline(richvdh, "@mscbot concern two", "T_1");
    github.label("kind:core", richvdh);
    github.pull.title = "another";
    expect(await readsLikeCold()).toEqual(["Warm"]);
  });

  it("sees a deleted comment by the count", async () => {
    const gone = github.comment(richvdh, "@mscbot fcp merge");
    github.comment(richvdh, "more");
    await warmUp();
    github.comments = github.comments.filter((one) => one !== gone);
    github.event("CommentDeletedEvent", user("maintainer", 7), { deletedCommentAuthor: richvdh });
    expect(await readsLikeCold()).toEqual(["Warm", "Cold"]);
  });

  it("sees a comment that was deleted while another came", async () => {
    const gone = github.comment(richvdh, "@mscbot fcp merge");
    for (let i = 0; i < 80; i += 1) github.comment(richvdh, `words ${i}`);
    await warmUp();
    github.comments = github.comments.filter((one) => one !== gone);
    github.comment(richvdh, "new");
    expect(await readsLikeCold()).toEqual(["Warm", "Cold"]);
  });

  it("sees an old comment that was edited", async () => {
    const old = github.comment(richvdh, "@mscbot fcp merg");
    for (let i = 0; i < 180; i += 1) github.comment(richvdh, `words ${i}`);
    await warmUp();
    github.edit(old, richvdh, "@mscbot fcp merge");
    expect(await readsLikeCold()).toEqual(["Warm", "Edits"]);
  });

  it("reads comments from the beginning when more came than it asked for", async () => {
    github.comment(richvdh, "first");
    await warmUp();
    for (let i = 0; i < 80; i += 1) github.comment(richvdh, `@mscbot concern ${i}`);
    expect((await readsLikeCold())[1]).toBe("Cold");
  });

  it("bears a comment that stays counted though nobody may see it", async () => {
    for (let i = 0; i < 5; i += 1) github.comment(richvdh, `words ${i}`);
    const hide = (answer: { data?: Record<string, unknown> }) => {
      type Shown = { comments?: { totalCount: number } } | undefined;
      const { pullRequest, part0 } = (answer.data?.repository ?? {}) as {
        pullRequest?: Shown;
        part0?: Shown;
      };
      const pull = pullRequest ?? part0;
      if (pull?.comments) pull.comments.totalCount += 1;
      return answer;
    };
    github.warp = hide;
    await warmUp();
    github.comment(richvdh, "new");
    expect(await readsLikeCold()).toEqual(["Warm"]);
  });

  it("sees the dismissal of a review that lies further back than the newest hundred", async () => {
    const review = github.review(richvdh, "APPROVED");
    for (let i = 0; i < 120; i += 1) github.review(user("dbkr", 104), "COMMENTED");
    await warmUp();
    review.state = "DISMISSED";
    github.event("ReviewDismissedEvent", user("maintainer", 7), {
      previousReviewState: "APPROVED",
      pullRequestCommit: null,
      review,
    });
    expect((await readsLikeCold()).slice(0, 2)).toEqual(["Warm", "Cold"]);
  });

  it("sees an edited review", async () => {
    const review = github.review(richvdh, "COMMENTED", "@mscbot reviewe");
    await warmUp();
    github.edit(review, richvdh, "@mscbot reviewed");
    expect(await readsLikeCold()).toEqual(["Warm", "Edits"]);
  });

  it("sees an edited review that lies further back, as the pull request changed and nothing new shows why", async () => {
    const review = github.review(richvdh, "COMMENTED", "@mscbot reviewe");
    for (let i = 0; i < 120; i += 1) github.review(user("dbkr", 104), "COMMENTED");
    await warmUp();
    github.edit(review, richvdh, "@mscbot reviewed");
    expect((await readsLikeCold()).slice(0, 2)).toEqual(["Warm", "Cold"]);
  });

  it("sees an answer in an old thread that the newest page does not show", async () => {
    github.inline(richvdh, "old", "T_old");
    for (let i = 0; i < 70; i += 1) github.inline(richvdh, "other", `T_${i}`);
    await warmUp();
    github.inline(richvdh, "@mscbot concern late", "T_old");
    expect((await readsLikeCold())[1]).toBe("Cold");
  });

  it("reads files again after a push", async () => {
    await warmUp();
    github.pull.headRefOid = "b".repeat(40);
    github.commits = ["a".repeat(40), "b".repeat(40)];
    github.files.push({ path: "proposals/images/1779.png", changeType: "ADDED" });
    github.tick();
    expect(await readsLikeCold()).toEqual(["Warm", "Cold"]);
  });

  it("sees a label event that came to light late, by the labels", async () => {
    github.label("a", richvdh);
    await warmUp();
    const late = github.event("LabeledEvent", richvdh, { label: { name: "b" } });
    late.createdAt = iso(github.at - 3 * HOUR);
    github.labels.push("b");
    for (let i = 0; i < 3; i += 1) github.event("ClosedEvent", richvdh);
    expect(await readsLikeCold()).toEqual(["Warm", "Cold"]);
  });

  describe("of events", () => {
    const flip = (count: number, seconds = 1) => {
      for (let at = 0; at < count; at += 1) {
        github.at -= (60 - seconds) * 1000;
        github.event(at % 2 === 0 ? "LabeledEvent" : "UnlabeledEvent", richvdh, { label: { name: "x" } });
      }
    };

    it("goes on page by page where more than a hundred came, and does not begin anew", async () => {
      flip(250, 60);
      await warmUp();
      flip(250, 60);
      expect(await readsLikeCold()).toEqual(["Warm", "MoreEvents", "MoreEvents"]);
      expect(await readsLikeCold()).toEqual(["Warm"]);
    });

    it("goes on to the end where none were known", async () => {
      await warmUp();
      flip(250);
      expect(await readsLikeCold()).toEqual(["Warm", "MoreEvents", "MoreEvents"]);
    });

    it("begins anew where its pages do not meet what is known", async () => {
      flip(2);
      await warmUp();
      github.events = [];
      flip(150, 60);
      expect(await readsLikeCold()).toEqual(["Warm", "MoreEvents", "Cold", "Cold"]);
    });

    it("holds them against the labels of the last page, as somebody may label meanwhile", async () => {
      flip(2);
      await warmUp();
      flip(150);
      github.warp = (answer) => {
        github.warp = null;
        github.label("y", richvdh);
        return answer;
      };
      expect(await readsLikeCold()).toEqual(["Warm", "MoreEvents"]);
      expect((await snapshot(connected)).labels).toContain("y");
    });

    it("asks again for those of the last ten minutes, and for no more once they are older", async () => {
      flip(250);
      await warmUp();
      connected.clock.at += 11 * MINUTE;
      expect(await readsLikeCold()).toEqual(["Warm", "MoreEvents", "MoreEvents"]);
      expect(await readsLikeCold()).toEqual(["Warm"]);
    });

    it("is to be had of as many as are read at most: all of them are remembered", async () => {
      flip(1);
      const read = await readCold(connected.caller, APP_ID, REF, LISTS, null);
      if (read.kind !== "read") throw new Error(read.why);
      const [event] = read.facts.events.values();
      if (event === undefined) throw new Error("no event");
      const events = new Map(Array.from({ length: MOST_ENTRIES }, (_, at) => [`LE_${at}`, event]));
      const memory = new Memory();
      memory.keep("long", { ...read.facts, events });
      expect(memory.recall("long")?.events.size).toBe(MOST_ENTRIES);
    });

    it("sees one that came to light nine minutes late", async () => {
      github.event("ReopenedEvent", richvdh);
      await warmUp();
      const late = github.event("ClosedEvent", richvdh);
      late.createdAt = iso(connected.clock.at - 9 * MINUTE);
      connected.clock.at += 20 * MINUTE;
      expect(await readsLikeCold()).toEqual(["Warm"]);
      expect((await snapshot(connected)).events).toHaveLength(2);
    });
  });

  it("ballot.tick: brings ticks of the status comment along, also under a later edit of the clerk's", async () => {
    const status = github.comment(CLERK, "<!-- msc-clerk:status 1 -->\n- [ ] @richvdh");
    github.edit(status, CLERK, "<!-- msc-clerk:status 1 -->\n- [ ] @richvdh.");
    await warmUp();
    github.edit(status, richvdh, "<!-- msc-clerk:status 1 -->\n- [x] @richvdh.");
    github.edit(status, CLERK, "<!-- msc-clerk:status 1 -->\n- [ ] @richvdh!");
    expect(await readsLikeCold()).toEqual(["Warm"]);
    const read = await snapshot(connected);
    expect(read.ownComments[0]?.revisions.map(({ byClerk }) => byClerk)).toEqual([true, true, false, true]);
  });

  it("sees two edits in one second", async () => {
    const status = github.comment(CLERK, "<!-- msc-clerk:status 1 -->\n- [ ] @richvdh");
    github.edit(status, CLERK, "<!-- msc-clerk:status 1 -->\n- [ ] @richvdh.");
    await warmUp();
    github.at -= 60_000;
    github.edit(status, richvdh, "<!-- msc-clerk:status 1 -->\n- [x] @richvdh.");
    await readsLikeCold();
  });

  describe("which begins anew", () => {
    const box = (words: string) => `<!-- msc-clerk:status 1 -->\n- [ ] @richvdh${words}`;
    let status: ReturnType<FakeGitHub["comment"]>;
    beforeEach(async () => {
      status = github.comment(CLERK, box(""));
      github.edit(status, CLERK, box("."));
      await warmUp();
      connected.pulls.forget(REF);
      github.edit(status, richvdh, box(".").replace("[ ]", "[x]"));
    });

    it("ballot.tick: has the edits of the status comment with everything else", async () => {
      expect(await readsLikeCold()).toEqual(["Cold"]);
    });

    it("asks for a long list of them by itself", async () => {
      for (let at = 0; at < 120; at += 1) github.edit(status, CLERK, box(`${at}`));
      expect((await readsLikeCold()).slice(0, 2)).toEqual(["Cold", "Edits"]);
    });

    it("does without where the comment is gone, or all of it is too much at once", async () => {
      github.comments = [];
      github.instead.push(() => [
        200,
        {
          data: { edits: [null] },
          errors: [{ type: "NOT_FOUND", path: ["edits", 0], message: "Could not resolve to a node" }],
        },
      ]);
      expect(await readsLikeCold()).toEqual(["Cold", "Cold"]);
      expect(github.last).toMatchObject({ status: [] });
    });
  });

  it("is not trusted after about a day, nor once forgotten", async () => {
    await warmUp();
    connected.clock.at += 21 * HOUR;
    await snapshot(connected);
    expect(github.asked).toEqual(["Cold"]);
    connected.reader.forget(REF);
    await snapshot(connected);
    expect(github.asked).toEqual(["Cold", "Cold"]);
  });

  it("takes as many new comments as it asks for, and starts anew beyond", async () => {
    github.comment(richvdh, "known");
    await warmUp();
    for (let i = 0; i < 25; i += 1) github.comment(richvdh, `first ${i}`);
    expect(await readsLikeCold()).toEqual(["Warm", "Cold"]);
    await warmUp();
    for (let i = 0; i < 24; i += 1) github.comment(richvdh, `then ${i}`);
    expect(await readsLikeCold()).toEqual(["Warm"]);
  });

  it("starts anew where the status comment it knows is gone", async () => {
    const status = github.comment(CLERK, "<!-- msc-clerk:status 1 -->\nx");
    await warmUp();
    github.comments = github.comments.filter((one) => one !== status);
    github.instead.push(() => [
      200,
      {
        data: { edits: [null] },
        errors: [{ type: "NOT_FOUND", path: ["edits", 0], message: "Could not resolve to a node" }],
      },
    ]);
    const read = await snapshot(connected);
    expect(github.asked).toEqual(["Warm", "Cold"]);
    expect(read.ownComments).toEqual([]);
  });

  it("a read that fails leaves what was known as it was", async () => {
    github.comment(richvdh, "one");
    await warmUp();
    github.comment(richvdh, "two");
    for (let i = 0; i < 3; i += 1) github.instead.push(() => [502, ""]);
    expect(await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 })).toMatchObject({
      kind: "unreadable",
    });
    expect(await readsLikeCold()).toEqual(["Warm"]);
  });

  it("remembers no more than it may", async () => {
    connected = connect({ capacity: 30 });
    github.comment(richvdh, "one");
    for (const number of [1, 2, 3, 1]) {
      await connected.pulls.read({ ...REF, number }, { rules: MATRIX, adoptedAt: 0 });
    }
    expect(github.asked).toEqual(["Cold", "Cold", "Cold", "Cold"]);
  });
});
