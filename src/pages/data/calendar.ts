import { plain, shorten } from "../../domain/messages/escape.js";
import type { ProposalSummary, PublicEvent } from "../../domain/model/publicView.js";
import type { Disposition } from "../../domain/model/rules.js";
import { DAY, type Instant, readable } from "../../domain/text/time.js";
import type { ProposalEvent } from "../source.js";
import { type FeedFacts, hostOf } from "./atom.js";
import { icalLine, icalMoment, icalText } from "./icalendar.js";

/** How long a period that is over stays in the calendar. */
const KEPT = 90 * DAY;
const MOST_OF_TITLE = 100;

/** One Final Comment Period. */
interface Period {
  readonly proposal: ProposalSummary;
  readonly motion: number;
  readonly disposition: Disposition;
  /** null: nobody told. */
  readonly begun: Instant | null;
  readonly endsAt: Instant;
  /** When it ended before its time, without a conclusion; null: it did not. */
  readonly cancelled: Instant | null;
}

/**
 * The ends of Final Comment Periods (RFC 5545), each a moment, as nobody is busy for it. One that was cancelled stays and says so, or a calendar that
 * has it already would go on showing it; one that is over stays as it was.
 */
export function fcpCalendar({ repository, summaries, events, publicRoot }: FeedFacts, now: Instant): string {
  const name = plain(`${repository.owner}/${repository.name}`);
  const scope = `${repository.id}`;
  const host = hostOf(repository.url);
  const kept = periods(summaries, events).filter(
    ({ endsAt, cancelled }) => (cancelled ?? endsAt) > now - KEPT,
  );
  return [
    icalLine("BEGIN", "VCALENDAR"),
    icalLine("VERSION", "2.0"),
    icalLine("PRODID", "-//msc-clerk//Final Comment Periods//EN"),
    icalLine("CALSCALE", "GREGORIAN"),
    icalLine("METHOD", "PUBLISH"),
    icalLine("NAME", icalText(`Final Comment Periods of ${name}`)),
    // What calendars read that do not know RFC 7986.
    icalLine("X-WR-CALNAME", icalText(`Final Comment Periods of ${name}`)),
    icalLine("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
    icalLine("X-PUBLISHED-TTL", "PT1H"),
    ...kept.map((period) =>
      vevent(period, `${scope}-${period.proposal.number}-${period.motion}@${host}`, publicRoot),
    ),
    icalLine("END", "VCALENDAR"),
  ].join("");
}

function vevent(period: Period, uid: string, publicRoot: string | null): string {
  const { proposal, disposition, begun, endsAt, cancelled } = period;
  const name = `#${proposal.number} ${shorten(plain(proposal.title), MOST_OF_TITLE)}`;
  const since = begun === null ? "" : ` It began on ${readable(begun)}.`;
  const until =
    cancelled === null
      ? `It ends on ${readable(endsAt)}, and concludes then if nothing stands in the way.`
      : `It was cancelled on ${readable(cancelled)}.`;
  const page = publicRoot === null ? proposal.url : `${publicRoot}${proposal.number}/`;
  return [
    icalLine("BEGIN", "VEVENT"),
    icalLine("UID", uid),
    // When this was made or last changed, and not now: as long as nothing happens, the calendar stays the same.
    icalLine("DTSTAMP", icalMoment(cancelled ?? begun ?? endsAt)),
    // Without an end it takes no time (3.6.1).
    icalLine("DTSTART", icalMoment(endsAt)),
    icalLine("SEQUENCE", cancelled === null ? "0" : "1"),
    icalLine("STATUS", cancelled === null ? "CONFIRMED" : "CANCELLED"),
    icalLine("TRANSP", "TRANSPARENT"),
    icalLine("SUMMARY", icalText(`FCP to ${disposition} ends: ${name}`)),
    icalLine(
      "DESCRIPTION",
      icalText(`Final Comment Period to ${disposition} ${name}.${since} ${until}\n${urlText(proposal.url)}`),
    ),
    icalLine("URL", urlText(page)),
    icalLine("END", "VEVENT"),
  ].join("");
}

/** A URI is written as it is (3.3.13), so nothing may be in it that ends a line. */
const urlText = (url: string): string => (URL.canParse(url) ? new URL(url).href : "");

/** By when they end; one for each motion whose period began. */
function periods(summaries: readonly ProposalSummary[], events: readonly ProposalEvent[]): readonly Period[] {
  const byProposal = new Map<number, ProposalEvent[]>(summaries.map(({ number }) => [number, []]));
  for (const event of events) byProposal.get(event.number)?.push(event);
  return summaries
    .flatMap((proposal) => periodsOf(proposal, byProposal.get(proposal.number) ?? []))
    .sort((a, b) => a.endsAt - b.endsAt || a.proposal.number - b.proposal.number || a.motion - b.motion);
}

function periodsOf(proposal: ProposalSummary, events: readonly PublicEvent[]): readonly Period[] {
  const { fcp, motion } = proposal;
  const found = new Map<number, Period>();
  for (const { at, what } of events)
    if (what.kind === "fcp_begun") {
      const { disposition, endsAt } = what;
      const cancelled = cancelledAt(what.motion, events, proposal);
      found.set(what.motion, { proposal, motion: what.motion, disposition, begun: at, endsAt, cancelled });
    }
  // The one that runs is told by the board too, and there as it stands now.
  if (fcp !== null && motion !== null)
    found.set(motion.number, {
      proposal,
      motion: motion.number,
      disposition: motion.disposition,
      begun: fcp.startedAt,
      endsAt: fcp.endsAt,
      cancelled: null,
    });
  return [...found.values()];
}

/** When a motion ended otherwise than by the conclusion of its period; null: it did not, or runs. */
function cancelledAt(
  motion: number,
  events: readonly PublicEvent[],
  proposal: ProposalSummary,
): Instant | null {
  for (const { at, what } of events)
    if ("motion" in what && what.motion === motion) {
      if (what.kind === "concluded") return null;
      if (what.kind === "cancelled" || what.kind === "overridden" || what.kind === "merged_undecided")
        return at;
    }
  // Nothing tells when, but the board tells that, and since when it is so.
  const { motion: last, since } = proposal;
  const end = last?.number === motion ? last.end : null;
  return end === null || end === "concluded" || end === "void" ? null : since;
}
