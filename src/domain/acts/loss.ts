import { emptyRegister } from "../model/emptyRegister.js";
import { type LabelKey, labelNameOf } from "../model/labels.js";
import { type PersonRef, personOf, sameLogin, samePerson } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { OwnComment, Snapshot, TimelineEvent } from "../model/snapshot.js";
import { onceFor } from "../text/onceFor.js";
import { type Instant, SECOND } from "../text/time.js";
import { isClerk } from "./pendingReplies.js";
import { countsAsProposal } from "./scope.js";
import { compareText, labelEvents } from "./timelineIndex.js";

/** memory.lost: the newest register is gone, and what is left of it. */
export interface Loss {
  /** The newest number that any trace of the clerk's carries; 0: none does. */
  readonly newest: number;
  /** Who took traces of the clerk's away, as far as GitHub tells. */
  readonly takenBy: readonly PersonRef[];
}

/**
 * memory.lost: a register is lost when none is left although the clerk has been here, when a newer number is carried anywhere, or when
 * somebody else took a trace of the clerk's away and no run, which nobody can change, carries the same number. What the store holds
 * is lost only where a newer number is carried: nobody who can write on GitHub can take it away.
 * null: it is the newest there is, or there never was one.
 */
export function lossOf(snapshot: Snapshot, rules: Rules): Loss | null {
  const { register, carriers, registerFrom } = snapshot;
  const loss: Loss = { newest: carriers.newest ?? 0, takenBy: takersOf(snapshot) };
  if (register === null)
    return hasBeenHere(snapshot, rules) && !hasOnlyAnswered(snapshot, rules) ? loss : null;
  if (loss.newest > register.seq) return loss;
  const news = takenAwayFrom(snapshot) > register.takenAway;
  return registerFrom === "github" && news && carriers.newestRun !== register.seq ? loss : null;
}

/** How many traces of the clerk's other people have taken away: comments, and contents of its own revisions. It only grows. */
export const takenAwayFrom = (snapshot: Snapshot): number =>
  deletionsOf(snapshot).length + (snapshot.carriers.erased ?? 0);

/** The clerk's comments that other people have deleted, the oldest deletion first. */
export const deletionsOf = onceFor(({ events, clerk }: Snapshot): readonly TimelineEvent[] =>
  [...distinct(events.filter((event) => isTaking(event, clerk)))].sort((a, b) => a.at - b.at),
);

const isTaking = (event: TimelineEvent, clerk: Snapshot["clerk"]): boolean =>
  event.kind === "comment_deleted" && !event.byClerk && isClerk(event.author, clerk);

const distinct = (events: readonly TimelineEvent[]): readonly TimelineEvent[] => [
  ...new Map(events.map((event) => [event.id, event])).values(),
];

function takersOf({ events, clerk }: Snapshot): readonly PersonRef[] {
  const takers: PersonRef[] = [];
  for (const event of events) {
    if (!isTaking(event, clerk) || event.actor === null) continue;
    const person = personOf(event.actor);
    if (!takers.some((other) => samePerson(other, person))) takers.push(person);
  }
  return takers;
}

/** Labels that the clerk puts on for a motion only. */
const MOTION_LABELS = [
  "proposed_fcp",
  "fcp",
  "finished_fcp",
  "rejected",
  "postponed",
  "disposition_merge",
  "disposition_close",
  "disposition_postpone",
] as const satisfies readonly LabelKey[];

const CONCLUDED_LABELS = ["finished_fcp", "rejected", "postponed", "spec_pr_missing"] as const;

/** memory.lost: has the clerk ever written anything down here? It writes a comment, or puts on a label of a motion, only then. */
export function hasBeenHere(snapshot: Snapshot, rules: Rules): boolean {
  const { carriers, ownComments, events } = snapshot;
  return (
    (carriers.newest ?? 0) > 0 ||
    ownComments.length > 0 ||
    takenAwayFrom(snapshot) > 0 ||
    events.some((event) => event.kind === "labeled" && event.byClerk && isOneOf(event, rules, MOTION_LABELS))
  );
}

