import { authorSince } from "../acts/authors.js";
import { isPresentText } from "../acts/heads.js";
import type { AfterFcp } from "../model/decision.js";
import { isMember, type PersonRef, personOf } from "../model/people.js";
import type { Register } from "../model/register.js";
import { type Rules, teamOf } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";

/** So many members have to have said yes to the very text that is merged. */
const ENOUGH = 2;

/**
 * fcp.after: no text slips in after the vote. The check is green only for a text to which two members of needed teams other than the
 * PR's author have said yes, before FCP began or since; all there are, where they are fewer. null: it is not asked yet. Whoever was made an
 * author besides is not one of the two for what they say from then on (author.named), and is needed as if they could be.
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
  const said = others.map((member) => ({
    member,
    yes: saysYes(
      register,
      member,
      isPresent,
      authorSince(register, rules, member) ?? Number.POSITIVE_INFINITY,
    ),
    ever: saysYes(register, member, isPresent, Number.POSITIVE_INFINITY),
  }));
  const approvedBy = said.flatMap(({ member, yes }) => (yes ? [member] : []));
  const asAuthors = said.flatMap(({ member, yes, ever }) => (ever && !yes ? [member] : []));
  const needed = Math.min(ENOUGH, others.length);
  const { head: from } = motion.fcp;
  return {
    ...{ from, head, needed, moved: !isPresent(from) },
    approvedBy: approvedBy.map(({ login, id }) => ({ login, id })),
    ...(asAuthors.length === 0 ? {} : { asAuthors: asAuthors.map(({ login, id }) => ({ login, id })) }),
    met: approvedBy.length >= needed,
  };
}

/** Has this member said yes to the present text by then, and not taken it back since? */
function saysYes(
  { motion, approvals }: Register,
  member: PersonRef,
  isPresent: (commit: string) => boolean,
  until: Instant,
): boolean {
  const own = (motion?.ballots ?? []).filter((ballot) => isMember(member, ballot.member));
  if (
    own.some(
      ({ choice, head, unsure, from }) => choice === "yes" && !unsure && from.at <= until && isPresent(head),
    )
  )
    return true;
  const since = Math.max(0, ...own.flatMap(({ choice, from }) => (choice === "yes" ? [] : [from.at])));
  return approvals.some(
    ({ member: by, at, commit }) => isMember(member, by) && at > since && at <= until && isPresent(commit),
  );
}
