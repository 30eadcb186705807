import { LRUCache } from "lru-cache";
import { MAX_BYTES } from "../../config/limits.js";
import type { ParseConfig } from "./config.js";

/** Characters of all texts remembered together: sixty-four configs of the largest size, thousands of the usual. */
const CAPACITY = 64 * MAX_BYTES;

/**
 * The same parser, asked once for each text. An amendment's config is read whenever anything happens on its pull request, and most
 * of the time it is the same text as last time, valid or not. The result is shared, so nobody may change it, or tell two files apart by it.
 */
export function parsedOnce(parse: ParseConfig): ParseConfig {
  const known = new LRUCache<string, ReturnType<ParseConfig>>({ maxSize: CAPACITY });
  return (text) => {
    // Refused by its size before anything else: not worth remembering.
    if (text.length > MAX_BYTES) return parse(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    known.set(text, parsed, { size: text.length + 1 });
    return parsed;
  };
}
