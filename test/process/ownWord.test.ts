import { describe, expect, it } from "vitest";
import type { Decision } from "../../src/domain/model/decision.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR, SECOND } from "../../src/domain/text/time.js";
import {
  type AmendmentWorld,
  adding,
  amendment,
  leading,
  removing,
  threshold,
} from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { HEAD, SCT } from "../support/world.js";
import { answerTo, replies } from "./reading.js";

const both =
  (...changes: ((rules: Rules) => Rules)[]) =>
  (rules: Rules) =>
    changes.reduce((so, change) => change(so), rules);

/** KitsuneRal's own pull request, which takes KitsuneRal off the team. */
const resigning = (): AmendmentWorld => amendment(removing("KitsuneRal"), { author: "KitsuneRal" });

/** … as the clerk has seen it, and as KitsuneRal has said it. */
function said(): AmendmentWorld {
  const w = resigning();
  w.reconcile();
  w.say("KitsuneRal", "@mscbot propose");
  expect(w.reconcile().check).toBe("success");
  return w;
}

const HEADS = ["b", "c", "d"].map((letter) => letter.repeat(40));
const [SECOND_HEAD = "", THIRD_HEAD = ""] = HEADS;
const yesOf = (decision: Decision) => decision.amendment?.changes[0]?.routes[0]?.tallies[0]?.yes;

describe("whoever writes an amendment", () => {
  it("amend.own-word: opening an amendment proposes nothing, whoever opens it", () => {
    for (const author of ["richvdh", "ara4n", "mallory"]) {
      const w = amendment(adding("clokep", 210), { author });
      expect(w.reconcile()).toMatchObject({
        reason: { code: "amendment_unproposed" },
        register: { motion: null },
      });
      w.wait(100 * SECOND);
      expect(w.reconcile().register.motion).toBeNull();
    }
  });

  it("amend.own-word: the author's yes is their own propose, once the clerk has seen that very change", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    w.say("richvdh", "@mscbot propose");
    expect(w.reconcile().register.motion).toBeNull();
    expect(w.comments("reply").at(-1)?.body).toContain("say it again");
    w.say("richvdh", "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(1);
  });

  it("amend.own-word: another's propose on an amendment that is proposed already is that member's yes", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    w.reconcile();
    for (const login of ["dbkr", "richvdh"]) w.say(login, "@mscbot propose");
    const decision = w.reconcile();
    expect(yesOf(decision)).toBe(2);
    expect(decision.register.motion).toMatchObject({ number: 1, mover: { login: "dbkr" } });
    expect(w.comments("reply")).toEqual([]);
  });

  it("amend.own-word: a push of another change voids the author's yes, and it does not come back with the text", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    w.reconcile();
    for (const login of ["richvdh", "dbkr"]) w.say(login, "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(2);
    w.amend(removing("KitsuneRal"), SECOND_HEAD);
    expect(yesOf(w.reconcile())).toBe(0);
    w.amend(adding("clokep", 210), THIRD_HEAD);
    // dbkr's vote is on that very change, whoever pushed what meanwhile.
    expect(yesOf(w.reconcile())).toBe(1);
    w.say("richvdh", "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(2);
  });
});

