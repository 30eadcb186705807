import type { Clock } from "./clock.js";
import { outsideOfAll } from "./course.js";

/** Milliseconds since 1970 UTC. */
type Instant = number;
const HOUR = 3_600_000;

/**
 * Any number of alarms on one sleep of the clock: a heap by time, at most one alarm a key. Setting a key again moves it.
 *
 * The sleep is cut into pieces of an hour, for two reasons: `setTimeout` fires at once when asked for more than 24.8 days
 * (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args), and a machine that was suspended or whose clock was put
 * right catches up within the hour.
 */
export class Scheduler<T> {
  readonly #clock: Clock;
  readonly #ring: (item: T, key: string) => void;
  readonly #set = new Map<string, Alarm<T>>();
  /** May hold alarms that were moved or cleared since; they are known by not being in `#set` any more. */
  #heap: Alarm<T>[] = [];
  #sleep: { readonly until: Instant; readonly cut: AbortController } | null = null;
  #order = 0;
  #stopped = false;

  constructor(clock: Clock, ring: (item: T, key: string) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings once at `at`, or as soon as may be when that has passed. */
  set(key: string, at: Instant, item: T): void {
    if (this.#stopped) return;
    this.#order += 1;
    const alarm = { key, at, order: this.#order, item };
    this.#set.set(key, alarm);
    if (this.#heap.length > 2 * this.#set.size + 64) {
      this.#heap = [...this.#set.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));
    } else {
      push(this.#heap, alarm);
    }
    this.#arm();
  }

  clear(key: string): void {
    this.#set.delete(key);
  }

  at(key: string): Instant | null {
    return this.#set.get(key)?.at ?? null;
  }

  get size(): number {
    return this.#set.size;
  }

  /** When the next one rings; null: none is set. */
  next(): Instant | null {
    return this.#first()?.at ?? null;
  }

  stop(): void {
    this.#stopped = true;
    this.#set.clear();
    this.#heap = [];
    this.#sleep?.cut.abort(CUT);
    this.#sleep = null;
  }

  #first(): Alarm<T> | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || this.#set.get(first.key) === first) return first;
      pop(this.#heap);
    }
  }

  #arm(): void {
    const first = this.#first();
    if (first === undefined || this.#stopped) return;
    if (this.#sleep !== null && this.#sleep.until <= first.at) return;
    this.#sleep?.cut.abort(CUT);
    const now = this.#clock.now();
    const cut = new AbortController();
    const until = Math.min(Math.max(first.at, now), now + HOUR);
    const sleep = { until, cut };
    this.#sleep = sleep;
    void this.#clock.sleep(until - now, cut.signal).then(() => {
      if (this.#sleep !== sleep) return;
      this.#sleep = null;
      outsideOfAll(() => this.#ringDue());
    });
  }

  #ringDue(): void {
    const now = this.#clock.now();
    for (let first = this.#first(); first !== undefined && first.at <= now; first = this.#first()) {
      pop(this.#heap);
      this.#set.delete(first.key);
      this.#ring(first.item, first.key);
    }
    this.#arm();
  }
}

/** Without a reason each would make an error, with its stack. */
const CUT = "another alarm rings first";

interface Alarm<T> {
  readonly key: string;
  readonly at: Instant;
  /** Of those set for the same moment the one set first rings first. */
  readonly order: number;
  readonly item: T;
}

const isBefore = (a: Alarm<unknown>, b: Alarm<unknown>): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

function push<T>(heap: Alarm<T>[], alarm: Alarm<T>): void {
  let index = heap.push(alarm) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, alarm)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = alarm;
}

function pop<T>(heap: Alarm<T>[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const first = heap[left];
    if (first === undefined) break;
    const second = heap[left + 1];
    const [child, at] = second !== undefined && isBefore(second, first) ? [second, left + 1] : [first, left];
    if (isBefore(last, child)) break;
    heap[index] = child;
    index = at;
  }
  heap[index] = last;
}
