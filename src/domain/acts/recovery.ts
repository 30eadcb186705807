import type { ConfirmShortfall } from "../model/decision.js";
import { isMember, type PersonRef, personOf, samePerson } from "../model/people.js";
import type { Recovery, Register } from "../model/register.js";
import { type Member, type Need, type Rules, teamOf } from "../model/rules.js";
import type { Marker, OwnComment, Snapshot } from "../model/snapshot.js";
import { type ActContext, accepted, ignored, mayAct, type Ruling, refused } from "./ruling.js";

/** How many members of each needed team have to confirm what was rebuilt; all of them, where a team has fewer who may. */
const CONFIRMING = 2;

/** Marker key of the comment that lists what was rebuilt. */
const rebuiltKey = ({ number }: Recovery): string => `rebuilt:${number}`;

export const rebuiltMarker = (recovery: Recovery): Marker => ({
  kind: "announce",
  key: rebuiltKey(recovery),
});

/** The comment that lists what was rebuilt, where it stands. */
export const listingOf = (recovery: Recovery, ownComments: readonly OwnComment[]): OwnComment | undefined =>
  ownComments.find(({ marker }) => marker.kind === "announce" && marker.key === rebuiltKey(recovery));

/** memory.lost: `confirm`, after the comment that lists what was rebuilt, by neither the author nor anybody who took traces away. */
export function confirm(context: ActContext): Ruling {
  const { register, person, act, commandText, snapshot } = context;
  const { recovery } = register;
  if (recovery === null) {
    if (context.phase === "out_of_scope") return ignored(context);
    return mayAct(context)
      ? refused(context, { code: "nothing_to_confirm", said: commandText })
      : refused(context, { code: "not_a_member", said: commandText });
  }
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: commandText });
  const listing = listingOf(recovery, snapshot.ownComments);
  if (listing === undefined || act.at <= listing.createdAt)
    return refused(context, { code: "confirm_too_early", said: commandText });
  const barred = barredFrom(recovery, snapshot, person);
  if (barred !== null && !isLastResort(context, person))
    return refused(context, { code: "may_not_confirm", said: commandText, because: barred });
  if (recovery.confirmed.some(({ member }) => samePerson(member, person))) return accepted(register);
  const confirmed = [...recovery.confirmed, { member: person, at: act.at, url: act.url }];
  return accepted({ ...register, recovery: { ...recovery, confirmed } });
}

function barredFrom(
  { takenBy }: Pick<Recovery, "takenBy">,
  { pull }: Pick<Snapshot, "pull">,
  person: PersonRef,
): "author" | "took_away" | null {
  if (pull.author !== null && samePerson(personOf(pull.author), person)) return "author";
  return takenBy.some((taker) => samePerson(taker, person)) ? "took_away" : null;
}

/** In a team where nobody else could confirm, the excluded members may: the proposal must not be held for ever. */
const isLastResort = (
  { register: { recovery }, needs, rules, snapshot }: ActContext,
  person: PersonRef,
): boolean =>
  recovery !== null &&
  needs.some(({ team }) => {
    const members = teamOf(rules, team)?.members ?? [];
    return (
      members.some((member) => isMember(member, person)) &&
      members.every((member) => barredFrom(recovery, snapshot, member) !== null)
    );
  });

/** The confirmations that each needed team still lacks; empty: what was rebuilt is valid. */
export function unconfirmed(
  recovery: Recovery,
  needs: readonly Need[],
  rules: Rules,
  snapshot: Pick<Snapshot, "pull">,
): readonly ConfirmShortfall[] {
  return needs.flatMap(({ team }): readonly ConfirmShortfall[] => {
    const found = teamOf(rules, team);
    const members = found?.members ?? [];
    const free = members.filter((member) => barredFrom(recovery, snapshot, member) === null);
    const may: readonly Member[] = free.length > 0 ? free : members;
    const has = may.filter((member) =>
      recovery.confirmed.some(({ member: confirming }) => isMember(member, confirming)),
    ).length;
    // A team without members confirms nothing, as it decides nothing.
    const needed = Math.max(1, Math.min(CONFIRMING, may.length));
    return has >= needed ? [] : [{ team, title: found?.title ?? team, has, needed }];
  });
}

/** The register with the confirmations judged by now: no longer held once every needed team has confirmed. */
export function recovered(
  register: Register,
  needs: readonly Need[],
  rules: Rules,
  snapshot: Pick<Snapshot, "pull">,
): Register {
  const { recovery } = register;
  if (recovery === null || needs.length === 0) return register;
  return unconfirmed(recovery, needs, rules, snapshot).length === 0
    ? { ...register, recovery: null }
    : register;
}
