import type { Command } from "../model/command.js";
import type { Disposition } from "../model/rules.js";
import { nearest } from "../text/editDistance.js";
import { fold, foldSpace } from "../text/fold.js";

/** What is kept of a text; a comment can hold 65,536 characters, the register must hold many. */
const LONGEST_TEXT = 500;

/** As members would write them: what a misspelt command is compared with. */
const KNOWN = [
  "fcp merge",
  "fcp close",
  "fcp postpone",
  "fcp cancel",
  "fcp concern",
  "merge",
  "close",
  "postpone",
  "cancel",
  "reviewed",
  "review",
  "approve",
  "approved",
  "abstain",
  "retract",
  "unreview",
  "concern",
  "resolve",
  "resolved",
  "propose",
  "withdraw",
  "override finished",
  "override cancelled",
  "second",
  "confirm",
  "status",
  "refresh",
  "help",
] as const;

const PAIRS = KNOWN.filter((known) => known.includes(" "));
const SINGLES = KNOWN.filter((known) => !known.includes(" "));

const DISPOSITIONS: ReadonlyMap<string, Disposition> = new Map([
  ["merge", "merge"],
  ["merges", "merge"],
  ["merged", "merge"],
  ["merging", "merge"],
  ["close", "close"],
  ["closes", "close"],
  ["closed", "close"],
  ["closing", "close"],
  ["postpone", "postpone"],
  ["postpones", "postpone"],
  ["postponed", "postpone"],
  ["postponing", "postpone"],
] as const);

const VOTES: ReadonlyMap<string, "yes" | "abstain" | "retract"> = new Map([
  ["review", "yes"],
  ["reviewed", "yes"],
  ["approve", "yes"],
  ["approved", "yes"],
  ["abstain", "abstain"],
  ["abstained", "abstain"],
  ["retract", "retract"],
  ["retracted", "retract"],
  ["unreview", "retract"],
  ["unreviewed", "retract"],
] as const);

const OUTCOMES: ReadonlyMap<string, "finished" | "cancelled"> = new Map([
  ["finished", "finished"],
  ["finish", "finished"],
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["cancel", "cancelled"],
] as const);

/**
 * The commands on these lines, in order. A line is one when it begins with a mention of the clerk (`@name` or `@name[bot]`, any
 * case); `lines` are what the person said in their own voice. `mentions`: names in lower case, without `@`.
 *
 * A command whose words could as well be the start of a sentence (`merge conflicts need fixing`, `reviewed by nobody yet`) counts only
 * when it stands alone, or the sentence ends there, or a phrase that only explains it comes next; else it is unknown, and gets an answer. Better
 * a vote that has to be said again than one that nobody gave.
 */
export const parseCommands = (lines: readonly string[], mentions: readonly string[]): Command[] =>
  heard(lines, mentions, null).commands;

/** How much of one text is heard. */
export interface Hearing {
  readonly commands: number;
  /** Lines that begin with a mention of anybody: each has to be read to know that it does not mention the clerk. */
  readonly lines: number;
}

/**
 * The same, and whether all of it was heard. So many misspelt commands as one reply tells (reply.always); further ones change
 * nothing whoever wrote them, and looking for what each may have meant takes its time.
 */
export function heard(
  lines: readonly string[],
  mentions: readonly string[],
  within: Hearing | null,
): { readonly commands: Command[]; readonly whole: boolean } {
  const commands: Command[] = [];
  let looked = 0;
  let misspelt = 0;
  for (const line of lines) {
    if (!MENTIONS.test(line)) continue;
    if (within !== null && (commands.length >= within.commands || looked >= within.lines))
      return { commands, whole: false };
    looked++;
    const addressed = ADDRESSED.exec(foldSpace(line));
    const name = addressed?.[1]?.toLowerCase();
    const words = foldSpace(addressed?.[2] ?? "");
    if (name === undefined || !mentions.includes(name) || words === "") continue;
    const command = commandIn(words, misspelt < MISSPELT);
    if (command === null) continue;
    if (command.verb === "unknown") misspelt++;
    commands.push(command);
  }
  return { commands, whole: true };
}

const MISSPELT = 20;

/** Begins with the sign of a mention, whatever comes along unseen when people paste. Whether it is one is seen after folding. */
const MENTIONS = /^[\s\u0085\u200b\u2060\ufeff]*@/u;
/** The mention, a colon or comma (also after a space), and the words. */
const ADDRESSED = /^@([a-z0-9][a-z0-9_-]*)(?:\[bot\])?(?: ?[:,]+ ?| |$)(.*)$/iu;
/** A verb, whatever punctuation holds on to it, and the rest of the line, which only a colon may hold on to. */
const VERB = /^([\p{L}-]+)(?:(:)(?=[^: ])|([:,.;!]*)(?: |$))(.*)$/u;

interface Said {
  readonly verb: string;
  /** Punctuation held on to the verb, so that the sentence cannot go on. */
  readonly stopped: boolean;
  readonly rest: string;
}

