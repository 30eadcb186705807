import { describe, expect, test } from "vitest";
import { hasPassed, neededOf, neededYes, passes } from "../../src/domain/decide/tally.js";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, SCT, type World, world } from "../support/world.js";
import { seatOf, votesOf, yes } from "./reading.js";

const PERCENT_75 = { numerator: 75, denominator: 100 };

describe("tally.threshold", () => {
  test.each([
    [8, 6],
    [9, 7],
    [10, 8],
  ])("tally.threshold: of a team of %i three quarters are %i", (size, needed) => {
    expect(neededYes(size, PERCENT_75)).toBe(needed);
    expect(passes(needed, size, PERCENT_75)).toBe(true);
    expect(passes(needed - 1, size, PERCENT_75)).toBe(false);
  });

  test("tally.threshold: for every size up to 40 and every percentage, the needed yes are the fewest that pass, in whole numbers", () => {
    for (let size = 1; size <= 40; size++) {
      for (let percent = 1; percent <= 100; percent++) {
        const threshold = { numerator: percent, denominator: 100 };
        let fewest = 0;
        while (fewest * 100 < percent * size) fewest++;
        expect([size, percent, neededYes(size, threshold)]).toEqual([size, percent, fewest]);
        expect(passes(fewest, size, threshold)).toBe(true);
        expect(passes(fewest - 1, size, threshold)).toBe(false);
      }
    }
  });

  test("tally.threshold: for every size up to 40, every fraction of small numbers passes at its exact share", () => {
    for (let size = 1; size <= 40; size++) {
      for (let denominator = 1; denominator <= 12; denominator++) {
        for (let numerator = 1; numerator <= denominator; numerator++) {
          const needed = neededYes(size, { numerator, denominator });
          expect(needed * denominator >= numerator * size).toBe(true);
          expect((needed - 1) * denominator >= numerator * size).toBe(false);
        }
      }
    }
  });

  test("tally.threshold: 2/3 of 8 is 6, of 9 is 6, of 3 is 2; 100%% is everybody", () => {
    const twoThirds = { numerator: 2, denominator: 3 };
    expect([8, 9, 3].map((size) => neededYes(size, twoThirds))).toEqual([6, 6, 2]);
    expect([1, 8, 40].map((size) => neededYes(size, { numerator: 1, denominator: 1 }))).toEqual([1, 8, 40]);
  });

  test("tally.threshold: a team of nobody never passes", () => {
    expect(passes(0, 0, PERCENT_75)).toBe(false);
    expect(passes(1, 0, PERCENT_75)).toBe(false);
  });

  test("tally.threshold: FCP begins on the sixth yes of eight, not on the fifth", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    const phases = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"].map((login) => {
      w.say(login, "@mscbot reviewed");
      const decision = w.reconcile();
      return [yes(decision), decision.phase];
    });
    expect(phases).toEqual([
      [2, "proposed"],
      [3, "proposed"],
      [4, "proposed"],
      [5, "proposed"],
      [6, "fcp"],
    ]);
  });

  test("tally.threshold: a member added counts at once: what would have been enough is enough no more", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    w.say("turt2live", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision.tallies[0]).toMatchObject({ yes: 6, needed: 7, size: 9 });
    expect(decision.phase).toBe("proposed");
  });

  test("tally.threshold: a member who leaves counts at once: FCP begins without any further vote", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
    w.leave("spec-core-team", "KitsuneRal");
    w.leave("spec-core-team", "turt2live");
    const decision = w.reconcile();
    expect(decision.tallies[0]).toMatchObject({ yes: 5, needed: 5, size: 6 });
    expect(decision.phase).toBe("fcp");
  });

  test("tally.threshold: a voter who leaves takes the vote along", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    const decision = w.reconcile();
    expect(decision.tallies[0]).toMatchObject({ yes: 1, size: 7, needed: 6 });
    expect(w.status()?.body).toMatch(/dbkr.*no longer on the team/);
  });

  test("tally.threshold: absence does not shrink the team", () => {
    const away = { from: 0, until: Number.MAX_SAFE_INTEGER };
    const teams = MATRIX.teams.map((team) => ({
      ...team,
      members: team.members.map((member) => (member.login === "KitsuneRal" ? { ...member, away } : member)),
    }));
    const decision = proposed({ rules: { ...MATRIX, teams } }).reconcile();
    expect(decision.tallies[0]).toMatchObject({ size: 8, needed: 6 });
  });

  test("tally.threshold: nothing an outsider does changes a tally", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed\n@mscbot concern A\n@mscbot fcp cancel");
    w.review(OUTSIDER, "approved");
    w.label(OUTSIDER, "vote:approve");
    w.tick(OUTSIDER, "dbkr");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(decision.concerns).toEqual([]);
    expect(decision.phase).toBe("proposed");
  });
});

