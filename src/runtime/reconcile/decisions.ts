import { checkpointOf, publishedRecord, type Signer } from "../../decisions/publish.js";
import { publishedIn } from "../../decisions/shape.js";
import type { SigningKeys } from "../../decisions/signingKeys.js";
import type { PublicRecord, PublicRecordDraft, PublishedRecord } from "../../domain/model/publicRecord.js";
import type { RepositoryRef } from "../../github/ports.js";
import type { DecisionLine, ProposalKey, Store } from "../../store/port.js";

export interface DecisionsOptions {
  readonly store: Store;
  readonly keys: SigningKeys;
  readonly host: string;
  /** The clerk's own version. */
  readonly version: string;
  /**
   * The lines of the register of decisions as GitHub shows them, for a store that knows of none: it may be a new one. `null`: there is no register
   * there, so the first decision is the first.
   */
  readonly recover: (ref: RepositoryRef, repository: number) => Promise<Recovered>;
  /** Told when a record stands on GitHub: its line in the register is due. */
  readonly onPublished: (ref: RepositoryRef) => void;
}

export type Recovered = { readonly kind: "lines"; readonly lines: readonly DecisionLine[] } | Unavailable;

interface Unavailable {
  readonly kind: "unavailable";
  readonly why: string;
}

/** What a record is published by. */
export interface Publisher {
  readonly ref: RepositoryRef;
  readonly of: ProposalKey;
  readonly clerk: Omit<PublicRecord["clerk"], "version">;
  /** `record_keys` of the config. */
  readonly listed: readonly string[];
}

/** So often two decisions may come in between before this one gets its number. */
const TRIES = 20;

/**
 * record.signed: gives each decision its number in the repository, under compare-and-swap, before it is announced. Whatever kills the clerk
 * in between, the next reconcile finds it numbered here, and publishes the same record.
 */
export class Decisions {
  readonly #options: DecisionsOptions;

  constructor(options: DecisionsOptions) {
    this.#options = options;
  }

  /**
   * The records of these decisions: those that have one, and the others' newly given out. Left out: one whose comment was deleted and which only
   * a store that was lost had; it is announced without.
   */
  async publish(
    drafts: readonly PublicRecordDraft[],
    by: Publisher,
  ): Promise<{ readonly kind: "published"; readonly records: readonly PublishedRecord[] } | Unavailable> {
    const records: PublishedRecord[] = [];
    for (const draft of drafts) {
      const published = await this.#publish(draft, by);
      if (published.kind === "unavailable") return published;
      if (published.record !== null) records.push(published.record);
    }
    return { kind: "published", records };
  }

  async #publish(
    draft: PublicRecordDraft,
    { ref, of, clerk, listed }: Publisher,
  ): Promise<{ readonly kind: "published"; readonly record: PublishedRecord | null } | Unavailable> {
    const { store, version } = this.#options;
    const motion = draft.motion.number;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const given = await store.decisionsOf(of);
      if (given.kind === "unavailable") return given;
      const kept = given.kept.find((one) => one.motion === motion);
      if (kept !== undefined) return { kind: "published", record: publishedIn(kept.record) };
      const before = await this.#newest(ref, of.repository);
      if (before.kind === "unavailable") return before;
      const number = (before.newest?.number ?? 0) + 1;
      const record = publishedRecord(
        draft,
        { number, before: before.newest, clerk: { ...clerk, version } },
        this.#signer(listed),
      );
      const put = await store.putDecision(
        of.repository,
        {
          number,
          pull: of.pull,
          motion,
          outcome: draft.outcome,
          at: Date.parse(draft.at),
          hash: record.hash,
          url: "",
          record: JSON.stringify(record),
        },
        before.newest?.number ?? null,
      );
      if (put.kind === "unavailable") return put;
      if (put.kind === "stored") return { kind: "published", record };
    }
    return unavailable("other decisions were given their numbers at the same time");
  }

  /** The newest decision of the repository. Where the store knows of none, it may have been lost: GitHub is asked. */
  async #newest(
    ref: RepositoryRef,
    repository: number,
  ): Promise<{ readonly kind: "newest"; readonly newest: PublishedRecord["before"] } | Unavailable> {
    const { store, recover } = this.#options;
    const read = await store.newestDecision(repository);
    if (read.kind === "unavailable") return read;
    if (read.kept !== null) return { kind: "newest", newest: beforeOf(read.kept) };
    const recovered = await recover(ref, repository);
    if (recovered.kind === "unavailable") return recovered;
    let last: DecisionLine | null = null;
    for (const line of recovered.lines) {
      const put = await store.putDecision(repository, { ...line, record: "" }, last?.number ?? null);
      if (put.kind === "unavailable") return put;
      if (put.kind === "conflict") return unavailable("the register of decisions is being read again");
      last = line;
    }
    return { kind: "newest", newest: last === null ? null : beforeOf(last) };
  }

  /** The lines of the repository's register, and its checkpoint: null where nothing was decided, or there is no key. */
  async register(
    repository: number,
    listed: readonly string[],
  ): Promise<
    | {
        readonly kind: "register";
        readonly lines: readonly DecisionLine[];
        readonly checkpoint: string | null;
      }
    | Unavailable
  > {
    const read = await this.#options.store.decisions(repository);
    if (read.kind === "unavailable") return read;
    const newest = read.kept.at(-1);
    const checkpoint = newest === undefined ? null : checkpointOf(repository, newest, this.#signer(listed));
    return { kind: "register", lines: read.kept, checkpoint };
  }

  /** Where a record was published. Should the store not take it, its line links to the proposal. */
  async link(ref: RepositoryRef, repository: number, number: number, url: string): Promise<void> {
    await this.#options.store.linkDecision(repository, number, url);
    this.#options.onPublished(ref);
  }

  #signer(listed: readonly string[]): Signer {
    const { keys, host } = this.#options;
    return { keys, host, listed };
  }
}

const unavailable = (why: string): Unavailable => ({ kind: "unavailable", why });
const beforeOf = ({ number, pull, outcome, hash }: DecisionLine): NonNullable<PublishedRecord["before"]> => ({
  number,
  pull,
  outcome,
  hash,
});
