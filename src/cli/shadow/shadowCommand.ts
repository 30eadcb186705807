import { parseArgs } from "node:util";
import { DAY, type Instant } from "../../domain/text/time.js";
import { hasNothingToSignInWith } from "../../environment.js";
import { addDotEnv } from "../../platform/dotEnv.js";
import { errorMessage } from "../../platform/log.js";
import { systemClock } from "../../platform/systemClock.js";
import { type DraftFile, readDraft } from "../draft/draftFile.js";
import { Misuse } from "../misuse.js";
import { signIn } from "../signIn.js";
import { EXIT, type Outlet, shadow } from "./shadow.js";

/** What is looked at besides the open pull requests, where nobody says it. */
const SPAN = 90 * DAY;

/** `msc-clerk shadow …`: resolves with the exit code. `visible`: JSON with what a terminal obeys written as numbers. */
export async function shadowCommand(
  rest: readonly string[],
  visible: (json: string) => string,
): Promise<number> {
  const { values, positionals } = optionsIn(rest);
  const [, owner = "", name = ""] =
    /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})$/.exec(positionals[0] ?? "") ?? [];
  if (owner === "" || positionals.length !== 1)
    throw new Misuse("shadow takes one repository: write it as matrix-org/matrix-spec-proposals.");
  const since = values.since === undefined ? systemClock.now() - SPAN : dayIn(values.since);
  const given = values.config === undefined ? null : rulesIn(values.config);
  const app = values.app ?? null;
  if (app !== null && !/^[A-Za-z0-9-]{1,100}$/.test(app))
    throw new Misuse(`"${app}" is no App's name: write it as it stands at the end of github.com/apps/SLUG.`);
  const wanted = { owner, name };
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return complain(fault);
  if (hasNothingToSignInWith(process.env)) return complain(NO_TOKEN);
  const signedIn = await signIn(wanted, app, true);
  if (signedIn.kind === "not") return complain(signedIn.why);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // Whoever read it has gone, as `head` does: there is nobody left to tell.
  process.stdout.on("error", stop);
  try {
    const asked = { wanted, since, given, signal: stopped.signal };
    return await shadow(asked, values.follow, signedIn.session, outlet(values.json, visible));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** https://docs.github.com/en/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql */
const NO_TOKEN =
  "There is nothing to sign in with. Who ticked which box GitHub tells nobody without a token: set GITHUB_TOKEN (or GH_TOKEN). For a public repository one without any scope is enough.";

function complain(why: string): number {
  process.stderr.write(`msc-clerk: ${why}\n`);
  return EXIT.unreadable;
}

/** How far it is stands on one line of the terminal, which what comes next takes the place of. */
const CLEAR = "\r\u001b[K";

function outlet(json: boolean, visible: (json: string) => string): Outlet {
  const { stdout, stderr } = process;
  const clear = stderr.isTTY ? () => void stderr.write(CLEAR) : () => {};
  const tell = (text: string) => {
    clear();
    stdout.write(`${text}\n`);
  };
  return {
    tell,
    json: json ? (line) => tell(visible(JSON.stringify(line))) : null,
    progress: stderr.isTTY ? (text) => void stderr.write(`${CLEAR}${text}`) : null,
    note: (text) => {
      clear();
      stderr.write(`msc-clerk: ${text}\n`);
    },
  };
}

function rulesIn(file: string): DraftFile {
  const read = readDraft(file);
  if ("why" in read) throw new Misuse(read.why);
  return read;
}

/** The beginning of that day, in UTC. */
function dayIn(text: string): Instant {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw new Misuse(`"${text}" is no day: write it as 2027-03-03.`);
  return at;
}

function optionsIn(rest: readonly string[]) {
  try {
    return parseArgs({
      args: [...rest],
      allowPositionals: true,
      strict: true,
      options: {
        since: { type: "string" },
        config: { type: "string" },
        app: { type: "string" },
        follow: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (thrown) {
    throw new Misuse(`${errorMessage(thrown).replace(/\. .*$/s, "")}.`);
  }
}
