import { afterAll, expect, it } from "vitest";
import { badWeek, EXPECTED, seedsOf } from "./badWeek.js";

let killed = 0;

it.each(seedsOf(3))(
  "comment.once: webhooks lost, doubled and shuffled, reads lagging, the clerk killed: the same end, seed %i",
  async (seed) => {
    const { kills, ...end } = await badWeek(seed);
    killed += kills;
    expect(end).toEqual(EXPECTED);
  },
  60_000,
);

// A bad week in which the clerk is never killed would show nothing.
afterAll(() => expect(killed).toBeGreaterThan(50));
