import type { Measure, Need, Threshold } from "../model/rules.js";

/** The shares that a measure asks for; null: it does not ask for that one. */
interface Shares {
  /** Yes, of the whole team. */
  readonly whole: Threshold | null;
  /** Yes, of those who do not abstain. */
  readonly present: Threshold | null;
  /** Votes of either kind, of the whole team. */
  readonly quorum: Threshold | null;
}

const sharesOf = ({ threshold, quorum, whole }: Measure): Shares =>
  quorum === undefined
    ? { whole: threshold, present: null, quorum: null }
    : { whole: whole ?? null, present: threshold, quorum };

/**
 * With all that follows: a share of the whole team is at least that share of those who do not abstain; and where that share of these have
 * said yes, at least as great a share of the whole team has voted.
 */
function implied({ whole, present, quorum }: Shares): Shares {
  const ofPresent = higher(present, whole);
  return { whole, present: ofPresent, quorum: higher(quorum, ofPresent) };
}

/** Whatever votes pass the first, do they pass the second? Where that cannot be told, no. */
function covers(first: Measure, second: Measure): boolean {
  const has = implied(sharesOf(first));
  const wants = sharesOf(second);
  return (
    reaches(has.whole, wants.whole) &&
    reaches(has.present, wants.present) &&
    reaches(has.quorum, wants.quorum)
  );
}

/** Is `need` met already by one of `passed`, at the same or a stricter measure? */
export const coveredBy = (need: Need, passed: readonly Need[]): boolean =>
  passed.some((other) => other.team === need.team && covers(other, need));

/**
 * decision.ratchet: the stricter of two needs of one team; where neither is, one that asks for all that either does. A share of the
 * whole team and one of those who do not abstain can be such a pair, as an abstention counts against the one and not the other.
 */
export function stricter(first: Need, second: Need): Need {
  if (covers(first, second)) return first;
  if (covers(second, first)) return second;
  const [one, other] = [sharesOf(first), sharesOf(second)];
  const whole = higher(one.whole, other.whole);
  const quorum = higher(one.quorum, other.quorum);
  return {
    team: first.team,
    threshold: higher(one.present, other.present) ?? first.threshold,
    ...(quorum === null ? {} : { quorum }),
    ...(whole === null ? {} : { whole }),
  };
}

const reaches = (has: Threshold | null, wanted: Threshold | null): boolean =>
  wanted === null || (has !== null && !exceeds(wanted, has));

const higher = (a: Threshold | null, b: Threshold | null): Threshold | null =>
  a === null || (b !== null && exceeds(b, a)) ? b : a;

const exceeds = (a: Threshold, b: Threshold): boolean =>
  a.numerator * b.denominator > b.numerator * a.denominator;
