import { describe, expect, test } from "vitest";
import { queueOf } from "../../src/domain/duties/queue.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import {
  CLERK,
  inFcp,
  OUTSIDER,
  proposed,
  START,
  type World,
  type WorldOptions,
  world,
} from "../support/world.js";
import { announced, answerTo, outcomeOf, refusalOf, replies } from "./reading.js";

const QUEUE = "proposal-ready-for-review";
const OBSOLETE = "obsolete";
const LIFE: Rules = { ...MATRIX, readyLabel: QUEUE, obsoleteLabel: OBSOLETE };
const alive = (over: WorldOptions = {}): WorldOptions => ({ rules: LIFE, ...over });
const PLACEHOLDER = MATRIX.labels.placeholder;

describe("proposal.ready", () => {
  test("proposal.ready: an author’s word puts it into the queue, with a label and since when", () => {
    const w = world(alive());
    const said = w.say("author", "@mscbot ready");
    const decision = w.reconcile();
    expect(w.labels).toContain(QUEUE);
    expect(answerTo(w, said)?.thumbsUp).toBe(true);
    expect(w.check?.summary).toContain(
      "It waits for the team since 2 March 2026, 12:00 UTC, when [author said](",
    );
    expect(replies(w)).toEqual([]);
    const other = world(alive());
    other.wait(-DAY).say("author", "@mscbot ready for review");
    const older = other.reconcile();
    const listed = queueOf([
      { pull: { ...w.pull, number: 1 }, decision },
      { pull: { ...w.pull, number: 2 }, decision: older },
      { pull: { ...w.pull, number: 3 }, decision: world().decide() },
    ]);
    expect(listed.map(({ number }) => number)).toEqual([2, 1]);
  });

  test("proposal.ready: saying it again changes nothing about since when", () => {
    const w = world(alive());
    w.say("author", "@mscbot ready");
    const since = w.reconcile().waiting?.at;
    w.wait(DAY).say("author", "@mscbot ready");
    expect(w.reconcile().waiting?.at).toBe(since);
  });

  test("proposal.ready: a motion takes it off, and its cancelling puts it on no more", () => {
    const w = world(alive());
    w.say("author", "@mscbot ready");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(w.labels).not.toContain(QUEUE);
    w.say("richvdh", "@mscbot fcp cancel");
    const decision = w.reconcile();
    expect([decision.waiting, w.labels.has(QUEUE)]).toEqual([undefined, false]);
  });

  test("proposal.ready: what somebody takes off by hand is not put on again, and waits no more, until it is said again", () => {
    const w = world(alive());
    w.say("author", "@mscbot ready");
    w.reconcile();
    w.unlabel("dbkr", QUEUE);
    expect([w.reconcile().waiting, w.labels.has(QUEUE)]).toEqual([undefined, false]);
    w.wait(DAY).say("author", "@mscbot ready");
    expect(w.reconcile().waiting?.at).toBe(w.register.ready?.at);
    expect(w.labels).toContain(QUEUE);
  });

  test.each([
    ["draft", () => world(alive({ draft: true })), "draft"],
    ["proposed", () => proposed(alive()), "moved_already"],
    ["in FCP", () => inFcp(alive()), "moved_already"],
    ["ended", () => closed(world(alive())), "ended"],
  ] as const)("proposal.ready: nothing to ask for when it is %s", (_, made, code) => {
    const w = made();
    w.say("author", "@mscbot ready");
    expect(refusalOf(w.decide(), "author")).toBe(code);
    w.reconcile();
    expect(w.labels).not.toContain(QUEUE);
  });

  test("proposal.ready: neither a member nor a stranger says it for the author", () => {
    const w = world(alive());
    w.say("dbkr", "@mscbot ready");
    w.say(OUTSIDER, "@mscbot ready");
    w.reconcile();
    expect(w.labels).not.toContain(QUEUE);
    expect(replies(w).every((body) => body.includes("is for the authors of this proposal"))).toBe(true);
  });

  test("proposal.ready: a draft is not in the queue, and comes back to its place", () => {
    const w = world(alive());
    w.say("author", "@mscbot ready");
    const since = w.reconcile().waiting?.at;
    w.draft();
    expect(w.reconcile().waiting).toBeUndefined();
    w.ready();
    expect(w.reconcile().waiting?.at).toBe(since);
  });

  test("proposal.ready: killed after any write, the next look puts the label on", () => {
    for (const writes of [0, 1, 2]) {
      const w = world(alive());
      w.say("author", "@mscbot ready");
      w.reconcile(writes);
      w.reconcile();
      expect(w.labels).toContain(QUEUE);
    }
  });
});

