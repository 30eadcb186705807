import { isMember, type PersonRef, samePerson } from "../model/people.js";
import type { Approval, Ballot, Motion, Provenance, Register } from "../model/register.js";
import { teamOf } from "../model/rules.js";
import { fold } from "../text/fold.js";
import { givenOn, sameTextBy } from "./heads.js";
import { seatsOf } from "./needs.js";
import {
  type ActContext,
  accepted,
  appliesToOf,
  ignored,
  mayAct,
  noMotion,
  type Ruling,
  refused,
  seatsHere,
  unseen,
} from "./ruling.js";

type VoteChoice = "yes" | "abstain" | "retract";

/** A vote by command, tick or ballot label (ballot.command, ballot.tick, ballot.label): all count the same. */
export function vote(
  context: ActContext,
  choice: VoteChoice,
  namedTeam: string | null,
  via: "command" | "tick" | "label",
  source: string,
): Ruling {
  if (context.phase === "out_of_scope") return ignored(context);
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: context.commandText });
  const { motion } = context.register;
  const why = isForTheText(context, choice) ? null : noMotion(context);
  if (why !== null || motion === null)
    return refused(context, why ?? { code: "no_motion", said: context.commandText });
  if (unseen(context)) return refused(context, { code: "amendment_unseen", said: context.commandText });
  const team = seatFor(context, namedTeam);
  if (typeof team !== "string") return team;
  const from: Provenance = { via, url: context.act.url, at: context.act.at };
  const ballot: Ballot = {
    member: context.person,
    team,
    choice: choice === "retract" ? null : choice,
    from,
    ...givenOn(context.register, context.snapshot, context.act.at),
    source,
    ...appliesToOf(context, null),
  };
  return counted(context, withBallot(motion, ballot));
}

/** fcp.after: once accepted, a yes is still a yes to the text that is going to be merged. */
const isForTheText = ({ phase, register, appliesTo }: ActContext, choice: VoteChoice): boolean =>
  phase === "concluded" && choice === "yes" && appliesTo === null && register.motion?.disposition === "merge";

/** In FCP a vote is only noted, because the period has begun already; it still counts for a team that was added since (decision.ratchet). */
function counted(context: ActContext, motion: Motion): Ruling {
  const register = { ...context.register, motion };
  return { register, outcome: context.phase === "proposed" ? "accepted" : "noted", why: null };
}

/** How much of an unknown team's name the answer repeats. */
const TEAM_NAME_LIMIT = 100;

/** ballot.team: a plain act counts for the first needed team its author sits in; one that names a team for that one only. */
function seatFor(context: ActContext, named: string | null): string | Ruling {
  const { rules, needs, commandText } = context;
  const seats = seatsHere(context);
  if (named === null) return seats[0] ?? needs[0]?.team ?? ignored(context);
  const team = needs.find(
    ({ team: slug }) =>
      fold(slug) === fold(named) || fold(teamOf(rules, slug)?.title ?? slug) === fold(named),
  )?.team;
  if (team === undefined) {
    const teams = needs.map(({ team: slug }) => slug);
    return refused(context, {
      code: "unknown_team",
      said: commandText,
      team: named.slice(0, TEAM_NAME_LIMIT),
      teams,
    });
  }
  if (!seats.includes(team) && !context.acceptedBefore) {
    return refused(context, {
      code: "not_in_team",
      said: commandText,
      team: teamOf(rules, team)?.title ?? team,
    });
  }
  return team;
}

/** ballot.latest: one ballot a member and team, the latest act, whatever its kind and whenever it was seen. */
export function withBallot(motion: Motion, ballot: Ballot): Motion {
  const same = (other: Ballot) => other.team === ballot.team && samePerson(other.member, ballot.member);
  const before = motion.ballots.find(same);
  if (before && before.from.at > ballot.from.at) return motion;
  return { ...motion, ballots: [...motion.ballots.filter((other) => !same(other)), ballot] };
}

/** How many of a member's approvals are kept, the newest first: only those of the present text will ever count. */
const APPROVALS_EACH = 10;

