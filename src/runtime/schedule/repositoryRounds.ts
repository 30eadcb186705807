import type { ConfigOutcome } from "../../config/outcome.js";
import type { Rules } from "../../domain/model/rules.js";
import { DAY, HOUR, type Instant } from "../../domain/text/time.js";
import {
  allSince,
  type Changes,
  eachList,
  LISTS_OF_CHANGES,
  type ListOfChanges,
  type RepositoryRef,
  type Since,
} from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { ProposalRow } from "../../store/port.js";
import { ConfigNews } from "./configNews.js";
import { Glance } from "./glance.js";
import { type Extent, insteadOf, lostIn, more, NOTHING_OWED, type Owed, WHOLE } from "./owed.js";
import type { ResyncOptions } from "./resync.js";

type Options = Omit<ResyncOptions, "every" | "fullEvery" | "onBegun">;

/**
 * One repository's part of a round: its open PRs where that is due, and what has changed since the last time. A list of changes that
 * is longer than is read, or goes on failing, is made up for by looking at every open PR, and the closed ones under a motion.
 *
 * What cannot be read stays owed and takes nothing from the rest, and the next try reads no more than that: the open ones from where their list
 * broke off, a list of changes from the moment up to which it was read.
 */
export class RepositoryRounds {
  readonly #options: Options;
  readonly #known = new Map<string, Known>();

  readonly #news: ConfigNews;
  readonly #glance: Glance;
  /** The lists that each repository lacks and that was told of. */
  readonly #told = new Map<string, ReadonlySet<string>>();

  constructor(options: Options) {
    this.#options = options;
    this.#news = new ConfigNews(options);
    this.#glance = new Glance(options);
  }

