import canonicalize from "canonicalize";
import { sha256 } from "../platform/sha256.js";

/** Canonical JSON (RFC 8785): the same data is the same text, whoever writes it. @throws Error for a lone half of a surrogate pair. */
export function canonicalJson(data: unknown): string {
  const text = canonicalize(data);
  if (text === undefined) throw new Error("There is nothing to write as JSON.");
  return text;
}

/** SHA-256 of a record's canonical JSON, as 64 hexadecimal digits. */
export const hashOf = (json: string): string => sha256(json);
