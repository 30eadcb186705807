import type { Change } from "../model/change.js";
import type {
  AmendmentView,
  ChangeView,
  Decision,
  PreviewLine,
  RouteView,
  TeamTally,
} from "../model/decision.js";
import {
  type Measure,
  type ProposalScope,
  type Rules,
  type Threshold,
  thresholdText,
} from "../model/rules.js";
import { cutFrom } from "../text/cut.js";
import { refusalSentence } from "./amendmentRefusal.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, quote, shorten } from "./escape.js";
import { count, day, duration, sentenceCase, series, theTeam } from "./grammar.js";
import { link } from "./links.js";
import { lackingVotes, measureText, shareOf } from "./measure.js";
import { statusSentenceShort } from "./statusSentence.js";

/** What a change does, in plain words: Markdown, every name escaped. */
export function changeSentence(change: Change): string {
  const team = "team" in change ? escaped(change.team) : "";
  switch (change.kind) {
    case "add_member":
      return `add **${escaped(change.member.login)}**${change.member.id === null ? "" : ` (id ${change.member.id})`} to ${team}${(change.details ?? []).map((one) => `, ${one.what}: ${quote(one.after, 120)}`).join("")}`;
    case "remove_member":
      return `remove **${escaped(change.member.login)}** from ${team}`;
    case "rename":
      return `${escaped(change.from)} (id ${change.id}) of ${team} is now called **${escaped(change.to)}**`;
    case "identify":
      return `write down the id of ${escaped(change.login)} of ${team}: ${change.id}`;
    case "lead":
      return [
        `make **${escaped(change.to.login)}** the lead of ${team}`,
        ...(change.from === null ? [] : [`in place of ${escaped(change.from.login)}`]),
        ...(change.date === undefined ? [] : [`confirmed as of ${escaped(change.date)}`]),
      ].join(", ");
    case "remove_lead":
      return `${escaped(change.from.login)} is no longer the lead of ${team}`;
    case "confirm_lead":
      return `${team} gives ${escaped(change.lead.login)} its confidence as lead, as of ${escaped(change.date)}`;
    case "details":
      return `${change.what} of ${escaped(change.member.login)} in ${team}: ${change.after === "" ? "nothing" : quote(change.after, 120)}`;
    case "rules":
      return rulesSentence(change);
  }
}

function rulesSentence({ path, before, after }: Extract<Change, { kind: "rules" }>): string {
  // As the config calls it.
  const name = `**${escaped(path.replace(/[a-z][A-Z]/g, (both) => `${both.charAt(0)}_${both.charAt(1).toLowerCase()}`))}**`;
  const [was, is] = [valueText(path, JSON.parse(before)), valueText(path, JSON.parse(after))];
  if (was === null) return `add ${name}: ${quote(is ?? "", VALUE_LIMIT)}`;
  if (is === null) return `remove ${name}, which was ${quote(was, VALUE_LIMIT)}`;
  const [from, to] = fromWhereTheyDiffer(was, is);
  return `change ${name} from ${quote(from, VALUE_LIMIT)} to ${quote(to, VALUE_LIMIT)}`;
}

const VALUE_LIMIT = 200;

/** Two long values that begin alike would both be cut off before the place where they differ. */
function fromWhereTheyDiffer(a: string, b: string): readonly [string, string] {
  if (Math.max(a.length, b.length) <= VALUE_LIMIT) return [a, b];
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same += 1;
  const from = Math.max(0, same - 40);
  return from === 0 ? [a, b] : [`…${cutFrom(a, from)}`, `…${cutFrom(b, from)}`];
}

/** A value as people write it: thresholds, routes and lengths in their own way, the rest as JSON; null: there is none. */
function valueText(path: string, value: unknown): string | null {
  if (path === "proposals") return SCOPE_WORDS.get(value) ?? USUAL_SCOPE;
  if (value === null || value === undefined) return /^labels\./.test(path) ? "none" : null;
  if (typeof value === "string") return value;
  if (typeof value === "number")
    return /(^|\.)finalCommentPeriod$/.test(path) ? duration(value) : String(value);
  if (isThreshold(value)) return thresholdText(value);
  if (isMeasure(value) && "of" in value && value.of === "present") return measureText(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "none";
    if (value.every((each) => typeof each === "string")) return value.join(", ");
    const routes = value.map(routeText);
    if (routes.every((each) => each !== null)) return routes.join(", or ");
  }
  if (typeof value === "object" && !Array.isArray(value)) {
    const fields = Object.entries(value).map(([key, each]) => `${key}: ${valueText(key, each) ?? "none"}`);
    return fields.join("; ");
  }
  return JSON.stringify(value);
}

/** proposal.scope, as an amendment tells it. */
const USUAL_SCOPE = "what carries the proposal label, asked for where a text is added";
const SCOPE_WORDS: ReadonlyMap<unknown, string> = new Map<ProposalScope, string>([
  ["labelled", "what carries the proposal label, asked for where a text is added or changed"],
  ["added", "what adds a text at the proposal paths, without a label"],
  ["changed", "what adds or changes a text at the proposal paths, without a label"],
  ["all", "every pull request"],
]);

