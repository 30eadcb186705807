import { afterAll, expect } from "vitest";
import { expectSameForReaders } from "./readers.js";
import { Rehearsal } from "./rehearsal.js";
import { casesOf, judged } from "./verifying.js";

/**
 * Has each story of a file end with a look by somebody without the App's key:
 * - memory.kept: a reader gets the same answer as the clerk;
 * - record.signed: each record that the clerk has published is contradicted by nothing. `records`: so many there are at least.
 *
 * Called once, at the top of the file. Returns the look, for moments before the end.
 */
export function lookFromOutside({ records }: { readonly records: number }): (r: Rehearsal) => Promise<void> {
  let answers = 0;
  let verified = 0;
  const look = async (r: Rehearsal) => {
    const { faults, limits } = r.sandbox;
    const { lagSeconds, byChance } = faults;
    const before = limits.limits;
    // What goes wrong in a story is not to go wrong here, and what a look costs is not the clerk's to pay.
    Object.assign(faults, { lagSeconds: 0, byChance: () => null });
    limits.limits = { ...before, perHour: 1_000_000 };
    try {
      answers += await expectSameForReaders(r);
      // Records by a key that no config lists are rightly contradicted.
      if (r.recordKeys === undefined) verified += await expectUncontradicted(r);
    } finally {
      Object.assign(faults, { lagSeconds, byChance });
      limits.limits = before;
    }
  };
  Rehearsal.atEnd = look;
  afterAll(() => {
    Rehearsal.atEnd = null;
    expect(answers).toBeGreaterThan(0);
    expect(verified).toBeGreaterThanOrEqual(records);
  });
  return look;
}

async function expectUncontradicted(r: Rehearsal): Promise<number> {
  const cases = await casesOf(r);
  for (const saved of cases) {
    const { code, told } = judged(saved);
    expect(code, `#${saved.proposal}\n${told}`).not.toBe(4);
  }
  return cases.length;
}
