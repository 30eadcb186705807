import { neededOf } from "../decide/tally.js";
import { byKey } from "../model/byKey.js";
import {
  AMENDMENTS,
  type AmendmentKey,
  type DecisionRule,
  type Need,
  type Rules,
  type Team,
  teamOf,
} from "../model/rules.js";
import { plain } from "./escape.js";
import { count, duration, series } from "./grammar.js";
import { needText } from "./measure.js";

/** What the rules of a config come to, as plain text for a terminal: every team, and how many of it each decision takes. */
export const rulesText = (rules: Rules): string =>
  [
    "Teams",
    ...rules.teams.map((team) => `  ${teamText(team)}`),
    "Proposals",
    `  ${scopeText(rules)}`,
    ...decisionLines(rules).map((line) => `  ${line}`),
    "Changes of this file",
    ...amendmentLines(rules).map((line) => `  ${line}`),
  ].join("\n");

function teamText({ title, slug, lead, minimumMembers, members }: Team): string {
  const led = lead === null ? "" : `, led by ${plain(lead.login)}`;
  const least = minimumMembers > 1 ? `; begins nothing with fewer than ${minimumMembers}` : "";
  return `${plain(title)} (${slug}): ${count(members.length, "member")}${led}${least}`;
}

/** proposal.scope */
function scopeText({ proposals, proposalPaths, labels }: Rules): string {
  const at = proposalPaths.length === 0 ? null : series(proposalPaths.map(plain), "or");
  const labelled = `pull requests with the label ${plain(labels.proposal)}`;
  switch (proposals ?? "usual") {
    case "all":
      return "every pull request is decided";
    case "added":
      return `pull requests that add a file at ${at} are decided, without a label`;
    case "changed":
      return `pull requests that add or change a file at ${at} are decided, without a label`;
    case "labelled":
      return `${labelled} are decided${at === null ? "" : `; one that adds or changes a file at ${at} is asked for it`}`;
    case "usual":
      return `${labelled} are decided${at === null ? "" : `; one that adds a file at ${at} is asked for it`}`;
  }
}

/** What each kind of decision takes, a line each. */
export const decisionLines = (rules: Rules): readonly string[] =>
  rules.decisions.map((rule) => decisionText(rule, rules));

function decisionText(rule: DecisionRule, rules: Rules): string {
  const { name, match, approval, finalCommentPeriod: own } = rule;
  const { labels, paths } = match;
  const what = [
    ...(labels.length === 0 ? [] : [`label ${series(labels.map(plain), "or")}`]),
    ...(paths.length === 0 ? [] : [`files at ${series(paths.map(plain), "or")}`]),
  ];
  const others = rules.decisions.length === 1 ? "" : " (all others)";
  const period = own ?? rules.finalCommentPeriod;
  const waits = period === 0 ? "no Final Comment Period" : `Final Comment Period ${duration(period)}`;
  const when = what.length === 0 ? others : ` (${series(what, "or")})`;
  return `${plain(name)}${when}: ${needsText(approval, rules)}; ${waits}`;
}

const needsText = (needs: readonly Need[], rules: Rules): string =>
  series(needs.map((need) => needText(need, rules)));

/** What each change is called, short. */
const CHANGES: Readonly<Record<AmendmentKey, string>> = {
  add_member: "add a member",
  remove_member: "remove a member",
  lead: "choose a lead",
  remove_lead: "remove a lead",
  confirm_lead: "renew the confidence in a lead",
  add_guardian: "add a guardian",
  remove_guardian: "remove a guardian",
  details: "correct details",
  rules: "change the rules",
};

/** Changes that need the same stand in one line. */
function amendmentLines(rules: Rules): readonly string[] {
  const needs = byKey(AMENDMENTS, ({ key }) => routesText(key, rules));
  const lines = new Map<string, readonly string[]>();
  for (const { key } of AMENDMENTS) {
    const text = needs[key];
    if (text !== null) lines.set(text, [...(lines.get(text) ?? []), CHANGES[key]]);
  }
  return [...lines].map(([text, changes]) => `${series(changes)}: ${text}`);
}

/** null: there is nothing to change in this way. */
function routesText(key: AmendmentKey, rules: Rules): string | null {
  const routes = rules.amendments[key];
  if (routes.length === 0) return null;
  return routes
    .map((route) =>
      key === "remove_guardian"
        ? series(route.map((need) => withoutOne(need, rules)))
        : needsText(route, rules),
    )
    .join(", or ");
}

/** Whoever is to be removed from the second board is not counted there. */
function withoutOne(need: Need, rules: Rules): string {
  if (need.team !== rules.guardians) return needText(need, rules);
  const size = (teamOf(rules, need.team)?.members.length ?? 0) - 1;
  if (size < 1) return "nobody can, as there is no other guardian";
  return size === 1
    ? "the other guardian"
    : `${neededOf({ size, abstained: 0 }, need)} of the ${size} other guardians`;
}
