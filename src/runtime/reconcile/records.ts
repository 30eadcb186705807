import { LRUCache } from "lru-cache";
import type { Register } from "../../domain/model/register.js";
import { equal } from "../../domain/text/equal.js";
import type { Instant } from "../../domain/text/time.js";
import type { Recalled, RegisterMemory } from "../../github/ports.js";
import { recordText, registerInText } from "../../github/record/versions.js";
import { atMost } from "../../platform/atMost.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { Intent, ProposalKey, Store } from "../../store/port.js";

export interface RecordsOptions {
  readonly store: Store;
  /** GitHub's time: what is kept outlives this process, and the next machine's clock may be another. */
  readonly clock: Clock;
  readonly log: Log;
  /** This process, for what it is about to make on GitHub: another one's intents are told from its own. */
  readonly instance: string;
}

/** `conflict`: somebody else has kept a newer one meanwhile; what was decided was decided on old ground. */
export type Kept =
  | { readonly kind: "kept" | "conflict" }
  | { readonly kind: "unavailable"; readonly why: string };

/** For how many proposals the stored number is remembered; asking again costs a read of the store. */
const KNOWN = 10_000;
/** Characters of kept records. */
const READ_ROOM = 4_000_000;

/**
 * memory.kept: registers to and from the store. Store first, then GitHub: whatever kills the clerk in between, the next reconcile finds
 * the newer one here and brings GitHub up to it.
 */
export class Records implements RegisterMemory {
  readonly #options: RecordsOptions;
  readonly #known = new LRUCache<string, number>(atMost(KNOWN));
  /** What was read of a text before: the same one is read at each look. */
  readonly #read = new LRUCache<string, Register>({ maxSize: READ_ROOM });

  constructor(options: RecordsOptions) {
    this.#options = options;
  }

  async recall(repository: number, pull: number): Promise<Recalled> {
    const { store, log } = this.#options;
    const read = await store.register({ repository, pull });
    if (read.kind === "unavailable") return read;
    if (read.kept === null) {
      this.#known.delete(keyOf({ repository, pull }));
      return { kind: "recalled", register: null };
    }
    const { record } = read.kept;
    const register = this.#read.get(record) ?? registerInText(record);
    if (register === null || register.seq !== read.kept.sequence) {
      log.error("What the store keeps of a proposal cannot be read; it is held until it can.", {
        proposal: keyOf({ repository, pull }),
      });
      return { kind: "unavailable", why: "what the store keeps of it cannot be read by this version" };
    }
    this.#read.set(record, register, { size: record.length + 1 });
    this.#known.set(keyOf({ repository, pull }), register.seq);
    return { kind: "recalled", register };
  }

  /**
   * Keeps the register, unless it is kept already. `based`: the one it was decided upon, as it was read.
   * @param what one line for people who look into the store
   */
  async keep(of: ProposalKey, register: Register, based: Register | null, what: string): Promise<Kept> {
    const { store, clock } = this.#options;
    const key = keyOf(of);
    if (this.#known.get(key) === register.seq && equal(register, based)) return { kind: "kept" };
    const read = await store.register(of);
    if (read.kind === "unavailable") return read;
    const kept = read.kept?.sequence ?? null;
    if (kept !== null && kept > (based?.seq ?? 0)) return { kind: "conflict" };
    // What was decided upon stands there already, and nothing has changed.
    if (kept === register.seq) return { kind: "kept" };
    const line = { sequence: register.seq, at: Math.floor(clock.now()), what };
    const put = await store.putRegister(
      of,
      { sequence: register.seq, record: recordText(register) },
      kept,
      line,
    );
    if (put.kind === "unavailable") return put;
    if (put.kind === "conflict") return { kind: "conflict" };
    this.#known.set(key, register.seq);
    return { kind: "kept" };
  }

  /** Before something is made on GitHub that must not be made twice. */
  async intend(of: ProposalKey, subject: string): Promise<Kept> {
    const { store, clock, instance } = this.#options;
    const done = await store.intend(of, { subject, at: Math.floor(clock.now()), by: instance });
    return done.kind === "unavailable" ? done : { kind: "kept" };
  }

  /** It was made, or certainly was not. Should the store not take it, the next reconcile waits for GitHub's lag to pass and finds out. */
  async settle(of: ProposalKey, subject: string): Promise<void> {
    await this.#options.store.settle(of, subject);
  }

  /**
   * What was about to be made and never settled, by a process that was ended or still is at work. One that was made before
   * `askedAt - lag` shows in what was read since then, if it was made at all: it is settled.
   * null: nothing is open; else when to read again.
   */
  async openUntil(
    of: ProposalKey,
    askedAt: Instant,
    lag: number,
  ): Promise<
    | { readonly kind: "clear" }
    | { readonly kind: "wait"; readonly until: Instant; readonly what: string }
    | Extract<Kept, { kind: "unavailable" }>
  > {
    const read = await this.#options.store.intents(of);
    if (read.kind === "unavailable") return read;
    let last: Intent | null = null;
    for (const intent of read.kept) {
      if (askedAt >= intent.at + lag) await this.settle(of, intent.subject);
      else if (last === null || intent.at > last.at) last = intent;
    }
    return last === null ? { kind: "clear" } : { kind: "wait", until: last.at + lag, what: last.subject };
  }
}

const keyOf = ({ repository, pull }: ProposalKey): string => `${repository}#${pull}`;
