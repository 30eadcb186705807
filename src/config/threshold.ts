import type { Threshold } from "../domain/model/rules.js";

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

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
