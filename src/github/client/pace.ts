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
/** A wait longer than this is not waited out in the middle of an action: the answer is `later`. */
const PATIENCE = 5 * SECOND;

/**
 * For whom a call is made. Somebody on the roster waits for it: its turn comes first, and it may use all there is. Nobody waits for it (a start, a
 * round, a renewal), or nobody on the roster: it leaves room in each hour for those.
 */
export type Precedence = "people" | "background" | "outsiders";

/** How much of the content that may be created in an hour each may create. */
const SHARE: Readonly<Record<Precedence, number>> = { people: 1, background: 0.75, outsiders: 0.5 };

export type Turn =
  | { readonly kind: "go" }
  | { readonly kind: "wait"; readonly until: Instant; readonly why: string };

interface Waiting {
  readonly rank: Precedence;
  readonly creates: boolean;
  readonly resource: string;
  /** Its turn has come, or is too far off. */
  readonly begin: (turn: Turn) => Promise<unknown>;
}

/**
 * The pace of one installation, which GitHub counts by. Writes go one after the other, people's before those that nobody waits for; what GitHub
 * has said about its limits holds for every later call, reading or writing.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #holds = new Map<string, Limit>();
  /** Of what nobody waits for: what is left of the hour is people's. */
  readonly #scarce = new Map<string, Limit>();
  readonly #waiting: { readonly people: Waiting[]; readonly others: Waiting[] } = { people: [], others: [] };
  #isGoing = false;
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

  /** Little is left of this budget; null: enough. */
  spare(resource: string, limit: Limit | null): void {
    if (limit === null) this.#scarce.delete(resource);
    else this.#scarce.set(resource, limit);
  }

  /** May a call that draws on this budget (`core`, `graphql`) be made now? */
  ask(resource: string, rank: Precedence = "people"): Turn {
    const now = this.#clock.now();
    for (const key of ["*", resource]) {
      const standing = this.#holds.get(key);
      if (standing === undefined) continue;
      if (standing.until > now) return { kind: "wait", until: standing.until, why: standing.why };
      this.#holds.delete(key);
    }
    const scarce = rank === "people" ? undefined : this.#scarce.get(resource);
    if (scarce !== undefined && scarce.until > now)
      return { kind: "wait", until: scarce.until, why: scarce.why };
    return { kind: "go" };
  }

  /** Runs one write when its turn has come, or says why that is too far off. `creates`: it makes new content. */
  write<T>(
    creates: boolean,
    resource: string,
    run: () => Promise<T>,
    rank: Precedence = "people",
  ): Promise<T | (Turn & { readonly kind: "wait" })> {
    return new Promise((resolve, reject) => {
      const begin = async (turn: Turn) => {
        try {
          resolve(turn.kind === "wait" ? turn : await run());
        } catch (thrown) {
          reject(thrown);
        }
      };
      const line = rank === "people" ? this.#waiting.people : this.#waiting.others;
      line.push({ rank, creates, resource, begin });
      void this.#go();
    });
  }

  /** One after the other, as long as any waits. Whose turn it is, is seen when the time for it has come. */
  async #go(): Promise<void> {
    if (this.#isGoing) return;
    this.#isGoing = true;
    const { people, others } = this.#waiting;
    while (people.length + others.length > 0) {
      // Of a clock that was put back the last write is yet to come: whoever waited for that would then write what was decided long ago.
      const wait = Math.min(this.#lastWrite + BETWEEN_WRITES - this.#clock.now(), BETWEEN_WRITES);
      if (wait > 0) await this.#clock.sleep(wait);
      const next = people.shift() ?? others.shift();
      if (next === undefined) break;
      await next.begin(await this.#turnOf(next));
    }
    this.#isGoing = false;
  }

  async #turnOf({ rank, creates, resource }: Waiting): Promise<Turn> {
    const now = this.#clock.now();
    const at = creates ? this.#roomAt(now, SHARE[rank]) : now;
    // Nobody who waits is held up by what nobody waits for.
    if (at > now + (rank === "people" ? PATIENCE : 0)) {
      return { kind: "wait", until: at, why: "as much was written as GitHub allows for a while" };
    }
    if (at > now) await this.#clock.sleep(at - now);
    const asked = this.ask(resource, rank);
    if (asked.kind === "wait") return asked;
    this.#lastWrite = this.#clock.now();
    if (creates) this.#created.push(this.#lastWrite);
    return asked;
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
