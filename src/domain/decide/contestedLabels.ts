import { labelEvents } from "../acts/timelineIndex.js";
import { LABEL_KEYS, type LabelKey, labelNameOf, SPEC_KEYS } from "../model/labels.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot, TimelineEvent } from "../model/snapshot.js";
import { DAY, type Instant } from "../text/time.js";

export function eventsOf({ events }: Snapshot, rules: Rules, key: LabelKey): readonly TimelineEvent[] {
  const name = labelNameOf(rules.labels, key);
  return name === null ? [] : labelEvents(events, name);
}

/** How often a day the clerk corrects one label before it leaves it as it is (label.state). */
const PUT_RIGHT_A_DAY = 3;

/** Times at which the clerk undid somebody's change of this label in the last day. Ballot labels are taken off by design. */
function putRight(snapshot: Snapshot, rules: Rules, key: LabelKey, now: Instant): readonly Instant[] {
  if (key === "vote_approve" || key === "vote_abstain" || key === "vote_retract") return [];
  const events = eventsOf(snapshot, rules, key);
  return events.flatMap((event, index) => {
    const before = events[index - 1];
    // The clerk takes one of these off when somebody has put on another, and so contests nothing.
    if (event.kind === "unlabeled" && SPEC_KEYS.some((one) => one === key)) return [];
    const undone = event.byClerk && before !== undefined && !before.byClerk && before.kind !== event.kind;
    return undone && event.at > now - DAY ? [event.at] : [];
  });
}

export const contestedLabelsOf = (snapshot: Snapshot, rules: Rules, now: Instant): readonly LabelKey[] =>
  LABEL_KEYS.filter((key) => {
    const events = eventsOf(snapshot, rules, key);
    return putRight(snapshot, rules, key, now).length >= PUT_RIGHT_A_DAY && events.at(-1)?.byClerk === false;
  });

/** When a label that was left contested may be put right again: a day after the third last time it was. */
export function nextContestEnds(
  snapshot: Snapshot,
  rules: Rules,
  contested: readonly LabelKey[],
): Instant | null {
  const ends = contested
    .flatMap((key) => putRight(snapshot, rules, key, 0).slice(-3, -2))
    .map((at) => at + DAY);
  return ends.length === 0 ? null : Math.min(...ends);
}
