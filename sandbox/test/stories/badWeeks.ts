import { afterAll, expect, it } from "vitest";
import { badWeek, EXPECTED } from "./badWeek.js";

/** How many of them: each takes seconds, and the simulation (`src/simulation`) goes through more. Whoever wants more of these says so. `BAD_WEEKS=200 npm run test:ci -- badWeeks` */
const MANY = Number(process.env.BAD_WEEKS ?? 20);
const FILES = 4;

/** A quarter of the bad weeks, by the rest of their seed, in a file of its own, as files run side by side. */
export function badWeeks(rest: number): void {
  const seeds = Array.from({ length: MANY }, (_, at) => at + 1);
  weeks(seeds.filter((seed) => seed % FILES === rest));
}

/** They all have to end alike. */
export function weeks(seeds: readonly number[], worst = false): void {
  let killed = 0;
  it.each(seeds)(
    `comment.once: webhooks lost, doubled and shuffled, reads lagging, the clerk killed: the same end, seed %i`,
    async (seed) => {
      const { kills, ...end } = await badWeek(seed, undefined, worst);
      killed += kills;
      expect(end).toEqual(EXPECTED);
    },
    60_000,
  );

  // A bad week in which the clerk is never killed would show nothing.
  afterAll(() => expect(killed).toBeGreaterThan(seeds.length));
}
