import { describe, expect, test } from "vitest";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, world } from "../support/world.js";
import { announced, answerTo, refusalOf, replies, votesOf, yes } from "./reading.js";

const GOVERNANCE = { labels: ["proposal", "kind:governance"] };

describe("proposal.scope", () => {
  test("proposal.scope: a PR without the proposal label is no proposal", () => {
    const w = world({ labels: [], files: [] });
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.phase).toBe("out_of_scope");
    expect(decision.check).toBe("neutral");
  });

  test("proposal.scope: the proposal label makes it one, in any case of its letters", () => {
    const w = world({ labels: ["Proposal"] });
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("proposal.scope: the placeholder label takes it out of scope", () => {
    const w = world({ labels: ["proposal", "proposal-placeholder"] });
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.phase).toBe("out_of_scope");
    expect(decision.check).toBe("in_progress");
    expect(w.labels.has("proposal-placeholder")).toBe(true);
  });

  test("proposal.scope: taking the proposal label off before a motion ends the clerk's interest", () => {
    const w = world();
    w.reconcile();
    w.unlabel("author", "proposal");
    expect(w.reconcile().phase).toBe("out_of_scope");
    expect(w.labels.has("proposal")).toBe(false);
  });

  test.each([
    ["a proposed motion", proposed],
    ["a running FCP", inFcp],
  ])("proposal.scope: with %s, the proposal label taken off is put back", (_what, start) => {
    const w = start();
    const { phase } = w.reconcile();
    w.unlabel("author", "proposal");
    expect(w.reconcile().phase).toBe(phase);
    expect(w.labels.has("proposal")).toBe(true);
  });

  test.each([
    ["a proposed motion", proposed],
    ["a running FCP", inFcp],
  ])("proposal.scope: with %s, the placeholder label is taken off again", (_what, start) => {
    const w = start();
    const { phase } = w.reconcile();
    w.label("author", "proposal-placeholder");
    expect(w.reconcile().phase).toBe(phase);
    expect(w.labels.has("proposal-placeholder")).toBe(false);
  });

  test("proposal.scope: what is said while the proposal label is off with a motion open counts all the same", () => {
    const w = proposed();
    w.unlabel("author", "proposal");
    w.say("dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("proposal.scope: up to the merge, also once it is accepted, the proposal label is put back", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    w.unlabel("author", "proposal");
    w.label("author", "proposal-placeholder");
    expect(w.reconcile().phase).toBe("concluded");
    expect([...w.labels]).toContain("proposal");
    expect([...w.labels]).not.toContain("proposal-placeholder");
  });
});

describe("motion.open", () => {
  test.each(["merge", "close", "postpone"])("motion.open: a member moves to %s by command", (disposition) => {
    const w = world();
    const comment = w.say("richvdh", `@mscbot fcp ${disposition}`);
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion).toMatchObject({ number: 1, disposition, mover: { login: "richvdh" } });
    expect([...w.labels]).toEqual(
      expect.arrayContaining(["proposed-final-comment-period", `disposition-${disposition}`]),
    );
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
    expect(w.comments("status")).toHaveLength(1);
  });

  test.each(["merge", "close", "postpone"])(
    "motion.open: a member moves to %s by adding the label by hand, which stays",
    (disposition) => {
      const w = world();
      w.label("richvdh", `disposition-${disposition}`);
      const decision = w.reconcile();
      expect(decision.register.motion).toMatchObject({ disposition, mover: { login: "richvdh" } });
      expect(w.labels.has(`disposition-${disposition}`)).toBe(true);
      expect(votesOf(decision)).toEqual(["richvdh"]);
      expect(replies(w)).toEqual([]);
    },
  );

  test("motion.open: the mover's vote is yes", () => {
    expect(votesOf(proposed().reconcile())).toEqual(["richvdh"]);
  });

  test("motion.open: the mover can retract the vote that came with the motion", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot retract");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual([]);
    expect(decision.phase).toBe("proposed");
  });

  test("motion.open: a motion by an outsider is refused", () => {
    const w = world();
    const comment = w.say(OUTSIDER, "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("in_review");
    expect(answerTo(w, comment)).toMatchObject({ confused: true, thumbsUp: false });
    expect(replies(w)).toHaveLength(1);
  });

  test("motion.open: a member of a team this proposal does not need cannot move", () => {
    const w = world();
    w.say("AmandineLP", "@mscbot fcp merge");
    expect(refusalOf(w.decide(), "AmandineLP")).toBe("not_a_member");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("motion.open: a member of the second needed team can move, and votes yes there", () => {
    const w = world(GOVERNANCE);
    w.say("AmandineLP", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(votesOf(decision, "guardians")).toEqual(["AmandineLP"]);
    expect(votesOf(decision, "spec-core-team")).toEqual([]);
  });

  test("motion.open: one motion at a time", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp close");
    expect(refusalOf(w.decide(), "dbkr")).toBe("motion_open");
    const decision = w.reconcile();
    expect(decision.register.motion).toMatchObject({ number: 1, disposition: "merge" });
    expect(votesOf(decision)).toEqual(["richvdh"]);
  });

  test("motion.open: the same motion by another member is that member's yes, and says so", () => {
    const w = proposed();
    const said = w.say("dbkr", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.register.motion).toMatchObject({ number: 1, mover: { login: "richvdh" } });
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(answerTo(w, said)).toMatchObject({ thumbsUp: true, confused: false });
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toMatch(/richvdh had proposed to merge this already.*counted as your approval/);
  });

  test("motion.open: the same motion by another member, before the clerk had seen either, is a yes too", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp close");
    w.say("dbkr", "@mscbot close, please");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("motion.open: the sixth who says it makes the Final Comment Period begin", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test.each([
    ["the mover again", "richvdh", "motion_open"],
    ["somebody on no team", OUTSIDER, "not_a_member"],
  ])("motion.open: the same motion by %s is refused", (_who, login, code) => {
    const w = proposed();
    w.say(login, "@mscbot fcp merge");
    expect(refusalOf(w.decide(), login)).toBe(code);
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("motion.open: the same motion while FCP runs is refused", () => {
    const w = inFcp();
    w.say("KitsuneRal", "@mscbot fcp merge");
    expect(refusalOf(w.decide(), "KitsuneRal")).toBe("motion_open");
    expect(votesOf(w.reconcile())).not.toContain("KitsuneRal");
  });

  test("motion.open: on a decision of two teams the same motion is a yes in the team its author sits in", () => {
    const w = world(GOVERNANCE);
    w.say("richvdh", "@mscbot fcp merge");
    w.say("AmandineLP", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(votesOf(decision, "spec-core-team")).toEqual(["richvdh"]);
    expect(votesOf(decision, "guardians")).toEqual(["AmandineLP"]);
  });

  test.each(["author", "KitsuneRal"])(
    "motion.cancel: `fcp cancel` after %s has closed the pull request is done already: 👍",
    (closer) => {
      const w = proposed();
      w.close(closer);
      w.reconcile();
      const said = w.say("dbkr", "@mscbot fcp cancel");
      expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", how: "closed" });
      expect(answerTo(w, said)).toMatchObject({ thumbsUp: true, confused: false });
      expect(replies(w)).toEqual([]);
    },
  );

  test("motion.cancel: on a closed pull request without a motion `fcp cancel` is refused", () => {
    const w = world();
    w.close("author");
    w.say("dbkr", "@mscbot fcp cancel");
    expect(refusalOf(w.decide(), "dbkr")).toBe("ended");
  });

  test.each([
    "fcp cancel is not what I meant",
    "fcp cancel was a mistake, sorry",
    "cancel as soon as C1 is resolved",
    "fcp cancel as long as nobody objects",
    "fcp cancel, if nobody objects",
    "fcp cancel: not yet",
    "cancel please don't",
  ])("motion.cancel: `%s` cancels nothing and is answered", (words) => {
    const w = inFcp();
    const said = w.say("dbkr", `@mscbot ${words}`);
    expect(w.reconcile().phase).toBe("fcp");
    expect(answerTo(w, said)).toMatchObject({ thumbsUp: false, confused: true });
    expect(replies(w)[0]).toMatch(/changes nothing: the words behind|so nothing has changed/);
  });

  test("motion.cancel: a condition in the next sentence is none of it, nor is one that a reason goes on with", () => {
    for (const words of [
      "cancel. If it comes back, ping me",
      "cancel: once more it breaks",
      "cancel as agreed",
    ]) {
      const w = inFcp();
      w.say("dbkr", `@mscbot ${words}`);
      expect(w.reconcile().phase).toBe("in_review");
    }
  });

  test.each(["fcp merge as soon as the tests pass", "fcp close, unless somebody objects"])(
    "motion.open: under a condition nothing is moved: `%s`",
    (words) => {
      const w = world();
      const said = w.say("richvdh", `@mscbot ${words}`);
      expect(w.reconcile().phase).toBe("in_review");
      expect(answerTo(w, said)).toMatchObject({ thumbsUp: false, confused: true });
    },
  );

  test("motion.open: of two motions in one second the older stands", () => {
    const w = world();
    w.atOnce(() => {
      w.say("richvdh", "@mscbot fcp merge");
      w.say("dbkr", "@mscbot fcp close");
    });
    expect(w.reconcile().register.motion).toMatchObject({
      disposition: "merge",
      mover: { login: "richvdh" },
    });
  });

  test("motion.open: a disposition label against the open motion is taken off, and explained", () => {
    const w = proposed();
    w.label("dbkr", "disposition-close");
    expect(w.reconcile().register.motion?.disposition).toBe("merge");
    expect([...w.labels]).not.toContain("disposition-close");
    expect([...w.labels]).toContain("disposition-merge");
    expect(replies(w)).toHaveLength(1);
  });

  test("motion.open: a motion while FCP runs is refused", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot fcp close");
    expect(refusalOf(w.decide(), "dbkr")).toBe("motion_open");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("motion.open: refused on a draft", () => {
    const w = world({ draft: true });
    w.say("richvdh", "@mscbot fcp merge");
    expect(refusalOf(w.decide(), "richvdh")).toBe("draft");
    expect(w.reconcile().phase).toBe("draft");
  });

  test("motion.open: a motion by label on a draft is refused, the label taken off and explained", () => {
    const w = world({ draft: true });
    w.label("richvdh", "disposition-merge");
    expect(w.reconcile().phase).toBe("draft");
    expect([...w.labels]).not.toContain("disposition-merge");
    expect(replies(w)).toHaveLength(1);
  });

  test("motion.open: refused on a closed PR", () => {
    const w = world();
    w.close("author");
    w.say("richvdh", "@mscbot fcp merge");
    expect(refusalOf(w.decide(), "richvdh")).toBe("ended");
    expect(w.reconcile().phase).toBe("ended");
    expect(replies(w)).toHaveLength(1);
  });

  test("motion.open: refused on a PR not aimed at the default branch", () => {
    const w = world({ base: "old-branch" });
    w.say("richvdh", "@mscbot fcp merge");
    expect(refusalOf(w.decide(), "richvdh")).toBe("wrong_base");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("motion.open: said before the default branch was renamed and seen after, it aims where it did", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.defaultBranch = "trunk";
    w.rebase("trunk");
    expect(w.reconcile().phase).toBe("proposed");
    expect(replies(w)).toEqual([]);
  });

  test.each([
    ["to another branch than the default one", ["old-branch"]],
    ["there and back again", ["old-branch", "main"]],
  ])("motion.open: said while it aimed elsewhere, and moved %s since, it is refused", (_how, bases) => {
    const w = world({ base: "next" });
    w.say("richvdh", "@mscbot fcp merge");
    for (const base of bases) w.rebase(base);
    expect(refusalOf(w.decide(), "richvdh")).toBe("wrong_base");
    expect(w.reconcile().register.motion).toBeNull();
  });

  test("motion.open: a disposition label added by anyone else is taken off, with the reason", () => {
    const w = world();
    w.label("triager", "disposition-merge");
    expect(w.reconcile().phase).toBe("in_review");
    expect([...w.labels]).not.toContain("disposition-merge");
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toContain("disposition-merge");
  });

  test("motion.open: a label whose adder's account is deleted moves nothing and is taken off", () => {
    const w = world();
    w.label("richvdh", "disposition-merge");
    w.deleteAccount("richvdh");
    expect(w.reconcile().phase).toBe("in_review");
    expect([...w.labels]).not.toContain("disposition-merge");
  });

  test("motion.open: a motion in an accepted proposal opens anew and makes the decision void", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot fcp close");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion).toMatchObject({ number: 2, disposition: "close" });
    expect(decision.register.past[0]?.end?.kind).toBe("void");
    expect(decision.check).toBe("in_progress");
    expect([...w.labels]).not.toContain("finished-final-comment-period");
  });
});

describe("motion.cancel", () => {
  test("motion.cancel: any member cancels a proposed motion by command", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel");
    const decision = w.reconcile();
    expect(decision.phase).toBe("in_review");
    expect(decision.register.motion?.end).toMatchObject({
      kind: "cancelled",
      how: "command",
      by: { login: "dbkr" },
    });
    expect([...w.labels].sort()).toEqual(["proposal"]);
    expect(announced(w)).toEqual(["1:cancelled"]);
  });

  test("motion.cancel: any member of a needed team cancels a running FCP", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot cancel");
    expect(w.reconcile().phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
    expect(announced(w)).toContain("1:cancelled");
  });

  test("motion.cancel: a member of the second needed team cancels too", () => {
    const w = proposed(GOVERNANCE);
    w.say("AmandineLP", "@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("motion.cancel: an outsider's cancel is refused", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("motion.cancel: without a motion there is nothing to cancel", () => {
    const w = world();
    w.say("dbkr", "@mscbot fcp cancel");
    expect(refusalOf(w.decide(), "dbkr")).toBe("no_motion");
  });

  test.each(["author", "richvdh"])(
    "motion.cancel: closing before FCP by its author or a needed member cancels (%s)",
    (who) => {
      const w = proposed();
      w.close(who);
      const decision = w.reconcile();
      expect(decision.phase).toBe("ended");
      expect(decision.register.motion?.end).toMatchObject({ kind: "cancelled", how: "closed" });
      expect(announced(w)).toEqual(["1:cancelled"]);
      w.reopen(who);
      expect(w.reconcile().phase).toBe("in_review");
    },
  );

  test.each(["merge", "close", "postpone"])(
    "motion.cancel: closing before FCP cancels a motion to %s too",
    (disposition) => {
      const w = proposed({}, disposition);
      w.close("author");
      expect(w.reconcile().register.motion?.end?.kind).toBe("cancelled");
    },
  );

  test("motion.cancel: closing and reopening before the clerk looks cancels all the same", () => {
    const w = proposed();
    w.close("author");
    w.reopen("author");
    const decision = w.reconcile();
    expect(decision.phase).toBe("in_review");
    expect(decision.register.motion?.end?.kind).toBe("cancelled");
  });

  test("motion.cancel: the clerk's own closing never cancels", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    const decision = w.reconcile();
    expect(decision.phase).toBe("ended");
    expect(w.pull.state).toBe("closed");
    expect(decision.register.motion?.end?.kind).toBe("concluded");
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("motion.cancel: closing during FCP cancels nothing", () => {
    const w = inFcp();
    w.close("author");
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect(decision.register.motion?.end).toBeNull();
  });

  test("motion.cancel: the cancelled motion keeps its status comment, marked as cancelled and by whom", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    expect(w.comments("status")).toHaveLength(1);
    const body = w.status()?.body ?? "";
    expect(body).toMatch(/cancelled/i);
    expect(body).toContain("dbkr");
    expect(body).not.toMatch(/- \[[ x]\]/);
  });

  test("motion.cancel: the next motion has a new status comment and starts without ballots", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(w.comments("status").map((one) => one.marker.key)).toEqual(["1:ended", "2"]);
    expect(votesOf(decision)).toEqual(["uhoreg"]);
  });

  test("motion.cancel: an FCP cancelled and moved anew within the same look is a new motion, proposed and without votes", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot fcp cancel");
    w.say("uhoreg", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion).toMatchObject({ number: 2, fcp: null, mover: { login: "uhoreg" } });
    expect(votesOf(decision)).toEqual(["uhoreg"]);
    expect([...w.labels].sort()).toEqual(["disposition-merge", "proposal", "proposed-final-comment-period"]);
    expect(w.comments("status").map((one) => one.marker.key)).toEqual(["1:ended", "2"]);
    expect(announced(w)).toEqual(["1:fcp_begun", "1:cancelled"]);
  });

  test("motion.cancel: the second motion's FCP starts by its own latch, not by the first one's", () => {
    const w = inFcp();
    w.wait(DAY);
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot fcp merge");
    for (const login of ["ara4n", "erikjohnston", "richvdh", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const asked = w.now;
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    const fcp = decision.register.motion?.fcp;
    expect(fcp?.state === "running" && fcp.startedAt >= asked).toBe(true);
    expect(announced(w)).toEqual(["1:fcp_begun", "1:cancelled", "2:fcp_begun"]);
  });

  test("motion.cancel: moved and cancelled within one look leaves one status comment that says so", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.say("dbkr", "@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("in_review");
    expect(w.comments("status").map((one) => one.marker.key)).toEqual(["1:ended"]);
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("motion.cancel: editing an old status comment starts nothing", () => {
    const w = proposed();
    const old = w.status();
    const withBoxes = old?.body ?? "";
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.rewrite("dbkr", withBoxes.replace("- [ ] @dbkr", "- [x] @dbkr"), old);
    const decision = w.reconcile();
    expect(decision.phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("motion.cancel: a tick in an old status comment is no vote in the new motion", () => {
    const w = proposed();
    const old = w.status();
    const withBoxes = old?.body ?? "";
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot fcp close");
    w.reconcile();
    w.rewrite("uhoreg", withBoxes.replace("- [ ] @uhoreg", "- [x] @uhoreg"), old);
    expect(votesOf(w.reconcile())).toEqual(["dbkr"]);
  });

  test("motion.cancel: after a decision to merge there is nothing to cancel; one moves anew", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel");
    expect(refusalOf(w.decide(), "dbkr")).toBe("concluded");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("motion.cancel: the FCP label put on by hand in the second of a cancel starts nothing", () => {
    const w = inFcp();
    w.atOnce(() => {
      w.say("dbkr", "@mscbot fcp cancel");
      w.unlabel("dbkr", "final-comment-period");
      w.label("dbkr", "final-comment-period");
    });
    const d = w.reconcile();
    expect(d.phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
  });
});

describe("motion.hold", () => {
  const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

  test.each([
    ["a draft", (w: ReturnType<typeof proposed>) => w.draft(), (w: ReturnType<typeof proposed>) => w.ready()],
    [
      "aimed at another branch",
      (w: ReturnType<typeof proposed>) => w.rebase("old-branch"),
      (w: ReturnType<typeof proposed>) => w.rebase("main"),
    ],
  ])(
    "motion.hold: while it is %s FCP does not begin; the votes stay, and it begins when the hold ends",
    (_what, hold, unhold) => {
      const w = proposed();
      hold(w);
      for (const login of VOTERS) w.say(login, "@mscbot reviewed");
      const held = w.reconcile();
      expect(held.phase).toBe("proposed");
      expect(held.reason.code).toBe("held");
      expect(yes(held)).toBe(6);
      expect([...w.labels]).not.toContain("final-comment-period");
      unhold(w);
      expect(w.reconcile().phase).toBe("fcp");
    },
  );

  test.each([
    ["a draft", (w: ReturnType<typeof proposed>) => w.draft(), (w: ReturnType<typeof proposed>) => w.ready()],
    [
      "aimed at another branch",
      (w: ReturnType<typeof proposed>) => w.rebase("old-branch"),
      (w: ReturnType<typeof proposed>) => w.rebase("main"),
    ],
    [
      "closed, and moved to merge",
      (w: ReturnType<typeof proposed>) => w.close("author"),
      (w: ReturnType<typeof proposed>) => w.reopen("author"),
    ],
  ])(
    "motion.hold: while it is %s a running FCP does not conclude; the clock runs on",
    (_what, hold, unhold) => {
      const w = inFcp();
      const before = w.reconcile().register.motion?.fcp;
      hold(w);
      w.wait(6 * DAY);
      const held = w.reconcile();
      expect(held.phase).toBe("fcp");
      expect(held.reason.code).toBe("fcp_over");
      expect(held.register.motion?.fcp).toEqual(before);
      unhold(w);
      expect(w.reconcile().phase).toBe("concluded");
    },
  );

  test.each([
    ["draft", (w: ReturnType<typeof proposed>) => w.draft(), /draft/i],
    ["base", (w: ReturnType<typeof proposed>) => w.rebase("old-branch"), /old-branch/],
  ])("motion.hold: the status comment says what it waits for (%s)", (code, hold, says) => {
    const w = proposed();
    hold(w);
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().holds.map((one) => one.code)).toEqual([code]);
    expect(w.status()?.body).toMatch(says);
  });

  test("motion.hold: the status comment of a closed PR in FCP says that it waits for the reopening", () => {
    const w = inFcp();
    w.close("author");
    expect(w.reconcile().holds.map((one) => one.code)).toEqual(["closed"]);
    expect(w.status()?.body).toMatch(/reopened/);
  });

  test.each(["close", "postpone"])(
    "motion.hold: a motion to %s runs on while the PR is closed, and concludes",
    (disposition) => {
      const w = inFcp({}, disposition);
      w.close("author");
      expect(w.reconcile().holds).toEqual([]);
      w.wait(5 * DAY);
      const decision = w.reconcile();
      expect(decision.register.motion?.end?.kind).toBe("concluded");
      expect(decision.phase).toBe("ended");
    },
  );

  test("motion.hold: votes during a hold count", () => {
    const w = proposed();
    w.draft();
    w.say("dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("motion.hold: a decision to merge is not green while the PR is a draft", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
    w.draft();
    expect(w.reconcile().check).toBe("in_progress");
    w.ready();
    expect(w.reconcile().check).toBe("success");
  });
});

describe("motion.merged", () => {
  test.each([
    ["proposed", proposed],
    ["FCP", inFcp],
  ])(
    "motion.merged: merged before its conclusion (%s), it ends as merged without a decision",
    (_what, start) => {
      const w = start();
      w.merge("maintainer");
      const decision = w.reconcile();
      expect(decision.phase).toBe("ended");
      expect(decision.reason.code).toBe("merged_undecided");
      expect(decision.register.motion?.end?.kind).toBe("merged_undecided");
      expect(announced(w).filter((key) => key.includes("merged"))).toEqual(["1:merged_undecided"]);
    },
  );

  test("motion.merged: it is said once, however often the clerk looks", () => {
    const w = proposed();
    w.merge("maintainer");
    w.reconcile();
    w.wait(DAY);
    w.reconcile();
    expect(announced(w)).toEqual(["1:merged_undecided"]);
  });

  test("motion.merged: the labels of acceptance stay away", () => {
    const w = inFcp();
    w.merge("maintainer");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal"]);
  });

  test("motion.merged: merged after the end of FCP but before a look concluded it is merged without a decision", () => {
    const w = inFcp();
    w.wait(6 * DAY);
    w.merge("maintainer");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
  });

  test("motion.merged: merged in review, no comment says so and no label is touched", () => {
    const w = world();
    w.reconcile();
    w.actions = [];
    w.merge("maintainer");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
    expect(w.actions.map(({ kind }) => kind)).toEqual(["put_check"]);
  });
});

describe("decision.needs", () => {
  test("decision.needs: the first decision that fits by label decides which teams are needed", () => {
    const decision = proposed(GOVERNANCE).reconcile();
    expect(decision.tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.needs: a path that fits decides as well, with or without a label", () => {
    const decision = proposed({
      files: [{ path: "proposals/1779-governance.md", change: "modified" }],
    }).reconcile();
    expect(decision.tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.needs: what may lie beyond a list of files that is cut off needs what its paths would need", () => {
    const files = [{ path: "a/1.txt", change: "added" }] as const;
    const teams = (filesCutOff: boolean) =>
      world({ files, filesCutOff })
        .decide()
        .tallies.map((tally) => tally.team);
    expect(teams(false)).toEqual(["spec-core-team"]);
    expect(teams(true)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.needs: where nothing fits before, the last decision holds", () => {
    expect(
      proposed()
        .reconcile()
        .tallies.map((tally) => tally.team),
    ).toEqual(["spec-core-team"]);
  });

  test("decision.needs: a change of governance begins with both boards at 75%, not with one", () => {
    const w = inFcp(GOVERNANCE);
    expect(w.reconcile().phase).toBe("proposed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().phase).toBe("proposed");
    w.say("AmandineLP", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("decision.needs: a needed team that is gone from the roster lets nothing begin", () => {
    const without = { ...MATRIX, teams: MATRIX.teams.filter((team) => team.slug !== "guardians") };
    const w = inFcp({ ...GOVERNANCE, rules: without });
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.tallies[1]).toMatchObject({ size: 0, passed: false });
  });
});

describe("decision.ratchet", () => {
  test("decision.ratchet: removing the label does not shed a team", () => {
    const w = proposed(GOVERNANCE);
    w.unlabel("author", "kind:governance");
    expect(w.reconcile().tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: removing the path does not shed a team", () => {
    const w = proposed({ files: [{ path: "proposals/1779-governance.md", change: "modified" }] });
    w.files = [{ path: "proposals/1234-thing.md", change: "added" }];
    expect(w.reconcile().tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: adding the label adds the team to an open motion", () => {
    const w = proposed();
    w.label("dbkr", "kind:governance");
    expect(w.reconcile().tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
    expect(w.status()?.body).toContain("Guardians");
  });

  test("decision.ratchet: a threshold lowered in the config does not lower that of an open motion, a raised one raises it", () => {
    const w = proposed();
    const threshold = (numerator: number, denominator: number) => ({
      ...w.rules,
      decisions: [
        {
          name: "spec change",
          match: { labels: [], paths: [] },
          approval: [{ team: "spec-core-team", threshold: { numerator, denominator } }],
        },
      ],
    });
    w.rules = threshold(1, 2);
    expect(w.reconcile().tallies[0]?.needed).toBe(6);
    w.rules = threshold(1, 1);
    expect(w.reconcile().tallies[0]?.needed).toBe(8);
    w.rules = threshold(1, 2);
    expect(w.reconcile().tallies[0]?.needed).toBe(8);
  });

  test("decision.ratchet: growth during FCP holds its end until the added team has passed", () => {
    const w = inFcp();
    w.label("dbkr", "kind:governance");
    w.wait(6 * DAY);
    const held = w.reconcile();
    expect(held.phase).toBe("fcp");
    expect(held.reason).toMatchObject({ code: "fcp_over", teams: [{ title: "Guardians" }] });
    w.unlabel("author", "kind:governance");
    expect(w.reconcile().phase).toBe("fcp");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    w.say("AmandineLP", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("decision.ratchet: a vote of the added team counts although the clerk sees it together with the growth", () => {
    const w = proposed();
    w.label("dbkr", "kind:governance");
    w.say("AmandineLP", "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(votesOf(w.reconcile(), "guardians")).toEqual(["AmandineLP", "ara4n"]);
  });

  test("decision.ratchet: growth between the FCP label and the look that finds it holds the end still", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.reconcile(w.plan().findIndex((action) => action.kind === "add_label" && action.latch) + 1);
    w.label("dbkr", "kind:governance");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(6 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over" } });
  });

  test("decision.ratchet: growth during FCP does not take the FCP back", () => {
    const w = inFcp();
    w.label("dbkr", "kind:governance");
    expect(w.reconcile().phase).toBe("fcp");
    expect([...w.labels]).toContain("final-comment-period");
  });

  test("decision.ratchet: a team that passed when FCP began need not pass again because of growth", () => {
    const w = inFcp();
    w.label("dbkr", "kind:governance");
    w.reconcile();
    for (const login of ["ara4n", "dbkr", "uhoreg"]) w.say(login, "@mscbot retract");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.say("AmandineLP", "@mscbot reviewed");
    w.wait(6 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("decision.ratchet: growth between the last vote and the beginning is found before it begins", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.label("dbkr", "kind:governance");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("decision.ratchet: growth after acceptance makes the check wait", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
    w.label("dbkr", "kind:governance");
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    expect(decision.check).toBe("in_progress");
  });

  test("decision.ratchet: the next motion needs what fits then, not what an earlier one had grown to", () => {
    const w = proposed(GOVERNANCE);
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.unlabel("author", "kind:governance");
    w.say("dbkr", "@mscbot fcp merge");
    expect(w.reconcile().tallies.map((tally) => tally.team)).toEqual(["spec-core-team"]);
  });
});
