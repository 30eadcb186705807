/**
 * Text other people wrote, made safe to stand inside a line of the clerk's: it shows as the same characters, and as nothing
 * but characters. GitHub looks for mentions and references in the rendered text, where a backslash is long gone; a zero-width
 * space after the sign is what stops it, as other bots do:
 * https://github.com/renovatebot/renovate/blob/main/lib/util/markdown.ts
 */

/** Written as an entity, so that whoever reads the source of a comment can see it. */
const GAP = "&#8203;";

/**
 * Characters that say nothing and can hide, imitate or reorder others: controls, lone surrogates, all that Unicode has shown as
 * nothing where it is not known (zero-width, direction marks, soft hyphen, fillers, tags, variation selectors), annotations, the blank of
 * Braille.
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]/u;

/** Scripts in whose words a joiner, or a non-joiner, changes the letters beside it. */
const JOINING =
  "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}" +
  "\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}" +
  "\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";

/** The unseen characters that have a use: joiners within words of those scripts and within emoji, and the mark that shows an emoji as one. */
const KEPT = `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]|\\p{Extended_Pictographic}\\uFE0F)\\u200D(?=\\p{Extended_Pictographic})|(?<=[\\p{Extended_Pictographic}#*0-9])\\uFE0F`;
const UNSEEN_OR_KEPT = new RegExp(`${KEPT}|(${UNSEEN.source})`, "gu");

/** Letters have one mark above them, some two, in pointed Hebrew and Tibetan four; a letter with more of them covers the lines around it. */
const TOWER = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu;
/** At the start of a text such a mark would sit on the character before it, which is the clerk's. */
const STRAY = /^[\p{M} ]+/u;

/** Each unseen character as this shows it; those that have their use stay as they are. */
export const withUnseen = (text: string, show: (character: string) => string): string =>
  text.replace(UNSEEN_OR_KEPT, (character, unseen: string | undefined) =>
    unseen === undefined ? character : show(unseen),
  );

/** Where a text holds unseen characters, line ends and tabs apart. */
export const unseenIn = (text: string): readonly { readonly at: number; readonly character: string }[] =>
  Array.from(text.matchAll(UNSEEN_OR_KEPT), ({ 1: character, index: at }) => ({ at, character })).flatMap(
    ({ at, character }) =>
      character === undefined || "\t\r\n".includes(character) ? [] : [{ at, character }],
  );

/** Words of ASCII with a blank between them: nothing of it is unseen, so nobody has to look. */
const CLEAR = /^[!-~]+(?: [!-~]+)*$/;

/** One line of plain text: white space folded, unseen characters gone. For places that know no Markdown. */
export const plain = (text: string): string =>
  CLEAR.test(text)
    ? text
    : withUnseen(text.replace(/[\s\u0085]+/gu, " "), () => "")
        .replace(/ {2,}/g, " ")
        .replace(TOWER, "$1")
        .replace(STRAY, "")
        .trimEnd();

/** At most `limit` characters, the last an ellipsis when something was cut: after a whole word, unless words are that long. Never splits a surrogate pair. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  const most = Math.max(0, limit - 1);
  const word = Math.max(characters.lastIndexOf(" ", most), 0);
  return `${characters
    .slice(0, word > most / 2 ? word : most)
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
