import type { ConfigOutcome } from "../../config/outcome.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type {
  EveryOpen,
  ListedRepositories,
  ProposalRef,
  Reader,
  RepositoryRef,
} from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { joined, NO_ORIGIN, type Origin, origin, type Round } from "../../platform/origin.js";
import { Scheduler } from "../../platform/scheduler.js";
import type { Ownership } from "../../store/ownership.js";
import type { ProposalRow } from "../../store/port.js";
import type { Settled } from "../reconcile/settled.js";
import { type Failure, RepositoryRounds } from "./repositoryRounds.js";
import { Retries } from "./retries.js";

export interface ResyncOptions {
  readonly reader: Reader;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
  /** Told which PRs of a repository are open, before they are reconciled. `id`: of the repository; null: none of them will be, as its config is not valid. */
  readonly onOpen: (repository: RepositoryRef, open: EveryOpen, id: number | null) => Promise<void>;
  /** Told at every round what a repository's config is, valid or not, absent too. */
  readonly onRead: (
    repository: RepositoryRef,
    config: Exclude<ConfigOutcome, { kind: "unreadable" }>,
  ) => Promise<void>;
  /** Told which repositories the App is on, as far as they could be listed. */
  readonly onPresent: (listed: ListedRepositories) => Promise<void>;
  /** What need not be reconciled, as nothing can have changed. */
  readonly settled: Settled;
  /** Where several instances share the work, a round is over those repositories whose installation is this one's. */
  readonly ownership: Pick<Ownership<unknown>, "among" | "holds">;
  /** Told of each that is left alone for that, with what its last reconcile found. */
  readonly onSettled: (ref: ProposalRef, row: ProposalRow, id: number) => void;
  /** Told after every open PR of a repository was listed: at a start, once a day, and when its config has changed. */
  readonly onFullSync: (repository: RepositoryRef) => void;
  /** At the end of a repository's part of a round. `thorough`: every open PR was listed. */
  readonly onRound: (repository: RepositoryRef, thorough: boolean) => Promise<void>;
  /** Told once, when the first round has come to its end, what the clerk serves. */
  readonly onBegun: (reached: Reached) => void;
  /** Told at every round which valid config a repository has, before any of its PRs is reconciled for that round. */
  readonly onConfig: (
    repository: RepositoryRef,
    config: Extract<ConfigOutcome, { kind: "valid" }>,
  ) => Promise<void>;
  /** Between two rounds that ask what has changed, in milliseconds. */
  readonly every: number;
  /** Between two rounds that reconcile every open PR. */
  readonly fullEvery: number;
}

/** In numbers. */
export interface Reached {
  readonly installations: number;
  readonly repositories: number;
  /** Repositories whose config was read, valid or not. */
  readonly withConfig: number;
  /** Installations of which something could not be read, and is tried again. */
  readonly installationsNotReached: number;
}

/** How often installations and their repositories are listed; webhooks tell of new ones. */
const LIST_EVERY = HOUR;

/**
 * Finds what webhooks did not tell: at the start every open PR of every repository, then every ten minutes what has changed,
 * and once a day every open PR again. It reads pages of lists only; the reconciles read the rest.
 *
 * A repository without a config costs one read a round, and one more at a start and once a day (config.absent). When its config's commit has
 * changed, or what to ask for is not known, every open PR is looked at; so too where a list of changes is longer than is read.
 *
 * What cannot be read is tried again by itself, its installation's repositories after a pause of their own: no other waits for it.
 */
export class Resync {
  readonly #options: ResyncOptions;
  readonly #alarms: Scheduler<"round">;
  readonly #rounds: RepositoryRounds;
  /** Asked for by a webhook: every open PR of these, besides what is due. */
  readonly #repositories = new Map<string, { readonly repository: RepositoryRef; readonly led: Origin }>();
  readonly #installations = new Map<number, Origin>();
  /** What asked for a repository in the round that goes on; null: nothing but the round. */
  #ledTo: (repository: RepositoryRef) => Origin | null = () => null;
  readonly #retries: Retries;
  /** Every repository as it was listed last, while that is good; null: it is to be listed at the next round. */
  #present: { readonly repositories: readonly RepositoryRef[]; readonly until: Instant } | null = null;
  #round: Promise<void> | null = null;
  #roundAt: Instant;
  #fullAt: Instant;
  /** Everything was listed: what is left to reach is among the retries. */
  #listed = false;
  #stopped = false;
  #endedAt: Instant | null = null;

  constructor(options: ResyncOptions) {
    this.#options = options;
    this.#alarms = new Scheduler(options.clock, () => this.#begin());
    this.#retries = new Retries(options.clock);
    this.#rounds = new RepositoryRounds(this.#options);
    this.#roundAt = options.clock.now();
    this.#fullAt = this.#roundAt;
  }

