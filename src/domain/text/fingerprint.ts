import { sha256 } from "../../platform/sha256.js";

/**
 * What stands for a value wherever something is bound to it: a change that was voted for, a set of rules, an act. SHA-256 of a
 * form that keeps its parts apart, so that no free text can imitate another field or another value. The same on every machine and
 * for ever, as records hold it. Lower-case hex, 64 characters.
 * @param kind what the value is: fingerprints of different kinds are never equal
 */
export const fingerprint = (kind: string, value: unknown = null): string => sha256(canonical([kind, value]));

/** The fingerprint of an act or an answer, cut to 128 bits: a register holds hundreds of them, and nobody gains anything if two acts of the same person collide. */
export const shortFingerprint = (kind: string, ...parts: readonly (string | number)[]): string =>
  fingerprint(kind, parts).slice(0, 32);

/** JSON with the keys of every object in order; what is undefined is left out. Plain data only. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
  return `{${fields.join(",")}}`;
}
