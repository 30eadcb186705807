import { describe, test } from "vitest";
import { READERS, readsAnything, readsInItsTime } from "./readers.js";

/** Whoever wants more says so: `FUZZ_RUNS=100000 npm run test:ci -- fuzz` */
const RUNS = Number(process.env.FUZZ_RUNS ?? 500);

describe("whatever a stranger writes is read without a fault, many times over", () => {
  test.each(Object.entries(READERS))("%s", (_, reader) => readsAnything(reader, RUNS));
});

describe("100 kB of it take no more than their share of time, many times over", () => {
  test.each(Object.entries(READERS))("%s", (_, reader) => readsInItsTime(reader, RUNS / 50));
});
