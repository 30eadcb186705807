import type { ConfigOutcome } from "../../config/outcome.js";
import type { Rules } from "../../domain/model/rules.js";
import { DAY, HOUR, type Instant } from "../../domain/text/time.js";
import type { Changes, Listed, MissingList, RepositoryRef } from "../../github/ports.js";
import type { ReadResult } from "../../github/readResult.js";
import { repositoryKey } from "../../github/refs.js";
import type { ProposalRow } from "../../store/port.js";
import { ConfigNews } from "./configNews.js";
import { Glance } from "./glance.js";
import type { ResyncOptions } from "./resync.js";

type Options = Omit<ResyncOptions, "every" | "fullEvery" | "onBegun">;

/**
 * One repository's part of a round: its open PRs where that is due, and what has changed since the last time. A list of changes that
 * is longer than is read, or goes on failing, is made up for by reconciling every open PR, and the closed ones under a motion.
 */
export class RepositoryRounds {
  readonly #options: Options;
  readonly #known = new Map<string, Known>();

  readonly #news: ConfigNews;
  readonly #glance: Glance;
  /** Where a list of changes failed at a start, or at night, and is tried again. */
  readonly #failedAtOnce = new Set<string>();
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

  /** Its next round reconciles everything. */
  forget(repository: RepositoryRef): void {
    this.#known.delete(repositoryKey(repository));
  }

  /** null: done. */
  async one(repository: RepositoryRef, full: boolean): Promise<Failure | null> {
    const { reader, clock, gitHubClock, log, enqueue, settled } = this.#options;
    const key = repositoryKey(repository);
    const config = await reader.config(repository, true);
    if (config.kind === "unreadable") return config;
    await this.#news.tell(repository, config, full);
    if (config.kind === "absent") {
      this.#known.delete(key);
      return null;
    }
    if (config.kind === "valid") await this.#options.onConfig(repository, config);
    const known = this.#known.get(key);
    const id = config.repository;
    const whole = full || known === undefined || known.config !== stateOf(config);
    const numbers = new Set<number>();
    const reconcile = () => {
      for (const number of numbers) enqueue({ ...repository, number });
    };
    let upTo = Number.POSITIVE_INFINITY;
    const reach = gitHubClock.now() - closedReach(config);
    const kept = known === undefined ? await settled.upTo(id) : null;
    // A glance does not tell of everything: these lists have to go on from where they were last read.
    const goesOn = known !== undefined || (kept !== null && kept >= reach);
    const glances = whole && goesOn && config.kind === "valid";
    const standing = glances ? await this.#glance.of(repository, config) : null;
    if (standing?.kind === "unreadable") return standing;
    const open = whole && standing === null ? await this.#addOpen(repository, numbers) : null;
    if (open?.kind === "unreadable") return open;
    if (open?.kind === "read") upTo = open.upTo;
    const openGone = open?.kind === "gone" ? [{ list: OPEN, why: open.why }] : [];
    if (standing !== null) {
      const { settled: rows, changed } = standing;
      for (const number of changed) numbers.add(number);
      this.#options.onOpen(repository, {
        numbers: [...rows.map(({ pull }) => pull), ...changed],
        cutOff: false,
      });
      for (const row of rows) this.#options.onSettled({ ...repository, number: row.pull }, row);
    }

    const since = known?.upTo ?? Math.max(kept ?? reach, reach);
    // Every open one is looked at, so what these lists are for is the closed ones, which are in the list of issues.
    const beginning = known === undefined && kept === null;
    const seen = known?.seen ?? new Map<number, Sighting>();
    const list = await (beginning
      ? reader.changed(repository, since, undefined, FIRST_PAGES)
      : reader.changed(repository, since));
    if (list.kind === "unreadable") {
      reconcile();
      return list;
    }
    if (list.kind === "gone") {
      this.#tell(repository, [...openGone, { list: CHANGES, why: list.why }]);
      this.#known.delete(key);
      for (const { pull } of standing?.settled ?? []) numbers.add(pull);
      reconcile();
      return null;
    }
    this.#tell(repository, [...openGone, ...list.missing]);
    const rows = await settled.rowsOf(id);
    for (const number of list.numbers) {
      const stamp = list.stamps.get(number);
      if (stamp !== undefined && settled.hasSeen(rows?.get(number), stamp)) continue;
      if (whole || isNews(number, list, seen)) numbers.add(number);
    }
    const closed = whole && !beginning ? await this.#addClosed(repository, config, rows, numbers) : null;
    if (closed !== null) {
      reconcile();
      return closed;
    }
    upTo = Math.min(upTo, list.upTo);

    const now = clock.now();
    const failed = list.failed;
    const failedSince = failed === null ? null : (known?.failedSince ?? now);
    // What a list does not show may have happened to any of them.
    const lacks = list.cutOff || list.missing.length > 0;
    const partial = lacks || failed !== null;
    // What a glance does not tell, these lists would have told. A list that fails is tried again once before all are looked at for it.
    const triesAgain = standing !== null && failed !== null && !lacks && !this.#failedAtOnce.has(key);
    this.#failedAtOnce.delete(key);
    if (triesAgain) {
      this.#failedAtOnce.add(key);
      await settled.toldOf(id, [...numbers], gitHubClock.now());
      reconcile();
      return failed;
    }
    if (partial) for (const { pull } of standing?.settled ?? []) numbers.add(pull);
    const givenUp = lacks || (failedSince !== null && now - failedSince >= SWEEP_EVERY);
    const longAgo = known !== undefined && now - known.sweptAt >= SWEEP_EVERY;
    const sweeps = partial && (whole || (givenUp && longAgo));
    if (sweeps && (list.cutOff || failed !== null))
      log.warn("A list of changes could not be read whole: every open pull request is looked at instead.", {
        repository: key,
      });
    const missed = sweeps ? await this.#sweep(repository, config, whole, numbers) : null;
    // Until they are reconciled nothing but this knows of them: a crash must not lose it.
    const noted = await settled.toldOf(id, [...numbers], gitHubClock.now());
    reconcile();
    if (missed !== null) return missed;
    const readUpTo = partial && !sweeps ? since : upTo;
    if (noted && readUpTo !== known?.upTo) await settled.readUpTo(id, readUpTo);
    this.#known.set(key, {
      installation: repository.installation,
      upTo: readUpTo,
      config: stateOf(config),
      seen,
      sweptAt: whole || sweeps ? now : (known?.sweptAt ?? now),
      failedSince: sweeps ? null : failedSince,
    });
    if (whole) this.#options.onFullSync(repository);
    await this.#options.onRound(repository, whole);
    return sweeps ? null : failed;
  }

  /** Once of each: the rest of the round goes on without it. */
  #tell(repository: RepositoryRef, missing: readonly MissingList[]): void {
    const key = repositoryKey(repository);
    const told = this.#told.get(key) ?? new Set();
    const fresh = missing.filter(({ list }) => !told.has(list));
    const [first] = fresh;
    if (first === undefined) return;
    const names = fresh.map(({ list }) => list);
    this.#told.set(key, new Set([...told, ...names]));
    const instead = names.includes(OPEN)
      ? "What the others tell of is looked at all the same."
      : "Once an hour every open pull request is looked at instead.";
    this.#options.log.warn(
      `GitHub does not have a list here that the clerk asks for: ${names.join(", ")}. ${instead}`,
      { repository: key, why: first.why },
    );
  }

  /** Adds every PR that a list of changes could have been about. null: done. */
  async #sweep(
    repository: RepositoryRef,
    config: ConfigOutcome,
    openKnown: boolean,
    into: Set<number>,
  ): Promise<Failure | null> {
    const { reader } = this.#options;
    const open = openKnown ? null : await this.#addOpen(repository, into);
    if (open?.kind === "unreadable") return open;
    if (config.kind !== "valid") return null;
    const closed = await reader.closedMotions(repository, config.rules);
    if (closed.kind === "unreadable") return closed;
    if (closed.kind === "read") for (const number of closed.numbers) into.add(number);
    return null;
  }

  /**
   * The closed PRs that something is still to come of, a motion to close that runs on say: no list of what has changed names them. Those that stand
   * as they were left have their deadlines set. null: done.
   */
  async #addClosed(
    repository: RepositoryRef,
    config: ConfigOutcome,
    rows: ReadonlyMap<number, ProposalRow> | null,
    into: Set<number>,
  ): Promise<Failure | null> {
    if (config.kind !== "valid") return null;
    const { reader, settled, gitHubClock, onSettled } = this.#options;
    const closed = await reader.closedMotions(repository, config.rules);
    if (closed.kind === "unreadable") return closed;
    const by = await settled.judgedBy(config);
    const now = gitHubClock.now();
    const all = new Set(closed.kind === "read" ? closed.numbers : []);
    for (const { pull, state, nextCheckAt } of rows?.values() ?? [])
      if (state !== "open" && nextCheckAt !== null) all.add(pull);
    for (const number of all) {
      const row = rows?.get(number);
      if (row === undefined || by === null || into.has(number) || !settled.stands(row, by, now))
        into.add(number);
      else onSettled({ ...repository, number }, row);
    }
    return null;
  }

  /** The open PRs, as far as they can be listed. */
  async #addOpen(repository: RepositoryRef, into: Set<number>): Promise<ReadResult<Listed>> {
    const open = await this.#options.reader.changed(repository, null);
    if (open.kind !== "read") return open;
    this.#options.onOpen(repository, open);
    for (const number of open.numbers) into.add(number);
    return open;
  }
}

