import { LRUCache } from "lru-cache";
import { atMost } from "../../platform/atMost.js";
import type { Log } from "../../platform/log.js";

/** Proposals of which the log has been told something lately. */
const MOST = 1000;

/** What the log is told of a proposal: once, and again only when something else is to be said of it. */
export class Notices {
  readonly #log: Log;
  readonly #said = new LRUCache<string, readonly string[]>(atMost(MOST));

  constructor(log: Log) {
    this.#log = log;
  }

  tell(proposal: string, notices: readonly string[]): void {
    const said = this.#said.get(proposal) ?? [];
    for (const notice of notices) if (!said.includes(notice)) this.#log.warn(notice, { proposal });
    if (notices.length > 0) this.#said.set(proposal, notices);
    else this.#said.delete(proposal);
  }
}
