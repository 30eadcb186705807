import { peopleIn } from "./people.js";
import { LONGEST_TEXT } from "./spoken.js";

/** What lines of a description say besides its text, as logins without `@`. */
export interface Metadata {
  readonly authors: readonly string[];
  readonly shepherd: string | null;
  /** What else it says of itself, as it stands there; the first of each. Nothing is decided by it. */
  readonly notes: readonly { readonly name: (typeof NOTES)[number]; readonly text: string }[];
}

const NOTES = ["PRs", "Date", "Documentation"] as const;

/** `Author: …`, also in bold, and of several. */
const LINE = /^[*_]{0,2}(author|shepherd|pr|date|documentation)(?:s|\(s\))?[*_]{0,2} ?: ?[*_]{0,2} ?(.+)$/iu;

/** author.named: `Author: @x`, `Shepherd: @x`, `PRs:` and so on, on lines of their own, as the process page of Matrix has them. */
export function metadataIn(lines: readonly string[]): Metadata {
  const said = lines.flatMap((line) => {
    const found = LINE.exec(line.slice(0, LONGEST_TEXT).replace(/\s+/gu, " "));
    return found === null ? [] : [{ key: found[1]?.toLowerCase(), text: (found[2] ?? "").trim() }];
  });
  const all = (key: string) => said.filter((one) => one.key === key).map(({ text }) => text);
  const of = (key: string) => all(key).flatMap(peopleIn);
  const notes = NOTES.flatMap((name) =>
    all(name.toLowerCase().replace(/s$/u, ""))
      .slice(0, 1)
      .map((text) => ({ name, text })),
  );
  return { authors: distinct(of("author")), shepherd: of("shepherd")[0] ?? null, notes };
}

/** Each once, as it was first written. */
const distinct = (logins: readonly string[]): readonly string[] =>
  [...new Map(logins.toReversed().map((login) => [login.toLowerCase(), login])).values()].toReversed();
