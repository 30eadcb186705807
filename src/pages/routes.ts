import { PLACES, type ProposalSummary } from "../domain/model/publicView.js";
import type { PagesOptions } from "./answering.js";
import { boardPage, pagesOf, placePage } from "./board.js";
import { dataRoutes } from "./data/routes.js";
import { dataPage } from "./dataPage.js";
import { decisionsRoute, yearRoute } from "./decisionsPage.js";
import { figuresRoute } from "./figuresPage.js";
import { HTML_TYPE, outerPage, page } from "./frame.js";
import { grouped } from "./grouped.js";
import {
  BOARD,
  DATA_PAGE,
  ICON_FILE,
  MEMBERS,
  memberPath,
  placePath,
  SCRIPT_FILE,
  STYLE_FILE,
} from "./links.js";
import { type MemberParts, memberPage, membersKnown, membersPage } from "./member.js";
import { proposalRoute } from "./proposalPage.js";
import type { Asked, PageAnswer, PageRoute } from "./route.js";
import { SCRIPT } from "./script.js";
import type { PagesRepository, PagesSource, Told } from "./source.js";
import { STYLE } from "./style.js";
import { teamsOnRoute, teamsRoute } from "./teamsPage.js";
import { tells, whenTold } from "./told.js";

const htmlAnswer = (body: string | null): Told<PageAnswer | null> =>
  tells(body === null ? null : { status: 200, type: HTML_TYPE, body });

const withSummaries = (
  asked: Asked,
  body: (summaries: readonly ProposalSummary[]) => string | null,
): Promise<Told<PageAnswer | null>> =>
  whenTold(asked.source.summaries(asked.repository), (summaries) => htmlAnswer(body(summaries)));

const membersOf = (
  source: PagesSource,
  repository: PagesRepository,
): Promise<Told<Omit<MemberParts, "asked">>> =>
  whenTold(source.summaries(repository), (summaries) =>
    whenTold(source.roster(repository), (roster) => tells({ summaries, roster })),
  );

const board: PageRoute = {
  path: /^$/,
  answer: (asked) => withSummaries(asked, (summaries) => boardPage({ asked, summaries })),
  paths: async () => tells([BOARD]),
};

const places: PageRoute = {
  path: new RegExp(`^place/(${PLACES.join("|")})/(?:([1-9]\\d{0,4})/)?$`),
  answer: async (asked, [name, number]) => {
    const place = PLACES.find((one) => one === name);
    // The first page has one address, without a number.
    if (place === undefined || number === "1") return tells(null);
    return withSummaries(asked, (summaries) =>
      placePage({ asked, summaries }, place, number === "" ? 1 : Number(number)),
    );
  },
  paths: (source, repository) =>
    whenTold(source.summaries(repository), (summaries) =>
      tells(
        [...grouped(summaries, ({ place }) => place)].flatMap(([place, here]) =>
          Array.from({ length: pagesOf(here.length, place) }, (_, index) => placePath(place, index + 1)),
        ),
      ),
    ),
};

const members: PageRoute = {
  path: /^members\/$/,
  answer: (asked) =>
    whenTold(membersOf(asked.source, asked.repository), (known) =>
      htmlAnswer(membersPage({ asked, ...known })),
    ),
  paths: async () => tells([MEMBERS]),
};

const member: PageRoute = {
  path: /^members\/([^/]{1,400})\/$/,
  answer: (asked, [login = ""]) =>
    whenTold(membersOf(asked.source, asked.repository), (known) =>
      htmlAnswer(memberPage({ asked, ...known }, login)),
    ),
  paths: (source, repository) =>
    whenTold(membersOf(source, repository), (known) => tells(membersKnown(known).map(memberPath))),
};

const data: PageRoute = {
  path: /^data\/$/,
  answer: async (asked) => tells(dataPage(asked)),
  paths: async () => tells([DATA_PAGE]),
};

/** Beside the pages, and the same for all. */
const file = (name: string, type: string, body: string): PageRoute => ({
  path: new RegExp(`^${name.replace(".", "\\.")}$`),
  answer: async () => tells({ status: 200, type, body }),
  paths: async () => tells([name]),
});

const STYLE_TYPE = "text/css; charset=utf-8";
const ICON_TYPE = "image/svg+xml; charset=utf-8";
const SCRIPT_TYPE = "text/javascript; charset=utf-8";

/** A tick in a box: without one, browsers ask for a file that is nowhere. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b6b5d"/><path d="M4 8.3 7 11.2 12 5" fill="none" stroke="#fff" stroke-width="2"/></svg>`;

/** The board and its places, the members, where data is, and how it all looks. */
export const boardRoutes: readonly PageRoute[] = [
  board,
  places,
  members,
  member,
  data,
  file(STYLE_FILE, STYLE_TYPE, STYLE),
  file(SCRIPT_FILE, SCRIPT_TYPE, SCRIPT),
  file(ICON_FILE, ICON_TYPE, ICON),
];

/** All that is answered of a repository: its pages, and what is there for programs. */
export const everyRoute: readonly PageRoute[] = [
  ...boardRoutes,
  proposalRoute,
  decisionsRoute,
  yearRoute,
  teamsRoute,
  teamsOnRoute,
  figuresRoute,
  ...dataRoutes,
];

/** What lies beside the pages of no repository, by its path. */
export const outerFiles: ReadonlyMap<string, PageAnswer> = new Map([
  [`/${STYLE_FILE}`, { status: 200, type: STYLE_TYPE, body: STYLE }],
  [`/${ICON_FILE}`, { status: 200, type: ICON_TYPE, body: ICON }],
]);

/** What is of no route, in the frame of the pages: of its repository, where there is one. */
export const pageAround: PagesOptions["page"] = (title, content, { path, below, repository }) =>
  repository === null
    ? outerPage(title, content, path)
    : page({ title, path: below, repository, current: null, content });
