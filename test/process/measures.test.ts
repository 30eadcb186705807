import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coveredBy, stricter } from "../../src/domain/acts/measure.js";
import { growNeeds } from "../../src/domain/acts/needs.js";
import { type Count, hasPassed, neededOf, quorumOf } from "../../src/domain/decide/tally.js";
import type { Need, Threshold } from "../../src/domain/model/rules.js";

/** Whole numbers in lowest terms are not asked for: 2/4 counts as 1/2 does. */
const share: fc.Arbitrary<Threshold> = fc
  .integer({ min: 1, max: 12 })
  .chain((denominator) =>
    fc.record({ numerator: fc.integer({ min: 1, max: denominator }), denominator: fc.constant(denominator) }),
  );
const ofAll: fc.Arbitrary<Need> = share.map((threshold) => ({ team: "core", threshold }));
const ofPresent: fc.Arbitrary<Need> = fc
  .tuple(share, share)
  .map(([threshold, quorum]) => ({ team: "core", threshold, quorum }));
const need = fc.oneof(ofAll, ofPresent);
const count: fc.Arbitrary<Count> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .map(([yes, abstained, silent]) => ({ yes, abstained, size: yes + abstained + silent }));

/** Is `part` at least this share of `whole`? Members are cut into as many pieces as the share has, and the pieces are laid side by side. */
function isShare(part: number, whole: number, { numerator, denominator }: Threshold): boolean {
  let had = 0;
  let asked = 0;
  for (let member = 0; member < part; member++) had += denominator;
  for (let member = 0; member < whole; member++) asked += numerator;
  return had >= asked;
}

/** The rules as a person would count them, member by member. */
function naive({ yes, abstained, size }: Count, { threshold, quorum, whole }: Need): boolean {
  const votes = [
    ...Array.from({ length: yes }, () => "yes"),
    ...Array.from({ length: abstained }, () => "abstain"),
    ...Array.from({ length: size - yes - abstained }, () => "silent"),
  ];
  const inFavour = votes.filter((vote) => vote === "yes").length;
  if (inFavour === 0) return false;
  if (quorum === undefined) return isShare(inFavour, votes.length, threshold);
  const present = votes.filter((vote) => vote !== "abstain").length;
  const voted = votes.filter((vote) => vote !== "silent").length;
  return (
    isShare(inFavour, present, threshold) &&
    isShare(voted, votes.length, quorum) &&
    (whole === undefined || isShare(inFavour, votes.length, whole))
  );
}

describe("counting rules against a naive model", () => {
  test("tally.threshold: every measure counts as a person would, member by member, in whole numbers", () => {
    fc.assert(
      fc.property(count, need, need, (votes, one, other) => {
        for (const each of [one, stricter(one, other)])
          expect(hasPassed(votes, each)).toBe(naive(votes, each));
      }),
      { numRuns: 2000 },
    );
  });

  test("tally.threshold: the needed yes are the fewest that pass, once the quorum is there", () => {
    fc.assert(
      fc.property(count, need, ({ size, abstained }, each) => {
        const needed = neededOf({ size, abstained }, each);
        // Members enough to say yes, so that only the number decides.
        const votes = { size: Math.max(size, needed + abstained), abstained, yes: needed };
        if (votes.size !== size || size === abstained) return;
        const { quorum } = quorumOf(votes, each);
        const reached = quorum === undefined || quorum.voted >= quorum.needed;
        expect(hasPassed(votes, each)).toBe(reached);
        expect(hasPassed({ ...votes, yes: needed - 1 }, each)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test("tally.threshold: all of them abstaining, a team passes nothing, and a team of nobody neither", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), need, (size, each) => {
        expect(hasPassed({ size, abstained: size, yes: 0 }, each)).toBe(false);
      }),
    );
  });
});

describe("decision.ratchet: two needs of different measure", () => {
  test("decision.ratchet: what is grown passes exactly where both would have passed", () => {
    fc.assert(
      fc.property(count, need, need, need, (votes, one, two, three) => {
        const both = stricter(stricter(one, two), three);
        const each = [one, two, three].every((single) => hasPassed(votes, single));
        expect(hasPassed(votes, both)).toBe(each);
      }),
      { numRuns: 3000 },
    );
  });

  test("decision.ratchet: a need counts as met already only by one whose votes always meet it", () => {
    fc.assert(
      fc.property(count, need, need, need, (votes, one, two, wanted) => {
        const had = stricter(one, two);
        if (coveredBy(wanted, [had]) && hasPassed(votes, had)) expect(hasPassed(votes, wanted)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  const percent = (numerator: number): Threshold => ({ numerator, denominator: 100 });
  const all75: Need = { team: "core", threshold: percent(75) };
  const present: Need = { team: "core", threshold: { numerator: 2, denominator: 3 }, quorum: percent(50) };

  test("decision.ratchet: 75% of all asks for more than 2/3 of those present, and stays what it is", () => {
    expect(growNeeds([all75], [present])).toEqual([all75]);
    expect(growNeeds([present], [all75])).toEqual([all75]);
    expect(coveredBy(present, [all75])).toBe(true);
    expect(coveredBy(all75, [present])).toBe(false);
  });

  test("decision.ratchet: half of all and 2/3 of those present are both asked for, and grow no more", () => {
    const half: Need = { team: "core", threshold: percent(50) };
    const both = { ...present, whole: half.threshold };
    expect(growNeeds([half], [present])).toEqual([both]);
    expect(growNeeds([present], [half])).toEqual([both]);
    const had = [both];
    expect(growNeeds(had, [present])).toBe(had);
    expect(growNeeds(had, [half])).toBe(had);
  });

  test("decision.ratchet: a team of another name is nobody’s measure", () => {
    expect(coveredBy({ ...present, team: "other" }, [all75])).toBe(false);
  });
});
