import { type Account, canAct, isMember, type PersonRef } from "../model/people.js";
import type { AmendmentFacts, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";

type Quiet = AmendmentFacts["quiet"];
type Quieted = NonNullable<Quiet>[number];

/**
 * amend.absent: what somebody does on the very amendment that removes them is in its own snapshot, and counts at once: the lists of the whole
 * repository are read every few minutes only. Votes and concerns count too where what they were said in is gone.
 */
export function seenHere(quiet: Quiet, snapshot: Snapshot): Quiet {
  return quiet?.map((one) => ({ ...one, at: newest([one.at, ...actsOf(one, snapshot)]) })) ?? quiet;
}

function actsOf({ person }: Quieted, snapshot: Snapshot): readonly Instant[] {
  const { pull, utterances, events, ownComments, register } = snapshot;
  const act = (by: PersonRef, at: Instant) => (isMember(person, by) ? [at] : []);
  const doing = (by: Account | null, at: Instant) => (canAct(by) ? act(by, at) : []);
  return [
    ...doing(pull.author, pull.createdAt),
    ...utterances.flatMap(({ author, createdAt }) => doing(author, createdAt)),
    // Also a tick in a comment of the clerk's.
    ...[...utterances, ...ownComments].flatMap(({ revisions }) =>
      revisions.flatMap(({ editor, at }) => doing(editor, at)),
    ),
    ...events.flatMap(({ actor, at }) => doing(actor, at)),
    ...(register?.motion?.ballots ?? []).flatMap(({ member, from }) => act(member, from.at)),
    ...(register?.concerns ?? []).flatMap(({ by, at }) => act(by, at)),
  ];
}

/** null: nothing is known. */
function newest(moments: readonly (Instant | null)[]): Instant | null {
  const known = moments.filter((at) => at !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b));
}
