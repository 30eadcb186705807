import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Of the whole process: on Node 20 each storage that was ever entered makes every promise of the process dearer, and is never let go. One
 * for each clerk, or for each thing that goes along, would slow a process down that starts many, as tests do.
 */
const under = new AsyncLocalStorage<ReadonlyMap<object, unknown>>();
const NOTHING: ReadonlyMap<object, unknown> = new Map();

/** Something that goes along with all that is done for one purpose, however many go on at once, and no function in between has to know of it. */
export class Course<T> {
  /** null: nothing goes along. */
  get current(): T | null {
    return (under.getStore()?.get(this) as T | undefined) ?? null;
  }

  /** What else goes along goes on doing so. */
  during<R>(value: T | null, work: () => R): R {
    return under.run(new Map([...(under.getStore() ?? NOTHING), [this, value]]), work);
  }
}

/** For what is done for nobody of those that happen to be under way: an alarm is set in one's course, and rings in no one's. */
export const outsideOfAll = <R>(work: () => R): R => under.run(NOTHING, work);
