import { expect, test } from "vitest";
import type { ProposalRef } from "../../src/github/ports.js";
import { Dependents } from "../../src/runtime/reconcile/dependents.js";

const ref = (number: number, name = "specs"): ProposalRef => ({ installation: 1, owner: "o", name, number });

function dependents() {
  const woken: ProposalRef[] = [];
  const all = new Dependents((one) => void woken.push(one));
  const look = (number: number, waitsFor: readonly number[], done = false, name?: string) =>
    all.judged(ref(number, name), { waitsFor, done });
  return { look, woken };
}

test("gate.begin: what waits for a proposal is reconciled when that is accepted, each once", () => {
  const { look, woken } = dependents();
  look(2, [1, 5]);
  look(3, [1]);
  look(1, [], false);
  expect(woken).toEqual([]);
  look(1, [], true);
  expect(woken).toEqual([ref(2), ref(3)]);
  look(1, [], true);
  expect(woken).toHaveLength(2);
});

test("gate.begin: one that waits no more, or of another repository, is left alone", () => {
  const { look, woken } = dependents();
  look(2, [1]);
  look(2, []);
  look(3, [1], false, "other");
  look(1, [], true);
  expect(woken).toEqual([]);
});

test("gate.begin: what says again that it waits is woken again", () => {
  const { look, woken } = dependents();
  look(2, [1]);
  look(1, [], true);
  look(2, [1]);
  look(1, [], true);
  expect(woken).toEqual([ref(2), ref(2)]);
});
