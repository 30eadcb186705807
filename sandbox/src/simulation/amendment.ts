import { MINUTE } from "msc-clerk/domain/text/time.js";
import { Refusal } from "../refusal.js";
import type { Sandbox } from "../sandbox.js";
import { neededToAmend } from "./config.js";

/*
 * A pull request that changes who sits in the team: what people do on it, and what the rules make of that (amend.add, amend.remove), by hand and
 * without a line of the clerk's own code.
 */

/** Somebody new is put on the team, or somebody is taken off it. */
export type SeatChange = "seat" | "unseat";

export type AmendmentAct =
  | { readonly kind: "open"; readonly change: SeatChange }
  | { readonly kind: "propose" | "retract"; readonly by: string }
  | { readonly kind: "yes"; readonly by: string; readonly way: "command" | "review" }
  /** `anyway`: also where it has not passed. */
  | { readonly kind: "merge"; readonly method: "merge" | "squash"; readonly anyway: boolean };

interface Said {
  readonly at: number;
  readonly by: string;
  readonly kind: "propose" | "yes" | "retract";
}

/** The one amendment of a story. */
export interface Amendment {
  readonly number: number;
  readonly change: SeatChange;
  /** Whose seat it is about. */
  readonly whose: string;
  /** In which part of the story, from calm to calm, it was opened, and proposed. */
  readonly opened: number;
  proposed: number;
  /** Somebody has taken their vote back in this part. */
  retracted: number;
  readonly said: Said[];
  merged: { readonly at: number; readonly lawfully: boolean } | null;
}

/** Does it have what it needs, by what was said up to then? Nobody's yes counts before somebody has proposed it. */
export function hasPassed({ change, said }: Amendment, team: readonly string[], upTo: number): boolean {
  let proposed = false;
  const yes = new Set<string>();
  for (const { at, by, kind } of said) {
    if (at > upTo || !team.includes(by)) continue;
    proposed ||= kind === "propose";
    if (kind === "retract") yes.delete(by);
    else if (proposed) yes.add(by);
  }
  return proposed && yes.size >= neededToAmend(change, team.length);
}

/** Who sits in the team once it is adopted. */
export const adopted = ({ change, whose }: Amendment, team: readonly string[]): readonly string[] =>
  change === "seat" ? [...team, whose] : team.filter((login) => login !== whose);

/**
 * Whoever the amendment is about says nothing while it is decided: the clerk judges an act by the roster of when it finds it, and nobody can
 * tell when that is.
 */
export function isSilenced(amendment: Amendment | null, who: string, now: number): boolean {
  if (amendment === null || amendment.whose !== who) return false;
  const { change, merged, proposed } = amendment;
  if (merged !== null) return !merged.lawfully || now < merged.at + 10 * MINUTE;
  return change === "seat" || proposed >= 0;
}

export interface AmendmentMoment {
  /** Counted from calm to calm. */
  readonly part: number;
  readonly team: readonly string[];
  /** The default branch has had the lawful config since the last calm. */
  readonly isConfigSettled: boolean;
}

/** Lets somebody do something on it. What could be judged in two ways is not done. */
export function amends(
  sandbox: Sandbox,
  amendment: Amendment,
  act: Exclude<AmendmentAct, { readonly kind: "open" }>,
  { part, team, isConfigSettled }: AmendmentMoment,
): void {
  const { number, said, opened, proposed } = amendment;
  // Votes are about the changes that the clerk has seen: of those of a calm before nobody doubts it.
  if (amendment.merged !== null || !isConfigSettled || part === opened) return;
  const at = sandbox.store.stamp();
  try {
    switch (act.kind) {
      case "propose":
        sandbox.as(act.by).comment(number, "@mscbot propose");
        if (proposed < 0) amendment.proposed = part;
        break;
      case "yes":
        if (proposed < 0) return;
        if (act.way === "review") sandbox.as(act.by).approve(number);
        else sandbox.as(act.by).comment(number, "@mscbot reviewed");
        break;
      case "retract":
        if (proposed < 0) return;
        sandbox.as(act.by).comment(number, "@mscbot retract");
        amendment.retracted = part;
        break;
      case "merge": {
        if (proposed < 0 || part <= proposed || part === amendment.retracted) return;
        // It is lawful where the clerk has said so before. What has its votes and is not green yet could be seen in two ways.
        const lawfully = sandbox.checkOn(number)?.conclusion === "success";
        if (!lawfully && (!act.anyway || hasPassed(amendment, team, at))) return;
        sandbox.as("tom").merge(number, act.method);
        amendment.merged = { at, lawfully };
        return;
      }
    }
  } catch (thrown) {
    if (thrown instanceof Refusal) return; // GitHub does not let them
    throw thrown;
  }
  said.push({ at, by: act.by, kind: act.kind });
}