function routeText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const needs = value.map((need: unknown) =>
    typeof need === "object" && need !== null && "team" in need && isMeasure(need)
      ? shareOf(need, String(need.team))
      : null,
  );
  return needs.every((need) => need !== null) ? series(needs) : null;
}

const isThreshold = (value: unknown): value is Threshold =>
  typeof value === "object" && value !== null && "numerator" in value && "denominator" in value;

const isMeasure = (value: unknown): value is Measure =>
  typeof value === "object" && value !== null && "threshold" in value && isThreshold(value.threshold);

/** Which rule of the process judges it, and the text it follows, where the config names one. */
export function ruleOf(change: Change, { guardians, constitution }: Rules): string {
  const rule = ruleNames(change, guardians);
  return constitution === undefined || change.key === "details"
    ? rule
    : `${rule} (${link(escaped(constitution.name), constitution.url)})`;
}

function ruleNames(change: Change, guardians: string | null): string {
  const second = "team" in change && change.team === guardians;
  const appointing = guardians === null ? "" : ", amend.appoint";
  switch (change.key) {
    case "add_member":
      return `amend.add${appointing}`;
    case "remove_member":
      return `amend.remove${appointing}`;
    case "lead":
    case "remove_lead":
      return "amend.lead";
    case "confirm_lead":
      return "amend.lead-confidence";
    case "add_guardian":
    case "remove_guardian":
      return "amend.guardian";
    case "details":
      return second ? "amend.identity, amend.guardian" : "amend.identity";
    case "rules":
      return "amend.rules";
  }
}

/** The table of an amendment: change, rule, needed, given by whom, missing. */
export function changeTable({ changes }: AmendmentView, context: WordsContext): string {
  return [
    "| Change | Rule | Needed | Given by | Missing |",
    "|---|---|---|---|---|",
    ...changes.map(
      (view) =>
        `| ${cell(sentenceCase(changeSentence(view.change)))} | ${ruleOf(view.change, context.rules)} | ${view.resignation ? "no vote: a resignation" : needed(view)} | ${view.resignation ? "" : cell(givenBy(view))} | ${view.passed ? "nothing" : cell(series([...view.routes.map((route) => routeMissing(route, view.change)), ...ownWord(view)], "or"))} |`,
    ),
  ].join("\n");
}

const needed = (view: ChangeView): string =>
  [...view.routes.map(routeNeeds), ...ownWord(view)].join(" **or** ") + withoutAbsent(view);

/** amend.own-word */
const ownWord = ({ unsaid }: ChangeView): readonly string[] =>
  unsaid === null ? [] : [`${escaped(unsaid.login)}’s own word`];

/** amend.resign: is all of it said by the one who leaves, so that nobody is asked for a vote? */
export const isResignation = ({ changes }: AmendmentView): boolean =>
  changes.length > 0 && changes.every(({ resignation }) => resignation);

/** Names nobody in a way that calls them. */
export function resignationSentence({ changes }: AmendmentView): string {
  const people = changes.flatMap(({ change }) =>
    change.kind === "remove_member" ? [change.member] : change.kind === "remove_lead" ? [change.from] : [],
  );
  const who = series([...new Set(people.map(({ login }) => `**${escaped(login)}**`))]);
  return `${who} ${people.length === 1 ? "resigns" : "resign"} by their own word: there is no vote on this, and nobody is asked for one.`;
}

/**
 * A section for each team that is asked, so that two ways to the same end do not read as two needs: where any one of the teams will do, it
 * says so and they are joined by “or”; where that holds of some changes only, it stands under the team.
 */
export function teamSections(
  tallies: readonly TeamTally[],
  amendment: AmendmentView | undefined,
  section: (tally: TeamTally) => string,
): readonly string[] {
  const asked = (amendment?.changes ?? []).filter(({ resignation }) => !resignation);
  const routes = asked.map((change) => change.routes.map((route) => route.tallies.map(({ team }) => team)));
  const needed = (team: string) => routes.some((ways) => ways.every((way) => way.includes(team)));
  if (tallies.length < 2 || routes.length === 0 || tallies.every(({ team }) => needed(team)))
    return tallies.map(section);
  const ways = new Set(routes.map((each) => JSON.stringify(each.map((way) => [...way].sort()).sort())));
  const eachAlone = routes.every((each) => each.length > 1 && each.every((way) => way.length === 1));
  if (ways.size === 1 && eachAlone)
    return [
      "**Any one of these teams is enough:**",
      ...tallies.flatMap((tally, at) => (at === 0 ? [section(tally)] : ["**or**", section(tally)])),
    ];
  return tallies.map((tally) =>
    needed(tally.team)
      ? section(tally)
      : `${section(tally)}\n\nThis team is asked only as **one of several ways**: the table below says for which change, and what would do instead.`,
  );
}

