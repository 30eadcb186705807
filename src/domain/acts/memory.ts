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
  return accountKeys(act.by);
}

const accountKeys = (by: Account | null): readonly string[] => (by === null ? ["-"] : keysOf(by));

/** Who can have done something, as far as their names go, and when. */
interface Doing {
  readonly at: Instant;
  readonly doers: readonly string[];
}

/** What was judged at earlier reconciles. */
export interface ActMemory {
  /** act.once: was this act judged? */
  readonly holds: (act: Act) => boolean;
  /** The same by its key alone. */
  readonly names: (key: Pick<Act, "key" | "former">) => boolean;
  /** Whatever this account did until then, was all of it judged? Then nobody has to look at what it was. */
  readonly holdsAllOf: (by: Account | null, until: Instant) => boolean;
  /** The same of everybody and of what begins or ends something for everybody, which is kept apart from its author. */
  readonly holdsAll: (until: Instant) => boolean;
}

/** Where all acts are asked for, judged or not. */
export const NO_MEMORY: ActMemory = {
  holds: () => false,
  names: () => false,
  holdsAllOf: () => false,
  holdsAll: () => false,
};

/** A register that came from a record of version 1 knows its acts by their former fingerprints, for the day it remembers them. */
export function memoryOf({ judged, judgedUpTo }: Pick<Register, "judged" | "judgedUpTo">): ActMemory {
  const known = new Set(judged.map((one) => one.key));
  const times = new Set(judged.map((one) => one.at));
  const older = judged.some(({ key }) => isFormerFingerprint(key));
  const isUnnamed = unnamedIn(judged.filter(({ key }) => key === EVERYTHING));
  const isOver = ({ at, doers }: Doing): boolean => at < judgedUpTo - MEMORY || isUnnamed({ at, doers });
  const names: ActMemory["names"] = ({ key, former }) =>
    known.has(key) || (older && known.has(formerFingerprint(former)));
  return {
    names,
    holds: (act) =>
      isOver({ at: act.at, doers: doersOf(act) }) ||
      names(act) ||
      // The key of a whole revision holds its time, so it is made only where something of that time was judged.
      (act.revision !== undefined && times.has(act.at) && known.has(act.revision())),
    holdsAllOf: (by, until) => isOver({ at: until, doers: accountKeys(by) }),
    holdsAll: (until) => isOver({ at: until, doers: [] }),
  };
}

/** Tells what lies under the entries that name no act: one person's, everybody's but those named, or everybody's. */
function unnamedIn(entries: readonly JudgedAct[]): (doing: Doing) => boolean {
  const lastOf = new Map<string, Instant>();
  for (const { by, at } of entries) if (by !== undefined) lastOf.set(by, Math.max(at, lastOf.get(by) ?? at));
  const crowds = entries.filter(({ by }) => by === undefined);
  return ({ at, doers }) =>
    doers.some((doer) => at <= (lastOf.get(doer) ?? Number.NEGATIVE_INFINITY)) ||
    crowds.some(
      (crowd) =>
        at <= crowd.at &&
        (crowd.except === undefined ||
          (doers.length > 0 && !doers.some((doer) => crowd.except?.includes(doer)))),
    );
}

/** What one judging adds to the memory. */
export interface MemoryDraft {
  readonly add: (act: Act) => void;
  readonly into: (register: Register) => Register;
}

/**
 * The list is a draft that belongs to one judging and is added to in place: copied for each of thousands of acts it would take time with their
 * square. It is handed out once, at the end, and nothing is added to it afterwards.
 */
export function remembering({ judged, judgedUpTo }: Register, roster: RosterKeys): MemoryDraft {
  const draft = [...judged];
  let upTo = judgedUpTo;
  return {
    add: (act) => {
      const { key, at } = act;
      const doers = doersOf(act);
      const by = doers.find((doer) => roster.has(doer)) ?? doers[0];
      draft.push(by === undefined ? { key, at } : { key, at, by });
      upTo = Math.max(upTo, at);
    },
    into: (register) => {
      const added = draft.length > judged.length;
      return trimmed(added ? { ...register, judged: [...draft], judgedUpTo: upTo } : register, roster);
    },
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
  const crowded = withoutCrowd(withoutNames(recent, outsiders), roster);
  const kept = withoutNames(crowded, members);
  return sizeOf(kept) <= MEMORY_SIZE ? kept : withoutAnybody(kept);
}

interface Person {
  readonly by: string;
  readonly judged: readonly JudgedAct[];
}

/** The people these acts are of, who did most first. */
function byPerson(judged: readonly JudgedAct[]): readonly Person[] {
  const found = new Map<string, JudgedAct[]>();
  for (const one of judged) {
    const { by = "" } = one;
    const before = found.get(by);
    if (before === undefined) found.set(by, [one]);
    else before.push(one);
  }
  return Array.from(found, ([by, theirs]): Person => ({ by, judged: theirs })).sort(
    (a, b) => b.judged.length - a.judged.length || (a.by < b.by ? -1 : 1),
  );
}

/** One person after the other: as many of their acts as there is no room for lose their names, the oldest first. */
function withoutNames(judged: readonly JudgedAct[], people: readonly Person[]): readonly JudgedAct[] {
  const cuts = new Map<string, Instant>();
  let size = sizeOf(judged);
  for (const { by, judged: theirs } of people) {
    const over = size - MEMORY_SIZE;
    if (over <= 0) break;
    if (theirs.length === 1) continue;
    const at = cutAt(theirs, over + 1);
    cuts.set(by, at);
    size += 1 - theirs.filter((one) => one.at <= at).length;
  }
  const named = judged.filter(
    ({ by, at }) => by === undefined || at > (cuts.get(by) ?? Number.NEGATIVE_INFINITY),
  );
  return cuts.size === 0
    ? judged
    : [...named, ...Array.from(cuts, ([by, at]) => ({ key: EVERYTHING, at, by }))];
}

/** Where one entry for each outsider is still too much, the oldest of them become one crowd, in which nobody on the roster was. */
function withoutCrowd(judged: readonly JudgedAct[], roster: RosterKeys): readonly JudgedAct[] {
  const crowds = judged.filter(({ by, except }) => by === undefined && except !== undefined);
  const isTheirs = ({ by }: JudgedAct): boolean => by !== undefined && !roster.has(by);
  const theirs = judged.filter(isTheirs);
  if (sizeOf(judged) <= MEMORY_SIZE || theirs.length === 0) return judged;
  // Somebody who has joined the roster since an earlier crowd may have been in it: what was refused stays refused.
  const except = [...roster].filter((person) => crowds.every((crowd) => crowd.except?.includes(person)));
  const rest = judged.filter((one) => !crowds.includes(one));
  const over = sizeOf(rest) + 1 + except.length - MEMORY_SIZE;
  const at = Math.max(cutAt(theirs, over), ...crowds.map((crowd) => crowd.at));
  return [...rest.filter((one) => !isTheirs(one) || one.at > at), { key: EVERYTHING, at, except }];
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
