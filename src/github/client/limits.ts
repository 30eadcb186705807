import type { Instant } from "../../domain/text/time.js";
import { HOUR, MINUTE, SECOND } from "../../domain/text/time.js";

/** GitHub's headers, names in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/** GitHub will not answer before `until`. `resource`: the one budget it is about; null: everything. */
export interface Limit {
  readonly until: Instant;
  readonly resource: string | null;
  readonly why: string;
}

/** The least to wait at a secondary limit that does not say how long, as GitHub advises. */
const UNSAID = MINUTE;
const LONGEST = 2 * HOUR;

/**
 * Tells a limit from a lack of permission: both come as 403.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 *
 * @param message what the answer says; of GraphQL errors, all of them
 * @returns null when the answer is about something else
 */
export function limitIn(status: number, headers: Headers, message: string, now: Instant): Limit | null {
  const refused = status === 403 || status === 429;
  const says = /rate limit|abuse detection|too many requests|RATE_LIMIT/i.test(message);
  if (!refused && !(status === 200 && says)) return null;
  const resource = text(headers["x-ratelimit-resource"]);
  const retryAfter = number(headers["retry-after"]);
  if (retryAfter !== null) {
    return limit(
      now + Math.max(retryAfter, 1) * SECOND,
      null,
      "GitHub asks to wait (secondary rate limit)",
      now,
    );
  }
  const reset = resetAt(headers, now);
  if (number(headers["x-ratelimit-remaining"]) === 0 && reset !== null) {
    return limit(reset, resource, "the hourly rate limit is used up", now);
  }
  if (status === 429 || says) return limit(now + UNSAID, null, "GitHub's secondary rate limit was met", now);
  return null;
}

/** The last call of the hour went through: the next one would not. */
export function usedUp(headers: Headers, now: Instant): Limit | null {
  const until = resetAt(headers, now);
  if (number(headers["x-ratelimit-remaining"]) !== 0 || until === null || until <= now) return null;
  return limit(until, text(headers["x-ratelimit-resource"]), "the hourly rate limit is used up", now);
}

/** What is left of the hour is less than this part of it: what nobody waits for leaves it to people. */
const SPARED = 0.15;

/** null: enough is left, or the answer does not tell. */
export function scarce(headers: Headers, now: Instant): Limit | null {
  const [left, whole, until] = [
    number(headers["x-ratelimit-remaining"]),
    number(headers["x-ratelimit-limit"]),
    resetAt(headers, now),
  ];
  if (left === null || whole === null || until === null || until <= now || left >= whole * SPARED)
    return null;
  return limit(until, text(headers["x-ratelimit-resource"]), "what is left of the hour is for people", now);
}

/**
 * When the budget is whole again, by this machine's clock. The header is GitHub's time; where the two clocks are apart, the answer's
 * own `Date` tells by how much.
 */
function resetAt(headers: Headers, now: Instant): Instant | null {
  const reset = number(headers["x-ratelimit-reset"]);
  if (reset === null) return null;
  const apart = Date.parse(text(headers.date) ?? "") - now;
  return reset * SECOND + SECOND - (Math.abs(apart) > MINUTE ? apart : 0);
}

/** A moment that cannot be right (a clock that is off) is no reason to wait for ever, or not at all. */
const limit = (until: Instant, resource: string | null, why: string, now: Instant): Limit => ({
  until: Math.min(Math.max(until, now + SECOND), now + LONGEST),
  resource,
  why,
});

function number(value: string | number | undefined): number | null {
  if (value === undefined || value === "") return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

const text = (value: string | number | undefined): string | null =>
  value === undefined ? null : String(value);
