import { type Concealment, concealedInHtml, concealedInText, type TagAt } from "./hidden.js";
import { letterBegins } from "./letters.js";
import { type PassageLine, passages } from "./passages.js";

/**
 * More than GitHub can hold in a comment: 65,536 characters of up to four bytes. A longer body comes from somewhere else; nothing
 * of it is taken for said.
 */
const LONGEST_BODY = 4 * 65_536;

/**
 * The lines a person said in their own voice in a comment, in order, as they wrote them: nothing inside a line is
 * interpreted, so `*mut u8`, backticks, links and full stops stay what they are. White space at the ends, list markers, heading
 * marks and HTML comments are taken off, tabs become spaces, empty lines are dropped.
 *
 * Not said: fenced and indented code, quotes (with the lines that lazily go on in them), what lies inside a code span, link
 * or struck-out text begun on an earlier line, link definitions, HTML comments and tags, the text of elements such as
 * `<blockquote>`, `<pre>` and `<a>`, and the mail below an answer by e-mail. A code span or link that begins in the line
 * itself is part of the line. Items of lists and headings are said. What stands in `<details>` is said too, save for raw HTML that
 * seems to hold code or quotes written the Markdown way.
 *
 * Where it is not known for sure how GitHub reads it (broken tags, brackets that may be links), the line is left out: rather no
 * command than one nobody gave. Takes time in proportion to the body's length. Never throws.
 */
export function spokenLines(body: string): string[] {
  if (body.length > LONGEST_BODY) return [];
  const found = passages(body.startsWith("\ufeff") ? body.slice(1) : body);
  const definitions = body.includes("]:");
  const unsaid = new UnsaidElements();
  const spoken: string[] = [];
  for (const [index, passage] of found.entries()) {
    if (passage.kind === "quote" || passage.kind === "code") continue;
    const written = passage.lines.map((line) => line.text);
    const text = written.join("\n");
    const concealment = passage.kind === "html" ? concealedInHtml(text) : concealedInText(text, definitions);
    const shown = shownLines(passage.lines, concealment, unsaid, passage.kind === "html");
    const letter = letterBegins(written, found[index + 1]?.kind === "quote");
    const { comments } = concealment;
    for (const [number, line] of (comments.length === 0 ? written : cutComments(text, comments)).entries()) {
      if (letter !== null && number >= letter) return spoken;
      if (shown[number] !== true) continue;
      const said = bare(number === written.length - 1 ? line : withoutBreak(line));
      if (said !== "") spoken.push(said);
    }
    if (concealment.brokenOff) return spoken;
  }
  return spoken;
}

/** White space and characters without width or of direction only: they come along when people paste. */
const INVISIBLE = "[\\s\\u00ad\\u0085\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]*";
const LEADING = new RegExp(`^${INVISIBLE}`, "u");

const firstVisible = (line: string): number => LEADING.exec(line)?.[0].length ?? 0;

const bare = (line: string): string => line.slice(firstVisible(line)).trimEnd();

/** Of each line, whether its first visible character is said. */
function shownLines(
  lines: readonly PassageLine[],
  { spans, comments, tags }: Concealment,
  unsaid: UnsaidElements,
  html: boolean,
): boolean[] {
  const starts: number[] = [];
  let offset = 0;
  for (const { text } of lines) {
    starts.push(offset + firstVisible(text));
    offset += text.length + 1;
  }
  // One more span opens over the line, one closes before it: long nested brackets cost what a short pair does.
  const change = new Array<number>(lines.length + 1).fill(0);
  const cover = (after: number, before: number) => {
    const first = firstAtLeast(starts, after);
    const past = firstAtLeast(starts, before);
    if (first >= past) return;
    change[first] = (change[first] ?? 0) + 1;
    change[past] = (change[past] ?? 0) - 1;
  };
  for (const { start, end } of spans) cover(start + 1, end);
  for (const { start, end } of comments) cover(start, end);

  const shown: boolean[] = [];
  let covered = 0;
  let tag = 0;
  let strict = false;
  /** From here on the lines may belong to a construct that this reader does not know. */
  let unsure = false;
  for (const [index, line] of lines.entries()) {
    covered += change[index] ?? 0;
    const start = starts[index] ?? 0;
    for (let next = tags[tag]; next !== undefined && next.at < start; next = tags[++tag]) unsaid.pass(next);
    // Four columns in are code in a GitHub table, anything in a footnote, and code in the eyes of whoever wrote it into raw HTML.
    if (line.indent >= 4 && (html || strict)) unsure = true;
    shown.push(covered === 0 && !unsaid.inside && !unsure);
    strict ||= TABLE_OR_FOOTNOTE.test(line.text);
  }
  for (let next = tags[tag]; next !== undefined; next = tags[++tag]) unsaid.pass(next);
  return shown;
}

const TABLE_OR_FOOTNOTE = /^(?:\[\^|(?=-* *[|:])[|: -]+$)/u;

/** The first index whose value is at least this; the length when there is none. `values` rise. */
function firstAtLeast(values: readonly number[], least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A backslash at the end of a line is a line break (https://spec.commonmark.org/0.31.2/#hard-line-breaks), not a word. */
function withoutBreak(line: string): string {
  let slashes = 0;
  while (line[line.length - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1 ? line.slice(0, -1) : line;
}

/** The lines of a text, each comment in it taken for a space. There are as many as before. */
function cutComments(text: string, comments: Concealment["comments"]): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of comments) {
    pieces.push(text.slice(from, start), " ", "\n".repeat(text.slice(start, end).split("\n").length - 1));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join("").split("\n");
}

/** Elements whose text is shown as code, quoted, linked, struck out, or not at all. */
const QUIET = new Set(
  (
    "a blockquote code del iframe kbd listing math noembed noframes noscript plaintext pre q s samp script select strike " +
    "style svg template textarea title tt xmp"
  ).split(" "),
);

/** Keeps track of the open elements whose text is not said. An element never closed goes on to the end, as in a browser. */
class UnsaidElements {
  private readonly open = new Map<string, number>();

  get inside(): boolean {
    return this.open.size > 0;
  }

  pass({ name, closes }: TagAt): void {
    if (!QUIET.has(name)) return;
    const depth = (this.open.get(name) ?? 0) + (closes ? -1 : 1);
    if (depth > 0) this.open.set(name, depth);
    else this.open.delete(name);
  }
}