function closed(w: World): World {
  w.close("author");
  w.reconcile();
  return w;
}

describe("proposal.superseded", () => {
  test("proposal.superseded: an author says it, and it is said once, linked and labelled", () => {
    const w = world(alive());
    w.say("author", "@mscbot ready");
    w.reconcile();
    const said = w.say("author", "@mscbot superseded by MSC4321");
    w.reconcile();
    expect([w.labels.has(OBSOLETE), w.labels.has(QUEUE)]).toEqual([true, false]);
    expect(answerTo(w, said)?.thumbsUp).toBe(true);
    expect(replies(w)).toEqual([
      `@author, in answer to [your comment](${said.url}):\n\nNoted: this proposal is superseded by [4321](https://github.example/matrix-org/matrix-spec-proposals/pull/4321). It is labelled “obsolete”. The pull request stays open until you close it; if it goes on after all, say \`@mscbot ready\`.`,
    ]);
    expect(w.check?.summary).toContain("It is superseded by [4321](");
    expect(w.pull.state).toBe("open");
  });

  test("proposal.superseded: what is proposed is off with it; in FCP it is the teams’", () => {
    const w = proposed(alive());
    w.say("author", "@mscbot obsolete");
    const decision = w.reconcile();
    expect(decision.register.motion?.end).toMatchObject({ kind: "cancelled", how: "command" });
    expect(replies(w)).toEqual([]);
    expect(w.comments("announce", "1:cancelled")[0]?.body).toContain(
      "is off. It is obsolete, and is labelled so.",
    );
    expect(w.labels).not.toContain("proposed-final-comment-period");
    const running = inFcp(alive());
    running.say("author", "@mscbot superseded by 5");
    expect(refusalOf(running.decide(), "author")).toBe("withdrawn_in_fcp");
  });

  test("proposal.superseded: a member’s cancel with it says the same, in FCP too", () => {
    const w = inFcp(alive());
    w.say("dbkr", "@mscbot fcp cancel: superseded by #77, which has it all");
    const decision = w.reconcile();
    expect(decision.register.obsolete).toMatchObject({ supersededBy: 77, by: { login: "dbkr" } });
    expect(w.labels).toContain(OBSOLETE);
    expect(w.comments("announce", "1:cancelled")[0]?.body).toContain("superseded by [77](");
  });

  test("proposal.superseded: without the key a cancel with such a reason is a cancel and nothing else", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot fcp cancel: superseded by #77");
    const decision = w.reconcile();
    expect([decision.phase, decision.register.obsolete]).toEqual(["in_review", undefined]);
  });

  test("proposal.superseded: who closes it first can say why afterwards; of what was merged nobody can", () => {
    const w = world(alive());
    w.close("author");
    w.say("author", "@mscbot superseded by 5");
    w.reconcile();
    expect(w.labels).toContain(OBSOLETE);
    const merged = world(alive());
    merged.merge("dbkr");
    merged.say("author", "@mscbot superseded by 5");
    expect(refusalOf(merged.decide(), "author")).toBe("ended");
  });

  test("proposal.superseded, override.second: of what was decided elsewhere nobody can, closed or not", () => {
    for (const close of [false, true]) {
      const w = world(alive());
      w.say("ara4n", "@mscbot override finished: under embargo");
      w.reconcile();
      w.say("dbkr", "@mscbot second");
      w.reconcile();
      if (close) closed(w);
      w.say("author", "@mscbot obsolete");
      expect(refusalOf(w.decide(), "author")).toBe(close ? "ended" : "concluded");
      w.reconcile();
      expect(w.labels).not.toContain(OBSOLETE);
    }
  });

  test("proposal.superseded: saying it again says nothing again, naming another does", () => {
    const w = world(alive());
    const says = (words: string) => {
      w.say("author", `@mscbot ${words}`);
      w.reconcile();
      return replies(w).length;
    };
    expect(["superseded by 5", "superseded by 5", "superseded by 6"].map(says)).toEqual([1, 1, 2]);
    w.unlabel("uhoreg", OBSOLETE);
    expect(says("superseded by 6")).toBe(3);
    expect(w.labels).toContain(OBSOLETE);
  });

  test.each(["superseded by", "superseded by 1234", "superseded by the other one"])(
    "proposal.superseded: “%s” names no other proposal",
    (words) => {
      const w = world(alive());
      w.say("author", `@mscbot ${words}`);
      expect(refusalOf(w.decide(), "author")).toBe("superseded_by_what");
    },
  );

  test("proposal.superseded: a label of people’s is theirs, and one that is taken off stays off", () => {
    const w = world(alive());
    w.label("dbkr", OBSOLETE);
    w.reconcile();
    expect(w.labels).toContain(OBSOLETE);
    w.unlabel("dbkr", OBSOLETE);
    w.say("author", "@mscbot obsolete");
    w.reconcile();
    w.unlabel("uhoreg", OBSOLETE);
    w.reconcile();
    expect(w.labels).not.toContain(OBSOLETE);
  });

  test("proposal.superseded: what goes on after all loses the clerk’s label", () => {
    for (const [login, words] of [
      ["author", "ready"],
      ["dbkr", "fcp merge"],
    ] as const) {
      const w = world(alive());
      w.say("author", "@mscbot obsolete");
      w.reconcile();
      w.say(login, `@mscbot ${words}`);
      w.reconcile();
      expect(w.labels).not.toContain(OBSOLETE);
    }
  });

  test("proposal.superseded: no stranger and no member says it for the author", () => {
    const w = world(alive());
    w.say(OUTSIDER, "@mscbot superseded by 5");
    w.say("dbkr", "@mscbot obsolete");
    expect([outcomeOf(w.decide(), OUTSIDER), outcomeOf(w.decide(), "dbkr")]).toEqual(["refused", "refused"]);
  });
});

