import type { ConfigOutcome } from "../../config/outcome.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import type { Gone, Read, ReadResult, Unreadable } from "../../github/readResult.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { ProposalRow } from "../../store/port.js";
import { goesByThreads, isJudgedBy, type Settled } from "../reconcile/settled.js";

interface Parts {
  readonly reader: Pick<Reader, "open" | "openNumbers">;
  readonly settled: Pick<Settled, "rowsOf" | "judgedBy" | "is" | "toldOf">;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
}

type Present = Extract<ConfigOutcome, { kind: "valid" | "invalid" }>;

/** What the list of the open pull requests told, as far as it was read. */
interface Open {
  readonly settled: readonly ProposalRow[];
  /** Those that are being reconciled. */
  readonly others: readonly number[];
  /** What has changed since then it may not show: of its first page. */
  readonly upTo: Instant;
  /** The store knows of all the others that they are not settled. */
  readonly noted: boolean;
}

/** The next try goes on from there. `upTo`: as of what was read of it. */
type BrokenOff = Unreadable & Pick<Open, "upTo">;

/** How far a list was read that could not be read to its end. */
interface Progress extends Open {
  /** What it is read for; null: no row counts. */
  readonly by: string | null;
  readonly until: Instant;
  readonly after: string | null;
}

/** A list that breaks off goes on for so long where it was, which outlasts a limit of GitHub's; then it begins anew. */
const GOES_ON = 2 * HOUR;

interface Page {
  readonly settled: readonly ProposalRow[];
  readonly others: readonly number[];
  readonly next: string | null;
  readonly upTo: Instant;
}

/**
 * The open pull requests of a repository, oldest first: those that are not as their last reconcile left them are enqueued page by page. Where
 * something is known of them, fifty a request at a glance, else the numbers alone, a hundred a request. Where a page cannot be read, the next
 * try goes on from it.
 */
export class Glance {
  readonly #parts: Parts;
  readonly #progress = new Map<string, Progress>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `all`: whatever is known of them, every one is to be reconciled. */
  async of(repository: RepositoryRef, config: Present, all: boolean): Promise<Read<Open> | Gone | BrokenOff> {
    const { settled: standing, clock, gitHubClock, log, enqueue } = this.#parts;
    const rows = await standing.rowsOf(config.repository);
    const by = all ? null : await this.#judgedBy(config, rows);
    const known = rows !== null && by !== null ? { rows, by } : null;
    const key = repositoryKey(repository);
    const before = this.#progress.get(key);
    this.#progress.delete(key);
    const goesOn = before !== undefined && before.by === by && before.until > clock.now();
    const settled = goesOn ? [...before.settled] : [];
    const others = goesOn ? [...before.others] : [];
    let upTo = goesOn ? before.upTo : Number.POSITIVE_INFINITY;
    let noted = goesOn ? before.noted : true;
    let after = goesOn ? before.after : null;
    for (let first = true; first || after !== null; first = false) {
      const page = await this.#page(repository, after, known);
      if (page.kind === "gone") return page;
      if (page.kind === "unreadable") {
        const until = goesOn ? before.until : clock.now() + GOES_ON;
        this.#progress.set(key, { by, until, after, settled, others, upTo, noted });
        const read = settled.length + others.length;
        log.info(
          `The list of open pull requests breaks off after ${read} of them: these are looked at, and it goes on from there.`,
          { repository: key, read, why: page.why },
        );
        return { ...page, upTo: Math.min(upTo, gitHubClock.now()) };
      }
      settled.push(...page.settled);
      others.push(...page.others);
      upTo = Math.min(upTo, page.upTo);
      // Nothing but this knows of them: a crash must not lose it.
      if (!(await standing.toldOf(config.repository, page.others, gitHubClock.now()))) noted = false;
      for (const number of page.others) enqueue({ ...repository, number });
      after = page.next;
    }
    // What was reconciled while the list was read may have begun something that is not done yet.
    const still = settled.filter(({ pull, settled: as }) => rows?.get(pull)?.settled === as);
    const moved = settled.filter((row) => !still.includes(row)).map(({ pull }) => pull);
    for (const number of moved) enqueue({ ...repository, number });
    return { kind: "read", settled: still, others: [...others, ...moved], upTo, noted };
  }

  /** null: nothing of this repository is known, so a glance tells nothing. */
  async #judgedBy(config: Present, rows: ReadonlyMap<number, ProposalRow> | null): Promise<string | null> {
    if (config.kind === "invalid" || rows === null) return null;
    const by = await this.#parts.settled.judgedBy(config);
    return by !== null && [...rows.values()].some((row) => isJudgedBy(row, by)) ? by : null;
  }

  async #page(
    repository: RepositoryRef,
    after: string | null,
    known: { readonly rows: ReadonlyMap<number, ProposalRow>; readonly by: string } | null,
  ): Promise<ReadResult<Page>> {
    const { reader, settled: standing, gitHubClock } = this.#parts;
    if (known === null) {
      const page = await reader.openNumbers(repository, after);
      return page.kind === "read" ? { ...page, settled: [], others: page.numbers } : page;
    }
    const { rows, by } = known;
    const now = gitHubClock.now();
    const threads = [...rows.values()].some(goesByThreads);
    const page = await reader.open(repository, { after, threads });
    if (page.kind !== "read") return page;
    const settled: ProposalRow[] = [];
    const others: number[] = [];
    for (const { number, marks } of page.pulls) {
      const row = rows.get(number);
      if (row !== undefined && standing.is(row, marks, by, now)) settled.push(row);
      else others.push(number);
    }
    return { kind: "read", settled, others, next: page.next, upTo: now };
  }
}
