import type { Instant } from "../domain/text/time.js";

/**
 * Which installations of the App this process works for, where several share a store: each is one live process's at a time. What any of them
 * hears of an installation is handed to the one whose it is.
 */
export interface Ownership<News> {
  /** From now on `on` is told. */
  start(on: OwnershipEvents<News>): void;
  /** Ours, certainly, at this moment: asked before each write to GitHub. */
  holds(installation: number): boolean;
  /** Since when, by the machine's clock; null: it is not ours. */
  heldSince(installation: number): Instant | null;
  /** There are these. Those that are nobody's are shared out, now and from now on. Resolves with those that are ours. */
  among(installations: readonly number[]): Promise<ReadonlySet<number>>;
  /** Hands on what was heard. It is kept until it is `done`, also where the process that has it ends. */
  hand(heard: HandedOn<News>): void;
  /** All that was handed to us about this so far is done. */
  done(subject: string): void;
  /** Gives up everything. */
  stop(): Promise<void>;
}

export interface HandedOn<News> {
  readonly installation: number;
  /** What it is about: of several about the same that wait there is one, made of them all. */
  readonly subject: string;
  readonly news: News;
}

export interface OwnershipEvents<News> {
  /** It is ours from now on, and nobody knows what its last owner left undone. */
  readonly gained: (installation: number) => void;
  readonly heard: (heard: HandedOn<News>) => void;
}

/** One process alone: everything is its own, and what it hears it is told at once. */
export function alone<News>(): Ownership<News> {
  let on: OwnershipEvents<News> | null = null;
  const forever = Number.NEGATIVE_INFINITY;
  return {
    start: (events) => {
      on = events;
    },
    holds: () => true,
    heldSince: () => forever,
    among: (installations) => Promise.resolve(new Set(installations)),
    hand: (heard) => on?.heard(heard),
    done: () => {},
    stop: () => Promise.resolve(),
  };
}
