import fc from "fast-check";
import {
  type Happening,
  PLACES,
  type ProposalDetail,
  type ProposalSummary,
  type RosterHistory,
} from "../../../src/domain/model/publicView.js";
import { at, type Facts, REPOSITORY } from "./facts.js";

/** What attacks a page, a feed, a calendar or a reader of JSON. */
export const HOSTILE = [
  "<script>alert(1)</script>",
  "<svg onload=alert(1)>",
  `"'><img src=x onerror=alert(1)>`,
  "]]><!-- &amp; &lt; -->",
  "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
  "a\\,b;c\\n",
  "\u202eevil\u202c \u200bzero\u00ad \u2066x\u2069",
  "\u0000\u0008\u000b\u001b[31m\u007f\u0085\ufffe\uffff",
  "\ud800 lone \udc00",
  "né 😀 👩‍👩‍👧 \u{e0041}",
  "L".repeat(10_000),
  "😀".repeat(5_000),
  "javascript:alert(1)",
  "\u2028\u2029",
  "",
] as const;

// Whatever a view may hold.
const someText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));
const someMoment = fc.integer({ min: at("2018-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") });
const someUrl = fc.webUrl();
const someNumber = fc.integer({ min: 1, max: 99_999 });
const few = { maxLength: 2 };
const someDisposition = fc.constantFrom("merge", "close", "postpone");
const someKind = fc.constantFrom("spoken", "changes_requested");
const someBefore = fc.constantFrom("begin", "conclude", "merge", "never");
const someVia = fc.constantFrom("command", "review", "tick", "label", "motion", "takeover", "override");
const orNone = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const concern = {
  number: someNumber,
  text: someText,
  by: someText,
  at: someMoment,
  url: someUrl,
  kind: someKind,
  blocks: fc.boolean(),
} as const;

export const someSummary = fc.record<ProposalSummary>({
  number: someNumber,
  title: someText,
  url: someUrl,
  author: orNone(someText),
  authors: fc.array(someText, few),
  shepherd: orNone(someText),
  documentation: fc.array(fc.oneof(someText, someUrl), few),
  labels: fc.array(fc.oneof(someText, fc.constant("abandoned")), few),
  state: fc.constantFrom("open", "closed", "merged"),
  draft: fc.boolean(),
  createdAt: someMoment,
  updatedAt: someMoment,
  endedAt: orNone(someMoment),
  known: fc.constantFrom("clerk", "labels"),
  amendment: fc.boolean(),
  place: fc.constantFrom(...PLACES),
  sentence: someText,
  motion: orNone(
    fc.record({
      number: someNumber,
      disposition: someDisposition,
      mover: someText,
      at: someMoment,
      url: someUrl,
      end: orNone(fc.constantFrom("concluded", "cancelled", "merged_undecided", "overridden", "void")),
    }),
  ),
  teams: fc.array(
    fc.record({
      team: someText,
      title: someText,
      yes: fc.nat(9),
      needed: fc.nat(9),
      size: fc.nat(9),
      passed: fc.boolean(),
      count: someText,
      missing: fc.array(fc.record({ login: someText, away: fc.boolean() }), few),
      abstained: fc.array(someText, few),
    }),
    few,
  ),
  concerns: fc.array(fc.record(concern), few),
  gates: fc.array(fc.record({ words: someText, before: someBefore }), few),
  fcp: orNone(fc.record({ startedAt: someMoment, endsAt: someMoment })),
  turn: orNone(fc.constantFrom("author", "team", "mover", "others")),
  since: someMoment,
});

export const someDetail = fc.record<ProposalDetail>({
  votes: fc.array(
    fc.record({
      team: someText,
      title: someText,
      measure: someText,
      decidedAt: orNone(someMoment),
      seats: fc.array(
        fc.record({
          login: someText,
          lead: fc.boolean(),
          away: fc.boolean(),
          choice: orNone(fc.constantFrom("yes", "abstain")),
          cast: orNone(
            fc.record({
              via: someVia,
              at: someMoment,
              url: someUrl,
              head: orNone(someText),
              onEarlierText: fc.boolean(),
            }),
          ),
          note: someText,
        }),
        few,
      ),
    }),
    few,
  ),
  concerns: fc.array(
    fc.record({
      ...concern,
      motion: fc.nat(3),
      resolved: orNone(fc.record({ by: someText, at: someMoment, url: someUrl })),
    }),
    few,
  ),
  gates: fc.array(
    fc.record({
      name: someText,
      before: someBefore,
      state: fc.constantFrom("met", "unmet", "unknown", "waived"),
      words: someText,
      waiver: orNone(fc.record({ by: someText, reason: someText, url: someUrl })),
    }),
    few,
  ),
  head: someText,
  approval: orNone(fc.record({ needed: fc.nat(3), by: fc.array(someText, few), met: fc.boolean() })),
  holds: fc.array(someText, few),
  changes: fc.array(someText, few),
});

