import type {
  ConcernLine,
  MotionLine,
  Place,
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
  TeamLine,
} from "../../src/domain/model/publicView.js";
import { DAY, HOUR, type Instant } from "../../src/domain/text/time.js";
import type {
  DecidedLine,
  PagesRepository,
  PagesSource,
  ProposalEvent,
  Told,
} from "../../src/pages/source.js";

/** The moment at which every page of the tests is made. */
export const NOW: Instant = Date.parse("2026-12-10T10:00:00Z");
const GITHUB = "https://github.com/matrix-org/matrix-spec-proposals";
export const daysAgo = (days: number): Instant => NOW - Math.round(days * DAY);

export const REPOSITORY: PagesRepository = {
  id: 1,
  owner: "matrix-org",
  name: "matrix-spec-proposals",
  url: GITHUB,
  reading: null,
  asOf: NOW - 120_000,
  frozen: false,
  caveats: [],
};

/** As in docs/examples/matrix.yml. */
export const CORE_TEAM = [
  "ara4n",
  "erikjohnston",
  "richvdh",
  "dbkr",
  "uhoreg",
  "anoadragon453",
  "turt2live",
  "KitsuneRal",
] as const;
export const GUARDIANS = ["ara4n", "AmandineLP"] as const;

export interface PlainFacts {
  readonly repositories?: readonly PagesRepository[];
  readonly summaries?: readonly ProposalSummary[];
  readonly details?: ReadonlyMap<number, ProposalDetail>;
  readonly events?: readonly ProposalEvent[];
  readonly decisions?: readonly DecidedLine[];
  readonly records?: ReadonlyMap<number, string>;
  readonly roster?: RosterHistory | null;
}

const told = async <T>(what: T): Promise<Told<T>> => ({ kind: "told", told: what });
const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A source over plain data, the same for each of its repositories. */
export function sourceOf(facts: PlainFacts): PagesSource {
  const { repositories = [REPOSITORY], summaries = [], events = [], decisions = [] } = facts;
  return {
    repositories: () => told(repositories),
    repository: (owner, name) =>
      told(repositories.find((one) => sameName(one.owner, owner) && sameName(one.name, name)) ?? null),
    summaries: () => told(summaries),
    proposal: (_of, number) => {
      const summary = summaries.find((one) => one.number === number);
      if (summary === undefined) return told(null);
      const own = events.filter((one) => one.number === number).map(({ number: _, ...event }) => event);
      return told({ summary, detail: facts.details?.get(number) ?? null, events: own });
    },
    events: () => told(events),
    decisions: () => told(decisions),
    record: (_of, number) => told(facts.records?.get(number) ?? null),
    roster: () => told(facts.roster === undefined ? ROSTER : facts.roster),
  };
}

/** A source that knows nothing just now. */
export function unavailableSource(why = "The store cannot be read just now."): PagesSource {
  const unavailable = async () => ({ kind: "unavailable", why }) as const;
  return {
    ...sourceOf({}),
    summaries: unavailable,
    proposal: unavailable,
    events: unavailable,
    decisions: unavailable,
    record: unavailable,
    roster: unavailable,
  };
}

export const summaryOf = (over: Partial<ProposalSummary> & { readonly number: number }): ProposalSummary => ({
  title: `MSC${over.number}: A better way to sync`,
  url: `${GITHUB}/pull/${over.number}`,
  author: "alice",
  authors: over.author === undefined ? ["alice"] : over.author === null ? [] : [over.author],
  shepherd: null,
  documentation: [],
  labels: ["proposal"],
  state: "open",
  draft: false,
  createdAt: daysAgo(90),
  updatedAt: daysAgo(1),
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
  turn: "team",
  since: daysAgo(40),
  ...over,
});

export const eventOf = (
  number: number,
  what: PublicEvent["what"],
  over: Partial<ProposalEvent> = {},
): ProposalEvent => ({
  number,
  id: `${what.kind}-${over.at ?? NOW}-${over.by ?? ""}`,
  at: daysAgo(10),
  by: "ara4n",
  url: `${GITHUB}/pull/${number}#issuecomment-${number}`,
  what,
  ...over,
});

export const motionOf = (number: number, over: Partial<MotionLine> = {}): MotionLine => ({
  number: 1,
  disposition: "merge",
  mover: "richvdh",
  at: daysAgo(12),
  url: `${GITHUB}/pull/${number}#issuecomment-1`,
  end: null,
  ...over,
});

