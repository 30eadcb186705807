import type { Instant } from "../text/time.js";
import { readable } from "../text/time.js";

/** `a`, `a and b`, `a, b and c`. */
export function series(items: readonly string[], last = "and"): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** `1 approval`, `2 approvals`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `the Spec Core Team`; a title that brings its own article keeps it. */
export const theTeam = (title: string): string => (/^the\s/i.test(title) ? title : `the ${title}`);

/** `3 March 2026`, the day in UTC. */
export const day = (at: Instant): string => readable(at).split(",")[0] ?? "";

/** `5 days`, `36 hours`, `10 minutes`, `0 days`: whole units only, the largest that fits. */
export function duration(milliseconds: number): string {
  if (milliseconds === 0) return "0 days";
  for (const [unit, length] of UNITS) {
    if (milliseconds >= length && milliseconds % length === 0) return count(milliseconds / length, unit);
  }
  return count(Math.round(milliseconds / 1000), "second");
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `C1`, `C1 and C3`; past six, a count says more than a list. */
export const concernNames = (numbers: readonly number[]): string =>
  numbers.length > 6
    ? count(numbers.length, "concern")
    : `${numbers.length === 1 ? "concern" : "concerns"} ${series(numbers.map((n) => `C${n}`))}`;

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Without full stops at its end: what GitHub or Node says ends in one, or in none, and goes on here. */
export const withoutFullStop = (text: string): string => text.trimEnd().replace(/[.\s]+$/, "");

/** With one full stop at its end, whatever it came with. */
export const withFullStop = (text: string): string =>
  /[!?]\s*$/.test(text) ? text.trimEnd() : `${withoutFullStop(text)}.`;

/** How a Final Comment Period that has not concluded is told with its end: one whose time is up has ended, whatever holds its conclusion. */
export const endsOn = (endsAt: Instant, now: Instant): "ends on" | "ended on" =>
  endsAt > now ? "ends on" : "ended on";
