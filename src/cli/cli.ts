#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { addDotEnv } from "../platform/dotEnv.js";
import { errorMessage } from "../platform/log.js";
import { readPackage } from "../platform/package.js";
import { Misuse } from "./misuse.js";
import type { CliResult } from "./session.js";

/** One command: what it is called with, in one line each for `help`, and what it does. Resolves with the exit code. */
interface Command {
  readonly usage: string;
  readonly does: string;
  readonly run: (rest: readonly string[]) => Promise<number>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    usage: "start",
    does: "runs the clerk, with what the environment or a .env file says; without credentials it serves the set-up page",
    run: async (rest) => {
      only(0, rest, COMMANDS.start);
      return (await import("./start.js")).start();
    },
  },
  check: {
    usage: "check FILE",
    does: "reads a config file and tells every fault in it as FILE:LINE:COLUMN: what is wrong",
    run: check,
  },
  explain: {
    usage: "explain OWNER/REPO#NUMBER [--json] [--app SLUG]",
    does: "reads a proposal from GitHub and tells its decision, every vote counted and not counted, and what the clerk would write",
    run: explain,
  },
  roster: {
    usage: "roster OWNER/REPO [--at DATE] [--json] [--app SLUG]",
    does: "tells who could vote on that day (UTC; today when not given) and under which rules, by when each config reached the default branch",
    run: roster,
  },
  mine: {
    usage: "mine OWNER/REPO [LOGIN] [--json] [--app SLUG]",
    does: "tells what waits for somebody on the open proposals (their votes, their concerns, what they could clear, what is theirs), of whoever's token it is where no login is given",
    run: mine,
  },
  site: {
    usage: "site OWNER/REPO --out DIR [--url URL] [--json] [--app SLUG]",
    does: "writes the public pages of a repository as files, for GitHub Pages or any other web server; --url says where they will be reached, for the feeds; DIR is replaced whole when all is there",
    run: site,
  },
  verify: {
    usage: "verify OWNER/REPO#NUMBER|FILE|-|--all OWNER/REPO",
    does: "tells of the signed records of a proposal, of a saved case, of a pasted comment or of the whole register what is proven, missing or contradicted; with --checkpoint FILE, --key ed25519:…, --app SLUG, --json",
    run: async (rest) => (await import("./verifyCommands.js")).verify(rest),
  },
  record: {
    usage: "record OWNER/REPO#NUMBER [--out FILE] [--app SLUG]",
    does: "saves all that the records of a proposal can be verified with, years later and without GitHub",
    run: async (rest) => (await import("./verifyCommands.js")).record(rest),
  },
  replay: {
    usage: "replay FILE",
    does: "decides a saved case anew by the config and at the times of its record, and tells whether it comes to the same",
    run: async (rest) => (await import("./verifyCommands.js")).replay(rest),
  },
  shadow: {
    usage: "shadow OWNER/REPO [--since DAY] [--config FILE] [--follow] [--json]",
    does: "tells, proposal by proposal, what the clerk would have decided and written against the labels and the older bot's comments that stand there, and writes nothing anywhere; --config judges by a draft, --follow looks again each day",
    run: async (rest) => (await import("./shadow/shadowCommand.js")).shadowCommand(rest, visible),
  },
  "record-key": {
    usage: "record-key [--public]",
    does: "makes a key that signs the records of decisions, and tells where its two halves go; --public tells the public halves of those in RECORD_KEYS",
    run: recordKey,
  },
  doctor: {
    usage: "doctor [OWNER/REPO] [--json] [--redeliver]",
    does: "looks at all that the clerk needs (credentials, permissions, webhooks, config, labels, branch protection, clock, limits, store) and says what is wrong, why it matters and what to do; it writes nothing, but that --redeliver asks GitHub for webhooks again that did not arrive",
    run: doctor,
  },
  store: {
    usage: "store check|export [FILE]|import FILE",
    does: "check reads the whole store and tells what is in it and what is wrong; export writes it as lines of JSON; import takes such a file whole or not at all, into an empty store or where it is newer (from SQLite to PostgreSQL and back); without FILE, and with -, stdout and stdin",
    run: async (rest) =>
      (await import("./storeCommand.js")).storeCommand(rest, COMMANDS.store?.usage ?? "store"),
  },
  action: {
    usage: "action run|check",
    does: "what the two GitHub Actions do, with what their runner sets: run looks at everything of the repository once, as the clerk, and ends; check tells every fault of the config at a pull request's head, and decides nothing (docs/actions.md)",
    run: async (rest) => (await import("./action/actionCommand.js")).actionCommand(rest),
  },
  schema: {
    usage: "schema",
    does: "prints the JSON Schema of the config file, for editors",
    run: schema,
  },
  help: { usage: "help", does: "tells this", run: help },
};

