import type { Register } from "../../domain/model/register.js";
import { isRegister } from "./shape.js";

/**
 * Registers are written in the newest form, and read in every form there has been (memory.kept). A change of what a register holds
 * takes a new version and a row here, which makes the form before it into the next.
 */
export const RECORD_VERSION = 2;

type Upgrade = (before: object) => object;

const UPGRADES: ReadonlyMap<number, Upgrade> = new Map<number, Upgrade>([
  [1, (before) => ({ takenAway: 0, recovery: null, lawful: null, ...before, ...seenOf(before) })],
]);

/** What an amendment was seen as before its changes had a time: nothing is known of that, so words of then are said anew. */
const seenOf = (before: { readonly seen?: unknown }): object =>
  typeof before.seen === "object" && before.seen !== null
    ? { seen: { since: [], own: [], judgedBy: null, ...before.seen } }
    : {};

/** The register in a JSON value of this version, or null: it is none, or of a clerk to come. */
export function registerOf(version: number, value: unknown): Register | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  let form: object = value;
  for (let at = version; at < RECORD_VERSION; at += 1) {
    const upgrade = UPGRADES.get(at);
    if (upgrade === undefined) return null;
    form = upgrade(form);
  }
  // The value itself, not a copy by the shape, which would leave out what this clerk does not know.
  return version <= RECORD_VERSION && isRegister(form) ? form : null;
}

/** The register as the store keeps it: with its version, so that a later clerk can read it. */
export const recordText = (register: Register): string =>
  JSON.stringify({ version: RECORD_VERSION, register });

/** The register in such a text, or null: it is none, or of a clerk to come. */
export function registerInText(text: string): Register | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { version, register } = value as { readonly version?: unknown; readonly register?: unknown };
    return typeof version === "number" ? registerOf(version, register) : null;
  } catch {
    return null;
  }
}
