import type { Register } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";

/**
 * config.lawful, with both copies of what is lawful lost: who confirms what was rebuilt of a proposal confirms the config it is
 * decided under. `lost`: still nobody knows.
 */
export function confirmedConfig(
  before: Register,
  after: Register,
  { lawfulLost }: Snapshot,
): { readonly register: Register; readonly lost: boolean } {
  if (!lawfulLost) return { register: after, lost: false };
  const confirmed = before.recovery !== null && after.recovery === null;
  return confirmed
    ? { register: { ...after, lawful: lawfulLost }, lost: false }
    : { register: after, lost: true };
}

/** config.lawful: whether what is under way here hangs on a config nobody approved, or on one nobody knows. */
export const configOf = (
  { lawfulRules }: Snapshot,
  underWay: boolean,
  lost: boolean,
): { readonly config?: "unlawful" | "lost" } =>
  !underWay ? {} : lost ? { config: "lost" } : lawfulRules ? { config: "unlawful" } : {};
