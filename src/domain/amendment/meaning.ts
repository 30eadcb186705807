import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { AmendmentFacts, Snapshot } from "../model/snapshot.js";
import { sameMeaning } from "./differences.js";

/**
 * amend.preview: the file is written otherwise at this head and says the same as on the default branch, so there is nothing to decide. Where
 * the present config is not lawful there is: to leave it as it is would ratify it (config.lawful).
 */
export const changesNothing = (
  { pull, lawfulRules }: Pick<Snapshot, "pull" | "lawfulRules">,
  { head, upToDate }: Pick<AmendmentFacts, "head" | "upToDate">,
  rules: Rules,
): boolean =>
  pull.state !== "merged" &&
  head.kind === "valid" &&
  upToDate &&
  lawfulRules === null &&
  sameMeaning(rules, head.rules);

/** The same of what was merged: what the clerk last found of this very head. */
export const changedNothing = ({ lastSeen: seen }: Register, head: string): boolean =>
  seen !== undefined && seen.head === head && seen.makes !== "" && seen.makes === seen.base;