function verbIn(words: string): Said | null {
  const found = VERB.exec(words);
  if (found === null) return null;
  const [, verb = "", colon = "", stop = "", rest = ""] = found;
  return { verb: verb.toLowerCase(), stopped: colon + stop !== "", rest: rest.trim() };
}

/** `guess` false: null for what is misspelt. */
function commandIn(words: string, guess: boolean): Command | null {
  const commandText = shortened(words);
  const first = verbIn(words);
  const known =
    first === null
      ? null
      : first.verb === "fcp"
        ? afterFcp(first.rest, commandText)
        : bare(first, commandText);
  return known ?? (guess ? unknown(words, commandText) : null);
}

const NEVER_AFTER_FCP: ReadonlySet<string> = new Set([
  "propose",
  "second",
  "override",
  "confirm",
  "withdraw",
]);

/** Behind `fcp` there is no doubt what is meant, and people explain themselves on the same line. */
function afterFcp(rest: string, commandText: string): Command | null {
  const second = verbIn(rest);
  if (second === null) return null;
  const disposition = DISPOSITIONS.get(second.verb);
  if (disposition !== undefined) return { verb: "move", disposition, commandText };
  if (isCancel(second.verb)) return { verb: "cancel", commandText };
  // `fcp reviewed` and `fcp resolve …` are habits from before; `fcp second` and the like could mean anything.
  return NEVER_AFTER_FCP.has(second.verb) ? null : bare(second, commandText);
}

function bare(spoken: Said, commandText: string): Command | null {
  const { verb, rest } = spoken;
  const alone = standsAlone(spoken);
  const disposition = DISPOSITIONS.get(verb);
  if (disposition !== undefined) return alone ? { verb: "move", disposition, commandText } : null;
  if (isCancel(verb))
    return alone || /^(?:the )?fcp[.!]*$/iu.test(rest) ? { verb: "cancel", commandText } : null;
  const choice = VOTES.get(verb);
  if (choice !== undefined) {
    const team = /^as (.+)$/iu.exec(rest)?.[1];
    if (team !== undefined) return { verb: "vote", choice, team: withoutStop(shortened(team)), commandText };
    // Nobody votes for somebody else, nor gives their own vote by saying so.
    return alone && !/\bon behalf of\b/iu.test(rest)
      ? { verb: "vote", choice, team: null, commandText }
      : null;
  }
  switch (verb) {
    case "concern":
      return { verb: "concern", text: textOf(rest), commandText };
    case "resolve":
    case "resolved":
    case "resolves":
      return { verb: "resolve", what: textOf(rest), commandText };
    case "override":
      return overrideIn(rest, commandText);
    case "propose":
    case "withdraw":
    case "second":
    case "confirm":
      return alone ? { verb, commandText } : null;
    // These change nothing, so what else the line says does no harm.
    case "status":
    case "refresh":
    case "help":
      return { verb, commandText };
    default:
      return null;
  }
}

const isCancel = (verb: string): boolean => verb === "cancel" || verb === "cancelled" || verb === "canceled";

/**
 * Nothing follows, or nothing that could make the verb a part of another sentence: the end of the sentence, a dash or bracket, an
 * emoji, or a phrase that only explains. Not so a thing the verb may be about: in ``merge `main` first`` and
 * `close #12` nobody moves anything.
 */
const standsAlone = ({ stopped, rest }: Said): boolean =>
  rest === "" ||
  stopped ||
  /^(?:[.,;:!(…]|[-–—]+(?: |$)|\p{Extended_Pictographic}|(?:on behalf of|because|since|please|thanks|thank you)\b)/iu.test(
    rest,
  );

function overrideIn(rest: string, commandText: string): Command | null {
  const found = verbIn(rest);
  const outcome = found === null ? undefined : OUTCOMES.get(found.verb);
  return found === null || outcome === undefined
    ? null
    : { verb: "override", outcome, reason: textOf(found.rest), commandText };
}

/** A team's name, without the punctuation that ends the sentence. */
function withoutStop(text: string): string {
  let end = text.length;
  while (end > 0 && ".,;!".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The rest of the line, without the punctuation that led to it. */
const textOf = (rest: string): string =>
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

/** Compared by its first two words, then by its first: `rfc merge` is nearest to `fcp merge`, `concert …` to `concern`. */
function unknown(words: string, commandText: string): Command {
  const [one = "", two = ""] = fold(words.slice(0, LONGEST_TEXT))
    .replace(/[^\p{L}\p{N} -]+/gu, " ")
    .split(" ")
    .filter((word) => /\p{L}/u.test(word));
  if (one === "fcp" && two === "") return { verb: "unknown", nearest: "fcp merge", commandText };
  const pair = two === "" ? null : nearest(`${one} ${two}`, PAIRS);
  const single = nearest(one, SINGLES);
  // A known word that was not taken stood in a sentence: say how it is meant to stand.
  return { verb: "unknown", nearest: pair ?? single, commandText };
}
