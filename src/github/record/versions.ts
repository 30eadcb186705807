import type { Register } from "../../domain/model/register.js";
import { inPresentNames } from "./formerNames.js";
import { isRegister } from "./shape.js";

interface Version {
  readonly version: number;
  /** Makes a record of the version before into one of this. */
  readonly upgrade: (before: object) => object;
}

/**
 * Every form a register has had, oldest first. Registers are written in the newest, and read in every one (memory.kept). Whatever is changed
 * of what a register holds takes a new row here, at the end; a row that has been released is never changed.
 */
const VERSIONS: readonly Version[] = [
  // The first: nothing came before it.
  { version: 1, upgrade: (before) => before },
  {
    version: 2,
    upgrade: (before) => ({ takenAway: 0, recovery: null, lawful: null, ...before, ...seenOf(before) }),
  },
  // Heads with their texts, the votes that decided, what is seconded, and today's names of the fields. An override that waited to be
  // seconded is said again: which words and which text it was of is not known.
  {
    version: 3,
    upgrade: (before) => ({ heads: [], correction: null, ...inPresentNames(before), override: null }),
  },
  // What is remembered of gates, waivers, and what is answered to them.
  { version: 4, upgrade: (before) => before },
];

export const RECORD_VERSION = Math.max(...VERSIONS.map(({ version }) => version));

/** What an amendment was seen as before its changes had a time: nothing is known of that, so words of then are said anew. */
function seenOf(before: { readonly seen?: unknown }): object {
  return typeof before.seen === "object"
    ? { seen: { since: [], own: [], judgedBy: null, ...before.seen } }
    : {};
}

/** The register in a JSON value of this version, or null: it is none, or of a clerk to come. */
export function registerOf(version: number, value: unknown): Register | null {
  if (typeof value !== "object" || value === null) return null;
  if (!VERSIONS.some((one) => one.version === version)) return null;
  const form = VERSIONS.filter((one) => one.version > version).reduce<object>(
    (before, { upgrade }) => upgrade(before),
    value,
  );
  // The value itself, not a copy by the shape, which would leave out what this clerk does not know.
  return isRegister(form) ? form : null;
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
