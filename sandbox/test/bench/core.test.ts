import { describe, expect, test } from "vitest";
import { operationsOf } from "../../../test/support/operations.js";
import { lookedAtAgain, MIXES, reconciled } from "../../src/bench/mixes.js";

/*
 * What is done on a pull request costs in proportion to how much it is: elements and characters are counted and no time, so that this says the
 * same on every machine. What is copied, searched or folded anew for every act grows with the square, and fails here.
 */

const [FEW, MANY] = [1000, 4000] as const;
const MOST = 1.3;
const growth = (few: number, many: number): number => Math.log(many / few) / Math.log(MANY / FEW);

describe("the core takes time in proportion to what was done", () => {
  test.each(MIXES.map(({ name, make }) => [name, make] as const))("%s", (_, make) => {
    const first = [FEW, MANY].map((acts) => {
      const one = make(acts);
      return operationsOf(() => reconciled(one));
    });
    expect(growth(first[0] ?? 0, first[1] ?? 0)).toBeLessThan(MOST);
    const known = [FEW, MANY].map((acts) => {
      const again = lookedAtAgain(make(acts));
      return operationsOf(() => reconciled(again));
    });
    expect(growth(known[0] ?? 0, known[1] ?? 0)).toBeLessThan(MOST);
  });
});
