import type { LawfulMemory, RegisterMemory } from "../github/ports.js";
import type { Clock } from "../platform/clock.js";
import { silentLog } from "../platform/log.js";
import { Records } from "../runtime/reconcile/records.js";
import { inMemoryStore } from "../store/inMemory.js";

/** What the clerk's own store keeps is not at hand here: what was judged, and what is lawful, is told by the signed records. */
export function noMemory(clock: Clock): { readonly memory: RegisterMemory; readonly lawful: LawfulMemory } {
  const store = inMemoryStore();
  return { memory: new Records({ store, clock, log: silentLog, instance: "cli" }), lawful: store };
}
