import { afterAll, describe, expect, it } from "vitest";
import { expectSameForReaders } from "../support/readers.js";
import { Rehearsal } from "../support/rehearsal.js";
import { casesOf, judged } from "../support/verifying.js";
import { badWeek } from "./badWeek.js";

/*
 * What somebody without the App's key sees at the end of every story there is, and in bad weeks:
 * - memory.kept: a reader gets the same answer as the clerk;
 * - record.signed: each record that the clerk has published is contradicted by nothing.
 */

let answers = 0;
let verified = 0;

/** What goes wrong in a story is not to go wrong here, and what a look costs is not the clerk's to pay. */
async function look(r: Rehearsal): Promise<void> {
  const { faults, limits } = r.sandbox;
  const { lagSeconds, byChance } = faults;
  const before = limits.limits;
  Object.assign(faults, { lagSeconds: 0, byChance: () => null });
  limits.limits = { ...before, perHour: 1_000_000 };
  try {
    answers += await expectSameForReaders(r);
    // Records by a key that no config lists are rightly contradicted.
    if (r.recordKeys === undefined) await expectUncontradicted(r);
  } finally {
    Object.assign(faults, { lagSeconds, byChance });
    limits.limits = before;
  }
}

async function expectUncontradicted(r: Rehearsal): Promise<void> {
  for (const saved of await casesOf(r)) {
    const { code, told } = judged(saved);
    expect(code, `#${saved.proposal}\n${told}`).not.toBe(4);
    verified += 1;
  }
}

Rehearsal.atEnd = look;
afterAll(() => {
  Rehearsal.atEnd = null;
  expect(answers).toBeGreaterThan(200);
  expect(verified).toBeGreaterThan(50);
});

// The stories, as tests of this file: each ends with a look.
describe.each([
  "main.test.js",
  "amendments.ci.test.js",
  "attacks.ci.test.js",
  "elsewhere.test.js",
  "moments.test.js",
  "signedRecord.ci.test.js",
  "updateBranch.ci.test.js",
  "memory.ci.test.js",
  "lawful.ci.test.js",
  "configLife.ci.test.js",
])("%s", async (file) => {
  await import(`./${file}`);
});

it.each([1, 2, 3])(
  "memory.kept, record.signed: in a bad week a reader's answer is the clerk's at every calm, and no record contradicted, seed %i",
  async (seed) => {
    await badWeek(seed, look);
  },
  60_000,
);
