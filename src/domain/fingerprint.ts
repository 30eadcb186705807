/**
 * A short name for a text, the same on every machine and for ever: records on GitHub hold these (act keys), so the
 * algorithm must never change. Two 32-bit FNV-1a lanes over the UTF-16 units, each finished with murmur3's mixer, 64 bits
 * in all: enough that the acts of one proposal do not meet by accident. Not a guard against somebody who looks for two texts
 * of the same name: never use it on free text in place of a signature. Always 14 characters, `0-9a-z`.
 */
export function fingerprint(text: string): string {
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
