import type { LawfulNote, Register } from "../model/register.js";
import type { Instant } from "../text/time.js";

/** One merged amendment that had passed: from which lawful config to which. */
export interface PassedStep {
  readonly pull: number;
  /** When GitHub says it was merged. */
  readonly at: Instant;
  /** The lawful config it was judged by; null: its record was written by a clerk that did not keep this yet, and `base` is used instead. */
  readonly judgedBy: Pick<LawfulNote, "number" | "fingerprint"> | null;
  /** Fingerprint of the config it was judged on top of. */
  readonly base: string;
  /** Fingerprint of the config it was approved to make. */
  readonly makes: string;
  /** The default branch's history shows that its merge made just that. false: it shows something else, or nothing of it. */
  readonly landed: boolean;
}

/** Which config is lawful, as a place in the chain. */
export type ChainPlace = Pick<LawfulNote, "number" | "fingerprint">;

/** A merged PR as the clerk's own record of it has it. */
export interface MergedRecord {
  readonly register: Register | null;
  /** The head it was merged at. */
  readonly head: string;
  readonly at: Instant;
}

/**
 * The step that this was, if it had passed and was merged at that very head; else null. `landedAs`: fingerprint of the config that its merge
 * made, as far as the history shows it.
 */
export function passedStep(
  { register, head, at }: MergedRecord,
  { pull, landedAs }: { readonly pull: number; readonly landedAs: string | null },
): PassedStep | null {
  const seen = register?.lastSeen;
  if (seen === undefined || !seen.passed || seen.head !== head || seen.makes === "") return null;
  const { base, makes, judgedBy } = seen;
  return { pull, at, judgedBy, base, makes, landed: landedAs === makes };
}

/**
 * config.lawful: the steps that lead from the lawful config on, fingerprint to fingerprint, in the order of their merges. A step leads on only from
 * the very state it was judged by; the number tells that state from an equal one of another time, so nothing is approved twice. A merge
 * that landed was a step; one that the history does not show counts as a step only where it leads to the present config.
 */
export function lawfulChain(
  from: ChainPlace,
  steps: readonly PassedStep[],
  present: string,
): readonly PassedStep[] {
  const inOrder = [...steps].sort((a, b) => a.at - b.at || a.pull - b.pull);
  return follow(from, inOrder, present);
}

function follow(from: ChainPlace, steps: readonly PassedStep[], present: string): readonly PassedStep[] {
  for (const [index, step] of steps.entries()) {
    if (!leadsOn(from, step)) continue;
    const later = steps.slice(index + 1);
    const taken = [step, ...follow(placeAfter(from, step), later, present)];
    if (step.landed || taken.at(-1)?.makes === present) return taken;
  }
  return [];
}

const placeAfter = ({ number }: ChainPlace, { makes }: PassedStep): ChainPlace => ({
  number: number + 1,
  fingerprint: makes,
});

/** What makes the config it was judged by is no step: it brings that back. */
const leadsOn = (from: ChainPlace, { judgedBy, base, makes }: PassedStep): boolean =>
  makes !== from.fingerprint &&
  (judgedBy === null
    ? base === from.fingerprint
    : judgedBy.number === from.number && judgedBy.fingerprint === from.fingerprint);
