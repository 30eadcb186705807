import type { Change } from "../model/change.js";
import { isMember, type PersonRef, samePerson } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { AppliesTo } from "./ruling.js";

/**
 * amend.resign, amend.lead: the person whom a change removes from a seat, where that person is the author of the PR; null: nobody is
 * removed, or somebody else wrote it. Their own word then decides it, and takes the place of a vote.
 */
export function leaver(change: Change, author: PersonRef | null): PersonRef | null {
  const gone =
    change.kind === "remove_member" ? change.member : change.kind === "remove_lead" ? change.from : null;
  return gone !== null && author !== null && isMember(gone, author) ? gone : null;
}

/** Who would leave which team by these changes on their own word. */
export const leaving = (changes: readonly Change[], author: PersonRef | null): Leaving =>
  changes.flatMap((change) => {
    const person = leaver(change, author);
    return person !== null && "team" in change ? [{ person, team: change.team }] : [];
  });

/** Somebody whom the merge removed could still take it back before the merge, although the roster does not know them any more. */
export const left = ({ motion, lastSeen: seen }: Register, author: PersonRef | null): Leaving =>
  author === null || motion === null || seen === undefined || seen.own.length === 0
    ? []
    : motion.ballots
        .filter(({ member }) => samePerson(member, author))
        .map(({ team }) => ({ person: author, team }));

type Leaving = AppliesTo["leaving"];

/**
 * amend.own-word: has this person said yes to this very change, and not taken it back? The latest of what they said speaks, whichever of
 * their hats it was said in; what was said of a motion that was cancelled went with it.
 */
export function stands(
  word: { readonly of: PersonRef; readonly on: string },
  motion: Motion | null,
): boolean {
  if (motion === null) return false;
  if (motion.end !== null && motion.end.kind !== "concluded" && motion.end.kind !== "merged_undecided")
    return false;
  const own = motion.ballots.filter(({ member }) => isMember(word.of, member));
  const last = Math.max(...own.map(({ from }) => from.at));
  const latest = own.filter(({ from }) => from.at === last);
  return (
    latest.every(({ choice }) => choice === "yes") &&
    latest.some(({ appliesTo }) => appliesTo?.includes(word.on) ?? false)
  );
}

/**
 * When the text of an amendment changes, what its author said of it is taken back, also when somebody else pushed to their branch, and
 * it does not come back when the earlier text does. Votes of others stay with the change they are about.
 */
export function unsaid(
  register: Register,
  author: PersonRef | null,
  fingerprints: readonly string[],
): Register {
  const { motion } = register;
  if (motion === null || author === null) return register;
  const gone = ({ member, appliesTo }: Motion["ballots"][number]) =>
    samePerson(member, author) &&
    appliesTo?.some((fingerprint) => !fingerprints.includes(fingerprint)) === true;
  if (!motion.ballots.some(gone)) return register;
  const ballots = motion.ballots.map((ballot) =>
    gone(ballot)
      ? {
          ...ballot,
          appliesTo: (ballot.appliesTo ?? []).filter((fingerprint) => fingerprints.includes(fingerprint)),
        }
      : ballot,
  );
  return { ...register, motion: { ...motion, ballots } };
}

/** It changes nothing in the config any more: what was seen and said of its earlier changes is over. */
export function noAmendmentNow(register: Register, author: PersonRef | null): Register {
  const { lastSeen: seen } = register;
  if (seen === undefined) return register;
  const nothing = { ...seen, fingerprints: [], since: [], own: [], passed: false, record: null };
  const ended = seen.fingerprints.length === 0 ? register : withoutPeriod(register);
  return unsaid({ ...ended, lastSeen: nothing }, author, []);
}

/** The period of an amendment that has become something else is over without an end, as that of a change that became another one. */
function withoutPeriod(register: Register): Register {
  const { motion } = register;
  if (motion === null || motion.fcp === null) return register;
  if (motion.end !== null && motion.end.kind !== "concluded") return register;
  return { ...register, motion: { ...motion, fcp: null, end: null } };
}

/** What of a motion counts for a proposal: votes on changes of an amendment, which it may have been before, are for those alone. */
export const onNoChange = (motion: Motion): Motion =>
  motion.ballots.some(({ appliesTo }) => appliesTo !== undefined)
    ? { ...motion, ballots: motion.ballots.filter(({ appliesTo }) => appliesTo === undefined) }
    : motion;
