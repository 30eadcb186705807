import { isPresentText } from "../acts/heads.js";
import type { AfterFcp } from "../model/decision.js";
import { isMember, type PersonRef, personOf } from "../model/people.js";
import type { Register } from "../model/register.js";
import { type Rules, teamOf } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";

/** So many members have to have said yes to the very text that is merged. */
const ENOUGH = 2;

/**
 * fcp.after: no text slips in after the vote. The check is green only for a text to which two members of needed teams other than the
 * PR's author have said yes, before FCP began or since; all there are, where they are fewer. null: it is not asked yet.
 */
export function approvalAfterFcp(register: Register, rules: Rules, snapshot: Snapshot): AfterFcp | null {
  const { motion } = register;
  if (motion === null || motion.disposition !== "merge" || motion.fcp?.state !== "running") return null;
  if (motion.end !== null && motion.end.kind !== "concluded") return null;
  const { head, author } = snapshot.pull;
  const isPresent = isPresentText(register, snapshot);
  const others: PersonRef[] = [];
  for (const { team } of motion.needs)
    for (const member of teamOf(rules, team)?.members ?? []) {
      if (author !== null && isMember(member, personOf(author))) continue;
      if (!others.some((other) => isMember(member, other))) others.push(member);
    }
  const approvedBy = others.filter((member) => saysYes(register, member, isPresent));
  const needed = Math.min(ENOUGH, others.length);
  const { head: from } = motion.fcp;
  return {
    ...{ from, head, needed, moved: !isPresent(from) },
    approvedBy: approvedBy.map(({ login, id }) => ({ login, id })),
    met: approvedBy.length >= needed,
  };
}

/** Has this member said yes to the present text, and not taken it back since? */
function saysYes(
  { motion, approvals }: Register,
  member: PersonRef,
  isPresent: (commit: string) => boolean,
): boolean {
  const own = (motion?.ballots ?? []).filter((ballot) => isMember(member, ballot.member));
  if (own.some(({ choice, head, unsure }) => choice === "yes" && !unsure && isPresent(head))) return true;
  const since = Math.max(0, ...own.flatMap(({ choice, from }) => (choice === "yes" ? [] : [from.at])));
  return approvals.some(
    (approval) => isMember(member, approval.member) && approval.at > since && isPresent(approval.commit),
  );
}
