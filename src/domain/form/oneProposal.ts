import type { FormFacts, FormFinding } from "../model/form.js";
import { numberedName } from "./names.js";
import { unknown } from "./unknown.js";

/** A pull request is one proposal. The one that carries its number stays, else the first. */
export function oneProposal({
  merged,
  added,
  filesCutOff,
  number,
  prefix,
}: FormFacts): readonly FormFinding[] {
  if (merged) return [];
  if (added.length < 2) return filesCutOff ? [unknown("one-proposal", "many_files")] : [];
  const kept = added.find((path) => numberedName(path, prefix).number === number) ?? added[0] ?? "";
  const moved = added.filter((path) => path !== kept);
  return [
    {
      check: "one-proposal",
      severity: "problem",
      path: kept,
      line: null,
      fault: { code: "several_texts", kept, moved },
    },
  ];
}
