import { COMMANDS, isOffered, VERBS } from "msc-clerk/domain/acts/commands.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import { loginOf, pulls, type Scene } from "./scene.js";

/** What can be said to the clerk with one press. */
export interface Buttons {
  readonly usual: readonly string[];
  readonly others: readonly string[];
}

/**
 * Everything the clerk takes under these rules, by the name it is mentioned by. None while the config is not valid. `amends`: on a change of
 * the rules, which begins otherwise.
 */
export function commandButtons(scene: Scene, amends = false): Buttons {
  const { rules } = scene;
  if (rules === null) return { usual: [], others: [] };
  const lines = VERBS.filter((verb) => isOffered(verb, rules)).flatMap((verb) =>
    COMMANDS[verb].help
      .filter(({ when }) => when?.(rules) !== false)
      .flatMap((line) => (verb === "move" ? MOTIONS.map((say) => ({ ...line, say })) : [line])),
  );
  const said = ({ say }: { readonly say: string }) =>
    `@${mentionOf(scene, rules)} ${filled(scene, rules, say)}`;
  const first = amends ? "propose" : "fcp merge";
  const usual = ({ say, common }: { readonly say: string; readonly common: boolean }) =>
    say === first || (common && !MOTIONS.includes(say));
  return {
    usual: lines
      .filter(usual)
      .sort((a, b) => Number(b.say === first) - Number(a.say === first))
      .map(said),
    others: lines.filter((line) => !usual(line)).map(said),
  };
}

/** `help` tells the other two in words. */
const MOTIONS: readonly string[] = ["fcp merge", "fcp close", "fcp postpone"];

/** As the clerk names itself to people under these rules. */
export const mentionOf = (scene: Scene, rules: Rules): string =>
  rules.mentions[0] ?? loginOf(scene, scene.clerkId);

/** An example in the place of what `help` leaves open. */
function filled(scene: Scene, rules: Rules, say: string): string {
  const other = [...scene.state.accounts.values()].find(
    ({ type, id }) => type === "User" && id !== scene.you.id,
  );
  const gate = rules.gates?.[0]?.name ?? "";
  const number = pulls(scene).at(-1)?.number ?? 1;
  return say
    .replace("TEXT", "the wire format is not described")
    .replace("REASON", "it was agreed at the meeting")
    .replace("URL", "https://example.org/implementation")
    .replace("GATE", gate)
    .replace("LOGIN", other?.login ?? "")
    .replace("1234", String(number));
}
