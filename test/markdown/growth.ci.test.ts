import { describe, expect, test } from "vitest";
import { spokenLines } from "../../src/markdown/spokenLines.js";
import { costOf, expectLinear } from "../support/growth.js";
import { HOSTILE_BODIES } from "../support/hostileBodies.js";

const LARGEST = 65_536;

describe("what a person said is read in time in proportion to what they wrote", () => {
  test.each(Object.entries(HOSTILE_BODIES))("%s", (_, make) => {
    expectLinear(make, spokenLines, LARGEST);
  });

  test("behind a mention too, and with one at the end, so that nothing of it is passed over", () => {
    const worst = Object.values(HOSTILE_BODIES).map((make) =>
      costOf(() => spokenLines(`@mscbot help\n\n${make(LARGEST)}\n\n@mscbot help`)),
    );
    expect(Math.max(...worst)).toBeLessThan(500);
  }, 120_000);
});
