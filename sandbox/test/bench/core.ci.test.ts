import { describe, expect, test } from "vitest";
import { costOf } from "../../../test/support/growth.js";
import { lookedAtAgain, MIXES, reconciled } from "../../src/bench/mixes.js";

/* `core.test.ts` counts what is done; this holds that what is counted is most of what it takes. Generous: machines that test are slow and busy. */

describe("10,000 acts on one pull request take a moment", () => {
  test.each(MIXES.map(({ name, make }) => [name, make] as const))("%s", (_, make) => {
    const first = make(10_000);
    expect(costOf(() => reconciled({ ...first, snapshot: structuredClone(first.snapshot) }))).toBeLessThan(
      2500,
    );
    const again = lookedAtAgain(make(10_000));
    expect(costOf(() => reconciled(again))).toBeLessThan(1500);
  });
});
