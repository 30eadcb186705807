import type { Phase } from "../../domain/model/decision.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { DAY, type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { Meter } from "../../github/client/meter.js";
import type { ConfigHistoryReader, ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import { type Read, type Unreadable, unreadable } from "../../github/readResult.js";
import { proposalKey, repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { Scheduler } from "../../platform/scheduler.js";

/** As many open motions as a preview decides twice; more than that were never open at once. */
const MOST_MOTIONS = 60;
/** How often GitHub is asked which motions are open, besides what their own reconciles tell. */
const LIST_EVERY = DAY;

/**
 * Open amendments show what they would do to every open motion, so each vote makes all of them out of date. They are brought up to
 * date together: `settle` after the first change, not again within `pause`, and no more of them than `most`. Amendments in which nobody on
 * the roster is involved come last; anybody can open them by the dozen.
 */
const PACE = {
  members: { settle: 10 * SECOND, pause: 3 * MINUTE, most: 20 },
  outsiders: { settle: 5 * MINUTE, pause: 30 * MINUTE, most: 3 },
} as const;
export type Standing = keyof typeof PACE;

interface Repository {
  /** Open motions, as their last reconcile saw them. */
  readonly motions: Map<number, Snapshot>;
  /** Open amendments. */
  readonly amendments: Map<number, Standing>;
  readonly shownAt: Map<Standing, Instant>;
  listedAt: Instant | null;
  listing: Promise<Unreadable | null> | null;
}

export interface PreviewsOptions {
  readonly reader: Reader;
  readonly texts: ConfigHistoryReader;
  readonly clock: Clock;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
  /** What is read for all previews is not counted for any one amendment. */
  readonly meter?: Meter;
}

/** What a read of the open motions takes of a config. */
interface ReadingConfig {
  readonly rules: Rules;
  readonly adoptedAt: Instant;
}

/** amend.preview: the open motions as they were last seen, and which amendments are to be brought up to date, and when. */
export class Previews {
  readonly #options: PreviewsOptions;
  readonly #repositories = new Map<string, Repository>();
  readonly #alarms: Readonly<Record<Standing, Scheduler<RepositoryRef>>>;
  /** Proposals whose last reconcile saw a motion, or saw that there is none any more. */
  readonly #changed = new Set<string>();

  constructor(options: PreviewsOptions) {
    this.#options = options;
    const alarms = (standing: Standing) =>
      new Scheduler<RepositoryRef>(options.clock, (repository) => this.#show(repository, standing));
    this.#alarms = { members: alarms("members"), outsiders: alarms("outsiders") };
  }

  /** Every reconcile tells what it saw, so that nothing is read again for a preview. */
  judged(ref: ProposalRef, snapshot: Snapshot, phase: Phase): void {
    const { motions } = this.#of(ref);
    const isMotion =
      (phase === "proposed" || phase === "fcp") && snapshot.pull.state === "open" && !snapshot.amendment;
    if (isMotion || motions.has(ref.number)) this.#changed.add(proposalKey(ref));
    if (!isMotion) motions.delete(ref.number);
    else if (motions.has(ref.number) || motions.size < MOST_MOTIONS) motions.set(ref.number, snapshot);
  }

  /** `standing` null: it is no open amendment (any more). */
  amends(ref: ProposalRef, standing: Standing | null): void {
    const { amendments } = this.#of(ref);
    if (standing === null) amendments.delete(ref.number);
    else amendments.set(ref.number, standing);
  }

  /** Something was written about a proposal: where it was a motion, what amendments show of it may have changed. */
  written(ref: ProposalRef): void {
    if (!this.#changed.delete(proposalKey(ref))) return;
    const { amendments, shownAt } = this.#of(ref);
    const now = this.#options.clock.now();
    for (const standing of ["members", "outsiders"] as const) {
      if (![...amendments.values()].includes(standing)) continue;
      const [alarms, key] = [this.#alarms[standing], repositoryKey(ref)];
      if (alarms.at(key) !== null) continue;
      const { settle, pause } = PACE[standing];
      const at = Math.max(now + settle, (shownAt.get(standing) ?? 0) + pause);
      const { installation, owner, name } = ref;
      alarms.set(key, at, { installation, owner, name });
    }
  }

  /** The open motions besides this one, oldest first. */
  async motions(
    ref: ProposalRef,
    config: ReadingConfig,
  ): Promise<Read<{ motions: readonly Snapshot[] }> | Unreadable> {
    const repository = this.#of(ref);
    const listed =
      repository.listedAt !== null && this.#options.clock.now() - repository.listedAt < LIST_EVERY;
    if (!listed) {
      const list = () => this.#list(ref, repository, config);
      repository.listing ??= (this.#options.meter?.apart(list) ?? list()).finally(() => {
        repository.listing = null;
      });
      const failed = await repository.listing;
      if (failed !== null) return failed;
    }
    const motions = [...repository.motions.values()]
      .filter(({ pull }) => pull.number !== ref.number)
      .sort((a, b) => a.pull.number - b.pull.number);
    return { kind: "read", motions };
  }

  /** No amendment of the roster's waits to be brought up to date; outsiders' may. */
  idle(): boolean {
    return this.#alarms.members.size === 0;
  }

  stop(): void {
    this.#alarms.members.stop();
    this.#alarms.outsiders.stop();
  }

  /** After a start: which motions there are, and those that no reconcile has seen yet. */
  async #list(
    ref: RepositoryRef,
    repository: Repository,
    { rules, adoptedAt }: ReadingConfig,
  ): Promise<Unreadable | null> {
    const { reader, texts, clock } = this.#options;
    const list = await texts.openMotions(ref, rules);
    if (list.kind !== "read") return unreadable(list.why, null);
    for (const number of list.numbers.slice(0, MOST_MOTIONS)) {
      if (repository.motions.has(number)) continue;
      const read = await reader.proposal({ ...ref, number }, rules, adoptedAt);
      if (read.kind === "unreadable") return read;
      // Another amendment is judged by the rules about the rules, not as a motion.
      if (
        read.kind === "read" &&
        read.snapshot.register?.lastSeen === undefined &&
        !repository.motions.has(number)
      )
        repository.motions.set(number, read.snapshot);
    }
    repository.listedAt = clock.now();
    return null;
  }

  #show(ref: RepositoryRef, standing: Standing): void {
    const { amendments, shownAt } = this.#of(ref);
    shownAt.set(standing, this.#options.clock.now());
    const numbers = [...amendments].flatMap(([number, its]) => (its === standing ? [number] : []));
    for (const number of numbers.sort((a, b) => a - b).slice(0, PACE[standing].most))
      this.#options.enqueue({ ...ref, number });
  }

  #of(ref: RepositoryRef): Repository {
    const key = repositoryKey(ref);
    const known = this.#repositories.get(key);
    if (known !== undefined) return known;
    const made: Repository = {
      motions: new Map(),
      amendments: new Map(),
      shownAt: new Map(),
      listedAt: null,
      listing: null,
    };
    this.#repositories.set(key, made);
    return made;
  }
}
