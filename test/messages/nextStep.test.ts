import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/domain/messages/nextStep.js";
import type { Decision, Reason } from "../../src/domain/model/decision.js";
import { DAY } from "../../src/domain/text/time.js";
import { AmendmentWorld, adding } from "../support/amendmentWorld.js";
import {
  concern,
  context,
  decision,
  fullTally,
  HEAD,
  motion,
  NOON,
  person,
  seat,
  voted,
} from "../support/decision.js";
import { rules } from "../support/rules.js";

const ENDS = NOON + 5 * DAY;
const TEAM = [{ title: "Spec Core Team", yes: 5, needed: 6, size: 8 }];
const five = ["ara4n", "erikjohnston", "richvdh", "dbkr", "uhoreg"].map((login) => voted(login));
const LACKS_ONE = [fullTally("spec-core-team", five)];

const next = (parts: Parameters<typeof decision>[0] & { reason: Reason }, all = rules()): string =>
  nextStep(decision({ nextCheckAt: null, tallies: [], ...parts }), context({ rules: all }));

const merging = rules({ conclude: { ...rules().conclude, merge: "squash" } });

describe("what comes next is told in full sentences: who has to do what, and what that leads to", () => {
  it("before a motion", () => {
    expect(next({ reason: { code: "draft" }, motion: null })).toBe(
      "alice, its author, has to mark it ready for review.",
    );
    expect(next({ reason: { code: "awaiting_motion" }, motion: null, tallies: LACKS_ONE })).toBe(
      "Once a member of the Spec Core Team says @msc-clerk fcp merge (or fcp close, fcp postpone), the vote is open.",
    );
    expect(next({ reason: { code: "unlabelled_proposal", label: "proposal" }, motion: null })).toBe(
      "A maintainer has to add the label “proposal”; then it can be decided.",
    );
    expect(next({ reason: { code: "placeholder", label: "wip" }, motion: null })).toBe(
      "The label “wip” has to be taken off once there is a text to decide.",
    );
  });

  it("while votes, resolutions and other things are missing", () => {
    const reason = { code: "awaiting_votes", teams: TEAM, concerns: [1] } as const;
    expect(next({ reason, tallies: LACKS_ONE, concerns: [concern(1)] })).toBe(
      "Once 1 more member of the Spec Core Team approves (anoadragon453, turt2live and KitsuneRal have not voted) and concern C1 is resolved, the Final Comment Period of 5 days begins.",
    );
    expect(next({ reason: { code: "blocked", concerns: [1, 2] }, holds: [{ code: "draft" }] })).toBe(
      "Once concerns C1 and C2 are resolved and all else that it waits for is done, the Final Comment Period of 5 days begins.",
    );
    expect(next({ reason: { code: "held" }, holds: [{ code: "closed" }] })).toBe(
      "Once what it waits for is done, the Final Comment Period of 5 days begins.",
    );
    const short = { code: "below_minimum", teams: [{ title: "Guardians", size: 1, minimum: 2 }] } as const;
    expect(next({ reason: short })).toBe(
      "Once there are 2 members or more in the Guardians, the Final Comment Period of 5 days begins.",
    );
  });

  it("with a quorum, whoever is away and a team without members", () => {
    const away = { from: NOON - DAY, until: NOON + DAY };
    const [tally] = LACKS_ONE;
    if (tally === undefined) throw new Error("none");
    const seats = [voted("a"), seat("b", { away }), seat("c")];
    const quorum = { present: 3, voted: 1, needed: 3 };
    const reason = { code: "awaiting_votes", teams: [], concerns: [] } as const;
    expect(
      next({
        reason,
        tallies: [{ ...tally, title: "The Board", seats, size: 3, yes: 1, needed: 2, quorum }],
      }),
    ).toBe(
      "Once 1 more member of The Board approves and 1 more member votes for the quorum (b (away) and c have not voted), the Final Comment Period of 5 days begins.",
    );
    expect(next({ reason, tallies: [{ ...tally, size: 0, seats: [] }] })).toBe(
      "Once the Spec Core Team has members again, the Final Comment Period of 5 days begins.",
    );
  });

  it("in a Final Comment Period, by what it leads to", () => {
    const running = { code: "fcp_running", endsAt: ENDS, concerns: [], teams: [] } as const;
    const ends = "On 6 March 2026, 12:00 UTC the Final Comment Period ends";
    expect(next({ reason: running, nextCheckAt: ENDS })).toBe(
      `${ends}: unless a concern is open then, it can be merged.`,
    );
    expect(next({ reason: running }, merging)).toBe(
      `${ends}: unless a concern is open then, the clerk merges it.`,
    );
    const of = (disposition: "close" | "postpone") =>
      next({ reason: { ...running, concerns: [1] }, motion: motion({ disposition }) });
    expect(of("close")).toBe(`${ends}; once concern C1 is resolved as well, it is closed.`);
    expect(of("postpone")).toBe(`${ends}; once concern C1 is resolved as well, it is postponed, and closed.`);
    const after = { from: HEAD, head: HEAD, moved: true, needed: 2, approvedBy: [], met: false };
    expect(next({ reason: running, after })).toBe(
      `${ends}: unless a concern is open then, it can be merged once 2 members other than the author say yes to the text as it stands now (@msc-clerk reviewed).`,
    );
    const over = { code: "fcp_over", endedAt: ENDS, concerns: [1], teams: [] } as const;
    expect(next({ reason: over })).toBe("Once concern C1 is resolved, it can be merged.");
    expect(next({ reason: { ...over, concerns: [] } })).toBe("At once it can be merged.");
    expect(next({ reason: { code: "beginning" } })).toBe(
      "At once the Final Comment Period of 5 days begins.",
    );
    const at = (finalCommentPeriod: number) =>
      next({ reason: { code: "beginning" } }, rules({ finalCommentPeriod }));
    expect(at(0)).toBe("At once it is decided, without a Final Comment Period.");
  });

  it("when it is decided", () => {
    expect(next({ reason: { code: "accepted" } })).toBe(
      "ara4n, who proposed it, or anybody else who may merge does so.",
    );
    expect(next({ reason: { code: "accepted" } }, merging)).toBe("The clerk merges it.");
    const waiting = {
      code: "accepted_waiting",
      concerns: [],
      teams: [],
      approval: { approvedBy: [person("dbkr")], needed: 2 },
    } as const;
    expect(next({ reason: waiting })).toBe(
      "Once 1 member other than the author says yes to the text as it stands now (@msc-clerk reviewed), it can be merged.",
    );
    const over: readonly Reason["code"][] = [
      "closed",
      "merged_accepted",
      "decided_close",
      "decided_postpone",
    ];
    for (const code of over)
      expect(next({ reason: { code } as Reason }), code).toBe(
        "Nothing is to be done: nothing changes unless somebody acts.",
      );
  });

  it("of an amendment", () => {
    const amendment: Decision["amendment"] = {
      ...{ changes: [], refusals: [], restores: false, changesNothing: false },
      needsFcp: true,
    };
    const waits = { code: "amendment_waits", concerns: [] } as const;
    expect(next({ reason: waits, tallies: LACKS_ONE, amendment })).toBe(
      "Once every change has the approvals it needs (anoadragon453, turt2live and KitsuneRal have not voted), the Final Comment Period of 5 days begins.",
    );
    expect(next({ reason: waits, amendment: { ...amendment, needsFcp: false } })).toBe(
      "Once every change has the approvals it needs, it can be merged.",
    );
    expect(next({ reason: { code: "amendment_unproposed" }, motion: null })).toBe(
      "Once a member stands behind it with @msc-clerk propose, its changes are voted on.",
    );
    expect(next({ reason: { code: "amendment_passed" } })).toBe(
      "Somebody who may merge does so; from then on it is in force.",
    );
    expect(next({ reason: { code: "amendment_refused", refusals: [] } })).toBe(
      "alice, its author, has to change it: as it is it cannot pass, whoever votes.",
    );
  });

  it("of an amendment that no period is for, or whose period is over: no period begins", () => {
    const w = new AmendmentWorld(adding("clokep", 210), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.say("dbkr", "@mscbot concern Not yet");
    for (const { login } of w.rules.teams[0]?.members ?? []) w.say(login, "@mscbot reviewed");
    const decided = w.reconcile();
    expect(decided.reason.code).toBe("blocked");
    expect(nextStep(decided, context({ rules: w.rules }))).toContain(
      "Once concern C1 is resolved, it can be merged.",
    );
    const over = motion({ end: { kind: "concluded", at: NOON, record: null, since: [] } });
    const amendment: Decision["amendment"] = {
      ...{ changes: [], refusals: [], restores: false, changesNothing: false, needsFcp: true },
    };
    expect(next({ reason: { code: "blocked", concerns: [1] }, motion: over, amendment })).toBe(
      "Once concern C1 is resolved, it can be merged.",
    );
  });

  it.each(["squash", "manual"] as const)(
    "of a change of the rules whose period is over, where conclude.merge is %s",
    (merge) => {
      const w = new AmendmentWorld((all) => ({ ...all, finalCommentPeriod: DAY }), {
        author: "richvdh",
        rules: rules({ conclude: { ...rules().conclude, merge } }),
      });
      w.reconcile();
      w.say("richvdh", "@mscbot propose");
      for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live", "AmandineLP"])
        w.say(login, "@mscbot reviewed");
      w.say("ara4n", "@mscbot reviewed as guardians");
      w.reconcile();
      w.wait(6 * DAY);
      const decided = w.decide();
      w.reconcile();
      expect(decided.reason).toEqual({ code: "amendment_passed" });
      expect(w.actions.some(({ kind }) => kind === "merge_pull")).toBe(merge === "squash");
      expect(nextStep(decided, context({ rules: w.rules }))).toMatch(
        merge === "squash" ? /^The clerk merges it; / : /^Somebody who may merge does so; /,
      );
    },
  );

  it("of a record that was lost, or cannot be kept", () => {
    const teams = [{ team: "spec-core-team", title: "Spec Core Team", has: 1, needed: 2 }];
    expect(next({ reason: { code: "record_lost", teams } })).toBe(
      "Once 1 more member of the Spec Core Team says @msc-clerk confirm, the clerk goes on from the rebuilt record.",
    );
    expect(next({ reason: { code: "record_unkept" } })).toBe(
      "alice, its author, has to carry it on in a new pull request.",
    );
  });

  it("and when the clerk looks again by itself, where that is no period's end", () => {
    expect(next({ reason: { code: "draft" }, motion: null, nextCheckAt: ENDS })).toBe(
      "alice, its author, has to mark it ready for review. By itself the clerk looks again on 6 March 2026, 12:00 UTC.",
    );
  });
});
