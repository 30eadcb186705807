import { type Instant, iso, MINUTE } from "../../domain/text/time.js";
import { type Handler, pathOf } from "./http.js";

export interface HealthState {
  readonly now: Instant;
  readonly startedAt: Instant;
  readonly stopping: boolean;
  readonly lastResyncEndedAt: Instant | null;
  readonly waiting: number;
  readonly running: number;
  readonly deadlines: number;
  /** By how much this machine's clock is ahead of GitHub's; null: GitHub has not answered yet. */
  readonly clockAheadSeconds: number | null;
}

/** Three resyncs were due meanwhile. */
const LATE = 30 * MINUTE;
const APART_SECONDS = 60;

/**
 * `GET /healthz`: 200 while it takes webhooks, 503 while it stops. That GitHub is out of reach shows in `lastResync` and
 * `queue`, not in the status: starting the clerk again would not help. `doctor` is there when somebody should look, and says how.
 */
export const health =
  (state: () => HealthState): Handler =>
  (request, response) => {
    if ((request.method !== "GET" && request.method !== "HEAD") || pathOf(request) !== "/healthz")
      return false;
    const { now, startedAt, stopping, lastResyncEndedAt, waiting, running, deadlines, clockAheadSeconds } =
      state();
    const isLate = now - (lastResyncEndedAt ?? startedAt) > LATE;
    const isAmiss = isLate || Math.abs(clockAheadSeconds ?? 0) > APART_SECONDS;
    const told = {
      ok: !stopping,
      lastResync: lastResyncEndedAt === null ? null : iso(lastResyncEndedAt),
      queue: waiting,
      running,
      deadlines,
      ...(clockAheadSeconds === null ? {} : { clockSkewSeconds: clockAheadSeconds }),
      ...(isAmiss ? { doctor: "npx msc-clerk doctor" } : {}),
    };
    response
      .writeHead(stopping ? 503 : 200, { "content-type": "application/json", "cache-control": "no-store" })
      .end(`${JSON.stringify(told)}\n`);
    return true;
  };
