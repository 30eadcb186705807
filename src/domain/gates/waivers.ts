import { isToMerge } from "../acts/motionOutcome.js";
import { type ActContext, mayAct, type Ruling, refused } from "../acts/ruling.js";
import { opensReason, putsOff } from "../acts/spoken.js";
import { gateKey } from "../model/gates.js";
import type { Motion, Register, Waiver } from "../model/register.js";
import { gatesAskedFor } from "./askedFor.js";
import { memoryOfGates } from "./memory.js";

/** gate.waive: a waiver is for one motion, as long as gates hold it. What is said before there is one to merge is for the next. */
const motionFor = ({ motion }: Register): number => (motion?.number ?? 0) + (isToMerge(motion) ? 0 : 1);

/** gate.waive: a member says that a gate need not be met, and why. It waits to be seconded. */
export function waive(context: ActContext, what: string, source: string): Ruling {
  const { register, snapshot, rules, person: by, act, commandText: said, phase } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (phase === "ended") return refused(context, { code: "ended", said });
  const names = gatesAskedFor(snapshot, rules).map(({ name }) => name);
  const named = gateIn(what, names);
  if (named === null) return refused(context, { code: "no_such_gate", said, gates: names });
  const { name, reason } = named;
  if (reason === "") return refused(context, { code: "needs_text", said });
  const waiver: Waiver = {
    ...{ gate: name, reason, by, at: act.at, url: act.url, source, seconds: [] },
    motion: motionFor(register),
    granted: null,
  };
  // One waits at a time for each gate: the newest, so that nobody is taken to second words that were put in their place.
  const others = waiversNow(register).filter((one) => one.granted !== null || one.gate !== name);
  return {
    register: withWaivers(register, [...others, waiver]),
    outcome: "accepted",
    why: { code: "waiver_recorded", said, gate: name },
  };
}

/** Those of the motion that is open, or of the next. */
export const waiversNow = (register: Register): readonly Waiver[] =>
  (register.gates?.waivers ?? []).filter(({ motion }) => motion === motionFor(register));

export const withWaivers = (register: Register, waivers: readonly Waiver[]): Register => ({
  ...register,
  gates: { ...memoryOfGates(register), waivers },
});

/** The waiver of a gate for this motion: the one that holds, or else the newest that waits to be seconded. */
export function waiverOf(gate: string, register: Register, motion: Motion | null): Waiver | null {
  const number = motion === null ? motionFor(register) : motion.number;
  const own = (register.gates?.waivers ?? []).filter((one) => one.gate === gate && one.motion === number);
  return own.find(({ granted }) => granted !== null) ?? own.at(-1) ?? null;
}

/** Which of these gates the words begin with, the longest name first, and why: behind a colon, a dash or the like, or from `because` on. */
export function gateIn(
  what: string,
  names: readonly string[],
): { readonly name: string; readonly reason: string } | null {
  const text = what.replace(/^(?:the )?(?:gate )?["“'‘`]?/iu, "");
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const rest = afterName(text, name)
      ?.replace(/^["”'’`]/u, "")
      .trim();
    if (rest === undefined || !(rest === "" || opensReason(rest))) continue;
    const isMarked = /^(?::|[-–—] )/u.test(rest);
    if (isMarked || !putsOff(rest)) return { name, reason: rest.replace(/^[\s:.,;!…–—-]+/u, "") };
  }
  return null;
}

/** What follows the name, where the text begins with it however it is written; null: it does not. */
function afterName(text: string, name: string): string | null {
  const wanted = gateKey(name);
  for (let end = 1; end <= Math.min(text.length, name.length + 20); end++)
    if (
      gateKey(text.slice(0, end)) === wanted &&
      !/^[\p{L}\p{N}]/u.test(text.slice(end)) &&
      !/[_ -]$/.test(text.slice(0, end))
    )
      return text.slice(end);
  return null;
}

export const isGateNamed = (said: string, name: string): boolean => gateIn(said, [name]) !== null;
