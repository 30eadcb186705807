import { describe, expect, test } from "vitest";
import { ballotFor } from "../../src/domain/acts/ballots.js";
import type { Decision } from "../../src/domain/model/decision.js";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX, rules } from "../support/rules.js";
import { HEAD, inFcp, OUTSIDER, proposed, world } from "../support/world.js";
import { answerTo, openConcerns, outcomeOf, refusalOf, replies, seatOf, votesOf } from "./reading.js";

const OTHER = "b".repeat(40);
const THIRD = "d".repeat(40);
const GOVERNANCE = { labels: ["proposal", "kind:governance"] };
const countingEarlier = (beforeMotion: "head" | "any" | "none") =>
  rules({ reviews: { ...MATRIX.reviews, beforeMotion } });

describe("ballot.review", () => {
  test("ballot.review: an approving review after the motion is a yes", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(seatOf(decision, "dbkr")?.from?.via).toBe("review");
  });

  test("ballot.review: an approval before the motion counts on the very commit that is the head when it opens", () => {
    const w = world();
    w.review("dbkr", "approved");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review: the head is pinned when the clerk opens the motion; a later push brings no earlier approval in or out", () => {
    const w = world();
    w.review("dbkr", "approved", "", OTHER);
    w.review("uhoreg", "approved");
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().register.motion?.head).toBe(HEAD);
    w.push(OTHER);
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh", "uhoreg"]);
    expect(decision.register.motion?.head).toBe(HEAD);
  });

  test("ballot.review: an approval of another text is shown as such and not counted", () => {
    const w = world();
    w.reconcile();
    w.review("dbkr", "approved", "", OTHER);
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(seatOf(decision, "dbkr")?.earlierApproval?.commit).toBe(OTHER);
    expect(w.status()?.body).toMatch(/@dbkr.*not counted/);
  });

  test("ballot.review: with `any`, an earlier approval of another text counts", () => {
    const w = world({ rules: countingEarlier("any") });
    w.review("dbkr", "approved", "", OTHER);
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review: with `none`, no approval before the motion counts, the head's neither", () => {
    const w = world({ rules: countingEarlier("none") });
    w.review("dbkr", "approved");
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    w.review("uhoreg", "approved");
    expect(votesOf(w.reconcile())).toEqual(["richvdh", "uhoreg"]);
  });

  test("ballot.review: an approval given for an earlier motion that has ended does not count for the next", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp cancel");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["uhoreg"]);
  });

  test("ballot.review: an approval given since the earlier motion ended counts for the next", () => {
    const w = proposed();
    w.say("uhoreg", "@mscbot fcp cancel");
    w.reconcile();
    w.review("dbkr", "approved");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "uhoreg"]);
  });

  test("ballot.review: an approval in the very second the earlier motion ended counts for the next: no vote is lost to whole seconds", () => {
    const w = proposed();
    w.atOnce(() => {
      w.say("uhoreg", "@mscbot fcp cancel");
      w.review("dbkr", "approved");
    });
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "uhoreg"]);
  });

  test("ballot.review: an approval given while it was a draft counts for a motion on the same head", () => {
    const w = world({ draft: true });
    w.review("dbkr", "approved");
    w.reconcile();
    w.ready();
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test.each(["close", "postpone"])(
    "ballot.review: it is never a yes to %s, before or after the motion",
    (disposition) => {
      const w = world();
      w.review("dbkr", "approved");
      w.say("richvdh", `@mscbot fcp ${disposition}`);
      w.review("uhoreg", "approved");
      expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    },
  );

  test("ballot.review: an approval that is older than the motion but of the head counts for a motion by label too", () => {
    const w = world();
    w.review("dbkr", "approved");
    w.label("richvdh", "disposition-merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review: later pushes remove no vote; votes on an earlier revision are shown so, with a compare link", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.push(OTHER);
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(seatOf(decision, "dbkr")?.onEarlier).toBe(HEAD);
    expect(seatOf(decision, "uhoreg")?.onEarlier).toBe(HEAD);
    expect(w.status()?.body).toContain(`/compare/${HEAD}`);
  });

  test("ballot.review: a vote given anew on the present text is not shown as old", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.reconcile();
    w.push(OTHER);
    w.review("dbkr", "approved");
    expect(seatOf(w.reconcile(), "dbkr")?.onEarlier).toBeNull();
  });

  test("ballot.review: a review begun on an old revision and submitted after the motion counts, and is shown as old", () => {
    const w = proposed();
    w.push(OTHER);
    w.review("dbkr", "approved", "", HEAD);
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(seatOf(decision, "dbkr")?.onEarlier).toBe(HEAD);
  });

  test("ballot.review: an outsider's approval changes no tally and gets no reply", () => {
    const w = proposed();
    w.review(OUTSIDER, "approved");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(replies(w)).toEqual([]);
  });

  test("ballot.review: an approval with a command in its body is both", () => {
    const w = proposed();
    w.review("dbkr", "approved", "@mscbot concern but the examples are wrong");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(openConcerns(decision)).toEqual(["but the examples are wrong"]);
  });

  test("ballot.review: an approval before a motion whose commit GitHub has lost does not count", () => {
    const w = world();
    const review = w.review("dbkr", "approved");
    w.utterances = w.utterances.map((one) =>
      one.id === review.id
        ? { ...one, review: { submitted: "approved", dismissed: false, commit: null } }
        : one,
    );
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });
});

