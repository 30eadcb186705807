import { Meter } from "../../src/github/client/meter.js";
import type { Clock } from "../../src/platform/clock.js";
import { silentLog } from "../../src/platform/log.js";
import { Records } from "../../src/runtime/reconcile/records.js";
import { inMemoryStore } from "../../src/store/inMemory.js";

/** What a connection to GitHub is handed besides whom it signs in as: one clock for both times, and a memory that holds nothing yet. */
export function connecting(clock: Clock) {
  const store = inMemoryStore();
  return {
    clock,
    gitHubClock: clock,
    log: silentLog,
    meter: new Meter(),
    memory: new Records({ store, clock, log: silentLog, instance: "one" }),
    lawful: store,
    jitter: () => 0,
  };
}