  /** The first round begins at once. */
  start(): void {
    this.#begin();
  }

  /** Has every open PR of the repository reconciled soon. */
  wantRepository(repository: RepositoryRef): void {
    const key = repositoryKey(repository);
    this.#repositories.set(key, { repository, led: ledBy(this.#repositories.get(key)?.led) });
    // It was renamed, moved or added.
    if (this.#present?.repositories.some((one) => repositoryKey(one) === key) !== true) this.#present = null;
    if (!this.#retries.mustWait(repository.installation)) this.#begin();
  }

  wantInstallation(installation: number): void {
    this.#installations.set(installation, ledBy(this.#installations.get(installation)));
    this.#present = null;
    if (!this.#retries.mustWait(installation)) this.#begin();
  }

  /** When everything was last reached; null: never yet. */
  get endedAt(): Instant | null {
    return this.#endedAt;
  }

  /** The first round has come to its end: what could not be reached in it is tried again by itself. */
  get begun(): boolean {
    return this.#listed;
  }

  idle(): boolean {
    return (
      this.#round === null &&
      !this.#isWanted() &&
      this.#retries.size === 0 &&
      (this.#stopped || this.#endedAt !== null)
    );
  }

  /** When the next round begins; null: one goes on. */
  next(): Instant | null {
    return this.#round === null ? this.#alarms.next() : null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    await this.#round;
  }

  #isWanted(): boolean {
    return this.#repositories.size > 0 || this.#installations.size > 0;
  }

  #begin(): void {
    if (this.#stopped || this.#round !== null) return;
    this.#round = this.#oneRound()
      .catch((thrown: unknown) => {
        this.#options.log.error(
          "A resync failed in a way the clerk does not expect; it will be tried again.",
          { error: errorMessage(thrown) },
        );
        this.#retries.failed(null, null, null);
      })
      .then(() => {
        this.#round = null;
        this.#alarms.set("round", this.#nextAt(), "round");
      });
  }

  #nextAt(): Instant {
    const now = this.#options.clock.now();
    const wanted = [...this.#repositories.values()].map(({ repository }) => repository.installation);
    const moments = [...wanted, ...this.#installations.keys()].map((each) => this.#retries.at(each) ?? now);
    moments.push(this.#retries.next() ?? this.#roundAt);
    if (!this.#retries.has(null)) moments.push(this.#roundAt);
    return Math.max(now, Math.min(...moments));
  }

  /** Everything when that is due; else only what is asked for and what failed before. */
  async #oneRound(): Promise<void> {
    const { clock } = this.#options;
    const retries = this.#retries;
    const began = clock.now();
    const repositories = new Map(
      [...this.#repositories].filter(([, { repository }]) => !retries.mustWait(repository.installation)),
    );
    const installations = new Map([...this.#installations].filter(([each]) => !retries.mustWait(each)));
    for (const key of repositories.keys()) this.#repositories.delete(key);
    for (const installation of installations.keys()) this.#installations.delete(installation);
    this.#ledTo = (repository) =>
      repositories.get(repositoryKey(repository))?.led ?? installations.get(repository.installation) ?? null;
    const isWanted = (repository: RepositoryRef) => this.#ledTo(repository) !== null;
    const again = retries.due();

    const due = (began >= this.#roundAt || retries.has(null)) && !retries.mustWait(null);
    const full = began >= this.#fullAt;
    const round = !this.#listed ? "start" : full ? "night" : "changes";
    const everything = due && (await inRound(round, () => this.#everything(full, isWanted)));
    if (!everything) {
      const listing = new Set([...installations.keys(), ...again]);
      const others = [...repositories.values()].map(({ repository }) => repository);
      await inRound("asked", async () => {
        for (const installation of listing) await this.#oneInstallation(installation, isWanted);
        await this.#each(
          others.filter(({ installation }) => !listing.has(installation)),
          () => true,
        );
      });
    }
    if (this.#listed && retries.size === 0 && !this.#stopped && (everything || again.length > 0))
      this.#endedAt = clock.now();
  }

  /** False: what there is could not be listed. */
  async #everything(full: boolean, isWanted: (repository: RepositoryRef) => boolean): Promise<boolean> {
    const { clock, every, fullEvery } = this.#options;
    if (full || this.#present === null || this.#present.until <= clock.now()) {
      if (!(await this.#list())) return false;
    }
    await this.#each(this.#present?.repositories ?? [], (repository) => full || isWanted(repository));
    if (!this.#listed) this.#options.onBegun(this.#reached());
    this.#listed = true;
    this.#roundAt = clock.now() + every;
    if (full) this.#fullAt = clock.now() + fullEvery;
    return true;
  }

  #reached(): Reached {
    const repositories = this.#present?.repositories ?? [];
    return {
      installations: new Set(repositories.map(({ installation }) => installation)).size,
      repositories: repositories.length,
      withConfig: this.#rounds.size,
      installationsNotReached: this.#retries.size,
    };
  }

  async #list(): Promise<boolean> {
    const { reader, clock, log, ownership } = this.#options;
    this.#present = null;
    const listed = await reader.repositories();
    if (listed.kind === "unreadable") {
      log.warn("The list of repositories could not be read; it will be tried again.", { why: listed.why });
      this.#retries.failed(null, null, listed.retryAt);
      return false;
    }
    this.#retries.reached(null);
    const unread = new Set<number>();
    for (const { installation, why, retryAt } of listed.unread) {
      unread.add(installation);
      this.#cannotList(installation, why, retryAt);
    }
    const present = new Set(listed.repositories.map(repositoryKey));
    this.#rounds.keepOnly(present, unread);
    for (const installation of this.#retries.installations())
      if (!unread.has(installation)) this.#retries.keepOnly(installation, present);
    // Where one could not be listed, all are asked about again at the next round.
    const until = clock.now() + (unread.size === 0 ? LIST_EVERY : 0);
    await ownership.among([
      ...new Set([...listed.repositories.map(({ installation }) => installation), ...unread]),
    ]);
    this.#present = { repositories: listed.repositories, until };
    if (unread.size === 0 && listed.ids !== undefined) await this.#options.settled.keepOnly(listed.ids);
    await this.#options.onPresent(listed);
    return true;
  }

  async #oneInstallation(
    installation: number,
    isWanted: (repository: RepositoryRef) => boolean,
  ): Promise<void> {
    if (!this.#options.ownership.holds(installation)) {
      this.#retries.keepOnly(installation, new Set());
      return;
    }
    const listed = await this.#options.reader.repositories(installation);
    const failure =
      listed.kind === "unreadable"
        ? listed
        : listed.unread.find((each) => each.installation === installation);
    if (failure !== undefined || listed.kind === "unreadable") {
      this.#cannotList(installation, failure?.why ?? "", failure?.retryAt ?? null);
      return;
    }
    // What is not listed any more is let go.
    const here = listed.repositories.filter((each) => each.installation === installation);
    const wanted = here.filter(
      (each) => isWanted(each) || this.#retries.includes(installation, repositoryKey(each)),
    );
    this.#retries.keepOnly(installation, new Set(here.map(repositoryKey)));
    await this.#each(wanted, isWanted);
  }

  #cannotList(installation: number, why: string, retryAt: Instant | null): void {
    this.#options.log.warn(
      "The repositories of an installation could not be listed; it will be tried again by itself.",
      { installation, why },
    );
    this.#retries.failed(installation, null, retryAt);
  }

  /** What fails in a way the clerk does not expect is that repository's affair: the others have their part of the round. */
  async #one(repository: RepositoryRef, whole: boolean): Promise<Failure | null> {
    const led = this.#ledTo(repository);
    const round = origin.current ?? NO_ORIGIN;
    const course = led === null ? round : { ...led, round: round.round };
    try {
      return await origin.during(course, () => this.#rounds.one(repository, whole));
    } catch (thrown) {
      const why = errorMessage(thrown);
      this.#options.log.error("A repository's part of a resync failed in a way the clerk does not expect.", {
        repository: repositoryKey(repository),
        error: why,
      });
      return { why, retryAt: null };
    }
  }

  async #each(
    repositories: readonly RepositoryRef[],
    isWhole: (repository: RepositoryRef) => boolean,
  ): Promise<void> {
    const byInstallation = new Map<number, RepositoryRef[]>();
    for (const repository of repositories) {
      const list = byInstallation.get(repository.installation) ?? [];
      byInstallation.set(repository.installation, [...list, repository]);
    }
    for (const [installation, list] of byInstallation) {
      if (!this.#options.ownership.holds(installation)) continue;
      const failed = new Set<string>();
      let retryAt: Instant | null = null;
      for (const repository of list) {
        if (this.#stopped) return;
        const failure = await this.#one(repository, isWhole(repository));
        if (failure === null) continue;
        const key = repositoryKey(repository);
        this.#options.log.warn("A repository could not be read; it will be tried again.", {
          repository: key,
          why: failure.why,
        });
        failed.add(key);
        if (failure.retryAt !== null) retryAt = Math.max(retryAt ?? 0, failure.retryAt);
      }
      this.#retries.tried(installation, list.map(repositoryKey), failed, retryAt);
    }
  }
}

const inRound = <T>(round: Round, work: () => Promise<T>): Promise<T> =>
  origin.during({ ...NO_ORIGIN, round }, work);

/** By the present course, and by what asked before. */
function ledBy(before: Origin | undefined): Origin {
  const led = origin.current ?? NO_ORIGIN;
  return before === undefined ? led : joined(before, led);
}