async function main(words: readonly string[]): Promise<number> {
  if (words.some(looksLikeToken))
    throw new Misuse(
      "A token is never taken as an argument, as everybody on this machine could see it there: set GITHUB_TOKEN.",
    );
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
  const { words, app, json } = optionsIn(rest, COMMANDS.explain);
  const [name = ""] = only(1, words, COMMANDS.explain);
  const found = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})#(\d{1,9})$/.exec(name);
  if (found === null)
    throw new Misuse(`"${name}" names no pull request: write it as matrix-org/matrix-spec-proposals#1779.`);
  const [, owner = "", repository = "", number = ""] = found;
  const wanted = { owner, name: repository, number: Number(number) };
  const { signIn } = await import("./signIn.js");
  const { explainProposal } = await import("./explainProposal.js");
  const signedIn = await signIn(wanted, app);
  if (signedIn.kind === "not") return complain(signedIn.why, 1);
  return tell(await explainProposal(wanted, signedIn.session), json);
}

async function roster(rest: readonly string[]): Promise<number> {
  const { words, app, json, at } = optionsIn(rest, COMMANDS.roster);
  const [name = ""] = only(1, words, COMMANDS.roster);
  const wanted = repositoryIn(name);
  const span = spanOf(at ?? new Date().toISOString());
  const { signIn } = await import("./signIn.js");
  const { rosterAt } = await import("./rosterAt.js");
  const signedIn = await signIn(wanted, app);
  if (signedIn.kind === "not") return complain(signedIn.why, 1);
  return tell(await rosterAt(wanted, span, signedIn.session), json);
}

async function mine(rest: readonly string[]): Promise<number> {
  const { words, app, json } = optionsIn(rest, COMMANDS.mine);
  const [name = "", login = null] = words;
  if (words.length !== 2) only(1, words, COMMANDS.mine);
  const wanted = repositoryIn(name);
  if (login !== null && !/^[A-Za-z0-9_-]{1,100}$/.test(login))
    throw new Misuse(`"${login}" is no login: write it without @, as dbkr.`);
  const { signIn } = await import("./signIn.js");
  const told = await import("./mine.js");
  const signedIn = await signIn(wanted, app);
  if (signedIn.kind === "not") return complain(signedIn.why, 1);
  return tell(await told.mine(wanted, login, signedIn.session), json);
}

async function site(rest: readonly string[]): Promise<number> {
  const { words, app, json, out, url } = optionsIn(rest, COMMANDS.site);
  const [name = ""] = only(1, words, COMMANDS.site);
  const wanted = repositoryIn(name);
  if (out === null || out === "")
    throw new Misuse("Where to? Name a folder: msc-clerk site OWNER/REPO --out DIR.");
  if (url !== null && !/^https?:\/\/[^\s]+$/.test(url))
    throw new Misuse(`"${url}" is no address: write it as https://example.org/proposals.`);
  const { signIn } = await import("./signIn.js");
  const { siteCommand } = await import("./site/siteCommand.js");
  const signedIn = await signIn(wanted, app);
  if (signedIn.kind === "not") return complain(signedIn.why, 1);
  return tell(await siteCommand({ wanted, out, url }, signedIn.session, progress), json);
}

