import { concernView } from "../acts/concerns.js";
import { type JudgingRules, judge } from "../acts/judge.js";
import { type Loss, leftOf, rebuilt } from "../acts/loss.js";
import { phaseOf } from "../acts/phase.js";
import { isLive } from "../acts/ratchet.js";
import { recovered, unconfirmed } from "../acts/recovery.js";
import type { Needed } from "../acts/ruling.js";
import { stageNow } from "../acts/stage.js";
import type { ActVerdict, ConfirmShortfall, Decision, Hold } from "../model/decision.js";
import { emptyRegister } from "../model/emptyRegister.js";
import type { Motion, Register } from "../model/register.js";
import type { Need, Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { checkVerdict } from "./checkVerdict.js";
import { contestedLabelsOf, nextContestEnds } from "./contestedLabels.js";
import { confirmedConfig } from "./lawfulConfig.js";
import { checkExpires, earliest, recheckSharedHeadAt } from "./nextCheck.js";
import { nextRegister } from "./nextRegister.js";
import { type ReasonInputs, reasonFor } from "./reason.js";

/*
 * What deciding a proposal and deciding an amendment have in common: how the register comes in and goes out, and what follows from
 * where the motion stands. What must pass is their own.
 */

/** The register as it is found, with every act judged. */
export interface FoundRegister {
  /** As it came: kept, or what is left of it. */
  readonly before: Register;
  /** The same, prepared for what is judged now. */
  readonly start: Register;
  readonly loss: Loss | null;
  readonly register: Register;
  readonly verdicts: readonly ActVerdict[];
}

/** What kind of decision it is, as far as opening the register goes. */
export interface Opening {
  /** Before anything is judged. */
  readonly prepare: (before: Register) => Register;
  /** By the register as prepared; null: nothing is judged here (act.adoption). */
  readonly judging: (start: Register) => JudgingRules | null;
}

/** act.once, memory.lost: the register with every act judged that was not before; rebuilt, where it was lost. */
export function opened(
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
  loss: Loss | null,
  { prepare, judging }: Opening,
): FoundRegister {
  const before = loss === null ? (snapshot.register ?? emptyRegister) : leftOf(snapshot);
  const start = prepare(before);
  const by = snapshot.unkept ? null : judging(start);
  const judged =
    by === null
      ? { register: start, verdicts: [] }
      : judge(start, loss === null ? snapshot : { ...snapshot, register: null }, rules, by, now);
  const register = loss === null ? judged.register : rebuilt(judged.register, loss, snapshot, rules, now);
  return { before, start, loss, register, verdicts: judged.verdicts };
}

/** The needs of a motion that is open or kept are brought up to date. */
export function withNeeds(
  register: Register,
  needed: (motion: Motion) => Pick<Needed, "needs" | "decision" | "fitted">,
): Register {
  const { motion } = register;
  if (!isLive(motion)) return register;
  const { needs, decision, fitted } = needed(motion);
  if (needs === motion.needs && fitted === motion.fitted) return register;
  const names = fitted === undefined ? {} : { fitted };
  return { ...register, motion: { ...motion, needs, decision, ...names } };
}

export interface Confirmed {
  readonly register: Register;
  /** config.lawful: nobody knows which config is lawful, nor has said so. */
  readonly lawfulLost: boolean;
  /** memory.lost: teams that have not confirmed what was rebuilt. */
  readonly unconfirmed: readonly ConfirmShortfall[];
  readonly holds: readonly Hold[];
}

/** memory.lost and memory.kept: is what was rebuilt confirmed, and is there a record at all? */
export function confirmed(
  register: Register,
  needs: readonly Need[],
  rules: Rules,
  snapshot: Snapshot,
): Confirmed {
  const known = confirmedConfig(register, recovered(register, needs, rules, snapshot), snapshot);
  const { recovery } = known.register;
  return {
    register: known.register,
    lawfulLost: known.lost,
    unconfirmed: recovery === null ? [] : unconfirmed(recovery, needs, rules, snapshot),
    holds: [
      ...(recovery === null ? [] : [{ code: "record_lost" } as const]),
      ...(snapshot.unkept ? [{ code: "record_unkept" } as const] : []),
    ],
  };
}

/** What the two kinds of decision hand in of their own. */
export type Own = Pick<ReasonInputs, "tallies" | "holds" | "concerns" | "gates" | "amendment"> &
  Pick<Decision, "config" | "notTakenOver" | "idleLabels" | "waiting"> & {
    /** As it stands at the end, before its number is raised. */
    readonly register: Register;
    readonly unconfirmed: readonly ConfirmShortfall[];
    /** The check of fcp.after, by the register as it goes out. */
    readonly after: (register: Register) => Decision["after"];
    /** The tallies that are shown. */
    readonly shown: (register: Register) => Decision["tallies"];
    /** When this kind of decision may change by itself. */
    readonly moments: readonly (Instant | null)[];
  };

/** The decision, from where everything stands. */
export function concluded(
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
  found: FoundRegister,
  own: Own,
): Decision {
  const { register: moved, after: afterOf, shown, moments, amendment, unconfirmed: waitsFor, ...rest } = own;
  const { tallies, holds, concerns, gates, ...parts } = rest;
  const register = nextRegister(moved, found.before, snapshot, found.loss);
  const phase = phaseOf(register, stageNow(snapshot, rules), rules, snapshot.events);
  const after = afterOf(register);
  const reason = reasonFor({
    phase,
    register,
    rules,
    snapshot,
    tallies,
    counted: own.config?.kind === "unlawful" ? own.config.counted : [],
    holds,
    concerns,
    gates,
    after,
    amendment,
    unconfirmed: waitsFor,
    now,
  });
  const check = checkVerdict(reason);
  const contestedLabels = contestedLabelsOf(snapshot, rules, now);
  const { motion } = register;
  return {
    at: now,
    phase,
    reason,
    holds,
    tallies: shown(register),
    concerns: register.concerns.map((concern) => concernView(concern, motion)),
    register,
    lost: found.loss !== null,
    verdicts: found.verdicts,
    check,
    after,
    ...(amendment === null ? {} : { amendment: amendment.view }),
    ...parts,
    ...(gates.length === 0 ? {} : { gates }),
    contestedLabels,
    nextCheckAt: earliest(now, [
      motion?.end === null && motion.fcp?.state === "running" ? motion.fcp.endsAt : null,
      checkExpires(snapshot, check),
      recheckSharedHeadAt(snapshot, check, now),
      nextContestEnds(snapshot, rules, contestedLabels),
      ...moments,
    ]),
  };
}
