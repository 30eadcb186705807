import type { Measure, Threshold } from "../domain/model/rules.js";

/** What the JSON Schema shows editors; `readThreshold` says the rest. */
export const THRESHOLD_PATTERN =
  /^\s*(?:(?:0|[1-9]\d{0,2})\s*%|(?:0|[1-9]\d{0,3})\s*\/\s*(?:0|[1-9]\d{0,3}))\s*$/;

/** `75%` or `2/3`, in lowest terms (75% is 3/4); null when it is neither, is 0, or is above 1. */
export function readThreshold(text: string): Threshold | null {
  if (!THRESHOLD_PATTERN.test(text)) return null;
  const [first, second] = text.replace("%", "/100").split("/");
  const numerator = Number(first);
  const denominator = Number(second);
  if (numerator < 1 || numerator > denominator) return null;
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** A threshold as an approval or a route says it: by itself, or with what it is a share of. Null: it is none. */
export function readMeasure(said: SaidMeasure): Measure | null {
  const { threshold: share, quorum: least } = typeof said === "string" ? { threshold: said } : said;
  const threshold = readThreshold(share);
  const quorum = least === undefined ? undefined : readThreshold(least);
  if (threshold === null || quorum === null) return null;
  return quorum === undefined ? { threshold } : { threshold, quorum };
}

type SaidMeasure = string | { readonly threshold: string; readonly quorum?: string | undefined };

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