/** Over the line before, where a person watches. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

async function doctor(rest: readonly string[]): Promise<number> {
  const words = rest.filter((word) => word !== "--json" && word !== "--redeliver");
  if (words.length > 1) only(1, words, COMMANDS.doctor);
  const [name] = words;
  const asked = {
    wanted: name === undefined ? null : repositoryIn(name),
    redeliver: rest.includes("--redeliver"),
  };
  const told = await (await import("./doctor/doctor.js")).doctor(asked);
  if (told.kind === "misuse") throw new Misuse(told.why);
  print(rest.includes("--json") ? visible(JSON.stringify(told.json, null, 2)) : told.text);
  return told.wrong ? 1 : 0;
}

function repositoryIn(name: string): { readonly owner: string; readonly name: string } {
  const found = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})$/.exec(name);
  if (found === null)
    throw new Misuse(`"${name}" names no repository: write it as matrix-org/matrix-spec-proposals.`);
  const [, owner = "", repository = ""] = found;
  return { owner, name: repository };
}

interface Options {
  /** What is no option. */
  readonly words: readonly string[];
  readonly json: boolean;
  readonly app: string | null;
  readonly at: string | null;
  readonly out: string | null;
  readonly url: string | null;
}

/** Those that the command's own usage names. */
function optionsIn(rest: readonly string[], command: Command | undefined): Options {
  const words = [...rest];
  const taken = (option: string): number => {
    if (command?.usage.includes(option) !== true) return -1;
    return words.indexOf(option);
  };
  const value = (option: string): string | null => {
    const at = taken(option);
    if (at < 0) return null;
    const [, given] = words.splice(at, 2);
    return given ?? "";
  };
  const app = value("--app");
  const at = value("--at");
  const out = value("--out");
  const url = value("--url");
  const json = taken("--json");
  if (json >= 0) words.splice(json, 1);
  if (app !== null && !/^[A-Za-z0-9-]{1,100}$/.test(app))
    throw new Misuse(`"${app}" is no App's name: write it as it stands at the end of github.com/apps/SLUG.`);
  return { words, json: json >= 0, app, at, out, url };
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

async function help(): Promise<number> {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  return print(
    [
      "msc-clerk keeps the books of a body that decides by pull request. One of these runs it, the others ask it something:",
      "",
      ...Object.values(COMMANDS).map(({ usage, does }) => `  msc-clerk ${usage.padEnd(width)}  ${does}`),
      `  msc-clerk ${"--version".padEnd(width)}  tells which version this is`,
      "",
      "`explain`, `roster`, `mine`, `site`, `verify`, `record`, `shadow` and `doctor` sign in with what the environment or a .env file says: APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) of the App, or, where",
      "neither is set, GITHUB_TOKEN (or GH_TOKEN): a token of anybody's who can read the repository. `store` needs DATA_DIR or DATABASE_URL alone. --json tells the same for programs; --app says to a",
      "reader which App is the clerk, where GitHub does not show it.",
      "Exit codes: 0 all is well, 1 it is not (of `doctor`: something is wrong; a warning is not), 2 called wrongly; of `verify` and `replay`: 0 all is proven, 3 evidence is missing, 4 something is",
      "contradicted; of `shadow`: 0 all agree, 1 something could not be read, 3 something differs.",
    ].join("\n"),
  );
}

function only(count: number, rest: readonly string[], command: Command | undefined): readonly string[] {
  if (rest.length === count) return rest;
  throw new Misuse(`It is called as: msc-clerk ${command?.usage}`);
}

/** https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
const looksLikeToken = (word: string): boolean =>
  /^--?(?:token|auth)\b/i.test(word) || /(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{30}/.test(word);

function tell(result: CliResult, json: boolean): number {
  if (result.kind === "not") return complain(result.why, 1);
  return print(json ? visible(JSON.stringify(result.json, null, 2)) : result.text);
}

/** What people wrote may hold characters that a terminal obeys, or that turn its line round: in JSON each can be written as its number. */
const visible = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

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
