import type { Clock } from "msc-clerk/platform/clock.js";
import type { Happening } from "./happening.js";
import { Ids, type NextIds } from "./ids.js";
import type { Actor } from "./permissions.js";
import { notFound, Refusal } from "./refusal.js";
import type { Account, Event, Pull, Repository, State, Thread } from "./state.js";

/** Older values are kept this long (of the sandbox's clock), for reads that lag. */
const MEMORY = 3_600_000;

type WithoutFrame<T> = T extends unknown ? Omit<T, "id" | "at" | "actorId"> : never;
export type NewEvent = WithoutFrame<Event>;

/** Where something that people wrote lives. */
interface Place {
  readonly repositoryId: number;
  readonly number: number;
}

/** The present, without its past: what a saved state has of a store. */
export interface KeptStore {
  readonly state: State;
  readonly ids: NextIds;
  readonly places: ReadonlyMap<number, Place>;
  readonly cameByFork: ReadonlyMap<string, number>;
}

/** The present state and its past, and the only way to change it. */
export class Store {
  #state: State = { accounts: new Map(), repositories: new Map(), commits: new Map() };
  readonly #history: { at: number; state: State }[] = [];
  readonly #listeners: ((happening: Happening) => void)[] = [];
  /** Where a comment, review or inline comment lives; a fact that never changes, so it is no part of the state. */
  readonly places = new Map<number, Place>();
  readonly ids = new Ids();
  /** When a commit first came by a fork: for a while after that REST does not find it in the repository the fork is of. */
  readonly cameByFork = new Map<string, number>();

  constructor(
    readonly clock: Clock,
    /** How long that while is, in seconds. */
    public forkLagSeconds = 0,
  ) {}

  get state(): State {
    return this.#state;
  }

  get kept(): KeptStore {
    return {
      state: this.#state,
      ids: this.ids.all,
      places: new Map(this.places),
      cameByFork: new Map(this.cameByFork),
    };
  }

  /** Goes on from there. Only for a store in which nothing has happened yet. */
  goOnFrom(kept: KeptStore): void {
    this.set(kept.state);
    this.ids.all = kept.ids;
    for (const [id, place] of kept.places) this.places.set(id, place);
    for (const [oid, at] of kept.cameByFork) this.cameByFork.set(oid, at);
  }

  /** The clock's moment as GitHub writes it: whole seconds. */
  stamp(): number {
    return Math.floor(this.clock.now() / 1000) * 1000;
  }

  /** What GitHub showed at `instant`. */
  stateAt(instant: number): State {
    for (let i = this.#history.length - 1; i >= 0; i--) {
      const past = this.#history[i];
      if (past && past.at <= instant) return past.state;
    }
    return this.#history[0]?.state ?? this.#state;
  }

  set(state: State): void {
    this.#state = state;
    const at = this.clock.now();
    const last = this.#history.at(-1);
    if (last?.at === at) last.state = state;
    else this.#history.push({ at, state });
    while ((this.#history[1]?.at ?? Number.POSITIVE_INFINITY) < at - MEMORY) this.#history.shift();
  }

  onHappening(listener: (happening: Happening) => void): void {
    this.#listeners.push(listener);
  }

  tell(happening: Happening): void {
    for (const listener of this.#listeners) listener(happening);
  }

  account(id: number): Account {
    const account = this.#state.accounts.get(id);
    if (!account) throw new Error(`the sandbox has no account with the id ${id} (any more)`);
    return account;
  }

  repository(id: number): Repository {
    const repository = this.#state.repositories.get(id);
    if (!repository) throw notFound();
    return repository;
  }

  changeRepository(id: number, change: (repository: Repository) => Repository): Repository {
    const changed = change(this.repository(id));
    this.set({ ...this.#state, repositories: withEntry(this.#state.repositories, id, changed) });
    return changed;
  }

  thread(repositoryId: number, number: number): Thread {
    const thread = this.repository(repositoryId).threads.get(number);
    if (!thread) throw notFound();
    return thread;
  }

  pull(repositoryId: number, number: number): PullThread {
    return asPull(this.thread(repositoryId, number));
  }

  changeThread(repositoryId: number, number: number, change: (thread: Thread) => Thread): Thread {
    const changed = change(this.thread(repositoryId, number));
    this.changeRepository(repositoryId, (repository) => ({
      ...repository,
      threads: withEntry(repository.threads, number, changed),
    }));
    return changed;
  }

  changePull(
    repositoryId: number,
    number: number,
    change: (pull: Pull, thread: Thread) => Partial<Pull>,
    rest: (thread: Thread) => Partial<Thread> = () => ({}),
  ): PullThread {
    return asPull(
      this.changeThread(repositoryId, number, (thread) => {
        const { pull } = asPull(thread);
        return { ...thread, ...rest(thread), pull: { ...pull, ...change(pull, thread) } };
      }),
    );
  }

  /** Adds to the timeline, and moves `updatedAt` on. */
  addEvent(repositoryId: number, number: number, actor: Actor, event: NewEvent): Event {
    const at = this.stamp();
    const full = { ...event, id: this.ids.next("event"), at, actorId: actor.accountId } as Event;
    this.changeThread(repositoryId, number, (thread) => ({
      ...thread,
      events: [...thread.events, full],
      updatedAt: at,
    }));
    return full;
  }
}

export type PullThread = Thread & { readonly pull: Pull };

export function asPull(thread: Thread): PullThread {
  if (!isPull(thread)) throw notFound();
  return thread;
}

export const isPull = (thread: Thread): thread is PullThread => thread.pull !== null;

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

/** Bodies have a limit everywhere. */
export function checkBody(body: string, resource: string): void {
  if ([...body].length > 65_536)
    throw new Refusal(422, "Validation Failed", [
      {
        resource,
        code: "unprocessable",
        field: "data",
        message: "Body is too long (maximum is 65536 characters)",
      },
    ]);
}
