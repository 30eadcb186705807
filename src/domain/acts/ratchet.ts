import type { IdleLabel } from "../model/decision.js";
import { sameLogin } from "../model/people.js";
import type { Motion } from "../model/register.js";
import type { DecisionRule, Need, Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { onceFor } from "../text/onceFor.js";
import type { Instant } from "../text/time.js";
import { decisionFor, growNeeds, isAskedFor, isMembers, labelsAskedFor } from "./needs.js";
import { type ActContext, accepted, ignored, type Needed, type OpeningNeeds, type Ruling } from "./ruling.js";
import { labelHistory } from "./stage.js";
import { labelEvents } from "./timelineIndex.js";

/** decision.ratchet: the needs of a motion that is open, or concluded and kept, still matter. */
export const isLive = (motion: Motion | null): motion is Motion =>
  motion !== null && (motion.end === null || motion.end.kind === "concluded");

export interface Ratchet {
  /** What a motion opened at this moment needs: by the labels that stood then, and by the paths. */
  readonly opening: (at: Instant) => OpeningNeeds;
  /** What this motion has come to need: by its own labels, and by the paths as they are now. Never less than it did. */
  readonly grown: (motion: Motion) => Needed;
}

/**
 * decision.ratchet, for a proposal. The labels of a motion are those that stood at its very moment, whoever put them on, and those
 * that somebody on the roster has put on since. What stands now decides nothing: a label can be there for a second.
 */
export function ratchet(snapshot: Snapshot, rules: Rules): Ratchet {
  const asks = labelsAskedFor(rules);
  const histories = historiesOf(snapshot);
  // No other label makes a difference to what is needed, and strangers can put on as many as they like.
  const asking = histories.filter(({ name }) => asks.has(name.toLowerCase()));
  // This is asked for each of thousands of acts, so each answer is computed once.
  const rulesFor = new Map<string, DecisionRule | null>();
  const fitting = (labels: readonly string[]): DecisionRule | null => {
    const asked = labels.map((label) => label.toLowerCase()).filter((label) => asks.has(label));
    const key = asked.length === 0 ? "" : JSON.stringify(asked.sort());
    const found = rulesFor.get(key);
    if (found !== undefined) return found;
    const rule = decisionFor(rules, { ...snapshot, labels });
    rulesFor.set(key, rule);
    return rule;
  };
  const sheds = new Map<string, boolean>();
  const shed = (label: string): boolean => {
    const found = sheds.get(label) ?? takenOffByMember(label, snapshot, rules);
    sheds.set(label, found);
    return found;
  };
  return {
    opening: (at) => {
      const standing = (all: typeof histories) =>
        all.filter(({ stood }) => stood(at)).map(({ name }) => name);
      const rule = fitting(standing(asking));
      const labels = () => standing(histories);
      return { needs: rule?.approval ?? [], decision: rule?.name ?? "", labels };
    },
    grown: (motion) => {
      const labels = labelsOf(motion, snapshot);
      // Somebody who replaces one label by another wants what the new one asks for, even where the old one comes first in the config.
      const left = labels.filter((label) => !shed(label));
      const rule = fitting(left);
      const needs = growNeeds(motion.needs, fitting(labels)?.approval ?? []);
      const grown = growNeeds(needs, rule?.approval ?? []);
      return {
        needs: grown,
        decision: grown === motion.needs ? motion.decision : (rule?.name ?? ""),
        fitted: fittedBy(motion, [fitting(labels), rule]),
      };
    },
  };
}

/** The names it has, where none comes in. */
function fittedBy(motion: Motion, rules: readonly (DecisionRule | null)[]): Motion["fitted"] {
  const names = namesOf(motion);
  const more = rules.flatMap((rule) => (rule === null || names.includes(rule.name) ? [] : [rule.name]));
  return more.length === 0 ? motion.fitted : [...new Set([...names, ...more])];
}

type Named = Pick<Needed, "fitted" | "decision">;

const namesOf = ({ fitted, decision }: Named): readonly string[] => fitted ?? [decision];

/**
 * fcp.length: how long a motion's period is by these rules. It never gets shorter by another label or path (decision.ratchet), so it is
 * the longest of all decisions that have fitted; one that is gone has the length that the rules give to all.
 */
export const periodOf = (motion: Named, rules: Rules): number =>
  Math.max(
    ...namesOf(motion).map(
      (name) =>
        rules.decisions.find((rule) => rule.name === name)?.finalCommentPeriod ?? rules.finalCommentPeriod,
    ),
  );

/**
 * Whose teams have a say: those an open motion needs, grown already by what GitHub shows now (decision.ratchet); of a kept decision,
 * those that made it and those a new motion would need.
 */
export function voices(motion: Motion | null, opens: Needed, ratchet: Ratchet): readonly Need[] {
  if (!isLive(motion)) return opens.needs;
  const { needs } = ratchet.grown(motion);
  return motion.end === null ? needs : growNeeds(needs, opens.needs);
}

/** The labels of a motion; one from a record that did not keep them has those that stood at its moment. */
export const labelsOf = (motion: Motion, snapshot: Snapshot): readonly string[] =>
  motion.labels ?? labelsAt(snapshot, motion.from.at);

/** The labels that stood at this moment, whoever had put them on. */
export const labelsAt = (snapshot: Snapshot, at: Instant): readonly string[] =>
  historiesOf(snapshot)
    .filter(({ stood }) => stood(at))
    .map(({ name }) => name);

/**
 * GitHub tells time in whole seconds: what stood when the second began or when it ended stood at that moment. So nobody
 * can take a label off in the very second of a motion, and a label put on and taken off within that second was never there.
 */
const historiesOf = onceFor((snapshot: Snapshot) => {
  const names = new Map<string, string>();
  for (const event of snapshot.events)
    if ((event.kind === "labeled" || event.kind === "unlabeled") && event.label !== null)
      names.set(event.label.toLowerCase(), event.label);
  for (const label of snapshot.labels) names.set(label.toLowerCase(), label);
  return [...names.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, name]) => {
      const carried = labelHistory(snapshot, name);
      return { name, stood: (at: Instant) => carried(at) || carried(at - 1) };
    });
});

