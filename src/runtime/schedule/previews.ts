import { isMembersAffair } from "../../domain/acts/roster.js";
import type { Phase } from "../../domain/model/decision.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import { proposalKey, repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { Scheduler } from "../../platform/scheduler.js";

/**
 * Open amendments show what they would do to every open motion, so each vote makes all of them out of date. They are brought up to
 * date together: `settle` after the first change, not again within `pause`, and no more of them than `most`. Amendments in which nobody on
 * the roster is involved come last; anybody can open them by the dozen.
 */
const PACE = {
  members: { settle: 10 * SECOND, pause: 3 * MINUTE, most: 20 },
  outsiders: { settle: 5 * MINUTE, pause: 30 * MINUTE, most: 3 },
} as const;
type Standing = keyof typeof PACE;

interface Repository {
  /** Open amendments. */
  readonly amendments: Map<number, Standing>;
  readonly shownAt: Map<Standing, Instant>;
}

export interface PreviewsOptions {
  readonly reader: Pick<Reader, "judged">;
  readonly clock: Clock;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
}

/** amend.preview: which amendments are to be brought up to date after a change of an open motion, and when. */
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

  /** Every reconcile tells what it saw, and what came of it. */
  judged(ref: ProposalRef, snapshot: Snapshot, phase: Phase, rules: Rules): void {
    if (this.#options.reader.judged(ref, snapshot, phase)) this.#changed.add(proposalKey(ref));
    const { amendments } = this.#of(ref);
    if (snapshot.amendment === null || snapshot.pull.state !== "open") amendments.delete(ref.number);
    else amendments.set(ref.number, isMembersAffair(snapshot, rules) ? "members" : "outsiders");
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

  /** No amendment of the roster's waits to be brought up to date; outsiders' may. */
  idle(): boolean {
    return this.#alarms.members.size === 0;
  }

  stop(): void {
    this.#alarms.members.stop();
    this.#alarms.outsiders.stop();
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
      amendments: new Map(),
      shownAt: new Map(),
    };
    this.#repositories.set(key, made);
    return made;
  }
}
