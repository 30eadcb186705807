import type { DutyConnection } from "../../src/github/issues.js";
import type { Changes, Listed, Reader } from "../../src/github/ports.js";

/** What a reader answers about the config's history, the members and the queue, where a test is about something else: there is nothing to tell. */
export const NO_HISTORY: Pick<
  Reader,
  "judged" | "open" | "versions" | "history" | "lastActs" | "mergeQueue" | "specNews"
> = {
  judged: () => false,
  open: async () => ({ kind: "read", pulls: [], next: null }),
  versions: async () => ({ kind: "read", versions: [], lost: false }),
  history: async () => ({ kind: "read", versions: [], lost: false }),
  lastActs: async () => ({ kind: "read", acts: [] }),
  mergeQueue: async () => ({ kind: "read", entries: [] }),
  specNews: async () => ({ kind: "read", numbers: [] }),
};

/** A repository in which the clerk has no issues. */
export const NO_ISSUES: DutyConnection = {
  issues: async () => ({ kind: "read", issues: [] }),
  comments: async () => ({ kind: "read", comments: [] }),
  apply: async () => ({ kind: "done", id: null }),
};

/** A list that was read whole, of changes at no known time and by nobody: what a test leaves out of one. */
export const changes = (listed: Listed & Partial<Changes>): { readonly kind: "read" } & Changes => ({
  kind: "read",
  stamps: new Map(),
  acts: [],
  cutOff: [],
  missing: [],
  failed: null,
  ...listed,
});
