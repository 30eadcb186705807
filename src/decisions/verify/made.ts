import { rulesFingerprint } from "../../domain/amendment/differences.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Evidence } from "./facts.js";

/** The rules that an amendment makes; null: it is none, or they are not known. */
export function madeBy({
  record,
  configAt,
  history,
}: Pick<Evidence, "record" | "configAt" | "history">): Rules | null {
  const { amendment, text } = record;
  if (amendment === null) return null;
  const heads = [text.end, text.decided].map((head) => (head === null ? null : configAt(head)));
  const known = [
    ...heads.flatMap((config) => (config?.kind === "rules" ? [config.rules] : [])),
    ...(history ?? []).flatMap(({ rules }) => rules ?? []),
  ];
  return known.find((rules) => rulesFingerprint(rules) === amendment.makes) ?? null;
}
