import type { ReadingConfig } from "../../../config/outcome.js";
import type { Phase } from "../../../domain/model/decision.js";
import type { Snapshot } from "../../../domain/model/snapshot.js";
import { DAY, type Instant } from "../../../domain/text/time.js";
import type { Clock } from "../../../platform/clock.js";
import type { Meter } from "../../client/meter.js";
import type { ProposalRef, RepositoryRef } from "../../ports.js";
import { type Read, type Unreadable, unreadable } from "../../readResult.js";
import { repositoryKey } from "../../refs.js";
import type { Pulls } from "../pulls.js";
import type { ConfigHistory } from "./configHistory.js";

/** As many open motions as a preview decides twice; more than that were never open at once. */
const MOST_MOTIONS = 60;
/** How often GitHub is asked which motions are open, besides what their own reconciles tell. */
const LIST_EVERY = DAY;

interface Repository {
  readonly motions: Map<number, Snapshot>;
  listedAt: Instant | null;
  listing: Promise<Unreadable | null> | null;
}

export interface OpenMotionsParts {
  readonly pulls: Pick<Pulls, "read">;
  readonly texts: Pick<ConfigHistory, "openMotions">;
  readonly clock: Clock;
  /** What is read for all previews is not counted for any one amendment. */
  readonly meter: Meter;
}

/** amend.preview: the open motions as their last reconciles saw them. Those that none has seen yet are read once. */
export class OpenMotions {
  readonly #parts: OpenMotionsParts;
  readonly #repositories = new Map<string, Repository>();

  constructor(parts: OpenMotionsParts) {
    this.#parts = parts;
  }

  /** Every reconcile tells what it saw, so that nothing is read again for a preview. true: it is one of them, or was until now. */
  judged(ref: ProposalRef, snapshot: Snapshot, phase: Phase): boolean {
    const { motions } = this.#of(ref);
    const isMotion =
      (phase === "proposed" || phase === "fcp") &&
      snapshot.pull.state === "open" &&
      snapshot.amendment === null;
    const was = motions.has(ref.number);
    if (!isMotion) motions.delete(ref.number);
    else if (was || motions.size < MOST_MOTIONS) motions.set(ref.number, snapshot);
    return isMotion || was;
  }

  /** The open motions besides this one, oldest first. */
  async besides(
    ref: ProposalRef,
    config: ReadingConfig,
  ): Promise<Read<{ motions: readonly Snapshot[] }> | Unreadable> {
    const { clock, meter } = this.#parts;
    const repository = this.#of(ref);
    const listed = repository.listedAt !== null && clock.now() - repository.listedAt < LIST_EVERY;
    if (!listed) {
      repository.listing ??= meter
        .apart(() => this.#list(ref, repository, config))
        .finally(() => {
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

  /** After a start: which motions there are, and those that no reconcile has seen yet. */
  async #list(ref: RepositoryRef, repository: Repository, config: ReadingConfig): Promise<Unreadable | null> {
    const { pulls, texts, clock } = this.#parts;
    const list = await texts.openMotions(ref, config.rules);
    if (list.kind !== "read") return unreadable(list.why, null);
    for (const number of list.numbers.slice(0, MOST_MOTIONS)) {
      if (repository.motions.has(number)) continue;
      const read = await pulls.read({ ...ref, number }, config);
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

  #of(ref: RepositoryRef): Repository {
    const key = repositoryKey(ref);
    const known = this.#repositories.get(key);
    if (known !== undefined) return known;
    const made: Repository = { motions: new Map(), listedAt: null, listing: null };
    this.#repositories.set(key, made);
    return made;
  }
}