describe("proposal.placeholder", () => {
  const SWAPS: Rules = { ...MATRIX, filledPlaceholder: { takeOff: ["action-required"] } };
  const empty = (over: WorldOptions = {}): World => {
    const w = world({
      rules: SWAPS,
      labels: [PLACEHOLDER, "action-required", "needs-implementation"],
      files: [],
      draft: true,
      ...over,
    });
    w.reconcile();
    return w;
  };
  const fill = (w: World): void => {
    w.files = [{ path: "proposals/1234-thing.md", change: "added" }];
    w.push("b".repeat(40));
    w.reconcile();
  };

  test("proposal.placeholder: one that receives a text becomes a proposal, said once, and keeps its other labels", () => {
    const w = empty();
    expect([...w.labels]).toEqual([PLACEHOLDER, "action-required", "needs-implementation"]);
    fill(w);
    expect([...w.labels]).toEqual(["needs-implementation", "proposal"]);
    expect(announced(w)).toEqual(["placeholder-filled"]);
    expect(w.decide().phase).toBe("draft");
  });

  test("proposal.placeholder: put back by hand it stays one, and nothing is said again", () => {
    const w = empty();
    fill(w);
    w.label("dbkr", PLACEHOLDER);
    w.reconcile();
    expect(w.labels).toContain(PLACEHOLDER);
    expect(announced(w)).toEqual(["placeholder-filled"]);
  });

  test("proposal.placeholder: one that had a text when the clerk first saw it is for people to sort", () => {
    const w = empty({ files: [{ path: "proposals/1234-thing.md", change: "added" }] });
    w.push("b".repeat(40));
    w.reconcile();
    expect(w.labels).toContain(PLACEHOLDER);
  });

  test("proposal.placeholder: without the key people do it, and when not all files are known nothing is done", () => {
    const w = empty({ rules: MATRIX });
    fill(w);
    expect(w.labels).toContain(PLACEHOLDER);
    const cut = empty();
    Object.assign(cut, { filesCutOff: true });
    fill(cut);
    expect(cut.labels).toContain(PLACEHOLDER);
  });

  test("proposal.placeholder: killed after any write it ends the same, and the comment that is deleted is not posted again", () => {
    for (const writes of [0, 1, 2, 3, 4]) {
      const w = empty();
      w.files = [{ path: "proposals/1234-thing.md", change: "added" }];
      w.push("b".repeat(40));
      w.reconcile(writes);
      w.reconcile();
      expect([...w.labels]).toEqual(["needs-implementation", "proposal"]);
      expect(announced(w)).toEqual(["placeholder-filled"]);
      for (const comment of w.comments("announce")) w.removeOwn(comment, "dbkr");
      w.wait(HOUR).reconcile();
      expect(announced(w)).toEqual([]);
    }
  });
});

