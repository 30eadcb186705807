import type { KnownCommand, Meaning, Verb } from "../model/command.js";
import type { Rules } from "../model/rules.js";
import type { ActContext, Ruling } from "./ruling.js";
import { type Spoken, standsAlone } from "./spoken.js";

/** Everything about one command: a row of the table in `commands.ts`. */
export type CommandRow<V extends Verb> = Row<V> & (Everywhere<V> | Chosen);

interface Everywhere<V extends Verb> {
  readonly offered?: never;
  /**
   * Its meaning, whatever words it was said in: rewording `fcp merge` into `merge` is no second motion. It holds all that the command takes. It
   * makes the keys of acts (act.once), so it never changes.
   */
  readonly content: (command: KnownCommand<V>) => string;
}

/**
 * What is offered only where the config asks for it; elsewhere the word means nothing. Its acts keep the keys of unknown commands: what was
 * answered as unknown stays so when the config comes to ask for it (act.once).
 */
interface Chosen {
  readonly offered: (rules: Rules) => boolean;
  readonly content?: never;
}

interface Row<V extends Verb> {
  /** The words that mean it, in small letters. */
  readonly spellings: readonly string[];
  /** As members would write it: what a misspelt command is compared with. */
  readonly hints: readonly string[];
  /** As `help` says it; `rule` enforces it. What is for anyone changes nothing, and is answered with 👀. */
  readonly who: "member" | "lead" | "another member" | "author" | "anyone";
  /** Its word begins talk as often (`mine is better`): with talk behind it, the line is said to nobody. */
  readonly beginsTalk?: true;
  /** proposal.scope: ruled on whatever label the pull request carries. */
  readonly outOfScope?: true;
  /** What it takes of the line; null: in such a line the word is no command. */
  readonly takes: (spoken: Spoken) => Meaning<V> | null;
  /** What it does. `source`: the id of the comment or review. */
  readonly rule: (context: ActContext, command: KnownCommand<V>, source: string) => Ruling;
  /** Its lines in `help`. */
  readonly help: readonly HelpLine[];
  /** Its lines in the table of README.md, which `npm run fix` makes anew. */
  readonly readme: readonly ReadmeLine[];
}

export interface HelpLine {
  readonly say: string;
  /** Where `who` of the row does not say it. */
  readonly who?: CommandRow<Verb>["who"];
  readonly does: string;
  /** Also in the short list of the status comment. */
  readonly common: boolean;
  /** A form of a command of every body that is of use only where the config asks for more. */
  readonly when?: (rules: Rules) => boolean;
}

export interface ReadmeLine {
  readonly say: string;
  /** Where `who` of the row does not say it. */
  readonly who?: string;
  readonly does: string;
}

/** From the words for each meaning to the meaning of each word. */
export const spelled = <Of extends string>(
  ...rows: readonly (readonly [Of, readonly string[]])[]
): ReadonlyMap<string, Of> =>
  new Map(rows.flatMap(([of, words]) => words.map((word): [string, Of] => [word, of])));

/** The bare word, and never behind `fcp`, where it could mean anything. */
export const bare =
  <M extends Meaning>(meaning: M) =>
  (spoken: Spoken): M | null =>
    !spoken.behindFcp && standsAlone(spoken) ? meaning : null;

/** Changes nothing, so what else the line says does no harm. */
export const whateverFollows =
  <M extends Meaning>(meaning: M) =>
  (): M =>
    meaning;

/** The content of a command that takes nothing. */
export const verbOf = ({ verb }: Meaning): string => verb;
