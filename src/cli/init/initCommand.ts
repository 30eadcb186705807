import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { readToken } from "../../environment/credentials.js";
import { connectPublicly } from "../../github/connectPublicly.js";
import { baseUrl } from "../asking.js";
import { Misuse, Refused } from "../misuse.js";
import { print, progress } from "../terminal.js";
import { whyNotFile } from "../textFile.js";
import { askFor } from "./ask.js";
import { configText } from "./configText.js";
import { GitHubLookUp } from "./lookUp.js";
import { questionerOn } from "./questioner.js";
import { QUESTION_OPTIONS, type QuestionOption } from "./questions.js";
import { existsText, UNWRITTEN, writtenText } from "./words.js";

export type InitOptions = Readonly<Record<QuestionOption | "out" | "team", string | null>> & {
  readonly suggested: boolean;
  readonly force: boolean;
};

/** `msc-clerk init`: asks, and writes a config. Resolves with the exit code. */
export async function initCommand(options: InitOptions): Promise<number> {
  const { team, suggested, force } = options;
  const out = options.out ?? CONFIG_FILE;
  if (team !== null && options.members !== null)
    throw new Misuse("--team and --members both say who votes; keep one of them.");
  if (!force && existsSync(out)) throw new Refused(existsText(out));
  const gitHub = await baseUrl();
  const given = new Map<QuestionOption, string>();
  for (const option of QUESTION_OPTIONS) {
    const said = option === "members" ? (options.members ?? team) : options[option];
    if (said !== null) given.set(option, said);
  }
  const { people } = connectPublicly(gitHub, readToken(process.env));
  const lookUp = new GitHubLookUp(people, progress);
  const terminal =
    process.stdin.isTTY && process.stdout.isTTY ? questionerOn(process.stdin, process.stdout, print) : null;
  try {
    const asked = await askFor(given, terminal?.questioner ?? null, suggested, lookUp);
    if (asked.kind === "misuse") throw new Misuse(asked.why);
    if (asked.kind === "ended") throw new Refused(UNWRITTEN);
    const text = configText(asked.answers, gitHub);
    const why = written(out, text, force);
    if (why === null) return print(writtenText(out, asked.answers, lookUp.untold));
    // What was answered is not lost.
    print(text.trimEnd());
    throw new Refused(why);
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
      : `${out} cannot be written: ${whyNotFile(thrown)}. It would hold what stands above.`;
  }
}
