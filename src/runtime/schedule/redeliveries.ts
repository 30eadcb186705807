import { DAY, HOUR, type Instant, MINUTE } from "../../domain/text/time.js";
import type { AppWebhooks } from "../../github/connect.js";
import type { DeliveryFacts } from "../../github/read/checkup.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { Scheduler } from "../../platform/scheduler.js";

/** A webhook that nobody has taken yet, by the last time it was sent. */
export interface FailedWebhook {
  readonly last: DeliveryFacts;
  /** The clerk (or what stands before it) was down, or too slow: sent again it may be taken. What it refuses by itself it would refuse again. */
  readonly mayBeTaken: boolean;
  /** It was asked for again already. */
  readonly again: boolean;
}

export const isTaken = ({ status }: DeliveryFacts): boolean => status >= 200 && status < 300;
const isRefused = ({ status }: DeliveryFacts): boolean => status >= 400 && status < 500 && status !== 408;

/** Each webhook once, the oldest first: it may have been sent several times. `deliveries`: newest first. */
export function failedWebhooks(deliveries: readonly DeliveryFacts[]): readonly FailedWebhook[] {
  const taken = new Set(deliveries.filter(isTaken).map(({ guid }) => guid));
  const again = new Set(deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid));
  const last = new Map<string, DeliveryFacts>();
  for (const delivery of deliveries)
    if (!taken.has(delivery.guid) && !last.has(delivery.guid)) last.set(delivery.guid, delivery);
  return [...last.values()]
    .reverse()
    .map((one) => ({ last: one, mayBeTaken: !isRefused(one), again: again.has(one.guid) }));
}

export interface Redelivered {
  readonly asked: number;
  /** Why GitHub would send no more; null: it takes them all. */
  readonly stopped: string | null;
}

/** Asked for in one go: GitHub takes one write a second. */
const MOST = 100;

/** Has GitHub send these again, the newest first, a hundred at most: what it cannot send any more is the oldest. */
export async function askForMissed(
  failed: readonly FailedWebhook[],
  askAgain: AppWebhooks["askAgain"],
  stopping: () => boolean = () => false,
): Promise<Redelivered> {
  let asked = 0;
  for (const { last } of failed.toReversed().slice(0, MOST)) {
    if (stopping()) break;
    const answer = await askAgain(last.id);
    if (answer.kind !== "ok") return { asked, stopped: answer.why };
    asked += 1;
  }
  return { asked, stopped: null };
}

/**
 * How far back is looked: GitHub sends again what is three days old at most (on an Enterprise Server seven).
 * https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks
 */
const REACH = 3 * DAY;
/** After a start: whoever hands webhooks on, and waits for `/readyz` to say 200, has begun to. */
const FIRST_AFTER = MINUTE;
const EVERY = HOUR;
/** How late an attempt may come to stand in the list. */
const OVERLAP = 15 * MINUTE;

export interface RedeliveriesOptions {
  readonly webhooks: AppWebhooks;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  readonly onAsked: (count: number) => void;
}

/**
 * Asks GitHub, which sends nothing twice by itself, for webhooks again that did not arrive: after a start, as the clerk was down, and once an hour, as what
 * stands before it may have been. Each once, which GitHub's own list tells across starts; a hundred an hour. Resyncs find most of what they told, but
 * not that somebody asked for a check to be run again, and a merge group late.
 */
export class Redeliveries {
  readonly #options: RedeliveriesOptions;
  readonly #alarms: Scheduler<"look">;
  /** Asked for, and perhaps not in the list yet. */
  readonly #asked = new Set<string>();
  /** Everything before was looked at, by GitHub's time; null: nothing was. */
  #lookedUpTo: Instant | null = null;
  #look: Promise<void> | null = null;
  #stopped = false;

  constructor(options: RedeliveriesOptions) {
    this.#options = options;
    this.#alarms = new Scheduler(options.clock, () => this.#begin());
  }

  /** The first round is done. */
  start(): void {
    this.#alarms.set("look", this.#options.clock.now() + FIRST_AFTER, "look");
  }

  idle(): boolean {
    return this.#look === null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    await this.#look;
  }

  #begin(): void {
    if (this.#stopped) return;
    this.#look = this.#once()
      .catch((thrown: unknown) => {
        this.#options.log.error(
          "Webhooks could not be asked for again, in a way the clerk does not expect.",
          {
            error: errorMessage(thrown),
          },
        );
      })
      .then(() => {
        this.#look = null;
        this.#alarms.set("look", this.#options.clock.now() + EVERY, "look");
      });
  }

  async #once(): Promise<void> {
    const { webhooks, gitHubClock, log, onAsked } = this.#options;
    const now = gitHubClock.now();
    const since = Math.max(now - REACH, (this.#lookedUpTo ?? 0) - OVERLAP);
    const read = await webhooks.deliveries(since);
    if (read.kind !== "read") {
      log.debug("GitHub does not tell what became of webhooks; it is asked again in an hour.", {
        why: read.why,
      });
      return;
    }
    const missed = failedWebhooks(read.deliveries).filter(
      ({ last, mayBeTaken, again }) => mayBeTaken && !again && !this.#asked.has(last.guid),
    );
    const { asked, stopped } = await askForMissed(missed, webhooks.askAgain, () => this.#stopped);
    for (const { last } of missed.toReversed().slice(0, asked)) this.#asked.add(last.guid);
    const left = missed.length - asked;
    if (left === 0) {
      this.#lookedUpTo = now;
      for (const guid of this.#asked)
        if (!read.deliveries.some((one) => one.guid === guid)) this.#asked.delete(guid);
    }
    if (missed.length === 0) return;
    onAsked(asked);
    log.info("GitHub was asked to send webhooks again that did not arrive.", {
      asked,
      ...(left > 0 ? { left } : {}),
      ...(stopped === null ? {} : { why: stopped }),
    });
  }
}
