import type { FormFacts, FormFinding } from "../model/form.js";
import { kebab, numberedName, numberedTitle } from "./names.js";

/** `proposals/NUMBER-kebab-name.md`, in the folder it lies in. */
export const fileName = (facts: FormFacts): readonly FormFinding[] =>
  facts.merged ? [] : facts.added.flatMap((path) => nameOf(path, facts));

function nameOf(path: string, facts: FormFacts): readonly FormFinding[] {
  const { number, stem, words } = numberedName(path, facts.prefix);
  const to = rightName(path, facts);
  const about = { check: "file-name", path, line: null } as const;
  if (number === null) return [{ ...about, severity: "problem", fault: { code: "name_without_number", to } }];
  if (number !== facts.number)
    return [{ ...about, severity: "problem", fault: { code: "name_of_another", number, to } }];
  const usual = words !== "" && /^\d+-[\p{Ll}\p{Lo}\p{M}\p{N}-]+$/u.test(stem);
  return usual ? [] : [{ ...about, severity: "warning", fault: { code: "unusual_name", to } }];
}

/** What the file should be called. Leading zeros stay: where the number is right, only the rest changes. */
export function rightName(path: string, facts: Pick<FormFacts, "number" | "title" | "prefix">): string {
  const { folder, words, extension } = numberedName(path, facts.prefix);
  const named = words !== "" ? words : kebab(numberedTitle(facts.title, facts.prefix).rest);
  return `${folder}${facts.number}-${named === "" ? "name" : named}${extension}`;
}

/** Where a text will lie once its number is put right; a name that is only unusual may stay. */
export const settledPath = (path: string, facts: FormFacts): string =>
  nameOf(path, facts).some(({ severity }) => severity === "problem") ? rightName(path, facts) : path;
