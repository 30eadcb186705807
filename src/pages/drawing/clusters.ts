/** Marks that would lie upon each other, drawn as one. */
export interface Cluster<T> {
  readonly x: number;
  readonly marks: readonly T[];
}

/**
 * Marks put together until no two lie nearer than `gap`, each group at the middle of its own. From left to right; a group that moves towards the one
 * before it may take it up as well.
 */
export function clustered<T extends { readonly x: number }>(
  marks: readonly T[],
  gap: number,
): readonly Cluster<T>[] {
  const groups: { sum: number; marks: T[] }[] = [];
  const middle = (group: { readonly sum: number; readonly marks: readonly T[] }) =>
    group.sum / group.marks.length;
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    let group = { sum: mark.x, marks: [mark] };
    for (
      let last = groups.at(-1);
      last !== undefined && middle(group) - middle(last) < gap;
      last = groups.at(-1)
    ) {
      groups.pop();
      group = { sum: last.sum + group.sum, marks: [...last.marks, ...group.marks] };
    }
    groups.push(group);
  }
  return groups.map((group) => ({ x: middle(group), marks: group.marks }));
}

/** Spans laid into rows so that none touch, each into the first that has room; null: there is none within `most`. */
export function packedRows(
  spans: readonly { readonly from: number; readonly to: number }[],
  most: number,
): readonly (number | null)[] {
  const ends: number[] = [];
  return spans.map(({ from, to }) => {
    const free = ends.findIndex((end) => end < from);
    const row = free >= 0 ? free : ends.length;
    if (row >= most) return null;
    ends[row] = Math.max(to, from);
    return row;
  });
}
