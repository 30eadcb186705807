import type { Change } from "../model/change.js";
import type { Motion, Register } from "../model/register.js";
import { isFormerPrint } from "../text/formerFingerprint.js";
import { formerPrintOf } from "./differences.js";

/**
 * An amendment that was under vote when the clerk still printed changes in the former way: what its ballots and its period cover is
 * printed anew, where the head is the very commit the clerk last saw, as then the changes are the same ones. On any other
 * head a former print is worth nothing, as another text could have been made to fit it: the votes have to come again.
 */
export function withPresentPrints(register: Register, head: string, changes: readonly Change[]): Register {
  const { seen, motion } = register;
  if (seen === undefined || seen.head !== head || !seen.prints.some(isFormerPrint)) return register;
  const present = new Map(changes.map((change) => [formerPrintOf(change), change.print]));
  const renewed = (prints: readonly string[]) => prints.map((print) => present.get(print) ?? print);
  return {
    ...register,
    motion: motion === null ? null : motionWith(motion, renewed),
    seen: { ...seen, prints: renewed(seen.prints) },
  };
}

const motionWith = (motion: Motion, renewed: (prints: readonly string[]) => readonly string[]): Motion => ({
  ...motion,
  ballots: motion.ballots.map((ballot) =>
    ballot.covers === undefined ? ballot : { ...ballot, covers: renewed(ballot.covers) },
  ),
  fcp:
    motion.fcp?.state === "running" && motion.fcp.covers !== undefined
      ? { ...motion.fcp, covers: renewed(motion.fcp.covers) }
      : motion.fcp,
});
