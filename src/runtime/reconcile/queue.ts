import { LRUCache } from "lru-cache";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { ProposalRef } from "../../github/ports.js";
import { proposalKey, proposalName } from "../../github/refs.js";
import { atMost } from "../../platform/atMost.js";
import type { Clock } from "../../platform/clock.js";
import { outsideOfAll } from "../../platform/course.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { joined, NO_ORIGIN, type Origin, origin, originFacts } from "../../platform/origin.js";
import { Scheduler } from "../../platform/scheduler.js";
import { ASKERS, type Asker } from "./budget.js";
import { Lanes } from "./lanes.js";

/** The result of a reconcile, as far as the queue must know. */
export type ReconcileResult =
  | { readonly kind: "done" }
  /** Reconcile again: not before `at`, or after a back-off that doubles with every failure in a row when `at` is null. */
  | { readonly kind: "again"; readonly at: Instant | null; readonly why: string };

export interface ReconcileCause {
  /** Asked for by a person (`refresh`, or re-running the check): read everything anew, write the check anew. */
  readonly forced: boolean;
}

export interface ReconcileQueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Must not run twice at once for one proposal: the queue sees to that. May throw: that is tried again like a failure. */
  readonly reconcile: (
    ref: ProposalRef,
    cause: ReconcileCause,
    by: Asker,
    /** Does nobody wait for it? Somebody may begin to while it goes on. */
    background: () => boolean,
  ) => Promise<ReconcileResult>;
  /** How many proposals are reconciled at the same time. */
  readonly concurrency: number;
  /** How many of the background share a lane. */
  readonly together: number;
  /** How long a first trigger waits for others of the same burst, in milliseconds. */
  readonly debounce: number;
  /** When what nobody on the roster asks for may be done: now, or once its budget has room. Asked when its turn has come. */
  readonly mayReconcileAt: (ref: ProposalRef) => Instant;
  /** false: another instance has it now, which knows what is to be done; it is forgotten here. */
  readonly isOurs: (ref: ProposalRef) => boolean;
  /** It was reconciled, and nothing was asked for since that reconcile began. */
  readonly onDone: (ref: ProposalRef) => void;
}

/** However fast somebody pushes, an answer comes this often. */
const LONGEST_PUSH_PAUSE = MINUTE;
/** Pushes further apart than this are not in a row. */
const IN_A_ROW = 2 * MINUTE;

export interface Urgency {
  readonly forced?: boolean;
  /** By a resync: it comes after what people have just done. */
  readonly background?: boolean;
  /** Where it is not the roster, it may be put off; what is outsiders' leaves a lane free for what members wait for. */
  readonly by?: Asker;
  /** A push: of several in a row only the last head needs an answer. */
  readonly push?: boolean;
}

/**
 * One reconcile at a time per proposal, bursts coalesced, nothing dropped.
 *
 * A trigger waits `debounce` for the rest of its burst (counted from the first, so that a steady stream cannot starve it);
 * a trigger during a reconcile causes one more afterwards, however many there were. A reconcile that failed is tried again,
 * and until then further triggers wait with it: a rate limit is not met again by impatience.
 *
 * Lanes are shared fairly between installations ({@link Lanes}). What nobody on the roster waits for never takes all of them, and what has used up its budget
 * is put off; a trigger by the roster lifts that. Pushes in a row wait longer each time.
 *
 * It holds one small entry for every proposal that waits or runs, and none for the others.
 */
export class ReconcileQueue {
  readonly #options: ReconcileQueueOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #alarms: Scheduler<Entry>;
  readonly #lanes: Lanes<Entry>;
  readonly #pushes = new LRUCache<string, { readonly at: Instant; readonly pause: number }>(atMost(1000));
  #running = 0;
  #stopped = false;

  constructor(options: ReconcileQueueOptions) {
    this.#options = options;
    this.#alarms = new Scheduler(options.clock, (entry) => this.#line(entry));
    this.#lanes = new Lanes(options.concurrency, (entry) => this.#run(entry), options.together);
  }

