import { SECOND } from "msc-clerk/domain/text/time.js";
import type { MovableClock } from "msc-clerk/platform/movableClock.js";
import { type HeardNews, heardTogether } from "msc-clerk/runtime/server/heard.js";
import type { HandedOn, Ownership, OwnershipEvents } from "msc-clerk/store/ownership.js";

/*
 * What PostgreSQL does for several instances (src/store/postgresOwnership.ts), without PostgreSQL: the installation is one live process's at a time,
 * and what any of them hears is kept for that one until it is done.
 */

/** After so long without a turn nothing is certainly one's own; … */
const CERTAIN_FOR = 10 * SECOND;
/** … and after so long another one ends the silent session. */
const DEAD_AFTER = 20 * SECOND;
const TURN = SECOND;

/** A process as the database sees it. */
export interface Process {
  readonly alive: () => boolean;
  /** Since when it stands still, by the clock of the world; null: it does not. */
  readonly stillSince: () => number | null;
  /** By the clock of its machine. */
  readonly now: () => number;
}

interface Member {
  readonly process: Process;
  readonly on: OwnershipEvents<HeardNews>;
  shares: boolean;
}

export class Owners {
  readonly #clock: MovableClock;
  readonly #members = new Set<Member>();
  readonly #due = new Map<string, HandedOn<HeardNews>>();
  #owner: { readonly member: Member; readonly since: number } | null = null;
  #installation = 0;

  constructor(clock: MovableClock) {
    this.#clock = clock;
  }

  /** What one process has of it. */
  of(process: Process): Ownership<HeardNews> {
    let own: Member | null = null;
    const holds = () => own !== null && this.#owner?.member === own && this.#isCertain(own);
    return {
      start: (on) => {
        own = { process, on, shares: false };
        this.#members.add(own);
      },
      holds: () => holds(),
      heldSince: () => (holds() ? (this.#owner?.since ?? null) : null),
      among: async (installations) => {
        if (own !== null) own.shares = true;
        for (const one of installations) this.#installation = one;
        this.#share();
        return new Set(holds() ? installations : []);
      },
      hand: (heard) => {
        const { subject, news } = heard;
        const earlier = this.#due.get(subject);
        this.#due.set(
          subject,
          earlier === undefined ? heard : { ...heard, news: heardTogether(earlier.news, news) },
        );
        this.#tell([subject]);
      },
      done: (subject) => {
        if (holds()) this.#due.delete(subject);
      },
      stop: async () => {},
    };
  }

  /** Its connection is gone, and with it the session and the lock. The others notice within a turn. */
  gone(process: Process): void {
    for (const member of this.#members)
      if (member.process === process) {
        this.#members.delete(member);
        if (this.#owner?.member === member) this.#free();
      }
  }

  /** It stands still from now on: where it does so for long, its session is ended from outside. */
  still(process: Process): void {
    void this.#clock.sleep(DEAD_AFTER).then(() => {
      const { stillSince } = process;
      const since = stillSince();
      if (since === null || this.#clock.now() - since < DEAD_AFTER) return;
      if (this.#owner?.member.process === process) this.#free();
    });
  }

  /** It goes on. After too long it gives up by itself, and takes what is nobody's like any other. */
  awake(process: Process, stoodStill: number): void {
    if (stoodStill >= CERTAIN_FOR && this.#owner?.member.process === process) this.#free();
    else this.#tell([...this.#due.keys()]);
  }

  #isCertain({ process }: Member): boolean {
    const since = process.stillSince();
    return process.alive() && (since === null || this.#clock.now() - since < CERTAIN_FOR);
  }

  #free(): void {
    this.#owner = null;
    void this.#clock.sleep(TURN).then(() => this.#share());
  }

  #share(): void {
    if (this.#owner !== null || this.#installation === 0) return;
    for (const member of this.#members) {
      if (!member.shares || !member.process.alive() || member.process.stillSince() !== null) continue;
      this.#owner = { member, since: member.process.now() };
      member.on.gained(this.#installation);
      this.#tell([...this.#due.keys()]);
      return;
    }
  }

  #tell(subjects: readonly string[]): void {
    const { member } = this.#owner ?? { member: null };
    if (member === null || !this.#isCertain(member) || member.process.stillSince() !== null) return;
    for (const subject of subjects) {
      const heard = this.#due.get(subject);
      if (heard !== undefined) member.on.heard(heard);
    }
  }
}
