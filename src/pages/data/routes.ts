import { wellFormedData } from "../../domain/text/cut.js";
import type { Asked, PageAnswer, PageRoute } from "../route.js";
import type { PagesRepository, PagesSource, Told } from "../source.js";
import { tells, whenTold } from "../told.js";
import {
  apiHead,
  caveatsJson,
  decidedJson,
  eventsJson,
  indexJson,
  momentIn,
  readingJson,
  schemaPath,
} from "./api.js";
import { atomFeed, type FeedFacts } from "./atom.js";
import { fcpCalendar } from "./calendar.js";
import { boardLineJson, detailJson, eventJson, rosterVersionJson } from "./proposalJson.js";
import { DOCUMENT_NAMES, type DocumentName, type DocumentOf, schemaOf } from "./schemas.js";
import { specTable } from "./specTable.js";

export const JSON_TYPE = "application/json; charset=utf-8";
export const SCHEMA_TYPE = "application/schema+json; charset=utf-8";
export const ATOM_TYPE = "application/atom+xml; charset=utf-8";
export const CALENDAR_TYPE = "text/calendar; charset=utf-8";

/**
 * JSON in UTF-8. Texts are as people wrote them, but for halves of surrogate pairs, which many a reader of JSON stops at.
 * What it holds is what its schema says, which the compiler sees to.
 */
const document = <Name extends DocumentName>(_name: Name, data: DocumentOf<Name>): PageAnswer => {
  const body = JSON.stringify(data);
  // Halves are written as escapes: without one there is nothing to mend, and a board is large.
  const whole = /\\ud[89a-f]/.test(body) ? JSON.stringify(wellFormedData(data)) : body;
  return { status: 200, type: JSON_TYPE, body: `${whole}\n` };
};

const text = (type: string, body: string): PageAnswer => ({ status: 200, type, body });

/** One file that is always there. */
const file = (path: string, answer: (asked: Asked) => Promise<Told<PageAnswer | null>>): PageRoute => ({
  path: new RegExp(`^${path.replace(/[.-]/g, "\\$&")}$`),
  answer: (asked) => answer(asked),
  paths: async () => tells([path]),
});

/** One file for each number that `numbers` tells. */
const files = (
  folder: string,
  answer: (asked: Asked, number: number) => Promise<Told<PageAnswer | null>>,
  numbers: (source: PagesSource, repository: PagesRepository) => Promise<Told<readonly number[]>>,
): PageRoute => ({
  path: new RegExp(`^${folder}/([1-9]\\d{0,8})\\.json$`),
  answer: (asked, [number]) => answer(asked, Number(number)),
  paths: (source, repository) =>
    whenTold(numbers(source, repository), (all) => tells(all.map((number) => `${folder}/${number}.json`))),
});

const feedFacts = ({ source, repository, publicRoot }: Asked): Promise<Told<FeedFacts>> =>
  whenTold(source.summaries(repository), (summaries) =>
    whenTold(source.events(repository), (events) => tells({ repository, publicRoot, summaries, events })),
  );

const index = file("api/v1/index.json", async ({ repository, publicRoot }) =>
  tells(document("index", indexJson(repository, publicRoot))),
);

const board = file("api/v1/board.json", ({ source, repository }) =>
  whenTold(source.summaries(repository), (summaries) =>
    tells(
      document("board", {
        ...apiHead(repository),
        reading: readingJson(repository),
        caveats: caveatsJson(repository),
        proposals: summaries.map(boardLineJson),
      }),
    ),
  ),
);

const proposals = files(
  "api/v1/proposals",
  ({ source, repository }, number) =>
    whenTold(source.proposal(repository, number), (known) =>
      tells(
        known === null
          ? null
          : document("proposal", {
              ...apiHead(repository),
              summary: boardLineJson(known.summary),
              detail: known.detail === null ? null : detailJson(known.detail),
              events: known.events.map((event) => eventJson(event, known.summary)),
            }),
      ),
    ),
  (source, repository) =>
    whenTold(source.summaries(repository), (summaries) => tells(summaries.map(({ number }) => number))),
);

const decisions = file("api/v1/decisions.json", ({ source, repository }) =>
  whenTold(source.decisions(repository), (all) =>
    tells(
      document("decisions", {
        ...apiHead(repository),
        decisions: all.map((decided) => decidedJson(decided, repository)),
      }),
    ),
  ),
);

const decision = files(
  "api/v1/decisions",
  ({ source, repository }, number) =>
    whenTold(source.decisions(repository), (all) => {
      const decided = all.find((line) => line.number === number);
      if (decided === undefined) return tells(null);
      return whenTold(source.record(repository, number), (record) =>
        tells(
          document("decision", {
            ...apiHead(repository),
            decision: decidedJson(decided, repository),
            record,
          }),
        ),
      );
    }),
  (source, repository) =>
    whenTold(source.decisions(repository), (all) => tells(all.map(({ number }) => number))),
);

const ROSTER = "api/v1/roster.json";
const roster: PageRoute = {
  ...file(ROSTER, ({ source, repository }) =>
    whenTold(source.roster(repository), (history) =>
      history === null
        ? { kind: "unavailable", why: "The roster has not been read yet." }
        : tells(
            document("roster", {
              ...apiHead(repository),
              versions: history.versions.map(rosterVersionJson),
            }),
          ),
    ),
  ),
  paths: (source, repository) =>
    whenTold(source.roster(repository), (history) => tells(history === null ? [] : [ROSTER])),
};

const events = file("api/v1/events.json", (asked) =>
  whenTold(feedFacts(asked), (facts) => {
    const since = asked.live ? momentIn(asked.query.get("since") ?? "") : null;
    return tells(document("events", eventsJson(asked.repository, facts.summaries, facts.events, since)));
  }),
);

const schemas = DOCUMENT_NAMES.map((name) => {
  const body = `${JSON.stringify(schemaOf(name), null, 2)}\n`;
  return file(schemaPath(name), async () => tells(text(SCHEMA_TYPE, body)));
});

const table = file("proposals.json", ({ source, repository }) =>
  whenTold(source.summaries(repository), (summaries) => tells(document("spec-table", specTable(summaries)))),
);

const feed = file("feed.atom", (asked) =>
  whenTold(feedFacts(asked), (facts) => tells(text(ATOM_TYPE, atomFeed(facts)))),
);

const calendar = file("fcp.ics", (asked) =>
  whenTold(feedFacts(asked), (facts) => tells(text(CALENDAR_TYPE, fcpCalendar(facts, asked.now)))),
);

/** Everything for programs: the API and its schemas, the table of the specification, the feed and the calendar. */
export const dataRoutes: readonly PageRoute[] = [
  index,
  board,
  proposals,
  decisions,
  decision,
  roster,
  events,
  ...schemas,
  table,
  feed,
  calendar,
];
