import { LRUCache } from "lru-cache";
import type { ValidConfig } from "../../config/outcome.js";
import { isMembersAffair } from "../../domain/acts/roster.js";
import type { Action } from "../../domain/model/action.js";
import type { LawfulNote } from "../../domain/model/register.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import { type Instant, MINUTE } from "../../domain/text/time.js";
import { checkLine } from "../../github/checkLine.js";
import type { OpenMarks, Sight } from "../../github/ports.js";
import { atMost } from "../../platform/atMost.js";
import type { ProposalRow, Store } from "../../store/port.js";
import type { Evaluation } from "./evaluate.js";

export interface SettledParts {
  readonly store: Store;
  /** What judges besides the config: the clerk's own code, and the keys it signs by. */
  readonly judge: readonly string[];
}

/** A reconcile that came to its end. */
export interface Ended {
  readonly snapshot: Snapshot;
  readonly sight: Sight;
  readonly evaluation: Pick<Evaluation, "outline">;
  readonly config: ValidConfig;
  /** All that was written. */
  readonly actions: readonly Action[];
  readonly nextCheckAt: Instant | null;
}

/** A time stamp of GitHub's may come to light so late, in an incident of GitHub's so much later. */
const LAG = MINUTE;
const LONG_LAG = 15 * MINUTE;
/** More than are ever told of while one is read. */
const NEWS = 20_000;

/**
 * What need not be read again, at a start or at night: a proposal is *settled* where its last reconcile did all there was to do, and nothing
 * can have changed since without showing. Whatever hangs on more than its own pull request (other proposals, a file of the default branch,
 * another repository, an amendment, a config that is not lawful) is never settled, and so is reconciled each time.
 *
 * Before a reconcile writes anything its proposal stops being settled, so that a crash in between leaves it to the next start.
 */
export class Settled {
  readonly #parts: SettledParts;
  readonly #rows = new Map<number, Promise<Map<number, ProposalRow> | null>>();
  /** Up to when something came to light that a read from before does not show, by GitHub's time; what has settled since is left out. */
  readonly #news = new LRUCache<string, Instant>(atMost(NEWS));

  constructor(parts: SettledParts) {
    this.#parts = parts;
  }

  /** Others may have written in the store: what it holds is read anew. */
  forget(): void {
    this.#rows.clear();
  }

  /** By number; null: the store cannot be read now, so nothing is known. */
  async rowsOf(repository: number): Promise<ReadonlyMap<number, ProposalRow> | null> {
    return this.#of(repository);
  }

  /** What proposals are judged by now; null: it is not known, so none is settled. */
  async judgedBy(config: ValidConfig): Promise<string | null> {
    const kept = await this.#parts.store.lawful(config.repository);
    return kept.kind === "stored" && kept.kept !== null ? this.#judge(config, kept.kept) : null;
  }

  /** It is as its last reconcile left it, and nothing is due. */
  is(row: ProposalRow, marks: OpenMarks | null, by: string, now: Instant): boolean {
    if (marks === null || row.settled === "" || (row.nextCheckAt !== null && row.nextCheckAt <= now))
      return false;
    if (goesByThreads(row) && marks.threads === null) return false;
    const form = row.settled.startsWith(FORM) ? marks.form : null;
    const threads = goesByThreads(row) ? marks.threads : null;
    return row.settled === settledBy({ ...marks, form, threads }, by);
  }

  /** The same of one that is closed, where whatever happens to it is in the lists of changes. */
  stands(row: ProposalRow, by: string, now: Instant): boolean {
    if (row.nextCheckAt !== null && row.nextCheckAt <= now) return false;
    return isJudgedBy(row, by) && !goesByThreads(row);
  }

  /** A reconcile has seen what is stamped so. */
  hasSeen(row: ProposalRow | undefined, stamp: Instant): boolean {
    if (row === undefined || row.settled === "") return false;
    // An inline comment that was edited moves nothing that would prove it.
    return row.readAt > stamp + (row.updatedAt >= stamp ? LAG : LONG_LAG);
  }

  /** Lists told something of these: a reconcile that is under way may have read them before, and settles nothing. */
  async toldOf(repository: number, pulls: readonly number[], now: Instant): Promise<boolean> {
    for (const pull of pulls) this.#news.set(`${repository} ${pull}`, now);
    return this.unsettle(repository, pulls);
  }

