import { shownText } from "./shownText.js";

/** So many addresses of one text, and of so many characters each. */
const MOST = 20;
const LONGEST = 300;

const HEADING = /^ {0,3}#{1,6}[ \t]+(.*)$/;
/** `Implementations:` on a line of its own or with what follows it, perhaps in bold. */
const LABELLED = /^[ \t]*(?:[-*+][ \t]+)?[*_]{0,2}implementations?[*_]{0,2}:[*_]{0,2}(?:[ \t]|$)/i;
const NAMED = /^[*_]{0,2}(?:\w+[ \t]+)?implementations?\b/i;
const ADDRESS = /https?:\/\/[^\s<>()[\]"'`|\\]+/gi;

/**
 * The addresses that a text links as implementations: all that stand under a heading “Implementation” (or “Implementations”, also with a word
 * before it), up to the next heading, and on a line that begins with “Implementation:”, up to the next empty one. Not what stands in fenced
 * code or in an HTML comment.
 */
export function implementationLinks(text: string): readonly string[] {
  const found = new Set<string>();
  let under: "heading" | "line" | null = null;
  for (const line of shownText(text)) {
    const heading = line === null ? null : HEADING.exec(line);
    if (heading !== null) under = NAMED.test(heading[1] ?? "") ? "heading" : null;
    else if (line !== null && under !== "heading" && LABELLED.test(line)) under = "line";
    else if (under === "line" && (line ?? "").trim() === "") under = null;
    if (line === null || under === null) continue;
    for (const [address] of line.matchAll(ADDRESS)) {
      // To look for the end of a longer one takes the square of its length.
      if (address.length > LONGEST || found.size >= MOST) continue;
      found.add(address.replace(/[.,;:!*_]+$/, ""));
    }
  }
  return [...found];
}
