import { describe, expect, test } from "vitest";
import { anHour, costTable, tableInDocs } from "../src/bench/limits.js";
import { againstRecord, countsOf, readRecord } from "../src/bench/record.js";
import { judged, perTenfold, type Row } from "../src/bench/row.js";
import { tableOf } from "../src/bench/table.js";

const row = (value: number, more: Partial<Row> = {}): Row => ({
  name: "a vote",
  size: 10,
  unit: "reads",
  value,
  ...more,
});

describe("the record of counts", () => {
  const record = { events: countsOf([row(1), row(2, { unit: "points" }), row(30, { unit: "kB" })]) };

  test("what grew is told with what it was and what it is", () => {
    expect(againstRecord(record, "events", [row(2), row(4, { unit: "points" })])).toEqual({
      grown: ["events: a vote (10) grew from 1 to 2 reads, from 2 to 4 points."],
      shrunk: [],
      missing: [],
    });
  });
  test("what shrank is only told", () => {
    expect(againstRecord(record, "events", [row(0)])).toEqual({
      grown: [],
      shrunk: ["events: a vote (10) shrank from 1 to 0 reads."],
      missing: [],
    });
  });
  test("what was never recorded is told", () => {
    expect(againstRecord(record, "events", [row(1, { size: 1000 })]).missing).toEqual([
      "events: a vote (1000) is not in the record.",
    ]);
    expect(againstRecord({}, "events", [row(1)]).missing).toHaveLength(1);
  });
  test("texts may be a little longer by chance, times are not held to it at all", () => {
    const { grown, missing } = againstRecord(record, "events", [
      row(33, { unit: "kB" }),
      row(9, { unit: "minutes" }),
    ]);
    expect([...grown, ...missing]).toEqual([]);
    expect(againstRecord(record, "events", [row(34, { unit: "kB" })]).grown).toHaveLength(1);
  });
  test("the table of docs/operating.md is made of it", () => {
    expect(tableInDocs(), "stale: npm run bench -- events --record").toBe(costTable(readRecord()));
  });
});

describe("rows", () => {
  test("a goal is held, or missed by a factor", () => {
    expect(judged(row(4))).toBeNull();
    expect(judged(row(4, { goal: { most: 4 } }))).toEqual({ held: true, factor: 1 });
    expect(judged(row(4, { goal: { most: 2 } }))).toEqual({ held: false, factor: 2 });
    expect(judged(row(4, { goal: { least: 8 } }))).toEqual({ held: false, factor: 2 });
    expect(judged(row(4, { goal: { most: 0 } }))?.held).toBe(false);
  });
  test("growth is by what a tenfold size makes of it", () => {
    expect(perTenfold([row(5, { size: 10 }), row(50, { size: 100 })])).toBeCloseTo(10);
    expect(perTenfold([row(5, { size: 10 }), row(5, { size: 100 }), row(20, { size: 1000 })])).toBeCloseTo(2);
    expect(perTenfold([row(5)])).toBeNull();
    expect(perTenfold([row(0, { size: 10 }), row(5, { size: 100 })])).toBeNull();
    expect(perTenfold([row(5, { size: null })])).toBeNull();
  });
  test("are shown with goal, by how much it was missed, and growth", () => {
    const benchmark = {
      name: "events",
      title: "Costs",
      sizes: "comments",
      kind: "counts",
      run: async () => [],
    } as const;
    const rows = [
      row(1, { goal: { most: 1 } }),
      row(3, { unit: "writes" }),
      row(4, { size: 100, goal: { most: 1 } }),
      row(3, { size: 100, unit: "writes" }),
    ];
    expect(tableOf(benchmark, rows).split("\n")).toEqual([
      "| events: Costs | comments | reads | writes | goal | per tenfold |",
      "| --- | --: | --: | --: | --- | --: |",
      "| a vote | 10 | 1 | 3 | reads ≤ 1 held |  |",
      "| a vote | 100 | 4 | 3 | reads ≤ 1 MISSED by 3, ×4.0 | ×4.00 |",
    ]);
  });
});

test("an hour has room for as many as the first limit lets through", () => {
  expect(anHour({ requests: 0 })).toBeNull();
  expect(anHour({ reads: 1, writes: 0, GraphQL: 1, points: 1 })).toEqual({ many: 5000, by: "points" });
  expect(anHour({ reads: 1, writes: 5, REST: 5, points: 1, creating: 1 })).toEqual({
    many: 500,
    by: "content",
  });
  expect(anHour({ reads: 1, writes: 3, REST: 3, points: 1 })).toEqual({ many: 1200, by: "a write a second" });
});