  /** Forgets every repository that is not among these keys, except those of installations that could not be listed. */
  keepOnly(present: ReadonlySet<string>, unread: ReadonlySet<number>): void {
    for (const [key, { installation }] of this.#known)
      if (!present.has(key) && !unread.has(installation)) this.#known.delete(key);
    // Where a list is missing, nobody knows which are gone.
    if (unread.size > 0) return;
    this.#news.keepOnly((key) => present.has(key));
    for (const key of this.#told.keys()) if (!present.has(key)) this.#told.delete(key);
  }

  /** How many repositories have a config that was read, valid or not. */
  get size(): number {
    return this.#known.size;
  }

  /** `full`: its open PRs are due. null: done. */
  async one(repository: RepositoryRef, full: boolean): Promise<Failure | null> {
    const { reader, clock, gitHubClock, log, settled } = this.#options;
    const key = repositoryKey(repository);
    const before = this.#known.get(key);
    // Whatever keeps it from being done, it stays owed.
    if (full && before !== undefined) this.#known.set(key, { ...before, owed: more(before.owed, WHOLE) });
    const config = await reader.config(repository, true);
    if (config.kind === "unreadable") return config;
    await this.#options.onRead(repository, config);
    await this.#news.tell(repository, config, full);
    if (config.kind === "absent") {
      this.#known.delete(key);
      return null;
    }
    if (config.kind === "valid") await this.#options.onConfig(repository, config);
    const known = this.#known.get(key);
    const id = config.repository;
    const reach = gitHubClock.now() - closedReach(config);
    const kept = known === undefined ? await settled.upTo(id) : known.kept;
    const beginning = known === undefined && kept === null;
    const due = dueIn(known, kept, reach, config);
    let owed = due;

    const open = due.open === "none" ? null : await this.#open(repository, config, due.open);
    if (open?.kind !== "unreadable") owed = { ...owed, open: "none" };

    const since = known?.since ?? allSince(Math.max(kept ?? reach, reach));
    const seen = known?.seen ?? new Map<number, Sighting>();
    // At a beginning every open one is looked at, so what these lists are for is the closed ones, which are in the list of issues.
    const list = await (beginning
      ? reader.changed(repository, since, undefined, FIRST_PAGES)
      : reader.changed(repository, since));
    if (list.kind === "gone") {
      this.#tell(repository, [{ list: LISTS_OF_CHANGES.join(", "), why: list.why }]);
      this.#known.delete(key);
      if (open?.kind === "read") this.#enqueue(repository, open.settled.map(pullOf));
      return null;
    }
    this.#tell(repository, list.missing);
    const numbers = new Set<number>();
    const rows = await settled.rowsOf(id);
    const listed = new Set(list.numbers);
    const underWay = new Set(open?.kind === "read" ? open.others : []);
    const isUnseen = (number: number) => {
      const stamp = list.stamps.get(number);
      if (!listed.has(number) || stamp === undefined) return listed.has(number);
      // Its reconcile, enqueued a moment ago, sees what is older.
      if (open?.kind === "read" && underWay.has(number) && stamp < open.upTo) return false;
      return !settled.hasSeen(rows?.get(number), stamp);
    };

    const now = clock.now();
    const failedSince = list.failed === null ? null : (known?.failedSince ?? now);
    // Where every open one is looked at anyway, nobody waits for the list to come back.
    const lookedAtAll = due.open === "all" && open?.kind === "read";
    const givesUp = lookedAtAll || (failedSince !== null && now - failedSince >= SWEEP_EVERY);
    const lost = lostIn(list, givesUp);
    const look = insteadOf(lost);
    const isCheap = look === "changed" && lost.size === list.cutOff.length;
    const longAgo = known !== undefined && now - known.sweptAt >= SWEEP_EVERY;
    const sweeps = look !== "none" && (open !== null || isCheap || longAgo);
    let swept = open;
    if (sweeps) {
      if (list.cutOff.length > 0 || list.failed !== null)
        log.warn("A list of changes could not be read whole: every open pull request is looked at instead.", {
          repository: key,
        });
      owed = more(owed, { whole: false, open: open?.kind === "unreadable" ? look : "none", closed: "all" });
      if (open === null) {
        swept = await this.#open(repository, config, look);
        if (swept.kind === "unreadable") owed = more(owed, { ...NOTHING_OWED, open: look });
      } else if (open.kind === "read" && look === "all") {
        for (const row of open.settled) numbers.add(row.pull);
      }
    }
    let missed: Failure | null = swept?.kind === "unreadable" ? swept : null;
    if (owed.closed !== "none") {
      const closed = await this.#addClosed(repository, config, rows, owed.closed, isUnseen, numbers);
      if (closed === null) owed = { ...owed, closed: "none" };
      missed ??= closed;
    }

    // Not before the end: those that were enqueued at the beginning may be reconciled by now.
    for (const number of listed)
      if (isUnseen(number) && (due.whole || isNews(number, list, seen))) numbers.add(number);
    // Until they are reconciled nothing but this knows of them: a crash must not lose it.
    const noted = await settled.toldOf(id, [...numbers], gitHubClock.now());
    this.#enqueue(repository, numbers);
    // What was reconciled while the open ones were listed is not in that list any more.
    const upTo =
      due.open === "all" && open !== null && open.kind !== "gone"
        ? Math.min(list.upTo, open.upTo)
        : list.upTo;
    const stays = (each: ListOfChanges) =>
      lost.has(each) ? !sweeps : (list.failed?.lists.includes(each) ?? false);
    const next = eachList((each) => (stays(each) ? since[each] : Math.max(since[each], upTo)));
    const earliest = Math.min(...LISTS_OF_CHANGES.map((each) => next[each]));
    const keeps = noted && owed.open === "none" && (swept?.kind !== "read" || swept.noted);
    if (keeps && earliest !== kept) await settled.readUpTo(id, earliest);
    const isDone = owed.open === "none" && owed.closed === "none";
    this.#known.set(key, {
      installation: repository.installation,
      since: next,
      kept: keeps ? earliest : kept,
      config: stateOf(config),
      seen,
      sweptAt: open?.kind === "read" || (sweeps && !isCheap) ? now : (known?.sweptAt ?? now),
      failedSince: sweeps && givesUp ? null : failedSince,
      owed: { ...owed, whole: owed.whole && !isDone },
    });
    if (missed !== null) return missed;
    if (owed.whole) this.#options.onFullSync(repository);
    await this.#options.onRound(repository, owed.whole);
    return list.failed === null || (sweeps && givesUp) ? null : list.failed;
  }

