import { html } from "../platform/html.js";
import { schemaPath } from "./data/api.js";
import { DOCUMENT_NAMES, type DocumentName } from "./data/schemas.js";
import { pageAnswer } from "./frame.js";
import { DATA_PAGE, upFrom } from "./links.js";
import type { Asked, PageAnswer } from "./route.js";

const FEEDS = [
  {
    path: "feed.atom",
    name: "Feed",
    words: "What moves proposals on or holds them up, for a reader of feeds (Atom).",
  },
  {
    path: "fcp.ics",
    name: "Calendar",
    words: "When each Final Comment Period ends, for a calendar to subscribe to (iCalendar).",
  },
  {
    path: "proposals.json",
    name: "Table of proposals",
    words: "By where they stand, in the form that the Matrix specification’s page of proposals is made from.",
  },
] as const;

/** What each document of the API is about, and its address where it is one alone. */
const DOCUMENTS_SAID: Readonly<
  Record<DocumentName, { readonly path: string | null; readonly words: string }>
> = {
  index: { path: "api/v1/index.json", words: "What there is, and where." },
  board: { path: "api/v1/board.json", words: "Every proposal, as the board shows it." },
  proposal: {
    path: null,
    words: "One proposal with its votes and all that has happened: api/v1/proposals/NUMBER.json.",
  },
  decisions: { path: "api/v1/decisions.json", words: "Every decision, by number." },
  decision: {
    path: null,
    words: "One decision with its signed record, which anybody can verify: api/v1/decisions/NUMBER.json.",
  },
  roster: {
    path: "api/v1/roster.json",
    words: "Who sat in which team, and what decisions took, through time.",
  },
  events: {
    path: "api/v1/events.json",
    words: "The newest of what has moved proposals on or held them up, newest first.",
  },
  "spec-table": { path: "proposals.json", words: "The table of proposals above." },
};

/** Where all of this can be read by programs. */
export const dataPage = ({ repository }: Asked): PageAnswer => {
  const up = upFrom(DATA_PAGE);
  return pageAnswer({
    title: "Data",
    path: DATA_PAGE,
    repository,
    current: "Data",
    content: html`<p class="lead">Everything on these pages is public, and there for programs too. No key is needed, and scripts of any site may read it.</p>
<section aria-labelledby="feeds"><h2 id="feeds">To subscribe to</h2>
<dl class="data">${FEEDS.map(({ path, name, words }) => html`<dt><a href="${up}${path}">${name}</a> <code>${path}</code></dt><dd>${words}</dd>`)}</dl></section>
<section aria-labelledby="api"><h2 id="api">API</h2>
<p>JSON by <code>GET</code>, each document with its schema. Fields may be added; none is taken away or comes to mean something else under <code>v1</code>.</p>
<dl class="data">${DOCUMENT_NAMES.map((name) => {
      const { path, words } = DOCUMENTS_SAID[name];
      return html`<dt>${path === null ? name : html`<a href="${up}${path}">${name}</a>`} <a class="schema" href="${up}${schemaPath(name)}">schema<span class="told"> of ${name}</span></a></dt><dd>${words}</dd>`;
    })}</dl></section>
<section aria-labelledby="prove"><h2 id="prove">To check it yourself</h2>
<p>Nothing here has to be believed. <code>npx msc-clerk verify OWNER/REPOSITORY#NUMBER</code> reads a decision’s signed record from GitHub and proves it by the votes that stand there.</p></section>`,
  });
};
