import { sameMeaning } from "../domain/amendment/differences.js";
import { type ConfigVersion, inForceBetween, lawfulWhen } from "../domain/amendment/history.js";
import { neededOf } from "../domain/decide/tally.js";
import { isMember } from "../domain/model/people.js";
import { type Member, type Need, type Rules, type Team, teamOf } from "../domain/model/rules.js";
import { DAY, type Instant, iso } from "../domain/text/time.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk roster 1";

/** What `roster` tells, for programs: docs/commands.md has its fields. */
export function rosterJson(
  { owner, name }: { readonly owner: string; readonly name: string },
  versions: readonly ConfigVersion[],
  {
    from,
    until,
    askedFor = null,
  }: {
    readonly from: Instant;
    readonly until: Instant;
    /** A moment to come, of which nothing is known; null: the others are what was asked for. */
    readonly askedFor?: Instant | null;
  },
): object {
  return {
    format: FORMAT,
    repository: `${owner}/${name}`,
    from: iso(from),
    until: iso(until),
    future: askedFor === null ? null : iso(askedFor),
    configs: inForceBetween(versions, from, until).map((version) => versionJson(version, versions)),
  };
}

function versionJson(version: ConfigVersion, versions: readonly ConfigVersion[]) {
  const { commit, at, pull, by, rules } = version;
  const { lawful, unlawful } = lawfulWhen(version, versions, sameMeaning);
  return {
    commit,
    inForceFrom: iso(at),
    pull,
    by,
    valid: rules !== null,
    lawful: unlawful.length === 0,
    lastLawful: lawful?.commit ?? null,
    teams: (rules?.teams ?? []).map(teamJson),
    decisions: rules === null ? [] : decisionsJson(rules),
  };
}

export const teamJson = ({ slug, title, lead, minimumMembers, members }: Team) => ({
  team: slug,
  title,
  minimum: minimumMembers,
  members: members.map((member) => memberJson(member, lead !== null && isMember(member, lead))),
});

const memberJson = ({ login, id, away }: Member, lead: boolean) => ({
  login,
  id,
  lead,
  away: away === null ? null : { from: iso(away.from), until: iso(away.until) },
});

export const decisionsJson = (rules: Rules) =>
  rules.decisions.map(({ name, approval, finalCommentPeriod: own }) => ({
    name,
    periodDays: (own ?? rules.finalCommentPeriod) / DAY,
    approval: approval.map((need) => needJson(need, rules)),
  }));

export function needJson({ team, threshold, quorum }: Need, rules: Rules) {
  const size = teamOf(rules, team)?.members.length ?? 0;
  return {
    team,
    threshold: { ...threshold },
    quorum: quorum === undefined ? null : { ...quorum },
    needed: neededOf({ size, abstained: 0 }, { threshold, ...(quorum === undefined ? {} : { quorum }) }),
    size,
  };
}
