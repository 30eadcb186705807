import { type Instant, iso } from "../domain/time.js";
import { type Handler, pathOf } from "./http.js";

export interface HealthState {
  readonly stopping: boolean;
  readonly lastResyncEndedAt: Instant | null;
  readonly waiting: number;
  readonly running: number;
  readonly deadlines: number;
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
    const { stopping, lastResyncEndedAt, waiting, running, deadlines } = state();
    const told = {
      ok: !stopping,
      lastResync: lastResyncEndedAt === null ? null : iso(lastResyncEndedAt),
      queue: waiting,
      running,
      deadlines,
    };
    response
      .writeHead(stopping ? 503 : 200, { "content-type": "application/json", "cache-control": "no-store" })
      .end(`${JSON.stringify(told)}\n`);
    return true;
  };
