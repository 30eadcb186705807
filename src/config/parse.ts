import type { Rules } from "../domain/rules.js";
import { crossFaults } from "./crossRules.js";
import { faultText, MAX_FAULTS } from "./faultText.js";
import type { ConfigFault } from "./outcome.js";
import { placesOf } from "./places.js";
import { rulesOf } from "./rulesOf.js";
import { configShape } from "./shape.js";
import { shapeFaults } from "./shapeFaults.js";
import { dataOf } from "./tree.js";
import { readYaml } from "./yaml.js";

export type ParsedConfig =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * Reads `.github/msc-clerk.yml`: all of it, or every fault in it at once, in the order of the file (the first 100, and how many
 * more). Only where the text is no YAML at all is the first place the only one. Never throws, whatever the text.
 */
export function parseConfig(text: string): ParsedConfig {
  const { root, source, faults } = readYaml(text);
  if (root === null) return { ok: false, faults: inOrder(faults) };
  const placeOf = placesOf(source);
  const all = [...faults, ...shapeFaults(root, placeOf), ...crossFaults(root, placeOf)];
  if (all.length > 0) return { ok: false, faults: inOrder(all) };
  return { ok: true, rules: rulesOf(configShape.parse(dataOf(root))) };
}

function inOrder(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  const sorted = [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
  const last = sorted[MAX_FAULTS - 1];
  if (sorted.length <= MAX_FAULTS || last === undefined) return sorted;
  return [
    ...sorted.slice(0, MAX_FAULTS),
    { ...last, path: "", message: faultText.tooMany(sorted.length - MAX_FAULTS) },
  ];
}
