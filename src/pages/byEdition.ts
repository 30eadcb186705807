import { setImmediate as aMoment } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Stored } from "../store/port.js";
import type { KeptEdition } from "../store/views.js";
import type { Told } from "./source.js";

interface ByEdition<T, All> {
  /** Which edition of each proposal is kept. */
  readonly editions: (repository: number) => Promise<Stored<readonly KeptEdition[]>>;
  /** What these hold; one that is gone meanwhile is left out. */
  readonly read: (repository: number, pulls: readonly number[]) => Promise<Told<ReadonlyMap<number, T>>>;
  /** What is asked for, of every proposal by number, given what it was before. */
  readonly together: (each: readonly T[], since: WhatChanged<T, All> | null) => All;
}

/** What is otherwise than it was when `all` was put together. */
export interface WhatChanged<T, All> {
  readonly all: All;
  /** Those that were read again, or are gone. */
  readonly without: ReadonlySet<number>;
  /** As they were read again. */
  readonly fresh: readonly T[];
}

interface Known<T, All> {
  readonly each: ReadonlyMap<number, { readonly edition: string; readonly what: T }>;
  readonly all: All;
}

/** Of so many repositories. */
const MOST_REPOSITORIES = 4;
/** So many proposals at a time, so that the first reading of all of them does not keep the thread from everything else. */
const AT_A_TIME = 50;

/**
 * What every list needs of all proposals of a repository is thousands of texts: each is read again when it was kept anew, by whichever process, and not
 * otherwise. So what an answer costs follows what has changed, and what it shows.
 */
export function byEdition<T, All>({
  editions,
  read,
  together,
}: ByEdition<T, All>): (repository: number) => Promise<Told<All>> {
  const known = new LRUCache<number, Known<T, All>>({ max: MOST_REPOSITORIES });
  const refreshed = async (repository: number): Promise<Told<All>> => {
    const before = known.get(repository);
    const kept = await editions(repository);
    if (kept.kind === "unavailable") return kept;
    const isKnown = ({ pull, edition }: KeptEdition) => before?.each.get(pull)?.edition === edition;
    const changed = kept.kept.filter((one) => !isKnown(one)).map(({ pull }) => pull);
    if (before !== undefined && changed.length === 0 && before.each.size === kept.kept.length)
      return { kind: "told", told: before.all };
    const fresh = new Map<number, T>();
    for (let at = 0; at < changed.length; at += AT_A_TIME) {
      if (at > 0) await aMoment();
      const some = await read(repository, changed.slice(at, at + AT_A_TIME));
      if (some.kind === "unavailable") return some;
      for (const [pull, what] of some.told) fresh.set(pull, what);
    }
    const each = new Map<number, { readonly edition: string; readonly what: T }>();
    for (const one of kept.kept) {
      const { pull, edition } = one;
      const old = before?.each.get(pull);
      const what = fresh.get(pull);
      if (what !== undefined) each.set(pull, { edition, what });
      else if (old !== undefined && isKnown(one)) each.set(pull, old);
    }
    const gone = [...(before?.each.keys() ?? [])].filter((pull) => !each.has(pull));
    const all = together(
      [...each.values()].map(({ what }) => what),
      before === undefined
        ? null
        : { all: before.all, without: new Set([...changed, ...gone]), fresh: [...fresh.values()] },
    );
    known.set(repository, { each, all });
    return { kind: "told", told: all };
  };
  // One after the other: two at once would both read what one finds.
  const last = new Map<number, Promise<unknown>>();
  return (repository) => {
    const before = last.get(repository) ?? Promise.resolve();
    const run = before.catch(() => undefined).then(() => refreshed(repository));
    last.set(repository, run);
    return run;
  };
}
