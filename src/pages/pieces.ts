import { plain, shorten } from "../domain/messages/escape.js";
import { day } from "../domain/messages/grammar.js";
import { type Instant, iso, readable } from "../domain/text/time.js";
import { type Html, html, type Piece } from "../platform/html.js";

/** A title as one line of bearable length; what reorders or hides letters has no say beyond it. */
export const titleText = (title: string, limit = 200): Html =>
  html`<bdi>${shorten(plain(title), limit) || "untitled"}</bdi>`;

/** Words of people or of the config within a sentence. */
export const isolated = (text: string, limit = 200): Html => html`<bdi>${shorten(plain(text), limit)}</bdi>`;

/** Somebody's name; null: the account is gone. */
export const loginText = (login: string | null): Html =>
  login === null ? html`somebody whose account is gone` : isolated(login, 100);

/** Names parted by commas. */
export const loginList = (logins: readonly string[]): Html =>
  html`${logins.map((login, index) => html`${index > 0 && ", "}${loginText(login)}`)}`;

export const momentText = (at: Instant): Html => html`<time datetime="${iso(at)}">${readable(at)}</time>`;

export const dayText = (at: Instant): Html => html`<time datetime="${iso(at)}">${day(at)}</time>`;

/** A link out of these pages; words alone where there is no address, or one that no browser should follow. */
export const outward = (url: string | null, words: Piece): Html =>
  url !== null && /^https?:\/\/[^\s]+$/.test(url)
    ? html`<a href="${url}" rel="noreferrer nofollow ugc">${words}</a>`
    : html`${words}`;
