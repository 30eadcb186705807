import { isAccepted } from "../../domain/acts/motionOutcome.js";
import type { Decision } from "../../domain/model/decision.js";
import type { ProposalRef } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";

/** What a reconcile tells of a proposal, as far as others wait for it. */
export interface Dependence {
  /** Numbers of the proposals it waits for. */
  readonly waitsFor: readonly number[];
  /** It is accepted, merged or closed. */
  readonly done: boolean;
}

export const dependenceOf = ({ gates = [], register: { motion }, phase }: Decision): Dependence => ({
  waitsFor: gates.flatMap(({ found }) =>
    found.kind === "dependencies" ? [...found.open.map(({ number }) => number), ...found.circle] : [],
  ),
  done: phase === "ended" || isAccepted(motion),
});

/**
 * gate.begin, gate.end: when a proposal comes to what others wait for, those are reconciled. Nothing on their own pull requests tells of it.
 * What a stop forgets is found by the clock: each looks again within the hour.
 */
export class Dependents {
  readonly #enqueue: (ref: ProposalRef) => void;
  /** By whom each proposal is waited for. */
  readonly #waiting = new Map<string, Map<string, ProposalRef>>();

  constructor(enqueue: (ref: ProposalRef) => void) {
    this.#enqueue = enqueue;
  }

  judged(ref: ProposalRef, { waitsFor, done }: Dependence): void {
    const own = keyOf(ref, ref.number);
    const wanted = new Set(waitsFor.map((number) => keyOf(ref, number)));
    for (const [key, waiting] of this.#waiting) {
      if (!wanted.has(key)) waiting.delete(own);
      if (waiting.size === 0) this.#waiting.delete(key);
    }
    for (const key of wanted) {
      const waiting = this.#waiting.get(key) ?? new Map<string, ProposalRef>();
      waiting.set(own, ref);
      this.#waiting.set(key, waiting);
    }
    if (!done) return;
    const waiting = this.#waiting.get(own);
    // Once: each that waits still says so again when it is reconciled.
    this.#waiting.delete(own);
    for (const each of waiting?.values() ?? []) this.#enqueue(each);
  }
}

const keyOf = (ref: ProposalRef, number: number): string => `${repositoryKey(ref)}#${number}`;