/** Of the Spec Core Team: `missing` have not voted, `abstained` abstain, the others said yes. */
export function coreLine(
  missing: readonly string[],
  abstained: readonly string[] = [],
  away: readonly string[] = [],
): TeamLine {
  const size = CORE_TEAM.length;
  const yes = size - missing.length - abstained.length;
  return {
    team: "spec-core-team",
    title: "Spec Core Team",
    yes,
    needed: 6,
    size,
    passed: yes >= 6,
    count: `${yes} of 6 needed, of ${size}`,
    missing: missing.map((login) => ({ login, away: away.includes(login) })),
    abstained,
  };
}

export const guardiansLine = (missing: readonly string[]): TeamLine => ({
  team: "guardians",
  title: "Guardians",
  yes: GUARDIANS.length - missing.length,
  needed: 2,
  size: GUARDIANS.length,
  passed: missing.length === 0,
  count: `${GUARDIANS.length - missing.length} of 2 needed, of 2`,
  missing: missing.map((login) => ({ login, away: false })),
  abstained: [],
});

export const concernOf = (pull: number, over: Partial<ConcernLine> = {}): ConcernLine => ({
  number: 1,
  text: "How does this interact with end-to-end encryption?",
  by: "uhoreg",
  at: daysAgo(6),
  url: `${GITHUB}/pull/${pull}#issuecomment-2`,
  kind: "spoken",
  blocks: true,
  ...over,
});

const member = (login: string, domains: readonly string[], lead = false) => ({
  login,
  id: null,
  lead,
  since: "2018-10-29",
  domains,
  away: null,
});

export const ROSTER: RosterHistory = {
  versions: [
    {
      commit: "a".repeat(40),
      at: daysAgo(700),
      pull: null,
      by: "ara4n",
      valid: true,
      lawful: true,
      teams: [
        {
          team: "spec-core-team",
          title: "Spec Core Team",
          minimum: 5,
          members: CORE_TEAM.map((login) => member(login, ["Servers"], login === "ara4n")),
        },
        {
          team: "guardians",
          title: "Guardians",
          minimum: 0,
          members: GUARDIANS.map((login) => member(login, [])),
        },
      ],
      decisions: [
        {
          name: "spec change",
          takes: ["75% of the Spec Core Team"],
          period: "5 days",
        },
      ],
    },
  ],
};

const ended = (number: number, place: Place, over: Partial<ProposalSummary> = {}): ProposalSummary =>
  summaryOf({
    number,
    place,
    state: place === "merged" || place.startsWith("spec_") ? "merged" : "closed",
    endedAt: daysAgo(60),
    turn: null,
    since: daysAgo(60),
    motion: motionOf(number, { end: "concluded", at: daysAgo(80) }),
    sentence: "Decided: accepted and merged.",
    ...over,
  });

