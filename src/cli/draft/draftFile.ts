import { readFileSync } from "node:fs";
import type { ConfigFault } from "../../config/outcome.js";
import { parseConfig } from "../../config/parse.js";
import type { Rules } from "../../domain/model/rules.js";
import { errorMessage } from "../../platform/log.js";

/** A config that is not (yet) the one of the default branch, as it was given on the command line. */
export interface DraftFile {
  /** Its name for people: of `-` that is “standard input”. */
  readonly file: string;
  readonly text: string;
}

/** `-` is standard input. `why`: one plain sentence. */
export function readDraft(file: string): DraftFile | { readonly why: string } {
  try {
    return file === "-"
      ? { file: "standard input", text: readFileSync(process.stdin.fd, "utf8") }
      : { file, text: readFileSync(file, "utf8") };
  } catch (thrown) {
    const none = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    return { why: none ? `There is no file ${file}.` : `${file} cannot be read: ${errorMessage(thrown)}.` };
  }
}

/** The rules of a draft, or what is wrong with it, as `check` tells it. */
export function draftRules({ file, text }: DraftFile): { readonly rules: Rules } | { readonly why: string } {
  const parsed = parseConfig(text);
  if (parsed.ok) return { rules: parsed.rules };
  const faults = parsed.faults.map((fault) => faultIn(file, fault));
  return { why: [`${file} is not right, so nothing is judged by it:`, ...faults].join("\n") };
}

/** `draft.yml:12:18: teams.core.members[3]: what is wrong` */
export const faultIn = (file: string, { line, column, path, message }: ConfigFault): string =>
  `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`;
