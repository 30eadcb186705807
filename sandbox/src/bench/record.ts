import { readFileSync, writeFileSync } from "node:fs";
import type { Row } from "./row.js";

/** What was counted when it was last recorded: by benchmark, by what was measured and its size, and by unit. */
export type Counts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

export interface Compared {
  /** A sentence for each count that grew. */
  readonly grown: readonly string[];
  readonly shrunk: readonly string[];
  /** What the record does not have yet. */
  readonly missing: readonly string[];
}

/** What is held to the record, and by which part it may grow unnoticed: ids and signatures make texts longer by chance. */
const HELD: Readonly<Record<string, number>> = {
  requests: 0,
  reads: 0,
  writes: 0,
  creating: 0,
  points: 0,
  kB: 0.1,
};
/** What the tables of docs/operating.md are made of besides. */
const KEPT = ["REST", "GraphQL", "least"];

export const ANEW = "Where that is meant, record it anew: npm run bench -- --record";

const file = new URL("../../bench-record.json", import.meta.url);

export const readRecord = (): Counts => JSON.parse(readFileSync(file, "utf8")) as Counts;

export function writeRecord(counts: Counts): void {
  writeFileSync(file, `${JSON.stringify(counts, null, 2)}\n`);
}

const keyOf = ({ name, size }: Row) => (size === null ? name : `${name} (${size})`);

/** Of these rows, what a record keeps. */
export function countsOf(rows: readonly Row[]): Counts[string] {
  const counts: Record<string, Record<string, number>> = {};
  for (const row of rows) {
    if (!(row.unit in HELD) && !KEPT.includes(row.unit)) continue;
    const of = counts[keyOf(row)] ?? {};
    of[row.unit] = row.value;
    counts[keyOf(row)] = of;
  }
  return counts;
}

/** Holds what a benchmark counted to the record. What the record has besides was not counted now, and is left alone. */
export function againstRecord(record: Counts, benchmark: string, rows: readonly Row[]): Compared {
  const grown: string[] = [];
  const shrunk: string[] = [];
  const missing: string[] = [];
  for (const key of new Set(rows.map(keyOf))) {
    const held = rows.filter((row) => keyOf(row) === key && HELD[row.unit] !== undefined);
    const before = record[benchmark]?.[key];
    if (held.length === 0) continue;
    const what = `${benchmark}: ${key}`;
    if (before === undefined || held.some(({ unit }) => before[unit] === undefined)) {
      missing.push(`${what} is not in the record.`);
      continue;
    }
    const changed = (test: (by: number, slack: number) => boolean) =>
      held
        .filter(({ unit, value }) =>
          test(value - (before[unit] ?? 0), (before[unit] ?? 0) * (HELD[unit] ?? 0)),
        )
        .map(({ unit, value }) => `from ${before[unit]} to ${value} ${unit}`)
        .join(", ");
    const more = changed((by, slack) => by > slack);
    const less = changed((by, slack) => -by > slack);
    if (more !== "") grown.push(`${what} grew ${more}.`);
    if (less !== "") shrunk.push(`${what} shrank ${less}.`);
  }
  return { grown, shrunk, missing };
}
