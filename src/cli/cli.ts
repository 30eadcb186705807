#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { addDotEnv } from "../platform/dotEnv.js";
import { errorMessage } from "../platform/log.js";
import { readPackage } from "../platform/package.js";
import type { AppCredentials } from "./asApp.js";

/** One command: what it is called with, in one line each for `help`, and what it does. Resolves with the exit code. */
interface Command {
  readonly usage: string;
  readonly does: string;
  readonly run: (rest: readonly string[]) => Promise<number>;
}

/** Called wrongly: a sentence on stderr, the way to call it, and exit code 2. */
class Misuse extends Error {}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    usage: "start",
    does: "runs the clerk, with what the environment or a .env file says; without credentials it serves the set-up page",
    run: start,
  },
  check: {
    usage: "check FILE",
    does: "reads a config file and tells every fault in it as FILE:LINE:COLUMN: what is wrong",
    run: check,
  },
  explain: {
    usage: "explain OWNER/REPO#NUMBER",
    does: "reads a proposal from GitHub and tells its decision, every vote counted and not counted, and what the clerk would write",
    run: explain,
  },
  roster: {
    usage: "roster OWNER/REPO [--at DATE]",
    does: "tells who could vote on that day (UTC; today when not given) and under which rules, by when each config reached the default branch",
    run: roster,
  },
  "record-key": {
    usage: "record-key [--public]",
    does: "makes a key that signs the records of decisions, and tells where its two halves go; --public tells the public halves of those in RECORD_KEYS",
    run: recordKey,
  },
  schema: {
    usage: "schema",
    does: "prints the JSON Schema of the config file, for editors",
    run: schema,
  },
  help: { usage: "help", does: "tells this", run: help },
};

async function main(words: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = words;
  if (name === "--version" || name === "-V") return print(readPackage().version);
  if (name === "--help" || name === "-h") return help();
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Misuse(`There is no command "${name}".`);
  if (rest.includes("--help") || rest.includes("-h")) {
    return print(`msc-clerk ${command.usage}\n  ${command.does}.`);
  }
  return command.run(rest);
}

/** The program of `npm start`: it runs until it is asked to stop, and sets the exit code itself where it refuses to start. */
async function start(rest: readonly string[]): Promise<number> {
  only(0, rest, COMMANDS.start);
  await import("../main.js");
  return Number(process.exitCode ?? 0);
}

async function check(rest: readonly string[]): Promise<number> {
  const [file] = only(1, rest, COMMANDS.check);
  const { parseConfig } = await import("../config/parse.js");
  let text: string;
  try {
    text = readFileSync(file ?? "", "utf8");
  } catch (error) {
    const why =
      error instanceof Error && "code" in error && error.code === "ENOENT"
        ? "there is no such file"
        : errorMessage(error);
    return complain(`${file} cannot be read: ${why}.`, 1);
  }
  const parsed = parseConfig(text);
  if (parsed.ok) {
    const { teams } = parsed.rules;
    const told = teams.map(({ title, members }) => `${title} ${members.length}`).join(", ");
    return print(`${file} is right. Teams and members: ${told}.`);
  }
  for (const { line, column, path, message } of parsed.faults) {
    print(`${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`);
  }
  return 1;
}

async function schema(rest: readonly string[]): Promise<number> {
  only(0, rest, COMMANDS.schema);
  const { configSchemaText } = await import("../config/schema.js");
  return print(configSchemaText().trimEnd());
}

async function recordKey(rest: readonly string[]): Promise<number> {
  const { newRecordKey, publicHalves } = await import("./recordKey.js");
  if (rest.length === 0) return print(newRecordKey());
  const [option] = only(1, rest, COMMANDS["record-key"]);
  if (option !== "--public") throw new Misuse(`There is no option "${option}".`);
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return complain(fault, 1);
  const recordKeys = process.env.RECORD_KEYS?.trim() ?? "";
  if (recordKeys === "")
    return complain("RECORD_KEYS is not set: there are no keys to tell the public halves of.", 1);
  const { RecordKeys } = await import("../github/record/keys.js");
  RecordKeys.from({ recordKeys }); // says what is wrong with one
  return print(publicHalves(recordKeys));
}

