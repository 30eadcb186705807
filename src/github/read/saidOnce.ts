import { LRUCache } from "lru-cache";

/** Characters of all texts remembered together. */
const CAPACITY = 8_000_000;

/**
 * The lines of a body that its author said, read once for each text: every reconcile of a proposal goes through its whole thread, and
 * nearly all of it has been read before. The lines are shared: nobody may change them.
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
