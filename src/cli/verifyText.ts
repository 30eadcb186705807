import type { CaseFile } from "../decisions/verify/caseFile.js";
import { type exitCodeOf, LEVELS, type Level, type Outcome } from "../decisions/verify/level.js";
import type { Verified } from "../decisions/verify/verifyRecord.js";
import { plain } from "../domain/messages/escape.js";
import { iso } from "../domain/text/time.js";
import type { Paint } from "./terminal.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
export const VERIFY_FORMAT = "msc-clerk verify 1";

/** What `verify` prints of one record: never one yes, but a part for each level. */
export function verifiedText({ record, levels }: Verified): string {
  const title =
    record === null
      ? "A record"
      : `Record ${record.number} of ${plain(record.repository.name)}: #${record.proposal.number} “${plain(record.proposal.title)}”, ${record.outcome}, ${plain(record.at)}`;
  return [title, ...levelLines(levels)].join("\n");
}

export const levelLines = (levels: readonly Level[]): readonly string[] =>
  levels.flatMap(({ level, outcome, findings }) => [
    "",
    `${LEVELS[level]}: ${outcome}`,
    ...findings.map((finding) => `  ${finding}`),
  ]);

export const readText = ({ read: { at, by, from } }: CaseFile): string =>
  `As ${plain(by)} read it from ${plain(from)} on ${iso(at)}.`;

/** The last line: what the exit code says. */
export function verdictText(code: ReturnType<typeof exitCodeOf>): string {
  switch (code) {
    case 0:
      return "In all: everything is proven, but for what rests on the clerk's word.";
    case 3:
      return "In all: evidence is missing, and nothing is contradicted.";
    case 4:
      return "In all: something is contradicted.";
  }
}

export const ALONE =
  "Without a token only the comment itself was read: its signature, and its votes counted again. Set GITHUB_TOKEN to any token of yours, and the roster, the sources and the rules are looked at too.";

/** The same with a colour for what each level came to. */
export const withColours = (text: string, paint: Paint): string =>
  text.replace(
    /^([A-Z][^:\n]*: )(proven|on the clerk's word|missing|contradicted)$/gm,
    (_, level: string, outcome: Outcome) => `${level}${COLOUR[outcome](paint)(outcome)}`,
  );

const COLOUR: Readonly<Record<Outcome, (paint: Paint) => (text: string) => string>> = {
  proven: ({ right }) => right,
  "on the clerk's word": ({ right }) => right,
  missing: ({ warning }) => warning,
  contradicted: ({ wrong }) => wrong,
};
