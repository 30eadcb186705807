import { signedIn } from "../asking.js";
import { draftRules, readDraft } from "../draft/draftFile.js";
import { waitingText } from "../draft/patience.js";
import { explainText } from "../explainProposal.js";
import type { CliResult, Session, Wanted } from "../session.js";
import { complain, note, progress, tell } from "../terminal.js";
import { type SimulateAsked, simulateAll, simulateOne } from "./simulate.js";
import { oneJson, simulationJson } from "./simulateJson.js";
import { differenceLines, settingText, simulationText } from "./words.js";

/** `msc-clerk simulate FILE OWNER/REPO[#N]`: resolves with the exit code; 1: something could not be read. */
export async function simulateCommand(
  file: string,
  wanted: Wanted,
  { json, app }: { readonly json: boolean; readonly app: string | null },
): Promise<number> {
  const draft = readDraft(file);
  const parsed = draftRules(draft);
  if ("why" in parsed) return complain(parsed.why);
  const session = await signedIn(wanted, app, true);
  const asked: SimulateAsked = {
    ...{ wanted, file: draft.file, rules: parsed.rules, progress },
    waits: (why, until) => note(waitingText(why, until)),
  };
  const told = await simulate(asked, session);
  const code = tell(told, json);
  return told.kind === "told" && !told.complete ? 1 : code;
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
