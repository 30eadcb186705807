import { SECOND } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { Scheduler } from "../../platform/scheduler.js";

interface Options {
  readonly reader: Pick<Reader, "config" | "specNews">;
  readonly clock: Clock;
  readonly log: Log;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
}

/** `again`: look once more a little later, as GitHub's lists can lag behind its webhooks. */
interface Look {
  readonly repository: RepositoryRef;
  readonly again: boolean;
}

/** How long a first event waits for others of the same burst, and for GitHub's lists to show it. */
const PAUSE = 3 * SECOND;
/** Whoever keeps writing in the specification's repository has it looked at so often and no more. */
const EVERY = 15 * SECOND;

/**
 * spec.linked: when something happens in the specification's repository, the proposals that are named there are reconciled. A webhook says that
 * something did, and nothing else of it is used; what none told of is found by the rounds.
 */
export class SpecChanges {
  readonly #options: Options;
  /** By the key of a repository of proposals: it, and the key of the specification its config named last. */
  readonly #watched = new Map<string, { readonly repository: RepositoryRef; readonly spec: string }>();
  /** What was heard of them is about to be looked at. */
  readonly #soon = new Set<string>();
  readonly #lookedAt = new Map<string, number>();
  readonly #alarms: Scheduler<Look>;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(options: Options) {
    this.#options = options;
    this.#alarms = new Scheduler(options.clock, (look) => this.#begin(look));
  }

  /** Something happened in this repository, which may be the specification of some proposals. */
  heard(ref: RepositoryRef): void {
    const now = this.#options.clock.now();
    for (const [key, { repository, spec }] of this.#watched) {
      if (spec !== repositoryKey(ref) || this.#soon.has(key)) continue;
      this.#soon.add(key);
      this.#alarms.set(key, Math.max(now + PAUSE, (this.#lookedAt.get(key) ?? 0) + EVERY), {
        repository,
        again: true,
      });
    }
  }

  /** The part of a round that is about this repository of proposals. `thorough`: at a start, once a day, and when its config has changed. */
  async round(repository: RepositoryRef, thorough: boolean): Promise<void> {
    const { reader, clock, log, enqueue } = this.#options;
    const key = repositoryKey(repository);
    const config = await reader.config(repository);
    const named = config.kind === "valid" ? config.rules.specRepository : undefined;
    if (config.kind === "unreadable") return;
    if (config.kind !== "valid" || named === undefined) {
      this.#watched.delete(key);
      return;
    }
    this.#watched.set(key, { repository, spec: named.name.toLowerCase() });
    this.#lookedAt.set(key, clock.now());
    const news = await reader.specNews(repository, config, thorough);
    if (news.kind === "unreadable")
      log.info("The specification's repository could not be read; the next round tries again.", {
        repository: key,
        why: news.why,
      });
    if (news.kind !== "read" || this.#stopped) return;
    for (const number of news.numbers) enqueue({ ...repository, number });
  }

  idle(): boolean {
    return this.#alarms.size === 0 && this.#running.size === 0;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    await Promise.all(this.#running);
  }

  #begin({ repository, again }: Look): void {
    const key = repositoryKey(repository);
    this.#soon.delete(key);
    if (again) this.#alarms.set(key, this.#options.clock.now() + EVERY, { repository, again: false });
    const run = this.round(repository, false)
      .catch((thrown: unknown) => {
        const error = errorMessage(thrown);
        this.#options.log.error("The specification's repository was looked at in vain.", { error });
      })
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }
}
