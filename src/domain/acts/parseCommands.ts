import type { Command, Verb } from "../model/command.js";
import { nearest } from "../text/editDistance.js";
import { fold, foldSpace } from "../text/fold.js";
import { COMMANDS, VERBS } from "./commands.js";
import { offered, senseOf } from "./senses.js";
import { LONGEST_TEXT, type Spoken, shortened, spokenIn } from "./spoken.js";
import { isTalk } from "./talk.js";

/** What each word that means a command means. */
const VERB_OF: ReadonlyMap<string, Verb> = new Map(
  VERBS.flatMap((verb) => COMMANDS[verb].spellings.map((word) => [word, verb])),
);

const HINTS = VERBS.flatMap((verb) => COMMANDS[verb].hints.map((hint) => ({ verb, hint })));
const PAIRS = HINTS.filter(({ hint }) => hint.includes(" "));
const SINGLES = HINTS.filter(({ hint }) => !hint.includes(" "));

/** Commands that mean nothing here, see `verbsOff`. */
type Off = ReadonlySet<Verb>;
const NONE: Off = new Set();

const hintsOf = (rows: typeof HINTS, off: Off): readonly string[] =>
  rows.filter(({ verb }) => !off.has(verb)).map(({ hint }) => hint);

/**
 * The commands on these lines, in order. A line is one when it begins with a mention of the clerk (`@name` or `@name[bot]`, any
 * case); `lines` are what the person said in their own voice. `mentions`: names in lower case, without `@`.
 *
 * A command whose words could as well be the start of a sentence (`merge conflicts need fixing`, `reviewed by nobody yet`) counts only
 * when it stands alone, or the sentence ends there, or a phrase that only explains it comes next; else it is unknown, and gets an answer. Better
 * a vote that has to be said again than one that nobody gave. Talk about the clerk is no command at all.
 */
export const parseCommands = (
  lines: readonly string[],
  mentions: readonly string[],
  off: Off = NONE,
): Command[] => heard(lines, mentions, null, off).commands;

/** How much of one text is heard. */
export interface Hearing {
  readonly commands: number;
  /** Lines that begin with a mention of anybody: each has to be read to know that it does not mention the clerk. */
  readonly lines: number;
}

export interface HeardCommands {
  readonly commands: Command[];
  /** All of it was heard. */
  readonly whole: boolean;
  /** The clerk was mentioned on a line of its own, at the beginning or the end. */
  readonly bare: boolean;
}

/**
 * The same, and whether all of it was heard. So many misspelt commands as one reply tells (reply.always); further ones change
 * nothing whoever wrote them, and looking for what each may have meant takes its time.
 */
export function heard(
  lines: readonly string[],
  mentions: readonly string[],
  within: Hearing | null,
  off: Off = NONE,
): HeardCommands {
  const commands: Command[] = [];
  let bare = false;
  let looked = 0;
  let misspelt = 0;
  for (const [at, line] of lines.entries()) {
    if (!MENTIONS.test(line)) continue;
    if (within !== null && (commands.length >= within.commands || looked >= within.lines))
      return { commands, whole: false, bare };
    looked++;
    const addressed = ADDRESSED.exec(foldSpace(line));
    const name = addressed?.[1]?.toLowerCase();
    const words = foldSpace(addressed?.[2] ?? "");
    if (name === undefined || !mentions.includes(name)) continue;
    if (words === "") {
      // Between other lines it is a part of talk.
      bare ||= at === 0 || at === lines.length - 1;
      continue;
    }
    const command = commandIn(words, misspelt < MISSPELT, off);
    if (command === null) continue;
    if (command.verb === "unknown") misspelt++;
    commands.push(command);
  }
  return { commands, whole: true, bare };
}

const MISSPELT = 20;

/** Begins with the sign of a mention, whatever comes along unseen when people paste. Whether it is one is seen after folding. */
const MENTIONS = /^[\s\u0085\u200b\u2060\ufeff]*@/u;
/** The mention, a colon or comma (also after a space) or the end of a sentence, and the words. */
const ADDRESSED = /^@([a-z0-9][a-z0-9_-]*)(?:\[bot\])?(?: ?[:,]+ ?|[;.!–—]+(?: |$)| |$)(.*)$/iu;
/** `guess` false: null for what is misspelt. */
function commandIn(words: string, guess: boolean, off: Off): Command | null {
  const commandText = shortened(words);
  const spoken = spokenIn(words);
  const known = spoken === null ? undefined : VERB_OF.get(spoken.word);
  const verb = known === undefined || off.has(known) ? undefined : known;
  const meaning = spoken === null || verb === undefined ? null : COMMANDS[verb].takes(spoken);
  if (meaning !== null) return { ...meaning, commandText };
  // Words of commands that only some bodies have (`not`, `ready`) are ordinary words besides.
  const isOrdinary = verb === undefined || COMMANDS[verb].offered !== undefined;
  const isSaidToNobody = (isOrdinary && isTalk(words)) || goesOnAsTalk(verb, spoken);
  return !guess || isSaidToNobody ? null : unknown(words, commandText, off);
}

const goesOnAsTalk = (verb: Verb | undefined, spoken: Spoken | null): boolean =>
  verb !== undefined && spoken !== null && COMMANDS[verb].beginsTalk === true && isTalk(spoken.rest);

/** By its sense; else compared by its first two words, then by its first: `rfc merge` is nearest to `fcp merge`, `concert …` to `concern`. */
function unknown(words: string, commandText: string, off: Off): Command {
  const [one = "", two = ""] = fold(words.slice(0, LONGEST_TEXT))
    .replace(/[^\p{L}\p{N} -]+/gu, " ")
    .split(" ")
    .filter((word) => /\p{L}/u.test(word));
  if (one === "fcp" && two === "") return { verb: "unknown", nearest: "fcp merge", commandText };
  const sense = senseOf(one, two);
  if (sense !== null) return { verb: "unknown", nearest: sense, commandText };
  const pair = two === "" ? null : nearest(`${one} ${two}`, offered(hintsOf(PAIRS, off), one, two));
  // A known word that was not taken stood in a sentence: say how it is meant to stand.
  const single = nearest(one, offered(hintsOf(SINGLES, off), one, two));
  return { verb: "unknown", nearest: pair ?? single, commandText };
}
