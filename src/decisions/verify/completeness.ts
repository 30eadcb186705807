import { ballotFor } from "../../domain/acts/ballots.js";
import { coveredBy } from "../../domain/acts/measure.js";
import { decidedTeams } from "../../domain/decide/decided.js";
import { samePerson } from "../../domain/model/people.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Motion } from "../../domain/model/register.js";
import { type Instant, iso } from "../../domain/text/time.js";
import type { Replayed } from "./asOf.js";
import type { Thread } from "./facts.js";
import { contradicted, type LevelFinding, missing, proven } from "./level.js";
import { words } from "./words.js";

/**
 * Votes that the thread shows by the clerk's own rules, and that the record leaves out or tells otherwise. Where somebody has deleted a
 * later vote of theirs, the thread shows the one before, which contradicts nothing.
 */
export function leftOut(
  record: PublicRecord,
  thread: Thread,
  replay: (until: Instant) => Replayed,
): readonly LevelFinding[] {
  const findings = record.teams.flatMap(({ team, votes, at, title }): readonly LevelFinding[] => {
    if (votes === null) return [];
    const motion = motionIn(replay(Date.parse(at)), record.motion.number);
    if (motion === null) return [missing(words.notReplayed(title))];
    return votes.flatMap(({ member, choice, cast, voided }): readonly LevelFinding[] => {
      const ballot = ballotFor(motion, team, member);
      // One that is not on the thread any more is told as gone, by its source.
      if (ballot === undefined || ballot.choice === choice || voided !== null) return [];
      const told = words.voteLeftOut(member.login, ballot.choice, choice, ballot.from.url);
      const later = cast !== null && Date.parse(cast.at) > ballot.from.at && isIncomplete(thread);
      return [later ? missing(words.cannotBeHeld(told)) : contradicted(told)];
    });
  });
  return findings.length === 0 ? [proven(words.nothingLeftOut)] : findings;
}

/** Does what the thread comes to, at the end, differ from what the record says? Only of a thread that is whole can that be told. */
export function comesToSame(
  record: PublicRecord,
  thread: Thread,
  replay: (until: Instant) => Replayed,
): readonly LevelFinding[] {
  // The older bot's own memory is not on the thread.
  if (record.motion.via === "takeover") return [];
  const motion = motionIn(replay(Date.parse(record.at)), record.motion.number);
  if (motion === null || iso(motion.from.at) !== record.motion.at) return [missing(words.noMotionInReplay)];
  const wrong = [...differing(record, motion), ...askedForLess(record, motion)];
  if (wrong.length === 0) return [proven(words.comesToSo)];
  // Who is absent, and what was merged while the clerk was away, the thread of an amendment does not tell.
  const untold = record.amendment !== null || isIncomplete(thread);
  return wrong.map((one) =>
    untold ? missing(words.cannotBeHeld(words.comesTo(one))) : contradicted(words.comesTo(one)),
  );
}

/** Has something of the thread been deleted, as far as GitHub tells? */
const isIncomplete = ({ events, utterances, ownComments }: Thread): boolean =>
  events.some(({ kind }) => kind === "comment_deleted") ||
  utterances.some(
    ({ author, revisions }) => author === null || revisions.some(({ lines }) => lines === null),
  ) ||
  ownComments.some(({ revisions }) => revisions.some(({ body }) => body === null));

/** By the rule that the record names less was asked for than by those that fitted. */
function askedForLess({ teams, override, amendment }: PublicRecord, motion: Motion): readonly string[] {
  if (override !== null || amendment !== null) return [];
  const has = teams.map(({ need }) => need);
  return motion.needs.filter((need) => !coveredBy(need, has)).map(({ team }) => words.asksForMore(team));
}

/** In what the record tells otherwise than the motion came to, a sentence each. */
export function differing(record: PublicRecord, motion: Motion | null): readonly string[] {
  if (motion === null) return [words.noMotionInReplay];
  const { end } = motion;
  const outcome =
    end?.kind === "concluded"
      ? record.amendment === null
        ? motion.disposition
        : "amendment"
      : end?.kind === "overridden"
        ? `override ${end.override.outcome}`
        : "open";
  if (outcome !== record.outcome) return [words.otherOutcome(outcome, record.outcome)];
  const decided = decidedTeams(motion, []);
  return record.teams.flatMap((team): readonly string[] => {
    const same = decided.find(({ need, moment }) => need.team === team.team && moment === team.moment);
    if (same === undefined || same.votes === null) return [words.teamNotInReplay(team.title)];
    const { votes } = same.votes;
    return (team.votes ?? []).flatMap((vote) => {
      const other = votes.find(({ member }) => samePerson(member, vote.member));
      return other?.choice === vote.choice
        ? []
        : [words.otherVote(vote.member.login, other?.choice ?? null, vote.choice)];
    });
  });
}

export function motionIn({ decision }: Replayed, number: number): Motion | null {
  const { motion, past } = decision.register;
  return [...past, ...(motion === null ? [] : [motion])].find((one) => one.number === number) ?? null;
}
