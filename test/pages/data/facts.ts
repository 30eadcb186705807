import type {
  Happening,
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
} from "../../../src/domain/model/publicView.js";
import type { Asked } from "../../../src/pages/route.js";
import type {
  DecidedLine,
  PagesRepository,
  PagesSource,
  ProposalKnown,
  Told,
} from "../../../src/pages/source.js";

export const NOW = Date.parse("2026-03-10T12:00:00Z");
export const at = (text: string): number => Date.parse(text);

export const REPOSITORY: PagesRepository = {
  id: 4711,
  owner: "matrix-org",
  name: "matrix-spec-proposals",
  url: "https://github.com/matrix-org/matrix-spec-proposals",
  reading: null,
  asOf: at("2026-03-10T11:59:00Z"),
  frozen: false,
  caveats: [],
};

const URL_OF = (number: number) => `${REPOSITORY.url}/pull/${number}`;

export const summary = (number: number, changed: Partial<ProposalSummary> = {}): ProposalSummary => ({
  number,
  title: `MSC${number}: a proposal`,
  url: URL_OF(number),
  author: "anna",
  authors: ["anna"],
  shepherd: null,
  documentation: [],
  labels: ["proposal"],
  state: "open",
  draft: false,
  createdAt: at("2026-01-05T10:00:00Z"),
  updatedAt: at("2026-03-09T23:30:00Z"),
  endedAt: null,
  known: "clerk",
  amendment: false,
  place: "in_review",
  sentence: "In review: no Final Comment Period has been proposed yet.",
  motion: null,
  teams: [],
  concerns: [],
  gates: [],
  fcp: null,
  turn: "others",
  since: at("2026-01-05T10:00:00Z"),
  ...changed,
});

export const DETAIL: ProposalDetail = {
  votes: [],
  concerns: [],
  gates: [],
  head: "a".repeat(40),
  approval: null,
  holds: [],
  changes: [],
};

export const event = (what: Happening, changed: Partial<PublicEvent> = {}): PublicEvent => ({
  id: `${what.kind}-1`,
  at: at("2026-03-01T09:00:00Z"),
  by: "dbkr",
  url: `${URL_OF(1)}#issuecomment-1`,
  what,
  ...changed,
});

export const known = (
  summaryOfIt: ProposalSummary,
  events: readonly PublicEvent[] = [],
  detail: ProposalDetail | null = DETAIL,
): ProposalKnown => ({ summary: summaryOfIt, detail, events });

export interface Facts {
  readonly repository: PagesRepository;
  readonly proposals: readonly ProposalKnown[];
  readonly decisions: readonly DecidedLine[];
  /** By number of the decision. */
  readonly records: ReadonlyMap<number, string>;
  readonly roster: RosterHistory | null;
}

export const facts = (changed: Partial<Facts> = {}): Facts => ({
  repository: REPOSITORY,
  proposals: [],
  decisions: [],
  records: new Map(),
  roster: null,
  ...changed,
});

const told = <T>(what: T): Promise<Told<T>> => Promise.resolve({ kind: "told", told: what });

export const sourceOf = ({ repository, proposals, decisions, records, roster }: Facts): PagesSource => ({
  repositories: () => told([repository]),
  repository: (owner, name) =>
    told(
      `${owner}/${name}`.toLowerCase() === `${repository.owner}/${repository.name}`.toLowerCase()
        ? repository
        : null,
    ),
  summaries: () => told(proposals.map((one) => one.summary)),
  proposal: (_, number) => told(proposals.find((one) => one.summary.number === number) ?? null),
  events: () =>
    told(
      proposals
        .flatMap((one) => one.events.map((each) => ({ ...each, number: one.summary.number })))
        .sort((a, b) => a.at - b.at),
    ),
  decisions: () => told(decisions),
  record: (_, number) => told(records.get(number) ?? null),
  roster: () => told(roster),
});

export const askedOf = (of: Facts, changed: Partial<Asked> = {}): Asked => ({
  source: sourceOf(of),
  repository: of.repository,
  now: NOW,
  query: new URLSearchParams(),
  live: true,
  publicRoot: "https://msc.example/matrix-org/matrix-spec-proposals/",
  ...changed,
});
