import { sameLogin } from "../model/people.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot, TimelineEvent } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { countsAsProposal, isByRule } from "./scope.js";
import { labelEvents, lastBy, oldestFirst, reopenedSince } from "./timelineIndex.js";

/** Where the pull request itself stood at a moment, motions aside. */
export interface Stage {
  /** proposal.scope: carried the proposal label, or was one by rule, and not the placeholder label. An amendment needs neither. */
  readonly inScope: boolean;
  readonly draft: boolean;
  readonly closed: boolean;
  readonly merged: boolean;
  readonly base: string;
}

/** The stage now: what GitHub shows, without any event. */
export function stageNow(snapshot: Snapshot, rules: Rules): Stage {
  const { pull, labels, amendment } = snapshot;
  const amends = amendment !== null;
  const placeholder = labels.some((label) => sameLogin(label, rules.labels.placeholder));
  return {
    inScope: amends || (countsAsProposal(snapshot, rules) && !placeholder),
    draft: pull.draft,
    closed: pull.state !== "open",
    merged: pull.state === "merged",
    base: pull.base,
  };
}

/**
 * The stage at any moment, from the timeline: an act seen late is judged by the stage of its own time (act.once), so that
 * leaving draft revives nothing. Where the timeline is silent, it has always been as it is now.
 */
export function stages(snapshot: Snapshot, rules: Rules): (at: Instant) => Stage {
  const now = stageNow(snapshot, rules);
  const events = oldestFirst(snapshot.events);
  const amends = snapshot.amendment !== null;
  const history = (on: (event: TimelineEvent) => boolean | null, end: boolean) => timeline(events, on, end);
  // GitHub does not tell which files a pull request changed at a moment: what is one now has been one (see `judge`).
  const isOne = countsAsProposal(snapshot, rules);
  const proposal = isByRule(rules) ? () => isOne : labelHistory(snapshot, rules.labels.proposal);
  const placeholder = labelHistory(snapshot, rules.labels.placeholder);
  const draft = history(
    (event) => (event.kind === "to_draft" ? true : event.kind === "ready_for_review" ? false : null),
    now.draft,
  );
  const closed = history(
    (event) =>
      event.kind === "closed" || event.kind === "merged" ? true : event.kind === "reopened" ? false : null,
    now.closed,
  );
  const merged = history((event) => (event.kind === "merged" ? true : null), now.merged);
  const bases = events.filter((event) => event.kind === "base_changed");
  // What the last of them made of it and what it is now can differ: not every change of the base has an event.
  const baseAt = (at: Instant): string => {
    const last = lastBy(bases, at);
    return last === bases.at(-1) ? now.base : (last?.to ?? bases[0]?.from ?? now.base);
  };
  return (at) => ({
    inScope: amends || (proposal(at) && !placeholder(at)),
    draft: draft(at),
    closed: closed(at),
    merged: merged(at),
    base: baseAt(at),
  });
}

/** Did it carry this label then? At the end of that second; where the timeline is silent, as it is now. */
export function labelHistory(
  { events, labels }: Pick<Snapshot, "events" | "labels">,
  name: string,
): (at: Instant) => boolean {
  const carries = labels.some((label) => sameLogin(label, name));
  return timeline(labelEvents(events, name), ({ kind }) => kind === "labeled", carries);
}

/** A yes-or-no fact over time: before the first event that speaks of it, it was the opposite of what that event made it. */
function timeline(
  events: readonly TimelineEvent[],
  on: (event: TimelineEvent) => boolean | null,
  end: boolean,
): (at: Instant) => boolean {
  const changes = events.flatMap((event) => {
    const value = on(event);
    return value === null ? [] : [{ at: event.at, value }];
  });
  // In one second both may have happened, and ids do not tell in which order: what it is now came last.
  const last = changes.at(-1);
  const twin =
    last !== undefined &&
    last.value !== end &&
    changes.some(({ at, value }) => at === last.at && value === end);
  if (twin) changes.push({ at: last.at, value: end });
  const first = changes[0];
  const start = first === undefined ? end : !first.value;
  return (at) => lastBy(changes, at)?.value ?? start;
}

/**
 * A review on a closed pull request gets no answer that would ask for it again. So a closing that was taken back since is no reason to
 * ignore the review: it waits, unjudged, for the reopening. Otherwise anybody could void a vote by closing for a moment.
 */
export const asReopened = (stage: Stage, at: Instant, { events }: Pick<Snapshot, "events">): Stage =>
  stage.closed && !stage.merged && reopenedSince(events, at) ? { ...stage, closed: false } : stage;

/** act.adoption: PRs that ended before adoption are never touched. */
export const beyondAdoption = ({ pull, adoptedAt, register }: Snapshot): boolean => {
  const endedAt = pull.mergedAt ?? pull.closedAt;
  return register === null && pull.state !== "open" && endedAt !== null && endedAt < adoptedAt;
};
