import { type Surprise, surprisesOf } from "../domain/messages/surprises.js";
import type { Rules } from "../domain/model/rules.js";
import type { ConfigFault } from "./outcome.js";
import { parseConfig } from "./parse.js";
import { find, pathText } from "./tree.js";
import { readYaml } from "./yaml.js";

/** Something at a place in the config file that is no fault: it counts as it stands. */
export interface ConfigWarning extends ConfigFault {
  readonly code: Surprise["code"];
}

/** What `check` finds: every fault, or the rules and what about them would surprise whoever wrote them. */
export type CheckedConfig =
  | { readonly ok: true; readonly rules: Rules; readonly warnings: readonly ConfigWarning[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** In the order of the file. Never throws, whatever the text. */
export function checkConfig(text: string): CheckedConfig {
  const parsed = parseConfig(text);
  if (!parsed.ok) return parsed;
  const { rules } = parsed;
  const reading = readYaml(text);
  if (reading.kind === "nothing") return { ok: false, faults: reading.faults };
  const { root, placeOf } = reading;
  const warnings = surprisesOf(rules)
    .map((surprise) => ({ ...surprise, ...find(root, surprise.path, "key") }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, path, code, sentence }) => ({
      ...placeOf(at),
      path: pathText(path),
      message: sentence,
      code,
    }));
  return { ok: true, rules, warnings };
}