/** A body at work: a proposal at every place, with what people need to know of each. */
export const BODY: readonly ProposalSummary[] = [
  summaryOf({
    number: 1779,
    title: "MSC1779: Proposal for Open Governance for Matrix.org",
    author: "ara4n",
    labels: ["proposal", "kind:governance"],
    place: "proposed",
    createdAt: daysAgo(180),
    since: daysAgo(12),
    sentence: "Waiting for 1 more approval of the Spec Core Team and for 1 of the Guardians.",
    motion: motionOf(1779),
    teams: [coreLine(["dbkr", "turt2live", "KitsuneRal"], [], ["turt2live"]), guardiansLine(["AmandineLP"])],
  }),
  summaryOf({
    number: 2676,
    title: "MSC2676: Message editing",
    author: "bwindels",
    authors: ["bwindels", "Half-Shot"],
    shepherd: "richvdh",
    labels: ["proposal", "kind:core", "client-server"],
    place: "proposed",
    createdAt: daysAgo(1900),
    since: daysAgo(31),
    sentence: "Waiting for 2 more approvals of the Spec Core Team and for concerns C1 and C2 to be resolved.",
    motion: motionOf(2676, { mover: "uhoreg", at: daysAgo(31) }),
    teams: [coreLine(["erikjohnston", "dbkr", "KitsuneRal"], ["anoadragon453"])],
    concerns: [
      concernOf(2676),
      concernOf(2676, {
        number: 2,
        text: "The fallback is shown twice by older clients",
        by: "turt2live",
        kind: "changes_requested",
        at: daysAgo(2),
      }),
    ],
    gates: [{ words: "the label “needs-implementation” to be taken off", before: "begin" }],
  }),
  summaryOf({
    number: 3765,
    title: "MSC3765: Rich text in room topics",
    author: "Johennes",
    labels: ["proposal", "client-server"],
    place: "fcp",
    createdAt: daysAgo(400),
    since: daysAgo(3),
    turn: null,
    sentence: "In its Final Comment Period to merge until 12 December 2026, 14:05 UTC.",
    motion: motionOf(3765, { mover: "turt2live", at: daysAgo(20) }),
    teams: [coreLine(["erikjohnston", "KitsuneRal"])],
    fcp: {
      startedAt: NOW + 2 * DAY + 4 * HOUR + 5 * 60_000 - 5 * DAY,
      endsAt: NOW + 2 * DAY + 4 * HOUR + 5 * 60_000,
    },
  }),
  summaryOf({
    number: 2463,
    title: "MSC2463: Exclusion of MXIDs in push rules content matching",
    author: "timokoesters",
    labels: ["proposal", "kind:maintenance"],
    place: "fcp",
    since: daysAgo(4.5),
    turn: null,
    sentence: "In its Final Comment Period to close until 10 December 2026, 22:00 UTC.",
    motion: motionOf(2463, { disposition: "close", mover: "dbkr" }),
    teams: [coreLine(["ara4n"])],
    concerns: [concernOf(2463, { blocks: false, text: "Should be postponed instead", by: "ara4n" })],
    fcp: { startedAt: NOW + 12 * HOUR - 5 * DAY, endsAt: NOW + 12 * HOUR },
  }),
  summaryOf({
    number: 4140,
    title: "MSC4140: Cancellable delayed events",
    author: "toger5",
    labels: ["proposal", "kind:feature", "client-server"],
    turn: "author",
    since: daysAgo(9),
    sentence: "In review: no Final Comment Period has been proposed yet.",
    concerns: [
      concernOf(4140, { text: "Who may restart a delayed event?", by: "erikjohnston", blocks: false }),
    ],
    gates: [{ words: "1 implementation to be linked", before: "begin" }],
  }),
  summaryOf({
    number: 4186,
    title: "MSC4186: Simplified Sliding Sync",
    author: "erikjohnston",
    createdAt: daysAgo(140),
  }),
  summaryOf({
    number: 4301,
    title: "Make uhoreg the lead of the Spec Core Team",
    author: "ara4n",
    amendment: true,
    place: "proposed",
    since: daysAgo(4),
    createdAt: daysAgo(4),
    labels: [],
    sentence: "Waiting for 5 more approvals of the Spec Core Team.",
    motion: motionOf(4301, { mover: "ara4n", at: daysAgo(4) }),
    teams: [coreLine(CORE_TEAM.slice(1))],
  }),
  summaryOf({
    number: 4310,
    title: "MSC4310: Encrypted state events",
    author: "tulir",
    draft: true,
    place: "draft",
    createdAt: daysAgo(15),
    since: daysAgo(15),
    turn: "author",
    sentence: "A draft: nothing is decided before it is marked ready for review.",
  }),
  summaryOf({
    number: 3981,
    title: "MSC3981: /relations recursion",
    author: "justjanne",
    place: "finished",
    turn: "mover",
    since: daysAgo(3),
    sentence: "The Final Comment Period is over: accepted. Waiting for richvdh to merge it.",
    motion: motionOf(3981, { end: "concluded", at: daysAgo(30) }),
    teams: [coreLine(["dbkr"])],
  }),
  ended(3930, "spec_missing", { title: "MSC3930: Polls push rules", author: "turt2live" }),
  ended(3267, "spec_in_review", { title: "MSC3267: Reference relations", author: "clokep" }),
  ended(2675, "merged", {
    title: "MSC2675: Serverside aggregations of message relationships",
    author: "bwindels",
  }),
  ended(1544, "rejected", {
    title: "MSC1544: Key verification using QR codes",
    author: "uhoreg",
    sentence: "Decided: closed.",
  }),
  ended(1849, "postponed", {
    title: "MSC1849: Aggregations",
    author: "ara4n",
    sentence: "Decided: postponed.",
  }),
  ended(1228, "obsolete", {
    title: "MSC1228: Removing MXIDs from events",
    author: "richvdh",
    motion: null,
    sentence: "Obsolete.",
  }),
  ended(701, "undecided", {
    title: "Auth for content repo",
    author: null,
    motion: null,
    known: "labels",
    sentence: "",
  }),
];

