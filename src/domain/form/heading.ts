import type { FormFacts, FormFinding, FormText } from "../model/form.js";
import { firstHeading, markdownLines } from "./lines.js";
import { numberedTitle } from "./names.js";
import { wordsFor } from "./title.js";
import { unknown, unreadTexts } from "./unknown.js";

/** The first heading of each text: `# MSC1234: words`. Where numbers have no word before them, any heading will do. */
export function heading(facts: FormFacts): readonly FormFinding[] {
  if (facts.merged) return [];
  if (facts.read === null) return [unknown("heading", "unread")];
  return [
    ...facts.read.texts.flatMap((text) => headingOf(text, facts)),
    ...unreadTexts("heading", facts.read.texts),
  ];
}

function headingOf(file: FormText, facts: FormFacts): readonly FormFinding[] {
  if (!("text" in file)) return [];
  const { prefix } = facts;
  const found = firstHeading(markdownLines(file.text));
  const { number, rest } = numberedTitle(found?.words ?? "", prefix);
  // A part's heading (`## Introduction`) names the part, and not the proposal.
  const names = found?.level === 1 || number !== null;
  const words = names && rest !== "" ? rest : numberedTitle(facts.title, prefix).rest;
  const start = prefix === null ? "" : `${prefix}${facts.number}: `;
  const to = `# ${start}${wordsFor(words, facts)}`;
  const about = { check: "heading", path: file.path, line: found?.line ?? 1 } as const;
  if (found === null || (prefix !== null && !names))
    return [{ ...about, severity: "problem", fault: { code: "no_heading", to } }];
  if (prefix === null) return [];
  if (number === null)
    return [{ ...about, severity: "problem", fault: { code: "heading_without_number", to } }];
  if (number !== facts.number)
    return [{ ...about, severity: "problem", fault: { code: "heading_of_another", number, to } }];
  const same = found.level === 1 && `# ${found.words.replace(/\s+/gu, " ")}` === to;
  return same ? [] : [{ ...about, severity: "warning", fault: { code: "heading_unusual", to } }];
}
