import type { Snapshot, TimelineEvent, Utterance } from "../model/snapshot.js";
import { onceFor } from "../text/onceFor.js";
import type { Instant } from "../text/time.js";

/*
 * What every act asks of the whole timeline or thread, found without going through it again: strangers can make both long.
 */

type Events = Snapshot["events"];
type Of<Kind extends TimelineEvent["kind"]> = Extract<TimelineEvent, { readonly kind: Kind }>;
export type LabelEvent = Of<"labeled" | "unlabeled">;

/** GitHub's ids as text: shorter is older, so compare by length first, then by character. */
export const compareText = (a: string, b: string): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const byTime = (a: { readonly at: Instant }, b: { readonly at: Instant }): number => a.at - b.at;

/** All events, oldest first. */
export const oldestFirst = onceFor(
  (events: Events): Events => [...events].sort((a, b) => a.at - b.at || compareText(a.id, b.id)),
);

const byLabel = onceFor((events: Events): ReadonlyMap<string, readonly LabelEvent[]> => {
  const found = new Map<string, LabelEvent[]>();
  for (const event of oldestFirst(events)) {
    if ((event.kind !== "labeled" && event.kind !== "unlabeled") || event.label === null) continue;
    const name = event.label.toLowerCase();
    const before = found.get(name);
    if (before === undefined) found.set(name, [event]);
    else before.push(event);
  }
  return found;
});

const NONE: readonly LabelEvent[] = [];

/** When a label was put on and taken off, oldest first. */
export const labelEvents = (events: Events, name: string): readonly LabelEvent[] =>
  byLabel(events).get(name.toLowerCase()) ?? NONE;

/** Forced pushes, oldest first; those of one second as they are listed. */
export const forcedPushes = onceFor((events: Events): readonly Of<"force_pushed">[] =>
  events.filter((event) => event.kind === "force_pushed").sort(byTime),
);

/** Changes of the base, oldest first; those of one second as they are listed. */
export const baseChanges = onceFor((events: Events): readonly Of<"base_changed">[] =>
  events.filter((event) => event.kind === "base_changed").sort(byTime),
);

const lastReopened = onceFor(
  (events: Events): Instant =>
    events.reduce(
      (last, { kind, at }) => (kind === "reopened" && at > last ? at : last),
      Number.NEGATIVE_INFINITY,
    ),
);

/** Has somebody reopened the PR since then? The clerk does not close it again. */
export const reopenedSince = (events: Events, at: Instant): boolean => lastReopened(events) >= at;

/** How many of these, oldest first, lie before that moment, or at it too: halving, as every act asks. */
function countUntil(all: readonly { readonly at: Instant }[], at: Instant, inclusive: boolean): number {
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const one = all[middle]?.at ?? 0;
    if (inclusive ? one <= at : one < at) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The last of these, oldest first, that was there by then. */
export const lastBy = <T extends { readonly at: Instant }>(all: readonly T[], at: Instant): T | undefined =>
  all[countUntil(all, at, true) - 1];

/** The last of these, oldest first, of before that moment. */
export const lastBefore = <T extends { readonly at: Instant }>(
  all: readonly T[],
  at: Instant,
): T | undefined => all[countUntil(all, at, false) - 1];

/** Those of these, oldest first, that lie between two moments, both included. */
export const between = <T extends { readonly at: Instant }>(
  all: readonly T[],
  from: Instant,
  to: Instant,
): readonly T[] => all.slice(countUntil(all, from, false), countUntil(all, to, true));

/** Commits that reviews were given on, oldest first; those of one second as they are listed. */
export const reviewedCommits = onceFor(
  (utterances: Snapshot["utterances"]): readonly { readonly commit: string; readonly at: Instant }[] =>
    utterances
      .flatMap(({ review, createdAt }) =>
        review === null || review.commit === null ? [] : [{ commit: review.commit, at: createdAt }],
      )
      .sort(byTime),
);

const utterancesById = onceFor((utterances: Snapshot["utterances"]): ReadonlyMap<string, Utterance> => {
  const found = new Map<string, Utterance>();
  for (const one of utterances) if (!found.has(one.id)) found.set(one.id, one);
  return found;
});

export const utteranceOf = (
  { utterances }: Pick<Snapshot, "utterances">,
  id: string | null,
): Utterance | undefined => (id === null ? undefined : utterancesById(utterances).get(id));