  /** What led to it, as far as the present course tells, goes along with the reconcile. */
  trigger(ref: ProposalRef, urgency: Urgency = {}): void {
    if (this.#stopped) return;
    const led = origin.current ?? NO_ORIGIN;
    const { forced = false, background = false, by = "roster", push = false } = urgency;
    const asked: Asked = { forced, background, by };
    const key = proposalKey(ref);
    const { clock, debounce } = this.#options;
    const pause = push ? this.#pushPause(key) : debounce;
    const known = this.#entries.get(key);
    if (known === undefined) {
      const entry: Entry = {
        key,
        ref,
        state: "waiting",
        again: false,
        asked,
        led,
        since: clock.now(),
        pause,
        putOff: false,
        mayBeSooner: false,
        failures: 0,
      };
      this.#entries.set(key, entry);
      this.#alarms.set(key, clock.now() + pause, entry);
      return;
    }
    // A repository that moved keeps its number of installation and name up to date.
    known.ref = ref;
    known.asked = together(known.asked, asked);
    known.led = known.led === null ? led : joined(known.led, led);
    if (known.state === "lined up") {
      this.#lineUp(known);
    } else if (known.state === "running") {
      known.pause = known.again ? Math.min(known.pause, pause) : pause;
      known.again = true;
    } else if (known.putOff) {
      if (known.asked.by === "roster") this.#wake(known);
    } else if (known.mayBeSooner && !background) {
      known.mayBeSooner = false;
      this.#alarms.set(key, Math.min(this.#alarms.at(key) ?? clock.now(), clock.now() + pause), known);
    } else if (known.failures === 0 && pause < known.pause) {
      // It waited for the end of a row of pushes; this trigger is none.
      known.pause = pause;
      this.#alarms.set(key, Math.min(this.#alarms.at(key) ?? clock.now(), clock.now() + pause), known);
    }
  }

  /** Proposals that wait to be reconciled, or are being reconciled. */
  get length(): number {
    return this.#entries.size;
  }

  get running(): number {
    return this.#running;
  }

  /** When the next of those that wait for a moment begins; null: none does. */
  next(): Instant | null {
    return this.#alarms.next();
  }

  /** Since when the proposal waits that has waited longest, what was put off aside; null: none waits. */
  get waitingSince(): Instant | null {
    let oldest: Instant | null = null;
    for (const { state, putOff, since } of this.#entries.values())
      if (state !== "running" && !putOff && (oldest === null || since < oldest)) oldest = since;
    return oldest;
  }

  /** Nothing is to be done now. What was put off waits like a deadline. */
  idle(): boolean {
    return [...this.#entries.values()].every(({ state, putOff }) => putOff && state === "waiting");
  }

  /** Takes no new triggers and forgets the waiting ones; resolves when the reconciles under way are over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    for (const [key, entry] of this.#entries) if (entry.state !== "running") this.#entries.delete(key);
    await this.#lanes.stop();
  }

  /** Twice as long as the one before in a row of pushes. */
  #pushPause(key: string): number {
    const { clock, debounce } = this.#options;
    const now = clock.now();
    const before = this.#pushes.get(key);
    const inARow = before !== undefined && now - before.at < IN_A_ROW;
    const pause = inARow ? Math.min(LONGEST_PUSH_PAUSE, 2 * before.pause) : debounce;
    this.#pushes.set(key, { at: now, pause });
    return pause;
  }

  #line(entry: Entry): void {
    if (this.#stopped) return;
    const { clock, mayReconcileAt } = this.#options;
    entry.putOff = false;
    if (entry.asked.by !== "roster") {
      const at = mayReconcileAt(entry.ref);
      if (at > clock.now()) {
        this.#putOff(entry, at);
        return;
      }
    }
    entry.state = "lined up";
    this.#lineUp(entry);
  }

  #lineUp(entry: Entry): void {
    const { background, by } = entry.asked;
    this.#lanes.add(entry, entry.ref.installation, { background, outsiders: by === "outsiders" });
  }

  /** It was put off, and need not wait any more. */
  #wake(entry: Entry): void {
    const { clock, debounce } = this.#options;
    entry.putOff = false;
    this.#alarms.set(entry.key, clock.now() + debounce, entry);
  }

