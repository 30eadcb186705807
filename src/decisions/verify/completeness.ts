import { ballotFor } from "../../domain/acts/ballots.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Motion } from "../../domain/model/register.js";
import type { Instant } from "../../domain/text/time.js";
import type { Replayed } from "./asOf.js";
import { contradicted, type LevelFinding, missing, proven } from "./level.js";
import { words } from "./words.js";

/** Votes that the thread shows by the clerk's own rules, and that the record leaves out or tells otherwise. */
export function leftOut(record: PublicRecord, replay: (until: Instant) => Replayed): readonly LevelFinding[] {
  const findings = record.teams.flatMap(({ team, votes, at, title }): readonly LevelFinding[] => {
    if (votes === null) return [];
    const motion = motionIn(replay(Date.parse(at)), record.motion.number);
    if (motion === null) return [missing(words.notReplayed(title))];
    return votes.flatMap(({ member, choice, voided }): readonly LevelFinding[] => {
      const ballot = ballotFor(motion, team, member);
      // One that is not on the thread any more is told as gone, by its source.
      if (ballot === undefined || ballot.choice === choice || voided !== null) return [];
      return [contradicted(words.voteLeftOut(member.login, ballot.choice, choice, ballot.from.url))];
    });
  });
  return findings.length === 0 ? [proven(words.nothingLeftOut)] : findings;
}

export function motionIn({ decision }: Replayed, number: number): Motion | null {
  const { motion, past } = decision.register;
  return [...past, ...(motion === null ? [] : [motion])].find((one) => one.number === number) ?? null;
}
