/** One side's change of the base text: lines `from` up to `to` (not included) are replaced by these. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Three-way merge by lines, as git does it: what only one side changed is taken, also when both changed other lines of one file.
 * null: both changed the same lines, or neighbouring ones, each in its own way.
 */
export function mergeLines(base: string, ours: string, theirs: string): string | null {
  const lines = base.split("\n");
  const left = hunks(lines, ours.split("\n"));
  const right = hunks(lines, theirs.split("\n"));
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

const sameHunk = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from && a.to === b.to && a.lines.join("\n") === b.lines.join("\n");

/** What turns one text into the other, by the longest lines they have in common. */
function hunks(from: readonly string[], to: readonly string[]): readonly Hunk[] {
  const common = commonLines(from, to);
  const found: Hunk[] = [];
  let [left, right] = [0, 0];
  for (const [a, b] of [...common, [from.length, to.length] as const]) {
    if (a > left || b > right) found.push({ from: left, to: a, lines: to.slice(right, b) });
    left = a + 1;
    right = b + 1;
  }
  return found;
}

/** Pairs of indexes of a longest common subsequence, in order. Files here have hundreds of lines, not millions. */
function commonLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
