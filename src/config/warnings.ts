import { type Surprise, surprisesOf } from "../domain/messages/surprises.js";
import type { Rules } from "../domain/model/rules.js";
import { cutText } from "./faultText.js";
import type { ConfigFault } from "./outcome.js";
import { parseConfig } from "./parse.js";
import { type ConfigPath, find, pathText, type YamlNode } from "./tree.js";
import { readYaml } from "./yaml.js";

/** Something at a place in the config file that is no fault: it counts as it stands. */
export interface ConfigWarning extends ConfigFault {
  /** `cut_off`: the text ends where a comment begins. */
  readonly code: Surprise["code"] | "cut_off";
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
  const warnings = [
    ...surprisesOf(rules).map((surprise) => ({ ...surprise, at: find(root, surprise.path, "key").at })),
    ...cutOff(root, []),
  ]
    .sort((a, b) => a.at - b.at)
    .map(({ at, path, code, sentence }) => ({
      ...placeOf(at),
      path: pathText(path),
      message: sentence,
      code,
    }));
  return { ok: true, rules, warnings };
}

interface Cut {
  readonly at: number;
  readonly path: ConfigPath;
  readonly code: "cut_off";
  readonly sentence: string;
}

/** Names that people read, and that end at a `#` with nothing but text behind it: `Team #1` is read as `Team`. */
function cutOff(node: YamlNode, path: ConfigPath): readonly Cut[] {
  switch (node.kind) {
    case "list":
      return node.items.flatMap((item, index) => cutOff(item, [...path, index]));
    case "mapping":
      return [...node.entries.values()].flatMap(({ key, value }) => cutOff(value, [...path, key]));
    case "refused":
      return [];
    case "scalar": {
      const { at, text, comment } = node;
      const isName = NAMES.some((key) => path.includes(key));
      return comment === undefined || !isName || text === ""
        ? []
        : [{ at, path, code: "cut_off", sentence: cutText(text, comment) }];
    }
  }
}

/** Keys whose values are names, or have names in them. */
const NAMES = ["title", "name", "label", "labels", "prefix", "ready_label", "obsolete_label"];
