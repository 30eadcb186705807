import type { ProposalSummary } from "../domain/model/publicView.js";
import type { Concern } from "../domain/model/register.js";
import { DAY, type Instant } from "../domain/text/time.js";
import type { ProposalEvent } from "./source.js";

/** How the process goes, in numbers. Nothing in it is about one person: it is no measure of anybody. */
export interface Figures {
  /** Proposals that the clerk counts; those known by their labels tell no moments. Amendments are no part of it, but of the votes. */
  readonly counted: number;
  /** From the opening of each to its first motion. */
  readonly toMotion: Spread;
  /** From each motion whose period began to that beginning. */
  readonly toFcp: Spread;
  /** From the beginning of the last period to merge of each that is merged. */
  readonly toMerge: Spread;
  /** Of what is open now, of all that is known. */
  readonly openAge: Spread;
  /** The last 24 months, oldest first; the last is not over. */
  readonly votes: readonly MonthOfVotes[];
  readonly concerns: readonly ConcernFigures[];
}

/** Lengths of time, in milliseconds. Without any, nothing is said of their middle. */
export interface Spread {
  /** From the shortest on. */
  readonly lengths: readonly number[];
  readonly middle: { readonly lower: number; readonly median: number; readonly upper: number } | null;
}

export interface MonthOfVotes {
  /** `2026-03`, in UTC. */
  readonly month: string;
  readonly votes: number;
}

export interface ConcernFigures {
  readonly kind: Concern["kind"];
  readonly raised: number;
  readonly resolved: number;
  /** Not resolved, of a proposal that is open. */
  readonly open: number;
  /** Not resolved when its proposal ended. */
  readonly left: number;
  readonly toResolve: Spread;
}

export const MONTHS_SHOWN = 24;

export function figuresOf(
  summaries: readonly ProposalSummary[],
  events: readonly ProposalEvent[],
  now: Instant,
): Figures {
  const told = summaries.filter(({ amendment, known }) => !amendment && known === "clerk");
  const of = byNumber(events);
  const ofEach = told.map((summary) => ({ summary, events: of.get(summary.number) ?? [] }));
  return {
    counted: told.length,
    toMotion: spreadOf(
      ofEach.flatMap(({ summary, events: own }) => {
        const motion = own.find(({ what }) => what.kind === "motion");
        return motion === undefined ? [] : [motion.at - summary.createdAt];
      }),
    ),
    toFcp: spreadOf(ofEach.flatMap(({ events: own }) => motionsToFcp(own))),
    toMerge: spreadOf(ofEach.flatMap(({ summary, events: own }) => fcpToMerge(summary, own))),
    openAge: spreadOf(
      summaries
        .filter(({ amendment, state }) => !amendment && state === "open")
        .map(({ createdAt }) => now - createdAt),
    ),
    votes: votesByMonth(events, now),
    concerns: (["spoken", "changes_requested"] as const).map((kind) => concernFigures(kind, ofEach)),
  };
}

function byNumber(events: readonly ProposalEvent[]): ReadonlyMap<number, readonly ProposalEvent[]> {
  const found = new Map<number, ProposalEvent[]>();
  for (const event of events) {
    const own = found.get(event.number);
    if (own === undefined) found.set(event.number, [event]);
    else own.push(event);
  }
  return found;
}

/** Lengths below nothing are clocks that disagree, a day that was set by hand: they are taken for nothing. */
export function spreadOf(lengths: readonly number[]): Spread {
  const sorted = lengths.map((length) => Math.max(0, length)).sort((a, b) => a - b);
  return {
    lengths: sorted,
    middle:
      sorted.length === 0
        ? null
        : { lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) },
  };
}

/** Between the two that lie next to it, as far as it lies between them. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

function motionsToFcp(events: readonly ProposalEvent[]): readonly number[] {
  const moved = new Map<number, Instant>();
  const found: number[] = [];
  for (const { at, what } of events) {
    if (what.kind === "motion" && !moved.has(what.motion)) moved.set(what.motion, at);
    if (what.kind !== "fcp_begun") continue;
    const from = moved.get(what.motion);
    if (from === undefined) continue;
    found.push(at - from);
    moved.delete(what.motion);
  }
  return found;
}

function fcpToMerge(summary: ProposalSummary, events: readonly ProposalEvent[]): readonly number[] {
  if (summary.state !== "merged") return [];
  const merged = events.findLast(({ what }) => what.kind === "merged")?.at ?? summary.endedAt;
  if (merged === null) return [];
  const begun = events.findLast(({ at, what }) => what.kind === "fcp_begun" && at <= merged);
  return begun === undefined ? [] : [merged - begun.at];
}

/** `2026-03`, in UTC. */
export const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7);