  #enqueue(repository: RepositoryRef, numbers: Iterable<number>): void {
    for (const number of numbers) this.#options.enqueue({ ...repository, number });
  }

  /** Those open ones that are not as they were left are being reconciled. */
  async #open(repository: RepositoryRef, config: Present, look: Extent) {
    const open = await this.#glance.of(repository, config, look === "all");
    if (open.kind !== "read") return open;
    const { settled: rows, others } = open;
    const numbers = [...rows.map(pullOf), ...others];
    // By a config that is not valid nobody is looked at.
    const id = config.kind === "valid" ? config.repository : null;
    await this.#options.onOpen(repository, { numbers, cutOff: false }, id);
    for (const row of rows)
      this.#options.onSettled({ ...repository, number: row.pull }, row, config.repository);
    return open;
  }

  /** Once of each: the rest of the round goes on without it. */
  #tell(
    repository: RepositoryRef,
    missing: readonly { readonly list: string; readonly why: string }[],
  ): void {
    const key = repositoryKey(repository);
    const told = this.#told.get(key) ?? new Set();
    const fresh = missing.filter(({ list }) => !told.has(list));
    const [first] = fresh;
    if (first === undefined) return;
    const names = fresh.map(({ list }) => list);
    this.#told.set(key, new Set([...told, ...names]));
    this.#options.log.warn(
      `GitHub does not have a list here that the clerk asks for: ${names.join(", ")}. Once an hour every open pull request is looked at instead.`,
      { repository: key, why: first.why },
    );
  }

  /**
   * The closed PRs that something is still to come of, a motion to close that runs on say: no list of what has changed names them. Those that stand
   * as they were left have their deadlines set, where the lists of changes would have told of anything else (`look`). null: done.
   */
  async #addClosed(
    repository: RepositoryRef,
    config: Present,
    rows: ReadonlyMap<number, ProposalRow> | null,
    look: Extent,
    isUnseen: (number: number) => boolean,
    into: Set<number>,
  ): Promise<Failure | null> {
    if (config.kind !== "valid") return null;
    const { reader, settled, gitHubClock, onSettled } = this.#options;
    const closed = await reader.closedMotions(repository, config.rules);
    if (closed.kind === "unreadable") return closed;
    const by = look === "all" ? null : await settled.judgedBy(config);
    const now = gitHubClock.now();
    const all = new Set(closed.kind === "read" ? closed.numbers : []);
    for (const { pull, state, nextCheckAt } of rows?.values() ?? [])
      if (state !== "open" && nextCheckAt !== null) all.add(pull);
    for (const number of all) {
      const row = rows?.get(number);
      if (row === undefined || by === null || isUnseen(number) || !settled.stands(row, by, now))
        into.add(number);
      else onSettled({ ...repository, number }, row, config.repository);
    }
    return null;
  }
}

export interface Failure {
  readonly why: string;
  readonly retryAt: Instant | null;
}

/** Of comments and events, at a first start. */
const FIRST_PAGES = 3;

type Present = Extract<ConfigOutcome, { kind: "valid" | "invalid" }>;

interface Known {
  readonly installation: number;
  readonly since: Since;
  /** Up to when the store knows that all was read. */
  readonly kept: Instant | null;
  /** What the config was then. */
  readonly config: string;
  /** What the last rounds listed: see `isNews`. */
  readonly seen: Map<number, Sighting>;
  /** When every open PR was last enqueued. */
  readonly sweptAt: Instant;
  /** Since when a list of changes fails; null: none did. */
  readonly failedSince: Instant | null;
  readonly owed: Owed;
}

/** A glance does not tell of everything: the lists of changes have to go on from where they were last read, else every open one is looked at. */
function dueIn(known: Known | undefined, kept: Instant | null, reach: Instant, config: Present): Owed {
  if (known !== undefined) return known.config === stateOf(config) ? known.owed : more(known.owed, WHOLE);
  if (kept === null) return { whole: true, open: "all", closed: "none" };
  return kept >= reach ? WHOLE : { whole: true, open: "all", closed: "all" };
}

const pullOf = ({ pull }: Pick<ProposalRow, "pull">): number => pull;

/** How often lists that are too long, or fail, may have every open PR reconciled: somebody who makes them long causes no flood. */
const SWEEP_EVERY = HOUR;

interface Sighting {
  readonly stamp: Instant;
  readonly times: number;
}

/** More than a round lists; beyond it, what was seen is forgotten and reconciled once more. */
const MOST_SIGHTINGS = 10_000;

/**
 * Lists overlap by a minute, as GitHub's answers lag: while nothing newer happens, each round lists the last burst again. The same
 * time stamp is news the first two times, as more may have happened within its second; the third time it is not.
 */
function isNews(number: number, { stamps }: Pick<Changes, "stamps">, seen: Map<number, Sighting>): boolean {
  const stamp = stamps.get(number);
  if (stamp === undefined) return true;
  if (seen.size > MOST_SIGHTINGS) seen.clear();
  const before = seen.get(number);
  const times = before?.stamp === stamp ? before.times + 1 : 1;
  seen.set(number, { stamp, times });
  return times <= 2;
}

/** The same as long as the file is: a valid config's commit is the one its text was first seen at. */
const stateOf = (config: Present): string =>
  config.kind === "valid" ? config.commit : JSON.stringify(config.faults);

/**
 * A motion to close or postpone runs on while its PR is closed, so a start also reconciles PRs changed since an FCP that runs
 * now can have begun, and a good while more for what happened while the clerk was down.
 */
const closedReach = (config: ConfigOutcome): number =>
  30 * DAY + (config.kind === "valid" ? longestPeriod(config.rules) : 0);

const longestPeriod = ({ finalCommentPeriod, decisions }: Rules): number =>
  Math.max(finalCommentPeriod, ...decisions.map((rule) => rule.finalCommentPeriod ?? 0));
