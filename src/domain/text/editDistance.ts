/**
 * How many single slips of the finger lie between two words: a character too many, one missing, one wrong, or two
 * neighbours swapped (optimal string alignment), counted in UTF-16 units. With a `limit`, anything beyond it is infinity, and the
 * time it takes is in proportion to the length times the limit instead of to the product of the lengths.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    // So far beside the diagonal that the difference in length alone passes the limit: nothing there can come back under it.
    const from = Math.max(1, row - limit);
    const to = Math.min(b.length, row + limit);
    const current: number[] = new Array<number>(b.length + 1).fill(Number.POSITIVE_INFINITY);
    current[0] = row;
    let smallest = row;
    for (let column = from; column <= to; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, at(beforeLast, column - 2) + 1);
      current[column] = least;
      smallest = Math.min(smallest, least);
    }
    if (smallest > limit) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  const distance = at(last, b.length);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

/** No command, key, team or login is longer; what is must have been meant as something else. */
const LONGEST_WORD = 80;

/**
 * The candidate a misspelt word was most likely meant to be, without regard to case; the first of equals. `null` when
 * nothing is near enough: one slip is allowed in a short word, two in one of five characters or more, three from nine on,
 * and never as many as would replace half the word.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null;
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length > LONGEST_WORD) continue;
    const known = candidate.toLowerCase();
    const allowed = allowedSlips(Math.max(wanted.length, known.length));
    const distance = editDistance(wanted, known, Math.min(allowed, bestDistance - 1));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** For a word of this length. Less than half of it always has to be right. */
const allowedSlips = (length: number): number => (length >= 9 ? 3 : length >= 5 ? 2 : length >= 3 ? 1 : 0);
