import type { ConfigOutcome } from "../config/outcome.js";
import { DAY, type Instant, MINUTE } from "../domain/time.js";
import type { ProposalRef, Reader, RepositoryRef } from "../github/ports.js";
import { Alarms } from "./alarms.js";
import type { Clock } from "./clock.js";
import { repositoryKey } from "./keys.js";
import { type Log, said } from "./log.js";
import { backOff } from "./queue.js";

export interface ResyncOptions {
  readonly reader: Reader;
  readonly clock: Clock;
  /** GitHub's time; left out, `clock` is. */
  readonly gitHubClock?: Clock;
  readonly log: Log;
  /** Enqueues a look in the background. */
  readonly lookAt: (ref: ProposalRef) => void;
  /** Told after every open PR of a repository was listed: at a start, once a day, and when its config has changed. */
  readonly onWhole?: (repository: RepositoryRef) => void;
  /** Between two rounds that ask what has changed, in milliseconds. */
  readonly every?: number;
  /** Between two rounds that look at every open PR. */
  readonly fullEvery?: number;
}

/**
 * Finds what webhooks did not tell: at the start every open PR of every repository, then every ten minutes what has changed,
 * and once a day every open PR again. It reads pages of lists only; the looks read the rest.
 *
 * A repository without a config costs one read a round and nothing more (config.absent). When its config's commit has
 * changed, or what to ask for is not known, every open PR is looked at.
 */
export class Resync {
  readonly #options: Required<ResyncOptions>;
  readonly #alarms: Alarms<"round">;
  readonly #known = new Map<string, Known>();
  /** Asked for by a webhook: every open PR of these, besides what is due. */
  readonly #repositories = new Map<string, RepositoryRef>();
  readonly #installations = new Set<number>();
  #round: Promise<void> | null = null;
  #roundAt: Instant;
  #fullAt: Instant;
  #failures = 0;
  #stopped = false;
  #endedAt: Instant | null = null;

