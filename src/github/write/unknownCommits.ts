import { LRUCache } from "lru-cache";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";
import type { Answer } from "../client/call.js";
import type { WriteRequest } from "./requests.js";

/**
 * How long to wait before each further try: 2, 5, 8, 12, 20 and 40 seconds after the first. So a commit that GitHub knows eight seconds after
 * the push has its check within ten; the last ones are for a bad day.
 */
const PAUSES = [2, 3, 3, 4, 8, 20].map((seconds) => seconds * SECOND);
/** After those it is no common lag: so often more, a minute apart. */
const MINUTES = 2;

/** How many commits are remembered at once. */
const REMEMBERED = 1000;

interface TooEarly {
  readonly until: Instant;
  /** It is no common lag any more: to be told, once. */
  readonly isLate: boolean;
}

/**
 * For some seconds after a push to a fork REST in the repository it is of does not know the commit, though the webhook was sent: a check on
 * it is too early then, not refused. https://github.com/home-assistant/service-hub/pull/394 (26,000 times in three years)
 */
export class UnknownCommits {
  readonly #tried = new LRUCache<string, number>(atMost(REMEMBERED));

  /** null: it is not that, or was tried so often that GitHub does not have the commit. */
  tooEarly(request: WriteRequest, answer: Answer, now: Instant): TooEarly | null {
    if (request.route !== "POST /repos/{owner}/{repo}/check-runs") return null;
    const { owner, repo, head_sha } = request.parameters;
    const key = `${owner}/${repo} ${head_sha}`.toLowerCase();
    if (answer.kind === "ok") this.#tried.delete(key);
    if (answer.kind !== "no" || answer.status !== 422 || !/^No commit found for SHA/i.test(answer.why))
      return null;
    const tried = this.#tried.get(key) ?? 0;
    this.#tried.set(key, tried + 1);
    const pause = PAUSES[tried];
    if (pause !== undefined) return { until: now + pause, isLate: false };
    if (tried >= PAUSES.length + MINUTES) return null;
    return { until: now + MINUTE, isLate: tried === PAUSES.length };
  }
}
