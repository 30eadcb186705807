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