/** amend.absent */
const withoutAbsent = ({ absence }: ChangeView): string => {
  if (absence === null) return "";
  return absence === "untold"
    ? ", them included: it cannot be told now whether they are absent (amend.absent)"
    : `, counted without them: ${absence.quietSince === null ? "nothing is known to have been seen of them" : `not seen since ${day(absence.quietSince)}`} (amend.absent)`;
};

/** What only that one person can say, whatever somebody else pushed to their branch. */
function ownWords({ changes }: AmendmentView, context: WordsContext): string {
  const people = [...new Set(changes.flatMap(({ unsaid }) => (unsaid === null ? [] : [unsaid.login])))];
  return people
    .map(
      (login) =>
        `${escaped(login)} has to say \`@${context.mention} propose\` here to leave by their own word: nobody’s branch speaks for them.`,
    )
    .join("\n\n");
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replace(/\|/g, "&#124;").replace(/\n/g, " ");

const routeNeeds = ({ tallies }: RouteView): string =>
  series(
    tallies.map(
      ({ title, needed, size, need, quorum }) =>
        `${needed} of ${quorum?.present ?? size} of ${escaped(theTeam(plain(title)))} (${measureText(need)})`,
    ),
  );

function givenBy({ routes }: ChangeView): string {
  const given = routes
    .flatMap(({ tallies }) => tallies)
    .flatMap(({ seats, title }) =>
      seats.filter((seat) => seat.choice === "yes").map((seat) => ({ login: seat.member.login, title })),
    );
  const teams = [...new Set(given.map(({ title }) => title))];
  return teams
    .map(
      (title) =>
        `${escaped(title)}: ${[...new Set(given.filter((one) => one.title === title).map((one) => escaped(one.login)))].join(", ")}`,
    )
    .join("; ");
}

function routeMissing({ tallies, lacksReason }: RouteView, { key }: Change): string {
  // Who sits in a team is decided whatever its size (tally.minimum), also by those who are left when somebody absent is not counted.
  const tooSmall = ({ belowMinimum }: TeamTally) => belowMinimum && key === "rules";
  const parts = tallies
    .filter((tally) => !tally.passed || tooSmall(tally))
    .map((tally) => {
      const team = escaped(theTeam(plain(tally.title)));
      if (tooSmall(tally)) return `${team} to have ${tally.minimum} members`;
      const { approvals, votes } = lackingVotes(tally);
      if (votes === 0) return `${approvals} of ${team}`;
      return `${approvals > 0 ? `${approvals} and ` : ""}${count(votes, "more vote")} for the quorum, of ${team}`;
    });
  return series([...parts, ...(lacksReason ? ["the reason, in the description"] : [])]);
}

/** amend.preview: what every open motion would become. */
export function previewText(lines: readonly PreviewLine[], context: WordsContext): string {
  if (lines.length === 0) return "No motion is open: the amendment changes nothing that is being voted on.";
  return lines
    .map(({ number, title, before, after, effect }) => {
      const name = `[${escaped(shorten(plain(title), 80))}](${context.pull.url.replace(/\/\d+$/, `/${number}`)})`;
      if (before.phase === "fcp") return `- ${name}: its Final Comment Period is untouched.`;
      const has = series(before.tallies.map(shortCount));
      const gets = series(after.tallies.map(shortCount));
      if (effect === "passes")
        return `- ${name} **would reach its threshold**: ${gets} (now ${has}). ${escaped(statusSentenceShort(after))}`;
      if (effect === "no_longer_passes")
        return `- ${name} **would no longer reach its threshold**: ${gets} (now ${has}).`;
      return `- ${name}: ${has === gets ? `unchanged, ${has}` : `${has} becomes ${gets}`}.`;
    })
    .join("\n");
}

const shortCount = ({ yes, needed, quorum }: TeamTally): string =>
  quorum === undefined
    ? `${yes} of ${needed}`
    : `${yes} of ${needed} (quorum: ${quorum.voted} of ${quorum.needed})`;

/** What keeps it from passing, whoever votes for it; empty where nothing does. */
export const refusalList = ({ refusals }: AmendmentView): string =>
  refusals.map((refusal) => `- ${escaped(sentenceCase(refusalSentence(refusal)))}.`).join("\n");

/** The part of the status comment and of the check that tells the changes. */
export function amendmentSection(decision: Decision, context: WordsContext): string {
  const { amendment } = decision;
  if (amendment === undefined) return "";
  return [
    amendment.refusals.length === 0 ? "" : `**It cannot pass as it is**\n\n${refusalList(amendment)}`,
    amendment.restores ? "It brings back the last config that came by the rules, which needs no vote." : "",
    amendment.changes.length === 0 ? "" : `**What it changes**\n\n${changeTable(amendment, context)}`,
    ownWords(amendment, context),
    amendment.needsFcp ? "A change of the rules also passes through a Final Comment Period." : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
