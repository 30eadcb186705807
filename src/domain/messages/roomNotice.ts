import type { HappeningKind, ProposalSummary, PublicEvent } from "../model/publicView.js";
import { DIGEST_TITLE } from "./digest.js";
import { plain, shorten } from "./escape.js";
import { eventSentence } from "./eventSentence.js";

/** What is told to a room of people: plain texts of one line, which whoever sends them escapes. */
export interface RoomNotice {
  /** Which proposal: its number and its title. */
  readonly subject: string;
  /** What has happened to it. */
  readonly sentence: string;
  /** Where it can be looked up. */
  readonly url: string;
}

export type NoticedProposal = Pick<
  ProposalSummary,
  "number" | "title" | "url" | "amendment" | "place" | "teams" | "sentence" | "fcp"
>;

/**
 * What a room is told of: what moves a decision on or holds it up. All of it is done by members, or by who may merge, so that no stranger can have anything
 * said there. Of what happens in the same second the earlier in this list is told first.
 */
const NOTICED: readonly HappeningKind[] = [
  "motion",
  "concern",
  "resolved",
  "fcp_begun",
  "fcp_blocked",
  "concluded",
  "cancelled",
  "overridden",
  "corrected",
  "merged",
];

/** remind.digest: what a room is told of it, as it is kept until it is told. */
export type DigestNews = Pick<RoomNotice, "sentence" | "url">;

/** @param repository as of a proposal */
export const digestNotice = (news: DigestNews, repository: string | null): RoomNotice => ({
  ...news,
  subject: `${DIGEST_TITLE}${repository === null ? "" : ` in ${plain(repository)}`}`,
});

export const isNoticed = ({ what }: PublicEvent): boolean => NOTICED.includes(what.kind);

/** In which order what happened in the same second is told. */
export const rankOf = ({ what }: PublicEvent): number => NOTICED.indexOf(what.kind);

const MOST_TITLE = 150;
const MOST_STATUS = 400;

/** @param repository `OWNER/NAME`, where the room is told of several; null: of this one alone */
export function roomNotice(
  event: PublicEvent,
  proposal: NoticedProposal,
  repository: string | null,
): RoomNotice {
  const { number, title, amendment, url } = proposal;
  const kind = amendment ? "Amendment " : "";
  return {
    subject: `${kind}${plain(repository ?? "")}#${number} “${shorten(plain(title), MOST_TITLE)}”`,
    sentence: sentenceOf(event, proposal),
    url: event.url ?? url,
  };
}

function sentenceOf(event: PublicEvent, proposal: NoticedProposal): string {
  const { what, by } = event;
  const adopted = what.kind === "merged" && proposal.amendment;
  if (what.kind === "motion" && proposal.amendment)
    return by === null ? "It was proposed." : `${plain(by)} proposed it.`;
  // Where nobody approved it, a merge brings it into the file all the same (config.lawful).
  if (adopted && proposal.place === "undecided")
    return `${merged(by)} without approval. By the rules it does not count until it is ratified or reverted.`;
  if (adopted) return `${merged(by)}, and it is in force.`;
  if (what.kind === "merged" && proposal.place === "undecided") return `${merged(by)} without a decision.`;
  const sentence = eventSentence(event, proposal);
  // As it stands now; once it has concluded that is told next.
  return what.kind === "fcp_blocked" && proposal.fcp !== null
    ? `${sentence} ${shorten(plain(proposal.sentence), MOST_STATUS)}`
    : sentence;
}

const merged = (by: string | null): string => (by === null ? "It was merged" : `${plain(by)} merged it`);
