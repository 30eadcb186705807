import { parseConfig } from "../config/parse.js";
import type { Rules } from "../domain/model/rules.js";

/** null: the text is no valid config. */
export function parsedRules(text: string): Rules | null {
  const parsed = parseConfig(text);
  return parsed.ok ? parsed.rules : null;
}
