import { afterAll, expect, it } from "vitest";
import { badWeek, EXPECTED } from "./badWeek.js";

/** Bad weeks of these seeds as tests: they all have to end alike. */
export function badWeeks(from: number, count: number, worst = false): void {
  let killed = 0;
  it.each(Array.from({ length: count }, (_, at) => from + at))(
    `comment.once: webhooks lost, doubled and shuffled, reads lagging, the clerk killed: the same end, seed %i of ${from} to ${from + count - 1}`,
    async (seed) => {
      const { kills, ...end } = await badWeek(seed, undefined, worst);
      killed += kills;
      expect(end).toEqual(EXPECTED);
    },
    60_000,
  );

  // A bad week in which the clerk is never killed would show nothing.
  afterAll(() => expect(killed).toBeGreaterThan(count));
}