describe("what a tally shows beside its numbers", () => {
  const [SECOND, THIRD] = ["b".repeat(40), "d".repeat(40)];

  test("ballot.review: of approvals of other texts before the motion the newest is shown, each beside its own member", () => {
    const w = world();
    w.review("dbkr", "approved", "", SECOND);
    const late = w.review("dbkr", "approved", "", THIRD);
    w.review("uhoreg", "approved", "", SECOND);
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(seatOf(decision, "dbkr")?.earlierApproval).toEqual({
      ...{ commit: THIRD, url: late.url, at: late.createdAt },
    });
    expect(seatOf(decision, "uhoreg")?.earlierApproval?.commit).toBe(SECOND);
    expect(seatOf(decision, "ara4n")?.earlierApproval).toBeNull();
  });

  test("ballot.review: an earlier approval is shown while it is asked for: not beside a vote, nor one taken back, nor after the end, nor against a motion to close", () => {
    const approved = (disposition: string) => {
      const w = world();
      for (const login of ["dbkr", "uhoreg", "KitsuneRal"]) w.review(login, "approved", "", SECOND);
      w.reconcile();
      w.say("richvdh", `@mscbot fcp ${disposition}`);
      w.reconcile();
      return w;
    };
    const shown = (w: World) =>
      w
        .reconcile()
        .tallies[0]?.seats.filter(({ earlierApproval }) => earlierApproval !== null)
        .map(({ member }) => member.login);
    expect(shown(approved("close"))).toEqual([]);
    const w = approved("merge");
    w.say("dbkr", "@mscbot reviewed");
    w.say("uhoreg", "@mscbot reviewed\n@mscbot retract");
    expect(shown(w)).toEqual(["KitsuneRal"]);
    for (const login of ["ara4n", "erikjohnston", "anoadragon453", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.wait(6 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    expect(shown(w)).toEqual([]);
  });

  test("ballot.review: what somebody approved during the motion, and before they came to the team, is no earlier approval", () => {
    const w = proposed();
    w.review("AmandineLP", "approved", "", SECOND);
    w.reconcile();
    w.join("spec-core-team", "AmandineLP");
    expect(seatOf(w.reconcile(), "AmandineLP")).toMatchObject({ choice: null, earlierApproval: null });
  });

  test("ballot.latest: a vote that was taken back is on no text", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed\n@mscbot retract");
    w.reconcile();
    w.push(SECOND);
    expect(seatOf(w.reconcile(), "dbkr")).toMatchObject({ retracted: true, onEarlier: null });
  });

  test("act.head: of a vote whose text nobody knows any more none is shown", () => {
    const w = proposed();
    w.forget();
    const decision = w.reconcile();
    expect(seatOf(decision, "richvdh")).toMatchObject({ choice: "yes", onEarlier: null });
  });

  test("tally.threshold: whoever left is named with the vote of that team, once, and not where it was taken back", () => {
    expect(world().decide().tallies[0]?.notCounted).toEqual([]);
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.say("dbkr", "@mscbot abstain");
    w.say("uhoreg", "@mscbot reviewed\n@mscbot retract");
    w.reconcile();
    w.leave("guardians", "ara4n");
    for (const login of ["dbkr", "uhoreg"]) w.leave("spec-core-team", login);
    const { tallies } = w.reconcile();
    expect(
      tallies.map(({ team, notCounted }) => [
        team,
        ...notCounted.map(({ person, choice }) => [person.login, choice]),
      ]),
    ).toEqual([
      ["spec-core-team", ["dbkr", "abstain"]],
      ["guardians", ["ara4n", "yes"]],
    ]);
  });

  test("tally.threshold: with a quorum it is told how many are present, have voted and have to, also in what a proposal waits for", () => {
    const need = { team: "spec-core-team", threshold: { numerator: 2, denominator: 3 } };
    const decisions = [
      {
        name: "spec change",
        match: { labels: [], paths: [] },
        approval: [{ ...need, quorum: { numerator: 1, denominator: 2 } }],
      },
    ];
    const w = proposed({ rules: { ...MATRIX, decisions } });
    for (const login of ["ara4n", "dbkr"]) w.say(login, "@mscbot abstain");
    const decision = w.reconcile();
    const quorum = { present: 6, voted: 3, needed: 4 };
    expect(decision.tallies[0]).toMatchObject({ size: 8, yes: 1, needed: 4, passed: false, quorum });
    expect(decision.reason).toMatchObject({ code: "awaiting_votes", teams: [{ yes: 1, needed: 4, quorum }] });
    const plain = proposed().reconcile();
    expect(plain.tallies[0]).not.toHaveProperty("quorum");
    expect(plain.reason).not.toHaveProperty(["teams", 0, "quorum"]);
  });

  test("tally.threshold: a quorum is reached at its very share, of the whole team, and yes and abstentions reach it alike", () => {
    const share = (numerator: number, denominator: number) => ({ numerator, denominator });
    const need = { threshold: share(2, 3), quorum: share(1, 2) };
    const passed = (yes: number, abstained: number, whole?: ReturnType<typeof share>) =>
      hasPassed({ size: 8, yes, abstained }, whole === undefined ? need : { ...need, whole });
    expect([passed(4, 2), passed(3, 2), passed(2, 6), passed(2, 5), passed(0, 8)]).toEqual([
      ...[true, false, true, true, false],
    ]);
    expect(hasPassed({ size: 8, yes: 2, abstained: 1 }, { ...need, threshold: share(1, 8) })).toBe(false);
    expect([passed(4, 2, share(1, 2)), passed(2, 5, share(1, 2))]).toEqual([true, false]);
    expect([neededOf({ size: 8, abstained: 2 }, need), neededOf({ size: 8, abstained: 5 }, need)]).toEqual([
      4, 2,
    ]);
    expect(neededOf({ size: 8, abstained: 5 }, { ...need, whole: share(1, 2) })).toBe(4);
  });
});

describe("tally.minimum", () => {
  const small = () => {
    const w = proposed();
    for (const login of SCT.slice(4)) w.leave("spec-core-team", login);
    for (const login of ["ara4n", "erikjohnston", "dbkr"]) w.say(login, "@mscbot reviewed");
    return w;
  };

  test("tally.minimum: below its minimum a team lets no FCP begin, though everybody has voted", () => {
    const w = small();
    const decision = w.reconcile();
    expect(decision.tallies[0]).toMatchObject({ passed: true, belowMinimum: true, size: 4, minimum: 5 });
    expect(decision.phase).toBe("proposed");
    expect(decision.reason.code).toBe("below_minimum");
  });

  test("tally.minimum: the status comment says so", () => {
    const w = small();
    w.reconcile();
    expect(w.status()?.body).toMatch(/minimum of 5 members/);
  });

  test("tally.minimum: FCP begins at the look that finds the team big enough again", () => {
    const w = small();
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("tally.minimum: a running FCP goes on, and concludes", () => {
    const w = inFcp();
    for (const login of SCT.slice(4)) w.leave("spec-core-team", login);
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
  });
});
