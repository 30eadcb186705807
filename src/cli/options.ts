import { parseArgs } from "node:util";
import { nearest } from "../domain/text/editDistance.js";
import { Misuse } from "./misuse.js";

/** One option of a command, by its name without the dashes. */
export interface OptionRow {
  readonly type: "boolean" | "string";
  /** It may be given several times. */
  readonly multiple?: true;
  /** What stands behind it, for `help`: `DAY`. */
  readonly value?: string;
  /** For `help`: what it does, without a full stop. */
  readonly does: string;
}

export type OptionRows = Readonly<Record<string, OptionRow>>;

/** null: an option that takes a value was not given. */
export type OptionValues<Rows extends OptionRows> = {
  readonly [Name in keyof Rows]: Rows[Name] extends { readonly multiple: true }
    ? readonly string[]
    : Rows[Name] extends { readonly type: "string" }
      ? string | null
      : boolean;
};

/** Parts the words from the options, which may stand anywhere; `--` ends them. Refuses what the rows do not know. */
export function optionsIn<Rows extends OptionRows>(
  rest: readonly string[],
  rows: Rows,
  command: string,
): { readonly words: readonly string[]; readonly options: OptionValues<Rows> } {
  const known = new Map<string, OptionRow>(Object.entries(rows));
  const { tokens } = parseArgs({
    args: [...rest],
    options: Object.fromEntries([...known].map(([name, { type }]) => [name, { type }])),
    // Strict it refuses too, in words for programmers.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  const given = new Map<string, readonly string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const row = known.get(token.name);
    if (row === undefined) throw new Misuse(unknownOption(token.rawName, [...known.keys()], command));
    const before = given.get(token.name) ?? [];
    if (before.length > 0 && row.type === "string" && row.multiple !== true)
      throw new Misuse(`--${token.name} is given twice; keep one of them.`);
    if (row.type === "boolean" && token.value !== undefined)
      throw new Misuse(`--${token.name} takes no value: write it alone.`);
    // `--app --json`: the value was left out, and the next option taken for it.
    const forgotten = token.inlineValue === false && /^-./.test(token.value ?? "");
    if (row.type === "string" && (token.value === undefined || token.value === "" || forgotten))
      throw new Misuse(`--${token.name} needs a value behind it: --${token.name} ${row.value ?? "VALUE"}.`);
    given.set(token.name, [...before, token.value ?? ""]);
  }
  const options = Object.fromEntries(
    [...known].map(([name, { type, multiple }]) => {
      const values = given.get(name) ?? [];
      if (multiple === true) return [name, values];
      return [name, type === "boolean" ? values.length > 0 : (values[0] ?? null)];
    }),
  );
  return { words, options: options as OptionValues<Rows> };
}

function unknownOption(name: string, known: readonly string[], command: string): string {
  const shown = `msc-clerk ${command} has no option ${name}`;
  if (known.length === 0) return `${shown}; it takes none.`;
  const near = nearest(name.replace(/^-+/, ""), known);
  return near === null
    ? `${shown}; it has ${known.map((one) => `--${one}`).join(", ")}.`
    : `${shown}; did you mean --${near}?`;
}
