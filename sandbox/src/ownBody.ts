import { readFileSync } from "node:fs";
import { faultIn } from "msc-clerk/config/faultText.js";
import { parseConfig } from "msc-clerk/config/parse.js";
import { LABEL_KEYS, labelNameOf } from "msc-clerk/domain/model/labels.js";
import { CONFIG_FILE, type Rules } from "msc-clerk/domain/model/rules.js";
import { errorMessage } from "msc-clerk/platform/log.js";
import type { About } from "./about.js";
import { type AppPermissions, CLERK_PERMISSIONS } from "./permissions.js";
import type { Sandbox } from "./sandbox.js";
import { requireCheck } from "./seed.js";
import type { Level } from "./state.js";

/** A body's own config, as its file has it. */
export interface OwnConfig {
  readonly file: string;
  readonly text: string;
  readonly rules: Rules;
}

export type ReadOwn =
  | { readonly kind: "read"; readonly config: OwnConfig }
  /** What is wrong, line by line, as `msc-clerk check` says it. */
  | { readonly kind: "faulty"; readonly lines: readonly string[] };

export function readOwnConfig(file: string): ReadOwn {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    const absent = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    return {
      kind: "faulty",
      lines: [`${file} cannot be read: ${absent ? "there is no such file" : errorMessage(thrown)}.`],
    };
  }
  const parsed = parseConfig(text);
  if (parsed.ok) return { kind: "read", config: { file, text, rules: parsed.rules } };
  return { kind: "faulty", lines: parsed.faults.map((fault) => faultIn(file, fault)) };
}

interface OwnPerson {
  readonly login: string;
  /** null: the file has none, so one is made. */
  readonly id: number | null;
  readonly level: Level;
}

/** Who can be played though they are on no roster: an author, and anybody. */
const OUTSIDERS = ["newcomer", "passer-by"];

/** Everybody of the roster, in its order; the first, or a lead where there is one, administers the repository. */
export function peopleOf({ teams }: Rules): readonly OwnPerson[] {
  const found = new Map<string, OwnPerson>();
  const admin = teams.find(({ lead }) => lead !== null)?.lead ?? teams[0]?.members[0];
  for (const { members, lead } of teams)
    for (const { login, id } of [...members, ...(lead === null ? [] : [lead])]) {
      const key = login.toLowerCase();
      const level = key === admin?.login.toLowerCase() ? "admin" : "write";
      found.set(key, { login, level, id: id ?? found.get(key)?.id ?? null });
    }
  const people = [...found.values()];
  return [
    ...people,
    ...OUTSIDERS.filter((login) => !found.has(login)).map((login) => ({
      login,
      id: null,
      level: "read" as const,
    })),
  ];
}

/** What the clerk's App is given: where the rules let the clerk merge, that too, as `app.merge.yml` asks for. */
export const permissionsFor = ({ conclude }: Rules): AppPermissions =>
  conclude.merge === "manual" ? CLERK_PERMISSIONS : { ...CLERK_PERMISSIONS, contents: "write" };

/** What its page says first. */
export const aboutOwn = ({ file, rules }: OwnConfig): About => ({
  kind: "own",
  file,
  firstPlayed: peopleOf(rules)[0]?.login ?? "",
});

/** Why this body cannot have its repository in an account of that name; null: it can. */
export const ownerFault = (rules: Rules, owner: string): string | null =>
  peopleOf(rules).some(({ login }) => login.toLowerCase() === owner.toLowerCase())
    ? `${owner} is somebody who is played here: name an organization before the slash of --repo.`
    : null;

/** The people, the body's own labels, README and this config as the first: the clerk takes that for the adoption. The clerk makes its labels itself. */
export function foundOwnRepository(sandbox: Sandbox, { text, rules }: OwnConfig): void {
  const people = peopleOf(rules);
  // Whose id the file gives comes first, so that none is made that is somebody's.
  for (const { login, id, level } of [...people].sort(
    (a, b) => Number(a.id === null) - Number(b.id === null),
  ))
    sandbox.addUser(login, { level, ...(id === null ? {} : { id }) });
  const admin = sandbox.as(people.find(({ level }) => level === "admin")?.login ?? "");
  for (const name of ownLabels(rules)) admin.createLabel(name, "c5def5");
  requireCheck(sandbox);
  admin.pushTo(null, { [CONFIG_FILE]: text }, { message: "Let the clerk keep the books" });
}

/** Labels that the rules look at and that the clerk does not make: people have them, or make them. */
function ownLabels(rules: Rules): readonly string[] {
  const names = [
    ...rules.decisions.flatMap(({ match }) => match.labels),
    ...(rules.gates ?? []).flatMap((gate) => (gate.kind === "label" ? [gate.label] : [])),
    ...(rules.filledPlaceholder?.takeOff ?? []),
  ];
  const made = new Set(
    LABEL_KEYS.flatMap((key) => labelNameOf(rules.labels, key)?.toLowerCase() ?? []).concat(
      [rules.readyLabel, rules.obsoleteLabel].flatMap((name) => name?.toLowerCase() ?? []),
    ),
  );
  const found = new Map(names.map((name) => [name.toLowerCase(), name]));
  return [...found].flatMap(([key, name]) => (made.has(key) ? [] : [name]));
}
