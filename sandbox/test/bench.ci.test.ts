import { expect, test } from "vitest";
import { BENCHMARKS } from "../src/bench/benchmarks.js";
import { ANEW, againstRecord, readRecord } from "../src/bench/record.js";

/** The benchmarks that count, at their smaller sizes, held to bench-record.json. The slowest are left to `npm run bench`. */
const LEFT_OUT = new Set(["waits"]);

for (const { name, kind, run } of BENCHMARKS) {
  if (kind !== "counts" || LEFT_OUT.has(name)) continue;
  test(`bench ${name}: nothing costs more than what is recorded`, {
    retry: 0,
    timeout: 300_000,
  }, async () => {
    const { grown, shrunk, missing } = againstRecord(readRecord(), name, await run("few"));
    for (const sentence of shrunk) console.log(sentence);
    const wrong = [...grown, ...missing];
    expect(wrong.length === 0 ? "" : [...wrong, ANEW].join("\n")).toBe("");
  });
}
