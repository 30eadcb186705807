import { LRUCache } from "lru-cache";

/** Characters of all texts remembered together. */
const CAPACITY = 8_000_000;

/**
 * The lines of a body that its author said, read once for each text: at every look at a proposal its whole thread is gone through, and
 * nearly all of it has been read before. The lines are shared: nobody changes them.
 */
export function spokenLinesOnce(spokenLines: (body: string) => readonly string[]): typeof spokenLines {
  const known = new LRUCache<string, readonly string[]>({ maxSize: CAPACITY, maxEntrySize: CAPACITY / 20 });
  return (body) => {
    const before = known.get(body);
    if (before !== undefined) return before;
    const lines = spokenLines(body);
    known.set(body, lines, { size: body.length + 1 });
    return lines;
  };
}
