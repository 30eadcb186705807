import { COMMANDS, isOffered, VERBS } from "../acts/commands.js";
import type { Rules } from "../model/rules.js";
import type { WordsContext } from "./context.js";

/** Everything people can say to the clerk under these rules, with who may. */
const helpIn = (rules: Rules) =>
  VERBS.filter((verb) => isOffered(verb, rules)).flatMap((verb) =>
    COMMANDS[verb].help
      .filter(({ when }) => when?.(rules) !== false)
      .map((line) => ({ who: COMMANDS[verb].who, ...line })),
  );

/** The whole table, for `help`. */
export const commandTable = ({ mention: name, rules }: WordsContext): string =>
  [
    "| Command | Who | What it does |",
    "|---|---|---|",
    ...helpIn(rules).map(({ say, who, does }) => `| \`@${name} ${say}\` | ${who} | ${does} |`),
  ].join("\n");

/** What members need from day to day, folded away. */
export const commandFold = ({ mention: name, rules }: WordsContext): string =>
  [
    "<details><summary>Commands</summary>",
    "",
    "Each on a line of its own in a comment or a review:",
    "",
    ...helpIn(rules)
      .filter(({ common }) => common)
      .map(({ say, does }) => `- \`@${name} ${say}\`: ${does}`),
    "",
    `\`@${name} help\` shows all of them, and who may use which.`,
    "",
    "</details>",
  ].join("\n");
