import type { Concern } from "../model/register.js";
import { fold } from "../text/fold.js";
import { onceFor } from "../text/onceFor.js";
import { opensReason, putsOff } from "./spoken.js";

/** Which concerns `resolve …` means. */
export type Meant =
  /** These, all of them on record; some may be resolved already. */
  | { readonly kind: "these"; readonly concerns: readonly Concern[] }
  /** It fits more than one. */
  | { readonly kind: "several"; readonly concerns: readonly Concern[] }
  | { readonly kind: "none" };

const NONE: Meant = { kind: "none" };

/**
 * concern.resolve: by the whole text, by a start of it that fits one only, by numbers, or all. Where nothing fits, the word `concern` before
 * it and quotation marks around it are left out. What is open is meant before what is resolved already. `what` as kept of a concern's text.
 */
export function whichConcerns(concerns: readonly Concern[], what: string): Meant {
  const said = fold(what);
  const tries = [said, withoutWord(said)];
  for (const words of tries) {
    const open = concerns.filter((one) => one.resolved === null);
    const meant = firstOf(
      () => byText(open, words),
      () => bySingleNumber(concerns, words),
      () => byStart(open, words),
      () => byNumbers(concerns, words),
      () => all(open, words),
      () => quoted(open, words),
    );
    if (meant.kind !== "none") return meant;
  }
  const resolved = concerns.filter((one) => one.resolved !== null);
  for (const words of tries) {
    const meant = firstOf(
      () => byText(resolved, words),
      () => byStart(resolved, words),
      () => quoted(resolved, words),
    );
    if (meant.kind === "these") return meant;
  }
  return NONE;
}

function firstOf(...ways: readonly (() => Meant)[]): Meant {
  for (const way of ways) {
    const meant = way();
    if (meant.kind !== "none") return meant;
  }
  return NONE;
}

const fitting = (concerns: readonly Concern[]): Meant =>
  concerns.length === 0 ? NONE : { kind: concerns.length === 1 ? "these" : "several", concerns };

/** Every concern is compared with all that is to be resolved. */
const folded = onceFor(({ text }: Concern) => fold(text));

const byText = (concerns: readonly Concern[], words: string): Meant =>
  fitting(concerns.filter((one) => folded(one) === words));

/** `all` begins a text only where it is a word of it. */
const byStart = (concerns: readonly Concern[], words: string): Meant =>
  words === ""
    ? NONE
    : fitting(
        concerns.filter((one) =>
          words === "all" ? /^all(?![\p{L}\p{N}_])/iu.test(one.text) : folded(one).startsWith(words),
        ),
      );

const NUMBER = /^(?:(c|#) ?)?(\d{1,6})(?![\p{L}\p{N}]|[.,]\d)/u;
/** What may stand between two numbers. */
const BETWEEN = /^(?: ?[,;&+/] ?(?:and |& ?)?| and | )/u;

/** A number alone means that concern and no other, also when it is resolved already. */
function bySingleNumber(concerns: readonly Concern[], words: string): Meant {
  const number = /^(?:c|#)?(\d{1,6})[.:!]?$/u.exec(words)?.[1];
  const named = concerns.find((one) => one.number === Number(number));
  return named === undefined ? NONE : { kind: "these", concerns: [named] };
}

/**
 * `c1, c2 and c4 - fixed in abc`: numbers of one kind, and a reason behind the last. Where it is not plain which numbers are meant (`c1-c3`,
 * `c1 or c2`, `1, 2 typos are fixed`), none is; nor where a sentence about the concern goes on (`c1 is worse now`).
 */
function byNumbers(concerns: readonly Concern[], words: string): Meant {
  const numbers: number[] = [];
  let rest = words;
  let kind: string | undefined;
  for (let before = ""; ; ) {
    const found = NUMBER.exec(rest.slice(before.length));
    if (found === null || (numbers.length > 0 && found[1] !== kind)) break;
    kind = found[1];
    numbers.push(Number(found[2]));
    rest = rest.slice(before.length + found[0].length);
    before = BETWEEN.exec(rest)?.[0] ?? "";
    if (before === "") break;
  }
  if (numbers.length === 0 || MORE_NUMBERS.test(rest) || putsOff(rest)) return NONE;
  const plain = rest.startsWith(" ") && (numbers.length === 1 || kind !== undefined);
  if (!(rest === "" || opensReason(rest.trim()) || (plain && !SENTENCE.test(rest)))) return NONE;
  const named = [...new Set(numbers)].map((number) => concerns.find((one) => one.number === number));
  const known = named.filter((one) => one !== undefined);
  return known.length < named.length ? NONE : { kind: "these", concerns: known };
}

/** Numbers of another kind, or a range. */
const MORE_NUMBERS =
  /^(?:(?:[\s,;&+/]|and\b|or\b|to\b|plus\b|through\b|until\b|as well as\b|together with\b)+[c#]?\d| ?[-–—]+ ?(?:[c#]\d|\d+$))/u;
/** A sentence about the concern goes on: `resolve c1 is wrong`, `resolve c1 only if …`. */
const SENTENCE =
  /^ (?:(?:is|are|was|were|be|has|have|had|does|do|did|will|would|should|could|can|must|might)(?:n['’]t)?|cannot|may|needs|seems|looks|if|unless|once|when|until|after|before|only|not|never|yet|or|later|instead)(?![\p{L}\p{N}_])/u;

/** Everything that is open, said alone or before a mark. A concern whose text begins with the word is meant first. */
function all(open: readonly Concern[], words: string): Meant {
  const rest = /^all(?![\p{L}\p{N}_])(.*)$/u.exec(words)?.[1];
  if (rest === undefined || open.length === 0) return NONE;
  const behind = rest.replace(/^[\s.,;:!(…–—-]+/u, "");
  const plain = rest === "" || (behind !== rest.trim() && !EXCEPT.test(behind) && !putsOff(rest));
  return plain ? { kind: "these", concerns: open } : NONE;
}

/** `all, except C2` and `all - C2` are not all. */
const EXCEPT = /^(?:except|excepting|excluding|but|apart|save|besides|not|without|other|minus|[c#]?\d+\b)/u;

const QUOTED = /^(?:"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|‘([^’]+)’|'(.+)'|`([^`]+)`)(.*)$/u;

function quoted(concerns: readonly Concern[], words: string): Meant {
  const found = QUOTED.exec(words);
  if (found === null) return NONE;
  const inner = fold(found.slice(1, 8).find((one) => one !== undefined) ?? "");
  const rest = found[8] ?? "";
  if (!(rest === "" || opensReason(rest.trim())) || putsOff(rest)) return NONE;
  return firstOf(
    () => byText(concerns, inner),
    () => byStart(concerns, inner),
  );
}

const withoutWord = (words: string): string => words.replace(/^(?:the )?concerns?(?: ?[:–—-] ?| )/u, "");
