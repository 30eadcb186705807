import { coveredBy } from "../../domain/acts/measure.js";
import { differences } from "../../domain/amendment/differences.js";
import { routesFor } from "../../domain/amendment/weigh.js";
import { isMember } from "../../domain/model/people.js";
import type { PublicRecord, PublicTally } from "../../domain/model/publicRecord.js";
import { type DecisionRule, type Need, type Rules, type Team, teamOf } from "../../domain/model/rules.js";
import type { ConfigAt, Evidence } from "./facts.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, onItsWord, proven } from "./level.js";
import { madeBy } from "./made.js";
import { words } from "./words.js";

/** The teams, their members, what was needed and for how long: all as the config at the roster commit has it. */
export function rosterLevel(evidence: Evidence): Level {
  const { record, configAt } = evidence;
  const { decided, end } = record.rules;
  const [then, last] = [decided ?? end, end ?? decided];
  if (then === null || last === null) return levelOf("roster", [missing(words.noRosterCommit)]);
  const made = madeBy(evidence);
  const findings = record.teams.flatMap((tally): readonly LevelFinding[] => {
    const commit = tally.moment === "beginning" ? then : last;
    const config = configAt(commit);
    return config.kind === "rules" ? teamOfThen(tally, config.rules, commit, made) : notRead(config, commit);
  });
  const config = configAt(then);
  const later = configAt(last);
  const needed =
    config.kind === "rules"
      ? neededBy(record, {
          rules: config.rules,
          later: later.kind === "rules" ? later.rules : config.rules,
          made,
        })
      : notRead(config, then);
  const all = [...findings, ...needed];
  return levelOf("roster", all.length === 0 ? [proven(words.asTheConfig(then))] : all);
}

const notRead = (config: ConfigAt, commit: string): readonly LevelFinding[] => [
  config.kind === "not read" ? missing(words.configNotRead(commit)) : contradicted(words.noConfigAt(commit)),
];

function teamOfThen(
  { title, team: slug, size, votes }: PublicTally,
  rules: Rules,
  commit: string,
  made: Rules | null,
): readonly LevelFinding[] {
  const team = teamOf(rules, slug);
  if (team === undefined) return [contradicted(words.noSuchTeam(title, commit))];
  if (votes === null) return [];
  const strangers = votes.filter(({ member }) => !team.members.some((one) => isMember(one, member)));
  const left = team.members.filter((one) => !votes.some(({ member }) => isMember(one, member)));
  const excused = left.map((member) => ({ member, why: leftOut(member, team, made) }));
  const other = size !== team.members.length - excused.filter(({ why }) => why !== null).length;
  const findings = [
    ...strangers.map(({ member }) => contradicted(words.noMember(title, member.login, commit))),
    ...excused.map(
      ({ member, why }) => why ?? contradicted(words.memberMissing(title, member.login, commit)),
    ),
    ...(other ? [contradicted(words.rosterSize(title, size, team.members.length, commit))] : []),
  ];
  return findings.length === 0 ? [proven(words.rosterAs(title, size, commit))] : findings;
}

/** amend.guardian, amend.absent: whose removal is decided without them. null: nothing says that they are not asked. */
function leftOut(member: Team["members"][number], team: Team, made: Rules | null): LevelFinding | null {
  if (made === null) return null;
  const stays = teamOf(made, team.slug)?.members.some((one) => isMember(one, member)) ?? false;
  return stays ? null : onItsWord(words.notAsked(team.title, member.login));
}

interface By {
  readonly rules: Rules;
  /** Those of the end: a rule's name is the one that it had then. */
  readonly later: Rules;
  readonly made: Rules | null;
}

function neededBy(record: PublicRecord, by: By): readonly LevelFinding[] {
  if (record.override !== null) return overrideNeeds(record, by);
  return record.amendment === null ? proposalNeeds(record, by) : amendmentNeeds(record, by);
}

const ruleOf = ({ motion }: PublicRecord, { rules, later }: By): DecisionRule | undefined =>
  [rules, later].flatMap(({ decisions }) => decisions).find(({ name }) => name === motion.rule);

const needsOf = ({ teams }: PublicRecord): readonly Need[] => teams.map(({ need }) => need);

