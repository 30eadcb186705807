import type { Change } from "../model/change.js";
import type { Motion, Register } from "../model/register.js";
import { isFormerFingerprint } from "../text/formerFingerprint.js";
import { formerFingerprintOf } from "./differences.js";

/**
 * An amendment that was under vote when the clerk still printed changes in the former way: what its ballots and its period cover is
 * printed anew, where the head is the very commit the clerk last saw, as then the changes are the same ones. On any other
 * head a former fingerprint is worth nothing, as another text could have been made to fit it: the votes have to come again.
 */
export function withPresentFingerprints(
  register: Register,
  head: string,
  changes: readonly Change[],
): Register {
  const { lastSeen: seen, motion } = register;
  if (seen === undefined || seen.head !== head || !seen.fingerprints.some(isFormerFingerprint))
    return register;
  const present = new Map(changes.map((change) => [formerFingerprintOf(change), change.fingerprint]));
  const renewed = (fingerprints: readonly string[]) =>
    fingerprints.map((fingerprint) => present.get(fingerprint) ?? fingerprint);
  return {
    ...register,
    motion: motion === null ? null : motionWith(motion, renewed),
    lastSeen: { ...seen, fingerprints: renewed(seen.fingerprints) },
  };
}

const motionWith = (
  motion: Motion,
  renewed: (fingerprints: readonly string[]) => readonly string[],
): Motion => ({
  ...motion,
  ballots: motion.ballots.map((ballot) =>
    ballot.appliesTo === undefined ? ballot : { ...ballot, appliesTo: renewed(ballot.appliesTo) },
  ),
  fcp:
    motion.fcp?.state === "running" && motion.fcp.appliesTo !== undefined
      ? { ...motion.fcp, appliesTo: renewed(motion.fcp.appliesTo) }
      : motion.fcp,
});
