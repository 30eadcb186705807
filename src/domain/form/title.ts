import type { FormFacts, FormFinding } from "../model/form.js";
import { numberedName, numberedTitle } from "./names.js";

/** `MSC1234: words`; `[WIP]` before it while the pull request is a draft, which GitHub shows by itself. */
export function title(facts: FormFacts): readonly FormFinding[] {
  const { prefix, draft, merged } = facts;
  if (merged) return [];
  const { unfinished, number, rest, bare } = numberedTitle(facts.title, prefix);
  const wanted = prefix === null ? bare : `${prefix}${facts.number}: ${wordsFor(rest, facts)}`;
  const to = unfinished && draft ? `[WIP] ${wanted}` : wanted;
  const about = { check: "title", path: null, line: null } as const;
  if (prefix !== null && number === null)
    return [{ ...about, severity: "problem", fault: { code: "title_without_number", to } }];
  if (prefix !== null && number !== null && number !== facts.number)
    return [{ ...about, severity: "problem", fault: { code: "title_of_another", number, to } }];
  if (unfinished && !draft)
    return [{ ...about, severity: "warning", fault: { code: "title_unfinished", to } }];
  const written = facts.title.replace(/\s+/gu, " ").trim();
  // In a draft any mark of what is unfinished will do.
  const same = unfinished ? bare === wanted : written === wanted;
  return same ? [] : [{ ...about, severity: "warning", fault: { code: "title_unusual", to } }];
}

/** The words of a title; where it has none, those of the file's name. */
export function wordsFor(rest: string, { added, prefix }: Pick<FormFacts, "added" | "prefix">): string {
  if (rest !== "") return rest;
  const words = numberedName(added[0] ?? "", prefix).words.replaceAll("-", " ");
  return words === "" ? "Title" : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
