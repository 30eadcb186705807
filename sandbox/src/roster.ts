import { readFileSync } from "node:fs";
import { parseConfig } from "msc-clerk/config/parse.js";
import type { Level } from "./state.js";

/** Somebody of the sandbox. Ids are made up, save that they are pinned: who takes over a login does not take over its seat. */
export interface Somebody {
  readonly login: string;
  readonly id: number;
  readonly level: Level;
}

/** The first Spec Core Team and Guardians of MSC1779, with what they may do in the repository. */
export const MEMBERS: readonly Somebody[] = [
  { login: "ara4n", id: 1294269, level: "admin" },
  { login: "erikjohnston", id: 40_000_002, level: "write" },
  { login: "richvdh", id: 40_000_003, level: "maintain" },
  { login: "dbkr", id: 40_000_004, level: "write" },
  { login: "uhoreg", id: 40_000_005, level: "write" },
  { login: "anoadragon453", id: 40_000_006, level: "write" },
  { login: "turt2live", id: 40_000_007, level: "maintain" },
  { login: "KitsuneRal", id: 40_000_008, level: "write" },
  { login: "AmandineLP", id: 40_000_009, level: "write" },
];

/** Authors who are no members, the account of the older bot, and anybody. */
export const OTHERS: readonly Somebody[] = [
  { login: "ShadowJonathan", id: 40_000_021, level: "read" },
  { login: "sandhose", id: 40_000_022, level: "read" },
  { login: "kegsay", id: 40_000_023, level: "read" },
  { login: "passer-by", id: 40_000_024, level: "read" },
];
export const OLDER_BOT: Somebody = { login: "mscbot", id: 40_000_031, level: "write" };

const EXAMPLE = new URL("../../docs/examples/matrix.yml", import.meta.url);

/** The config shipped as an example, with everybody's id. */
/** The public half of what the sandbox's clerk signs records with (`clerk.ts`). */
export const RECORD_KEY = "ed25519:QrOb0wL+yvHg2ogc77Xu56EMRJEOoGoaSGj0IEi4pbQ=";

/** The same without the form check, which costs requests of its own. */
export const withoutForm = (config: string): string => config.replace(/^form:.*\n/m, "");

export function matrixConfig(): string {
  let text = readFileSync(EXAMPLE, "utf8");
  for (const { login, id } of MEMBERS) {
    text = text
      .replace(new RegExp(`^( *- )\\{ login: ${login}, (?!id:)`, "gm"), `$1{ login: ${login}, id: ${id}, `)
      .replace(
        new RegExp(`(members: \\[(?:[^\\]]*, )?)${login}(?=[,\\]])`, "g"),
        `$1{ login: ${login}, id: ${id} }`,
      );
  }
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(`The example config is not valid: ${parsed.faults[0]?.message ?? ""}`);
  const unpinned = parsed.rules.teams.flatMap((team) => team.members.filter((member) => member.id === null));
  if (unpinned.length > 0)
    throw new Error(
      `The example config names people the sandbox does not know: ${unpinned.map((one) => one.login).join(", ")}`,
    );
  return `${text}record_keys: [${RECORD_KEY}]\n`;
}
