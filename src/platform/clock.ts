/** Time comes in as an argument, also at the edge: the sandbox and the tests bring a clock that can be moved. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What is reported about the two clocks. Seconds are whole; above 0 the machine's clock is ahead of GitHub's. */
export type ClockNews =
  | { readonly kind: "apart" | "together"; readonly aheadSeconds: number }
  /** A `Date` that is none, or more than a year away; said once until one comes that can be used. */
  | { readonly kind: "unusable"; readonly date: string };

/**
 * The time that decides: GitHub's, as far as its answers tell it. `sleep` goes by the machine's, and is shorter where GitHub's is found to be further on
 * meanwhile.
 */
export interface GitHubClock extends Clock {
  /** Call it when a request leaves, and what it returns with the `Date` header of GitHub's answer to that request. */
  asking(): (date: string | undefined) => void;
  /** By how many whole seconds the machine's clock is ahead of GitHub's (below 0: behind); null: no answer yet. */
  readonly aheadSeconds: number | null;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Further off than this, TLS would not have let the answer through: certificates are good for about a year. */
const ABSURD = 366 * 24 * 60 * MINUTE;
/** Whole seconds. Exactly a minute apart is not apart; a clock that drifts along the limit is not told of again and again. */
const APART = 60;
const TOGETHER = 55;

/**
 * The machine's clock, put right by GitHub's.
 *
 * An answer's `Date` is a whole second, and was made at some moment between asking and being answered: it proves only that the
 * two clocks are at least so far apart and at most so far. Where that range has room for the correction in use, nothing changes, so
 * a machine that is right is never corrected. Otherwise the least of it is taken: the clock then shows what GitHub's has shown
 * already, and nothing is early. All differences are put right, not those above a minute only: a limit would make time leap
 * whenever a drifting clock passes it.
 *
 * - Much *later* than thought (more than a minute) is believed when two answers in a row say so: waiting for one more answer
 *   decides nothing wrongly, and one stray `Date` of a proxy's moves nothing. *Earlier* is believed at once.
 * - A correction of less than a minute that would turn time back lets it stand still instead: between a reconcile and the next
 *   deadline of its decision, time only goes forward. Further back it goes at once, as what was shown was wrong.
 */
export const gitHubClock = (machine: Clock, tell: (news: ClockNews) => void = () => {}): GitHubClock =>
  new CorrectedClock(machine, tell);

/** Without a reason each would make an error, with its stack. */
const CUT = "look at the time";

class CorrectedClock implements GitHubClock {
  readonly #machine: Clock;
  readonly #tell: (news: ClockNews) => void;
  /** GitHub's time less the machine's: the least that is proven. */
  #offset = 0;
  /** A much greater one that a single answer has told. */
  #unconfirmed: number | null = null;
  #shown = Number.NEGATIVE_INFINITY;
  /** Looks at the time anew, for each who sleeps. */
  readonly #asleep = new Set<() => void>();
  #aheadSeconds: number | null = null;
  #apart = false;
  #unusable = false;

  constructor(machine: Clock, tell: (news: ClockNews) => void) {
    this.#machine = machine;
    this.#tell = tell;
  }

  now(): number {
    const now = this.#machine.now() + this.#offset;
    if (now >= this.#shown || this.#shown - now >= MINUTE) this.#shown = now;
    return this.#shown;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.now() + ms;
    let early = true;
    for (let rest = ms; early && rest > 0 && !signal?.aborted; rest = until - this.now()) {
      early = false;
      const cut = new AbortController();
      const stop = () => cut.abort(CUT);
      const look = () => {
        early = true;
        stop();
      };
      this.#asleep.add(look);
      signal?.addEventListener("abort", stop, { once: true });
      await this.#machine.sleep(rest, cut.signal);
      signal?.removeEventListener("abort", stop);
      this.#asleep.delete(look);
    }
  }

  get aheadSeconds(): number | null {
    return this.#aheadSeconds;
  }

  asking(): (date: string | undefined) => void {
    const askedAt = this.#machine.now();
    return (date) => {
      if (date !== undefined) this.#answered(date, askedAt, this.#machine.now());
    };
  }

  #answered(text: string, askedAt: number, answeredAt: number): void {
    const date = momentOf(text);
    const least = (date ?? Number.NaN) - answeredAt;
    if (date === null || Math.abs(least) > ABSURD) {
      if (!this.#unusable) this.#tell({ kind: "unusable", date: text.slice(0, 60) });
      this.#unusable = true;
      return;
    }
    this.#unusable = false;
    const most = date + SECOND - askedAt;
    if (this.#isFirstOfALeap(least)) return;
    const later = this.#offset < least;
    if (later || this.#offset > most) this.#offset = least;
    if (later) for (const look of [...this.#asleep]) look();
    this.#compare(date / SECOND, Math.floor(askedAt / SECOND), Math.floor(answeredAt / SECOND));
  }

  #isFirstOfALeap(least: number): boolean {
    const before = this.#unconfirmed;
    this.#unconfirmed = null;
    if (least <= this.#offset + MINUTE) return false;
    if (before !== null && Math.abs(least - before) < MINUTE) return false;
    this.#unconfirmed = least;
    return true;
  }

  /** In whole seconds, as GitHub tells no finer; what the request's own length explains is not counted. */
  #compare(date: number, askedAt: number, answeredAt: number): void {
    const ahead = askedAt > date ? askedAt - date : answeredAt < date ? answeredAt - date : 0;
    this.#aheadSeconds = ahead;
    if (this.#apart ? Math.abs(ahead) > TOGETHER : Math.abs(ahead) <= APART) return;
    this.#apart = !this.#apart;
    this.#tell({ kind: this.#apart ? "apart" : "together", aheadSeconds: ahead });
  }
}

/** `Tue, 03 Mar 2026 14:05:00 GMT`, the one form that is sent (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7). */
function momentOf(date: string): number | null {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date)) return null;
  const moment = Date.parse(date);
  return Number.isNaN(moment) ? null : moment;
}
