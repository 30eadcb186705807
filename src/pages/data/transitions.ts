import type { HappeningKind, PublicEvent } from "../../domain/model/publicView.js";

/** Whether it moves a proposal on or holds it up: what a subscriber is told. Votes, reviews and new texts are what goes on in between. */
export const isTransition = ({ what }: PublicEvent): boolean => TRANSITIONS[what.kind];

/**
 * The transitions among these, in their order. Whoever opened a pull request can close it and open it again as often as they like: of that only the last
 * of each proposal is told, so that it pushes nothing else out of a feed.
 */
export function transitionsOf<Event extends PublicEvent & { readonly number: number }>(
  events: readonly Event[],
): readonly Event[] {
  const last = new Map<string, Event>();
  const back = (one: Event) =>
    one.what.kind === "closed" || one.what.kind === "reopened" ? `${one.number}` : null;
  for (const one of events) {
    const key = back(one);
    if (key !== null && one.at >= (last.get(key)?.at ?? 0)) last.set(key, one);
  }
  return events.filter((one) => {
    const key = back(one);
    return isTransition(one) && (key === null || last.get(key) === one);
  });
}

const TRANSITIONS: Readonly<Record<HappeningKind, boolean>> = {
  opened: true,
  ready: true,
  motion: true,
  vote: false,
  review: false,
  concern: true,
  resolved: true,
  fcp_begun: true,
  fcp_blocked: true,
  concluded: true,
  cancelled: true,
  overridden: true,
  merged_undecided: true,
  corrected: true,
  waived: true,
  new_text: false,
  obsolete: true,
  closed: true,
  reopened: true,
  merged: true,
  spec_missing: true,
  spec_in_review: true,
  spec_merged: true,
};
