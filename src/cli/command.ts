import { nearest } from "../domain/text/editDistance.js";
import { Misuse } from "./misuse.js";
import { type OptionRows, type OptionValues, optionsIn } from "./options.js";

/** Under what `msc-clerk help` lists a command. */
export const GROUPS = ["Run it", "Try it", "Ask it", "Verify", "Keep"] as const;

/** One command: what `help` says of it, and what it does. The texts are for people who have not seen it before. */
interface CommandRow<Rows extends OptionRows> {
  readonly name: string;
  readonly group: (typeof GROUPS)[number];
  /** What stands behind the name: `OWNER/REPO#NUMBER`. Empty: nothing does. */
  readonly takes: string;
  /** At least and at most so many words of it. */
  readonly words: readonly [number, number];
  /** What it does, in one line that goes on from its name; short, without a full stop. */
  readonly line: string;
  /** The same in whole sentences, a paragraph each. */
  readonly about: readonly string[];
  readonly options: Rows;
  /** Which credentials or settings it goes by; empty: none. */
  readonly needs: string;
  /** Exit codes beside 2, which is the same everywhere. */
  readonly exits: ReadonlyMap<number, string>;
  /** As they are typed behind `npx msc-clerk `; `help` shows the first. */
  readonly examples: readonly [string, ...(readonly string[])];
  /** Resolves with the exit code. */
  readonly run: (given: CalledWith<Rows>) => Promise<number>;
}

export interface CalledWith<Rows extends OptionRows> {
  /** What is no option, as many as the command takes. */
  readonly words: readonly string[];
  readonly options: OptionValues<Rows>;
}

/** A command as the table holds it: `call` reads its line and runs it. */
export interface CliCommand extends Omit<CommandRow<OptionRows>, "run"> {
  readonly call: (rest: readonly string[]) => Promise<number>;
}

export function command<const Rows extends OptionRows>({ run, ...row }: CommandRow<Rows>): CliCommand {
  return {
    ...row,
    call: async (rest) => {
      const { words, options } = optionsIn(rest, row.options, row.name);
      const [least, most] = row.words;
      if (words.length < least || words.length > most) throw new Misuse(`It is called as: ${usageOf(row)}.`);
      return run({ words, options });
    },
  };
}

/** `msc-clerk explain OWNER/REPO#NUMBER [options]` */
export const usageOf = ({
  name,
  takes,
  options,
}: Pick<CliCommand, "name" | "takes"> & { readonly options: OptionRows }): string =>
  ["msc-clerk", name, takes, Object.keys(options).length === 0 ? "" : "[options]"]
    .filter((part) => part !== "")
    .join(" ");

/** The command of that name, or what to say. */
export function commandNamed(name: string, commands: readonly CliCommand[]): CliCommand {
  const found = commands.find((one) => one.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    commands.map((one) => one.name),
  );
  throw new Misuse(`There is no command "${name}"${near === null ? "." : `; did you mean ${near}?`}`);
}
