import type { Meaning } from "../model/command.js";
import { cutTo } from "../text/cut.js";
import { peopleIn } from "./people.js";

/** How much of a text is kept: a comment can hold 65,536 characters, and the register must hold many. */
export const LONGEST_TEXT = 500;

/** A line to the clerk, taken apart at its verb. */
export interface Spoken {
  /** The verb, in small letters. */
  readonly word: string;
  /** Behind `fcp` there is no doubt which command is meant. */
  readonly behindFcp: boolean;
  /** Punctuation held on to the verb, so that the sentence cannot go on. */
  readonly stopped: boolean;
  /** The same, and a new sentence begins: what follows says nothing of whether the verb is meant. */
  readonly ended: boolean;
  readonly rest: string;
}

/** A verb, whatever punctuation holds on to it, and the rest of the line, which only a colon, a dash or a bracket may hold on to. */
const VERB = /^(\p{L}+(?:-\p{L}+)*)(?:([:—])(?=[^: ])|([:,.;!–—-]*)(?: |$)|(?=\())(.*)$/u;

/** The verb of these words and what follows it; null: they begin with none. */
export function spokenIn(words: string, behindFcp = false): Spoken | null {
  const found = VERB.exec(words);
  if (found === null) return null;
  const [, verb = "", mark = "", stop = "", rest = ""] = found;
  const word = verb.toLowerCase();
  return word === "fcp" && !behindFcp
    ? spokenIn(rest.trim(), true)
    : { word, behindFcp, stopped: mark + stop !== "", ended: /[.!]/u.test(stop), rest: rest.trim() };
}

/**
 * Nothing follows, or nothing that could make the verb a part of another sentence: the end of the sentence, a dash or bracket, an
 * emoji, or a phrase that only explains. Not so a thing the verb may be about: in ``merge `main` first`` and
 * `close #12` nobody moves anything.
 */
export const standsAlone = (spoken: Spoken): boolean =>
  spoken.rest === "" || ((spoken.stopped || explains(spoken.rest)) && isMeant(spoken));

const explains = (rest: string): boolean =>
  MARK.test(rest) || /^(?:on behalf of|because|since|please|thanks|thank you)\b/iu.test(rest);

/** The end of the sentence, a dash, a bracket or an emoji. */
const MARK = /^(?:[.,;:!(…]|[-–]+(?: |$)|—|\p{Extended_Pictographic})/u;

/**
 * The same of a motion and of `cancel`, which take a reason: also behind `fcp`, where no doubt is left which command is meant, a sentence may
 * be about it (`fcp cancel is not what I meant`). More words lead to a reason than would be safe behind a vote, where `as` names a team.
 */
export const isGiven = (spoken: Spoken): boolean =>
  spoken.rest === "" || ((spoken.stopped || opensReason(spoken.rest)) && isMeant(spoken));

const isMeant = ({ ended, rest }: Spoken): boolean => ended || !putsOff(rest);

/** What is said under a condition, or not yet, is not said: `cancel as soon as C1 is resolved`, `resolve all, once it is fixed`. */
export const putsOff = (rest: string): boolean => PUT_OFF.test(rest.replace(/^[\s,;:(…–—-]+/u, ""));

const PUT_OFF =
  /^(?:if|unless|until|when|once(?! (?:more|again)\b)|(?:as|so) (?:soon|long) as|as (?:if|though)|only (?:if|when|once|after)|not (?:yet|now)|never|nope|no(?=\P{L}*$)|(?:please )?(?:don['’]t|do not|wait))(?![\p{L}\p{N}_])/iu;

/** Words that begin like this are a reason for what stands before them. */
export const opensReason = (rest: string): boolean =>
  explains(rest) || /^(?:as|for now|per|again)\b/iu.test(rest);

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
export const shortened = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${cutTo(text, LONGEST_TEXT - 1)}…`;

/** A record by the number the clerk gives it, and what is said of it; without a number it is asked for. */
const RECORD = /^(?:(?:the )?(?:decision )?record(?: #?(\d{1,9}))?|#?(\d{1,9}))(?![\p{L}\d])(.*)$/iu;

export function recordIn(spoken: Spoken): Meaning<"correct"> | null {
  const named = spoken.behindFcp ? null : RECORD.exec(spoken.rest);
  if (named === null) return null;
  const [, behind, alone, rest = ""] = named;
  const record = behind ?? alone;
  const reason = textAfter({ ...spoken, rest: rest.trim() });
  return { verb: "correct", record: record === undefined ? null : Number(record), reason };
}

export const waivedIn = (spoken: Spoken): Meaning<"waive"> | null =>
  spoken.behindFcp ? null : { verb: "waive", what: shortened(spoken.rest) };

/** Another proposal by its number, at the end of the sentence or before its reason. */
const PROPOSAL = /^by:? (?:(?:the )?(?:proposal|pull request|pr) )?(?:#|msc ?)?(\d{1,9})(?![\p{L}\d])(.*)$/iu;

/** proposal.superseded. A number that is not followed by the end, or by a reason, is asked for again: it may be of something else. */
export function proposalIn({ rest, stopped }: Spoken): Meaning<"superseded"> | null {
  const [, number, after = ""] = PROPOSAL.exec(rest) ?? [];
  if (number !== undefined && (after === "" || MARK.test(after.trim()) || opensReason(after.trim())))
    return { verb: "superseded", by: Number(number) };
  return rest === "" || (!stopped && /^by\b/iu.test(rest)) ? { verb: "superseded", by: null } : null;
}

/** What the reason of a cancelling says of the proposal, where it begins with it. */
export function obsoleteIn({ rest }: Spoken): Pick<Meaning<"cancel">, "obsolete"> {
  const reason = /^(?:[:,.;!(–—-]+ *|(?:because|as|since)(?: it is)? )?(superseded|obsolete)\b(.*)$/iu.exec(
    rest,
  );
  if (reason === null) return {};
  const after = reason[2]?.trim() ?? "";
  if (reason[1]?.toLowerCase() === "obsolete") return { obsolete: { supersededBy: null } };
  const by = /^by:? (?:#|msc ?)?(\d{1,9})(?![\p{L}\d])/iu.exec(after)?.[1];
  return by === undefined ? {} : { obsolete: { supersededBy: Number(by) } };
}

/** The one account that this names, with or without `@` or as a link; null: none, several, or something else. */
export function accountIn(rest: string): string | null {
  const people = peopleIn(withoutStop(rest.slice(0, LONGEST_TEXT)));
  return people.length === 1 ? (people[0] ?? null) : null;
}

/** What is seconded, perhaps in the words it was said in; nothing that goes on otherwise. */
const SECONDED =
  /^(?:the )?(override|correct(?:ion)?)(?: (?:finished|cancelled|canceled)| (?:of )?(?:the )?(?:decision )?(?:record )?#?\d+)?(?=$|[.,;:!(]| [-–—] )/iu;

const SECONDED_WAIVER = /^(?:the )?waiv(?:e|er|ing)(?: of)?(?= |$|[.!])(.*)$/iu;

export function secondedIn(spoken: Spoken): Meaning<"second"> | null {
  if (spoken.behindFcp) return null;
  const waiver = SECONDED_WAIVER.exec(spoken.rest)?.[1];
  if (waiver !== undefined)
    return { verb: "second", what: "waiver", gate: shortened(withoutStop(waiver.trim())) };
  const what = SECONDED.exec(spoken.rest)?.[1]?.toLowerCase();
  if (what !== undefined)
    return { verb: "second", what: what === "override" ? "override" : "correction", gate: "" };
  return standsAlone(spoken) ? { verb: "second", what: null, gate: "" } : null;
}

/** An address, however it is wrapped: bare, in angle brackets, or behind the words of a link. */
const ADDRESS = /https?:\/\/[^\s<>()[\]"'`|\\]+/giu;

/** Addresses, which may be missing; or that they are in order, or not, and nothing that goes on otherwise. */
export function implementationIn(spoken: Spoken): Meaning<"implementation"> | null {
  if (spoken.behindFcp) return null;
  const addresses = Array.from(spoken.rest.matchAll(ADDRESS), ([one]) => withoutStop(one).replace(/:+$/, ""));
  if (addresses.length > 0) return { verb: "implementation", addresses, inOrder: null };
  if (/^(?:URL)?$/u.test(spoken.rest)) return { verb: "implementation", addresses: [], inOrder: null };
  const said = /^(?:(?:is|are) )?(not )?(?:ok|okay)(?=$|[.,;:!(]| [-–—] )/iu.exec(spoken.rest);
  return said === null ? null : { verb: "implementation", addresses: [], inOrder: said[1] === undefined };
}
