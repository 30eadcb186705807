import { coveredBy } from "../acts/measure.js";
import type { Decision, TeamTally } from "../model/decision.js";
import { type PersonRef, samePerson } from "../model/people.js";
import type {
  Choice,
  DecisionRecord,
  Motion,
  MotionEnd,
  RecordedTally,
  RecordedVote,
  TallySince,
} from "../model/register.js";
import type { Need } from "../model/rules.js";
import { equal } from "../text/equal.js";
import type { Instant } from "../text/time.js";
import { recordedTally } from "./recorded.js";

/** record.decided: a team whose approval is decided, by the votes of that moment. Nothing asks it for more. */
export interface DecidedTeam {
  readonly need: Need;
  readonly title: string;
  /** When FCP began; or, of a need that came after that or where there was none, when it was concluded. */
  readonly at: Instant;
  readonly moment: "beginning" | "conclusion";
  /** By which votes; null: they were not kept. */
  readonly votes: RecordedTally | null;
  /** What has changed since, until now or until the end; null: nothing, or it cannot be told. */
  readonly since: TallySince | null;
  /** Where the votes of that moment were not kept: those that are known, of now or of the end. */
  readonly standing: RecordedTally | null;
}

export interface DecidedAndOpen {
  /** In the order in which it was decided. */
  readonly decided: readonly DecidedTeam[];
  /** What still counts, or would for a new motion. */
  readonly open: readonly TeamTally[];
}

/** What is decided, and what is still asked for. `shown`: the counts that texts show (config.lawful). An amendment is latched nowhere, so what it needs is open until it has ended. */
export function standingOf(
  { phase, register, amendment }: Decision,
  shown: readonly TeamTally[],
): DecidedAndOpen {
  const { motion } = register;
  if (motion === null) return { decided: [], open: shown };
  const { end, fcp } = motion;
  const latched = phase === "fcp" || phase === "concluded" || phase === "ended";
  if (!latched) return { decided: [], open: shown };
  // Decided elsewhere (override.second): there is no count that decided, nor one to come.
  const over = phase === "ended" || (end?.kind === "overridden" && phase === "concluded");
  const passed = fcp?.state === "running" && amendment === undefined ? fcp.passed : [];
  return {
    decided: amendment !== undefined && end === null ? [] : decidedTeams(motion, shown.map(recordedTally)),
    open: over ? [] : shown.filter(({ need }) => !coveredBy(need, passed)),
  };
}

/** What is decided of a motion. `present`: the votes as they stand, of a motion that has not ended. */
export function decidedTeams(
  { fcp, end }: Motion,
  present: readonly RecordedTally[],
): readonly DecidedTeam[] {
  if (end !== null && end.kind !== "concluded") return [];
  const atEnd = end?.record?.tallies ?? [];
  if (fcp?.state !== "running") return end === null ? [] : atEnd.map((tally) => atConclusion(tally, end.at));
  const { startedAt: at, decided, passed } = fcp;
  if (decided === null) {
    const known = end === null ? present.filter(({ need }) => coveredBy(need, passed)) : atEnd;
    return known.map((standing) => ({ ...momentOf(standing, at), votes: null, since: null, standing }));
  }
  const since = end === null ? changesSince(decided, present) : end.since;
  return [
    ...decided.tallies.map((votes) => ({
      ...momentOf(votes, at),
      votes,
      since: since.find(({ need }) => equal(need, votes.need)) ?? null,
      standing: null,
    })),
    ...(end === null ? [] : atEnd.map((tally) => atConclusion(tally, end.at))),
  ];
}

const momentOf = ({ need, title }: RecordedTally, at: Instant) =>
  ({ need, title, at, moment: "beginning" }) as const;

/** decision.ratchet: a need that came after FCP had begun was decided when it was met at the end. */
const atConclusion = (votes: RecordedTally, at: Instant): DecidedTeam => ({
  ...momentOf(votes, at),
  moment: "conclusion",
  votes,
  since: null,
  standing: null,
});

/** What a conclusion keeps beside the votes that decided: so that a record holds none of them twice (memory.kept). */
export function recordAtEnd(
  decided: DecisionRecord | null,
  record: DecisionRecord,
): Pick<Extract<MotionEnd, { kind: "concluded" }>, "record" | "since"> {
  if (decided === null) return { record, since: [] };
  const tallies = record.tallies.filter((tally) => counterpart(tally, decided.tallies) === undefined);
  return { record: { ...record, tallies }, since: changesSince(decided, record.tallies) };
}

/** What differs in each team from the votes that decided; teams where nothing does are left out. */
function changesSince(decided: DecisionRecord, present: readonly RecordedTally[]): readonly TallySince[] {
  return present.flatMap((tally) => {
    const then = counterpart(tally, decided.tallies);
    if (then === undefined) return [];
    const votes = tally.votes.filter(
      ({ member, choice }) => then.votes.find((vote) => samePerson(vote.member, member))?.choice !== choice,
    );
    const left = then.votes
      .map(({ member }) => member)
      .filter((member) => !tally.votes.some((vote) => samePerson(vote.member, member)));
    // Of an equal size, who left shows in who came instead.
    const same = votes.length === 0 && then.size === tally.size;
    return same ? [] : [{ need: then.need, size: tally.size, votes, left }];
  });
}

/** The votes that decided what this tally needs; undefined where more is needed since (decision.ratchet). */
const counterpart = ({ need }: RecordedTally, decided: readonly RecordedTally[]): RecordedTally | undefined =>
  decided.find((then) => equal(then.need, need)) ?? decided.find((then) => coveredBy(need, [then.need]));

/** One thing that has changed since: of somebody's vote, or of who is on the team. */
export type ChangeSince = { readonly member: PersonRef } & (
  | { readonly kind: "taken_back"; readonly had: Choice; readonly vote: RecordedVote }
  | { readonly kind: "given"; readonly choice: Choice; readonly vote: RecordedVote }
  | { readonly kind: "changed"; readonly had: Choice; readonly choice: Choice; readonly vote: RecordedVote }
  | { readonly kind: "joined"; readonly choice: Choice | null; readonly vote: RecordedVote }
  | { readonly kind: "left"; readonly had: Choice | null }
);

/** Votes taken back, changed and given later, in the order of the roster; then who left, then who joined. */
export function changesIn(then: RecordedTally, since: TallySince): readonly ChangeSince[] {
  const before = (member: PersonRef) => then.votes.find((vote) => samePerson(vote.member, member));
  const votes = since.votes.flatMap((vote) => {
    const was = before(vote.member);
    return was === undefined ? [] : (changeOf(was.choice, vote) ?? []);
  });
  const left = since.left.map(
    (member): ChangeSince => ({ member, kind: "left", had: before(member)?.choice ?? null }),
  );
  const joined = since.votes
    .filter(({ member }) => before(member) === undefined)
    .map((vote): ChangeSince => ({ member: vote.member, kind: "joined", choice: vote.choice, vote }));
  return [...votes, ...left, ...joined];
}

function changeOf(had: Choice | null, vote: RecordedVote): ChangeSince | null {
  const { member, choice } = vote;
  if (had === null) return choice === null ? null : { member, kind: "given", choice, vote };
  return choice === null
    ? { member, kind: "taken_back", had, vote }
    : { member, kind: "changed", had, choice, vote };
}
