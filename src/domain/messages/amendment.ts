import type { Change } from "../model/change.js";
import type {
  AmendmentView,
  ChangeView,
  Decision,
  PreviewLine,
  RouteView,
  TeamTally,
} from "../model/decision.js";
import { refusalSentence } from "./amendmentRefusal.js";
import { changeSentence, ruleOf } from "./change.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, shorten } from "./escape.js";
import { count, day, sentenceCase, series, theTeam } from "./grammar.js";
import { lackingVotes, measureText } from "./measure.js";
import { isTooSmall } from "./shortfall.js";
import { statusSentenceShort } from "./statusSentence.js";

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

function routeMissing({ tallies, lacksReason }: RouteView, change: Change): string {
  const parts = tallies
    .filter((tally) => !tally.passed || isTooSmall(tally, change))
    .map((tally) => {
      const team = escaped(theTeam(plain(tally.title)));
      if (isTooSmall(tally, change)) return `${team} to have ${tally.minimum} members`;
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
