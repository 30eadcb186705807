import { markdownLines } from "../form/lines.js";
import { literally } from "../text/literally.js";

/** What tells a reference to another proposal: the word before its number (`MSC`), and the repository's page. */
export interface Naming {
  readonly prefix: string | null;
  /** `https://github.com/OWNER/NAME` */
  readonly repositoryUrl: string;
  /** `owner/name` */
  readonly repository: string;
}

/** More than these are not looked for: whoever writes a text could name thousands. */
export const MOST_DEPENDENCIES = 20;

/** A line that says it: `Depends on: MSC1234`, in a list or not, and with the words marked or not. */
const SAYS = /^[\s>*_-]*depend(?:s on|encies|ency)\b[\s*_]*:?(.*)/isu;
/** The hashes that may close it are left in its words: to look for them takes the square of its length. */
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)/su;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u;

/**
 * Numbers of the proposals that this text names as its dependencies: in a line that says so, and under a heading *Dependencies* up to the
 * next of its level. In code and comments nothing is named. The first twenty, in the order of the text.
 */
export function dependenciesNamed(text: string, naming: Naming): readonly number[] {
  const found = new Set<number>();
  let under: number | null = null;
  const lines = markdownLines(text);
  const names = namesBy(naming);
  for (const [at, { text: line, kind }] of lines.entries()) {
    if (kind !== "prose" || found.size >= MOST_DEPENDENCIES) continue;
    const hashed = HEADING.exec(line);
    const below = lines[at + 1];
    const underlined = below?.kind === "prose" && line.trim() !== "" && UNDERLINE.test(below.text);
    const heading = hashed !== null ? (hashed[2] ?? "") : underlined ? line.trim() : null;
    if (heading !== null) {
      const level = hashed?.[1]?.length ?? (below?.text.trim().startsWith("=") ? 1 : 2);
      if (/^(?:\d[\d.]*\s*)?dependenc(?:y|ies)\b/iu.test(heading)) under = level;
      else if (under !== null && level <= under) under = null;
      continue;
    }
    const said = under === null ? (SAYS.exec(line)?.[1] ?? "") : line;
    for (const number of referencesIn(said, names)) found.add(number);
  }
  return [...found].slice(0, MOST_DEPENDENCIES);
}

function namesBy({ prefix, repositoryUrl, repository }: Naming): RegExp {
  const ways = [
    ...(prefix === null ? [] : [`\\b${literally(prefix)}[ -]?#?(\\d{1,9})\\b`]),
    `(?<![\\w/&])#(\\d{1,9})\\b`,
    `(?<![\\w/-])${literally(repository)}#(\\d{1,9})\\b`,
    `${literally(repositoryUrl)}/(?:pull|issues)/(\\d{1,9})\\b`,
  ];
  return new RegExp(ways.join("|"), "giu");
}

const referencesIn = (line: string, names: RegExp): readonly number[] =>
  [...line.slice(0, 10_000).matchAll(names)].map((match) =>
    Number(match.slice(1).find((part) => part !== undefined)),
  );
