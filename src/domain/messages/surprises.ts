import { neededOf, quorumOf } from "../decide/tally.js";
import { sameLogin } from "../model/people.js";
import { type Need, type Rules, type Team, teamOf, thresholdText } from "../model/rules.js";
import { DAY } from "../text/time.js";
import { plain } from "./escape.js";
import { count, duration, series, theTeam } from "./grammar.js";
import { memberInYaml } from "./memberInYaml.js";

/** Something in a right config that would surprise whoever wrote it. Nothing depends on it. */
export interface Surprise {
  /** For programs; stays. */
  readonly code: SurpriseCode;
  /** Where it stands in the config. */
  readonly path: readonly (string | number)[];
  /** What it comes to and what to do, one sentence. */
  readonly sentence: string;
}

type SurpriseCode =
  | "no_id"
  | "minimum_above_size"
  | "decides_nothing"
  | "one_decides"
  | "all_needed"
  | "never_fits"
  | "short_period"
  | "mention_is_member";

/** In the order of the config's teams and decisions. */
export const surprisesOf = (rules: Rules): readonly Surprise[] => [
  ...rules.teams.flatMap((team) => [...withoutIds(team), ...belowMinimum(team), ...idle(team, rules)]),
  ...rules.decisions.flatMap((_, index) => [
    ...neverFits(index, rules),
    ...oneDecides(index, rules),
    ...allNeeded(index, rules),
  ]),
  ...shortPeriod(rules),
  ...mentioned(rules),
];

/** Those of an amended config that the present one does not have already. */
export function newSurprises(amended: Rules, present: Rules): readonly string[] {
  const before = new Set(surprisesOf(present).map(({ sentence }) => sentence));
  return surprisesOf(amended)
    .map(({ sentence }) => sentence)
    .filter((sentence) => !before.has(sentence));
}

/** act.identity: a login can change hands. */
function withoutIds({ slug, title, members }: Team): readonly Surprise[] {
  const unknown = members.filter(({ id }) => id === null);
  const [first] = unknown;
  if (first === undefined) return [];
  const some = series([
    ...unknown.slice(0, 3).map(({ login }) => plain(login)),
    ...(unknown.length > 3 ? [`${unknown.length - 3} more`] : []),
  ]);
  const sentence = `${count(unknown.length, "member")} of ${theTeam(plain(title))} ${unknown.length === 1 ? "has" : "have"} no id (${some}): whoever takes such a login over has its vote; write ${memberInYaml(plain(first.login), null)}, with the number from users/${plain(first.login)} of GitHub’s API (https://api.github.com/users/${plain(first.login)} on github.com)`;
  return [{ code: "no_id", path: ["teams", slug, "members"], sentence }];
}

/** tally.minimum */
function belowMinimum({ slug, title, minimumMembers, members }: Team): readonly Surprise[] {
  if (members.length >= minimumMembers) return [];
  const sentence = `${theTeam(plain(title))} has ${count(members.length, "member")}, and with fewer than ${minimumMembers} no Final Comment Period begins that needs it`;
  return [{ code: "minimum_above_size", path: ["teams", slug, "minimum_members"], sentence }];
}

/** A second board is meant to have a part in changes of the config alone. */
function idle({ slug, title }: Team, { decisions, guardians }: Rules): readonly Surprise[] {
  if (slug === guardians || decisions.some(({ approval }) => approval.some(({ team }) => team === slug)))
    return [];
  const sentence = `no decision names ${theTeam(plain(title))}, so it votes on no proposal, only on changes of this file`;
  return [{ code: "decides_nothing", path: ["teams", slug], sentence }];
}

/** The first that matches is taken: one whose labels and paths an earlier one has all is never asked. */
function neverFits(index: number, { decisions }: Rules): readonly Surprise[] {
  const rule = decisions[index];
  if (rule === undefined || rule.match.labels.length + rule.match.paths.length === 0) return [];
  const has = (names: readonly string[], name: string) => names.some((one) => sameLogin(one, name));
  const earlier = decisions
    .slice(0, index)
    .find(
      ({ match }) =>
        rule.match.labels.every((label) => has(match.labels, label)) &&
        rule.match.paths.every((path) => match.paths.includes(path)),
    );
  if (earlier === undefined) return [];
  const sentence = `"${plain(rule.name)}" is never used: whatever it matches, "${plain(earlier.name)}" before it matches too; put it first`;
  return [{ code: "never_fits", path: ["decisions", index], sentence }];
}

