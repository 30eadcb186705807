import type { ProposalSummary } from "../../domain/model/publicView.js";
import { type Instant, iso } from "../../domain/text/time.js";
import { caveatSentence } from "../caveats.js";
import type { DecidedLine, PagesRepository, ProposalEvent } from "../source.js";
import { latestFirst } from "./atom.js";
import { eventOfJson } from "./proposalJson.js";
import { API_FORMAT, type DocumentName, type DocumentOf } from "./schemas.js";
import { transitionsOf } from "./transitions.js";

const MOST_EVENTS = 1000;

/** What each answer begins with. */
export const apiHead = ({ id, owner, name, url }: PagesRepository) =>
  ({
    format: API_FORMAT,
    repository: { id, name: `${owner}/${name}`, url },
  }) as const;

export const readingJson = ({ reading }: PagesRepository): DocumentOf<"board">["reading"] =>
  reading === null ? null : { read: reading.read, of: reading.of };

export const caveatsJson = ({ caveats }: PagesRepository): DocumentOf<"board">["caveats"] =>
  caveats.map((caveat) => ({
    why: caveat.why,
    since: iso(caveat.since),
    sentence: caveatSentence(caveat),
  }));

/** A line of `api/v1/index.json`, and what docs/data.md has a row for. */
interface DataDocument {
  readonly path: string;
  readonly schema: DocumentName | null;
  readonly about: string;
}

/** All the data there is of a repository; `N` stands for a number. */
export const DATA: readonly DataDocument[] = [
  {
    path: "api/v1/index.json",
    schema: "index",
    about: "What data there is, and when GitHub was last looked at for it",
  },
  { path: "api/v1/board.json", schema: "board", about: "Every proposal, and where it stands" },
  {
    path: "api/v1/proposals/N.json",
    schema: "proposal",
    about: "All that is known of one proposal: its votes, concerns, gates and history",
  },
  { path: "api/v1/decisions.json", schema: "decisions", about: "Every decision, by number" },
  {
    path: "api/v1/decisions/N.json",
    schema: "decision",
    about: "One decision, with its record as it was signed",
  },
  { path: "api/v1/roster.json", schema: "roster", about: "The roster and the rules through time" },
  {
    path: "api/v1/events.json",
    schema: "events",
    about: "The newest transitions; ?since=2026-03-01T00:00:00Z leaves out older ones, where a clerk answers",
  },
  {
    path: "proposals.json",
    schema: "spec-table",
    about: "What the table of the Matrix specification is made from",
  },
  { path: "feed.atom", schema: null, about: "The newest transitions, to subscribe to (Atom)" },
  { path: "fcp.ics", schema: null, about: "When Final Comment Periods end, to subscribe to (iCalendar)" },
];

export const schemaPath = (name: DocumentName): string => `api/v1/schema/${name}.json`;

export const indexJson = (repository: PagesRepository, publicRoot: string | null): DocumentOf<"index"> => ({
  ...apiHead(repository),
  asOf: iso(repository.asOf),
  reading: readingJson(repository),
  caveats: caveatsJson(repository),
  root: publicRoot,
  documents: DATA.map(({ path, schema, about }) => ({
    path,
    schema: schema === null ? null : schemaPath(schema),
    about,
  })),
});

export const decidedJson = (
  decided: DecidedLine,
  { owner, name }: PagesRepository,
): DocumentOf<"decision">["decision"] => ({
  number: decided.number,
  pull: decided.pull,
  motion: decided.motion,
  outcome: decided.outcome,
  at: iso(decided.at),
  hash: decided.hash,
  url: decided.url,
  verify: `npx msc-clerk verify ${owner}/${name}#${decided.pull}`,
});

/** `since` null: from the beginning. Of a proposal that the board does not have nothing is told. */
export function eventsJson(
  repository: PagesRepository,
  summaries: readonly ProposalSummary[],
  events: readonly ProposalEvent[],
  since: Instant | null,
): DocumentOf<"events"> {
  const byNumber = new Map(summaries.map((summary) => [summary.number, summary]));
  const asked = latestFirst(
    transitionsOf(events).filter(
      (event) => byNumber.has(event.number) && (since === null || event.at >= since),
    ),
  );
  return {
    ...apiHead(repository),
    since: since === null ? null : iso(since),
    more: asked.length > MOST_EVENTS,
    events: asked.slice(0, MOST_EVENTS).flatMap((event) => {
      const proposal = byNumber.get(event.number);
      return proposal === undefined ? [] : eventOfJson(event, proposal);
    }),
  };
}

/** `2026-03-01` or `2026-03-01T14:05:00Z`; null: it is no moment, and what was meant by it nobody can tell. */
export function momentIn(text: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)?$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
