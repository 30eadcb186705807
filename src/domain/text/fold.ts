/**
 * Runs of white space of any kind (no-break spaces and line breaks too) become one plain space; none at the ends. Characters
 * without width that come along when people paste (zero-width space, word joiner, byte order mark) go.
 */
export const foldSpace = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .replace(/[\u200b\u2060\ufeff]+/gu, "")
        .replace(/[\s\u0085]+/gu, " ")
        .trim();

/** Words of printable ASCII with one space between them, as nearly all that is compared: there is no space to fold, and one way to write it. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/u;

/**
 * The form in which two texts written by people are compared: concern texts, team names. White space folded, canonically
 * composed (an `é` typed in two ways is one letter), lower case.
 */
export const fold = (text: string): string =>
  PLAIN.test(text) ? text.toLowerCase() : foldSpace(text.normalize("NFC")).toLowerCase().normalize("NFC");

/** How many bytes the text takes as UTF-8; half a character counts as the sign that stands for it. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
