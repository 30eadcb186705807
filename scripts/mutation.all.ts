import { test } from "vitest";

/** Comes after all tests; mutation.runner.ts puts the trial of the mutants in its place. */
test("each mutant is tried", () => {});
