import { bytesOf, cutTo, cutToBytes } from "../text/cut.js";

/** A comment may hold 65,536 characters; the clerk's hidden record needs its share of them. */
export const COMMENT_LIMIT = 40_000;
/** And a check's summary so many bytes, which 40,000 Chinese characters are not. https://github.com/github/docs/issues/35252 */
export const SUMMARY_BYTES = 65_535;

/**
 * The first of the versions, from the most to the least telling, that keeps within `limit` characters and so many bytes. Should even the
 * last be too long, it ends after a whole line, and says so.
 */
export function fitting(
  versions: readonly (() => string)[],
  limit: number = COMMENT_LIMIT,
  bytes: number = Number.POSITIVE_INFINITY,
): string {
  let text = "";
  for (const version of versions) {
    text = version();
    if (text.length <= limit && bytesOf(text) <= bytes) return text;
  }
  const most = cutToBytes(cutTo(text, limit - CUT.length), bytes - CUT.length);
  const lineEnd = text.lastIndexOf("\n", most.length);
  return `${lineEnd > 0 ? text.slice(0, lineEnd) : most}${CUT}`;
}

const CUT = "\n\n(The rest is too long to show here.)";

/** A part of a text in each of its details, written once however many versions have it so: a list of a thousand votes takes milliseconds. */
export function onceEach<Detail extends string>(
  write: (detail: Detail) => string,
): (detail: Detail) => string {
  const known = new Map<Detail, string>();
  return (detail) => {
    const text = known.get(detail) ?? write(detail);
    known.set(detail, text);
    return text;
  };
}
