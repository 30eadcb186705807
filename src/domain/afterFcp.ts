import type { AfterFcp } from "./decision.js";
import { onRoster, seatsOf } from "./needs.js";
import { type Account, type PersonRef, personOf, samePerson } from "./people.js";
import type { Register } from "./register.js";
import type { Rules } from "./rules.js";
import type { Snapshot } from "./snapshot.js";

/**
 * fcp.after: no text slips in after the vote. While the head differs from the one at which FCP began, an approval of that very
 * head is needed by a member who is neither the PR's author nor author or committer of a commit since. null: nothing moved.
 */
export function afterFcp({ motion, approvals }: Register, rules: Rules, snapshot: Snapshot): AfterFcp | null {
  if (motion === null || motion.fcp?.state !== "running") return null;
  if (motion.end !== null && motion.end.kind !== "concluded") return null;
  const { head, author } = snapshot.pull;
  const from = motion.fcp.head;
  if (from === head) return null;
  const writers = snapshot.writersSinceFcp;
  // Fail closed: what GitHub did not tell, or a commit whose e-mail address belongs to no account, may be whoever approves.
  if (writers === "unknown" || writers === null || writers.includes(null))
    return { from, head, satisfiedBy: null, unknownWriters: true };
  const wrote = (person: PersonRef, account: Account | null) =>
    account !== null && samePerson(personOf(account), person);
  const approval = approvals.find(
    ({ member, commit }) =>
      commit === head &&
      onRoster(rules, member) &&
      seatsOf(rules, motion.needs, member).length > 0 &&
      !wrote(member, author) &&
      !writers.some((writer) => wrote(member, writer)),
  );
  return { from, head, satisfiedBy: approval?.member ?? null, unknownWriters: false };
}
