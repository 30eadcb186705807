import type { Snapshot } from "../model/snapshot.js";

/** Stands in the place of what somebody wrote and somebody has hidden on GitHub. What was done with it counts all the same. */
export const HIDDEN = "(hidden on GitHub)";

/** Where it stands. */
export const hiddenIn = ({ utterances }: Pick<Snapshot, "utterances">): ReadonlySet<string> =>
  new Set(utterances.flatMap(({ hidden, url }) => (hidden === true ? [url] : [])));

/** What was written there, unless it is hidden. */
export const unlessHidden = (text: string, url: string, hidden: ReadonlySet<string>): string =>
  hidden.has(url) ? HIDDEN : text;