describe("a resignation", () => {
  it("amend.own-word: neither eight colleagues' silence nor a push makes somebody resign", () => {
    const w = amendment(both(adding("clokep", 210), removing("KitsuneRal")), { author: "KitsuneRal" });
    w.reconcile();
    expect(w.decide().amendment?.changes.map(({ resignation }) => resignation)).toEqual([false, false]);
    // Their yes to another change of theirs speaks of that one only.
    const typo = amendment(adding("clokep", 210), { author: "KitsuneRal" });
    typo.reconcile();
    typo.say("KitsuneRal", "@mscbot propose");
    typo.reconcile();
    typo.amend(both(adding("clokep", 210), removing("KitsuneRal")), SECOND_HEAD);
    const pushed = typo.reconcile();
    expect(pushed.check).toBe("in_progress");
    expect(pushed.amendment?.changes.find(({ change }) => change.kind === "remove_member")).toMatchObject({
      resignation: false,
      passed: false,
    });
  });

  it("amend.own-word: a pull request of somebody else's is no resignation, whatever the member says on it", () => {
    const w = amendment(removing("KitsuneRal"), { author: "mallory" });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false, unsaid: null }] },
    });
  });

  it("amend.own-word: nobody's propose but the member's own makes it one", () => {
    const w = resigning();
    w.reconcile();
    for (const login of SCT.filter((one) => one !== "KitsuneRal").slice(0, 5))
      w.say(login, "@mscbot propose");
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile()).toMatchObject({
      check: "success",
      amendment: { changes: [{ resignation: true }] },
    });
  });

  it("amend.own-word: the member's own tick is their word, another's tick of that box is not", () => {
    const w = resigning();
    w.reconcile();
    w.say("dbkr", "@mscbot propose");
    w.reconcile();
    w.tick("mallory", "KitsuneRal");
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
    w.tick("KitsuneRal");
    expect(w.reconcile()).toMatchObject({
      check: "success",
      amendment: { changes: [{ resignation: true }] },
    });
    // Nobody is asked any more, so there are no boxes left: it is taken back in words.
    expect(w.status()?.body).not.toContain("- [");
    w.say("KitsuneRal", "@mscbot retract");
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
  });

  it("amend.own-word: said in the middle of a comment by another's hand, it is nobody's word", () => {
    const w = resigning();
    const comment = w.say("KitsuneRal", "Let us talk about this on Monday.");
    w.reconcile();
    w.edit(comment, "mallory", "@mscbot propose");
    expect(w.reconcile().check).toBe("in_progress");
    w.edit(comment, "KitsuneRal", "Let us talk about this on Monday.\n\n@mscbot propose");
    // Words that first stood in somebody else's revision stay nobody's.
    expect(w.reconcile().check).toBe("in_progress");
  });

  it("amend.own-word: an approval of an older commit is no word about the changes of a newer one", () => {
    const w = amendment(adding("clokep", 210), { author: "mallory" });
    w.reconcile();
    const older = w.pull.head;
    w.amend(removing("KitsuneRal"), SECOND_HEAD);
    w.reconcile();
    w.review("richvdh", "approved", "", older);
    w.say("dbkr", "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(1);
    w.review("richvdh", "approved", "", SECOND_HEAD);
    expect(yesOf(w.reconcile())).toBe(2);
  });

  it("amend.own-word: words of before the clerk saw the change count for none, also when GitHub shows them late", () => {
    const w = amendment(adding("clokep", 210), { author: "KitsuneRal" });
    w.reconcile();
    w.amend(removing("KitsuneRal"), SECOND_HEAD);
    const late = w.say("KitsuneRal", "@mscbot propose");
    w.wait(SECOND);
    w.utterances = [];
    w.reconcile();
    w.utterances = [late];
    expect(w.reconcile()).toMatchObject({ check: "in_progress", register: { motion: null } });
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: said in the very second the clerk saw the change, it counts", () => {
    const w = resigning();
    w.reconcile();
    const [since] = w.decide().register.lastSeen?.since ?? [];
    w.still(() => w.say("KitsuneRal", "@mscbot propose"));
    expect(w.utterances.at(-1)?.createdAt).toBe(since);
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: a retract takes it back until the merge, and a propose gives it anew", () => {
    const w = said();
    w.say("KitsuneRal", "@mscbot retract");
    expect(w.reconcile()).toMatchObject({ check: "in_progress", register: { lastSeen: { passed: false } } });
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: who has two hats takes the word back with either", () => {
    const w = amendment(removing("ara4n"), { author: "ara4n" });
    w.reconcile();
    w.say("ara4n", "@mscbot propose");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().check).toBe("success");
    w.say("ara4n", "@mscbot retract as guardians");
    expect(w.reconcile()).toMatchObject({ check: "in_progress" });
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.say("ara4n", "@mscbot retract");
    expect(w.reconcile()).toMatchObject({ check: "in_progress" });
  });

  it("amend.own-word: taken back before the merge, it was no resignation, although the clerk saw both at once", () => {
    const w = said();
    w.say("KitsuneRal", "@mscbot retract");
    w.merge("mallory");
    w.rules = removing("KitsuneRal")(w.rules);
    const merged = w.reconcile();
    expect(merged.register.lastSeen?.passed).toBe(false);
    expect(merged.reason).toEqual({ code: "merged_undecided" });
  });

  it("amend.own-word: after the merge, and in the second of it, nothing is taken back any more", () => {
    const w = said();
    w.merge("dbkr");
    w.rules = removing("KitsuneRal")(w.rules);
    w.still(() => w.say("KitsuneRal", "@mscbot retract"));
    expect(w.reconcile().register.lastSeen?.passed).toBe(true);
    w.say("KitsuneRal", "@mscbot retract");
    expect(w.reconcile()).toMatchObject({
      reason: { code: "merged_accepted" },
      register: { lastSeen: { passed: true }, motion: { end: { kind: "concluded" } } },
    });
  });

  it("amend.own-word: another text pushed and taken away again voids it, by whomever", () => {
    const w = said();
    w.amend(removing("dbkr"), SECOND_HEAD);
    expect(w.reconcile().check).toBe("in_progress");
    w.amend(removing("KitsuneRal"), THIRD_HEAD);
    expect(w.reconcile().check).toBe("in_progress");
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: so does taking the change out altogether, and putting it back", () => {
    const w = said();
    const amending = w.snapshot.bind(w);
    w.push(SECOND_HEAD);
    w.snapshot = () => ({ ...amending(), amendment: null });
    w.reconcile();
    w.snapshot = amending;
    w.push(THIRD_HEAD);
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
  });

  it("amend.own-word: the same change pushed again by another keeps it, and what is added is not said", () => {
    const w = said();
    w.push(SECOND_HEAD);
    expect(w.reconcile().check).toBe("success");
    w.amend(
      both(removing("KitsuneRal"), removing("KitsuneRal", "guardians"), adding("mallory", 666)),
      THIRD_HEAD,
    );
    w.ids.set("mallory", 666);
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes.map(({ change, passed }) => [change.kind, passed])).toEqual([
      ["remove_member", true],
      ["add_member", false],
    ]);
  });

  it("amend.own-word: aimed at another branch it waits, and is merged there without a say here", () => {
    const w = said();
    w.rebase("next");
    expect(w.reconcile()).toMatchObject({ check: "in_progress", register: { lastSeen: { passed: false } } });
    w.rebase("main");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: what is cancelled is unsaid, and said anew by another propose", () => {
    const w = said();
    w.close("KitsuneRal");
    w.reconcile();
    w.reopen("KitsuneRal");
    expect(w.reconcile().check).toBe("in_progress");
    w.say("KitsuneRal", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.own-word: a lead's stepping down is taken back and voided alike", () => {
    const w = amendment(leading(null), { author: "ara4n" });
    w.reconcile();
    w.say("ara4n", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
    w.say("ara4n", "@mscbot retract");
    expect(w.reconcile().check).toBe("in_progress");
    w.say("ara4n", "@mscbot propose");
    w.reconcile();
    w.amend(leading("richvdh"), SECOND_HEAD);
    expect(w.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
  });

  it("amend.own-word: with the record lost it has to be said anew", () => {
    const w = said();
    w.forget();
    w.check = null;
    w.ownComments = [];
    expect(w.reconcile().amendment?.changes[0]?.resignation).toBe(false);
  });

  it("amend.own-word: of two members taken off by one of them, only the author's own is a resignation", () => {
    const w = amendment(both(removing("KitsuneRal"), removing("dbkr")), { author: "KitsuneRal" });
    w.reconcile();
    for (const login of ["KitsuneRal", "dbkr"]) w.say(login, "@mscbot propose");
    const decision = w.reconcile();
    expect(
      decision.amendment?.changes.map(({ change, resignation }) =>
        change.kind === "remove_member" ? [change.member.login, resignation] : [],
      ),
    ).toEqual([
      ["dbkr", false],
      ["KitsuneRal", true],
    ]);
    expect(MATRIX.teams[0]?.members).toHaveLength(8);
  });
});

describe("what is said while the clerk does not look", () => {
  const FIRST_HEAD = "a".repeat(40);
  const seen = (): AmendmentWorld => {
    const w = amendment(adding("accomplice", 666), { author: "mallory" });
    w.reconcile();
    w.say("dbkr", "@mscbot propose");
    w.say("dbkr", "@mscbot retract");
    w.reconcile();
    return w;
  };
  const forced = (w: AmendmentWorld, change: (rules: Rules) => Rules, head: string) => {
    w.amend(change, head);
    w.happen("mallory", { kind: "force_pushed", before: null, after: head });
  };

  it("amend.add: votes on a text that stood only for a while are none for the one that was brought back", () => {
    for (const back of [FIRST_HEAD, THIRD_HEAD]) {
      const w = seen();
      forced(w, adding("clokep", 210), SECOND_HEAD);
      for (const login of SCT) w.say(login, "@mscbot propose");
      // Brought back by force, or by one more commit.
      if (back === FIRST_HEAD) forced(w, adding("accomplice", 666), back);
      else w.amend(adding("accomplice", 666), back);
      w.wait(SECOND);
      const decision = w.reconcile();
      expect(yesOf(decision)).toBe(0);
      expect(decision.check).toBe("in_progress");
    }
  });

  it("amend.own-word: a resignation said to another text is none to the one that was brought back", () => {
    const w = resigning();
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.say("KitsuneRal", "@mscbot retract");
    w.reconcile();
    forced(w, adding("clokep", 210), SECOND_HEAD);
    w.say("KitsuneRal", "@mscbot propose");
    forced(w, removing("KitsuneRal"), FIRST_HEAD);
    w.wait(SECOND);
    expect(w.reconcile().check).not.toBe("success");
  });

  it("amend.own-word: a push that changes nothing of it takes no vote away that was given before", () => {
    const w = seen();
    for (const login of SCT.slice(0, 3)) w.say(login, "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(3);
    forced(w, adding("accomplice", 666), SECOND_HEAD);
    w.wait(SECOND);
    expect(yesOf(w.reconcile())).toBe(3);
    w.say("uhoreg", "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(4);
  });
});

describe("an amendment that becomes a proposal", () => {
  /** The config is left alone from now on, and a text comes in instead. */
  function becomesProposal(w: AmendmentWorld): void {
    const before = w.snapshot.bind(w);
    w.files = [{ path: "proposals/1234-thing.md", change: "added" }];
    w.snapshot = () => ({ ...before(), amendment: null });
    w.push(SECOND_HEAD);
    w.label("mallory", "proposal");
  }

  it("amend.own-word: votes on its changes are none for the text", () => {
    const w = amendment(adding("clokep", 210), { author: "mallory" });
    w.reconcile();
    for (const login of SCT) w.say(login, "@mscbot propose");
    w.reconcile();
    becomesProposal(w);
    expect(w.reconcile().tallies.map(({ yes }) => yes)).toEqual([0, 0]);
    w.say("dbkr", "@mscbot reviewed");
    expect(w.reconcile().tallies.map(({ yes }) => yes)).toEqual([1, 0]);
  });

  it.each([
    ["running", HOUR],
    ["concluded", 6 * DAY],
  ])("amend.rules: its %s Final Comment Period is none of the text's, also with an approval", (_, waited) => {
    const w = amendment(threshold(1, 100), { author: "mallory" });
    w.reconcile();
    for (const login of [...SCT, "AmandineLP"]) w.say(login, "@mscbot propose");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(waited).reconcile();
    becomesProposal(w);
    w.reconcile();
    w.wait(7 * DAY).reconcile();
    w.review("dbkr", "approved");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.check).toBe("in_progress");
  });
});

describe("between two reconciles", () => {
  it("amend.own-word: what was said while another text stood is about that one, also when the earlier text is back in another commit", () => {
    const w = amendment(adding("clokep", 210));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    expect(yesOf(w.reconcile())).toBe(1);
    w.push(SECOND_HEAD);
    const vote = w.say("dbkr", "@mscbot reviewed");
    w.wait(SECOND);
    w.push(THIRD_HEAD, HEAD);
    expect(yesOf(w.reconcile())).toBe(1);
    expect(answerTo(w, vote)).toMatchObject({ thumbsUp: false, confused: true });
    w.wait(SECOND);
    w.say("dbkr", "@mscbot reviewed");
    expect(yesOf(w.reconcile())).toBe(2);
  });

  it("amend.rules: a box ticked before the clerk has seen the changes is no vote, and is answered so", () => {
    const w = amendment(adding("clokep", 210));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    w.push(SECOND_HEAD);
    w.tick("dbkr");
    w.wait(SECOND);
    expect(yesOf(w.reconcile())).toBe(1);
    expect(replies(w)).toEqual([expect.stringMatching(/^@dbkr/)]);
    expect(w.status()?.body).toMatch(/\[ \] .*@dbkr/);
  });
});
