import { count } from "../domain/messages/grammar.js";
import { DAY, HOUR, type Instant, MINUTE } from "../domain/text/time.js";

/** How long something has waited. Whole days are what people count in: `today`, `1 day`, `412 days`. */
export function waitedWords(since: Instant, now: Instant): string {
  const days = Math.floor((now - since) / DAY);
  return days < 1 ? "less than a day" : count(days, "day");
}

/** How old something is, in the unit one would say: `3 hours`, `40 days`, `5 months`, `7 years`. */
export function ageWords(from: Instant, now: Instant): string {
  const length = Math.max(0, now - from);
  if (length < HOUR) return count(Math.max(1, Math.floor(length / MINUTE)), "minute");
  if (length < 2 * DAY) return count(Math.floor(length / HOUR), "hour");
  const days = Math.floor(length / DAY);
  if (days < 60) return count(days, "day");
  return days < 730 ? count(Math.floor(days / 30.4375), "month") : count(Math.floor(days / 365.25), "year");
}

/** How soon something comes, or how long ago it did: `in 2 days`, `5 hours ago`. */
export const untilWords = (at: Instant, now: Instant): string =>
  at <= now ? `${ageWords(at, now)} ago` : `in ${ageWords(now, at)}`;