const motion = someNumber;
const is = <const K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);
export const someHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: is("opened") }),
  fc.record({ kind: is("ready") }),
  fc.record({ kind: is("motion"), motion, disposition: someDisposition }),
  fc.record({
    kind: is("vote"),
    motion,
    team: someText,
    choice: fc.constantFrom("yes", "abstain", "retracted"),
    via: someVia,
    text: someText,
  }),
  fc.record({
    kind: is("review"),
    verdict: fc.constantFrom("approved", "changes_requested"),
    dismissed: fc.boolean(),
    text: someText,
  }),
  fc.record({ kind: is("concern"), number: someNumber, text: someText, of: someKind }),
  fc.record({ kind: is("resolved"), number: someNumber }),
  fc.record({ kind: is("fcp_begun"), motion, disposition: someDisposition, endsAt: someMoment }),
  fc.record({ kind: is("fcp_blocked"), motion, disposition: someDisposition }),
  fc.record({
    kind: is("concluded"),
    motion,
    disposition: someDisposition,
    turnout: fc.array(
      fc.record({ team: someText, title: someText, yes: fc.nat(9), abstained: fc.nat(9), size: fc.nat(9) }),
      few,
    ),
  }),
  fc.record({ kind: is("cancelled"), motion, how: fc.constantFrom("command", "closed", "lost") }),
  fc.record({
    kind: is("overridden"),
    motion,
    outcome: fc.constantFrom("finished", "cancelled"),
    reason: someText,
  }),
  fc.record({ kind: is("merged_undecided"), motion }),
  fc.record({ kind: is("corrected"), motion, reason: someText }),
  fc.record({ kind: is("waived"), gate: someText, reason: someText }),
  fc.record({ kind: is("new_text"), commit: someText }),
  fc.record({ kind: is("obsolete"), by: orNone(someNumber) }),
  fc.record({ kind: is("closed", "reopened", "merged") }),
  fc.record({ kind: is("spec_missing", "spec_in_review", "spec_merged") }),
);

/** One of every kind. */
export const ONE_OF_EACH: readonly Happening[] = [
  ...new Map(fc.sample(someHappening, { numRuns: 1_000, seed: 1 }).map((what) => [what.kind, what])).values(),
];

const someEvents = fc
  .array(fc.record({ at: someMoment, by: orNone(someText), url: orNone(someUrl), what: someHappening }), {
    maxLength: 5,
  })
  .map((all) => all.map((one, index) => ({ ...one, id: `e/${index}: x` })));

const someDay = someMoment.map((moment) => new Date(moment).toISOString().slice(0, 10));
const someRoster = fc.record<RosterHistory>({
  versions: fc.array(
    fc.record({
      commit: someText,
      at: someMoment,
      pull: orNone(someNumber),
      by: orNone(someText),
      valid: fc.boolean(),
      lawful: fc.boolean(),
      teams: fc.array(
        fc.record({
          team: someText,
          title: someText,
          minimum: fc.nat(9),
          members: fc.array(
            fc.record({
              login: someText,
              id: orNone(fc.nat()),
              lead: fc.boolean(),
              since: orNone(someDay),
              domains: fc.array(someText, few),
              away: orNone(fc.record({ from: someMoment, until: someMoment })),
            }),
            few,
          ),
        }),
        few,
      ),
      decisions: fc.array(
        fc.record({ name: someText, takes: fc.array(someText, few), period: someText }),
        few,
      ),
    }),
    few,
  ),
});

/** A repository of whatever views. */
export const someFacts: fc.Arbitrary<Facts> = fc
  .record({
    proposals: fc.uniqueArray(
      fc.record({ summary: someSummary, detail: orNone(someDetail), events: someEvents }),
      { maxLength: 4, selector: (one) => one.summary.number },
    ),
    decided: fc.array(
      fc.record({
        pull: someNumber,
        motion: someNumber,
        outcome: someText,
        at: someMoment,
        hash: someText,
        url: someText,
        record: orNone(someText),
      }),
      few,
    ),
    roster: someRoster,
    reading: orNone(fc.record({ read: fc.nat(9), of: fc.nat(9) })),
  })
  .map(({ proposals, decided, roster, reading }) => ({
    repository: { ...REPOSITORY, reading },
    proposals,
    decisions: decided.map(({ record: _, ...line }, index) => ({ ...line, number: index + 1 })),
    records: new Map(
      decided.flatMap(({ record }, index): [number, string][] =>
        record === null ? [] : [[index + 1, record]],
      ),
    ),
    roster,
  }));