/** Is less asked for in this record than by these rules? Of periods nothing is said. */
export function fallsShort(record: PublicRecord, rules: Rules, made: Rules | null): boolean {
  const by = { rules, later: rules, made };
  const needs =
    record.override !== null
      ? overrideNeeds(record, by)
      : record.amendment === null
        ? approvals(record, by)
        : changesNotVoted(record, by);
  return needs.some(({ outcome }) => outcome === "contradicted");
}

/** Are its teams those of these rules, each with all of its members? */
export const hasTeamsOf = (record: PublicRecord, rules: Rules, made: Rules | null): boolean =>
  record.teams.every((tally) =>
    teamOfThen(tally, rules, "", made).every(({ outcome }) => outcome !== "contradicted"),
  );

/** decision.ratchet: needs only grow, so a record can need more than its rule does, and never less. */
function proposalNeeds(record: PublicRecord, by: By): readonly LevelFinding[] {
  const rule = ruleOf(record, by);
  return [
    ...approvals(record, by),
    ...(rule === undefined ? [] : period(record, rule.finalCommentPeriod ?? by.rules.finalCommentPeriod)),
  ];
}

function approvals(record: PublicRecord, by: By): readonly LevelFinding[] {
  const rule = ruleOf(record, by);
  if (rule === undefined) return [contradicted(words.noSuchRule(record.motion.rule))];
  const has = needsOf(record);
  return rule.approval
    .filter((need) => !coveredBy(need, has))
    .map(({ team }) => contradicted(words.needMissing(rule.name, teamOf(by.rules, team)?.title ?? team)));
}

function period({ fcp, motion }: PublicRecord, wanted: number): readonly LevelFinding[] {
  // An older bot's period ended when it said.
  if (motion.via === "takeover") return [];
  if (fcp === null) return wanted === 0 ? [] : [contradicted(words.noFcp)];
  const lasted = Date.parse(fcp.ends) - Date.parse(fcp.begins);
  return lasted < wanted ? [contradicted(words.fcpShort)] : [];
}

function amendmentNeeds(record: PublicRecord, by: By): readonly LevelFinding[] {
  const { rules, made } = by;
  if (made === null) return [missing(words.madeNotKnown)];
  const changes = changesIn(rules, made);
  return [
    ...changesNotVoted(record, by),
    ...(changes.some(({ key }) => key === "rules") ? period(record, rules.finalCommentPeriod) : []),
  ];
}

function changesIn(rules: Rules, made: Rules): ReturnType<typeof differences> {
  const known = made.teams.flatMap(({ members }) => members);
  const ids = new Map(
    known.flatMap(({ login, id }) => (id === null ? [] : [[login.toLowerCase(), id] as const])),
  );
  return differences(rules, made, ids);
}

function changesNotVoted(record: PublicRecord, { rules, made }: By): readonly LevelFinding[] {
  const { proposal } = record;
  if (made === null) return [missing(words.madeNotKnown)];
  const has = needsOf(record);
  return changesIn(rules, made).flatMap((change): readonly LevelFinding[] => {
    const routes = routesFor(change, rules);
    if (routes.some((route) => route.length > 0 && route.every((need) => coveredBy(need, has)))) return [];
    const own =
      change.kind === "remove_member" && proposal.author !== null && isMember(change.member, proposal.author);
    return own ? [onItsWord(words.resigned(proposal.author.login))] : [contradicted(words.changeNotVoted)];
  });
}

function overrideNeeds(record: PublicRecord, by: By): readonly LevelFinding[] {
  const { override, motion } = record;
  const { rules } = by;
  if (override === null) return [];
  const lead = rules.teams.some((team) => team.lead !== null && isMember(team.lead, override.by));
  const rule = ruleOf(record, by);
  const seconded = (slug: string): boolean =>
    override.seconds.some(({ member }) => teamOf(rules, slug)?.members.some((one) => isMember(one, member)));
  return [
    ...(lead ? [] : [contradicted(words.notTheLead(override.by.login))]),
    ...(rule === undefined
      ? [
          record.amendment === null
            ? contradicted(words.noSuchRule(motion.rule))
            : missing(words.madeNotKnown),
        ]
      : rule.approval
          .filter(({ team }) => !seconded(team))
          .map(({ team }) => contradicted(words.teamNotSeconded(teamOf(rules, team)?.title ?? team)))),
  ];
}
