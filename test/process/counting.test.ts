import { describe, expect, test } from "vitest";
import { neededYes, passes } from "../../src/domain/decide/tally.js";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, SCT, world } from "../support/world.js";
import { votesOf, yes } from "./reading.js";

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
