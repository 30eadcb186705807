import { labelsAt } from "../../domain/acts/ratchet.js";
import { stages } from "../../domain/acts/stage.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";

/**
 * The pull request as it was at an earlier moment, as far as GitHub tells it now: what was deleted since is not there, and the files are those of
 * today. Which commit was its head, GitHub tells of forced pushes and reviews only: the last of these says it, and where none came before, the first.
 */
export function pastOf(now: Snapshot, rules: Rules): (at: Instant) => Snapshot {
  const stageAt = stages(now, rules);
  const heads = headsKnown(now);
  return (at) => {
    const { draft, closed, merged, base } = stageAt(at);
    const events = now.events.filter((event) => event.at <= at);
    const ended = events
      .filter(({ kind }) => kind === "closed" || kind === "merged")
      .map((event) => event.at)
      .at(-1);
    const head = heads.findLast((known) => known.at <= at)?.commit ?? heads[0]?.before ?? now.pull.head;
    return {
      ...now,
      events,
      labels: labelsAt(now, at),
      utterances: now.utterances
        .filter(({ createdAt }) => createdAt <= at)
        .map((one) => ({ ...one, revisions: one.revisions.filter((revision) => revision.at <= at) })),
      pull: {
        ...now.pull,
        ...{ draft, base, head },
        state: merged ? "merged" : closed ? "closed" : "open",
        closedAt: closed ? (ended ?? now.pull.closedAt) : null,
        mergedAt: merged ? now.pull.mergedAt : null,
      },
    };
  };
}

interface KnownHead {
  readonly at: Instant;
  readonly commit: string;
  /** What stood before it, or is taken to have stood. */
  readonly before: string;
}

function headsKnown({ events, utterances }: Snapshot): readonly KnownHead[] {
  const pushed = events.flatMap((event): KnownHead[] =>
    event.kind === "force_pushed" && event.after !== null
      ? [{ at: event.at, commit: event.after, before: event.before ?? event.after }]
      : [],
  );
  const reviewed = utterances.flatMap(({ review, createdAt: at }): KnownHead[] =>
    review === null || review.commit === null ? [] : [{ at, commit: review.commit, before: review.commit }],
  );
  return [...pushed, ...reviewed].sort((a, b) => a.at - b.at);
}
