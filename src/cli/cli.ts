#!/usr/bin/env node
import { errorMessage } from "../platform/log.js";
import { readPackage } from "../platform/package.js";
import { commandNamed } from "./command.js";
import { CLI_COMMANDS } from "./commands.js";
import { commandHelpText, helpText } from "./help.js";
import { Misuse, Refused } from "./misuse.js";
import { complain, print } from "./terminal.js";
import { whyNotFile } from "./textFile.js";

async function main(words: readonly string[]): Promise<number> {
  if (words.some(looksLikeToken))
    throw new Misuse(
      "A token is never taken as an argument, as everybody on this machine could see it there: set GITHUB_TOKEN.",
    );
  const [name = "help", ...rest] = words;
  switch (name) {
    case "--version":
    case "-V":
    case "version":
      return print(readPackage().version);
    case "help":
    case "--help":
    case "-h": {
      const [about] = rest;
      return print(
        about === undefined ? helpText(CLI_COMMANDS) : commandHelpText(commandNamed(about, CLI_COMMANDS)),
      );
    }
  }
  const command = commandNamed(name, CLI_COMMANDS);
  return rest.includes("--help") || rest.includes("-h")
    ? print(commandHelpText(command))
    : command.call(rest);
}

/** https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
const looksLikeToken = (word: string): boolean =>
  /^--?(?:token|auth)\b/i.test(word) || /(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{30}/.test(word);

const isNotInstalled = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND";
const NOT_INSTALLED = "What it needs is not all installed: run npm ci, or npm install --omit=dev msc-clerk.";

/** Whoever reads only the beginning, as head does, has what they wanted. */
const hasGone = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && thrown.code === "EPIPE";

let isUnwritten = false;
process.stdout.on("error", (thrown) => {
  // Some commands tell it themselves.
  if (hasGone(thrown) || isUnwritten || process.stdout.listenerCount("error") > 1) return;
  isUnwritten = true;
  process.exitCode = complain(`The answer cannot be written: ${whyNotFile(thrown)}.`);
});

const args = process.argv.slice(2);
main(args).then(
  (code) => {
    process.exitCode = isUnwritten ? 1 : code;
  },
  (thrown: unknown) => {
    const known = CLI_COMMANDS.find((one) => one.name === args[0]);
    const how = known === undefined ? "msc-clerk help" : `msc-clerk ${known.name} --help`;
    process.exitCode =
      thrown instanceof Misuse
        ? complain(`${thrown.message} \`${how}\` tells more.`, 2)
        : complain(
            // Several sentences stay on lines of their own.
            thrown instanceof Refused
              ? thrown.message
              : isNotInstalled(thrown)
                ? `${NOT_INSTALLED} (${errorMessage(thrown)})`
                : errorMessage(thrown),
          );
  },
);
