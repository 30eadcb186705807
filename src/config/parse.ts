import type { Rules } from "../domain/model/rules.js";
import { crossFindings } from "./crossRules.js";
import { faultText } from "./faultText.js";
import { type Finding, told } from "./finding.js";
import { MAX_FAULTS } from "./limits.js";
import type { ConfigFault } from "./outcome.js";
import type { TextPlace } from "./places.js";
import { rulesOf } from "./rulesOf.js";
import { configShape } from "./shape.js";
import { shapeFindings } from "./shapeFaults.js";
import { dataOf } from "./tree.js";
import { readYaml } from "./yaml.js";

export type ParsedConfig =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/**
 * Reads `.github/msc-clerk.yml`: all of it, or every fault in it at once, in the order of the file (the first 100, and how many
 * more). A text that is no YAML at all, or more than is read (`limits.ts`), has that one fault only. Never throws, whatever the
 * text, and takes time in proportion to its length.
 */
export function parseConfig(text: string): ParsedConfig {
  const reading = readYaml(text);
  if (reading.kind === "nothing") return { ok: false, faults: reading.faults };
  const { root, placeOf, findings } = reading;
  const shaped = configShape.safeParse(dataOf(root));
  const all = [
    ...findings,
    ...(shaped.success ? [] : shapeFindings(root, shaped.error.issues)),
    ...crossFindings(root, placeOf),
  ];
  if (all.length === 0 && shaped.success) return { ok: true, rules: rulesOf(shaped.data) };
  return { ok: false, faults: inOrder(all, placeOf) };
}

/** Only the faults that are reported get a sentence. The sort is stable: at one place, what was found first comes first. */
function inOrder(all: readonly Finding[], placeOf: (offset: number) => TextPlace): readonly ConfigFault[] {
  const sorted = [...all].sort((a, b) => a.at - b.at);
  const faults = sorted.slice(0, MAX_FAULTS).map((finding) => told(finding, placeOf));
  const last = faults.at(-1);
  return sorted.length <= MAX_FAULTS || last === undefined
    ? faults
    : [...faults, { ...last, path: "", message: faultText.tooMany(sorted.length - MAX_FAULTS) }];
}
