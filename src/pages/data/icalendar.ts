import { type Instant, iso } from "../../domain/text/time.js";

/** Lines of a file are at most this long, in bytes, without their end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;

/** What no line may hold even escaped: controls, and halves of surrogate pairs, which are no characters. */
const NO_TEXT = /[\p{Cc}\p{Cs}]/gu;

/** A value of the type TEXT (RFC 5545, 3.3.11). Lines of it are told by `\n` alone. */
export const icalText = (text: string): string =>
  text
    .replace(/\\/g, "\\\\")
    .replace(/[;,]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(NO_TEXT, "");

/** `20260303T140500Z` */
export const icalMoment = (at: Instant): string => iso(at).replace(/[-:]/g, "");

/** `NAME:VALUE` as lines of the file, each with its end: what is too long goes on behind a blank, and no character is cut through. */
export function icalLine(name: string, value: string): string {
  const lines: string[] = [];
  let line = "";
  let bytes = 0;
  for (const character of `${name}:${value}`) {
    const size = Buffer.byteLength(character);
    if (bytes + size > LONGEST_LINE) {
      lines.push(line);
      line = " ";
      bytes = 1;
    }
    line += character;
    bytes += size;
  }
  return [...lines, line].map((folded) => `${folded}\r\n`).join("");
}
