import { type CliCommand, GROUPS, usageOf } from "./command.js";
import type { OptionRow } from "./options.js";

/** The widest line: a terminal of a hundred columns shows it unbroken. */
const WIDTH = 98;

/** `msc-clerk help`: every command in one line, as it is typed. */
export function helpText(commands: readonly CliCommand[]): string {
  const width = Math.max(...commands.map(({ examples: [first] }) => first.length));
  return [
    "msc-clerk keeps the books of a body that decides by pull request.",
    "",
    "  npx msc-clerk COMMAND          as in the examples below",
    "  npx msc-clerk COMMAND --help   what it does, its options, what it needs, its exit codes",
    "  npx msc-clerk --version        which version this is",
    ...GROUPS.flatMap((group) => [
      "",
      group,
      ...commands
        .filter((one) => one.group === group)
        .map(({ examples: [first], line }) => `  ${first.padEnd(width)}  ${line}`),
    ]),
    "",
    ...wrapped(
      "acme/standards#12 is pull request 12 of that repository; its address in the browser will do as well. What asks GitHub signs in with GITHUB_TOKEN, or as the App with APP_ID and PRIVATE_KEY.",
      "",
    ),
    "",
    "Exit codes: 0 all is well, 1 it is not, 2 called wrongly; 3 and 4 say what the command's help says.",
  ].join("\n");
}

/** `msc-clerk COMMAND --help`. */
export function commandHelpText(command: CliCommand): string {
  const { about, options, needs, exits, examples } = command;
  const rows = [
    ...Object.entries(options).map(([name, row]) => [optionText(name, row), row.does] as const),
    ["--help", "tells this"] as const,
  ];
  return [
    usageOf(command),
    ...about.flatMap((paragraph) => ["", ...wrapped(paragraph, "")]),
    ...section("Options", columns(rows)),
    ...section("Needs", needs === "" ? [] : wrapped(needs, "  ")),
    ...section(
      "Exit codes",
      columns(
        [...exits, [2, "called wrongly"] as const]
          .sort(([a], [b]) => a - b)
          .map(([code, what]) => [String(code), what]),
      ),
    ),
    ...section(
      examples.length === 1 ? "Example" : "Examples",
      examples.map((one) => `  npx msc-clerk ${one}`),
    ),
  ].join("\n");
}

const optionText = (name: string, { type, value }: OptionRow): string =>
  type === "boolean" ? `--${name}` : `--${name} ${value ?? "VALUE"}`;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, ...lines];

/** Two columns, of which the second is wrapped below itself. */
function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  const margin = " ".repeat(width + 4);
  return rows.flatMap(([first, second]) => {
    const [line = "", ...more] = wrapped(second, margin);
    return [`  ${first.padEnd(width)}  ${line.trimStart()}`, ...more];
  });
}

function wrapped(text: string, margin: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(`${margin}${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
