import type { Instant } from "../text/time.js";
import { iso } from "../text/time.js";
import { plain } from "./escape.js";
import { link } from "./links.js";

/** One decision in the register; `src/decisions/registerText` reads it back. */
export interface RegisterLine {
  readonly number: number;
  readonly pull: number;
  readonly motion: number;
  readonly outcome: string;
  readonly at: Instant;
  readonly hash: string;
  /** Empty: where the record stands is not known. */
  readonly url: string;
}

export interface RegisterPage {
  /** Stays when the page gets its year: `register-of-decisions`, `register-of-decisions 2026`, `register-of-decisions 2026 2`. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
}

export const REGISTER_OF_DECISIONS = "register-of-decisions";
const TITLE = "Register of decisions";

/** An issue's text holds 65,536 characters, and a line takes some 230 of them, in a repository with the longest names 340. */
const LINES_A_PAGE = 180;

/**
 * record.signed: the register of decisions, a line each, newest last. One page while it is short; then years have pages of their own, and so
 * has each part of a long year, and the newest is the page without a year. A page that is full never changes again.
 */
export function registerPages(
  lines: readonly RegisterLine[],
  checkpoint: string | null,
): readonly RegisterPage[] {
  const parts = lines.length <= LINES_A_PAGE ? [lines] : partsOf(lines);
  const newest = parts.length - 1;
  const names = parts.map((part, at) => (at === newest ? "" : nameOf(part, parts.slice(0, at))));
  return parts.map((part, at) => {
    const name = names[at] ?? "";
    return {
      key: name === "" ? REGISTER_OF_DECISIONS : `${REGISTER_OF_DECISIONS} ${name}`,
      title: titleOf(name),
      body:
        name === ""
          ? currentPage(part, names.slice(0, newest), checkpoint)
          : [earlierWords(name), table(part)].join("\n\n"),
    };
  });
}

const yearOf = ({ at }: RegisterLine): number => new Date(at).getUTCFullYear();

/** Lines in their order, cut where a year ends and where a page is full. */
function partsOf(lines: readonly RegisterLine[]): readonly (readonly RegisterLine[])[] {
  const parts: RegisterLine[][] = [];
  for (const line of lines) {
    const part = parts.at(-1);
    const [first] = part ?? [];
    if (
      part === undefined ||
      first === undefined ||
      part.length >= LINES_A_PAGE ||
      yearOf(first) !== yearOf(line)
    )
      parts.push([line]);
    else part.push(line);
  }
  return parts;
}

/** `2026`, `2026 2`: which part of its year, where there was one before. */
function nameOf(part: readonly RegisterLine[], before: readonly (readonly RegisterLine[])[]): string {
  const year = part[0] === undefined ? 0 : yearOf(part[0]);
  const nth = before.filter(([first]) => first !== undefined && yearOf(first) === year).length + 1;
  return nth === 1 ? String(year) : `${year} ${nth}`;
}

const titleOf = (name: string): string =>
  name === "" ? TITLE : `${TITLE}, ${name.replace(/ (\d+)$/, ", part $1")}`;

/** Does the newest page name this one, by its key? What calls itself a page and is named by none was written by somebody else. */
export const namesPage = (newest: string, key: string): boolean =>
  newest.includes(`“${titleOf(key.slice(REGISTER_OF_DECISIONS.length + 1))}”`);

const earlierWords = (name: string): string =>
  `The decisions of ${name.replace(/ (\d+)$/, ", part $1")}, in the order in which they were recorded. Newer ones stand in the issue “${TITLE}”.`;

function currentPage(
  lines: readonly RegisterLine[],
  earlier: readonly string[],
  checkpoint: string | null,
): string {
  return [
    "Every decision in this repository, in the order in which it was recorded. Each record holds the hash of the one before, so that none can be changed or taken away unseen. The clerk keeps this list; what somebody else writes here is put right, and nothing is decided by it. `msc-clerk verify --all` checks it.",
    ...(earlier.length === 0
      ? []
      : [`Earlier ones: ${earlier.map((name) => `“${titleOf(name)}”`).join(", ")}.`]),
    table(lines),
    ...(checkpoint === null
      ? ["There is no checkpoint, as this clerk has no `RECORD_KEYS` to sign one with."]
      : [
          "The checkpoint at the newest of them. Whoever keeps it can prove later that none was changed or taken away:",
          `\`\`\`text\n${checkpoint.trimEnd()}\n\`\`\``,
        ]),
  ].join("\n\n");
}

const table = (lines: readonly RegisterLine[]): string =>
  [
    "| Record | Proposal | Motion | Outcome | Decided | SHA-256 |",
    "|--:|--:|--:|---|---|---|",
    ...lines.map(row),
  ].join("\n");

const row = ({ number, pull, motion, outcome, at, hash, url }: RegisterLine): string =>
  `| ${number} | ${link(`#${pull}`, url)} | ${motion} | ${plain(outcome)} | ${iso(at)} | \`${hash}\` |`;
