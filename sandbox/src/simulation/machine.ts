import type { Clerk, ClerkOptions } from "msc-clerk/app.js";
import { createClerk } from "msc-clerk/app.js";
import type { Connection } from "msc-clerk/github/connect.js";
import { connectGitHub } from "msc-clerk/github/connect.js";
import { shiftedClock } from "msc-clerk/platform/movableClock.js";
import { type Evaluate, evaluate } from "msc-clerk/runtime/reconcile/evaluate.js";
import type { HeardNews } from "msc-clerk/runtime/server/heard.js";
import type { Ownership } from "msc-clerk/store/ownership.js";
import type { Store } from "msc-clerk/store/port.js";
import type { Arena } from "./arena.js";
import { storeOf } from "./disk.js";
import type { Process } from "./owners.js";
import type { StopAt } from "./story.js";
import { never } from "./wire.js";

/** What of the clerk is put in another's place: nothing, or what a mutant does. */
export interface Mutation {
  readonly store?: (store: Store) => Store;
  /** What all machines have their store on. */
  readonly disk?: (store: Store) => Store;
  /** Of several instances. */
  readonly ownership?: (ownership: Ownership<HeardNews>) => Ownership<HeardNews>;
  readonly connection?: (connection: Connection) => Connection;
  readonly evaluate?: (evaluate: Evaluate) => Evaluate;
  readonly timing?: ClerkOptions["timing"];
  readonly hear?: (clerk: Clerk, event: string, payload: object) => void;
  /** It does not hear what GitHub's answers say of the time. */
  readonly isDeafToTime?: true;
}

/** What is the same of every clerk that is begun. */
export type ClerkParts = Pick<
  ClerkOptions,
  | "appId"
  | "baseUrl"
  | "dryRun"
  | "keys"
  | "logger"
  | "privateKey"
  | "recordKeys"
  | "timing"
  | "webhookSecret"
>;

/** Its power goes, or it stands still, for so long: then nothing goes on in it, and what it has sent arrives all the same. */
export interface Stop {
  readonly kind: "kill" | "hang";
  readonly at: StopAt;
  readonly back: number;
}

/** A machine with a clerk: has power or not, may stand still, and has a clock of its own. */
export class Machine {
  readonly #arena: Arena;
  readonly #mutation: Mutation;
  clerk: Clerk | null = null;
  /** Of the clerk that runs or ran last. */
  #process: Process | null = null;
  #life = { alive: false };
  /** Of its clock, in milliseconds. */
  ahead = 0;
  #stop: Stop | null = null;
  /** So many more things it does before that. */
  #left = 0;
  #still: { readonly since: number; readonly until: number } | null = null;

  constructor(
    readonly id: number,
    arena: Arena,
    mutation: Mutation,
  ) {
    this.#arena = arena;
    this.#mutation = mutation;
  }

  /** By the clock of the world; null: it does not. */
  get stillSince(): number | null {
    return this.#still?.since ?? null;
  }

  /** It hears webhooks. One that stands still takes nothing, and GitHub tries only once. */
  get hearing(): readonly Clerk[] {
    return this.clerk === null || this.#still !== null ? [] : [this.clerk];
  }

  start(parts: ClerkParts): void {
    if (this.clerk !== null) return;
    const { clock: world, wire, owners } = this.#arena;
    const life = { alive: true };
    this.#life = life;
    const alive = () => life.alive;
    const still = () => this.whileStill();
    const clock = shiftedClock(world, () => this.ahead);
    const process: Process = { alive, stillSince: () => this.stillSince, now: () => clock.now() };
    this.#process = process;
    const {
      store = (one: Store) => one,
      connection = (one: Connection) => one,
      ownership = (one: Ownership<HeardNews>) => one,
      timing = {},
      isDeafToTime = false,
    } = this.#mutation;
    const owned = owners?.of(process);
    this.clerk = createClerk({
      ...parts,
      clock: { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal).then(still) },
      ownership: owned === undefined ? undefined : ownership(owned),
      timing: { ...parts.timing, ...timing },
      store: store(storeOf(this.#arena, this, life)),
      evaluate: this.#mutation.evaluate?.(evaluate) ?? evaluate,
      connect: (made) =>
        connection(
          connectGitHub({
            ...made,
            jitter: () => 0.5,
            // What is slow there is so by the simulation's clock.
            timeout: null,
            auth: async (installation) =>
              wire.client(
                this.id,
                installation !== undefined,
                alive,
                still,
                isDeafToTime ? DEAF : made.gitHubClock,
              ),
          }),
        ),
    });
    this.clerk.begin();
  }

  kill(): void {
    this.#stop = null;
    this.#still = null;
    this.#life.alive = false;
    this.clerk?.kill();
    this.clerk = null;
    if (this.#process !== null) this.#arena.owners?.gone(this.#process);
    this.#process = null;
  }

  /** null: it goes on. */
  stopAt(stop: Stop | null): void {
    this.#stop = stop;
    this.#left = typeof stop?.at === "number" ? stop.at : 0;
  }

  /** Something it does: it may be the last for a while. */
  touch(what: string): void {
    this.#arena.activity += 1;
    const stop = this.#stop;
    if (this.clerk === null || stop === null || this.#still !== null) return;
    if (typeof stop.at === "string" && stop.at !== what) return;
    this.#left -= 1;
    if (this.#left > 0) return;
    this.#stop = null;
    if (stop.kind === "hang") this.#hang(stop.back);
    else {
      this.kill();
      void this.#arena.clock.sleep(stop.back).then(() => this.#arena.start(this.id));
    }
  }

  #hang(span: number): void {
    const { clock, owners } = this.#arena;
    const process = this.#process;
    if (process === null) return;
    const since = clock.now();
    const still = { since, until: since + span };
    this.#still = still;
    owners?.still(process);
    void clock.sleep(span).then(() => {
      if (this.#still !== still) return;
      this.#still = null;
      this.#arena.owners?.awake(process, clock.now() - since);
    });
  }

  /** Resolves once the machine goes on; nothing: it does not stand still. */
  whileStill(): Promise<void> | undefined {
    if (this.#still === null) return undefined;
    const process = this.#process;
    const { clock } = this.#arena;
    return clock
      .sleep(Math.max(1, this.#still.until - clock.now() + 1))
      .then(() => (this.#process === process ? this.whileStill() : never()));
  }
}

const DEAF = { asking: () => () => {} };
