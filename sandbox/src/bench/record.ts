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
export function compare(record: Counts, benchmark: string, rows: readonly Row[]): Compared {
  const grown: string[] = [];
  const shrunk: string[] = [];
  const missing: string[] = [];
  for (const row of rows) {
    const slack = HELD[row.unit];
    if (slack === undefined) continue;
    const what = `${benchmark}: ${keyOf(row)}`;
    const before = record[benchmark]?.[keyOf(row)]?.[row.unit];
    if (before === undefined) missing.push(`${what} is not in the record: ${row.value} ${row.unit}.`);
    else if (row.value > before * (1 + slack))
      grown.push(`${what} grew from ${before} to ${row.value} ${row.unit}.`);
    else if (row.value < before * (1 - slack))
      shrunk.push(`${what} shrank from ${before} to ${row.value} ${row.unit}.`);
  }
  return { grown, shrunk, missing };
}
