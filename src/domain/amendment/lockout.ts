import { hasPassed } from "../decide/tally.js";
import type { Change } from "../model/change.js";
import type { Lockout } from "../model/decision.js";
import { isMember } from "../model/people.js";
import { AMENDMENT_KEYS, type AmendmentKey, type Need, type Rules, teamOf } from "../model/rules.js";

/**
 * The lock-out guard: the state a set of rules would be in after the amendment. Empty: every team that decides anything has
 * members enough to, and every kind of amendment has a route somebody can go.
 */
export function lockouts(head: Rules, changes: readonly Change[]): readonly Lockout[] {
  const found: Lockout[] = [];
  const uses: { need: Need; by: string }[] = [
    ...head.decisions.flatMap((rule) =>
      rule.approval.map((need) => ({ need, by: `the decision “${rule.name}”` })),
    ),
    ...AMENDMENT_KEYS.flatMap((key) =>
      head.amendments[key].flatMap((route) => route.map((need) => ({ need, by: `amendments.${key}` }))),
    ),
  ];
  const seen = new Set<string>();
  for (const { need, by } of uses) {
    if (seen.has(need.team)) continue;
    seen.add(need.team);
    const team = teamOf(head, need.team);
    if (team === undefined) found.push({ code: "team_gone", team: need.team, neededBy: by });
    else if (team.members.length === 0) found.push({ code: "team_empty", team: team.slug, neededBy: by });
  }
  for (const team of head.teams) {
    const size = team.members.length;
    // People may resign whenever they want (amend.resign); everything else has to leave the minimum standing.
    const touched = changes.some(
      (change) => "team" in change && change.team === team.slug && change.kind === "remove_member",
    );
    const raised = changes.some(
      (change) => change.kind === "rules" && change.path === `teams.${team.slug}.minimum_members`,
    );
    if (size < team.minimumMembers && (touched || raised)) {
      found.push({ code: "below_minimum", team: team.slug, size, minimum: team.minimumMembers });
    }
    const { lead } = team;
    if (lead !== null && !team.members.some((member) => isMember(member, lead) || isMember(lead, member))) {
      found.push({ code: "lead_not_a_member", team: team.slug, lead: lead.login });
    }
  }
  for (const key of AMENDMENT_KEYS) {
    if (hasSubject(head, key) && !head.amendments[key].some((route) => canPass(head, route, key))) {
      found.push({ code: "no_route", change: key });
    }
  }
  return found;
}

/** A kind of change that nobody could make anyway needs no route: there is no second board, or no lead. */
function hasSubject(head: Rules, key: AmendmentKey): boolean {
  return key === "add_guardian" || key === "remove_guardian" ? head.guardians !== null : true;
}

/** Could these teams ever pass this route, with everybody in favour? Removing a Guardian counts the others. */
function canPass(head: Rules, route: readonly Need[], key: AmendmentKey): boolean {
  if (route.length === 0) return false;
  return route.every((need) => {
    const size = teamOf(head, need.team)?.members.length ?? 0;
    // A board of one cannot be voted on by the others; its only member may resign, and then somebody must be appointed first.
    if (key === "remove_guardian" && need.team === head.guardians && size === 1) return true;
    return hasPassed({ size, yes: size, abstained: 0 }, need);
  });
}
