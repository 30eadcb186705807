/**
 * At most so many UTF-16 units of a text, and never half of a character that takes two: such a half is no text, and canonical JSON refuses it
 * (RFC 8785, 3.2.2.2).
 */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most));
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

const bytesAt = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

/** How many bytes a text takes as UTF-8, which some of GitHub's limits are counted in. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += bytesAt(character.codePointAt(0) ?? 0);
  return bytes;
}

/** At most so many bytes of a text, and never a part of a character. */
export function cutToBytes(text: string, most: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesAt(character.codePointAt(0) ?? 0);
    if (bytes > most) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

/** The same as `cutTo` from the other end: what follows so many units. */
export function cutFrom(text: string, from: number): string {
  const cut = text.slice(from);
  return from > 0 && /^[\udc00-\udfff]/.test(cut) ? cut.slice(1) : cut;
}

/**
 * A text in which every half of a surrogate pair that stands alone is replaced (U+FFFD), as canonical JSON knows none (RFC 8785, 3.2.2.2)
 * and no two programs agree on what to make of one.
 */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** The same for every text in plain data. */
export function wellFormedData<T>(data: T): T {
  return anyWellFormed(data) as T;
}

function anyWellFormed(data: unknown): unknown {
  if (typeof data === "string") return wellFormed(data);
  if (Array.isArray(data)) return data.map(anyWellFormed);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, anyWellFormed(value)]));
}
