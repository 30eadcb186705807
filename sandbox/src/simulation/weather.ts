import { MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { Chance } from "./chance.js";
import type { Weather } from "./story.js";
import type { Fate } from "./wire.js";

/** What becomes of a request in this weather. `isStill`: its machine stands still since it was sent, and it is on its way meanwhile. */
export function fateIn(weather: Weather | null, chance: Chance, isStill: boolean): Fate {
  if (isStill) return { ...FAIR, before: chance.span(100, 8 * SECOND) };
  if (weather === null) return FAIR;
  const failing = chance.maybe(weather.failing);
  return {
    before: chance.maybe(weather.slow) ? chance.span(100, 8 * SECOND) : 0,
    after: chance.maybe(weather.slow) ? chance.span(100, 8 * SECOND) : 0,
    lag: weather.lag > 0 ? chance.below(weather.lag) : 0,
    failure: failing
      ? chance.weighed<Fate["failure"]>([
          [3, { kind: "error", status: 502, carriedOut: true }],
          [2, { kind: "error", status: 502, carriedOut: false }],
          [2, { kind: "cut", carriedOut: true }],
          [1, { kind: "cut", carriedOut: false }],
          [1, { kind: "secondary", retryAfter: 60 }],
          [0.3, { kind: "forbidden" }],
          [0.3, { kind: "primary", resetIn: 20 * MINUTE }],
        ])
      : null,
  };
}

const FAIR: Fate = { before: 0, after: 0, lag: 0, failure: null };
