import { describe, expect, test } from "vitest";
import { DEFAULT_LABELS } from "../../src/domain/model/labels.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { rules } from "../support/rules.js";
import { inFcp, proposed, START, type World, world } from "../support/world.js";

const STATES = [
  "proposed-final-comment-period",
  "final-comment-period",
  "finished-final-comment-period",
  "rejected",
  "proposal-postponed",
];

const states = (w: World) => [...w.labels].filter((label) => STATES.includes(label));

describe("label.state", () => {
  test("label.state: in review there is no state label, on any way through there is one at most", () => {
    const w = world();
    const seen: string[][] = [];
    const note = () => {
      w.reconcile();
      seen.push(states(w));
    };
    note();
    w.say("richvdh", "@mscbot fcp merge");
    note();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    note();
    w.wait(5 * DAY);
    note();
    w.say("dbkr", "@mscbot fcp postpone");
    note();
    w.say("dbkr", "@mscbot cancel");
    note();
    expect(seen).toEqual([
      [],
      ["proposed-final-comment-period"],
      ["final-comment-period"],
      ["finished-final-comment-period"],
      ["proposed-final-comment-period"],
      [],
    ]);
  });

  test("label.state: a motion takes off `proposal-in-review`, `finished-…` and `proposal-postponed`", () => {
    const w = world({
      labels: ["proposal", "proposal-in-review", "finished-final-comment-period", "proposal-postponed"],
    });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["disposition-merge", "proposal", "proposed-final-comment-period"]);
  });

  test("label.state: the first open concern puts `unresolved-concerns` on, the last resolve takes it off", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A\n@mscbot concern B");
    w.reconcile();
    expect([...w.labels]).toContain("unresolved-concerns");
    w.say("dbkr", "@mscbot resolve A");
    w.reconcile();
    expect([...w.labels]).toContain("unresolved-concerns");
    w.say("dbkr", "@mscbot resolve B");
    w.reconcile();
    expect([...w.labels]).not.toContain("unresolved-concerns");
  });

  test("label.state: cancel leaves `unresolved-concerns` where a concern is open", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A\n@mscbot fcp cancel");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "unresolved-concerns"]);
  });

  test("label.state: closing before FCP takes the labels off as cancelling does", () => {
    const w = proposed();
    w.close("author");
    w.reconcile();
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test.each([
    ["set", "final-comment-period"],
    ["set", "finished-final-comment-period"],
    ["set", "disposition-close"],
    ["set", "unresolved-concerns"],
    ["removed", "proposed-final-comment-period"],
    ["removed", "disposition-merge"],
  ])("label.state: a label of the clerk's that someone has %s by hand is put right (%s)", (how, label) => {
    const w = proposed();
    const before = [...w.labels].sort();
    if (how === "set") w.label("maintainer", label);
    else w.unlabel("maintainer", label);
    const decision = w.reconcile();
    expect([...w.labels].sort()).toEqual(before);
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion?.disposition).toBe("merge");
  });

  const quarrel = (w: World, times: number) => {
    for (let time = 0; time < times; time++) {
      w.wait(HOUR);
      w.unlabel("maintainer", "proposed-final-comment-period");
      w.reconcile();
    }
  };

  test("label.state: three times a day it is put right, then it says so and leaves it", () => {
    const w = proposed();
    quarrel(w, 3);
    expect(states(w)).toEqual(["proposed-final-comment-period"]);
    quarrel(w, 1);
    expect(states(w)).toEqual([]);
    expect(w.reconcile().contestedLabels).toEqual(["proposed_fcp"]);
    expect(w.status()?.body).toMatch(/“proposed-final-comment-period” has been changed by hand so often/);
  });

  test("label.state: one that is put on again and again where it does not belong is taken off three times a day", () => {
    const w = proposed();
    for (let time = 0; time < 4; time++) {
      expect(w.labels.has("unresolved-concerns")).toBe(false);
      w.label("maintainer", "unresolved-concerns");
      w.reconcile();
      w.wait(HOUR);
    }
    expect(w.reconcile().contestedLabels).toEqual(["unresolved_concerns"]);
    expect(w.labels.has("unresolved-concerns")).toBe(true);
  });

  test("label.state: what is contested changes nothing about the decision, and no other label is left", () => {
    const w = proposed();
    quarrel(w, 4);
    w.unlabel("maintainer", "disposition-merge");
    expect(w.reconcile().phase).toBe("proposed");
    expect([...w.labels]).toContain("disposition-merge");
  });

  test("label.state: a day later it is put right again, and the clerk knows when", () => {
    const w = proposed();
    quarrel(w, 4);
    const next = w.reconcile().nextCheckAt;
    expect(next).not.toBeNull();
    w.now = (next ?? 0) - 1;
    w.reconcile();
    expect(states(w)).toEqual([]);
    w.now = next ?? 0;
    const decision = w.reconcile();
    expect(states(w)).toEqual(["proposed-final-comment-period"]);
    expect(decision.contestedLabels).toEqual([]);
  });

  test("label.state: a quarrel about the proposal label does not free a motion of the clerk's eye", () => {
    const w = proposed();
    for (let time = 0; time < 5; time++) {
      w.unlabel("author", "proposal");
      w.reconcile();
    }
    w.say("dbkr", "@mscbot reviewed");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", tallies: [{ yes: 2 }] });
  });

  test.each(["abandoned", "obsolete", "kind:core", "needs-implementation"])(
    "label.state: `%s` is people's, whatever happens",
    (label) => {
      const w = inFcp();
      w.label("triager", label);
      w.reconcile();
      w.wait(5 * DAY);
      w.reconcile();
      w.merge("richvdh");
      w.reconcile();
      expect([...w.labels]).toContain(label);
    },
  );

  test("label.state: accepted and merged: `spec-pr-missing` for `finished-…`", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("label.state: once people have moved on to `spec-pr-in-review`, the clerk does not start over", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    w.unlabel("triager", "spec-pr-missing");
    w.label("triager", "spec-pr-in-review");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-in-review"]);
    w.unlabel("triager", "spec-pr-in-review");
    w.label("triager", "merged");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["merged", "proposal"]);
  });

  /** Accepted and merged. */
  const merged = () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    return w;
  };

  test("label.state: after the merge the newest that somebody puts on takes the place of the one before, in any order", () => {
    const w = merged();
    for (const label of ["spec-pr-in-review", "merged", "spec-pr-missing", "merged", "spec-pr-in-review"]) {
      w.wait(HOUR);
      w.label("triager", label);
      w.reconcile();
      expect([...w.labels].sort()).toEqual(["proposal", label].sort());
    }
  });

  test("label.state: two put on before the clerk looks, and the later one holds", () => {
    const w = merged();
    w.label("triager", "merged");
    w.label("dbkr", "spec-pr-in-review");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-in-review"]);
  });

  test("label.state: whoever takes back what they put on is back at what somebody had said before", () => {
    const w = merged();
    w.label("triager", "spec-pr-in-review");
    w.reconcile();
    w.label("triager", "merged");
    w.reconcile();
    w.unlabel("triager", "merged");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-in-review"]);
    w.unlabel("triager", "spec-pr-in-review");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("label.state: one of them always stands, and taking the only one off is put right", () => {
    const w = merged();
    w.unlabel("triager", "spec-pr-missing");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("label.state: a change to the specification begun before the merge is kept", () => {
    const w = inFcp();
    w.label("author", "spec-pr-in-review");
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-in-review"]);
  });

  test("label.state: going back and forth among them contests nothing", () => {
    const w = merged();
    for (let turn = 0; turn < 5; turn += 1)
      for (const label of ["merged", "spec-pr-in-review"]) {
        w.label("triager", label);
        expect(w.reconcile().contestedLabels).toEqual([]);
        expect([...w.labels].sort()).toEqual(["proposal", label].sort());
      }
  });

  test("label.state: a decision to close is labelled as rejected, and as nothing else", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("closed");
    expect([...w.labels].sort()).toEqual(["proposal", "rejected"]);
  });

  test("label.state: reopened after a decision to close it is rejected no longer", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    w.reconcile();
    w.reopen("dbkr");
    w.reconcile();
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("label.state: what `rejected` is called is config", () => {
    const w = inFcp({ rules: rules({ labels: { ...DEFAULT_LABELS, rejected: "declined" } }) }, "close");
    w.wait(5 * DAY);
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["declined", "proposal"]);
  });

  test("label.state: closed by hand without a decision, `rejected` is people's to say", () => {
    const w = proposed();
    w.close("richvdh");
    w.label("richvdh", "rejected");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "rejected"]);
  });

  test("label.state: merged without a decision, with a concern open: the label that says so goes", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern X");
    w.reconcile();
    expect([...w.labels]).toContain("unresolved-concerns");
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels]).not.toContain("unresolved-concerns");
  });

  test("label.state: so does one of a concern that was raised where nothing was ever moved", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern X");
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("label.state: and one of a concern that was raised after acceptance", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot concern X");
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("label.state: labels from before the clerk's time, which it never saw made, are left on a PR without a motion", () => {
    const w = world({
      labels: ["proposal", "finished-final-comment-period", "disposition-merge"],
      adoptedAt: START - HOUR,
    });
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["disposition-merge", "finished-final-comment-period", "proposal"]);
  });

  test.each(["vote:approve", "disposition-merge"])(
    "label.state: `%s` put on a closed PR says nothing, is taken off and explained",
    (label) => {
      const w = world();
      w.close("author");
      w.label("dbkr", label);
      expect(w.reconcile().phase).toBe("ended");
      expect([...w.labels]).toEqual(["proposal"]);
      expect(w.comments("reply")).toHaveLength(1);
    },
  );

  test.each(["final-comment-period", "proposed-final-comment-period", "disposition-merge"])(
    "label.state: `%s` that somebody put on right before it was closed without a motion is taken off",
    (label) => {
      const w = world();
      w.label("stranger", label);
      w.close("maintainer");
      w.reconcile();
      expect([...w.labels]).toEqual(["proposal"]);
    },
  );

  test("label.state: nor are they taken off what was closed, where they are from before the clerk's time", () => {
    const w = world({
      labels: ["proposal", "final-comment-period", "disposition-merge"],
      adoptedAt: START - HOUR,
    });
    w.close("maintainer");
    expect(w.reconcile().phase).toBe("ended");
    expect([...w.labels].sort()).toEqual(["disposition-merge", "final-comment-period", "proposal"]);
  });

  test("label.state: closed by hand without a motion, `proposal-postponed` is people's to say", () => {
    const w = world();
    w.close("maintainer");
    w.label("maintainer", "proposal-postponed");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "proposal-postponed"]);
  });

  test("label.state: labels out of scope are nobody's business", () => {
    const w = world({ labels: ["final-comment-period", "vote:approve"] });
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["final-comment-period", "vote:approve"]);
  });

  test("label.state: names are config, compared without regard to case", () => {
    const w = world({ rules: rules({ labels: { ...DEFAULT_LABELS, proposed_fcp: "FCP-Proposed" } }) });
    w.label("author", "fcp-proposed");
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["disposition-merge", "fcp-proposed", "proposal"]);
  });
});

describe("label.single", () => {
  test("label.single: labels are added and removed one by one, and nobody else's is lost", () => {
    const w = world();
    w.label("triager", "kind:core");
    w.say("richvdh", "@mscbot fcp merge");
    const planned = w.plan();
    // In the same second, after the clerk has looked and before it writes.
    w.label("triager", "client-server");
    for (const action of planned) w.apply(action);
    w.reconcile();
    expect([...w.labels].sort()).toEqual([
      "client-server",
      "disposition-merge",
      "kind:core",
      "proposal",
      "proposed-final-comment-period",
    ]);
    const kinds = new Set(w.actions.map((action) => action.kind));
    expect([...kinds].filter((kind) => kind.includes("label"))).toEqual(["add_label"]);
  });

  test("label.single: no action ever names a label of people's", () => {
    const w = world({ labels: ["proposal", "abandoned", "kind:core"] });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.say("richvdh", "@mscbot cancel");
    w.reconcile();
    const named = w.actions.flatMap((action) => ("label" in action ? [action.label] : []));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((label) => ["abandoned", "kind:core"].includes(label))).toEqual([]);
  });
});
