import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { readBaseUrl, readToken } from "../../environment.js";
import { connectPublicly } from "../../github/connectPublicly.js";
import { addDotEnv } from "../../platform/dotEnv.js";
import { errorMessage } from "../../platform/log.js";
import { Misuse } from "../misuse.js";
import { askFor, type Questioner } from "./ask.js";
import { configText } from "./configText.js";
import { GitHubLookUp } from "./lookUp.js";
import { QUESTION_OPTIONS, type QuestionOption } from "./questions.js";
import { existsText, UNWRITTEN, writtenText } from "./words.js";

/** `msc-clerk init`: asks, and writes a config. Resolves with the exit code. */
export async function initCommand(rest: readonly string[]): Promise<number> {
  const { values } = optionsIn(rest);
  const out = values.out ?? CONFIG_FILE;
  if (values.team !== undefined && values.members !== undefined)
    throw new Misuse("--team and --members both say who votes; keep one of them.");
  if (values.force !== true && existsSync(out)) return complain(existsText(out));
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return complain(fault);
  const given = new Map<QuestionOption, string>();
  for (const option of QUESTION_OPTIONS) {
    const said = option === "members" ? (values.members ?? values.team) : values[option];
    if (said !== undefined) given.set(option, said);
  }
  const { people } = connectPublicly(readBaseUrl(process.env), readToken(process.env));
  const lookUp = new GitHubLookUp(people, progress);
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? askerOn() : null;
  try {
    const asked = await askFor(given, terminal?.asker ?? null, values.suggested === true, lookUp);
    progress("");
    if (asked.kind === "misuse") throw new Misuse(asked.why);
    if (asked.kind === "ended") return complain(UNWRITTEN);
    const text = configText(asked.answers);
    const why = written(out, text, values.force === true);
    if (why !== null) {
      // What was answered is not lost.
      process.stdout.write(text);
      return complain(why);
    }
    process.stdout.write(`${writtenText(out, asked.answers, lookUp.untold)}\n`);
    return 0;
  } finally {
    terminal?.close();
  }
}

/** null: it stands there now. */
function written(out: string, text: string, force: boolean): string | null {
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text, { flag: force ? "w" : "wx" });
    return null;
  } catch (thrown) {
    const exists = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    return exists
      ? existsText(out)
      : `${out} cannot be written: ${errorMessage(thrown)}. It would hold what stands above.`;
  }
}

function askerOn(): { readonly asker: Questioner; readonly close: () => void } {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  lines.on("SIGINT", () => lines.close());
  return {
    asker: {
      ask: (question, suggestion) => {
        progress("");
        const typed = lines.question(`\n${question}\n${suggestion === null ? "" : `[${suggestion}] `}> `);
        return Promise.race([typed.catch(() => null), ended]);
      },
      tell: (text) => void process.stdout.write(`${text}\n`),
    },
    close: () => lines.close(),
  };
}

/** Over the line before, where a person watches; nothing: that line goes. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function complain(why: string): 1 {
  process.stderr.write(`msc-clerk: ${why}\n`);
  return 1;
}

function optionsIn(rest: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...rest],
      strict: true,
      options: {
        ...{ out: text, team: text, members: text, name: text, threshold: text, quorum: text, period: text },
        ...{ proposals: text, specification: text, mention: text, merge: text },
        ...{ suggested: flag, force: flag },
      },
    });
  } catch (thrown) {
    throw new Misuse(`${errorMessage(thrown).replace(/\. .*$/s, "")}.`);
  }
}
