/** How much of a text is kept: a comment can hold 65,536 characters, and the register must hold many. */
export const LONGEST_TEXT = 500;

/** A line to the clerk, taken apart at its verb. */
export interface Spoken {
  /** The verb, in small letters. */
  readonly word: string;
  /** Behind `fcp` there is no doubt what is meant, and people explain themselves on the same line. */
  readonly behindFcp: boolean;
  /** Punctuation held on to the verb, so that the sentence cannot go on. */
  readonly stopped: boolean;
  readonly rest: string;
}

/** A verb, whatever punctuation holds on to it, and the rest of the line, which only a colon may hold on to. */
const VERB = /^([\p{L}-]+)(?:(:)(?=[^: ])|([:,.;!]*)(?: |$))(.*)$/u;

/** The verb of these words and what follows it; null: they begin with none. */
export function spokenIn(words: string, behindFcp = false): Spoken | null {
  const found = VERB.exec(words);
  if (found === null) return null;
  const [, verb = "", colon = "", stop = "", rest = ""] = found;
  const word = verb.toLowerCase();
  return word === "fcp" && !behindFcp
    ? spokenIn(rest.trim(), true)
    : { word, behindFcp, stopped: colon + stop !== "", rest: rest.trim() };
}

/**
 * Nothing follows, or nothing that could make the verb a part of another sentence: the end of the sentence, a dash or bracket, an
 * emoji, or a phrase that only explains. Not so a thing the verb may be about: in ``merge `main` first`` and
 * `close #12` nobody moves anything.
 */
export const standsAlone = ({ stopped, rest }: Spoken): boolean =>
  rest === "" ||
  stopped ||
  /^(?:[.,;:!(…]|[-–—]+(?: |$)|\p{Extended_Pictographic}|(?:on behalf of|because|since|please|thanks|thank you)\b)/iu.test(
    rest,
  );

/** `as TEAM`: the team's name, without the punctuation that ends the sentence; null: none is named. */
export function teamIn({ rest }: Spoken): string | null {
  const team = /^as (.+)$/iu.exec(rest)?.[1];
  return team === undefined ? null : withoutStop(shortened(team));
}

function withoutStop(text: string): string {
  let end = text.length;
  while (end > 0 && ".,;!".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The rest of the line, without the punctuation that led to it. */
export const textAfter = ({ rest }: Spoken): string =>
  shortened(
    rest
      .replace(/^[:,\-–—]+ +/u, "")
      .replace(/^:+/u, "")
      .trim(),
  );

/** At most 500 characters (UTF-16 units), never half of one, with a sign that there was more. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const cut = text.slice(0, LONGEST_TEXT - 1);
  // The last unit may be the first half of a character that takes two.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
