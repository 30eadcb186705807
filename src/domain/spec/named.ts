import { markdownLines } from "../form/lines.js";
import { literally } from "../text/literally.js";

/** What tells the name of a proposal in the specification's repository. */
export interface SpecNaming {
  readonly prefix: string | null;
  /** `owner/name` of the proposals, and its page. */
  readonly repository: string;
  readonly repositoryUrl: string;
  /** What has to stand before the name; empty: nothing. */
  readonly words: readonly string[];
}

/** What names more of them is about none: a list of what is new, or somebody who wants to be everywhere. */
export const MOST_NAMED = 10;

/** Longer lines hold no sentence. */
const LONGEST_LINE = 10_000;

/**
 * spec.linked: numbers of the proposals that a pull request of the specification names, in its title or its description; in code and HTML
 * comments (the hints of a template) nothing is named. None, where they are more than ten. `#12` alone is an issue of the specification.
 */
export function proposalsNamed(title: string, description: string, naming: SpecNaming): readonly number[] {
  const prose = markdownLines(description).flatMap(({ text, kind }) => (kind === "prose" ? [text] : []));
  const found = new Set<number>();
  for (const line of [title, ...prose]) {
    for (const number of namedIn(line.slice(0, LONGEST_LINE), naming)) found.add(number);
    if (found.size > MOST_NAMED) return [];
  }
  return [...found];
}

/** What may stand between two names that the same words are about: `MSC1, MSC2 and [MSC3](…)`. */
const AND = /^[\s,;&*_[\](){}<>:]*(?:and)?[\s*_[(<]*$/iu;

function namedIn(line: string, { prefix, repository, repositoryUrl, words }: SpecNaming): readonly number[] {
  const word = prefix?.replace(/[ -]$/u, "") ?? "";
  const ways = [
    ...(word === "" ? [] : [`(?<![\\p{L}\\p{N}_-])${literally(word)}[ -]?#?(\\d{1,9})(?![\\p{L}\\p{N}_])`]),
    `(?<![\\w/-])${literally(repository)}#(\\d{1,9})\\b`,
    `${literally(repositoryUrl)}/(?:pull|issues)/(\\d{1,9})\\b`,
  ];
  const before =
    words.length === 0
      ? null
      : new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${words.map(literally).join("|")})[\\s:*_[(<]*$`, "iu");
  const numbers: number[] = [];
  let end: number | null = null;
  for (const match of line.matchAll(new RegExp(ways.join("|"), "giu"))) {
    const said =
      before === null ||
      before.test(line.slice(Math.max(0, match.index - 200), match.index)) ||
      (end !== null && AND.test(line.slice(end, match.index)));
    if (!said) continue;
    end = match.index + match[0].length;
    const digits = match.slice(1).find((part) => part !== undefined);
    if (digits !== undefined) numbers.push(Number(digits));
  }
  return numbers;
}
