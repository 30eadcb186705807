import type { Log, LogFacts } from "./log.js";

/** Lines a minute. */
const MOST = 10;
const WINDOW = 60_000;

/**
 * A log for lines that strangers can cause as often as they like: ten lines a minute, and one at its end that counts the rest, so
 * that nobody can fill the disk. By real time, as strangers do not wait for a rehearsal's clock.
 */
export class SparingLog {
  readonly #log: Log;
  #lines = 0;
  #leftOut = 0;
  #window: NodeJS.Timeout | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  warn(message: string, facts: LogFacts): void {
    if (this.#window === null) {
      this.#window = setTimeout(() => this.#end(), WINDOW);
      this.#window.unref();
    }
    this.#lines += 1;
    if (this.#lines <= MOST) this.#log.warn(message, facts);
    else this.#leftOut += 1;
  }

  #end(): void {
    if (this.#leftOut > 0) {
      this.#log.warn("Further requests were refused within the last minute; each would have been a line.", {
        further: this.#leftOut,
      });
    }
    this.#lines = 0;
    this.#leftOut = 0;
    this.#window = null;
  }
}