/** Is there somebody whose vote alone passes every team that is asked? */
function oneDecides(index: number, rules: Rules): readonly Surprise[] {
  const rule = decisionAt(index, rules);
  if (rule === null) return [];
  const { name, teams } = rule;
  const passedByOne = ({ need, team }: NamedTeam) => leastVotes(need, team) <= 1;
  const [first] = teams;
  if (first === undefined || !teams.every(passedByOne)) return [];
  const isSeated = (login: string, { team }: NamedTeam) =>
    team.members.some((member) => sameLogin(member.login, login));
  const alone = first.team.members.filter(({ login }) => teams.every((one) => isSeated(login, one)));
  const [only] = alone;
  if (only === undefined) return [];
  const who = alone.length === 1 ? plain(only.login) : `any one of ${alone.length} members`;
  const sentence = `"${plain(name)}" passes with the vote of ${who} alone, on a proposal of their own too`;
  return [{ code: "one_decides", path: ["decisions", index, "approval"], sentence }];
}

/** A share that rounds up to everybody. Who writes 100% knows it. */
function allNeeded(index: number, rules: Rules): readonly Surprise[] {
  const rule = decisionAt(index, rules);
  if (rule === null) return [];
  return rule.teams.flatMap(({ need, team }): readonly Surprise[] => {
    const size = team.members.length;
    const { numerator, denominator } = need.threshold;
    if (size < 2 || numerator === denominator || leastVotes(need, team) < size) return [];
    const sentence = `${thresholdText(need.threshold)} of ${size} comes to all ${size} of ${theTeam(plain(team.title))}: one who is away keeps "${plain(rule.name)}" from passing`;
    return [{ code: "all_needed", path: ["decisions", index, "approval", need.team], sentence }];
  });
}

interface NamedTeam {
  readonly need: Need;
  readonly team: Team;
}

function decisionAt(
  index: number,
  rules: Rules,
): { readonly name: string; readonly teams: readonly NamedTeam[] } | null {
  const rule = rules.decisions[index];
  if (rule === undefined) return null;
  const teams = rule.approval.flatMap((need): readonly NamedTeam[] => {
    const team = teamOf(rules, need.team);
    return team === undefined ? [] : [{ need, team }];
  });
  return { name: rule.name, teams };
}

/** So many of the team have to say something, whatever the others do. */
function leastVotes(need: Need, { members }: Team): number {
  const size = members.length;
  if (need.quorum === undefined) return neededOf({ size, abstained: 0 }, need);
  return quorumOf({ size, yes: 0, abstained: 0 }, need).quorum?.needed ?? size;
}

function shortPeriod({ finalCommentPeriod, decisions }: Rules): readonly Surprise[] {
  const short = (period: number | undefined) => period !== undefined && period > 0 && period < DAY;
  const say = (period: number) =>
    `a Final Comment Period of ${duration(period)} is over before people in other time zones have seen it`;
  return [
    ...(short(finalCommentPeriod)
      ? [{ code: "short_period" as const, path: ["final_comment_period"], sentence: say(finalCommentPeriod) }]
      : []),
    ...decisions.flatMap(({ finalCommentPeriod: own }, index) =>
      own !== undefined && short(own)
        ? [
            {
              code: "short_period" as const,
              path: ["decisions", index, "final_comment_period"],
              sentence: say(own),
            },
          ]
        : [],
    ),
  ];
}

/** Every mention of that person would be read as one of the clerk. */
const mentioned = ({ mentions, teams }: Rules): readonly Surprise[] =>
  mentions.flatMap((mention, index): readonly Surprise[] => {
    const member = teams.flatMap(({ members }) => members).find(({ login }) => sameLogin(login, mention));
    if (member === undefined) return [];
    const sentence = `the clerk answers to @${plain(mention)}, who is a member: whoever calls them calls the clerk; name another`;
    return [{ code: "mention_is_member", path: ["mentions", index], sentence }];
  });
