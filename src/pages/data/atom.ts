import { plain, shorten } from "../../domain/messages/escape.js";
import { eventSentence, eventText } from "../../domain/messages/eventSentence.js";
import type { ProposalSummary } from "../../domain/model/publicView.js";
import { wellFormed } from "../../domain/text/cut.js";
import { iso } from "../../domain/text/time.js";
import type { PagesRepository, ProposalEvent } from "../source.js";
import { transitionsOf } from "./transitions.js";
import { element, xmlText } from "./xml.js";

const MOST_ENTRIES = 100;
const MOST_OF_TITLE = 100;
/** What a feed without an entry of its own says to be written by. */
const CLERK = "msc-clerk";

/** What a feed or a calendar of one repository is made of. */
export interface FeedFacts {
  readonly repository: PagesRepository;
  readonly summaries: readonly ProposalSummary[];
  /** In any order. */
  readonly events: readonly ProposalEvent[];
  /** As of `Asked`. */
  readonly publicRoot: string | null;
}

/** Atom (RFC 4287) of the newest transitions. Everything people wrote is one line of plain text in it: no markup, nothing unseen. */
export function atomFeed(facts: FeedFacts): string {
  const { repository, summaries, events, publicRoot } = facts;
  const byNumber = new Map(summaries.map((summary) => [summary.number, summary]));
  const newest = latestFirst(transitionsOf(events)).flatMap((event) => {
    const proposal = byNumber.get(event.number);
    return proposal === undefined ? [] : { event, proposal };
  });
  const shown = newest.slice(0, MOST_ENTRIES);
  const name = plain(`${repository.owner}/${repository.name}`);
  const feed = element(
    "feed",
    { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "en" },
    element("id", {}, xmlText(tagOf(repository))),
    element("title", {}, xmlText(`Decisions on ${name}`)),
    // Of the newest, and not of now: as long as nothing happens, the feed stays the same. There has to be one where nothing ever happened, too.
    element("updated", {}, iso(shown[0]?.event.at ?? 0)),
    element("author", {}, element("name", {}, CLERK)),
    element("generator", {}, CLERK),
    element("link", {
      rel: "self",
      type: "application/atom+xml",
      href: publicRoot === null ? "feed.atom" : `${publicRoot}feed.atom`,
    }),
    element("link", { rel: "alternate", type: "text/html", href: publicRoot ?? repository.url }),
    ...shown.map(({ event, proposal }) => entry(event, proposal, facts)),
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed}\n`;
}

function entry(
  event: ProposalEvent,
  proposal: ProposalSummary,
  { repository, publicRoot }: FeedFacts,
): string {
  const sentence = eventSentence(event, proposal);
  const whole = eventText(event);
  const name = `#${event.number} ${shorten(plain(proposal.title), MOST_OF_TITLE)}`;
  return element(
    "entry",
    {},
    element("id", {}, xmlText(tagOf(repository, String(event.number), event.id))),
    element("title", {}, xmlText(`${name}: ${sentence}`)),
    element("updated", {}, iso(event.at)),
    element("published", {}, iso(event.at)),
    ...(event.by === null ? [] : [element("author", {}, element("name", {}, xmlText(nameOf(event.by))))]),
    element("link", { rel: "alternate", type: "text/html", href: event.url ?? proposal.url }),
    ...(publicRoot === null
      ? []
      : [element("link", { rel: "related", type: "text/html", href: `${publicRoot}${event.number}/` })]),
    element("category", { term: event.what.kind }),
    // Where the sentence quotes all of it already, it is not said twice.
    element(
      "content",
      { type: "text" },
      xmlText(whole === "" || sentence.includes(whole) ? sentence : `${sentence}\n\n${whole}`),
    ),
  );
}

/** A name may not be empty (RFC 4287, 3.2.1), and of one that holds nothing seen nothing would be left. */
const nameOf = (login: string): string => plain(login) || "?";

/** Newest first; those of one moment in the order of their proposals and ids, so that two looks at the same show the same. */
export const latestFirst = <Event extends ProposalEvent>(events: readonly Event[]): readonly Event[] =>
  [...events].sort((a, b) => b.at - a.at || b.number - a.number || (a.id < b.id ? 1 : -1));

/**
 * A `tag:` URI (RFC 4151): the same for ever, wherever the pages are reached, and after a rename, as it goes by GitHub's number of the repository,
 * which is one on that GitHub.
 */
const tagOf = ({ id, url }: PagesRepository, ...within: readonly string[]): string =>
  `tag:${hostOf(url)},2026:msc-clerk/${[String(id), ...within.map((part) => encodeURIComponent(wellFormed(part)))].join("/")}`;

/** Of the GitHub that the repository is on, without what a tag knows none of. */
export const hostOf = (url: string): string =>
  (URL.canParse(url) ? new URL(url).hostname.replace(/[^\w.-]/g, "") : "") || "github.com";
