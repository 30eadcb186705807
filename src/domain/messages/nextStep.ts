import { periodOf } from "../acts/ratchet.js";
import { isAway } from "../amendment/absence.js";
import { holding } from "../gates/gates.js";
import type { AfterFcp, Decision, Reason, TeamTally } from "../model/decision.js";
import type { GateMoment } from "../model/gates.js";
import { missingIn } from "../reminders/awaited.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { plain } from "./escape.js";
import { concernNames, count, duration, series, theTeam } from "./grammar.js";
import { lackingVotes } from "./measure.js";

/** What comes next: who has to do what, and what that leads to, in plain text. Behind it when the clerk looks again by itself. */
export function nextStep(decision: Decision, context: WordsContext): string {
  const { reason, nextCheckAt } = decision;
  const isTold = reason.code === "fcp_running" && nextCheckAt === reason.endsAt;
  const looks =
    nextCheckAt === null || isTold ? "" : ` By itself the clerk looks again on ${readable(nextCheckAt)}.`;
  return `${step(decision, context)}${looks}`;
}

function step(decision: Decision, context: WordsContext): string {
  const { reason, tallies } = decision;
  const { mention, pull, rules } = context;
  const author = pull.author === null ? "Its author" : `${plain(pull.author.login)}, its author,`;
  switch (reason.code) {
    case "not_a_proposal":
    case "changes_nothing":
    case "decided_close":
    case "decided_postpone":
    case "merged_accepted":
    case "merged_undecided":
    case "closed":
    case "overridden":
      return "Nothing is to be done: nothing changes unless somebody acts.";
    case "unlabelled_proposal":
      return `A maintainer has to add the label “${plain(reason.label)}”; then it can be decided.`;
    case "placeholder":
      return `The label “${plain(reason.label)}” has to be taken off once there is a text to decide.`;
    case "draft":
      return `${author} has to mark it ready for review.`;
    case "awaiting_motion": {
      const teams = series(
        tallies.map(({ title }) => theTeam(plain(title))),
        "or",
      );
      return `Once a member${teams === "" ? "" : ` of ${teams}`} says @${mention} fcp merge (or fcp close, fcp postpone), the vote is open.`;
    }
    case "awaiting_votes":
      return once(
        [...votes(tallies, decision), ...resolved(reason.concerns)],
        decision,
        begins(decision, context),
      );
    case "below_minimum":
      return once(
        reason.teams.map(
          ({ title, minimum }) => `there are ${count(minimum, "member")} or more in ${theTeam(plain(title))}`,
        ),
        decision,
        begins(decision, context),
      );
    case "blocked":
      return once(resolved(reason.concerns), decision, begins(decision, context));
    case "gated":
    case "held":
      return once([], decision, begins(decision, context));
    case "record_lost":
      return `Once ${series(
        reason.teams.map(
          ({ title, has, needed }) =>
            `${count(needed - has, has === 0 ? "member" : "more member")} of ${theTeam(plain(title))} ${needed - has === 1 ? "says" : "say"} @${mention} confirm`,
        ),
      )}, the clerk goes on from the rebuilt record.`;
    case "record_unkept":
      return `${author} has to carry it on in a new pull request.`;
    case "beginning":
      return `At once ${begins(decision, context)}.`;
    case "fcp_running": {
      const ends = `On ${readable(reason.endsAt)} the Final Comment Period ends`;
      const more = clauses(
        [...votes(lacking(reason.teams, tallies), decision), ...resolved(reason.concerns)],
        decision,
        "conclude",
      );
      return more === null
        ? `${ends}: unless a concern is open then, ${outcome(decision, context)}.`
        : `${ends}; once ${more} as well, ${outcome(decision, context)}.`;
    }
    case "fcp_over":
      return once(
        [...votes(lacking(reason.teams, tallies), decision), ...resolved(reason.concerns)],
        decision,
        outcome(decision, context),
        "conclude",
      );
    case "accepted": {
      const { motion } = decision.register;
      if (rules.conclude.merge !== "manual") return "The clerk merges it.";
      return motion === null
        ? "Somebody who may merge it does so."
        : `${plain(motion.mover.login)}, who proposed it, or anybody else who may merge does so.`;
    }
    case "accepted_waiting":
      return once(
        [
          ...textApproved(reason.approval, mention),
          ...votes(lacking(reason.teams, tallies), decision),
          ...resolved(reason.concerns),
        ],
        decision,
        rules.conclude.merge === "manual" ? "it can be merged" : "the clerk merges it",
        "merge",
      );
    case "amendment_refused":
      return `${author} has to change it: as it is it cannot pass, whoever votes.`;
    case "amendment_unproposed":
      return `Once a member stands behind it with @${mention} propose, its changes are voted on.`;
    case "amendment_waits":
      return once(
        [
          `every change has the approvals it needs${notVoted(tallies, decision)}`,
          ...resolved(reason.concerns),
        ],
        decision,
        begins(decision, context),
      );
    case "amendment_passed":
      return `${decision.phase === "concluded" && rules.conclude.merge !== "manual" ? "The clerk merges it" : "Somebody who may merge does so"}; from then on it is in force.`;
    default:
      return unreachable(reason);
  }
}

