import type { Instant } from "../text/time.js";

/** How often people are reminded of the same motion, at most. */
export const MOST_REMINDERS = 3;

/** A reminder that was given, or is about to be. */
export interface GivenReminder {
  readonly number: number;
  readonly at: Instant;
}

/**
 * The next reminder of one kind, and from when on it may be given; null: all were given.
 * @param since from when on people are waited for @param every the period, in milliseconds
 * @param given in any order, with repetitions
 */
export function nextReminder(
  since: Instant,
  every: number,
  given: readonly GivenReminder[],
): GivenReminder | null {
  const number = Math.max(0, ...given.map((one) => one.number)) + 1;
  if (number > MOST_REMINDERS) return null;
  return { number, at: Math.max(since, ...given.map(({ at }) => at)) + every };
}
