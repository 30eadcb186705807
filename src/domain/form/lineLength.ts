import type { FormFacts, FormFinding, FormText } from "../model/form.js";
import { markdownLines } from "./lines.js";
import { unknown, unreadTexts } from "./unknown.js";

export const LONGEST_LINE = 120;
/** So many lines are shown at their place; of the others the number is told. */
export const MOST_LONG_LINES = 20;

/** README of Matrix's proposals: lines are wrapped at 120. Tables, headings, code, and what has no blank to wrap at are left alone. */
export function lineLength({ merged, read }: FormFacts): readonly FormFinding[] {
  if (merged) return [];
  if (read === null) return [unknown("line-length", "unread")];
  return [...read.texts.flatMap(longLines), ...unreadTexts("line-length", read.texts)];
}

function longLines(file: FormText): readonly FormFinding[] {
  if (!("text" in file)) return [];
  const { path } = file;
  const about = { check: "line-length", severity: "warning", path } as const;
  const long = markdownLines(file.text).flatMap(({ number, text, kind }) => {
    // A character can take two units, never less than one.
    if (kind !== "prose" || text.length <= LONGEST_LINE) return [];
    const length = [...text].length;
    return length > LONGEST_LINE && canBeWrapped(text) ? [{ line: number, length }] : [];
  });
  const shown = long
    .slice(0, MOST_LONG_LINES)
    .map(({ line, length }): FormFinding => ({ ...about, line, fault: { code: "long_line", length } }));
  const count = long.length - shown.length;
  return count === 0
    ? shown
    : [...shown, { ...about, line: null, fault: { code: "more_long_lines", count } }];
}

/** Is there a blank to wrap it at, with which every part keeps within the length? Blanks in code are none. */
function canBeWrapped(line: string): boolean {
  const start = /^[\s>]{0,60}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8})?/u.exec(line)?.[0].length ?? 0;
  const words = line.slice(start);
  if (/^(?:#{1,6}\s|\||\[[^\]]{1,200}\]:)/u.test(words) || isRow(words)) return false;
  let longest = 0;
  let length = 0;
  let pieces = 1;
  let code = false;
  for (const character of words) {
    if (character === "`") code = !code;
    if (!code && /\s/u.test(character)) {
      pieces += length > 0 ? 1 : 0;
      length = 0;
      continue;
    }
    length += 1;
    longest = Math.max(longest, length);
  }
  return pieces > 1 && longest + start <= LONGEST_LINE;
}

/** A row of a table need not begin with a bar; two within it are one. */
const isRow = (words: string): boolean => words.split(" | ").length > 2;