  #putOff(entry: Entry, at: Instant): void {
    const { clock, log } = this.#options;
    entry.state = "waiting";
    entry.putOff = true;
    const whose =
      entry.asked.by === "outsiders"
        ? "Nobody on the roster has a hand in it"
        : "Nobody on the roster asks for it";
    log.info(`${whose}, and it has cost its share for now: put off.`, {
      ...entryFacts(entry),
      inSeconds: Math.ceil((at - clock.now()) / SECOND),
    });
    this.#alarms.set(entry.key, at, entry);
  }

  /** Whoever's end made room for it has nothing to do with it. */
  #run(entry: Entry): Promise<void> {
    const led = entry.led ?? NO_ORIGIN;
    entry.led = null;
    const course = { ...led, proposal: proposalName(entry.ref) };
    return outsideOfAll(() => origin.during(course, () => this.#runLedBy(entry, led)));
  }

  async #runLedBy(entry: Entry, led: Origin): Promise<void> {
    if (this.#stopped) return;
    const { clock, log, reconcile, debounce, mayReconcileAt, isOurs, onDone } = this.#options;
    if (!isOurs(entry.ref)) {
      this.#entries.delete(entry.key);
      return;
    }
    const { asked } = entry;
    entry.state = "running";
    entry.again = false;
    entry.mayBeSooner = false;
    entry.pause = debounce;
    entry.asked = NOTHING;
    this.#running += 1;
    let result: ReconcileResult;
    try {
      const background = () => asked.background && entry.asked.background;
      result = await reconcile(entry.ref, { forced: asked.forced }, asked.by, background);
    } catch (thrown) {
      log.error("A reconcile failed in a way the clerk does not expect; it will be done again.", {
        ...entryFacts(entry),
        error: errorMessage(thrown),
      });
      result = { kind: "again", at: null, why: errorMessage(thrown) };
    } finally {
      this.#running -= 1;
    }
    if (this.#stopped || (result.kind === "done" && !entry.again)) {
      this.#entries.delete(entry.key);
      // Stopping cuts short, and what was asked for meanwhile has not begun: it is still to be done by whoever follows.
      if (result.kind === "done" && !this.#stopped) onDone(entry.ref);
      return;
    }
    entry.state = "waiting";
    if (result.kind === "done") {
      entry.failures = 0;
      entry.since = clock.now();
      this.#alarms.set(entry.key, clock.now() + entry.pause, entry);
      return;
    }
    // It may have waited for room that people have.
    entry.mayBeSooner = asked.background && entry.asked.background;
    // What was asked for has not been done yet.
    entry.asked = together(entry.asked, asked);
    entry.led = entry.led === null ? led : joined(led, entry.led);
    if (entry.asked.by === "outsiders" && mayReconcileAt(entry.ref) > clock.now()) {
      this.#putOff(entry, mayReconcileAt(entry.ref));
      return;
    }
    entry.failures += 1;
    // Also where a time was named: one that is now, again and again, must not become a loop without a pause.
    const soonest = clock.now() + (entry.failures < 3 ? debounce : backOff(entry.failures - 2));
    const at = Math.max(result.at ?? clock.now() + backOff(entry.failures), soonest);
    log.info("Will reconcile again.", {
      ...entryFacts(entry),
      why: result.why,
      inSeconds: Math.max(0, Math.ceil((at - clock.now()) / SECOND)),
    });
    this.#alarms.set(entry.key, at, entry);
  }
}

/** What the triggers since the last reconcile began ask for, taken together. */
type Asked = Required<Pick<Urgency, "forced" | "background" | "by">>;

const NOTHING: Asked = { forced: false, background: true, by: "outsiders" };

const together = (one: Asked, other: Asked): Asked => ({
  forced: one.forced || other.forced,
  background: one.background && other.background,
  by: ASKERS.find((asker) => asker === one.by || asker === other.by) ?? one.by,
});

interface Entry {
  readonly key: string;
  ref: ProposalRef;
  state: "waiting" | "lined up" | "running";
  /** Triggered while it ran. */
  again: boolean;
  asked: Asked;
  /** What led to it, since the last reconcile began; null: nothing yet. */
  led: Origin | null;
  /** When it was first asked for, of what is not done yet. */
  since: Instant;
  /** How long the trigger it waits for waits for others. */
  pause: number;
  /** Its budget is used up. */
  putOff: boolean;
  /** It failed while nobody waited for it: for somebody it may go through at once. */
  mayBeSooner: boolean;
  failures: number;
}

const entryFacts = ({ ref, led }: Entry) => ({
  ...originFacts(led ?? NO_ORIGIN),
  proposal: proposalName(ref),
});

/** 2, 4, 8 … seconds, at most five minutes. */
export const backOff = (failures: number): number =>
  Math.min(5 * MINUTE, SECOND * 2 ** Math.min(failures, 16));