describe("ballot.review.changes", () => {
  test("ballot.review.changes: it withdraws the member's yes and stands as a concern", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.review("dbkr", "changes_requested");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(decision.concerns).toMatchObject([
      { number: 1, kind: "changes_requested", by: { login: "dbkr" }, blocks: true },
    ]);
    expect([...w.labels]).toContain("unresolved-concerns");
  });

  test("ballot.review.changes: before a motion it stands as a concern against the motion to come", () => {
    const w = world();
    w.review("dbkr", "changes_requested");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().concerns).toMatchObject([{ blocks: true, carriedOver: true }]);
  });

  test("ballot.review.changes: before a motion it takes back the same member's earlier approval of the head", () => {
    const w = world();
    w.review("dbkr", "approved");
    w.review("dbkr", "changes_requested");
    w.say("uhoreg", "@mscbot resolve C1");
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.review.changes: it ends when the same member approves, which is a yes", () => {
    const w = proposed();
    w.review("dbkr", "changes_requested");
    w.reconcile();
    w.review("dbkr", "approved");
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual([]);
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review.changes: it does not end when another member approves, or says reviewed", () => {
    const w = proposed();
    w.review("dbkr", "changes_requested");
    w.review("uhoreg", "approved");
    w.say("dbkr", "@mscbot reviewed");
    expect(openConcerns(w.reconcile())).toHaveLength(1);
  });

  test("ballot.review.changes: it ends when a member dismisses it", () => {
    const w = proposed();
    const review = w.review("dbkr", "changes_requested");
    w.reconcile();
    w.dismiss(review, "uhoreg");
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual([]);
    expect(votesOf(decision)).toEqual(["richvdh"]);
  });

  test("ballot.review.changes: dismissed by a maintainer who is no member it stands", () => {
    const w = proposed();
    const review = w.review("dbkr", "changes_requested");
    w.reconcile();
    w.dismiss(review, "maintainer");
    expect(openConcerns(w.reconcile())).toHaveLength(1);
  });

  test("ballot.review.changes: dismissed by a push it stands", () => {
    const w = proposed();
    const review = w.review("dbkr", "changes_requested");
    w.reconcile();
    w.dismiss(review, "uhoreg", true);
    expect(openConcerns(w.reconcile())).toHaveLength(1);
  });

  test("ballot.review.changes: requested and dismissed by a maintainer before the clerk looked, it stands", () => {
    const w = proposed();
    w.dismiss(w.review("dbkr", "changes_requested"), "maintainer");
    expect(openConcerns(w.reconcile())).toHaveLength(1);
  });

  test("ballot.review.changes: it ends when a member resolves it by its number", () => {
    const w = proposed();
    w.review("dbkr", "changes_requested");
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve C1");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("ballot.review.changes: asked twice it is one concern, and dismissing the latter ends it", () => {
    const w = proposed();
    w.review("dbkr", "changes_requested");
    w.reconcile();
    const again = w.review("dbkr", "changes_requested");
    expect(openConcerns(w.reconcile())).toHaveLength(1);
    w.dismiss(again, "uhoreg");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("ballot.review.changes: dismissing the former of two requests leaves the latter standing", () => {
    const w = proposed();
    const first = w.review("dbkr", "changes_requested");
    w.reconcile();
    w.review("dbkr", "changes_requested");
    w.reconcile();
    w.dismiss(first, "uhoreg");
    expect(openConcerns(w.reconcile())).toHaveLength(1);
  });

  test("ballot.review.changes: asked again after it was resolved it is a new concern", () => {
    const w = proposed();
    w.review("dbkr", "changes_requested");
    w.say("uhoreg", "@mscbot resolve C1");
    w.reconcile();
    w.review("dbkr", "changes_requested");
    expect(w.reconcile().concerns.map(({ number, resolved }) => [number, resolved === null])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test("ballot.review.changes: a comment-only review changes nothing", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.review("uhoreg", "changes_requested");
    w.reconcile();
    w.review("dbkr", "commented");
    w.review("uhoreg", "commented");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(openConcerns(decision)).toHaveLength(1);
  });

  test("ballot.review.changes: the reviewer's own dismissal of an approval retracts it", () => {
    const w = proposed();
    const review = w.review("dbkr", "approved");
    w.reconcile();
    w.dismiss(review, "dbkr");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(seatOf(decision, "dbkr")?.retracted).toBe(true);
  });

  test("ballot.review.changes: an own dismissal before the clerk looked retracts as well", () => {
    const w = proposed();
    w.dismiss(w.review("dbkr", "approved"), "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.review.changes: an own dismissal before the motion keeps the approval from counting for it", () => {
    const w = world();
    const review = w.review("dbkr", "approved");
    w.reconcile();
    w.dismiss(review, "dbkr");
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test.each([
    ["a maintainer", "maintainer", false],
    ["another member", "uhoreg", false],
    ["a push", "author", true],
    ["the reviewer's own push", "dbkr", true],
  ] as const)("ballot.review.changes: an approval dismissed by %s still counts", (_whom, by, byPush) => {
    const w = proposed();
    const seen = w.review("dbkr", "approved");
    w.reconcile();
    w.dismiss(seen, by, byPush);
    w.dismiss(w.review("turt2live", "approved"), by, byPush);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "turt2live"]);
  });

  test("ballot.review.changes: an own dismissal of an old approval does not take back a later vote by command", () => {
    const w = proposed();
    const review = w.review("dbkr", "approved");
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.dismiss(review, "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review.changes: an outsider's request for changes is no concern", () => {
    const w = proposed();
    w.review(OUTSIDER, "changes_requested");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("ballot.review.changes: during FCP it blocks the end", () => {
    const w = inFcp();
    w.review("KitsuneRal", "changes_requested");
    w.wait(6 * DAY);
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect(decision.reason).toMatchObject({ code: "fcp_over", concerns: [1] });
  });

  test("ballot.review.changes: against merging it is; a motion to close it does not block, nor does it take that vote", () => {
    const w = proposed({}, "close");
    w.say("dbkr", "@mscbot reviewed");
    w.review("dbkr", "changes_requested");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(decision.concerns).toMatchObject([{ blocks: false }]);
  });

  test("ballot.review.changes: where the config says `ignore` it is no concern, and withdraws the yes still", () => {
    const w = proposed({ rules: rules({ reviews: { ...MATRIX.reviews, changesRequested: "ignore" } }) });
    w.say("dbkr", "@mscbot reviewed");
    w.review("dbkr", "changes_requested");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(openConcerns(decision)).toEqual([]);
  });
});

describe("ballot.command", () => {
  test.each(["reviewed", "review", "approve", "approved"])("ballot.command: `%s` is a yes", (word) => {
    const w = proposed();
    const comment = w.say("dbkr", `@mscbot ${word}`);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true, confused: false });
  });

  test.each(["retract", "unreview"])("ballot.command: `%s` takes it back", (word) => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.say("dbkr", `@mscbot ${word}`);
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(seatOf(decision, "dbkr")?.retracted).toBe(true);
  });

  test("ballot.command: from a comment, a review body or an inline comment they count the same", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.review("uhoreg", "commented", "@mscbot reviewed");
    w.say("turt2live", "@mscbot reviewed", "inline");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "turt2live", "uhoreg"]);
  });

  test("ballot.command: without a motion a vote is refused and explained", () => {
    const w = world();
    w.say("dbkr", "@mscbot reviewed");
    expect(refusalOf(w.decide(), "dbkr")).toBe("no_motion");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.command: a deciding `@mscbot reviewed` starts FCP", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
    w.say("turt2live", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
  });
});

describe("ballot.tick", () => {
  test("ballot.tick: the box beside the member's own name is a yes", () => {
    const w = proposed();
    w.tick("dbkr");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(seatOf(decision, "dbkr")?.from?.via).toBe("tick");
  });

  test("ballot.tick: unticking is retracting", () => {
    const w = proposed();
    w.tick("dbkr");
    w.reconcile();
    w.tick("dbkr", "dbkr", { untick: true });
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(seatOf(decision, "dbkr")?.retracted).toBe(true);
  });

  test("ballot.tick: unticking takes back a vote that came in another way", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.tick("dbkr", "dbkr", { untick: true });
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.tick: two people ticking one after the other before the clerk looks both count", () => {
    const w = proposed();
    w.tick("dbkr");
    w.tick("uhoreg");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("ballot.tick: a tick that crossed an edit of the clerk's, and overwrote it, is not lost, and takes nobody's vote", () => {
    const w = proposed();
    const stale = w.status()?.body;
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.tick("dbkr", "dbkr", { from: stale ?? "" });
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(replies(w)).toEqual([]);
    expect(w.status()?.body).toMatch(/- \[x\] @uhoreg/);
  });

  test("ballot.tick: a tick overwritten by the clerk's own crossing edit is not lost", () => {
    const w = proposed();
    const snapshotBefore = w.plan.bind(w);
    w.say("uhoreg", "@mscbot reviewed");
    const planned = snapshotBefore();
    w.tick("dbkr");
    for (const action of planned) w.apply(action);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(w.status()?.body).toMatch(/- \[x\] @dbkr/);
  });

  test("ballot.tick: a stale edit over two edits of the clerk's is read against the revision it came from", () => {
    const w = proposed();
    const stale = w.status()?.body;
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.say("turt2live", "@mscbot reviewed");
    w.reconcile();
    w.tick("dbkr", "dbkr", { from: stale ?? "" });
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "turt2live", "uhoreg"]);
    expect(replies(w)).toEqual([]);
  });

  test("ballot.tick: a box ticked for somebody else is put back, with one reply, and changes no tally", () => {
    const w = proposed();
    w.tick("dbkr", "uhoreg");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(w.status()?.body).toMatch(/- \[ \] @uhoreg/);
    expect(replies(w)).toHaveLength(1);
    w.wait(DAY);
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
  });

  test("ballot.tick: a box unticked for somebody else is put back", () => {
    const w = proposed();
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.tick("dbkr", "uhoreg", { untick: true });
    expect(votesOf(w.reconcile())).toEqual(["richvdh", "uhoreg"]);
    expect(w.status()?.body).toMatch(/- \[x\] @uhoreg/);
  });

  test("ballot.tick: one's own box and somebody else's in one edit: the own counts, the other is put back", () => {
    const w = proposed();
    const both = (w.status()?.body ?? "")
      .replace("- [ ] @dbkr", "- [x] @dbkr")
      .replace("- [ ] @uhoreg", "- [x] @uhoreg");
    w.rewrite("dbkr", both);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(replies(w)).toHaveLength(1);
  });

  test("ballot.tick: a maintainer who is no member ticks nothing", () => {
    const w = proposed();
    w.tick("maintainer", "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(replies(w)).toHaveLength(1);
  });

  test("ballot.tick: a bot's tick is put back without a word", () => {
    const w = proposed();
    w.tick("helper-bot", "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(w.status()?.body).toMatch(/- \[ \] @dbkr/);
    expect(replies(w)).toEqual([]);
  });

  test("ballot.tick: a box somebody adds for a person who is not on the roster is no vote", () => {
    const w = proposed();
    const body = w.status()?.body ?? "";
    const line = body.split("\n").find((one) => one.includes("@dbkr")) ?? "";
    w.rewrite(
      OUTSIDER,
      body.replace(line, `${line}\n${line.replace("@dbkr", `@${OUTSIDER}`).replace("[ ]", "[x]")}`),
    );
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(w.status()?.body).not.toContain(OUTSIDER);
  });

  test("ballot.tick: a tick in a comment whose text was otherwise wrecked counts, and the text is put right", () => {
    const w = proposed();
    const body = w.status()?.body ?? "";
    w.rewrite("dbkr", `${body.replace("- [ ] @dbkr", "- [X] @dbkr")}\nhello\r\n`);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(w.status()?.body).not.toContain("hello");
  });

  test("ballot.tick: the status comment wiped by somebody is written anew and takes no vote away", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.rewrite("maintainer", "");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(w.status()?.body).toMatch(/- \[x\] @dbkr/);
  });

  test("ballot.tick: a revision whose content was deleted is passed over", () => {
    const w = proposed();
    w.tick("dbkr");
    const status = w.status();
    if (status) status.trail = status.trail.map((one) => (one.byClerk ? one : { ...one, body: null }));
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.tick: a member renamed since, known by id, ticks the box that carries the roster's name", () => {
    const w = proposed();
    w.rename("dbkr", "dave");
    w.tick("dave", "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.tick: a status comment deleted by a maintainer is made anew with every vote", () => {
    const w = proposed();
    w.tick("dbkr");
    w.reconcile();
    w.ownComments = [];
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(w.comments("status")).toHaveLength(1);
    expect(w.status()?.body).toMatch(/- \[x\] @dbkr/);
  });

  test("ballot.tick: a tick made on an old text, of one who voted meanwhile, accuses nobody", () => {
    const w = proposed();
    const old = w.status()?.body ?? "";
    w.say("dbkr", "@mscbot reviewed");
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.tick("dbkr", "dbkr", { from: old });
    w.reconcile();
    expect(w.comments("reply")).toEqual([]);
  });
});

describe("ballot.label", () => {
  test.each([
    ["vote:approve", "yes"],
    ["vote:abstain", "abstain"],
    ["vote:retract", null],
  ] as const)(
    "ballot.label: `%s` counts, and is taken off so that the next member can use it",
    (label, choice) => {
      const w = proposed();
      w.say("dbkr", "@mscbot reviewed");
      w.reconcile();
      w.label("dbkr", label);
      const decision = w.reconcile();
      expect(seatOf(decision, "dbkr")?.choice).toBe(choice);
      expect(seatOf(decision, "dbkr")?.from?.via).toBe("label");
      expect(w.labels.has(label)).toBe(false);
      expect(replies(w)).toEqual([]);
    },
  );

  test("ballot.label: two members using it one after the other are two votes", () => {
    const w = proposed();
    w.label("dbkr", "vote:approve");
    w.reconcile();
    w.label("uhoreg", "vote:approve");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("ballot.label: without a motion it is taken off and explained", () => {
    const w = world();
    w.label("dbkr", "vote:approve");
    w.reconcile();
    expect([...w.labels]).toEqual(["proposal"]);
    expect(replies(w)).toHaveLength(1);
  });

  test("ballot.label: from a non-member it is taken off and explained", () => {
    const w = proposed();
    w.label("triager", "vote:approve");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(w.labels.has("vote:approve")).toBe(false);
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toContain("vote:approve");
  });

  test("ballot.label: however often it is used, taking it off is no quarrel over a label", () => {
    const w = proposed();
    for (const login of ["dbkr", "uhoreg", "turt2live", "ara4n", "erikjohnston"]) {
      w.label(login, "vote:abstain");
      expect(w.reconcile().contestedLabels).toEqual([]);
      expect(w.labels.has("vote:abstain")).toBe(false);
    }
  });
});

describe("ballot.latest", () => {
  test("ballot.latest: a member's ballot is the latest of their acts on the motion, whatever its kind", () => {
    const w = proposed();
    const choices: (string | null)[] = [];
    const note = () => choices.push(seatOf(w.reconcile(), "dbkr")?.choice ?? null);
    w.review("dbkr", "approved");
    note();
    w.say("dbkr", "@mscbot abstain");
    note();
    w.tick("dbkr");
    note();
    w.label("dbkr", "vote:retract");
    note();
    w.say("dbkr", "@mscbot reviewed");
    note();
    expect(choices).toEqual(["yes", "abstain", "yes", null, "yes"]);
  });

  test("ballot.latest: one member, one vote a team, in however many ways it is said", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.say("dbkr", "@mscbot reviewed");
    w.tick("dbkr");
    w.label("dbkr", "vote:approve");
    const decision = w.reconcile();
    expect(decision.tallies[0]?.yes).toBe(2);
    expect(decision.register.motion?.ballots).toHaveLength(2);
  });

  test("ballot.latest: an older act that GitHub shows late does not undo a later one", () => {
    const w = proposed();
    const late = w.say("dbkr", "@mscbot reviewed");
    const all = w.utterances;
    w.utterances = all.filter((one) => one !== late);
    w.say("dbkr", "@mscbot retract");
    w.reconcile();
    w.utterances = [...w.utterances, late];
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.latest: an author who is a member votes by command, tick or label", () => {
    const w = proposed({ author: "dbkr" });
    w.tick("dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    w.say("dbkr", "@mscbot retract");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    w.label("dbkr", "vote:approve");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.latest: an author who is a member can move their own proposal", () => {
    const w = world({ author: "dbkr" });
    w.say("dbkr", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr"]);
  });

  test("ballot.latest: of several votes in one comment the last counts", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed\n@mscbot retract\n@mscbot reviewed");
    expect(votesOf(w.reconcile())).toContain("dbkr");
  });
});

describe("ballot.abstain", () => {
  test("ballot.abstain: it is recorded and is not a yes: the threshold is of the whole team", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr"]) w.say(login, "@mscbot reviewed");
    for (const login of ["uhoreg", "turt2live", "anoadragon453", "KitsuneRal"])
      w.say(login, "@mscbot abstain");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.tallies[0]).toMatchObject({ yes: 4, size: 8, needed: 6 });
    expect(seatOf(decision, "uhoreg")?.choice).toBe("abstain");
  });

  test("ballot.abstain: the status comment shows it, and leaves the box empty", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot abstain");
    w.reconcile();
    expect(w.status()?.body).toMatch(/- \[ \] @dbkr.*abstains/);
  });
});

describe("ballot.team", () => {
  test("ballot.team: where a decision needs two teams, each has its own list and tally", () => {
    const w = proposed(GOVERNANCE);
    w.say("AmandineLP", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(votesOf(decision, "guardians")).toEqual(["AmandineLP"]);
    expect(votesOf(decision, "spec-core-team")).toEqual(["richvdh"]);
    const body = w.status()?.body ?? "";
    expect(body.indexOf("@AmandineLP")).toBeGreaterThan(body.indexOf("Guardians"));
    expect(body.match(/@ara4n/g)?.length).toBeGreaterThanOrEqual(2);
  });

  test("ballot.team: a plain act counts for the first needed team its author sits in, and for no other", () => {
    const w = proposed(GOVERNANCE);
    w.say("ara4n", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(votesOf(decision, "spec-core-team")).toEqual(["ara4n", "richvdh"]);
    expect(votesOf(decision, "guardians")).toEqual([]);
  });

  test("ballot.team: one that names a team counts for that one only; two hats, two votes", () => {
    const w = proposed(GOVERNANCE);
    w.say("ara4n", "@mscbot reviewed as guardians");
    const first = w.reconcile();
    expect(votesOf(first, "guardians")).toEqual(["ara4n"]);
    expect(votesOf(first, "spec-core-team")).toEqual(["richvdh"]);
    w.say("ara4n", "@mscbot reviewed");
    const second = w.reconcile();
    expect(votesOf(second, "guardians")).toEqual(["ara4n"]);
    expect(votesOf(second, "spec-core-team")).toEqual(["ara4n", "richvdh"]);
  });

  test("ballot.team: the box in a team's list is a vote in that team", () => {
    const w = proposed(GOVERNANCE);
    const lines = (w.status()?.body ?? "").split("\n");
    const last = lines.findLastIndex((line) => line.includes("@ara4n") && line.includes("[ ]"));
    w.rewrite(
      "ara4n",
      lines.map((line, index) => (index === last ? line.replace("[ ]", "[x]") : line)).join("\n"),
    );
    const decision = w.reconcile();
    expect(votesOf(decision, "guardians")).toEqual(["ara4n"]);
    expect(votesOf(decision, "spec-core-team")).toEqual(["richvdh"]);
  });

  test("ballot.team: the team may be named by its title", () => {
    const w = proposed(GOVERNANCE);
    w.say("ara4n", "@mscbot abstain as Guardians");
    expect(seatOf(w.reconcile(), "ara4n", "guardians")?.choice).toBe("abstain");
  });

  test("ballot.team: naming a team that is not needed, or unknown, is refused with the needed ones", () => {
    const w = proposed();
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(refusalOf(w.decide(), "ara4n")).toBe("unknown_team");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("ballot.team: of a name that no team has a hundred characters are kept, however long it is", () => {
    const w = proposed();
    w.say("dbkr", `@mscbot reviewed as ${"x".repeat(400)}`);
    expect(w.decide().register.pendingReplies).toMatchObject([
      { replies: [{ code: "unknown_team", team: "x".repeat(100) }] },
    ]);
  });

  test("ballot.team: naming a needed team one does not sit in is refused", () => {
    const w = proposed(GOVERNANCE);
    w.say("dbkr", "@mscbot reviewed as guardians");
    expect(refusalOf(w.decide(), "dbkr")).toBe("not_in_team");
    expect(votesOf(w.reconcile(), "guardians")).toEqual([]);
  });

  test("ballot.team: retracting under one hat leaves the other's vote", () => {
    const w = proposed(GOVERNANCE);
    w.say("ara4n", "@mscbot reviewed\n@mscbot reviewed as guardians");
    w.say("ara4n", "@mscbot retract as guardians");
    const decision = w.reconcile();
    expect(votesOf(decision, "guardians")).toEqual([]);
    expect(votesOf(decision, "spec-core-team")).toEqual(["ara4n", "richvdh"]);
  });

  test("ballot.team: requested changes withdraw both of a member's votes", () => {
    const w = proposed(GOVERNANCE);
    w.say("ara4n", "@mscbot reviewed\n@mscbot reviewed as guardians");
    w.review("ara4n", "changes_requested");
    const decision = w.reconcile();
    expect(votesOf(decision, "guardians")).toEqual([]);
    expect(votesOf(decision, "spec-core-team")).toEqual(["richvdh"]);
  });

  test("ballot.team: ticking both of one's boxes in one edit votes in both teams", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.tick("ara4n");
    const d = w.reconcile();
    expect(d.tallies.map((t) => t.yes)).toEqual([2, 1]);
  });
});

test("ballot.command: in FCP a vote is noted, and changes nothing about what has begun", () => {
  const w = inFcp();
  const comment = w.say("dbkr", "@mscbot retract");
  expect(outcomeOf(w.decide(), "dbkr")).toBe("noted");
  expect(w.reconcile().phase).toBe("fcp");
  expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
});

test("ballot.review: votes given before the last push are shown so in FCP too", () => {
  const w = inFcp();
  w.push(THIRD);
  expect(seatOf(w.reconcile(), "dbkr")?.onEarlier).toBe(HEAD);
});

describe("ballot.review: which approvals are remembered", () => {
  const commits = Array.from({ length: 12 }, (_, at) => String(at).padStart(40, "c"));
  const remembered = (decision: Decision) => decision.register.approvals.map(({ commit }) => commit);

  test("ballot.review: a member's approvals of ten commits are kept, the newest ones, in the order they were given", () => {
    const w = world();
    for (const commit of commits) w.review("dbkr", "approved", "", commit);
    expect(remembered(w.reconcile())).toEqual(commits.slice(2));
  });

  test("ballot.review: one commit approved twice is one approval, the later one; nobody else's goes with it", () => {
    const w = world();
    w.review("uhoreg", "approved", "", OTHER);
    w.review("dbkr", "approved", "", OTHER);
    w.review("dbkr", "approved", "", THIRD);
    const again = w.review("dbkr", "approved", "", OTHER);
    const { approvals } = w.reconcile().register;
    expect(approvals.map(({ member, commit }) => [member.login, commit])).toEqual([
      ["uhoreg", OTHER],
      ["dbkr", THIRD],
      ["dbkr", OTHER],
    ]);
    expect(approvals.at(-1)?.review).toBe(again.id);
  });

  test("ballot.review.changes: the member's approvals of before go, and nobody else's; one that GitHub shows late and was given later stays", () => {
    const w = world();
    const kept = w.review("uhoreg", "approved");
    w.review("dbkr", "approved");
    w.reconcile();
    const changes = w.review("dbkr", "changes_requested");
    const later = w.review("dbkr", "approved", "", OTHER);
    w.utterances = w.utterances.filter(({ id }) => id !== changes.id);
    w.reconcile();
    w.utterances.push(changes);
    expect(w.reconcile().register.approvals.map(({ review }) => review)).toEqual([kept.id, later.id]);
  });

  test("ballot.review.changes: an abstention is no yes, and is not withdrawn", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot abstain");
    w.reconcile();
    w.review("dbkr", "changes_requested");
    expect(seatOf(w.reconcile(), "dbkr")).toMatchObject({ choice: "abstain", retracted: false });
  });

  test("ballot.review.changes: an own dismissal takes back that approval alone, and says when", () => {
    const w = proposed();
    w.review("uhoreg", "approved");
    const review = w.review("dbkr", "approved");
    w.reconcile();
    w.dismiss(review, "dbkr");
    const at = w.now;
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh", "uhoreg"]);
    expect(decision.register.approvals.map(({ member }) => member.login)).toEqual(["uhoreg"]);
    expect(seatOf(decision, "dbkr")?.from).toMatchObject({ via: "review", at });
  });

  test.each(["dismissed", "changes_requested"])(
    "ballot.review.changes: what a motion that was cancelled had for votes stays as it was, whatever is %s later",
    (how) => {
      const w = proposed();
      const review = w.review("dbkr", "approved");
      w.say("uhoreg", "@mscbot fcp cancel");
      const { motion } = w.reconcile().register;
      if (how === "dismissed") w.dismiss(review, "dbkr");
      else w.review("dbkr", "changes_requested");
      const { register } = w.reconcile();
      expect(register.motion?.ballots).toEqual(motion?.ballots);
      expect(register.approvals).toEqual([]);
    },
  );

  test("ballot.review.changes: where another motion is decided elsewhere its votes stay as they were", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.say("ara4n", "@mscbot override finished: decided in a meeting");
    w.reconcile();
    w.wait(DAY);
    w.say("uhoreg", "@mscbot second");
    const { motion } = w.reconcile().register;
    expect(motion?.end?.kind).toBe("overridden");
    w.review("dbkr", "changes_requested");
    expect(w.reconcile().register.motion?.ballots).toEqual(motion?.ballots);
  });

  test("ballot.team: an approval by somebody of a team that is not needed is no ballot, before the motion or after it", () => {
    const w = world();
    w.review("AmandineLP", "approved");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.review("AmandineLP", "approved", "", OTHER);
    const { register } = w.reconcile();
    expect(register.approvals.map(({ member }) => member.login)).toEqual(["AmandineLP", "AmandineLP"]);
    expect(register.motion?.ballots.map(({ member }) => member.login)).toEqual(["richvdh"]);
  });

  test("ballot.review: with `none` a motion begins with its mover's ballot and no other", () => {
    const w = world({ rules: countingEarlier("none") });
    w.review("dbkr", "approved");
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().register.motion?.ballots.map(({ source }) => source)).toEqual(["motion"]);
  });

  test("ballot.latest: of two approvals before the motion the later one counts, in whichever order they were seen; who was renamed between them is one", () => {
    const w = world({ rules: countingEarlier("any") });
    const first = w.review("dbkr", "approved", "", OTHER);
    w.rename("dbkr", "dbkr2");
    const second = w.review("dbkr2", "approved", "", THIRD);
    w.utterances = [second];
    w.reconcile();
    w.utterances = [first, second];
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    const ballots = w.reconcile().register.motion?.ballots ?? [];
    expect(ballots.map(({ source }) => source)).toEqual([second.id, "motion"]);
  });

  test("act.identity: of people the roster knows by login alone, each has the approval of their own", () => {
    const unnumbered = MATRIX.teams.map((team) => ({
      ...team,
      members: team.members.map((member) => ({ ...member, id: null })),
    }));
    const w = world({ rules: { ...countingEarlier("any"), teams: unnumbered } });
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    w.utterances = w.utterances.map((one) => ({
      ...one,
      author: one.author && { ...one.author, id: null },
      revisions: one.revisions.map((each) => ({
        ...each,
        editor: each.editor && { ...each.editor, id: null },
      })),
    }));
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("ballot.latest: of ballots by two accounts that the roster cannot tell apart, the latest speaks for the member", () => {
    const ballot = (id: number, at: number, choice: "yes" | "abstain") => ({
      ...{
        member: { login: "dbkr", id },
        team: "spec-core-team",
        choice,
        head: HEAD,
        source: `comment:${id}`,
      },
      from: { via: "command", url: "", at } as const,
    });
    const { motion } = proposed().reconcile().register;
    if (motion === null) throw new Error("there is a motion");
    const ballots = [ballot(1, 10, "abstain"), ballot(2, 30, "yes"), ballot(3, 20, "abstain")];
    const member = { login: "dbkr", id: null };
    expect(ballotFor({ ...motion, ballots }, "spec-core-team", member)?.from.at).toBe(30);
  });
});
