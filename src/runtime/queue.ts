import PQueue from "p-queue";
import { type Instant, MINUTE, SECOND } from "../domain/time.js";
import type { ProposalRef } from "../github/ports.js";
import { Alarms } from "./alarms.js";
import type { Clock } from "./clock.js";
import { proposalKey, proposalName } from "./keys.js";
import { type Log, said } from "./log.js";

/** What a look came to, as far as the queue must know. */
export type LookResult =
  | { readonly kind: "done" }
  /** Look again: not before `at`, or after a back-off that doubles with every failure in a row when `at` is null. */
  | { readonly kind: "again"; readonly at: Instant | null; readonly why: string };

export interface LookCause {
  /** Asked for by a person (`refresh`, or re-running the check): read everything anew, write the check anew. */
  readonly forced: boolean;
}

export interface LookQueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Must not run twice at once for one proposal: the queue sees to that. May throw: that is tried again like a failure. */
  readonly look: (ref: ProposalRef, cause: LookCause) => Promise<LookResult>;
  /** Looks at once, over all proposals. */
  readonly concurrency?: number;
  /** How long a first trigger waits for others of the same burst, in milliseconds. */
  readonly debounce?: number;
}

export interface Urgency {
  readonly forced?: boolean;
  /** Resync: lets what people just did go first. */
  readonly background?: boolean;
}

/**
 * One look at a time per proposal, bursts coalesced, nothing dropped.
 *
 * A trigger waits `debounce` for the rest of its burst (counted from the first, so that a steady stream cannot starve it);
 * a trigger during a look causes one more look afterwards, however many there were. A look that failed is looked at again,
 * and until then further triggers wait with it: a rate limit is not met again by impatience.
 *
 * It holds one small entry for every proposal that waits or runs, and none for the others.
 */
export class LookQueue {
  readonly #options: Required<LookQueueOptions>;
  readonly #entries = new Map<string, Entry>();
  readonly #alarms: Alarms<Entry>;
  readonly #lanes: PQueue;
  #running = 0;
  #tickets = 0;
  #stopped = false;

  constructor(options: LookQueueOptions) {
    this.#options = { concurrency: 4, debounce: 500, ...options };
    this.#alarms = new Alarms(options.clock, (entry) => this.#line(entry));
    this.#lanes = new PQueue({ concurrency: this.#options.concurrency });
  }

  trigger(ref: ProposalRef, { forced = false, background = false }: Urgency = {}): void {
    if (this.#stopped) return;
    const key = proposalKey(ref);
    const known = this.#entries.get(key);
    if (known === undefined) {
      const entry: Entry = {
        key,
        ref,
        state: "waiting",
        ticket: "",
        again: false,
        forced,
        background,
        failures: 0,
      };
      this.#entries.set(key, entry);
      this.#alarms.set(key, this.#options.clock.now() + this.#options.debounce, entry);
      return;
    }
    // A repository that moved keeps its number of installation and name up to date.
    known.ref = ref;
    known.forced ||= forced;
    if (known.background && !background) {
      known.background = false;
      if (known.state === "lined up") this.#lanes.setPriority(known.ticket, 1);
    }
    if (known.state === "running") known.again = true;
  }

  /** Proposals that wait for a look, or are being looked at. */
  get length(): number {
    return this.#entries.size;
  }

  get running(): number {
    return this.#running;
  }

  idle(): boolean {
    return this.#entries.size === 0;
  }

  /** Takes no new looks and forgets the waiting ones; resolves when those under way are over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    this.#lanes.clear();
    for (const [key, entry] of this.#entries) if (entry.state !== "running") this.#entries.delete(key);
    await this.#lanes.onIdle();
  }

  #line(entry: Entry): void {
    if (this.#stopped) return;
    entry.state = "lined up";
    this.#tickets += 1;
    entry.ticket = `${entry.key} ${this.#tickets}`;
    void this.#lanes.add(() => this.#run(entry), { id: entry.ticket, priority: entry.background ? 0 : 1 });
  }

  async #run(entry: Entry): Promise<void> {
    if (this.#stopped) return;
    const { clock, log, look, debounce } = this.#options;
    const cause = { forced: entry.forced };
    entry.state = "running";
    entry.again = false;
    entry.forced = false;
    this.#running += 1;
    let result: LookResult;
    try {
      result = await look(entry.ref, cause);
    } catch (thrown) {
      log.error("A look failed in a way the clerk does not expect; it will look again.", {
        proposal: proposalName(entry.ref),
        error: said(thrown),
      });
      result = { kind: "again", at: null, why: said(thrown) };
    } finally {
      this.#running -= 1;
    }
    if (this.#stopped || (result.kind === "done" && !entry.again)) {
      this.#entries.delete(entry.key);
      return;
    }
    entry.state = "waiting";
    if (result.kind === "done") {
      entry.failures = 0;
      this.#alarms.set(entry.key, clock.now() + debounce, entry);
      return;
    }
    // What was asked for by a person is still owed.
    entry.forced ||= cause.forced;
    entry.failures += 1;
    // Also where a time was named: one that is now, again and again, must not become a loop without a pause.
    const soonest = clock.now() + (entry.failures < 3 ? debounce : backOff(entry.failures - 2));
    const at = Math.max(result.at ?? clock.now() + backOff(entry.failures), soonest);
    log.info("Will look again.", {
      proposal: proposalName(entry.ref),
      why: result.why,
      inSeconds: Math.max(0, Math.ceil((at - clock.now()) / SECOND)),
    });
    this.#alarms.set(entry.key, at, entry);
  }
}

interface Entry {
  readonly key: string;
  ref: ProposalRef;
  state: "waiting" | "lined up" | "running";
  /** Its place in the lanes, to move it up. */
  ticket: string;
  /** Triggered while it ran. */
  again: boolean;
  forced: boolean;
  background: boolean;
  failures: number;
}

/** 2, 4, 8 … seconds, at most five minutes. */
export const backOff = (failures: number): number =>
  Math.min(5 * MINUTE, SECOND * 2 ** Math.min(failures, 16));