describe("said.welcome", () => {
  const KIND: Rules = { ...MATRIX, welcome: { process: "https://example.org/process" } };
  const arrived = (over: WorldOptions = {}, change?: (w: World) => void): World => {
    const w = world({ rules: KIND, ...over });
    w.pull.newcomer = true;
    w.pull.createdAt = START - MINUTE;
    change?.(w);
    w.reconcile();
    return w;
  };

  test("said.welcome: the first proposal of a newcomer is welcomed once, in five lines at most", () => {
    const w = arrived();
    expect(announced(w)).toEqual(["welcome"]);
    expect(w.comments("announce", "welcome")[0]?.body.split("\n").length).toBeLessThanOrEqual(5);
    w.wait(DAY).say("author", "@mscbot status");
    w.reconcile();
    expect(announced(w)).toEqual(["welcome"]);
  });

  test("said.welcome: it comes when the label makes a proposal of it, and a draft is one", () => {
    const w = arrived({ labels: [], draft: true });
    expect(announced(w)).toEqual([]);
    w.wait(5 * DAY).label("dbkr", "proposal");
    w.reconcile();
    expect(announced(w)).toEqual(["welcome"]);
  });

  test.each<[string, (w: World) => void]>([
    ["whose earlier work was merged here", (w) => delete w.pull.newcomer],
    ["on a locked one", (w) => Object.assign(w.pull, { locked: true })],
    ["opened before the clerk came", (w) => Object.assign(w, { adoptedAt: START })],
    ["opened more than a day before", (w) => Object.assign(w.pull, { createdAt: START - DAY - HOUR })],
    ["of a member", (w) => Object.assign(w.pull, { author: w.account("dbkr") })],
    ["of a bot", (w) => Object.assign(w.pull, { author: w.account("some-bot") })],
    ["of an account that is gone", (w) => Object.assign(w.pull, { author: null })],
    ["that is closed", (w) => w.close("author")],
  ])("said.welcome: nobody is welcomed %s", (_, change) => {
    expect(announced(arrived({}, change))).toEqual([]);
  });

  test("said.welcome: not where it was opened before the key was there", () => {
    const w = arrived({ rules: MATRIX });
    w.rules = KIND;
    w.wait(MINUTE).reconcile();
    expect(announced(w)).toEqual([]);
  });

  test("said.welcome: deleted by a maintainer it is not posted again", () => {
    const w = arrived();
    for (const comment of w.comments("announce")) w.removeOwn(comment, "dbkr");
    w.wait(HOUR).reconcile();
    expect(announced(w)).toEqual([]);
  });

  test("said.welcome: killed before it was posted, it is posted by the next look", () => {
    for (const writes of [0, 1]) {
      const w = world({ rules: KIND });
      w.pull.newcomer = true;
      w.pull.createdAt = START - MINUTE;
      w.reconcile(writes);
      w.reconcile();
      expect(announced(w)).toEqual(["welcome"]);
    }
  });
});

test("proposal.ready, proposal.superseded, proposal.placeholder, said.welcome: with every key off nothing of it is done, and its words mean nothing", () => {
  const w = world();
  w.pull.newcomer = true;
  w.pull.createdAt = START - MINUTE;
  w.say("author", "@mscbot ready");
  w.say("author", "@mscbot obsolete");
  w.say("author", "@mscbot not an author");
  w.say("author", "@mscbot not sure about this");
  const decision = w.decide();
  expect(decision.verdicts.every(({ why }) => why?.code === "not_a_member")).toBe(true);
  w.reconcile();
  expect([...w.labels]).toEqual(["proposal"]);
  expect(announced(w)).toEqual([]);
  expect(w.comments("reply")).toHaveLength(1);
  expect(
    w.actions.some((action) => action.kind === "create_comment" && action.marker.kind === "announce"),
  ).toBe(false);
  expect(CLERK.login).toBe(w.snapshot().clerk.login);
});
