import { escapeHtml } from "../platform/html.js";

/** A message as plain text of one line each. */
export interface RoomMessage {
  /** What it is about: shown as a link to `url`. */
  readonly subject: string;
  readonly sentence: string;
  readonly url: string;
}

/** In the content of each notice, so that it can be found in the room again where the homeserver has forgotten its transaction id. */
export const MARK = "org.matrix.msc_clerk.notice";

/**
 * The content of the event: a notice, which no program answers, as text and in the HTML that clients show.
 * https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes
 */
export function noticeContent({ subject, sentence, url }: RoomMessage, transaction: string): object {
  const [about, said] = [inert(subject), inert(sentence)];
  const address = /^https?:\/\/[!-~]+$/.test(url) ? url : null;
  const linked =
    address === null ? escapeHtml(about) : `<a href="${escapeHtml(address)}">${escapeHtml(about)}</a>`;
  return {
    msgtype: "m.notice",
    body: `${about}: ${said}${address === null ? "" : ` ${address}`}`,
    format: "org.matrix.custom.html",
    formatted_body: `${linked}: ${escapeHtml(said)}`,
    // It calls nobody: https://spec.matrix.org/latest/client-server-api/#user-and-room-mentions
    "m.mentions": {},
    [MARK]: transaction,
  };
}

/**
 * Titles and concerns are strangers' text, in which clients find mentions of people, rooms and everybody, and addresses to link: a zero-width space after
 * their sign stops that, and shows as nothing.
 */
const inert = (text: string): string =>
  text
    .replace(/[@!](?=\S)/g, "$&\u200B")
    .replace(/#(?=[^\s\d])/g, "$&\u200B")
    .replace(/:(?=\/\/)/g, "$&\u200B")
    .replace(/\b(?:www(?=\.)|matrix(?=:|\.to\b))/gi, "$&\u200B");
