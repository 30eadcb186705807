/**
 * The fingerprint that records of version 1 hold: two 32-bit lanes, enough against accident and none against somebody who searches for two
 * texts with the same fingerprint (a second preimage takes seconds). Kept only to recognise what an older clerk had judged (memory.kept);
 * nothing new is ever bound to it. Always 14 characters, `0-9a-z`.
 */
export function formerFingerprint(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const low = unit & 0xff;
    const high = unit >>> 8;
    first = Math.imul(Math.imul(first ^ low, 0x01000193) ^ high, 0x01000193);
    second = Math.imul(Math.imul(second ^ high, 0x01000193) ^ low, 0x85ebca6b);
    second = (second << 13) | (second >>> 19);
  }
  return lane(mix(first ^ text.length)) + lane(mix(second + Math.imul(first, 0x9e3779b1)));
}

/** murmur3's finisher: every bit of the input reaches every bit of the output. */
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 32 bits take at most seven base36 digits. */
const lane = (value: number): string => value.toString(36).padStart(7, "0");

/** Is this such a former fingerprint, and not a SHA-256? */
export const isFormerFingerprint = (fingerprint: string): boolean => fingerprint.length === 14;

/** The form values had before they were printed: free text could imitate another field there. */
export function formerCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formerCanonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${key}:${formerCanonical(each)}`);
  return `{${fields.join(",")}}`;
}
