/**
 * Text other people wrote, made safe to stand inside a line of the clerk's: it shows as the same characters, and as nothing
 * but characters. GitHub looks for mentions and references in the rendered text, where a backslash is long gone; a zero-width
 * space after the sign is what stops it, as other bots do:
 * https://github.com/renovatebot/renovate/blob/main/lib/util/markdown.ts
 */

/** Written as an entity, so that whoever reads the source of a comment can see it. */
const GAP = "&#8203;";

/** Characters that say nothing and can hide or reorder others: controls, zero-width, direction marks, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0001}]/gu;

/** One line of plain text: white space folded, unseen characters gone. For places that know no Markdown. */
export const plain = (text: string): string =>
  text
    .replace(/[\s\u0085]+/gu, " ")
    .replace(UNSEEN, "")
    .replace(/ {2,}/g, " ")
    .trim();

/** At most `limit` characters, the last an ellipsis when something was cut. Never splits a surrogate pair. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, Math.max(0, limit - 1))
        .join("")
        .trimEnd()}…`;
}

/**
 * One line of Markdown that shows `text` and does nothing else: no mention, no reference to an issue, no link, image, heading,
 * list, box, emphasis, code, formula, HTML or table cell.
 */
export const escaped = (text: string): string =>
  plain(text)
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/#(?!\d)/g, "\\#")
    .replace(/#(?=\d)/g, `#${GAP}`)
    .replace(/\$/g, "&#36;")
    .replace(/@/g, `@${GAP}`)
    .replace(/\bgh-(?=\d)/gi, `$&${GAP}`)
    .replace(/:(?=\/\/)/g, `:${GAP}`)
    .replace(/\bwww(?=\.)/gi, `$&${GAP}`)
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");

/** User text quoted inside a sentence: short, escaped, in quotation marks. */
export const quote = (text: string, limit = 200): string => `“${escaped(shorten(plain(text), limit))}”`;
