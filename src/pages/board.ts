import { count } from "../domain/messages/grammar.js";
import { PLACES, type Place, type ProposalSummary } from "../domain/model/publicView.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { memberLink, proposalCard, proposalRow, type SeenFrom } from "./card.js";
import { type Filter, filtered, filterOf, isFiltering, NO_FILTER, queryOf, sorted } from "./filter.js";
import { filterForms } from "./filterForm.js";
import { numberWords, page } from "./frame.js";
import { grouped } from "./grouped.js";
import { waitedWords } from "./lengths.js";
import { BOARD, placePath, upFrom } from "./links.js";
import { isolated } from "./pieces.js";
import { ON_BOARD, ON_PAGE, PLACE_WORDS } from "./places.js";
import type { Asked } from "./route.js";
import { waitsFor } from "./waits.js";

/** What every list of proposals hangs on. */
interface BoardParts {
  readonly asked: Asked;
  readonly summaries: readonly ProposalSummary[];
}

const filterIn = ({ live, query }: Asked): Filter => (live ? filterOf(query) : NO_FILTER);

/** Every proposal at its place, in the order of the process: what people have to do first, and of what has ended the last. */
export function boardPage({ asked, summaries }: BoardParts): string {
  const filter = filterIn(asked);
  const from: SeenFrom = { up: upFrom(BOARD), now: asked.now };
  const places = placesOf(filtered(summaries, filter), filter);
  const found = [...places.values()].reduce((sum, all) => sum + all.length, 0);
  const query = queryOf(filter);
  const section = (place: Place) => placeSection(place, places.get(place) ?? [], from, query);
  const over = PLACES.filter((place) => PLACE_WORDS[place].shown === "ended" && places.has(place));
  return page({
    title: "Proposals",
    path: BOARD,
    repository: asked.repository,
    current: "Board",
    script: !asked.live,
    content: html`<div class="board">
${filterForms({ filter, summaries, action: from.up, live: asked.live })}
${filterWords(filter, found, summaries, from)}
${!asked.live && html`<p id="found" role="status" hidden></p>`}
${found > 0 && placeLinks(places)}
${PLACES.filter((place) => PLACE_WORDS[place].shown !== "ended").map(section)}
${over.length > 0 && html`<div class="over">${over.map(section)}</div>`}
</div>`,
  });
}

/** One page of all that stand at one place; null: there is no such page. */
export function placePage({ asked, summaries }: BoardParts, place: Place, at: number): string | null {
  const filter = filterIn(asked);
  const here = placesOf(filtered(summaries, filter), filter).get(place) ?? [];
  const words = PLACE_WORDS[place];
  const pages = pagesOf(here.length, place);
  if (at > pages) return null;
  const path = placePath(place, at);
  const from: SeenFrom = { up: upFrom(path), now: asked.now };
  const size = ON_PAGE[words.shown];
  return page({
    title: at === 1 ? words.title : `${words.title}, page ${at}`,
    path,
    repository: asked.repository,
    current: "Board",
    content: html`<div class="board">
<p class="lead">${words.meaning} ${count(here.length, "proposal")}${pages > 1 && `, page ${at} of ${pages}`}.</p>
${isFiltering(filter) && html`<p>Filtered: <a href="${from.up}${placePath(place)}">show all of them</a>.</p>`}
${listed(here.slice((at - 1) * size, at * size), place, from)}
${pages > 1 && pageLinks(place, at, pages, from.up, queryOf(filter))}
</div>`,
  });
}

/** Of an empty place too there is one, as a link to it may be kept somewhere. */
export const pagesOf = (proposals: number, place: Place): number =>
  Math.max(1, Math.ceil(proposals / ON_PAGE[PLACE_WORDS[place].shown]));

/** Places at which something stands. */
function placesOf(
  summaries: readonly ProposalSummary[],
  { sort }: Filter,
): ReadonlyMap<Place, readonly ProposalSummary[]> {
  const all = grouped(summaries, ({ place }) => place);
  return new Map([...all].map(([place, here]) => [place, sorted(here, sort)]));
}

/** How many stand where, in the order of the process, with the way there on this page. */
const placeLinks = (places: ReadonlyMap<Place, readonly ProposalSummary[]>): Html =>
  html`<nav class="places" aria-label="Places on this page"><ul>${PLACES.filter((place) =>
    places.has(place),
  ).map(
    (place) =>
      html`<li><a href="#${place}">${PLACE_WORDS[place].short}</a> <span class="number">${numberWords(places.get(place)?.length ?? 0)}</span></li>`,
  )}</ul></nav>`;

function placeSection(place: Place, here: readonly ProposalSummary[], from: SeenFrom, query: string): Html {
  if (here.length === 0) return NOTHING;
  const { title, meaning, shown } = PLACE_WORDS[place];
  const most = ON_BOARD[shown];
  return html`<section aria-labelledby="${place}" class="at ${shown}">
<h2 id="${place}">${title} <span class="number">${numberWords(here.length)}</span></h2>
<p class="meaning">${meaning}</p>
${listed(here.slice(0, most), place, from)}${
  here.length > most &&
  html`<p class="all"><a href="${from.up}${placePath(place)}${query}">All ${numberWords(here.length)}<span class="told"> of: ${title}</span></a></p>`
}
</section>
`;
}

const listed = (here: readonly ProposalSummary[], place: Place, from: SeenFrom): Html =>
  here.length === 0
    ? html`<p>None stands here.</p>`
    : PLACE_WORDS[place].shown === "cards"
      ? html`<ol class="cards">${here.map((summary) => proposalCard(summary, from))}</ol>`
      : html`<ol class="lines">${here.map((summary) => proposalRow(summary, from))}</ol>`;

function pageLinks(place: Place, at: number, pages: number, up: string, query: string): Html {
  const to = (other: number, words: string) =>
    html`<a href="${up}${placePath(place, other)}${query}">${words}</a> `;
  return html`<nav class="pages" aria-label="Further pages">${at > 1 && to(at - 1, "Before")}${at < pages && to(at + 1, "Next")}</nav>`;
}

/** What was asked for, in words, and what that leaves. */
function filterWords(
  filter: Filter,
  found: number,
  summaries: readonly ProposalSummary[],
  { up, now }: SeenFrom,
): Html {
  if (!isFiltering(filter)) return summaries.length === 0 ? html`<p>There is no proposal yet.</p>` : NOTHING;
  const asked: readonly (readonly [string, string])[] = [
    ["with", filter.text],
    ["labelled", filter.label],
    ["by", filter.author],
    ["for the team", filter.team],
    ["with a motion to", filter.disposition],
    ["with concerns", filter.concerns],
    ["that wait for", filter.member],
  ];
  const words = asked.flatMap(([word, value]) =>
    value === "" ? [] : [html` ${word} <b>${isolated(value, 100)}</b>`],
  );
  return html`<p class="found" role="status">${found === 0 ? "No proposal matches" : `${numberWords(found)} of ${count(summaries.length, "proposal")}`}${words.map((word, index) => html`${index > 0 && ", "}${word}`)}. <a href="${up}">Show all</a></p>
${filter.member !== "" && memberWords(filter.member, summaries, up, now)}`;
}

function memberWords(
  login: string,
  summaries: readonly ProposalSummary[],
  up: string,
  now: SeenFrom["now"],
): Html {
  const [longest] = waitsFor(login, summaries);
  return longest === undefined
    ? html`<p>Nothing waits for ${isolated(login, 100)}.</p>`
    : html`<p>The longest has waited for ${waitedWords(longest.since, now)}. All that waits for ${memberLink(longest.login, up)} is on a page of its own.</p>`;
}
