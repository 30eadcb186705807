import { describe, test } from "vitest";
import { READERS, readsAnything, readsInItsTime } from "./readers.js";

describe("whatever a stranger writes is read without a fault", () => {
  test.each(Object.entries(READERS))("%s", (_, reader) => readsAnything(reader, 150));
});

describe("100 kB of it take no more than their share of time", () => {
  test.each(Object.entries(READERS))("%s", (_, reader) => readsInItsTime(reader, 3));
});
