import { type Instant, iso } from "../../domain/text/time.js";
import { type Handler, pathOf } from "./http.js";

export interface HealthState {
  readonly stopping: boolean;
  readonly lastResyncEndedAt: Instant | null;
  readonly waiting: number;
  readonly running: number;
  readonly deadlines: number;
  /** By how much this machine's clock is ahead of GitHub's; null: GitHub has not answered yet. */
  readonly clockAheadSeconds: number | null;
}

/**
 * `GET /healthz`: 200 while it takes webhooks, 503 while it stops. That GitHub is out of reach shows in `lastResync` and
 * `queue`, not in the status: starting the clerk again would not help.
 */
export const health =
  (state: () => HealthState): Handler =>
  (request, response) => {
    if ((request.method !== "GET" && request.method !== "HEAD") || pathOf(request) !== "/healthz")
      return false;
    const { stopping, lastResyncEndedAt, waiting, running, deadlines, clockAheadSeconds } = state();
    const told = {
      ok: !stopping,
      lastResync: lastResyncEndedAt === null ? null : iso(lastResyncEndedAt),
      queue: waiting,
      running,
      deadlines,
      ...(clockAheadSeconds === null ? {} : { clockSkewSeconds: clockAheadSeconds }),
    };
    response
      .writeHead(stopping ? 503 : 200, { "content-type": "application/json", "cache-control": "no-store" })
      .end(`${JSON.stringify(told)}\n`);
    return true;
  };
