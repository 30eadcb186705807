import { sha256 } from "../platform/sha256.js";

/**
 * Texts come back as they went in, whatever stands in them. A zero character ends a text in SQLite and is refused by PostgreSQL, and half
 * a surrogate pair is nothing in UTF-8: these are written as `\u0000`, and the backslash itself as `\u005c`. All else stays readable.
 */
export const asKept = (text: string): string =>
  text.replace(/[\0\\\p{Surrogate}]/gu, (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const asWritten = (kept: string): string =>
  kept.replace(/\\u([0-9a-f]{4})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** A text of any length as a key: PostgreSQL indexes no more than 2,700 bytes. */
export const printOf = (text: string): string => sha256(asKept(text));
