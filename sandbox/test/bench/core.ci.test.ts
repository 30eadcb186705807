import { describe, expect, test } from "vitest";
import { costOf } from "../../../test/support/growth.js";
import { operationsOf } from "../../../test/support/operations.js";
import { lookedAtAgain, MIXES, reconciled } from "../../src/bench/mixes.js";

/*
 * What is done on a pull request costs in proportion to how much it is. Elements and characters are counted and no time, so that this says the
 * same on every machine: what is copied, searched or folded anew for every act grows with the square, and fails here.
 */

const [FEW, MANY] = [1000, 4000] as const;
const MOST = 1.3;
const growth = (few: number, many: number): number => Math.log(many / few) / Math.log(MANY / FEW);
const ALL = MIXES.map(({ name, make }) => [name, make] as const);

describe("the core takes time in proportion to what was done", () => {
  test.each(ALL)("%s", (_, make) => {
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

// That what is counted is most of what it takes. Generous: machines that test are slow and busy.
describe("10,000 acts on one pull request take a moment", () => {
  test.each(ALL.filter((_, at) => at % 5 === 0))("%s", (_, make) => {
    const first = make(10_000);
    const anew = () => reconciled({ ...first, snapshot: structuredClone(first.snapshot) });
    expect(costOf(anew)).toBeLessThan(2500);
  });
});
