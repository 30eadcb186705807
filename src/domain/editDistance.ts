/**
 * How many single slips of the finger lie between two words: a character too many, one missing, one wrong, or two
 * neighbours swapped (optimal string alignment), counted in UTF-16 units. Takes time in proportion to the product of
 * the lengths: give it words, not texts.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, at(beforeLast, column - 2) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;

/**
 * The candidate a misspelt word was most likely meant to be, without regard to case; the first of equals. `null` when
 * nothing is near enough: one slip is allowed in a short word, two in one of five characters or more, three from nine on,
 * and never as many as would replace half the word.
 */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const allowed = allowedSlips(Math.max(wanted.length, known.length));
    if (Math.abs(wanted.length - known.length) > allowed) continue;
    const distance = editDistance(wanted, known);
    if (distance <= allowed && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** For a word of this length. Less than half of it always has to be right. */
const allowedSlips = (length: number): number => (length >= 9 ? 3 : length >= 5 ? 2 : length >= 3 ? 1 : 0);
