import { plain, shorten } from "../domain/messages/escape.js";
import type { ProposalSummary } from "../domain/model/publicView.js";
import { type Html, html } from "../platform/html.js";
import { type Filter, isFiltering, SORTS, type Sort } from "./filter.js";

const SORT_WORDS: Readonly<Record<Sort, string>> = {
  place: "What is next",
  waiting: "Longest waiting first",
  age: "Oldest first",
  newest: "Newest first",
  number: "By number",
};

/** As many labels are offered; any other can be typed. */
const MOST_OFFERED = 60;

interface FormParts {
  readonly filter: Filter;
  /** All there are, from which labels and teams are offered. */
  readonly summaries: readonly ProposalSummary[];
  /** Where what was typed is sent. */
  readonly action: string;
  /** Somebody answers; else the forms are hidden, and the script of the files brings them out. */
  readonly live: boolean;
}

/** Two forms: what waits for me, and everything one can filter and sort by. They work without a script wherever somebody answers. */
export function filterForms({ filter, summaries, action, live }: FormParts): Html {
  const field = (name: keyof Filter & string, label: string, extra: Html = html``) =>
    html`<p><label for="by-${name}">${label}</label><input type="text" id="by-${name}" name="${name}" value="${filter[name]}" maxlength="256" autocomplete="off"${extra}></p>`;
  const open = isFiltering({ ...filter, member: "" }) || filter.sort !== "place";
  return html`<div class="tools"${!live && html` hidden`}>
<form class="mine" method="get" action="${action}" aria-label="What waits for me">
<p><label for="mine">What have I not voted on? Your login on GitHub:</label> <input type="text" id="mine" name="member" value="${filter.member}" maxlength="256" autocomplete="off" autocapitalize="none" spellcheck="false"> <button type="submit">Show what waits for me</button></p>
</form>
<details class="filters"${open && html` open`}><summary>Filter${live && " and sort"}</summary>
<form method="get" action="${action}" role="search" aria-label="Proposals">
${field("text", "Title or number has")}${field("label", "Label", html` list="labels"`)}${field("author", "Author")}${choice("team", "Team", filter.team, teamsIn(summaries))}${choice(
  "disposition",
  "Motion",
  filter.disposition,
  [
    ["merge", "to merge"],
    ["close", "to close"],
    ["postpone", "to postpone"],
  ],
)}${choice("concerns", "Concerns", filter.concerns, [
  ["open", "open"],
  ["none", "none open"],
])}${field("member", "Waits for")}${live && sortChoice(filter.sort)}<p class="buttons"><button type="submit">Show</button> <a href="${action}">Show all</a></p>
<datalist id="labels">${labelsIn(summaries).map((label) => html`<option value="${label}"></option>`)}</datalist>
</form>
</details>
</div>`;
}

function choice(
  name: "team" | "disposition" | "concerns",
  label: string,
  chosen: string,
  all: readonly (readonly [string, string])[],
): Html {
  const known = chosen === "" || all.some(([value]) => value === chosen);
  const offered = known ? all : [...all, [chosen, shorten(plain(chosen), 60)] as const];
  return html`<p><label for="by-${name}">${label}</label><select id="by-${name}" name="${name}"><option value="">any</option>${offered.map(
    ([value, words]) =>
      html`<option value="${value}"${value === chosen && html` selected`}>${words || "unnamed"}</option>`,
  )}</select></p>`;
}

const sortChoice = (chosen: Sort): Html =>
  html`<p><label for="by-sort">Sort by</label><select id="by-sort" name="sort">${SORTS.map(
    (sort) => html`<option value="${sort}"${sort === chosen && html` selected`}>${SORT_WORDS[sort]}</option>`,
  )}</select></p>`;

/** Teams that something is counted for, by title. */
function teamsIn(summaries: readonly ProposalSummary[]): readonly (readonly [string, string])[] {
  const titles = new Map(
    summaries.flatMap(({ teams }) =>
      teams.map(({ team, title }) => [team, shorten(plain(title), 60)] as const),
    ),
  );
  return [...titles].sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** The labels that most open proposals carry. */
function labelsIn(summaries: readonly ProposalSummary[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { labels, state } of summaries)
    if (state === "open")
      for (const label of labels) {
        const words = shorten(plain(label), 100);
        if (words !== "") counts.set(words, (counts.get(words) ?? 0) + 1);
      }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_OFFERED)
    .map(([label]) => label);
}
