import { afterAll, describe, expect, it } from "vitest";
import { badWeek } from "../stories/badWeek.js";
import { Rehearsal } from "../support/rehearsal.js";
import { casesOf, judged } from "../support/verifying.js";

/*
 * record.signed: at the end of every story there is, and in bad weeks, each record that the clerk has published is contradicted by nothing.
 */

let verified = 0;

/** What goes wrong in a story is not to go wrong here. */
async function look(r: Rehearsal): Promise<void> {
  // Records by a key that no config lists are rightly contradicted.
  if (r.recordKeys !== undefined) return;
  const { faults, limits } = r.sandbox;
  const { lagSeconds, byChance } = faults;
  const before = limits.limits;
  Object.assign(faults, { lagSeconds: 0, byChance: () => null });
  limits.limits = { ...before, perHour: 1_000_000 };
  try {
    for (const saved of await casesOf(r)) {
      const { code, told } = judged(saved);
      expect(code, `#${saved.proposal}\n${told}`).not.toBe(4);
      if (process.env.SHOW && code !== 0) console.log(`#${saved.proposal}\n${told}`);
      verified += 1;
    }
  } finally {
    Object.assign(faults, { lagSeconds, byChance });
    limits.limits = before;
  }
}

Rehearsal.atEnd = look;
afterAll(() => {
  Rehearsal.atEnd = null;
  expect(verified).toBeGreaterThan(50);
});

// The stories, as tests of this file: each ends with a look.
describe.each([
  "main.test.js",
  "amendments.test.js",
  "attacks.test.js",
  "elsewhere.test.js",
  "moments.test.js",
  "signedRecord.test.js",
  "updateBranch.test.js",
  "memory.ci.test.js",
  "lawful.ci.test.js",
  "configLife.ci.test.js",
])("%s", async (file) => {
  await import(`../stories/${file}`);
});

it.each([1, 2, 3])(
  "record.signed: in a bad week a record is contradicted at no calm, seed %i",
  async (seed) => {
    await badWeek(seed, look);
  },
  60_000,
);
