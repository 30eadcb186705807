/** Where one text differs from another: lines `from` up to `to` (not included) of the first are replaced by these. */
export interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** A text as lines that keep their ends, as git counts them: a last line without one is another line than the same with one. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Beyond so many pairs of lines to compare, all between the common beginning and end counts as replaced. */
const MOST_PAIRS = 4_000_000;

/** What turns one text into the other, by the longest lines they have in common. */
export function lineChanges(from: readonly string[], to: readonly string[]): readonly LineChange[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  const most = Math.min(from.length, to.length) - start;
  while (end < most && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  const [old, fresh] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  const common = old.length * fresh.length > MOST_PAIRS ? [] : commonLines(old, fresh);
  const found: LineChange[] = [];
  let [left, right] = [0, 0];
  for (const [a, b] of [...common, [old.length, fresh.length] as const]) {
    if (a > left || b > right)
      found.push({ from: start + left, to: start + a, lines: fresh.slice(right, b) });
    left = a + 1;
    right = b + 1;
  }
  return found;
}

/** Pairs of indexes of a longest common subsequence, in order. */
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
