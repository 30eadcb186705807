import { faultLine } from "../../src/config/faultText.js";
import { parseConfig } from "../../src/config/parse.js";
import type { Rules } from "../../src/domain/model/rules.js";

/** `line 3, column 5: path: message` for each fault; empty when there is none. */
export function faultsOf(text: string): readonly string[] {
  const parsed = parseConfig(text);
  return parsed.ok ? [] : parsed.faults.map(faultLine);
}

/** The rules of a text that has to be valid. */
export function valid(text: string): Rules {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.faults.map(faultLine).join("\n"));
  return parsed.rules;
}

/** The top-level keys of a small valid config, each of which a test can replace, leave out (null) or add to. */
const PARTS = {
  version: "version: 1",
  teams: "teams:\n  core:\n    members: [alice, bob]",
  decisions: "decisions:\n  - name: change\n    approval: { core: 75% }",
};

/** Top-level keys in the order version, teams, decisions, then the new ones: `version` is line 1, `teams` line 2. */
export function config(parts: Readonly<Record<string, string | null>> = {}): string {
  return Object.values({ ...PARTS, ...parts })
    .filter((part) => part !== null)
    .map((part) => `${part}\n`)
    .join("");
}

/** A config of one team whose list of members is given: each on a line of its own, from line 5 on, at column 9. */
export const roster = (...members: readonly string[]): string =>
  config({
    teams: `teams:\n  core:\n    members:\n${members.map((member) => `      - ${member}`).join("\n")}`,
  });
