import type { Decision } from "../model/decision.js";
import type { PersonRef } from "../model/people.js";
import type { PullFacts } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";

/** A proposal that its author says is ready, and that nobody has moved yet. */
export interface Waiting {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly since: Instant;
  readonly by: PersonRef;
}

/** proposal.ready: what waits for the team, that which has waited longest first. */
export const queueOf = (
  proposals: readonly {
    readonly pull: Pick<PullFacts, "number" | "title" | "url">;
    readonly decision: Pick<Decision, "waiting">;
  }[],
): readonly Waiting[] =>
  proposals
    .flatMap(({ pull: { number, title, url }, decision: { waiting } }) =>
      waiting === undefined ? [] : [{ number, title, url, since: waiting.at, by: waiting.by }],
    )
    .sort((a, b) => a.since - b.since || a.number - b.number);