  constructor(options: ResyncOptions) {
    this.#options = {
      every: 10 * MINUTE,
      fullEvery: DAY,
      onWhole: () => {},
      gitHubClock: options.clock,
      ...options,
    };
    this.#alarms = new Alarms(options.clock, () => this.#begin());
    this.#roundAt = options.clock.now();
    this.#fullAt = this.#roundAt;
  }

  /** The first round begins at once. */
  start(): void {
    this.#begin();
  }

  /** Looks at every open PR of the repository soon. */
  wantRepository(repository: RepositoryRef): void {
    this.#repositories.set(repositoryKey(repository), repository);
    this.#beginUnlessBackingOff();
  }

  wantInstallation(installation: number): void {
    this.#installations.add(installation);
    this.#beginUnlessBackingOff();
  }

  /** When the last round that reached everything ended; null: none has yet. */
  get endedAt(): Instant | null {
    return this.#endedAt;
  }

  idle(): boolean {
    return (
      this.#round === null &&
      !this.#isWanted() &&
      this.#failures === 0 &&
      (this.#stopped || this.#endedAt !== null)
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    await this.#round;
  }

  #isWanted(): boolean {
    return this.#repositories.size > 0 || this.#installations.size > 0;
  }

  #beginUnlessBackingOff(): void {
    if (this.#failures === 0) this.#begin();
  }

  #begin(): void {
    if (this.#stopped || this.#round !== null) return;
    const { clock, log } = this.#options;
    this.#round = this.#oneRound()
      .catch((thrown: unknown): Outcome => {
        log.error("A resync failed in a way the clerk does not expect; it will be tried again.", {
          error: said(thrown),
        });
        return { whole: false, retryAt: null };
      })
      .then(({ whole, retryAt }) => {
        this.#round = null;
        const now = clock.now();
        if (whole) {
          this.#failures = 0;
          this.#alarms.set("round", this.#isWanted() ? now : Math.max(now, this.#roundAt), "round");
          return;
        }
        this.#failures += 1;
        // Everything is listed anew: what cannot be read may not be there any more.
        this.#roundAt = now;
        const next = now + backOff(this.#failures + 2);
        this.#alarms.set("round", Math.max(next, retryAt ?? next), "round");
      });
  }

  /** Everything when that is due or a whole installation is asked for; else only the repositories asked for. */
  async #oneRound(): Promise<Outcome> {
    const { clock, every, fullEvery } = this.#options;
    const began = clock.now();
    const repositories = new Map(this.#repositories);
    const installations = new Set(this.#installations);
    this.#repositories.clear();
    this.#installations.clear();
    if (began < this.#roundAt && installations.size === 0) {
      return this.#each([...repositories.values()], () => true);
    }
    const full = began >= this.#fullAt;
    const listed = await this.#options.reader.repositories();
    if (listed.kind === "unreadable") {
      this.#options.log.warn("The list of repositories could not be read; it will be tried again.", {
        why: listed.why,
      });
      for (const [key, repository] of repositories) this.#repositories.set(key, repository);
      for (const installation of installations) this.#installations.add(installation);
      return { whole: false, retryAt: listed.retryAt };
    }
    const present = new Set(listed.repositories.map(repositoryKey));
    for (const key of this.#known.keys()) if (!present.has(key)) this.#known.delete(key);
    const outcome = await this.#each(
      listed.repositories,
      (repository) =>
        full || installations.has(repository.installation) || repositories.has(repositoryKey(repository)),
    );
    if (outcome.whole) {
      this.#endedAt = clock.now();
      this.#roundAt = this.#endedAt + every;
      if (full) this.#fullAt = this.#endedAt + fullEvery;
    }
    return outcome;
  }

  async #each(
    repositories: readonly RepositoryRef[],
    isWhole: (repository: RepositoryRef) => boolean,
  ): Promise<Outcome> {
    let whole = true;
    let retryAt: Instant | null = null;
    for (const repository of repositories) {
      if (this.#stopped) return { whole: false, retryAt: null };
      const failure = await this.#oneRepository(repository, isWhole(repository));
      if (failure === null) continue;
      const key = repositoryKey(repository);
      this.#options.log.warn("A repository could not be read; it will be tried again.", {
        repository: key,
        why: failure.why,
      });
      whole = false;
      if (isWhole(repository)) this.#known.delete(key);
      if (failure.retryAt !== null) retryAt = Math.max(retryAt ?? 0, failure.retryAt);
    }
    return { whole, retryAt };
  }

  /** null: done. */
  async #oneRepository(
    repository: RepositoryRef,
    full: boolean,
  ): Promise<{ readonly why: string; readonly retryAt: Instant | null } | null> {
    const { reader, gitHubClock, lookAt } = this.#options;
    const key = repositoryKey(repository);
    const config = await reader.config(repository, true);
    if (config.kind === "unreadable") return config;
    if (config.kind === "absent") {
      this.#known.delete(key);
      return null;
    }
    const known = this.#known.get(key);
    const whole = full || known === undefined || known.config !== stateOf(config);
    const since = known?.upTo ?? gitHubClock.now() - closedReach(config);
    const lists = whole ? [null, since] : [since];
    const numbers = new Set<number>();
    const seen = known?.seen ?? new Map<number, Sighting>();
    let upTo = Number.POSITIVE_INFINITY;
    for (const since of lists) {
      const list = await reader.changed(repository, since);
      if (list.kind === "unreadable") return list;
      if (list.kind === "gone") {
        this.#known.delete(key);
        return null;
      }
      for (const number of list.numbers) if (whole || isNews(number, list, seen)) numbers.add(number);
      upTo = Math.min(upTo, list.upTo);
    }
    this.#known.set(key, { upTo, config: stateOf(config), seen });
    for (const number of numbers) lookAt({ ...repository, number });
    if (whole) this.#options.onWhole(repository);
    return null;
  }
}

interface Outcome {
  /** Everything that was to be reached was. */
  readonly whole: boolean;
  readonly retryAt: Instant | null;
}

interface Known {
  readonly upTo: Instant;
  /** What the config was then. */
  readonly config: string;
  /** What the last rounds listed: see `isNews`. */
  readonly seen: Map<number, Sighting>;
}

interface Sighting {
  readonly stamp: Instant;
  readonly times: number;
}

/** More than a round lists; beyond it, what was seen is forgotten and looked at once more. */
const MOST_SIGHTINGS = 10_000;

/**
 * Lists overlap by a minute, as GitHub's answers lag: while nothing newer happens, each round lists the last burst again. The same
 * time stamp is news the first two times, as more may have happened within its second; the third time it is not.
 */
function isNews(
  number: number,
  { stamps }: { readonly stamps?: ReadonlyMap<number, Instant> },
  seen: Map<number, Sighting>,
): boolean {
  const stamp = stamps?.get(number);
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
 * A motion to close or postpone runs on while its PR is closed, so a start also looks at PRs changed since an FCP that runs
 * now can have begun, and a good while more for what happened while the clerk was down.
 */
const closedReach = (config: ConfigOutcome): number =>
  30 * DAY + (config.kind === "valid" ? config.rules.finalCommentPeriod : 0);
