import { DAY, HOUR, type Instant, MINUTE } from "../domain/text/time.js";

/** What the JSON Schema shows editors. A lone `m` is left out: it could be months. */
export const LENGTH_PATTERN =
  /^\s*(?:0|[1-9]\d{0,5})\s*(?:[wW](?:eeks?)?|[dD](?:ays?)?|[hH](?:ours?)?|[mM]in(?:utes?)?)\s*$/;

const UNITS: ReadonlyMap<string, number> = new Map([
  ["w", 7 * DAY],
  ["d", DAY],
  ["h", HOUR],
  ["m", MINUTE],
]);

/** `5 days`, `5d`, `120 hours`, `1 week`, `30 minutes` in milliseconds; null when it is none, under a minute, or over a year. */
export function readLength(text: string): number | null {
  if (!LENGTH_PATTERN.test(text)) return null;
  const unit = UNITS.get(/[a-z]/i.exec(text)?.[0].toLowerCase() ?? "");
  if (unit === undefined) return null;
  const length = Number.parseInt(text, 10) * unit;
  return length >= MINUTE && length <= 366 * DAY ? length : null;
}

/** The same, or no time at all: `0 days`. */
export const readPeriod = (text: string): number | null =>
  LENGTH_PATTERN.test(text) && Number.parseInt(text, 10) === 0 ? 0 : readLength(text);

/** How long somebody is waited for before a reminder: a length of a day or more. */
export function readWait(text: string): number | null {
  const length = readLength(text);
  return length === null || length < DAY ? null : length;
}

/** The first moment (UTC) of a day written `2026-03-01`; null when the calendar has no such day. */
export function readDay(text: string): Instant | null {
  if (!DAY_PATTERN.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : null;
}

export const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
