import type { Instant } from "../../domain/text/time.js";
import { HOUR, MINUTE, SECOND } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";
import type { Limit } from "./limits.js";

/**
 * GitHub's advice for what creates content: a second between writes, and less than 80 a minute and 500 an hour.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
const BETWEEN_WRITES = SECOND;
const PER_MINUTE = 75;
const PER_HOUR = 480;
/** Writes for outsiders alone take no more than half of it, so that there is room for those that members wait for. */
const OUTSIDERS_SHARE = 0.5;
/** A wait longer than this is not waited out in the middle of an action: the answer is `later`. */
const PATIENCE = 5 * SECOND;

export type Turn =
  | { readonly kind: "go" }
  | { readonly kind: "wait"; readonly until: Instant; readonly why: string };

/**
 * The pace of one installation, which GitHub counts by. Writes go one after the other; what GitHub has said about its limits
 * holds for every later call, reading or writing.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #holds = new Map<string, Limit>();
  #queue: Promise<unknown> = Promise.resolve();
  #lastWrite: Instant = Number.NEGATIVE_INFINITY;
  /** When content was created, oldest first, of the last hour. */
  #created: Instant[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hold(limit: Limit): void {
    const key = limit.resource ?? "*";
    const standing = this.#holds.get(key);
    if (standing === undefined || standing.until < limit.until) this.#holds.set(key, limit);
  }

  /** May a call that draws on this budget (`core`, `graphql`) be made now? */
  ask(resource: string): Turn {
    const now = this.#clock.now();
    for (const key of ["*", resource]) {
      const standing = this.#holds.get(key);
      if (standing === undefined) continue;
      if (standing.until > now) return { kind: "wait", until: standing.until, why: standing.why };
      this.#holds.delete(key);
    }
    return { kind: "go" };
  }

  /**
   * Runs one write when its turn has come, or says why that is too far off. `creates`: it makes new content. `outsiders`: nobody on the
   * roster waits for it.
   */
  write<T>(
    creates: boolean,
    resource: string,
    run: () => Promise<T>,
    outsiders = false,
  ): Promise<T | (Turn & { readonly kind: "wait" })> {
    const turn = this.#queue.then(async () => {
      const now = this.#clock.now();
      const at = Math.max(
        now,
        this.#lastWrite + BETWEEN_WRITES,
        creates ? this.#roomAt(now, outsiders ? OUTSIDERS_SHARE : 1) : 0,
      );
      if (at > now + PATIENCE) {
        return { kind: "wait", until: at, why: "as much was written as GitHub allows for a while" } as const;
      }
      if (at > now) await this.#clock.sleep(at - now);
      const asked = this.ask(resource);
      if (asked.kind === "wait") return asked;
      this.#lastWrite = this.#clock.now();
      if (creates) this.#created.push(this.#lastWrite);
      return run();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** The first moment at which one more creation stays within this share of both windows. */
  #roomAt(now: Instant, share: number): Instant {
    this.#created = this.#created.filter((at) => at > now - HOUR);
    const minute = this.#created.at(-Math.floor(PER_MINUTE * share));
    const hour = this.#created.at(-Math.floor(PER_HOUR * share));
    return Math.max(
      now,
      minute === undefined ? now : minute + MINUTE + 1,
      hour === undefined ? now : hour + HOUR + 1,
    );
  }
}