const OPEN_PLACES: readonly Place[] = ["draft", "in_review", "proposed", "fcp", "finished", "spec_missing"];
const ENDED_PLACES: readonly Place[] = ["merged", "merged", "rejected", "postponed", "obsolete", "undecided"];

/** So many proposals, a third of them open, each as full as one at its place is. */
export function manyProposals(n: number): readonly ProposalSummary[] {
  return Array.from({ length: n }, (_, index) => {
    const number = 1000 + index;
    const isOpen = index % 3 === 0;
    const place = (isOpen ? OPEN_PLACES : ENDED_PLACES)[Math.floor(index / 3) % 6] ?? "in_review";
    const title = `MSC${number}: A proposal with a title that is about as long as titles are (${index})`;
    if (!isOpen) return ended(number, place, { title, createdAt: daysAgo(100 + index) });
    const counts = place === "proposed" || place === "fcp";
    return summaryOf({
      ...{ number, title, place, author: `author-${index % 40}` },
      labels: ["proposal", "client-server", `kind:${["core", "feature", "maintenance"][index % 3]}`],
      createdAt: daysAgo(30 + index),
      since: daysAgo(1 + (index % 60)),
      sentence: counts
        ? "Waiting for 2 more approvals of the Spec Core Team and for concern C1 to be resolved."
        : "In review: no Final Comment Period has been proposed yet.",
      motion: counts || place === "finished" ? motionOf(number) : null,
      teams: counts ? [coreLine(CORE_TEAM.slice(index % 5)), guardiansLine(["AmandineLP"])] : [],
      concerns: counts || index % 4 === 0 ? [concernOf(number)] : [],
      gates: index % 5 === 0 ? [{ words: "1 implementation to be linked", before: "begin" }] : [],
      fcp: place === "fcp" ? { startedAt: daysAgo(3), endsAt: NOW + 2 * DAY } : null,
    });
  });
}

/** What a stranger may write wherever they can write something: none of it may be anything but text. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>document.title="pwned"</script>',
  "</title></h1></main><script src=https://evil.example/x.js></script>",
  '<svg onload="alert(1)"><img src=x onerror=alert(2)>',
  `" onmouseover="alert(3)" x='`,
  `' autofocus onfocus=alert(4) '"><a href="javascript:alert(5)">`,
  "<!-- --><![CDATA[ ]]><?php ?><style>*{display:none}</style>",
  "$\u007Balert(6)} {{7*7}} &lt;b&gt;&amp;&#x3c;script&#x3e;",
  "\u202Eesrever\u202C \u2066isolate \u200Fmark\u200E \u061C",
  "nul\u0000 bell\u0007 lone \uD800 surrogate \uDC00 line\u2028separator\r\nnext",
  `Z${"\u0323\u0489".repeat(60)}algo`,
  "a".repeat(10_000),
  "👩‍👩‍👧‍👦 ﷽ \u2800",
  "__proto__",
  "../../../etc/passwd",
  "",
];

/** The same text in every field of a proposal that somebody outside can fill. */
export function hostileSummary(number: number, text: string, place: Place = "proposed"): ProposalSummary {
  const url = `javascript:alert("${text}")`;
  const counts = place === "proposed" || place === "fcp";
  return summaryOf({
    ...{ number, place, url, title: text, author: text, authors: [text, text], shepherd: text },
    documentation: [text],
    labels: [text, `2${text}`],
    sentence: text,
    motion: motionOf(number, { mover: text, url }),
    teams: counts
      ? [
          {
            ...coreLine(["dbkr"], ["ara4n"]),
            ...{ team: text, title: text, count: text, abstained: [text] },
            missing: [{ login: text, away: true }],
          },
        ]
      : [],
    concerns: [concernOf(number, { text, by: text, url })],
    gates: [{ words: text, before: "begin" }],
    fcp: place === "fcp" ? { startedAt: daysAgo(1), endsAt: NOW + DAY } : null,
  });
}

/** A roster whose every text is this one. */
export const hostileRoster = (text: string): RosterHistory => ({
  versions: ROSTER.versions.map((version) => ({
    ...version,
    by: text,
    teams: [
      {
        ...{ team: text, title: text, minimum: 3 },
        members: [{ ...member(text, [text], true), since: text }],
      },
    ],
    decisions: [{ name: text, takes: [text], period: text }],
  })),
});
