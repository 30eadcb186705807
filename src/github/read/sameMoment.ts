import { HOUR, type Instant } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import type { ProposalRef } from "../ports.js";
import { isTooExpensive, type ReadResult } from "../readResult.js";
import { repositoryKey } from "../refs.js";

/** Pull requests a request: the background reconciles as many at a time. */
export const READ_TOGETHER = 6;
/** GitHub found it too dear; its bad days pass. */
const ALONE_FOR = HOUR;

/** Asks for all of them by one request, and tells of each in their order; null: not of this one. */
type AskSeveral<Wanted, Part> = (
  wanted: readonly Wanted[],
) => Promise<ReadResult<{ parts: readonly (Part | null)[] }>>;

interface Waiting<Wanted, Part> {
  readonly wanted: Wanted;
  readonly answer: (part: Part | null) => void;
}

/**
 * What is wanted of several pull requests of one repository in the same moment comes by one request, a few of them in each. Where GitHub gives up
 * on it, or one of them is gone, each is asked for alone, as it would have been.
 */
export class SameMoment<Wanted extends { readonly ref: ProposalRef }, Part> {
  readonly #caller: Caller;
  readonly #ask: AskSeveral<Wanted, Part>;
  readonly #waiting = new Map<string, Waiting<Wanted, Part>[]>();
  #most = READ_TOGETHER;
  #fewUntil: Instant = 0;

  constructor(caller: Caller, ask: AskSeveral<Wanted, Part>) {
    this.#caller = caller;
    this.#ask = ask;
  }

  /** null: it is to be asked for alone. */
  read(wanted: Wanted): Promise<Part | null> {
    const key = `${wanted.ref.installation} ${repositoryKey(wanted.ref)}`;
    return new Promise((answer) => {
      const waiting = this.#waiting.get(key);
      if (waiting !== undefined) {
        waiting.push({ wanted, answer });
        return;
      }
      this.#waiting.set(key, [{ wanted, answer }]);
      setImmediate(() => {
        const all = this.#waiting.get(key) ?? [];
        this.#waiting.delete(key);
        if (this.#fewUntil <= this.#caller.now()) this.#most = READ_TOGETHER;
        for (let from = 0; from < all.length; from += this.#most)
          void this.#some(all.slice(from, from + this.#most));
      });
    });
  }

  async #some(some: readonly Waiting<Wanted, Part>[]): Promise<void> {
    let parts: readonly (Part | null)[] = [];
    if (some.length > 1) {
      try {
        const read = await this.#ask(some.map(({ wanted }) => wanted));
        if (read.kind === "read") parts = read.parts;
        if (isTooExpensive(read)) {
          this.#most = Math.max(1, Math.floor(some.length / 2));
          this.#fewUntil = this.#caller.now() + ALONE_FOR;
        }
      } catch {
        // An answer of another shape: asked for alone, each tells what is the matter.
      }
    }
    for (const [index, { answer }] of some.entries()) answer(parts[index] ?? null);
  }
}