/** Was it last taken off by somebody on the roster? When anybody else takes it off, that changes nothing. */
function takenOffByMember(label: string, { events }: Snapshot, rules: Rules): boolean {
  const last = labelEvents(events, label).at(-1);
  return last?.kind === "unlabeled" && isMembers(last.actor, rules);
}

/** A label put on before the motion, or without one, is no act: whether it stands at a motion is in GitHub's own timeline. */
export const asks = (motion: Motion | null, at: Instant): boolean => isLive(motion) && at > motion.from.at;

/**
 * decision.ratchet: a label put on during a motion. From somebody on the roster it is one of the motion's labels from then on; so is
 * one the clerk puts on, which says what members did. Anybody else's is shown and holds nothing.
 */
export function addLabel(context: ActContext, label: string, byClerk: boolean): Ruling {
  const { register, snapshot, rules, act, stage } = context;
  const { motion } = register;
  if (context.appliesTo !== null || motion === null || stage.merged || !asks(motion, act.at))
    return ignored(context);
  const labels = labelsOf(motion, snapshot);
  if (labels.some((one) => sameLogin(one, label)) || !(byClerk || isMembers(act.by, rules)))
    return ignored(context);
  return accepted({ ...register, motion: { ...motion, labels: [...labels, label] } });
}

export function idleLabels(motion: Motion, snapshot: Snapshot, rules: Rules): readonly IdleLabel[] {
  const own = labelsOf(motion, snapshot);
  return [...new Set(snapshot.labels)]
    .filter((label) => isAskedFor(label, snapshot, rules) && !own.some((one) => sameLogin(one, label)))
    .filter((label) => {
      const rule = decisionFor(rules, { ...snapshot, labels: [...own, label] });
      return growNeeds(motion.needs, rule?.approval ?? []) !== motion.needs;
    })
    .sort()
    .map((label) => {
      const added = labelEvents(snapshot.events, label).findLast(({ kind }) => kind === "labeled");
      return { label, by: added?.actor ?? null };
    });
}