const unreachable = (reason: never): string => `Unknown: ${JSON.stringify(reason satisfies never as Reason)}`;

const resolved = (concerns: readonly number[]): readonly string[] =>
  concerns.length === 0 ? [] : [`${concernNames(concerns)} ${concerns.length === 1 ? "is" : "are"} resolved`];

/** fcp.after: of a text that was changed since. */
function textApproved(
  approval: Pick<AfterFcp, "approvedBy" | "needed"> | null,
  mention: string,
): readonly string[] {
  const more = approval === null ? 0 : approval.needed - approval.approvedBy.length;
  return more <= 0
    ? []
    : [
        `${count(more, "member")} other than the author ${more === 1 ? "says" : "say"} yes to the text as it stands now (@${mention} reviewed)`,
      ];
}

/** Of these teams what the count lacks, and who of them has said nothing yet. */
function votes(tallies: readonly TeamTally[], decision: Decision): readonly string[] {
  return tallies
    .filter(({ passed }) => !passed)
    .flatMap((tally) => {
      const team = theTeam(plain(tally.title));
      if (tally.size === 0) return [`${team} has members again`];
      const { approvals, votes: others } = lackingVotes(tally);
      const parts = [
        ...(approvals > 0
          ? [`${count(approvals, "more member")} of ${team} ${approvals === 1 ? "approves" : "approve"}`]
          : []),
        ...(others > 0
          ? [
              `${count(others, "more member")}${approvals > 0 ? "" : ` of ${team}`} ${others === 1 ? "votes" : "vote"} for the quorum`,
            ]
          : []),
      ];
      return parts.length === 0 ? [] : [`${parts.join(" and ")}${notVoted([tally], decision)}`];
    });
}

const lacking = (teams: readonly { readonly title: string }[], tallies: readonly TeamTally[]) =>
  tallies.filter(({ title }) => teams.some((team) => team.title === title));

const MOST_NAMES = 12;

/** ` (bob and cat have not voted)`. Of more names the list of the votes tells. */
function notVoted(tallies: readonly TeamTally[], { at }: Decision): string {
  const names = [
    ...new Set(
      tallies
        .filter(({ passed }) => !passed)
        .flatMap(missingIn)
        .map((seat) => `${plain(seat.member.login)}${isAway(seat, at) ? " (away)" : ""}`),
    ),
  ];
  const shown =
    names.length > MOST_NAMES
      ? [...names.slice(0, MOST_NAMES - 1), `${names.length - MOST_NAMES + 1} more`]
      : names;
  return names.length === 0 ? "" : ` (${series(shown)} ${names.length === 1 ? "has" : "have"} not voted)`;
}

/** `Once bob says so and concern C1 is resolved, it can be merged.` Gates and holds, which have sentences of their own under “Now”, are only named as such. */
function once(
  has: readonly string[],
  decision: Decision,
  then: string,
  moment: GateMoment = "begin",
): string {
  const more = clauses(has, decision, moment);
  return more === null ? `At once ${then}.` : `Once ${more}, ${then}.`;
}

/** null: nothing is missing. */
function clauses(has: readonly string[], { gates = [], holds }: Decision, moment: GateMoment): string | null {
  const isHeld = holds.length > 0 || holding(gates, moment).length > 0;
  const all = [
    ...has,
    ...(isHeld
      ? [has.length === 0 ? "what it waits for is done" : "all else that it waits for is done"]
      : []),
  ];
  return all.length === 0 ? null : series(all);
}

function begins({ amendment, register: { motion } }: Decision, { rules }: WordsContext): string {
  // A change of the roster has no period, and one that is over does not begin again.
  if (amendment?.needsFcp === false) return "it can be merged";
  if (amendment !== undefined && motion?.end?.kind === "concluded")
    return rules.conclude.merge === "manual" ? "it can be merged" : "the clerk merges it";
  const period = motion === null ? rules.finalCommentPeriod : periodOf(motion, rules);
  return period === 0
    ? "it is decided, without a Final Comment Period"
    : `the Final Comment Period of ${duration(period)} begins`;
}

/** What a Final Comment Period leads to. */
function outcome({ register: { motion }, after }: Decision, { rules, mention }: WordsContext): string {
  switch (motion?.disposition) {
    case "close":
      return rules.conclude.close === "close" ? "it is closed" : "it is decided that it be closed";
    case "postpone":
      return rules.conclude.postpone === "close" ? "it is postponed, and closed" : "it is postponed";
    default: {
      const merged = rules.conclude.merge === "manual" ? "it can be merged" : "the clerk merges it";
      const [yes] = after?.moved && !after.met ? textApproved(after, mention) : [];
      return yes === undefined ? merged : `${merged} once ${yes}`;
    }
  }
}