export interface Failure {
  readonly why: string;
  readonly retryAt: Instant | null;
}

/** Of comments and events, at a first start. */
const FIRST_PAGES = 3;

const OPEN = "pulls";
const CHANGES = "issues, issues/comments, pulls/comments, issues/events";

interface Known {
  readonly installation: number;
  readonly upTo: Instant;
  /** What the config was then. */
  readonly config: string;
  /** What the last rounds listed: see `isNews`. */
  readonly seen: Map<number, Sighting>;
  /** When every open PR was last enqueued. */
  readonly sweptAt: Instant;
  /** Since when a list of changes fails; null: none did. */
  readonly failedSince: Instant | null;
}

/** How often lists that are too long, or fail, may enqueue every open PR: somebody who makes them long causes no flood. */
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
const stateOf = (config: Extract<ConfigOutcome, { kind: "valid" | "invalid" }>): string =>
  config.kind === "valid" ? config.commit : JSON.stringify(config.faults);

/**
 * A motion to close or postpone runs on while its PR is closed, so a start also reconciles PRs changed since an FCP that runs
 * now can have begun, and a good while more for what happened while the clerk was down.
 */
const closedReach = (config: ConfigOutcome): number =>
  30 * DAY + (config.kind === "valid" ? longestPeriod(config.rules) : 0);

const longestPeriod = ({ finalCommentPeriod, decisions }: Rules): number =>
  Math.max(finalCommentPeriod, ...decisions.map((rule) => rule.finalCommentPeriod ?? 0));
