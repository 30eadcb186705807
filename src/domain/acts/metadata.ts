import { peopleIn } from "./people.js";
import { LONGEST_TEXT } from "./spoken.js";

/** What lines of a description say besides its text, as logins without `@`. */
export interface Metadata {
  readonly authors: readonly string[];
  readonly shepherd: string | null;
}

/** `Author: …`, also in bold, and of several. */
const LINE = /^[*_]{0,2}(author|shepherd)(?:s|\(s\))?[*_]{0,2} ?: ?[*_]{0,2} ?(.+)$/iu;

/** author.named: `Author: @x` and `Shepherd: @x`, on lines of their own, as the process page of Matrix has them. */
export function metadataIn(lines: readonly string[]): Metadata {
  const said = lines.flatMap((line) => {
    const found = LINE.exec(line.slice(0, LONGEST_TEXT).replace(/\s+/gu, " "));
    return found === null ? [] : [{ key: found[1]?.toLowerCase(), people: peopleIn(found[2] ?? "") }];
  });
  const of = (key: string) => said.filter((one) => one.key === key).flatMap(({ people }) => people);
  return { authors: distinct(of("author")), shepherd: of("shepherd")[0] ?? null };
}

/** Each once, as it was first written. */
const distinct = (logins: readonly string[]): readonly string[] =>
  [...new Map(logins.toReversed().map((login) => [login.toLowerCase(), login])).values()].toReversed();
