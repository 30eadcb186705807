import { COMMANDS, isOffered, VERBS } from "../acts/commands.js";
import type { Rules } from "../model/rules.js";

/** Everything people can say to the clerk, with who may. */
const HELP = VERBS.flatMap((verb) =>
  COMMANDS[verb].help.map((line) => ({ verb, who: COMMANDS[verb].who, ...line })),
);

/** The whole table, for `help`, of what these rules offer. */
export const commandTable = (name: string, rules: Pick<Rules, "form">): string =>
  [
    "| Command | Who | What it does |",
    "|---|---|---|",
    ...HELP.filter(({ verb }) => isOffered(verb, rules)).map(
      ({ say, who, does }) => `| \`@${name} ${say}\` | ${who} | ${does} |`,
    ),
  ].join("\n");

/** What members need from day to day, folded away. */
export const commandFold = (name: string): string =>
  [
    "<details><summary>Commands</summary>",
    "",
    "Each on a line of its own in a comment or a review:",
    "",
    ...HELP.filter(({ common }) => common).map(({ say, does }) => `- \`@${name} ${say}\`: ${does}`),
    "",
    `\`@${name} help\` shows all of them, and who may use which.`,
    "",
    "</details>",
  ].join("\n");
