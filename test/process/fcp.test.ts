import { describe, expect, test } from "vitest";
import { advance } from "../../src/domain/decide/fcp.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { MATRIX, rules } from "../support/rules.js";
import { CLERK, HEAD, inFcp, proposed, SCT, world } from "../support/world.js";
import { announced, answerTo, yes } from "./reading.js";

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];
const NEW = "b".repeat(40);
const NEWER = "d".repeat(40);
const LABEL = "final-comment-period";

const running = (w: ReturnType<typeof world>) => {
  const fcp = w.decide().register.motion?.fcp;
  if (fcp?.state !== "running") throw new Error("FCP does not run");
  return fcp;
};

describe("fcp.begin", () => {
  const almost = () => {
    const w = proposed();
    for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
    return w;
  };

  test("fcp.begin: at the look that finds every needed team passed, no open concern and no hold", () => {
    const w = almost();
    w.say("ara4n", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect([...w.labels].sort()).toEqual(["disposition-merge", LABEL, "proposal"]);
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test.each([
    ["an approving review", (w: ReturnType<typeof world>) => void w.review("ara4n", "approved")],
    ["a tick", (w: ReturnType<typeof world>) => w.tick("ara4n")],
    ["a ballot label", (w: ReturnType<typeof world>) => w.label("ara4n", "vote:approve")],
    [
      "a roster change",
      (w: ReturnType<typeof world>) => {
        w.leave("spec-core-team", "KitsuneRal");
        w.leave("spec-core-team", "anoadragon453");
      },
    ],
  ])("fcp.begin: whatever brought it about: %s", (_what, last) => {
    const w = almost();
    last(w);
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("fcp.begin: a look long after the last vote, its webhook lost, begins it then", () => {
    const w = almost();
    w.say("ara4n", "@mscbot reviewed");
    w.wait(3 * DAY);
    const asked = w.now;
    w.reconcile();
    expect(running(w).startedAt).toBeGreaterThanOrEqual(asked);
  });

  test("fcp.begin: moved and passed within one look, it begins in that look", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test("fcp.begin: a vote taken back in the same look keeps it from beginning", () => {
    const w = almost();
    w.say("ara4n", "@mscbot reviewed");
    w.say("dbkr", "@mscbot retract");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("fcp.begin: until its label is on, nothing is announced and the check says so", () => {
    const w = almost();
    w.say("ara4n", "@mscbot reviewed");
    const decision = w.decide();
    expect(decision.phase).toBe("proposed");
    expect(decision.reason.code).toBe("beginning");
    expect(w.plan().filter((action) => action.kind === "create_comment")).toEqual([]);
  });
});

describe("fcp.latch", () => {
  test("fcp.latch: the clerk's own first FCP-label event of the motion is the start", () => {
    const w = inFcp();
    const event = w.events.find((one) => one.kind === "labeled" && one.label === LABEL);
    expect(event?.byClerk).toBe(true);
    expect(running(w).startedAt).toBe(event?.at);
  });

  test("fcp.latch: an FCP label put on by hand starts nothing and is taken off", () => {
    const w = proposed();
    w.label("dbkr", LABEL);
    expect(w.reconcile().phase).toBe("proposed");
    expect([...w.labels]).not.toContain(LABEL);
  });

  test("fcp.latch: if the label already stands by hand at the beginning, it is taken off and put on", () => {
    const w = proposed();
    w.label("dbkr", LABEL);
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
    const events = w.events.flatMap((one) =>
      (one.kind === "labeled" || one.kind === "unlabeled") && one.label === LABEL
        ? [[one.kind, one.byClerk]]
        : [],
    );
    expect(events).toEqual([
      ["labeled", false],
      ["unlabeled", true],
      ["labeled", true],
    ]);
    expect(running(w).startedAt).toBe(w.events.findLast((one) => one.kind === "labeled")?.at);
  });

  test("fcp.latch: killed after the label was put on, the start is that label's time still", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    const writes = w.plan().findIndex((action) => action.kind === "add_label" && action.latch) + 1;
    w.reconcile(writes);
    const event = w.events.findLast((one) => one.kind === "labeled" && one.label === LABEL);
    expect(event?.byClerk).toBe(true);
    w.wait(2 * DAY);
    w.reconcile();
    expect(running(w).startedAt).toBe(event?.at);
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test("fcp.latch: decided but killed before the label, a vote taken back meanwhile keeps it from beginning", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    w.reconcile(1);
    expect(w.decide().register.motion?.fcp?.state).toBe("decided");
    w.say("dbkr", "@mscbot retract");
    expect(w.reconcile().phase).toBe("proposed");
    expect(w.decide().register.motion?.fcp).toBeNull();
    w.say("dbkr", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("fcp.latch: a vote taken back after the label was put on comes too late", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    const writes = w.plan().findIndex((action) => action.kind === "add_label" && action.latch) + 1;
    w.reconcile(writes);
    w.say("dbkr", "@mscbot retract");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test.each([
    ["untick", (w: ReturnType<typeof world>) => w.tick("dbkr", "dbkr", { untick: true })],
    ["roster change", (w: ReturnType<typeof world>) => w.join("spec-core-team", "newcomer")],
    ["push", (w: ReturnType<typeof world>) => w.push(NEW)],
    ["retract", (w: ReturnType<typeof world>) => void w.say("dbkr", "@mscbot retract")],
    ["request for changes", (w: ReturnType<typeof world>) => void w.review("dbkr", "changes_requested")],
    ["label taken off by hand", (w: ReturnType<typeof world>) => w.unlabel("dbkr", LABEL)],
  ])("fcp.latch: a later %s does not undo it", (_what, doing) => {
    const w = inFcp();
    const before = running(w);
    doing(w);
    expect(w.reconcile().phase).toBe("fcp");
    expect(running(w)).toEqual(before);
    expect([...w.labels]).toContain(LABEL);
  });

  test("fcp.latch: the label put back by the clerk is no second start", () => {
    const w = inFcp();
    const before = running(w);
    w.wait(DAY);
    w.unlabel("maintainer", LABEL);
    w.reconcile();
    w.wait(HOUR);
    w.reconcile();
    expect(running(w)).toEqual(before);
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test("fcp.latch: only cancel undoes it", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("fcp.latch: an event of the clerk's label that GitHub shows late does not start a later motion's FCP in the past", () => {
    const w = inFcp();
    w.unlabel("maintainer", LABEL);
    w.reconcile();
    const putBack = w.events.at(-1);
    expect(putBack).toMatchObject({ kind: "labeled", byClerk: true });
    const hidden = w.events;
    w.events = hidden.slice(0, -1);
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot fcp merge");
    for (const login of ["ara4n", "erikjohnston", "richvdh", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const moved = w.now;
    w.reconcile(1);
    w.events = [...w.events, ...hidden.slice(-1)];
    w.reconcile();
    expect(running(w).startedAt).toBeGreaterThanOrEqual(moved);
  });

  test("fcp.latch: with the register lost, FCP is rebuilt from the clerk's own label event", () => {
    const w = inFcp();
    const { startedAt, endsAt } = running(w);
    w.wait(DAY);
    w.forget();
    w.reconcile();
    expect(running(w)).toMatchObject({ startedAt, endsAt });
    expect(announced(w).filter((key) => !key.startsWith("rebuilt"))).toEqual(["1:fcp_begun"]);
  });
});

describe("fcp.length", () => {
  test("fcp.length: five days from that event's time to the same moment of the day", () => {
    const { startedAt, endsAt } = running(inFcp());
    expect(endsAt - startedAt).toBe(5 * DAY);
    expect(new Date(endsAt).toISOString().slice(11)).toBe(new Date(startedAt).toISOString().slice(11));
  });

  test("fcp.length: the config says how long", () => {
    const { startedAt, endsAt } = running(inFcp({ rules: rules({ finalCommentPeriod: 10 * DAY }) }));
    expect(endsAt - startedAt).toBe(10 * DAY);
  });

  test.each([1, 10])(
    "fcp.length: it is fixed at the start; a config of %i days later does not change it",
    (days) => {
      const w = inFcp();
      const before = running(w);
      w.rules = { ...w.rules, finalCommentPeriod: days * DAY };
      w.reconcile();
      expect(running(w)).toEqual(before);
      w.wait(4 * DAY);
      expect(w.reconcile().phase).toBe("fcp");
      w.wait(DAY);
      expect(w.reconcile().phase).toBe("concluded");
    },
  );

  test("fcp.length: its end is told in UTC where it is announced", () => {
    const w = inFcp();
    expect(w.comments("announce")[0]?.body).toContain("7 March 2026, 12:");
    expect(w.comments("announce")[0]?.body).toContain("UTC");
  });
});

describe("fcp.conclude", () => {
  test("fcp.conclude: not a second before its end", () => {
    const w = inFcp();
    w.now = running(w).endsAt - SECOND;
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("fcp.conclude: at the first look at its end", () => {
    const w = inFcp();
    w.now = running(w).endsAt;
    expect(w.decide().phase).toBe("concluded");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("fcp.conclude: the clerk knows when to look again by itself", () => {
    const w = inFcp();
    expect(w.reconcile().nextCheckAt).toBe(running(w).endsAt);
  });

  test("fcp.conclude: blocked at the very moment of its end, it does not ask to be looked at again at once", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.now = running(w).endsAt;
    const { nextCheckAt, at } = w.decide();
    expect(nextCheckAt).toBeGreaterThan(at);
  });

  test("fcp.conclude: an FCP whose end passed while the app was down concludes once, at the next start", () => {
    const w = inFcp();
    w.wait(30 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    w.wait(DAY);
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("fcp.conclude: a motion to merge: announced, the mover reminded to merge, the check green", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    const decision = w.reconcile();
    expect(decision.check).toBe("success");
    expect(w.check?.verdict).toBe("success");
    expect(w.comments("announce", "1:concluded")[0]?.body).toMatch(/@richvdh.*merge/);
    expect([...w.labels].sort()).toEqual(["finished-final-comment-period", "proposal"]);
    expect(w.pull.state).toBe("open");
  });

  test("fcp.conclude: what announces success goes last", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    const kinds = w.plan().map((action) => action.kind);
    expect(kinds.at(-1)).toBe("put_check");
    expect(kinds.indexOf("put_check")).toBe(kinds.length - 1);
  });

  test.each(["merge", "squash", "rebase"] as const)(
    "fcp.conclude: merging by the clerk is opt-in (%s), after the check is green",
    (merge) => {
      const w = inFcp({ rules: rules({ conclude: { ...MATRIX.conclude, merge } }) });
      w.wait(5 * DAY);
      const decision = w.reconcile();
      expect(w.pull.state).toBe("merged");
      expect(decision.phase).toBe("ended");
      expect(decision.reason.code).toBe("merged_accepted");
      expect(w.actions.find((action) => action.kind === "merge_pull")).toMatchObject({
        method: merge,
        head: HEAD,
      });
    },
  );

  test("fcp.conclude: with merging opted in, a text that moved is not merged before its approval", () => {
    const w = inFcp({ rules: rules({ conclude: { ...MATRIX.conclude, merge: "squash" } }) });
    w.push(NEW);
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("open");
    w.review("dbkr", "approved");
    w.reconcile();
    expect(w.pull.state).toBe("open");
    w.review("uhoreg", "approved");
    w.reconcile();
    expect(w.pull.state).toBe("merged");
  });

  test("fcp.conclude: a motion to close: the PR is closed", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("ended");
    expect(w.pull.state).toBe("closed");
    expect([...w.labels].sort()).toEqual(["proposal", "rejected"]);
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("fcp.conclude: a motion to postpone: labelled and closed", () => {
    const w = inFcp({}, "postpone");
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("closed");
    expect([...w.labels].sort()).toEqual(["proposal", "proposal-postponed"]);
  });

  test.each([
    ["close", "rejected"],
    ["postpone", "proposal-postponed"],
  ] as const)(
    "fcp.conclude: to %s without closing, where the config says so, it is labelled all the same",
    (disposition, label) => {
      const conclude = { ...MATRIX.conclude, [disposition]: "nothing" };
      const w = inFcp({ rules: rules({ conclude }) }, disposition);
      w.wait(5 * DAY);
      const decision = w.reconcile();
      expect(decision.register.motion?.end?.kind).toBe("concluded");
      expect(w.pull.state).toBe("open");
      expect([...w.labels].sort()).toEqual([label, "proposal"].sort());
    },
  );

  test.each(["close", "postpone"])(
    "fcp.conclude: who reopens it after a decision to %s is not fought, and finds it in review",
    (disposition) => {
      const w = inFcp({}, disposition);
      w.wait(5 * DAY);
      w.reconcile();
      w.reopen("author");
      const decision = w.reconcile();
      expect(decision.phase).toBe("in_review");
      expect(w.pull.state).toBe("open");
      expect([...w.labels]).not.toContain("finished-final-comment-period");
      expect(decision.tallies.every((tally) => tally.yes === 0)).toBe(true);
    },
  );

  test("fcp.conclude: closing that was killed half way is finished at the next look, announced once", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    const writes = w.plan().findIndex((action) => action.kind === "close_pull") + 1;
    w.reconcile(writes);
    expect(w.pull.state).toBe("closed");
    w.wait(MINUTE);
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("fcp.conclude: blocked at its end it says so, once, and then concludes once", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot concern A");
    w.wait(5 * DAY);
    w.reconcile();
    w.wait(DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot resolve A");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun", "1:fcp_blocked", "1:concluded"]);
  });

  test("fcp.conclude: the decision record holds every vote, the threshold, the roster's commit and the head", () => {
    const w = inFcp();
    w.say("KitsuneRal", "@mscbot abstain");
    w.wait(5 * DAY);
    const { fcp, end } = w.reconcile().register.motion ?? {};
    expect(fcp).toMatchObject({
      decided: {
        head: HEAD,
        rosterCommit: "c".repeat(40),
        tallies: [{ size: 8, need: { team: "spec-core-team" } }],
      },
    });
    const votes = fcp?.state === "running" ? fcp.decided?.tallies[0]?.votes : [];
    expect(votes?.filter((vote) => vote.choice === "yes")).toHaveLength(6);
    expect(end).toMatchObject({
      kind: "concluded",
      record: { head: HEAD, rosterCommit: "c".repeat(40), tallies: [] },
      since: [{ size: 8, left: [], votes: [{ member: { login: "KitsuneRal" }, choice: "abstain" }] }],
    });
    expect(w.comments("announce", "1:concluded")[0]?.body).toContain("KitsuneRal");
  });

  test("fcp.conclude: where the config closes nothing, a decision to close leaves it in review", () => {
    const w = inFcp({ rules: rules({ conclude: { ...MATRIX.conclude, close: "nothing" } }) }, "close");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("in_review");
    expect(w.pull.state).toBe("open");
  });

  test("fcp.conclude: votes retracted during FCP do not keep it from concluding", () => {
    const w = inFcp();
    for (const login of VOTERS) w.say(login, "@mscbot retract");
    w.wait(5 * DAY);
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    expect(yes(decision)).toBe(1);
  });

  test("fcp.conclude: closed and reopened after acceptance, the decision is kept", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.close("author");
    expect(w.reconcile().phase).toBe("ended");
    expect([...w.labels]).toContain("finished-final-comment-period");
    w.reopen("author");
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
  });

  test("fcp.conclude: accepted and merged, the label of the next step is put on", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    const decision = w.reconcile();
    expect(decision.reason.code).toBe("merged_accepted");
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("fcp.conclude: a clerk whose clock runs ahead does not close a second time what people reopened", () => {
    const w = inFcp({}, "close");
    w.wait(6 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("closed");
    w.reopen("dbkr");
    w.reconcile();
    expect(w.pull.state).toBe("open");
    w.wait(20 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("open");
  });
});

describe("the moments of the Final Comment Period", () => {
  const record = { head: HEAD, rosterCommit: null, tallies: [] };
  const all = { begins: true, concludes: true, record, head: HEAD, now: Number.MAX_SAFE_INTEGER };
  const motionOf = (w: ReturnType<typeof world>) => {
    const { motion } = w.reconcile().register;
    if (motion === null) throw new Error("there is a motion");
    return motion;
  };

  test("fcp.conclude: what has ended neither begins nor ends again", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    const motion = motionOf(w);
    expect(motion.end?.kind).toBe("concluded");
    expect(advance(motion, all)).toBe(motion);
  });

  test("fcp.latch: a label that goes on after the motion was cancelled begins nothing", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    w.reconcile(w.plan().findIndex((action) => action.kind === "add_label" && action.latch));
    expect(w.register.motion?.fcp?.state).toBe("decided");
    w.say("dbkr", "@mscbot cancel");
    w.label(CLERK.login, LABEL);
    const { motion } = w.decide().register;
    expect(motion?.end?.kind).toBe("cancelled");
    expect(motion?.fcp?.state).not.toBe("running");
  });

  test("fcp.begin: what was decided once is not decided anew at the next look, before the label is on", () => {
    const decided = advance({ ...motionOf(proposed()), fcp: null }, { ...all, now: 1 });
    expect(decided.fcp).toMatchObject({ state: "decided", at: 1 });
    expect(advance(decided, { ...all, now: 2 })).toBe(decided);
  });
});

describe("fcp.after", () => {
  const moved = (options: Parameters<typeof inFcp>[0] = {}) => {
    const w = inFcp(options);
    w.push(NEW);
    w.wait(5 * DAY);
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    return w;
  };

  test("fcp.after: while the text is another than the one voted on, the check waits", () => {
    const w = moved();
    const decision = w.decide();
    expect(decision.check).toBe("in_progress");
    expect(decision.reason).toMatchObject({ code: "accepted_waiting", approval: { needed: 2 } });
    expect(decision.after).toMatchObject({ from: HEAD, head: NEW, moved: true, approvedBy: [], met: false });
  });

  test("fcp.after: a rewrite pushed a minute before the end does not turn green without fresh approvals", () => {
    const w = inFcp();
    w.now = running(w).endsAt - MINUTE;
    w.push(NEW);
    w.wait(HOUR);
    expect(w.reconcile().check).toBe("in_progress");
  });

  test("fcp.after: approving reviews of that text by two members let it pass, one is named and not enough", () => {
    const w = moved();
    w.review("dbkr", "approved");
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { approvedBy: [{ login: "dbkr" }] } });
    expect(w.status()?.body).toContain(
      "@dbkr has approved this text; one more member other than the author has to before it is merged.",
    );
    w.review("dbkr", "approved");
    expect(w.reconcile().check).toBe("in_progress");
    w.review("uhoreg", "approved");
    expect(w.reconcile().check).toBe("success");
    expect(w.status()?.body).toContain("@dbkr and @uhoreg have approved the latest text.");
  });

  test("fcp.after: given before the end, they let it pass at the end", () => {
    const w = inFcp();
    w.push(NEW);
    w.review("dbkr", "approved");
    w.review("uhoreg", "approved");
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: approvals of an older text do not", () => {
    const w = moved();
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved", "", HEAD);
    expect(w.reconcile().check).toBe("in_progress");
  });

  test("fcp.after: after another push they are needed anew", () => {
    const w = moved();
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    expect(w.reconcile().check).toBe("success");
    w.push(NEWER);
    expect(w.reconcile().check).toBe("in_progress");
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: who sits in both teams that are needed is one of the two, and not both", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    for (const login of [...VOTERS, "AmandineLP"]) w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().phase).toBe("fcp");
    w.push(NEW);
    w.review("ara4n", "approved");
    expect(w.reconcile().after).toMatchObject({ approvedBy: [{ login: "ara4n" }], needed: 2, met: false });
  });

  test("fcp.after: the PR's author is not one of the two, though a member", () => {
    const w = moved({ author: "KitsuneRal" });
    w.review("KitsuneRal", "approved");
    w.review("dbkr", "approved");
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { approvedBy: [{ login: "dbkr" }] } });
    w.review("uhoreg", "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: a vote by words, tick or label on that text is a yes to it too, in FCP and afterwards", () => {
    const w = inFcp();
    w.push(NEW);
    w.reconcile();
    w.say("dbkr", "@mscbot reviewed");
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { approvedBy: [{ login: "dbkr" }] } });
    const comment = w.say("uhoreg", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
  });

  test("fcp.after: what was said before the clerk had seen that text is a yes to the one before", () => {
    const w = inFcp();
    for (const login of ["dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    w.push(NEW);
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { approvedBy: [] } });
  });

  test("fcp.after: an approval of this text stands, also where its giver has said yes to another text since", () => {
    const w = moved();
    w.review("dbkr", "approved");
    w.reconcile();
    w.push("e".repeat(40));
    w.reconcile();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.push(NEW);
    expect(w.reconcile().after?.approvedBy).toMatchObject([{ login: "dbkr" }]);
  });

  test("fcp.after: taken back in the very second in which it was given, it is none", () => {
    const w = inFcp();
    w.push(NEW);
    w.reconcile();
    w.atOnce(() => {
      w.review("dbkr", "approved");
      w.say("dbkr", "@mscbot retract");
    });
    expect(w.reconcile().after?.approvedBy).toEqual([]);
  });

  test("fcp.after: taken back, it is a yes no more", () => {
    const w = inFcp();
    w.push(NEW);
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    w.reconcile();
    w.say("dbkr", "@mscbot retract");
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      after: { approvedBy: [{ login: "uhoreg" }] },
    });
  });

  test.each(["mallory", "AmandineLP"])(
    "fcp.after: %s, who is in no team that is needed, is not one of the two",
    (login) => {
      const w = moved();
      w.review("dbkr", "approved");
      w.review(login, "approved");
      expect(w.reconcile().check).toBe("in_progress");
    },
  );

  test("fcp.after: an approval whose giver has left the team since does not count", () => {
    const w = moved();
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    expect(w.reconcile().check).toBe("in_progress");
  });

  test("fcp.after: where the team has one member besides the author, that one is enough; where nobody, nobody is asked", () => {
    for (const [left, approving] of [
      [["dbkr", "uhoreg"], ["dbkr"]],
      [["uhoreg"], []],
    ] as const) {
      const w = moved({ author: "uhoreg" });
      for (const login of SCT) if (!left.some((one) => one === login)) w.leave("spec-core-team", login);
      if (approving.length > 0) expect(w.reconcile().check).toBe("in_progress");
      for (const login of approving) w.review(login, "approved");
      expect(w.reconcile().check).toBe("success");
    }
  });

  test("fcp.after: a member who wrote some of it may approve all of it, as names in commits are anybody's", () => {
    const w = moved();
    for (const login of SCT.slice(0, 2)) w.review(login, "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: an approval dismissed by its giver counts no more, dismissed by a push or another it does", () => {
    const w = moved();
    const review = w.review("dbkr", "approved");
    w.review("uhoreg", "approved");
    expect(w.reconcile().check).toBe("success");
    w.dismiss(review, "maintainer");
    expect(w.reconcile().check).toBe("success");
    w.dismiss(review, "dbkr");
    expect(w.reconcile().check).toBe("in_progress");
  });

  test.each(["words", "a review in FCP"])(
    "fcp.after: by requested changes a yes given by %s is taken back after the conclusion too, whoever resolves the concern",
    (how) => {
      const w = inFcp();
      w.push(NEW);
      w.reconcile();
      w.wait(MINUTE);
      if (how !== "words") for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
      w.wait(5 * DAY);
      w.reconcile();
      if (how === "words") for (const login of ["dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
      expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
      w.wait(MINUTE);
      w.review("dbkr", "changes_requested", "not like this");
      w.reconcile();
      w.say("richvdh", "@mscbot resolve all");
      expect(w.reconcile()).toMatchObject({
        phase: "concluded",
        check: "in_progress",
        after: { met: false },
      });
      w.review("dbkr", "approved");
      expect(w.reconcile().check).toBe("success");
    },
  );

  test("fcp.after: dismissed by its giver after the conclusion, an approval given in FCP is a yes no more", () => {
    const w = inFcp();
    w.push(NEW);
    w.reconcile();
    const own = w.review("dbkr", "approved");
    w.review("uhoreg", "approved");
    w.reconcile();
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
    w.dismiss(own, "dbkr");
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "in_progress" });
  });

  test("fcp.after: pushed back to the text that was voted on, nothing is missing", () => {
    const w = moved();
    w.push(HEAD);
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: the status comment asks for the approval, with a compare link", () => {
    const w = moved();
    expect(w.status()?.body).toContain(`${HEAD}...${NEW}`);
    expect(w.status()?.body).toMatch(/two members other than the author must approve this very text/);
  });

  test("fcp.after: during FCP already the status comment says that the text has moved", () => {
    const w = inFcp();
    w.push(NEW);
    w.reconcile();
    expect(w.status()?.body).toContain(`${HEAD}...${NEW}`);
  });

  test("fcp.after: with the record lost, a rewrite pushed during FCP still waits for a fresh approval", () => {
    const w = inFcp();
    w.push("b".repeat(40));
    w.happen("author", { kind: "force_pushed", before: HEAD, after: "b".repeat(40) });
    w.ownComments = w.ownComments.filter((one) => one.marker.kind !== "status");
    w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
    w.wait(6 * DAY);
    const d = w.reconcile();
    expect(d.check).toBe("in_progress");
  });
});

test("fcp.latch: the clerk's name on the event is what counts, not the label's colour of the day", () => {
  const w = proposed();
  for (const login of VOTERS) w.say(login, "@mscbot reviewed");
  w.reconcile(1);
  w.label("other-bot", LABEL);
  w.reconcile();
  expect(
    w.events.filter(
      (one) => one.kind === "labeled" && one.label === LABEL && one.actor?.login === CLERK.login,
    ),
  ).toHaveLength(1);
  expect(running(w).startedAt).toBe(w.events.findLast((one) => one.kind === "labeled" && one.byClerk)?.at);
});
