import { UNKNOWN_HEAD } from "../acts/latch.js";
import { isOnRoster, seatsOf } from "../acts/needs.js";
import type { AfterFcp } from "../model/decision.js";
import { type Account, type PersonRef, personOf, samePerson } from "../model/people.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";

/**
 * fcp.after: no text slips in after the vote. While the head differs from the one at which FCP began, an approval of that very
 * head is needed by a member who is neither the PR's author nor author or committer of a commit since. null: nothing moved.
 */
export function approvalAfterFcp(
  { motion, approvals }: Register,
  rules: Rules,
  snapshot: Snapshot,
): AfterFcp | null {
  if (motion === null || motion.fcp?.state !== "running") return null;
  if (motion.end !== null && motion.end.kind !== "concluded") return null;
  const { head, author } = snapshot.pull;
  const from = motion.fcp.head;
  if (from === head) return null;
  // Where the head at which it began was lost, the member who approves may have written the text; of two, one did not.
  const writers = from === UNKNOWN_HEAD ? [null] : snapshot.writersSinceFcp;
  // Fail closed: a commit whose author GitHub does not tell may be by the member who approves.
  if (writers === "unknown" || writers === null)
    return { from, head, satisfiedBy: null, unknownWriters: true, approvals: 1 };
  // A commit whose e-mail address belongs to no account may be any one member's: of two who approve, one did not write it.
  const needed = writers.includes(null) ? 2 : 1;
  const wrote = (person: PersonRef, account: Account | null) =>
    account !== null && samePerson(personOf(account), person);
  const approving = approvals.filter(
    ({ member, commit }) =>
      commit === head &&
      isOnRoster(rules, member) &&
      seatsOf(rules, motion.needs, member).length > 0 &&
      !wrote(member, author) &&
      !writers.some((writer) => wrote(member, writer)),
  );
  const distinct = approving.filter(
    ({ member }, at) => approving.findIndex((other) => samePerson(other.member, member)) === at,
  );
  return {
    from,
    head,
    satisfiedBy: distinct[needed - 1]?.member ?? null,
    unknownWriters: false,
    approvals: needed,
  };
}