/** ballot.review: an approving review. Kept until the end, whatever label stands; a ballot on an open motion to merge. */
export function approve(context: ActContext, commit: string | null, review: string): Ruling {
  const { register, rules, person, act } = context;
  if (context.phase === "ended") return ignored(context);
  if (!rules.teams.some((team) => team.members.some((member) => isMember(member, person))))
    return ignored(context);
  const approval: Approval = { member: person, commit: commit ?? "", at: act.at, review, url: act.url };
  const own = register.approvals
    .filter((one) => samePerson(one.member, person) && one.commit !== approval.commit)
    .sort((a, b) => b.at - a.at)
    .slice(0, APPROVALS_EACH - 1);
  const others = register.approvals.filter((one) => !samePerson(one.member, person));
  const kept: Register = { ...register, approvals: [...others, ...own.reverse(), approval] };
  const { motion } = register;
  const [team] = seatsOf(rules, context.needs, person);
  if (motion === null || motion.end !== null || motion.disposition !== "merge" || team === undefined) {
    return accepted(kept);
  }
  return counted({ ...context, register: kept }, withBallot(motion, ballotOf(approval, team, context)));
}

const ballotOf = (approval: Approval, team: string, context: ActContext): Ballot => ({
  member: approval.member,
  team,
  choice: "yes",
  from: { via: "review", url: approval.url, at: approval.at },
  head: approval.commit,
  source: approval.review,
  ...appliesToOf(context, approval.commit),
});

/** ballot.review.changes: requested changes withdraw the member's yes to a motion to merge, and earlier approvals. */
export function withdrawYes(context: ActContext, source: string): Register {
  const { register, person, act } = context;
  const approvals = register.approvals.filter((one) => !samePerson(one.member, person) || one.at > act.at);
  const { motion } = register;
  if (motion === null || motion.disposition !== "merge" || !takesBack(context))
    return { ...register, approvals };
  const own = motion.ballots.filter((ballot) => samePerson(ballot.member, person) && ballot.choice === "yes");
  const from: Provenance = { via: "review", url: act.url, at: act.at };
  const withdrawn = own.reduce(
    (so, ballot) => withBallot(so, { ...ballot, choice: null, from, source }),
    motion,
  );
  return { ...register, approvals, motion: withdrawn };
}

/** fcp.after: a yes to the text that is going to be merged is taken back until then; what decided is on record, and stays. */
const takesBack = ({ register: { motion }, appliesTo }: ActContext): boolean =>
  motion?.end === null || (motion?.end?.kind === "concluded" && appliesTo === null);

/** The reviewer's own dismissal of an approval retracts it; nobody else's does, and no push's. */
export function dismissOwn(context: ActContext, review: string): Register {
  const { register, person, act } = context;
  const approvals = register.approvals.filter((one) => one.review !== review);
  const { motion } = register;
  if (motion === null || !takesBack(context)) return { ...register, approvals };
  const from: Provenance = { via: "review", url: act.url, at: act.at };
  const ballots = motion.ballots.map((ballot) =>
    ballot.source === review && samePerson(ballot.member, person)
      ? { ...ballot, choice: null, from }
      : ballot,
  );
  return { ...register, approvals, motion: { ...motion, ballots } };
}

/**
 * ballot.review: approvals given before the motion, and since any earlier motion ended, that count for it: on the text of the
 * head it is opened with (`head`), on any commit (`any`), or none.
 */
export function earlierApprovals(context: ActContext, head: string): readonly Ballot[] {
  const { register, rules, needs } = context;
  if (rules.reviews.beforeMotion === "none") return [];
  const last = register.motion?.end?.at ?? 0;
  const same = sameTextBy(register, context.snapshot);
  const newest = new Map<string, Approval>();
  for (const approval of [...register.approvals].sort((a, b) => a.at - b.at)) {
    if (approval.at < last) continue;
    if (rules.reviews.beforeMotion === "head" && !same(approval.commit, head)) continue;
    newest.set(
      approval.member.id === null ? approval.member.login.toLowerCase() : String(approval.member.id),
      approval,
    );
  }
  return [...newest.values()].flatMap((approval) => {
    const [team] = seatsOf(rules, needs, approval.member);
    return team === undefined ? [] : [ballotOf(approval, team, context)];
  });
}

/** The ballot that speaks for this roster member in this team, if any. */
export const ballotFor = (motion: Motion, team: string, member: PersonRef): Ballot | undefined =>
  motion.ballots
    .filter((ballot) => ballot.team === team && isMember(member, ballot.member))
    .sort((a, b) => b.from.at - a.from.at)[0];
