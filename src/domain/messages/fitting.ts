import { cutTo } from "../text/cut.js";

/** A comment may hold 65,536 characters; the clerk's hidden record needs its share of them. */
export const COMMENT_LIMIT = 40_000;

/**
 * The first of the versions, from the most to the least telling, that keeps within `limit` characters. Should even the last be
 * too long, it ends after a whole line, and says so.
 */
export function fitting(versions: readonly (() => string)[], limit: number = COMMENT_LIMIT): string {
  let text = "";
  for (const version of versions) {
    text = version();
    if (text.length <= limit) return text;
  }
  const room = limit - CUT.length;
  const lineEnd = text.lastIndexOf("\n", room);
  return `${cutTo(text, lineEnd > 0 ? lineEnd : room)}${CUT}`;
}

const CUT = "\n\n(The rest is too long to show here.)";
