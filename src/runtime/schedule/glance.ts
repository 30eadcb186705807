import type { ValidConfig } from "../../config/outcome.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import type { Unreadable } from "../../github/readResult.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { ProposalRow } from "../../store/port.js";
import { goesByThreads, isJudgedBy, type Settled } from "../reconcile/settled.js";

interface Parts {
  readonly reader: Pick<Reader, "open">;
  readonly settled: Pick<Settled, "rowsOf" | "judgedBy" | "is">;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
}

/** How far a list of the open pull requests was read that could not be read to its end. */
interface Progress {
  readonly by: string;
  readonly until: Instant;
  readonly after: string | null;
  readonly settled: readonly ProposalRow[];
  readonly changed: readonly number[];
}

/** A list that breaks off goes on for so long where it was; then it begins anew. */
const GOES_ON = HOUR;

/**
 * The open pull requests of a repository at a glance, fifty a request: which are as their last reconcile left them, and which are to be
 * reconciled. Those are enqueued page by page; where a page cannot be read, the next try goes on from it.
 */
export class Glance {
  readonly #parts: Parts;
  readonly #progress = new Map<string, Progress>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** null: nothing of this repository is known, so a glance tells nothing. */
  async of(
    repository: RepositoryRef,
    config: ValidConfig,
  ): Promise<
    | { readonly kind: "read"; readonly settled: readonly ProposalRow[]; readonly changed: readonly number[] }
    | Unreadable
    | null
  > {
    const { reader, settled: standing, clock, gitHubClock, log, enqueue } = this.#parts;
    const rows = await standing.rowsOf(config.repository);
    const by = await standing.judgedBy(config);
    const now = gitHubClock.now();
    if (rows === null || by === null || ![...rows.values()].some((row) => isJudgedBy(row, by))) return null;
    const key = repositoryKey(repository);
    const before = this.#progress.get(key);
    this.#progress.delete(key);
    const goesOn = before !== undefined && before.by === by && before.until > clock.now();
    const settled: ProposalRow[] = goesOn ? [...before.settled] : [];
    const changed: number[] = goesOn ? [...before.changed] : [];
    const threads = [...rows.values()].some(goesByThreads);
    let after = goesOn ? before.after : null;
    for (let first = true; first || after !== null; first = false) {
      const page = await reader.open(repository, { after, threads });
      if (page.kind === "gone") return null;
      if (page.kind === "unreadable") {
        const until = goesOn ? before.until : clock.now() + GOES_ON;
        this.#progress.set(key, { by, until, after, settled, changed });
        log.info("The list of open pull requests breaks off; it goes on from there.", {
          repository: key,
          read: settled.length + changed.length,
          why: page.why,
        });
        return page;
      }
      for (const { number, marks } of page.pulls) {
        const row = rows.get(number);
        if (row !== undefined && standing.is(row, marks, by, now)) {
          settled.push(row);
          continue;
        }
        changed.push(number);
        enqueue({ ...repository, number });
      }
      after = page.next;
    }
    // What was reconciled while the list was read may have begun something that is not done yet.
    const still = settled.filter(({ pull, settled: as }) => rows.get(pull)?.settled === as);
    return {
      kind: "read",
      settled: still,
      changed: [...changed, ...settled.filter((row) => !still.includes(row)).map(({ pull }) => pull)],
    };
  }
}
