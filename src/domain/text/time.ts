/**
 * A moment, in milliseconds since 1970 UTC. GitHub's own time stamps are whole seconds; the clerk's `now`
 * is the only finer one. Time always comes in as an argument: nothing in the domain reads a clock.
 */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** `2026-03-03T14:05:00Z`: the way GitHub writes a moment. */
export const iso = (at: Instant): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");

/** `3 March 2026, 14:05 UTC`: the way people read it. */
export function readable(at: Instant): string {
  const date = new Date(at);
  const month = MONTHS[date.getUTCMonth()] ?? "";
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