/** reply.scope: it has never been a proposal, and all the clerk did was to answer. There is nothing to lose. */
function hasOnlyAnswered(snapshot: Snapshot, rules: Rules): boolean {
  const { ownComments, events, amendment } = snapshot;
  return (
    !amendment &&
    ownComments.length > 0 &&
    ownComments.every(({ marker }) => marker.kind === "reply") &&
    labelEvents(events, rules.labels.proposal).length === 0 &&
    !countsAsProposal(snapshot, rules) &&
    !events.some((event) => event.byClerk && isOneOf(event, rules, MOTION_LABELS))
  );
}

const isOneOf = (event: TimelineEvent, rules: Rules, keys: readonly LabelKey[]): boolean =>
  (event.kind === "labeled" || event.kind === "unlabeled") &&
  event.label !== null &&
  keys.some((key) => isNamed(event.label, labelNameOf(rules.labels, key)));

const isNamed = (label: string | null, name: string | null): boolean =>
  label !== null && name !== null && sameLogin(label, name);

/**
 * What a lost register is rebuilt from, before GitHub's own facts are judged anew: an older one that is still there (it holds acts
 * whose comments may be gone since), else nothing. An amendment's votes are bound to changes that only the lost register
 * knew: they have to be given anew.
 */
export const leftOf = ({ register, amendment }: Snapshot): Register => ({
  ...(register === null || amendment ? emptyRegister : register),
  recovery: UNLISTED,
});

/** While it is being rebuilt nothing is listed yet, so nothing said so far confirms it. */
const UNLISTED = { number: 0, at: 0, takenBy: [], confirmed: [] } as const;

/** The rebuilt register, held until it is confirmed. Its number is above every one there has been: seconds of GitHub's time. */
export function rebuilt(
  register: Register,
  loss: Loss,
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
): Register {
  const number = Math.max(Math.floor(now / SECOND), loss.newest + 1, (snapshot.register?.seq ?? 0) + 1);
  return {
    ...register,
    seq: number,
    motion:
      register.motion === null
        ? null
        : numbered(noFurther(register.motion, snapshot, rules, now), snapshot.ownComments),
    takenAway: takenAwayFrom(snapshot),
    // What is merged begins, concludes and turns green no more: there is nothing to hold.
    recovery:
      snapshot.pull.state === "merged" ? null : { number, at: now, takenBy: loss.takenBy, confirmed: [] },
  };
}

/** A rebuilt motion is never past the phase of the clerk's own label events: a cancelled or void one does not come back. */
function noFurther(motion: Motion, snapshot: Snapshot, rules: Rules, now: Instant): Motion {
  const open = motion.end === null;
  const kept = motion.end?.kind === "concluded";
  switch (phaseOfLabels(snapshot, rules)) {
    case "concluded":
      return motion;
    case "fcp":
      return kept ? { ...motion, end: null } : motion;
    case "proposed":
      return open || kept ? { ...motion, fcp: null, end: null } : motion;
    case "none": {
      const { url } = snapshot.pull;
      return open || kept
        ? { ...motion, fcp: null, end: { kind: "cancelled", by: null, at: now, url, how: "lost" } }
        : motion;
    }
  }
}

/** The phase that the clerk's own label events leave it in; what others did to the labels since says nothing. */
function phaseOfLabels({ events }: Snapshot, { labels }: Rules): "none" | "proposed" | "fcp" | "concluded" {
  const standing = new Set<string>();
  for (const event of [...events].sort((a, b) => a.at - b.at || compareText(a.id, b.id))) {
    if ((event.kind !== "labeled" && event.kind !== "unlabeled") || !event.byClerk) continue;
    if (event.label === null) continue;
    const name = event.label.toLowerCase();
    if (event.kind === "labeled") standing.add(name);
    else standing.delete(name);
  }
  const stands = (key: LabelKey) => {
    const name = labelNameOf(labels, key);
    return name !== null && standing.has(name.toLowerCase());
  };
  if (CONCLUDED_LABELS.some(stands)) return "concluded";
  if (stands("fcp")) return "fcp";
  return stands("proposed_fcp") ? "proposed" : "none";
}

/** Motions before this one may be among what was lost: it has at least the number of the newest status comment that is left. */
function numbered(motion: Motion, ownComments: readonly OwnComment[]): Motion {
  const numbers = ownComments.flatMap(({ marker: { kind, key } }) =>
    kind === "status" || kind === "announce" ? [Number.parseInt(key, 10)] : [],
  );
  const newest = Math.max(motion.number, ...numbers.filter((number) => Number.isSafeInteger(number)));
  return newest === motion.number ? motion : { ...motion, number: newest };
}
