import { formerPrint, isFormerPrint } from "./formerPrint.js";
import type { JudgedAct, Register } from "./register.js";
import { DAY } from "./time.js";

/**
 * How long the register remembers each judged act by name. What GitHub first shows later than this after newer acts were judged
 * counts as judged: its reads lag by seconds, in an incident by minutes.
 */
const MEMORY = DAY;

/** How many of them at most: a flood of commands must not outgrow the comment that carries the register. */
const MEMORY_SIZE = 400;

/** Stands in the list for every act up to and with its time, once there were too many to name. */
const EVERYTHING = "";

/**
 * act.once: was this act judged at an earlier look? A register that came from a record of version 1 knows its acts by their former
 * prints, for the day it remembers them.
 */
export function memoryOf({
  judged,
  judgedUpTo,
}: Register): (act: JudgedAct & { readonly former: string }) => boolean {
  const known = new Set(judged.map((one) => one.key));
  const forgotten = Math.max(...judged.map((one) => (one.key === EVERYTHING ? one.at : 0)), 0);
  const older = judged.some(({ key }) => isFormerPrint(key));
  return ({ key, former, at }) =>
    known.has(key) ||
    (older && known.has(formerPrint(former))) ||
    at <= forgotten ||
    at < judgedUpTo - MEMORY;
}

export function remember(register: Register, { key, at }: JudgedAct): Register {
  return {
    ...register,
    judged: [...register.judged, { key, at }],
    judgedUpTo: Math.max(register.judgedUpTo, at),
  };
}

/** After a look: what is older than the memory, or too much for it, goes. */
export function trimmed(register: Register): Register {
  const recent = register.judged.filter((one) => one.at >= register.judgedUpTo - MEMORY);
  const cut = [...recent].sort((a, b) => b.at - a.at)[MEMORY_SIZE]?.at;
  if (cut !== undefined) {
    const judged = [{ key: EVERYTHING, at: cut }, ...recent.filter((one) => one.at > cut)];
    return { ...register, judged };
  }
  return recent.length === register.judged.length ? register : { ...register, judged: recent };
}
