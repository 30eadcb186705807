import type { PageInfo } from "./nodes.js";

/** So many entries of one list are read. Whoever may label makes tens of thousands of events in days: that must not end the reading. */
export const MOST_ENTRIES = 100_000;

/** Where the reading of one list stands: `after` null at its beginning, `done` when there is no more. */
export interface Progress {
  after: string | null;
  done: boolean;
  /** Entries asked for, so that pages with nothing in them come to an end too. */
  asked: number;
}

/** A page of so many entries was read. */
export function step(place: Progress, { hasNextPage, endCursor }: PageInfo, page: number): void {
  if (hasNextPage && (endCursor === null || endCursor === place.after)) {
    throw new Error("GitHub's pages do not lead on");
  }
  place.after = endCursor;
  place.done = !hasNextPage;
  place.asked += page;
}

export const isTooLong = ({ done, asked }: Progress, most: number): boolean => !done && asked >= most;
