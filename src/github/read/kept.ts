import type { Register } from "../../domain/model/register.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { equal } from "../../domain/text/equal.js";
import type { Log } from "../../platform/log.js";

/**
 * memory.kept: of the store's register and the one GitHub shows, the newest. At an equal number it is the store's, which nobody who can
 * write on GitHub can reach; that they differ is told in the log.
 */
export function withKept(snapshot: Snapshot, kept: Register | null, log: Log, proposal: string): Snapshot {
  const { register } = snapshot;
  if (kept === null || (register !== null && register.seq > kept.seq)) return snapshot;
  if (register !== null && register.seq === kept.seq && !equal(register, kept)) {
    log.warn(
      "The record on GitHub has the number of the one in the store and another content; the store's is believed.",
      {
        proposal,
        seq: kept.seq,
      },
    );
  }
  return { ...snapshot, register: kept, registerFrom: "store" };
}
