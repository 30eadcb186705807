import { leaver, stands } from "../acts/ownWord.js";
import { tallyFor } from "../decide/tally.js";
import type { Change } from "../model/change.js";
import type { ChangeView, RouteView } from "../model/decision.js";
import { isMember, type PersonRef } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import { type AmendmentRoute, type Need, type Rules, teamOf } from "../model/rules.js";
import type { AmendmentFacts } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { absentee, cannotBeTold } from "./absence.js";

export interface Proposal {
  readonly author: PersonRef | null;
  readonly facts: Pick<AmendmentFacts, "statesWhy" | "quiet">;
  /** Does a commit carry the text of the head (text.same)? */
  readonly isPresent: (commit: string) => boolean;
  readonly now: Instant;
}

/**
 * amend.add … amend.rules: what each change needs and has. Judged by the base's own rules and routes, never by the PR's. A team
 * below its minimum begins no Final Comment Period (tally.minimum), so it changes no rules; it can still change who sits in it, or it
 * could never be of that size again.
 */
export function weighChange(
  change: Change,
  base: Rules,
  register: Register,
  { author, facts, isPresent, now }: Proposal,
): ChangeView {
  const { motion } = register;
  const leaves = leaver(change, author);
  const resignation = leaves !== null && stands({ of: leaves, on: change.fingerprint }, motion);
  const counted = motion === null ? null : ballotsOn(motion, change);
  const absent = absentee(change, base, facts, now);
  const voters = electorate(change, base, absent?.member ?? null);
  const routes = routesFor(change, base).map((route): RouteView => {
    const tallies = route.map((need) => tallyFor(need, voters, register, counted, isPresent));
    const lacksReason = !facts.statesWhy && inPlaceOfTheTeam(change, route, base);
    const large = change.key !== "rules" || tallies.every((tally) => !tally.belowMinimum);
    const passed = tallies.length > 0 && !lacksReason && large && tallies.every((tally) => tally.passed);
    return { tallies, lacksReason, passed };
  });
  const passed = resignation || routes.some((route) => route.passed);
  const untold = cannotBeTold(change, base, facts) ? "untold" : null;
  const absence = absent === null ? untold : { quietSince: absent.quietSince };
  return { change, resignation, unsaid: resignation ? null : leaves, routes, absence, passed };
}

/** A ballot counts for the changes it was given on: pushing another change voids it there, and only there. */
export const ballotsOn = (motion: Motion, change: Change): Motion => ({
  ...motion,
  ballots: motion.ballots.filter((ballot) => ballot.appliesTo?.includes(change.fingerprint) ?? false),
});

/**
 * amend.guardian: one Guardian's removal is decided by the other Guardians. amend.absent: that of somebody absent without them, in
 * every team that is asked. Every other electorate is the team as it stands.
 */
function electorate(change: Change, base: Rules, absent: PersonRef | null): Rules {
  if (change.kind !== "remove_member") return base;
  const { member, team, key } = change;
  const teams = base.teams.map((each) => {
    const without = absent !== null || (key === "remove_guardian" && each.slug === team);
    return without ? { ...each, members: each.members.filter((one) => !isMember(one, member)) } : each;
  });
  return { ...base, teams };
}

export function routesFor(change: Change, base: Rules): readonly AmendmentRoute[] {
  // Details of the second board's members (which elect nobody) are decided by the second board.
  if (change.key === "details" && "team" in change && change.team === base.guardians)
    return base.amendments.add_guardian;
  return base.amendments[change.key];
}

const inPlaceOfTheTeam = (change: Change, route: AmendmentRoute, base: Rules): boolean =>
  base.guardians !== null &&
  "team" in change &&
  change.team !== base.guardians &&
  route.every((need) => need.team === base.guardians);

/** Every team that may have a say in these changes, in the order of their routes: where a plain act counts (ballot.team). */
export function needsOf(changes: readonly Change[], base: Rules): readonly Need[] {
  const needs: Need[] = [];
  for (const need of changes.flatMap((change) => routesFor(change, base).flat())) {
    if (teamOf(base, need.team) !== undefined && !needs.some((other) => other.team === need.team))
      needs.push(need);
  }
  return needs;
}
