import { type Account, canAct } from "../model/people.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { onceFor } from "../text/onceFor.js";

/** Who sits on any team, to be asked of many accounts: the same answer as asking `isMember` of each seat (act.identity). */
export const onRoster = onceFor((rules: Rules): ((account: Account | null) => boolean) => {
  const members = rules.teams.flatMap((team) => team.members);
  const ids = new Set(members.flatMap(({ id }) => id ?? []));
  const logins = new Set(members.flatMap(({ id, login }) => (id === null ? [login.toLowerCase()] : [])));
  return (account) =>
    canAct(account) &&
    ((account.id !== null && ids.has(account.id)) || logins.has(account.login.toLowerCase()));
});

/**
 * Has anybody on the roster opened it or done something on it, or does it carry a motion? A pull request of outsiders alone may wait.
 * This decides how soon a pull request is reconciled and what that may cost, never what is decided.
 */
export function isMembersAffair(
  { pull, utterances, events, register }: Pick<Snapshot, "pull" | "utterances" | "events" | "register">,
  rules: Rules,
): boolean {
  if (register !== null && (register.motion !== null || register.past.length > 0)) return true;
  const isTheirs = onRoster(rules);
  return (
    isTheirs(pull.author) ||
    utterances.some(({ author }) => isTheirs(author)) ||
    events.some(({ actor }) => isTheirs(actor))
  );
}
