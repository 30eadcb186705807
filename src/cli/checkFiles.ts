import { existsSync } from "node:fs";
import { faultIn } from "../config/faultText.js";
import { type CheckedConfig, checkConfig } from "../config/warnings.js";
import { count } from "../domain/messages/grammar.js";
import { rulesText } from "../domain/messages/rulesText.js";
import { CONFIG_FILE, type Rules } from "../domain/model/rules.js";
import { Refused } from "./misuse.js";
import { decisionsJson, needJson, teamJson } from "./rosterJson.js";
import { COLOURS, type Paint, print, printJson } from "./terminal.js";
import { fileText } from "./textFile.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk check 1";

/** One file, and what was found in it. `why`: it cannot be read. */
export interface CheckedFile {
  readonly file: string;
  readonly found: CheckedConfig | { readonly why: string };
}

/** `msc-clerk check …`: resolves with the exit code. All files are told, also where one of them cannot be read. */
export function checkFiles(named: readonly string[], json: boolean): number {
  if (named.length === 0 && !existsSync(CONFIG_FILE))
    throw new Refused(`There is no ${CONFIG_FILE} here: name the file, as in msc-clerk check draft.yml.`);
  const checked = (named.length === 0 ? [CONFIG_FILE] : named).map(checkFile);
  if (json) printJson(checkedJson(checked));
  else print(checked.map((one) => checkedText(one, COLOURS)).join("\n\n"));
  return checked.every(({ found }) => "ok" in found && found.ok) ? 0 : 1;
}

function checkFile(file: string): CheckedFile {
  const name = file === "-" ? "stdin" : file;
  try {
    return { file: name, found: checkConfig(fileText(file)) };
  } catch (thrown) {
    if (thrown instanceof Refused) return { file: name, found: { why: thrown.message } };
    throw thrown;
  }
}

/** What `check` says of one file. */
export function checkedText({ file, found }: CheckedFile, paint: Paint): string {
  if ("why" in found) return `${paint.wrong("wrong")}: ${found.why}`;
  if (!found.ok) {
    const { faults } = found;
    return [
      ...faults.map((fault) => faultIn(file, fault)),
      `${file} is ${paint.wrong("wrong")}: ${count(faults.length, "fault")}.`,
    ].join("\n");
  }
  const { rules, warnings } = found;
  const told =
    warnings.length === 0
      ? `${file} is ${paint.right("right")}.`
      : `${file} is ${paint.right("right")}, with ${count(warnings.length, "warning")}.`;
  return [
    ...warnings.map((warning) => faultIn(file, warning, paint.warning("warning"))),
    told,
    "",
    rulesText(rules),
  ].join("\n");
}

/** The same for programs: docs/commands.md has its fields. */
export const checkedJson = (checked: readonly CheckedFile[]): object => ({
  format: FORMAT,
  files: checked.map(({ file, found }) => {
    if ("why" in found) return { file, right: false, why: found.why, faults: [], warnings: [], rules: null };
    return found.ok
      ? { file, right: true, why: null, faults: [], warnings: found.warnings, rules: rulesJson(found.rules) }
      : { file, right: false, why: null, faults: found.faults, warnings: [], rules: null };
  }),
});

const rulesJson = (rules: Rules): object => ({
  teams: rules.teams.map(teamJson),
  decisions: decisionsJson(rules),
  amendments: Object.entries(rules.amendments).map(([change, routes]) => ({
    change,
    routes: routes.map((route) => route.map((need) => needJson(need, rules))),
  })),
});
