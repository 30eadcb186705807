import { sameMeaning } from "../amendment/differences.js";
import { type ConfigVersion, lawfulWhen } from "../amendment/history.js";
import { duration, theTeam } from "../messages/grammar.js";
import { shareOf } from "../messages/measure.js";
import { isMember } from "../model/people.js";
import type { RosterHistory, RosterTeam, RosterVersion } from "../model/publicView.js";
import { type Rules, type Team, teamOf } from "../model/rules.js";

/** The roster through time, for people: from the versions of the config, oldest first. */
export const rosterHistoryOf = (versions: readonly ConfigVersion[]): RosterHistory => ({
  versions: versions.map((version) => versionOf(version, versions)),
});

function versionOf(version: ConfigVersion, versions: readonly ConfigVersion[]): RosterVersion {
  const { commit, at, pull, by, rules } = version;
  return {
    ...{ commit, at, pull, by },
    valid: rules !== null,
    lawful: lawfulWhen(version, versions, sameMeaning).unlawful.length === 0,
    teams: (rules?.teams ?? []).map(teamOfRoster),
    decisions: rules === null ? [] : rules.decisions.map((decision) => decisionOf(decision, rules)),
  };
}

const teamOfRoster = ({ slug, title, lead, minimumMembers, members }: Team): RosterTeam => ({
  team: slug,
  title,
  minimum: minimumMembers,
  members: members.map((member) => ({
    login: member.login,
    id: member.id,
    lead: lead !== null && isMember(member, lead),
    since: member.since,
    domains: member.domains,
    away: member.away,
  })),
});

const decisionOf = (
  { name, approval, finalCommentPeriod: own }: Rules["decisions"][number],
  rules: Rules,
) => ({
  name,
  takes: approval.map((need) => shareOf(need, theTeam(teamOf(rules, need.team)?.title ?? need.team))),
  period: duration(own ?? rules.finalCommentPeriod),
});
