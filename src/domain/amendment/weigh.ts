import type { ChangeView, RouteView } from "../decision.js";
import { isMember, type PersonRef } from "../people.js";
import type { Motion, Register } from "../register.js";
import { type AmendmentRoute, type Need, type Rules, teamOf } from "../rules.js";
import type { AmendmentFacts } from "../snapshot.js";
import { tallyFor } from "../tally.js";
import type { Instant } from "../time.js";
import { absenceOf } from "./absence.js";
import type { Change } from "./change.js";
import { resigns } from "./refusals.js";

export interface Proposal {
  readonly author: PersonRef | null;
  readonly facts: Pick<AmendmentFacts, "statesWhy" | "quiet">;
  /** The head commit. */
  readonly head: string;
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
  { author, facts, head, now }: Proposal,
): ChangeView {
  const resignation = resigns(change, author);
  const { motion } = register;
  const counted = motion === null ? null : ballotsOn(motion, change);
  const voters = electorate(change, base);
  const routes = routesFor(change, base).map((route): RouteView => {
    const tallies = route.map((need) => tallyFor(need, voters, register, counted, head));
    const lacksReason = !facts.statesWhy && inPlaceOfTheTeam(change, route, base);
    const large = change.key !== "rules" || tallies.every((tally) => !tally.belowMinimum);
    const passed = tallies.length > 0 && !lacksReason && large && tallies.every((tally) => tally.passed);
    return { tallies, lacksReason, passed };
  });
  const absence = resignation ? null : absenceOf(change, base, motion, facts, now);
  const passed = resignation || absence?.passed === true || routes.some((route) => route.passed);
  return { change, resignation, routes, absence, passed };
}

/** A ballot counts for the changes it was given on: pushing another change voids it there, and only there. */
export const ballotsOn = (motion: Motion, change: Change): Motion => ({
  ...motion,
  ballots: motion.ballots.filter((ballot) => ballot.covers?.includes(change.print) ?? false),
});

/** amend.guardian: one Guardian's removal is decided by the other Guardians. Every other electorate is the team as it stands. */
function electorate(change: Change, base: Rules): Rules {
  if (change.key !== "remove_guardian" || change.kind !== "remove_member") return base;
  const { member, team } = change;
  const teams = base.teams.map((each) =>
    each.slug === team ? { ...each, members: each.members.filter((one) => !isMember(one, member)) } : each,
  );
  return { ...base, teams };
}

export function routesFor(change: Change, base: Rules): readonly AmendmentRoute[] {
  // What elects nobody in the second board is the second board's own.
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
