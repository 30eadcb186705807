import { afterAll, describe, expect, it } from "vitest";
import { expectSameForReaders } from "../support/readers.js";
import { Rehearsal } from "../support/rehearsal.js";
import { badWeek } from "./badWeek.js";

/*
 * memory.kept: a reader without the App's key gets the same answer as the clerk, at the end of every story there is, and in bad weeks.
 */

let answers = 0;

/** What goes wrong in a story is not to go wrong here, and what a look costs is not the clerk's to pay. */
async function look(r: Rehearsal): Promise<void> {
  const { faults, limits } = r.sandbox;
  const { lagSeconds, byChance } = faults;
  const before = limits.limits;
  Object.assign(faults, { lagSeconds: 0, byChance: () => null });
  limits.limits = { ...before, perHour: 1_000_000 };
  try {
    answers += await expectSameForReaders(r);
  } finally {
    Object.assign(faults, { lagSeconds, byChance });
    limits.limits = before;
  }
}

Rehearsal.atEnd = look;
afterAll(() => {
  Rehearsal.atEnd = null;
  expect(answers).toBeGreaterThan(200);
});

// The stories, as tests of this file: each ends with a look.
describe.each([
  "main.test.js",
  "amendments.test.js",
  "attacks.test.js",
  "moments.test.js",
  "updateBranch.test.js",
  "memory.ci.test.js",
  "lawful.ci.test.js",
  "configLife.ci.test.js",
])("%s", async (file) => {
  await import(`./${file}`);
});

it.each([1, 2, 3])(
  "memory.kept: in a bad week a reader's answer is the clerk's at every calm, seed %i",
  async (seed) => {
    await badWeek(seed, look);
  },
  60_000,
);
