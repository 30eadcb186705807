import { type LineChange, lineChanges } from "./lineChanges.js";

/**
 * Three-way merge by lines, as git does it: what only one side changed is taken, also when both changed other lines of one file.
 * null: both changed the same lines, or neighbouring ones, each in its own way.
 */
export function mergeLines(base: string, ours: string, theirs: string): string | null {
  const lines = base.split("\n");
  const left = lineChanges(lines, ours.split("\n"));
  const right = lineChanges(lines, theirs.split("\n"));
  const merged: string[] = [];
  let at = 0;
  const all = [...left, ...right].sort((a, b) => a.from - b.from || a.to - b.to);
  for (const [index, hunk] of all.entries()) {
    const before = all[index - 1];
    if (before !== undefined && sameHunk(before, hunk)) continue;
    // Lines in between keep two changes apart; git asks people where there are none.
    if (before !== undefined && hunk.from <= before.to) return null;
    merged.push(...lines.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...merged, ...lines.slice(at)].join("\n");
}

const sameHunk = (a: LineChange, b: LineChange): boolean =>
  a.from === b.from && a.to === b.to && a.lines.join("\n") === b.lines.join("\n");
