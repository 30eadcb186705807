import { LONGEST_LINE } from "../form/lineLength.js";
import {
  FORM_CHECKS,
  type FormCheck,
  type FormFacts,
  type FormFault,
  type FormFinding,
  type UnknownForm,
} from "../model/form.js";
import { plain } from "./escape.js";
import { COMMENT_LIMIT, fitting, SUMMARY_BYTES } from "./fitting.js";
import { count, sentenceCase, series } from "./grammar.js";

/** What is wrong, and the exact change that puts it right; `change` null: there is none to make. */
interface FindingWords {
  readonly sentence: string;
  readonly change: string | null;
}

/** How exactly these characters are shown: in Markdown, or where none is known. */
type ShowCode = (text: string) => string;

/** A code span, whatever stands in the text: it pings nobody, links nothing and ends nowhere before its end. */
export const codeSpan: ShowCode = (text) => {
  const shown = plain(text);
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const apart = /^`|`$/.test(shown) || shown === "" ? " " : "";
  return `${fence}${apart}${shown}${apart}${fence}`;
};

/** In Markdown: for the check's summary, a gate's line, a comment. */
export const findingWords = (finding: FormFinding, facts: FormFacts): FindingWords =>
  wordsOf(finding, facts, codeSpan);

/** In plain text: for an annotation, which stands at its line. */
export function findingLine(finding: FormFinding, facts: FormFacts): string {
  const { sentence, change } = wordsOf(finding, facts, plain);
  return change === null ? sentence : `${sentence} ${change}`;
}

function wordsOf({ path, fault }: FormFinding, facts: FormFacts, code: ShowCode): FindingWords {
  const { number } = facts;
  const file = code(path ?? "");
  const rename = (to: string) => `Rename it: ${code(`git mv ${shellWord(path ?? "")} ${shellWord(to)}`)}`;
  const become = (to: string) => `Change it to: ${code(to)}`;
  switch (fault.code) {
    case "name_without_number":
      return {
        sentence: `${file} does not carry its number yet, which is that of this pull request: ${number}.`,
        change: rename(fault.to),
      };
    case "name_of_another":
      return {
        sentence: `${file} carries the number ${fault.number}, and this is pull request ${number}.`,
        change: rename(fault.to),
      };
    case "unusual_name":
      return {
        sentence: `${file} is named otherwise than most: in small letters and figures, with hyphens between.`,
        change: rename(fault.to),
      };
    case "title_without_number":
      return {
        sentence: `The title does not begin with the number of this pull request.`,
        change: become(fault.to),
      };
    case "title_of_another":
      return {
        sentence: `The title names the number ${fault.number}, and this is pull request ${number}.`,
        change: become(fault.to),
      };
    case "title_unusual":
      return { sentence: "The title is written otherwise than most.", change: become(fault.to) };
    case "title_unfinished":
      return {
        sentence: "The title says that it is unfinished, and the pull request is no draft.",
        change: become(fault.to),
      };
    case "no_heading":
      return {
        sentence: `${file} does not begin with a heading that names the proposal.`,
        change: `Begin it with: ${code(fault.to)}`,
      };
    case "heading_without_number":
      return {
        sentence: `The first heading of ${file} does not begin with the number of this pull request.`,
        change: become(fault.to),
      };
    case "heading_of_another":
      return {
        sentence: `The first heading of ${file} names the number ${fault.number}, and this is pull request ${number}.`,
        change: become(fault.to),
      };
    case "heading_unusual":
      return {
        sentence: `The first heading of ${file} is written otherwise than most.`,
        change: become(fault.to),
      };
    case "no_link":
      return {
        sentence: "The description does not link the text as it stands at the head of this pull request.",
        change: `Put this into the description${fault.renamed ? ", once the file is renamed" : ""}: ${code(`[Rendered](${fault.to})`)}`,
      };
    case "link_not_merged":
      return {
        sentence: "This is merged, and the description does not link the text where it lies now.",
        change: `Its author, or whoever may edit the description, can put this there: ${code(`[Rendered](${fault.to})`)}`,
      };
    case "not_signed_off":
      return {
        sentence:
          "The author has not signed this off: in no commit, not in the description, and in no comment of theirs.",
        change: `Write this line there, with your own name and address: ${code("Signed-off-by: Your Name <you@your.mail>")}. Who would rather not sign off in public can tell the team: a member then says ${code("signoff private")} to the clerk.`,
      };
    case "several_texts":
      return {
        sentence: `It adds ${count(fault.moved.length + 1, "proposal")}, and one pull request is for one.`,
        change: `Keep ${code(fault.kept)}, and open another pull request for each of the others: ${code(`git rm --cached ${fault.moved.slice(0, MOST_NAMED).map(shellWord).join(" ")}`)}${fault.moved.length > MOST_NAMED ? `, and ${fault.moved.length - MOST_NAMED} more` : ""}`,
      };
    case "image_elsewhere":
      return {
        sentence: `${file} is an image that does not lie in the folder for them.`,
        change: `Move it, and change what links it: ${code(`git mv ${shellWord(path ?? "")} ${shellWord(fault.to)}`)}`,
      };
    case "long_line":
      return {
        sentence: `This line has ${fault.length} characters.`,
        change: `Wrap it at ${LONGEST_LINE}.`,
      };
    case "more_long_lines":
      return {
        sentence: `${sentenceCase(count(fault.count, "more line"))} of ${file} ${fault.count === 1 ? "has" : "have"} over ${LONGEST_LINE} characters.`,
        change: `Wrap them at ${LONGEST_LINE}.`,
      };
    case "unknown":
      return {
        sentence: path === null ? UNKNOWN[fault.because] : `${file}: ${UNKNOWN[fault.because]}`,
        change: null,
      };
  }
}

