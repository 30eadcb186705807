import { countOf, hasPassed, neededOf } from "../../domain/decide/tally.js";
import { samePerson } from "../../domain/model/people.js";
import type { PublicConcern, PublicRecord, PublicTally } from "../../domain/model/publicRecord.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, proven } from "./level.js";
import { words } from "./words.js";

/** The votes that the record itself lists, counted again by the measure it names, and its times held against each other. */
export function countedLevel(record: PublicRecord): Level {
  const findings = [
    ...record.teams.flatMap((team) => countedTeam(team)),
    ...timesOf(record),
    ...record.concerns.flatMap((concern) => openConcern(concern, record)),
    ...(record.override === null ? withoutTeams(record) : overridden(record)),
    ...outcomeOf(record),
  ];
  return levelOf("counted", findings);
}

/** Did every team pass by the votes that the record lists? */
export const isCounted = (record: PublicRecord): boolean => countedLevel(record).outcome === "proven";

function countedTeam(tally: PublicTally): readonly LevelFinding[] {
  const { title, team, need, size, votes, at } = tally;
  if (need.team !== team) return [contradicted(words.needOfAnother(title))];
  if (votes === null) return [missing(words.votesNotKept(title))];
  const twice = votes.filter(
    ({ member }, index) => votes.findIndex((other) => samePerson(other.member, member)) !== index,
  );
  const late = votes.filter(({ choice, cast }) => choice !== null && cast !== null && cast.at > at);
  const uncast = votes.filter(({ choice, cast }) => choice !== null && cast === null);
  const count = countOf(votes);
  const needed = neededOf(count, need);
  const told = words.count(title, count.yes, count.size, needed);
  return [
    ...twice.map(({ member }) => contradicted(words.countedTwice(title, member.login))),
    ...late.map(({ member }) => contradicted(words.votedLate(title, member.login))),
    ...uncast.map(({ member }) => missing(words.castNotTold(title, member.login))),
    ...(votes.length === size ? [] : [contradicted(words.otherSize(title, size, votes.length))]),
    hasPassed(count, need) ? proven(told) : contradicted(words.notEnough(told)),
  ];
}

/** Only what needs no vote has no team: a member's own resignation, or the return to a lawful config. */
const withoutTeams = ({ teams, outcome }: PublicRecord): readonly LevelFinding[] =>
  teams.length > 0 ? [] : [outcome === "amendment" ? missing(words.noVoteKept) : contradicted(words.noTeam)];

/** The outcome is what was moved, an amendment of that, or what the override said. */
function outcomeOf({ outcome, motion, amendment, override }: PublicRecord): readonly LevelFinding[] {
  const fits =
    override !== null
      ? outcome.startsWith("override ")
      : amendment !== null
        ? outcome === "amendment"
        : outcome === motion.disposition || (outcome === "amendment" && motion.disposition === "merge");
  return fits ? [] : [contradicted(words.outcomeOfAnother(outcome, motion.disposition))];
}

function timesOf({ fcp, at, motion, teams }: PublicRecord): readonly LevelFinding[] {
  const wrong: LevelFinding[] = [];
  // All of them are written alike, so their order as texts is theirs in time.
  if (motion.at > at) wrong.push(contradicted(words.movedAfterEnd));
  if (fcp !== null) {
    if (fcp.begins < motion.at || fcp.ends < fcp.begins) wrong.push(contradicted(words.fcpOutOfOrder));
    if (at < fcp.ends) wrong.push(contradicted(words.concludedEarly(at, fcp.ends)));
  }
  for (const team of teams) {
    const wanted = team.moment === "beginning" ? fcp?.begins : at;
    if (team.at !== wanted) wrong.push(contradicted(words.otherMoment(team.title)));
  }
  return wrong;
}

/** concern.scope: what blocked when it ended. A record does not tell requested changes from concerns said in a review. */
function openConcern(
  concern: PublicConcern,
  { motion, at, override, teams }: PublicRecord,
): readonly LevelFinding[] {
  if (override !== null || teams.length === 0 || concern.at > at) return [];
  const resolved = concern.resolved !== null && concern.resolved.at <= at;
  const said = !concern.source.startsWith("review:") && concern.motion === motion.number;
  return !resolved && (motion.disposition === "merge" || said)
    ? [contradicted(words.concernOpen(concern.number))]
    : [];
}

function overridden({ override, at }: PublicRecord): readonly LevelFinding[] {
  if (override === null) return [];
  const others = override.seconds.filter(({ member }) => !samePerson(member, override.by));
  const early = others.filter((second) => second.at < override.at || second.at > at);
  return [
    ...early.map(({ member }) => contradicted(words.secondOutOfTime(member.login))),
    ...(others.length < override.seconds.length ? [contradicted(words.secondedThemself)] : []),
    others.length === 0
      ? contradicted(words.notSeconded)
      : proven(
          words.seconded(
            override.by.login,
            others.map(({ member }) => member.login),
          ),
        ),
  ];
}