  async settle(ended: Ended): Promise<void> {
    const { snapshot, sight, evaluation, config, nextCheckAt } = ended;
    const repository = snapshot.repository.id;
    const pull = snapshot.pull.number;
    const rows = await this.#of(repository);
    if (rows === null) return;
    const key = `${repository} ${pull}`;
    const isBehind = (this.#news.get(key) ?? Number.NEGATIVE_INFINITY) > sight.readAt;
    if (!isBehind) this.#news.delete(key);
    const row: ProposalRow = {
      pull,
      title: sight.title,
      author: sight.author,
      labels: sight.labels,
      state: sight.state,
      createdAt: sight.createdAt,
      updatedAt: sight.updatedAt,
      head: sight.head,
      nextCheckAt: nextCheckAt === null ? null : Math.floor(nextCheckAt),
      readAt: sight.readAt,
      settled: isBehind ? "" : this.#settledAs(ended),
      members: isMembersAffair(snapshot, config.rules),
      outline: evaluation.outline === undefined ? "" : JSON.stringify(evaluation.outline),
    };
    const before = rows.get(pull);
    rows.set(pull, row);
    // When it was last read is worth no write of its own.
    if (before !== undefined && JSON.stringify({ ...before, readAt: row.readAt }) === JSON.stringify(row))
      return;
    const put = await this.#parts.store.putProposals(repository, [row]);
    if (put.kind === "unavailable") rows.delete(pull);
  }

  /** Something is to be done about these, or may be. false: the store does not take it, so nothing may be done that counts on it. */
  async unsettle(repository: number, pulls: readonly number[]): Promise<boolean> {
    const rows = await this.#of(repository);
    if (rows === null) return false;
    if (pulls.length === 0) return true;
    // The store is told whatever this process knows: another one may have settled it since, or the store did not take it the last time.
    const done = await this.#parts.store.unsettle(repository, pulls);
    for (const pull of pulls) {
      const row = rows.get(pull);
      if (row !== undefined) rows.set(pull, { ...row, settled: "" });
    }
    return done.kind === "stored";
  }

  /** Where the lists of changes go on; null: nobody knows. */
  async upTo(repository: number): Promise<Instant | null> {
    const read = await this.#parts.store.round(repository);
    return read.kind === "stored" ? (read.kept?.upTo ?? null) : null;
  }

  /** All that changed before is reconciled, or not settled any more. */
  async readUpTo(repository: number, upTo: Instant): Promise<void> {
    await this.#parts.store.putRound(repository, { upTo: Math.floor(upTo) });
  }

  /** The App is on these, and on no other any more. */
  async keepOnly(repositories: readonly number[]): Promise<void> {
    const kept = new Set(repositories);
    for (const repository of this.#rows.keys()) if (!kept.has(repository)) this.#rows.delete(repository);
    await this.#parts.store.keepRowsOf(repositories);
  }

  #of(repository: number): Promise<Map<number, ProposalRow> | null> {
    const known = this.#rows.get(repository);
    if (known !== undefined) return known;
    const read = this.#parts.store.proposals(repository).then((answer) => {
      if (answer.kind === "stored") return new Map(answer.kept.map((row) => [row.pull, row]));
      this.#rows.delete(repository);
      return null;
    });
    this.#rows.set(repository, read);
    return read;
  }

  #judge(
    { text, adoptedAt }: ValidConfig,
    { number, fingerprint: print }: Pick<LawfulNote, "number" | "fingerprint">,
  ) {
    return fingerprint("judge", [text, adoptedAt, number, print, ...this.#parts.judge]);
  }

  #settledAs({ snapshot, sight, config, actions }: Ended): string {
    const { lawful, check, form, gates, pull } = snapshot;
    if (lawful === null || !standsAlone(snapshot) || !actions.every(isOfRuns)) return "";
    const put = actions.findLast((action) => action.kind === "put_check");
    const putForm = actions.findLast((action) => action.kind === "put_form");
    const shown = check === null ? "" : checkLine(pull.number, check.own, check.verdict, check.title);
    const formLine = form === undefined ? null : (putForm ?? form.shown);
    return settledBy(
      {
        print: sight.print,
        check: put === undefined ? shown : checkLine(pull.number, put.own, put.verdict, put.title),
        form:
          formLine === null
            ? form === undefined
              ? null
              : ""
            : `${formLine.verdict.toUpperCase()} ${formLine.title}`,
        threads:
          gates?.threads?.map(({ resolved, resolvedBy }) => `${resolved} ${resolvedBy?.login ?? ""}`) ?? null,
      },
      this.#judge(config, lawful),
    );
  }
}

const FORM = "form";
const THREADS = "threads";

/** Was anything settled by what judges now? */
export const isJudgedBy = ({ settled }: Pick<ProposalRow, "settled">, by: string): boolean =>
  settled.includes(` ${by} `);

/** Does it go by who resolved which thread? */
export const goesByThreads = ({ settled }: Pick<ProposalRow, "settled">): boolean =>
  settled.split(" ")[0]?.includes(THREADS) === true;

/** `form`, `threads` null: it does not go by them. What it goes by stands at the beginning, and then who judged it. */
const settledBy = (
  { print, check, form, threads }: Omit<OpenMarks, "form"> & { readonly form: string | null },
  by: string,
): string =>
  `${form === null ? "" : FORM}${threads === null ? "" : THREADS} ${by} ${fingerprint("settled", [print, check, form, threads])}`;

const isOfRuns = ({ kind }: Action): boolean => kind === "put_check" || kind === "put_form";

/** Nothing but its own pull request, the config and time can change what it comes to. */
function standsAlone({
  amendment,
  lawfulRules,
  lawfulLost,
  unlawful,
  unkept,
  siblings,
  siblingsCutOff,
  form,
  gates,
  spec,
}: Snapshot): boolean {
  if (amendment !== null || lawfulRules !== null || lawfulLost !== null || unlawful !== null) return false;
  if (unkept || siblings.length > 0 || siblingsCutOff || spec !== undefined || form?.kind === "unread")
    return false;
  if (gates === undefined) return true;
  const { dependencies, checklist, threads } = gates;
  if (checklist !== undefined || dependencies === null || threads === null) return false;
  return dependencies === undefined || dependencies.known.every(({ state }) => state === "merged");
}