const MOST_NAMED = 5;

const UNKNOWN: Readonly<Record<UnknownForm, string>> = {
  unread: "GitHub did not tell it just now. The clerk asks again in ten minutes.",
  many_files: "There are more files than GitHub lists.",
  many_commits: "There are more commits than the clerk reads, and none of those it read is signed off.",
  too_large: "the text is longer than the clerk reads.",
  not_text: "this is no text.",
  too_many: "there are more texts than the clerk reads.",
  not_there: "GitHub does not show the file.",
};

/** A word of a command to be copied, whatever is in it. */
const shellWord = (word: string): string =>
  /^[\p{L}\p{N}_./+-]+$/u.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The check's title. */
export function formTitle(findings: readonly FormFinding[]): string {
  if (findings.length === 0) return "The form is as it should be";
  const of = (severity: FormFinding["severity"]) => entriesOf(findings, severity).length;
  const [problems, warnings, unknown] = [of("problem"), of("warning"), of("unknown")];
  const parts = [
    ...(problems > 0 ? [`${count(problems, "thing")} to change`] : []),
    ...(warnings > 0 ? [`${problems > 0 ? warnings : count(warnings, "thing")} to look at`] : []),
    ...(unknown > 0 ? [`${problems + warnings > 0 ? unknown : count(unknown, "thing")} not known`] : []),
  ];
  return parts.join(", ");
}

/** The check's summary, in Markdown: every finding, each with the change to make. */
export function formSummary(
  findings: readonly FormFinding[],
  facts: FormFacts,
  checks: readonly FormCheck[],
): string {
  const looked = `<sub>Looked at: ${series(titlesOf(facts.merged ? ["rendered"] : checks).map((title) => title.toLowerCase()))}.</sub>`;
  if (findings.length === 0)
    return `The form of pull request ${facts.number} is as it should be.\n\n${looked}`;
  const section = (severity: FormFinding["severity"], title: string) => {
    const entries = entriesOf(findings, severity);
    return entries.length === 0
      ? []
      : [`**${title}**\n\n${entries.map((entry) => entryText(entry, facts)).join("\n")}`];
  };
  const text = [
    `Advice on the form of pull request ${facts.number}. It decides nothing.`,
    ...section("problem", "To change"),
    ...section("warning", "Worth a look"),
    ...section("unknown", "Not known"),
    looked,
  ].join("\n\n");
  return fitting([() => text], COMMENT_LIMIT, SUMMARY_BYTES);
}

/** What is told as one: the long lines of a file, and what is not known for the same reason. */
interface Entry {
  readonly checks: readonly FormCheck[];
  readonly findings: readonly [FormFinding, ...FormFinding[]];
}

function entriesOf(findings: readonly FormFinding[], severity: FormFinding["severity"]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const [at, finding] of findings.entries()) {
    if (finding.severity !== severity) continue;
    const key = sameEntry(finding) ?? `${at}`;
    const before = entries.get(key);
    entries.set(
      key,
      before === undefined
        ? { checks: [finding.check], findings: [finding] }
        : {
            checks: [...new Set([...before.checks, finding.check])],
            findings: [...before.findings, finding] as unknown as Entry["findings"],
          },
    );
  }
  return [...entries.values()];
}

function sameEntry({ fault, path, check }: FormFinding): string | null {
  if (fault.code === "unknown") return `unknown ${fault.because} ${path ?? ""}`;
  return isLength(fault) ? `${check} ${path ?? ""}` : null;
}

const isLength = ({ code }: FormFault): boolean => code === "long_line" || code === "more_long_lines";

function entryText({ checks, findings }: Entry, facts: FormFacts): string {
  const [first] = findings;
  const name = titlesOf(checks)
    .map((title) => `**${title}**`)
    .join(", ");
  const { sentence, change } = isLength(first.fault) ? lengthWords(findings) : findingWords(first, facts);
  return `- ${name}: ${sentence}${change === null ? "" : `\n  ${change}`}`;
}

function lengthWords(findings: readonly FormFinding[]): FindingWords {
  const lines = findings.flatMap(({ line }) => (line === null ? [] : [String(line)]));
  const more = findings.reduce(
    (sum, { fault }) => sum + (fault.code === "more_long_lines" ? fault.count : 0),
    0,
  );
  const file = codeSpan(findings[0]?.path ?? "");
  const listed = series([...lines, ...(more > 0 ? [`${more} more`] : [])]);
  return {
    sentence: `${file} has over ${LONGEST_LINE} characters in ${lines.length + more === 1 ? "line" : "lines"} ${listed}.`,
    change: `Wrap ${lines.length + more === 1 ? "it" : "them"} at ${LONGEST_LINE}; what cannot be wrapped is not counted.`,
  };
}

const titlesOf = (checks: readonly FormCheck[]): readonly string[] =>
  FORM_CHECKS.flatMap(({ key, title }) => (checks.includes(key) ? [title] : []));
