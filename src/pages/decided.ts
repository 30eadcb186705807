import { plain } from "../domain/messages/escape.js";
import type { Place, ProposalSummary, Turnout } from "../domain/model/publicView.js";
import type { Disposition } from "../domain/model/rules.js";
import type { Instant } from "../domain/text/time.js";
import type { DecidedLine, ProposalEvent } from "./source.js";

/** How one motion ended; or, of before the clerk came, what labels say. */
export interface EndedMotion {
  readonly pull: number;
  readonly title: string;
  /** null: nobody told, of before the clerk came. */
  readonly motion: number | null;
  readonly how: "concluded" | "overridden" | "cancelled" | "merged_undecided" | "labels";
  /** In words. */
  readonly outcome: string;
  readonly disposition: Disposition | null;
  readonly at: Instant;
  readonly turnout: readonly Turnout[];
  /** Why, where somebody had to say it. */
  readonly reason: string;
  /** null: there is none. */
  readonly record: DecidedLine | null;
  /** Where it can be looked up; null: on its page. */
  readonly url: string | null;
  /** Oldest first. */
  readonly corrections: readonly {
    readonly at: Instant;
    readonly by: string | null;
    readonly reason: string;
    readonly url: string | null;
  }[];
}

/** Of all that has ended, newest first: what has a record, what events tell, and what was decided before the clerk came. */
export function endedMotions(
  summaries: readonly ProposalSummary[],
  events: readonly ProposalEvent[],
  decided: readonly DecidedLine[],
): readonly EndedMotion[] {
  const known = new Map(summaries.map((summary) => [summary.number, summary]));
  const told = new Map<string, ProposalEvent>();
  for (const event of events)
    if (ENDS.has(event.what.kind) && "motion" in event.what)
      told.set(`${event.number} ${event.what.motion}`, event);
  const recorded = new Set(decided.map(({ pull, motion }) => `${pull} ${motion}`));
  const corrections = correctionsOf(events);
  const moved = new Map<string, Disposition>();
  for (const { number, what } of events)
    if (what.kind === "motion") moved.set(`${number} ${what.motion}`, what.disposition);
  const finished = (
    pull: number,
    motion: number,
    event: ProposalEvent | undefined,
    record: DecidedLine | null,
  ): EndedMotion => ({
    pull,
    motion,
    title: known.get(pull)?.title ?? "",
    how: howOf(event, record),
    outcome: outcomeOf(event, record, known.get(pull)?.amendment === true),
    disposition:
      event?.what.kind === "concluded" ? event.what.disposition : (moved.get(`${pull} ${motion}`) ?? null),
    at: record?.at ?? event?.at ?? 0,
    turnout: event?.what.kind === "concluded" ? event.what.turnout : [],
    reason: event?.what.kind === "overridden" ? event.what.reason : "",
    record,
    url: record !== null && record.url !== "" ? record.url : (event?.url ?? null),
    corrections: corrections.get(`${pull} ${motion}`) ?? [],
  });
  return [
    ...decided.map((line) => finished(line.pull, line.motion, told.get(`${line.pull} ${line.motion}`), line)),
    ...[...told].flatMap(([key, event]) =>
      "motion" in event.what && !recorded.has(key)
        ? [finished(event.number, event.what.motion, event, null)]
        : [],
    ),
    ...summaries.flatMap(ofLabels),
  ].sort((a, b) => b.at - a.at || b.pull - a.pull);
}

const ENDS: ReadonlySet<string> = new Set(["concluded", "overridden", "cancelled", "merged_undecided"]);

function correctionsOf(
  events: readonly ProposalEvent[],
): ReadonlyMap<string, readonly EndedMotion["corrections"][number][]> {
  const found = new Map<string, EndedMotion["corrections"][number][]>();
  for (const { number, at, by, url, what } of events)
    if (what.kind === "corrected") {
      const key = `${number} ${what.motion}`;
      found.set(key, [...(found.get(key) ?? []), { at, by, reason: what.reason, url }]);
    }
  return found;
}

function howOf(event: ProposalEvent | undefined, record: DecidedLine | null): EndedMotion["how"] {
  if (record?.outcome.startsWith("override") === true) return "overridden";
  switch (event?.what.kind) {
    case "overridden":
    case "cancelled":
    case "merged_undecided":
      return event.what.kind;
    default:
      return "concluded";
  }
}

const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ["merge", "Accepted"],
  ["close", "Rejected"],
  ["postpone", "Postponed"],
  ["amendment", "Amendment approved"],
  ["override finished", "Decided elsewhere"],
  ["override cancelled", "Cancelled by a decision elsewhere"],
]);

function outcomeOf(event: ProposalEvent | undefined, record: DecidedLine | null, amendment: boolean): string {
  if (record !== null) return OUTCOMES.get(record.outcome) ?? plain(record.outcome);
  switch (event?.what.kind) {
    case "concluded":
      return (
        OUTCOMES.get(
          amendment && event.what.disposition === "merge" ? "amendment" : event.what.disposition,
        ) ?? ""
      );
    case "overridden":
      return OUTCOMES.get(`override ${event.what.outcome}`) ?? "";
    case "cancelled":
      return CANCELLED[event.what.how];
    default:
      return "Merged without a decision";
  }
}

const CANCELLED = {
  command: "Cancelled",
  closed: "Cancelled: it was closed",
  lost: "Cancelled: the clerk’s record was lost",
} as const;

/** What places say of a decision; the others were not decided. */
const DECIDED_PLACES: Partial<Record<Place, string>> = {
  finished: "Final Comment Period finished",
  spec_missing: "Accepted",
  spec_in_review: "Accepted",
  merged: "Accepted",
  rejected: "Rejected",
  postponed: "Postponed",
};

function ofLabels(summary: ProposalSummary): readonly EndedMotion[] {
  const outcome = DECIDED_PLACES[summary.place];
  return summary.known === "clerk" || outcome === undefined
    ? []
    : [
        {
          pull: summary.number,
          motion: null,
          title: summary.title,
          how: "labels",
          outcome,
          disposition: null,
          at: summary.endedAt ?? summary.updatedAt,
          turnout: [],
          reason: "",
          record: null,
          url: summary.url,
          corrections: [],
        },
      ];
}

export const yearOf = (at: Instant): number => new Date(at).getUTCFullYear();

/** Years with what ended in each, newest first. */
export function byYear(ended: readonly EndedMotion[]): ReadonlyMap<number, readonly EndedMotion[]> {
  const years = new Map<number, EndedMotion[]>();
  for (const motion of ended) {
    const year = yearOf(motion.at);
    const own = years.get(year);
    if (own === undefined) years.set(year, [motion]);
    else own.push(motion);
  }
  return years;
}
