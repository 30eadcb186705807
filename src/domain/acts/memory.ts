import type { Account } from "../model/people.js";
import type { JudgedAct, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import { formerFingerprint, isFormerFingerprint } from "../text/formerFingerprint.js";
import { DAY, type Instant } from "../text/time.js";
import type { Act } from "./act.js";

/**
 * How long the register remembers each judged act by name. An act that GitHub first shows later than this, after newer acts were judged,
 * counts as judged: GitHub's answers lag by seconds, in an incident by minutes.
 */
const MEMORY = DAY;

/** How many entries at most, names in them included: a flood of commands must not outgrow the comment that carries the register. */
export const MEMORY_SIZE = 400;

/** Stands in the list for every act up to and with its time of whom it is about: there were too many to name. */
const EVERYTHING = "";

/** People by numeric id, where there is one; `#` is in no login. */
const idKey = (id: number): string => `#${id}`;
const loginKey = (login: string): string => login.toLowerCase();

/** Everybody on the roster, each by what the roster knows them by. */
export type RosterKeys = ReadonlySet<string>;
export const rosterKeys = (rules: Rules): RosterKeys =>
  new Set(
    rules.teams.flatMap(({ members }) =>
      members.map(({ id, login }) => (id === null ? loginKey(login) : idKey(id))),
    ),
  );

/** Under which names an account's acts may be kept. */
const keysOf = ({ id, login }: Account): readonly string[] =>
  id === null ? [loginKey(login)] : [idKey(id), loginKey(login)];

/** Who did it. An event that starts or ends something for everybody is kept apart from its author, so that no flood of theirs can hide it. */
function doersOf(act: Act): readonly string[] {
  if (act.kind === "merged" || act.kind === "latch" || act.kind === "concluded") return [];
  return act.by === null ? ["-"] : keysOf(act.by);
}

/**
 * act.once: was this act judged at an earlier reconcile? A register that came from a record of version 1 knows its acts by their former
 * fingerprints, for the day it remembers them.
 */
export function memoryOf({ judged, judgedUpTo }: Register): (act: Act) => boolean {
  const known = new Set(judged.map((one) => one.key));
  const older = judged.some(({ key }) => isFormerFingerprint(key));
  const forgotten = judged.filter(({ key }) => key === EVERYTHING);
  return (act) => {
    if (known.has(act.key) || act.at < judgedUpTo - MEMORY) return true;
    if (older && known.has(formerFingerprint(act.former))) return true;
    if (forgotten.length === 0) return false;
    const doers = doersOf(act);
    return forgotten.some((one) => act.at <= one.at && isAbout(one, doers));
  };
}

/** One person's, or everybody's but those named, or everybody's. */
function isAbout({ by, except }: JudgedAct, doers: readonly string[]): boolean {
  if (by !== undefined) return doers.includes(by);
  return except === undefined || (doers.length > 0 && !doers.some((doer) => except.includes(doer)));
}

export function remember(register: Register, act: Act, roster: RosterKeys): Register {
  const { key, at } = act;
  const doers = doersOf(act);
  const by = doers.find((doer) => roster.has(doer)) ?? doers[0];
  return {
    ...register,
    judged: [...register.judged, by === undefined ? { key, at } : { key, at, by }],
    judgedUpTo: Math.max(register.judgedUpTo, at),
  };
}

/**
 * At the end of a reconcile: what is older than the memory is dropped. Where there is too much for it, acts are kept by the person alone,
 * beginning with the people on no team who did most; of a crowd of them it keeps only that nobody on the roster was among them. So
 * somebody who floods cannot make the clerk take an act of anybody else for judged.
 */
export function trimmed(register: Register, roster: RosterKeys): Register {
  const recent = register.judged.filter((one) => one.at >= register.judgedUpTo - MEMORY);
  if (sizeOf(recent) > MEMORY_SIZE) return { ...register, judged: folded(recent, roster) };
  return recent.length === register.judged.length ? register : { ...register, judged: recent };
}

const sizeOf = (judged: readonly JudgedAct[]): number =>
  judged.reduce((sum, { except }) => sum + 1 + (except?.length ?? 0), 0);

function folded(recent: readonly JudgedAct[], roster: RosterKeys): readonly JudgedAct[] {
  const outsiders = byPerson(recent.filter(({ by }) => by !== undefined && !roster.has(by)));
  const members = byPerson(recent.filter(({ by }) => by !== undefined && roster.has(by)));
  let kept = recent;
  for (const person of outsiders) kept = withoutNames(kept, person);
  kept = withoutCrowd(kept, roster);
  for (const person of members) kept = withoutNames(kept, person);
  return sizeOf(kept) <= MEMORY_SIZE ? kept : withoutAnybody(kept);
}

/** The people these acts are of, who did most first. */
function byPerson(judged: readonly JudgedAct[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { by = "" } of judged) counts.set(by, (counts.get(by) ?? 0) + 1);
  return [...counts.entries()].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([person]) => person);
}

/** As many of this person's acts as there is no room for lose their names, the oldest first. */
function withoutNames(judged: readonly JudgedAct[], person: string): readonly JudgedAct[] {
  const theirs = judged.filter(({ by }) => by === person);
  const over = sizeOf(judged) - MEMORY_SIZE;
  if (over <= 0 || theirs.length === 1) return judged;
  const at = cutAt(theirs, over + 1);
  return [...judged.filter((one) => one.by !== person || one.at > at), { key: EVERYTHING, at, by: person }];
}

/** Where one entry for each outsider is still too much, the oldest of them become one crowd, in which nobody on the roster was. */
function withoutCrowd(judged: readonly JudgedAct[], roster: RosterKeys): readonly JudgedAct[] {
  const crowds = judged.filter(({ by, except }) => by === undefined && except !== undefined);
  const theirs = judged.filter(({ by }) => by !== undefined && !roster.has(by));
  if (sizeOf(judged) <= MEMORY_SIZE || theirs.length === 0) return judged;
  // Somebody who has joined the roster since an earlier crowd may have been in it: what was refused stays refused.
  const except = [...roster].filter((person) => crowds.every((crowd) => crowd.except?.includes(person)));
  const rest = judged.filter((one) => !crowds.includes(one));
  const over = sizeOf(rest) + 1 + except.length - MEMORY_SIZE;
  const at = Math.max(cutAt(theirs, over), ...crowds.map((crowd) => crowd.at));
  return [...rest.filter((one) => !theirs.includes(one) || one.at > at), { key: EVERYTHING, at, except }];
}

/** More than one memory can tell apart: the newest are known by name, and everything before them counts as judged. */
function withoutAnybody(judged: readonly JudgedAct[]): readonly JudgedAct[] {
  const plain = judged.filter(({ except }) => except === undefined);
  const at = Math.max(
    cutAt(plain, plain.length + 1 - MEMORY_SIZE),
    ...judged.filter(({ except }) => except !== undefined).map((crowd) => crowd.at),
  );
  return [{ key: EVERYTHING, at }, ...plain.filter((one) => one.at > at)];
}

/** The time up to and with which at least so many of these lie, or all of them where there are not so many. */
function cutAt(judged: readonly JudgedAct[], many: number): Instant {
  const times = judged.map(({ at }) => at).sort((a, b) => a - b);
  return times[Math.min(Math.max(many, 1), times.length) - 1] ?? 0;
}
