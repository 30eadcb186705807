import { plain, shorten } from "../domain/messages/escape.js";
import { type Html, html, NOTHING } from "../platform/html.js";

/** Longer texts are folded, so that one of them does not push all others off the page. */
const FOLDED_FROM = 600;
const SHOWN_OF_FOLDED = 160;

/** What a person wrote, in their own voice, its paragraphs kept; nothing where there is nothing. Texts of theirs are text, whatever is in them. */
export function saidText(text: string): Html {
  const paragraphs = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(plain)
    .filter((line) => line !== "");
  if (paragraphs.length === 0) return NOTHING;
  const quoted = html`<blockquote class="said">${paragraphs.map((line) => html`<p><bdi>${line}</bdi></p>`)}</blockquote>`;
  return text.length <= FOLDED_FROM
    ? quoted
    : html`<details class="said"><summary><bdi>${shorten(paragraphs.join(" "), SHOWN_OF_FOLDED)}</bdi></summary>${quoted}</details>`;
}
