import type { Gate } from "../model/gates.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { equal } from "../text/equal.js";

/**
 * The gates of the config; while that came without an approved amendment, also those of the last lawful one, so that nobody opens a gate by
 * taking it out (config.lawful).
 */
export function gatesAskedFor({ lawfulRules }: Pick<Snapshot, "lawfulRules">, rules: Rules): readonly Gate[] {
  const present = rules.gates ?? [];
  const lawful = lawfulRules?.gates ?? [];
  return [...present, ...lawful.filter((gate) => !present.some((one) => equal(one, gate)))];
}

/** Does a gate go by what the proposal says of itself: its text, and its description? */
export const asksForText = (snapshot: Pick<Snapshot, "lawfulRules">, rules: Rules): boolean =>
  gatesAskedFor(snapshot, rules).some(
    ({ kind }) => kind === "form" || kind === "dependencies" || kind === "implementation",
  );
