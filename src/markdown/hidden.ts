import { MarkupFinder } from "./html.js";

/** A stretch of a text, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TagAt {
  readonly at: number;
  readonly name: string;
  readonly closes: boolean;
}

/** The parts of a paragraph that are not words its author said. */
export interface Concealment {
  /** Code spans, tags, links and struck-out text: what begins inside one of them is not said at the start of a line. */
  readonly spans: readonly Span[];
  /** HTML comments and their like: they show nothing and are no part of what was said. In order, apart from each other. */
  readonly comments: readonly Span[];
  /** Tags, in order, that may open or close an element whose text is not said. */
  readonly tags: readonly TagAt[];
  /** A tag was begun and never ended, so that a browser takes what follows, also in later paragraphs, for part of it. */
  readonly brokenOff: boolean;
}

const NOTHING: Concealment = { spans: [], comments: [], tags: [], brokenOff: false };

/**
 * Reads the inline structure of a paragraph (CommonMark; GitHub's strikethrough besides), each kind by its own
 * closer, and reads no stretch more than a fixed number of times.
 * Where CommonMark would have to know the link definitions of the whole page, `definitions` says whether there may be any; if
 * so, anything in brackets counts as a link.
 */
export function concealedInText(text: string, definitions: boolean): Concealment {
  if (!/[`<[~]/u.test(text)) return NOTHING;
  const spans: Span[] = [];
  const comments: Span[] = [];
  const tags: TagAt[] = [];
  const markup = new MarkupFinder(text);
  const ticks = new TickRuns(text);
  const brackets: number[] = [];
  const strikes = new Map<number, number>();
  let at = definitionsAt(text);
  if (at > 0) spans.push({ start: -1, end: at });
  while (at < text.length) {
    const character = text[at];
    if (character === "\\") at += isPunctuation(text[at + 1]) ? 2 : 1;
    else if (character === "`") {
      const length = runLength(text, at);
      const end = ticks.closing(at + length, length);
      if (end !== null) spans.push({ start: at, end });
      at = end ?? at + length;
    } else if (character === "<") {
      const found = markup.at(at) ?? autolink(text, at);
      if (found === null) at++;
      else {
        if (found.tag !== null) tags.push({ at, ...found.tag });
        if (found.tag === null && /[!?]/u.test(text.charAt(at + 1)))
          comments.push({ start: at, end: found.end });
        else spans.push({ start: at, end: found.end });
        at = found.end;
      }
    } else if (character === "[") {
      brackets.push(at);
      at++;
    } else if (character === "]") {
      const start = brackets.pop();
      at++;
      if (start !== undefined) {
        const end = linkTail(text, at);
        if (end !== null) spans.push({ start, end });
        else if (definitions) spans.push({ start, end: at });
      }
    } else if (character === "~") {
      const length = runLength(text, at);
      const start = strikes.get(length);
      if (start !== undefined && isSolid(text[at - 1])) {
        spans.push({ start, end: at + length });
        strikes.delete(length);
      } else if (length <= 2 && isSolid(text[at + length])) strikes.set(length, at);
      at += length;
    } else at++;
  }
  return { spans, comments, tags, brokenOff: false };
}

/**
 * The same for raw HTML. Markdown does not count in there, but people forget that: where it seems to hold code or a
 * quote written the Markdown way, none of it is taken for said.
 */
