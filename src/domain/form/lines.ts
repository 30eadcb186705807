/** A line of a text outside of code and HTML comments, or inside. Lines count from 1. */
export interface MarkdownLine {
  readonly number: number;
  readonly text: string;
  readonly kind: "prose" | "code" | "comment";
}

const FENCE = /^[ \t>]{0,40}(?:[-*+] {1,4}|\d{1,9}[.)] {1,4})?(`{3,}|~{3,})/u;

/** The lines of a Markdown text, whatever line ends it has. Takes time in proportion to its length. */
export function markdownLines(text: string): readonly MarkdownLine[] {
  const lines: MarkdownLine[] = [];
  let fence: string | null = null;
  let comment = false;
  let listed = false;
  let blank = true;
  let indented = false;
  for (const [at, line] of text
    .replace(/^\ufeff/u, "")
    .split(/\r\n|\n|\r/u)
    .entries()) {
    const add = (kind: MarkdownLine["kind"]) => lines.push({ number: at + 1, text: line, kind });
    if (fence !== null) {
      add("code");
      if (closes(line, fence)) fence = null;
      continue;
    }
    if (comment) {
      add("comment");
      comment = !line.includes("-->");
      continue;
    }
    const opened = FENCE.exec(line)?.[1];
    // What stands between backticks in one line is no fence.
    if (
      opened !== undefined &&
      !(opened.startsWith("`") && line.slice(line.indexOf(opened) + opened.length).includes("`"))
    ) {
      fence = opened;
      add("code");
      continue;
    }
    const empty = line.trim() === "";
    const deep = /^(?: {4}|\t)/u.test(line);
    if (!empty && !deep)
      listed = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/u.test(line) || (listed && !blank && !indented);
    // Behind an item of a list it is a part of it.
    indented = deep && !empty && !listed && (blank || indented);
    blank = empty;
    if (indented) {
      add("code");
      continue;
    }
    const start = line.lastIndexOf("<!--");
    comment = start >= 0 && !line.includes("-->", start);
    add(start >= 0 && line.trimStart().startsWith("<!--") ? "comment" : "prose");
  }
  return lines;
}

const closes = (line: string, fence: string): boolean => {
  const marks = line.trim();
  const sign = fence.charAt(0);
  return marks.length >= fence.length && [...marks].every((character) => character === sign);
};

export interface Heading {
  readonly line: number;
  readonly level: number;
  readonly words: string;
}

/** The first heading, with hashes before it or a line below it; null: there is none. */
export function firstHeading(lines: readonly MarkdownLine[]): Heading | null {
  for (const [at, { number, text, kind }] of lines.entries()) {
    if (kind !== "prose") continue;
    const hashes = /^ {0,3}(#{1,6})(?:[ \t]|$)/u.exec(text)?.[1];
    if (hashes !== undefined)
      return {
        line: number,
        level: hashes.length,
        words: text.slice(text.indexOf("#") + hashes.length).trim(),
      };
    const below = lines[at + 1];
    const under =
      below?.kind === "prose" ? /^ {0,3}(={1,200}|-{2,200})[ \t]{0,200}$/u.exec(below.text)?.[1] : undefined;
    if (under !== undefined && !/^ {0,3}(?:[-*+>|]|\d{1,9}[.)] )/u.test(text))
      return { line: number, level: under.startsWith("=") ? 1 : 2, words: text.trim() };
  }
  return null;
}