/** Somebody who votes once for two teams has voted once, and who takes a vote back has not voted. */
function votesByMonth(events: readonly ProposalEvent[], now: Instant): readonly MonthOfVotes[] {
  const today = new Date(now);
  const months = Array.from({ length: MONTHS_SHOWN }, (_, index) =>
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (MONTHS_SHOWN - 1 - index), 1),
  );
  const counted = months.map(() => 0);
  const [first = now] = months;
  // Where clocks disagree a vote may be of the next one.
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1);
  const seen = new Set<string>();
  for (const { number, at, by, what } of events) {
    if (what.kind !== "vote" || what.choice === "retracted" || at < first || at >= end) continue;
    const once = `${number} ${what.motion} ${at} ${what.choice} ${by}`;
    if (seen.has(once)) continue;
    seen.add(once);
    const month = months.findLastIndex((from) => from <= at);
    counted[month] = (counted[month] ?? 0) + 1;
  }
  return months.map((from, index) => ({ month: monthOf(from), votes: counted[index] ?? 0 }));
}

function concernFigures(
  kind: Concern["kind"],
  proposals: readonly { readonly summary: ProposalSummary; readonly events: readonly ProposalEvent[] }[],
): ConcernFigures {
  let [resolved, open, left] = [0, 0, 0];
  const lengths: number[] = [];
  for (const { summary, events } of proposals)
    for (const span of concernSpans(events)) {
      if (span.kind !== kind) continue;
      if (span.to !== null) {
        resolved += 1;
        lengths.push(span.to - span.from);
      } else if (summary.state === "open") open += 1;
      else left += 1;
    }
  return { kind, raised: resolved + open + left, resolved, open, left, toResolve: spreadOf(lengths) };
}

/** A concern from when it was raised until it was resolved for good; `to` null: it was not. */
export interface ConcernSpan {
  readonly number: number;
  readonly kind: Concern["kind"];
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Of one proposal, in the order in which they were raised. One that was raised again is the same, and was not resolved before. */
export function concernSpans(events: readonly Pick<ProposalEvent, "at" | "what">[]): readonly ConcernSpan[] {
  const spans = new Map<number, ConcernSpan>();
  for (const { at, what } of events) {
    if (what.kind === "concern") {
      const before = spans.get(what.number);
      spans.set(what.number, {
        number: what.number,
        kind: what.of,
        from: before?.from ?? at,
        to: null,
      });
    } else if (what.kind === "resolved") {
      const span = spans.get(what.number);
      if (span !== undefined) spans.set(what.number, { ...span, to: Math.max(at, span.from) });
    }
  }
  return [...spans.values()];
}

/** Where ages are put together: so long, and shorter than the next. */
export const AGES = [
  { from: 0, words: "under a week" },
  { from: 7 * DAY, words: "1 to 4 weeks" },
  { from: 28 * DAY, words: "1 to 3 months" },
  { from: 91 * DAY, words: "3 to 6 months" },
  { from: 182 * DAY, words: "6 to 12 months" },
  { from: 365 * DAY, words: "1 to 2 years" },
  { from: 730 * DAY, words: "2 to 4 years" },
  { from: 1461 * DAY, words: "4 years or more" },
] as const;

export interface CountedAge {
  readonly words: string;
  readonly count: number;
}

export const countedAges = (lengths: readonly number[]): readonly CountedAge[] =>
  AGES.map(({ from, words }, index) => {
    const until = AGES[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return { words, count: lengths.filter((length) => length >= from && length < until).length };
  });

/** `5 hours`, `3.5 days`, `120 days`: as exact as anybody wants to know it. */
export function lengthWords(length: number): string {
  const hours = length / (DAY / 24);
  if (hours < 1) return "under an hour";
  if (hours < 47.5) return `${Math.round(hours)} ${Math.round(hours) === 1 ? "hour" : "hours"}`;
  const days = length / DAY;
  return `${(days < 10 ? Math.round(days * 10) / 10 : Math.round(days)).toLocaleString("en")} days`;
}