async function explain(rest: readonly string[]): Promise<number> {
  const command = COMMANDS.explain;
  const [name = ""] = only(1, rest, command);
  const found = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})#(\d{1,9})$/.exec(name);
  if (found === null)
    throw new Misuse(`"${name}" names no pull request: write it as matrix-org/matrix-spec-proposals#1779.`);
  const [, owner = "", repository = "", number = ""] = found;
  const credentials = await credentialsOf();
  if (typeof credentials === "string") return complain(credentials, 1);
  const { explainProposal } = await import("./explainProposal.js");
  const told = await explainProposal({ owner, name: repository, number: Number(number) }, credentials);
  return told.kind === "told" ? print(told.text) : complain(told.why, 1);
}

async function roster(rest: readonly string[]): Promise<number> {
  const at = rest.indexOf("--at");
  const [name = ""] = only(1, at < 0 ? rest : [...rest.slice(0, at), ...rest.slice(at + 2)], COMMANDS.roster);
  const found = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})$/.exec(name);
  if (found === null)
    throw new Misuse(`"${name}" names no repository: write it as matrix-org/matrix-spec-proposals.`);
  const [, owner = "", repository = ""] = found;
  const span = spanOf(at < 0 ? new Date().toISOString() : (rest[at + 1] ?? ""));
  const credentials = await credentialsOf();
  if (typeof credentials === "string") return complain(credentials, 1);
  const { rosterAt } = await import("./rosterAt.js");
  const told = await rosterAt({ owner, name: repository }, span, credentials);
  return told.kind === "told" ? print(told.text) : complain(told.why, 1);
}

/** A day is all of it, in UTC; a moment is itself. */
function spanOf(text: string): { readonly from: number; readonly until: number } {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const from = Date.parse(day ? `${text}T00:00:00Z` : text);
  const real = !Number.isNaN(from) && new Date(from).toISOString().startsWith(text.slice(0, day ? 10 : 0));
  if (!real || !(day || /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text)))
    throw new Misuse(`"${text}" is no day: write it as 2027-03-03, or a moment as 2027-03-03T14:05:00Z.`);
  return { from, until: day ? from + 24 * 3_600_000 - 1 : from };
}

async function credentialsOf(): Promise<AppCredentials | string> {
  const { readCredentials } = await import("../environment.js");
  const dotEnvFault = addDotEnv(process.env, ".env");
  const credentials = readCredentials(process.env);
  if (dotEnvFault !== null) return dotEnvFault;
  return "faults" in credentials ? credentials.faults.join("\nmsc-clerk: ") : credentials;
}

async function help(): Promise<number> {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  return print(
    [
      "msc-clerk keeps the books of a body that decides by pull request. One of these runs it, the others ask it something:",
      "",
      ...Object.values(COMMANDS).map(({ usage, does }) => `  msc-clerk ${usage.padEnd(width)}  ${does}`),
      `  msc-clerk ${"--version".padEnd(width)}  tells which version this is`,
      "",
      "`explain` and `roster` take APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) from the environment or a .env file.",
      "Exit codes: 0 all is well, 1 it is not, 2 called wrongly.",
    ].join("\n"),
  );
}

function only(count: number, rest: readonly string[], command: Command | undefined): readonly string[] {
  if (rest.length === count) return rest;
  throw new Misuse(`It is called as: msc-clerk ${command?.usage}`);
}

function print(text: string): 0 {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string, code: number): number {
  process.stderr.write(`msc-clerk: ${text}\n`);
  return code;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    process.exitCode =
      thrown instanceof Misuse
        ? complain(`${thrown.message} \`msc-clerk help\` tells the commands.`, 2)
        : complain(errorMessage(thrown), 1);
  },
);