export function concealedInHtml(text: string): Concealment {
  const spans: Span[] = [];
  const comments: Span[] = [];
  const tags: TagAt[] = [];
  const markup = new MarkupFinder(text);
  let brokenOff = false;
  if (/`|~~~|(?:^|\n)>/u.test(text)) spans.push({ start: -1, end: text.length });
  for (let at = text.indexOf("<"); at !== -1; ) {
    const found = markup.at(at);
    if (found !== null) {
      if (found.tag === null) comments.push({ start: at, end: found.end });
      else {
        tags.push({ at, ...found.tag });
        spans.push({ start: at, end: found.end });
      }
    } else if (/[A-Za-z/!?]/u.test(text.charAt(at + 1))) {
      spans.push({ start: at, end: text.length });
      brokenOff = !text.includes(">", at);
      break;
    }
    at = text.indexOf("<", found?.end ?? at + 1);
  }
  return { spans, comments, tags, brokenOff };
}

const isPunctuation = (character: string | undefined): boolean =>
  character !== undefined && /[!-/:-@[-`{-~]/u.test(character);

const isSolid = (character: string | undefined): boolean => character !== undefined && /\S/u.test(character);

function runLength(text: string, start: number): number {
  let end = start;
  while (text[end] === text[start]) end++;
  return end - start;
}

/** Where the runs of backticks are, by length, so that a closer is found without reading the text again. */
class TickRuns {
  private readonly starts = new Map<number, number[]>();
  private readonly passed = new Map<number, number>();

  constructor(text: string) {
    for (let at = text.indexOf("`"); at !== -1; ) {
      const length = runLength(text, at);
      const known = this.starts.get(length);
      if (known === undefined) this.starts.set(length, [at]);
      else known.push(at);
      at = text.indexOf("`", at + length);
    }
  }

  /** The end of the first run of exactly this length at or after `from`. Ask in rising order. */
  closing(from: number, length: number): number | null {
    const starts = this.starts.get(length) ?? [];
    let index = this.passed.get(length) ?? 0;
    while ((starts[index] ?? Number.POSITIVE_INFINITY) < from) index++;
    this.passed.set(length, index);
    const start = starts[index];
    return start === undefined ? null : start + length;
  }
}

const AUTOLINK = /<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>/uy;

function autolink(text: string, at: number): { readonly end: number; readonly tag: null } | null {
  AUTOLINK.lastIndex = at;
  return AUTOLINK.test(text) ? { end: AUTOLINK.lastIndex, tag: null } : null;
}

const DESTINATION_DEPTH = 32;

/** The `(destination "title")` or `[label]` behind a link's text: where it ends. The label itself is read on its own. */
function linkTail(text: string, at: number): number | null {
  if (text[at] !== "(") return null;
  let end = skipSpace(text, at + 1);
  if (text[end] === ")") return end + 1;
  const destination = destinationEnd(text, end);
  if (destination === null) return null;
  end = skipSpace(text, destination);
  if (end > destination) {
    const title = titleEnd(text, end);
    if (title !== null) end = skipSpace(text, title);
  }
  return text[end] === ")" ? end + 1 : null;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n") at++;
  return at;
}

function destinationEnd(text: string, from: number): number | null {
  if (text[from] === "<") {
    for (let at = from + 1; at < text.length; at++) {
      const character = text[at];
      if (character === ">") return at + 1;
      if (character === "<" || character === "\n") return null;
      if (character === "\\") at++;
    }
    return null;
  }
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === " " || character === "\n") break;
    if (character === "\\" && isPunctuation(text[at + 1])) at++;
    else if (character === "(" && ++depth > DESTINATION_DEPTH) return null;
    else if (character === ")" && --depth < 0) break;
  }
  return at > from && depth <= 0 ? at : null;
}

function titleEnd(text: string, from: number): number | null {
  const opener = text[from];
  const closer = opener === "(" ? ")" : opener;
  if (opener !== '"' && opener !== "'" && opener !== "(") return null;
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at];
    if (character === closer) return at + 1;
    if (opener === "(" && character === "(") return null;
    if (character === "\\") at++;
  }
  return null;
}

/** The link definitions (`[label]: destination "title"`) a paragraph may begin with: where they end. 0: there is none. */
function definitionsAt(text: string): number {
  let end = 0;
  while (text[end] === "[") {
    const label = /\[(?:[^[\]\\]|\\[\s\S]){1,999}\]:/uy;
    label.lastIndex = end;
    if (!label.test(text)) break;
    const destination = destinationEnd(text, skipSpace(text, label.lastIndex));
    if (destination === null) break;
    const afterTitle = titleEnd(text, skipSpace(text, destination));
    const lineEnd =
      (afterTitle !== null ? endOfLine(text, afterTitle) : null) ?? endOfLine(text, destination);
    if (lineEnd === null) break;
    end = lineEnd;
  }
  return end;
}

/** The start of the next line, when nothing but spaces comes before it. */
function endOfLine(text: string, from: number): number | null {
  let at = from;
  while (text[at] === " ") at++;
  if (at === text.length) return at;
  return text[at] === "\n" ? at + 1 : null;
}
