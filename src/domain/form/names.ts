import { cutTo } from "../text/cut.js";

/** How much of a name or a title is looked at. */
const LONGEST = 300;

/** A title or a heading, taken apart at its number. */
export interface NumberedTitle {
  /** `[WIP]`, `Draft:` and the like stand before it. */
  readonly unfinished: boolean;
  /** null: none, or a placeholder. */
  readonly number: number | null;
  /** The words behind it. */
  readonly rest: string;
  /** Without the mark of what is unfinished, as it was written. */
  readonly bare: string;
}

const MARK = /^(?:\[(wip|draft|tbd)\]|(wip|draft|tbd) ?[:–—-])[ :–—-]*/iu;
const NUMBER = /^[ :#_-]{0,9}(?:(\d{1,9})|x{1,9}|n{2,9}|\?{1,9}|tbd)(?![\p{L}\p{N}])/iu;
/** Without the word before it a number of few digits could be anything: `1:1 rooms`. */
const BARE_NUMBER = /^(\d{3,9})(?=: |\. | [–—-] )/u;
const SEPARATORS = /^[ :.,–—-]{0,9}/u;

/** `prefix` may stand before the number in any letters; null: nothing is looked for. */
export function numberedTitle(given: string, prefix: string | null): NumberedTitle {
  let words = cutTo(given, LONGEST).replace(/\s+/gu, " ").trim();
  let unfinished = false;
  for (let mark = MARK.exec(words); mark !== null; mark = MARK.exec(words)) {
    unfinished ||= (mark[1] ?? mark[2] ?? "").toLowerCase() !== "tbd";
    words = words.slice(mark[0].length);
  }
  const none = { unfinished, number: null, rest: words, bare: words };
  if (prefix === null) return none;
  const prefixed = words.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
  const behind = prefixed ? words.slice(prefix.length) : words;
  const found = (prefixed ? NUMBER : BARE_NUMBER).exec(behind);
  if (found !== null) {
    const rest = behind.slice(found[0].length).replace(SEPARATORS, "");
    return { unfinished, number: Number(found[1] ?? 0) || null, rest, bare: words };
  }
  // `MSC: words`; but `MSC to remove words` is a title as it is.
  return prefixed && /^ ?[:–—-]/u.test(behind) ? { ...none, rest: behind.replace(SEPARATORS, "") } : none;
}

/** A file's name, taken apart at its number. */
export interface NumberedName {
  readonly folder: string;
  /** null: none, or a placeholder (`0000`, `xxxx`). */
  readonly number: number | null;
  /** The words, in small letters with hyphens between. */
  readonly words: string;
  /** With the dot; empty: none. */
  readonly extension: string;
  /** What stands before the extension. */
  readonly stem: string;
}

const NAME_NUMBER = /^[ _.-]{0,9}(?:(\d{1,9})|x{2,9}|n{2,9})(?=[ _.-]|$)/iu;

export function numberedName(path: string, prefix: string | null): NumberedName {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const short = cutTo(stem, LONGEST);
  const prefixed = prefix !== null && short.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
  const behind = prefixed ? short.slice(prefix.length) : short;
  const found = NAME_NUMBER.exec(behind);
  const words = found === null ? short : behind.slice(found[0].length);
  return {
    folder: path.slice(0, slash + 1),
    number: Number(found?.[1] ?? 0) || null,
    words: kebab(words),
    extension,
    stem,
  };
}

/** Small letters and figures with single hyphens between: `MediaRepo_v2.1` is `media-repo-v2-1`. */
export const kebab = (words: string): string =>
  words
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1-")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/gu, "");
