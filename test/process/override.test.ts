import { describe, expect, test } from "vitest";
import type { Motion } from "../../src/domain/model/register.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { adding, amendment } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, type World, type WorldOptions, world } from "../support/world.js";
import { announced, answerTo, refusalOf, replies } from "./reading.js";

const GOVERNANCE = { labels: ["proposal", "kind:governance"] };
const SAID = "@mscbot override finished: decided at the meeting";
const TEXT_A = "a".repeat(40);
const TEXT_B = "b".repeat(40);

/** The lead says it, and the clerk answers. */
function said(w: World, words = SAID) {
  const comment = w.say("ara4n", words);
  w.reconcile();
  return comment;
}

/** Said, answered, and seconded by dbkr. */
function overridden(w: World, words = SAID) {
  said(w, words);
  w.say("dbkr", "@mscbot second");
  return w.reconcile();
}

const endOf = (motion: Motion | null) => motion?.end;

describe("override.second", () => {
  test("override.second: said by the lead and seconded by another member, the decision taken elsewhere is recorded", () => {
    const w = proposed();
    const comment = said(w);
    expect(w.reconcile().phase).toBe("proposed");
    const second = w.say("dbkr", "@mscbot second");
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    expect(endOf(decision.register.motion)).toMatchObject({
      kind: "overridden",
      override: {
        outcome: "finished",
        reason: "decided at the meeting",
        by: { login: "ara4n" },
        url: comment.url,
        head: TEXT_A,
        seconds: [{ member: { login: "dbkr" }, url: second.url }],
      },
    });
    expect(announced(w)).toEqual(["1:overridden"]);
  });

  test("override.second: it is labelled as finished", () => {
    const w = proposed();
    overridden(w);
    expect([...w.labels].sort()).toEqual(["finished-final-comment-period", "proposal"]);
  });

  test("override.second: closed without a merge, what was decided elsewhere is what it ended with, cancelled as well as finished", () => {
    for (const outcome of ["finished", "cancelled"] as const) {
      const w = proposed();
      overridden(w, `@mscbot override ${outcome}: decided at the meeting`);
      w.close("author");
      expect(w.reconcile().reason).toEqual({ code: "overridden", outcome, merged: false });
    }
  });

  test("override.second: of a motion to close it is labelled as rejected", () => {
    const w = proposed({}, "close");
    overridden(w);
    expect([...w.labels].sort()).toEqual(["proposal", "rejected"]);
  });

  test("override.second: it does not turn the check green, then or later", () => {
    const w = inFcp();
    expect(overridden(w).check).toBe("in_progress");
    w.wait(6 * DAY);
    expect(w.reconcile().check).toBe("in_progress");
    expect(w.check?.title).toBe(
      "Finished by override: the decision was taken elsewhere and is recorded here.",
    );
  });

  test("override.second: cancelled ends the motion and leaves the proposal in review", () => {
    const w = inFcp();
    expect(overridden(w, "@mscbot override cancelled: withdrawn by letter").phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("override.second: nobody but the lead may say it", () => {
    const w = proposed();
    w.say("dbkr", SAID);
    expect(refusalOf(w.decide(), "dbkr")).toBe("not_the_lead");
  });

  test("override.second: the lead cannot second it", () => {
    const w = proposed();
    said(w);
    w.say("ara4n", "@mscbot second");
    expect(refusalOf(w.decide(), "ara4n")).toBe("second_yourself");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("override.second: an outsider cannot second it", () => {
    const w = proposed();
    said(w);
    w.say(OUTSIDER, "@mscbot second");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("override.second: without anything said by the lead there is nothing to second", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot second");
    expect(refusalOf(w.decide(), "dbkr")).toBe("nothing_to_second");
  });

  test("override.second: without a reason it is refused", () => {
    const w = proposed();
    w.say("ara4n", "@mscbot override finished:");
    expect(refusalOf(w.decide(), "ara4n")).toBe("needs_text");
  });

  test("override.second: what waits for a second does not outlive its motion", () => {
    const w = inFcp();
    said(w);
    w.wait(6 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    w.say("dbkr", "@mscbot fcp close");
    w.reconcile();
    w.say("uhoreg", "@mscbot second");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("override.second: the lead of a team that is not needed here may not say it", () => {
    const w = world({
      rules: {
        ...MATRIX,
        teams: MATRIX.teams.map((team) =>
          team.slug === "guardians" ? { ...team, lead: { login: "AmandineLP", id: 109 } } : team,
        ),
      },
    });
    w.say("richvdh", "@mscbot fcp merge");
    w.say("AmandineLP", "@mscbot override finished: because");
    expect(refusalOf(w.decide(), "AmandineLP")).toBe("not_a_member");
    w.wait(HOUR);
    expect(w.reconcile().phase).toBe("proposed");
  });
});

describe("override.second, where nothing was proposed", () => {
  test("override.second: it is one to merge, of the text the clerk had seen, with a record of its own", () => {
    const w = world();
    said(w);
    expect(replies(w).at(-1)).toContain("it is a decision to merge this, as it stands at [`aaaaaaa`]");
    w.say("dbkr", "@mscbot second");
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    expect(decision.register.motion).toMatchObject({
      number: 1,
      disposition: "merge",
      head: TEXT_A,
      ballots: [],
      end: { kind: "overridden", rosterCommit: "c".repeat(40) },
    });
    expect(announced(w)).toEqual(["1:overridden"]);
    const [record] = w.comments("announce");
    expect(record?.body).toContain("- Record 1: [said]");
    expect(record?.body).toContain("“decided at the meeting”");
    expect(w.status()?.body).toContain("**Overridden**");
    expect(w.status()?.body).not.toContain("proposed to");
    expect([...w.labels].sort()).toEqual(["finished-final-comment-period", "proposal"]);
    expect(w.check?.summary).not.toContain("| Team |");
  });

  test("override.second: in a draft it is recorded too", () => {
    const w = world({ draft: true });
    expect(overridden(w).phase).toBe("concluded");
  });

  test("override.second: merged, it is labelled like any accepted proposal, and the check says override without green", () => {
    const w = world();
    overridden(w);
    w.merge("richvdh");
    const decision = w.reconcile();
    expect(decision.reason).toEqual({ code: "overridden", outcome: "finished", merged: true });
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
    expect(w.check).toMatchObject({ verdict: "neutral", own: "neutral" });
    expect(w.check?.title).toMatch(/^Merged by override/);
    expect(w.status()?.body).toContain("This text has been merged.");
    expect(announced(w)).toEqual(["1:overridden"]);
  });

  test("override.second: so is one of a motion to merge", () => {
    const w = inFcp();
    overridden(w);
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("override.second: another text merged is undecided", () => {
    const w = world();
    overridden(w);
    w.push(TEXT_B);
    w.reconcile();
    w.merge("richvdh");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
    expect([...w.labels]).toEqual(["proposal"]);
    expect(w.check?.verdict).toBe("failure");
    expect(announced(w)).toEqual(["1:overridden", "1:merged_undecided"]);
    expect(w.comments("announce").at(-1)?.body).toContain("what was merged is the one at [`bbbbbbb`]");
  });

  test("text.same: the same text in another commit is the one that was decided about", () => {
    const w = world();
    overridden(w);
    w.push(TEXT_B, TEXT_A);
    w.reconcile();
    w.merge("richvdh");
    expect(w.reconcile().reason).toEqual({ code: "overridden", outcome: "finished", merged: true });
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("act.head: pushed before the clerk looks, it is about the text the lead spoke of", () => {
    const w = world();
    w.reconcile();
    w.say("ara4n", SAID);
    w.push(TEXT_B);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    expect(endOf(w.reconcile().register.motion)).toMatchObject({ override: { head: TEXT_A } });
  });

  test("override.second: cancelled has nothing to cancel", () => {
    const w = world();
    w.say("ara4n", "@mscbot override cancelled: by letter");
    expect(refusalOf(w.decide(), "ara4n")).toBe("no_motion");
  });

  test("override.second: nothing is decided for another branch", () => {
    const w = world({ base: "dev" });
    w.say("ara4n", SAID);
    expect(refusalOf(w.decide(), "ara4n")).toBe("wrong_base");
  });

  test("override.second: a motion opened meanwhile is not what was seconded", () => {
    const w = world();
    said(w);
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("proposed");
    expect(replies(w).at(-1)).toContain("nothing of the lead’s waits to be seconded here");
  });

  test("override.second: after a merge it comes too late, for the lead and for the second", () => {
    const w = world();
    said(w);
    w.merge("richvdh");
    w.say("dbkr", "@mscbot second");
    w.say("ara4n", SAID);
    const decision = w.decide();
    expect(refusalOf(decision, "dbkr")).toBe("ended");
    expect(refusalOf(decision, "ara4n")).toBe("ended");
    expect(w.reconcile().register.motion).toBeNull();
  });

  test("override.second: after a motion that was cancelled it is the next one", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    overridden(w);
    expect(w.register.motion?.number).toBe(2);
    expect(announced(w)).toEqual(["1:cancelled", "2:overridden"]);
  });

  test("memory.lost: an override is read again from what was said, and its answer", () => {
    const w = world();
    overridden(w);
    w.forget();
    const decision = w.reconcile();
    expect(decision.register.recovery).not.toBeNull();
    expect(endOf(decision.register.motion)).toMatchObject({
      kind: "overridden",
      override: { reason: "decided at the meeting", seconds: [{ member: { login: "dbkr" } }] },
    });
  });

  test("memory.lost: of which text it was nobody knows then, and whatever is merged is undecided", () => {
    const w = world();
    overridden(w);
    w.forget();
    w.reconcile();
    w.merge("richvdh");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
    expect([...w.labels]).toEqual(["proposal"]);
  });
});

describe("override.second, in every needed team", () => {
  const governed = (options: WorldOptions = {}) => world({ ...GOVERNANCE, ...options });

  test("override.second: where two teams are needed, a member of each other than the lead has to second", () => {
    const w = governed();
    said(w);
    const first = w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
    expect(answerTo(w, first)).toMatchObject({ thumbsUp: true, confused: false });
    expect(replies(w).at(-1)).toContain("takes effect when a member of the Guardians seconds it too");
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
    w.say("AmandineLP", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("override.second: the lead's own seat in the other team is no second there", () => {
    const w = governed();
    said(w);
    w.say("dbkr", "@mscbot second");
    w.say("ara4n", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("override.second: another member who sits in both teams is another member of each", () => {
    const w = governed();
    w.join("guardians", "dbkr");
    said(w);
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("override.second: a second stands although who gave it leaves the team", () => {
    const w = governed();
    said(w);
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    w.say("AmandineLP", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("override.second: a team that comes to be needed has to second too", () => {
    const w = proposed();
    said(w);
    w.label("uhoreg", "kind:governance");
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("proposed");
    w.say("AmandineLP", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });
});

describe("override.second, of what the clerk had answered", () => {
  test("override.second: what its giver takes out of another comment, or another line, leaves what waits", () => {
    const again = proposed();
    const first = said(again);
    const second = said(again);
    again.edit(first, "ara4n", "never mind");
    expect(again.reconcile().register.override?.source).toContain(second.id);

    const lines = proposed();
    const comment = said(lines, "@mscbot override finished: in Bonn\n@mscbot override finished: in Berlin");
    lines.edit(comment, "ara4n", "@mscbot override finished: in Berlin");
    expect(lines.reconcile().register.override?.reason).toBe("in Berlin");
  });

  test("override.second: an amendment is adopted by its votes, and by no word of the lead's", () => {
    const w = amendment(adding("clokep", 210));
    w.reconcile();
    w.say("ara4n", SAID);
    const decision = w.decide();
    expect(refusalOf(decision, "ara4n")).toBe("no_motion");
    expect(decision.register.override).toBeNull();
  });

  test("override.second: a record is corrected by the teams that its motion needed, whatever is needed now", () => {
    const w = proposed(GOVERNANCE);
    w.say("dbkr", "@mscbot cancel");
    w.reconcile();
    w.unlabel("dbkr", "kind:governance");
    w.reconcile();
    w.say("AmandineLP", "@mscbot correct 1: it was another day");
    expect(refusalOf(w.decide(), "AmandineLP")).toBe("not_the_lead");
  });

  test("override.second: said before the clerk has answered, a second is refused, and has to be said again", () => {
    const w = world();
    w.say("ara4n", SAID);
    const early = w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
    expect(answerTo(w, early)).toMatchObject({ confused: true });
    expect(replies(w).at(-1)).toContain("the clerk had not answered what it would second");
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("override.second: reworded since, it is seconded only after the clerk has answered the new words", () => {
    const w = world();
    const comment = said(w);
    w.edit(comment, "ara4n", "@mscbot override finished: I decided");
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
    w.say("dbkr", "@mscbot second");
    expect(endOf(w.reconcile().register.motion)).toMatchObject({ override: { reason: "I decided" } });
  });

  test("override.second: what its author has taken back by an edit is seconded no more", () => {
    const w = world();
    const comment = said(w);
    w.edit(comment, "ara4n", "Never mind.");
    w.say("dbkr", "@mscbot second");
    expect(refusalOf(w.decide(), "dbkr")).toBe("nothing_to_second");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("override.second: an edit that leaves its words as they are changes nothing", () => {
    const w = world();
    const comment = said(w);
    w.edit(comment, "ara4n", `Hello.\n\n${SAID}`);
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("act.durable: what another person writes into the lead's comment is neither said nor taken back", () => {
    const w = world();
    const comment = said(w);
    w.edit(comment, "maintainer", "@mscbot override finished: something else");
    w.say("dbkr", "@mscbot second");
    expect(endOf(w.reconcile().register.motion)).toMatchObject({
      override: { reason: "decided at the meeting" },
    });
  });

  test("override.second: of two in a row the newer one waits, and the seconds of the older are gone", () => {
    const w = world(GOVERNANCE);
    said(w);
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    said(w, "@mscbot override finished: decided by letter");
    w.say("AmandineLP", "@mscbot second");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("override.second: a push between the two leaves it about the text that was there", () => {
    const w = world();
    said(w);
    w.push(TEXT_B);
    w.say("dbkr", "@mscbot second");
    expect(endOf(w.reconcile().register.motion)).toMatchObject({ override: { head: TEXT_A } });
    w.merge("richvdh");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
  });
});

describe("override.second: correct, where a record is wrong", () => {
  const CORRECTS = "@mscbot correct record 1: the roster was out of date";

  /** Accepted, with its record announced. */
  const accepted = () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    return w;
  };
  const record = (w: World) => w.comments("announce", "1:concluded")[0]?.body ?? "";

  test("override.second: said by the lead and seconded, the record stays below the mark, with the links", () => {
    const w = accepted();
    const before = record(w);
    const comment = w.say("ara4n", CORRECTS);
    w.reconcile();
    expect(record(w)).toBe(before);
    w.say("dbkr", "@mscbot second");
    const decision = w.reconcile();
    expect(decision.phase).toBe("concluded");
    expect(record(w)).toContain(`[said](${comment.url})`);
    expect(record(w)).toContain("“the roster was out of date”");
    expect(record(w).endsWith(`\n\n${before}`)).toBe(true);
    expect(w.status()?.body).toContain("**Corrected**: record 1 is wrong");
    expect(w.check?.summary).toContain("**Corrected**: record 1 is wrong");
    expect(w.plan()).toEqual([]);
  });

  test("override.second: it changes nothing that was decided", () => {
    const w = accepted();
    const { check, labels } = w;
    const before = [check?.verdict, ...labels];
    w.say("ara4n", CORRECTS);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    expect([w.check?.verdict, ...w.labels]).toEqual(before);
  });

  test("override.second: long after the merge it can be said", () => {
    const w = accepted();
    w.merge("richvdh");
    w.reconcile();
    w.wait(100 * DAY);
    w.say("ara4n", CORRECTS);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    expect(record(w)).toContain("**Corrected**");
    expect(w.status()?.body).toMatch(/^\*\*Corrected\*\*/);
    expect(w.plan()).toEqual([]);
  });

  test("override.second: an earlier motion's record is corrected while a newer motion is open", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.say("ara4n", CORRECTS);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    expect(w.reconcile().phase).toBe("proposed");
    expect(w.comments("announce", "1:cancelled")[0]?.body).toContain("**Corrected**");
    expect(w.status()?.body).not.toContain("**Corrected**");
    expect(w.plan()).toEqual([]);
  });

  test("override.second: a second correction stands above the first", () => {
    const w = accepted();
    for (const words of [CORRECTS, "@mscbot correct 1: it was the threshold"]) {
      w.say("ara4n", words);
      w.reconcile();
      w.say("dbkr", "@mscbot second");
      w.reconcile();
    }
    expect(record(w)).toMatch(/^\*\*Corrected\*\*.*it was the threshold.*\n\n\*\*Corrected\*\*.*the roster/);
    expect(w.plan()).toEqual([]);
  });

  test("override.second: only the lead says so, and only of what is recorded", () => {
    const w = accepted();
    w.say("dbkr", CORRECTS);
    expect(refusalOf(w.decide(), "dbkr")).toBe("not_the_lead");
    w.say("ara4n", "@mscbot correct record 2: no");
    w.reconcile();
    expect(replies(w).at(-1)).toContain("Recorded here: record 1.");
  });

  test("override.second: while a motion is open there is no record of it", () => {
    const w = proposed();
    w.say("ara4n", CORRECTS);
    expect(refusalOf(w.decide(), "ara4n")).toBe("no_such_record");
  });

  test("override.second: where its decision needed two teams, each has to second", () => {
    const w = world(GOVERNANCE);
    said(w);
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    w.say("AmandineLP", "@mscbot second");
    w.reconcile();
    w.say("ara4n", CORRECTS);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
    w.reconcile();
    expect(w.register.motion?.corrected).toBeUndefined();
    w.say("AmandineLP", "@mscbot second");
    w.reconcile();
    expect(w.register.motion?.corrected).toMatchObject({ reason: "the roster was out of date" });
  });

  test("override.second: where several things wait, a bare second is refused, and each is seconded by its name", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.say("ara4n", CORRECTS);
    w.reconcile();
    said(w);
    const bare = w.say("dbkr", "@mscbot second");
    w.reconcile();
    expect(answerTo(w, bare)).toMatchObject({ confused: true });
    expect(replies(w).at(-1)).toContain("`@mscbot second override` or `@mscbot second correction`");
    w.say("dbkr", "@mscbot second override");
    expect(w.reconcile().phase).toBe("concluded");
    expect(w.register.past[0]?.corrected).toBeUndefined();
    w.say("dbkr", "@mscbot second correction");
    w.reconcile();
    expect(w.register.past[0]?.corrected).toMatchObject({ record: 1 });
  });
});

describe("check.final", () => {
  test("check.final: closed by the decision, the check is completed with the last word", () => {
    const w = inFcp({}, "close");
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("closed");
    expect(w.check).toMatchObject({ verdict: "failure" });
    expect(w.check?.title).toMatch(/closed/i);
  });

  test("check.final: merged without a decision, it is completed and says so", () => {
    const w = proposed();
    w.merge("maintainer");
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "failure", title: "Merged without a decision." });
    expect(w.plan()).toEqual([]);
  });

  test("check.final: merged after acceptance, it is green and says so", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect(w.check?.verdict).toBe("success");
    expect(w.check?.title).toMatch(/^Merged/);
  });

  test("check.final: while it waited after acceptance and is merged all the same, it does not go on waiting", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot concern not yet");
    w.reconcile();
    expect(w.check?.verdict).toBe("in_progress");
    w.merge("richvdh");
    w.reconcile();
    expect(w.check?.verdict).not.toBe("in_progress");
  });

  test("check.final: what is no proposal stays neutral when it is merged", () => {
    const w = world({ labels: [], files: [{ path: "README.md", change: "modified" }] });
    w.reconcile();
    w.actions = [];
    w.merge("maintainer");
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "neutral" });
    expect(w.actions).toEqual([]);
  });

  test("check.final: closed by its author, nothing more is said", () => {
    const w = world();
    w.reconcile();
    w.close("author");
    w.actions = [];
    w.reconcile();
    expect(w.actions).toEqual([]);
  });
});
