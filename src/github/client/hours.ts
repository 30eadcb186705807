import { HOUR, type Instant } from "../../domain/text/time.js";
import type { Headers } from "./limits.js";

/** What GitHub last said is left of an hour. */
export interface HourLeft {
  /** null: the App itself, signed in as none. */
  readonly installation: number | null;
  readonly api: "rest" | "graphql";
  readonly limit: number;
  readonly remaining: number;
  /** When it is whole again, by GitHub's time. */
  readonly resetAt: Instant;
}

/** One that was not asked for so long is asked for no more. */
const FORGOTTEN = 25 * HOUR;

/** What is left of each installation's hour, by the headers of every answer. For people to look at: what the clerk waits for is `Pace`'s. */
export class HoursLeft {
  readonly #left = new Map<string, HourLeft>();

  /** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
  answered(installation: number | null, headers: Headers): void {
    const api = APIS.get(String(headers["x-ratelimit-resource"]));
    const limit = Number(headers["x-ratelimit-limit"] ?? Number.NaN);
    const remaining = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
    const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
    if (api === undefined || ![limit, remaining, reset].every(Number.isFinite)) return;
    this.#left.set(`${installation} ${api}`, {
      ...{ installation, api, limit, remaining },
      resetAt: reset * 1000,
    });
  }

  /** Whole again where its hour is over. */
  at(now: Instant): readonly HourLeft[] {
    for (const [key, { resetAt }] of this.#left) if (resetAt + FORGOTTEN < now) this.#left.delete(key);
    return [...this.#left.values()].map((one) =>
      one.resetAt <= now ? { ...one, remaining: one.limit } : one,
    );
  }
}

const APIS: ReadonlyMap<string, HourLeft["api"]> = new Map([
  ["core", "rest"],
  ["graphql", "graphql"],
]);
