import { faultIn } from "../../config/faultText.js";
import { parseConfig } from "../../config/parse.js";
import type { Rules } from "../../domain/model/rules.js";
import { fileText } from "../textFile.js";

/** A config that is not (yet) the one of the default branch, as it was given on the command line. */
export interface DraftFile {
  /** Its name for people: of `-` it is `stdin`. */
  readonly file: string;
  readonly text: string;
}

export const readDraft = (file: string): DraftFile => ({
  file: file === "-" ? "stdin" : file,
  text: fileText(file),
});

/** The rules of a draft, or what is wrong with it, as `check` tells it. */
export function draftRules({ file, text }: DraftFile): { readonly rules: Rules } | { readonly why: string } {
  const parsed = parseConfig(text);
  if (parsed.ok) return { rules: parsed.rules };
  const faults = parsed.faults.map((fault) => faultIn(file, fault));
  return { why: [`${file} is not right, so nothing is judged by it:`, ...faults].join("\n") };
}
