import { parseArgs } from "node:util";
import { addDotEnv } from "../../platform/dotEnv.js";
import { errorMessage } from "../../platform/log.js";
import { draftRules, readDraft } from "../draft/draftFile.js";
import { waitingText } from "../draft/patience.js";
import { explainText } from "../explainProposal.js";
import { Misuse } from "../misuse.js";
import type { CliResult, Session, Wanted } from "../session.js";
import { signIn } from "../signIn.js";
import { type SimulateAsked, simulateAll, simulateOne } from "./simulate.js";
import { oneJson, simulationJson } from "./simulateJson.js";
import { differenceLines, settingText, simulationText } from "./words.js";

/** `msc-clerk simulate FILE OWNER/REPO[#N]`: resolves with the exit code; 1: something could not be read. */
export async function simulateCommand(
  rest: readonly string[],
  visible: (json: string) => string,
): Promise<number> {
  const { values, positionals } = optionsIn(rest);
  const [file, where, ...more] = positionals;
  if (file === undefined || where === undefined || more.length > 0)
    throw new Misuse(
      "simulate takes a config file (- for standard input) and a repository, or one of its pull requests: msc-clerk simulate draft.yml acme/standards.",
    );
  const wanted = placeIn(where);
  const app = values.app ?? null;
  if (app !== null && !/^[A-Za-z0-9-]{1,100}$/.test(app))
    throw new Misuse(`"${app}" is no App's name: write it as it stands at the end of github.com/apps/SLUG.`);
  const draft = readDraft(file);
  if ("why" in draft) throw new Misuse(draft.why);
  const parsed = draftRules(draft);
  if ("why" in parsed) return complain(parsed.why);
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return complain(fault);
  const signedIn = await signIn(wanted, app, true);
  if (signedIn.kind === "not") return complain(signedIn.why);
  const { stderr } = process;
  const clear = () => void (stderr.isTTY && stderr.write("\r\u001b[K"));
  const told = await simulate(
    {
      ...{ wanted, file: draft.file, rules: parsed.rules },
      progress: (text) => void (stderr.isTTY && stderr.write(`\r\u001b[K${text}`)),
      waits: (why, until) => void complain(waitingText(why, until)),
    },
    signedIn.session,
  );
  clear();
  if (told.kind === "not") return complain(told.why);
  process.stdout.write(`${values.json ? visible(JSON.stringify(told.json, null, 2)) : told.text}\n`);
  return told.complete ? 0 : 1;
}

/** `complete`: all that was to be read was. */
export async function simulate(
  asked: SimulateAsked,
  session: Session,
): Promise<
  | Exclude<CliResult, { kind: "told" }>
  | (Extract<CliResult, { kind: "told" }> & { readonly complete: boolean })
> {
  const { wanted, rules } = asked;
  if (wanted.number === undefined) {
    const all = await simulateAll(asked, session);
    if (all.kind === "not") return all;
    const complete = all.unread.length === 0 && !all.more;
    return { kind: "told", text: simulationText(all), json: simulationJson(all), complete };
  }
  const one = await simulateOne(asked, wanted.number, session);
  if (one.kind === "not") return one;
  const { setting, pull } = one;
  const text = [
    settingText(setting),
    "",
    explainText(pull.draft, rules),
    "",
    "Against today",
    ...differenceLines(pull, true),
  ];
  return { kind: "told", text: text.join("\n"), json: oneJson(setting, pull), complete: true };
}

const PLACE = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100}?)(?:#(\d{1,9}))?$/;
const ADDRESS =
  /^https?:\/\/[^/]+\/([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100}?)(?:\/(?:pull\/(\d{1,9})(?:[/#?].*)?)?)?$/;

function placeIn(word: string): Wanted {
  const [, owner, name, number] = PLACE.exec(word) ?? ADDRESS.exec(word) ?? [];
  if (owner === undefined || name === undefined)
    throw new Misuse(
      `"${word}" names neither a repository nor a pull request: write it as acme/standards or acme/standards#12.`,
    );
  return number === undefined ? { owner, name } : { owner, name, number: Number(number) };
}

function complain(why: string): 1 {
  process.stderr.write(`msc-clerk: ${why}\n`);
  return 1;
}

function optionsIn(rest: readonly string[]) {
  try {
    return parseArgs({
      args: [...rest],
      allowPositionals: true,
      strict: true,
      options: { app: { type: "string" }, json: { type: "boolean", default: false } },
    });
  } catch (thrown) {
    throw new Misuse(`${errorMessage(thrown).replace(/\. .*$/s, "")}.`);
  }
}
