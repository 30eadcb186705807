import { isLeftAlone } from "../acts/life.js";
import { isByRule } from "../acts/scope.js";
import { labelEvents } from "../acts/timelineIndex.js";
import type { Decision } from "../model/decision.js";
import { sameLogin } from "../model/people.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";

/** Labels by name, to put on and to take off. */
export interface NamedLabels {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** proposal.placeholder: the proposal label, after which it is something else, and so is read again. */
  readonly becomes: string | null;
}

/**
 * proposal.ready, proposal.superseded, proposal.placeholder: labels that follow from what an author said, or from what was pushed. Each is put
 * on or taken off once: what a person does to it afterwards stands.
 */
export function lifeLabels(decision: Decision, snapshot: Snapshot, rules: Rules): NamedLabels {
  const { register } = decision;
  const add: string[] = [];
  const remove: string[] = [];
  const wears = (label: string) => snapshot.labels.some((one) => sameLogin(one, label));
  const put = (label: string) => {
    if (!wears(label)) add.push(label);
  };
  const take = (label: string) => {
    if (wears(label)) remove.push(label);
  };
  const { readyLabel, obsoleteLabel, filledPlaceholder } = rules;
  const { motion, obsolete, placeholder } = register;
  if (readyLabel !== undefined) {
    if (decision.waiting !== undefined) put(readyLabel);
    const over = motion !== null && motion.end === null ? motion.from.at : obsolete?.at;
    if (over !== undefined && isLeftAlone(snapshot, readyLabel, over)) take(readyLabel);
  }
  if (obsoleteLabel !== undefined && snapshot.pull.state !== "merged") {
    if (obsolete !== undefined && isLeftAlone(snapshot, obsoleteLabel, obsolete.at)) put(obsoleteLabel);
    // It was moved, or is ready, after all: only what the clerk itself had put on comes off.
    if (obsolete === undefined && labelEvents(snapshot.events, obsoleteLabel).at(-1)?.byClerk === true)
      take(obsoleteLabel);
  }
  const filled = filledPlaceholder === undefined ? null : (placeholder?.filled ?? null);
  if (filled === null || filledPlaceholder === undefined || snapshot.pull.state !== "open")
    return { add, remove, becomes: null };
  for (const label of [rules.labels.placeholder, ...filledPlaceholder.takeOff])
    if (isLeftAlone(snapshot, label, filled)) take(label);
  const { proposal } = rules.labels;
  const lacks = !isByRule(rules) && !wears(proposal) && isLeftAlone(snapshot, proposal, filled);
  return { add, remove, becomes: lacks ? proposal : null };
}
