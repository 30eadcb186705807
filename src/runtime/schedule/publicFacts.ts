import type { ValidConfig } from "../../config/outcome.js";
import type { PublicView } from "../../domain/model/publicView.js";
import { DAY } from "../../domain/text/time.js";
import { rosterHistoryOf } from "../../domain/views/roster.js";
import { listedSummary } from "../../domain/views/summary.js";
import type {
  ListedProposal,
  ListedRepositories,
  ProposalRef,
  Reader,
  RepositoryRef,
} from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import type { Store } from "../../store/port.js";
import { keptEvent } from "../reconcile/publicViews.js";

export interface PublicFactsParts {
  readonly reader: Pick<Reader, "history" | "closedProposals">;
  readonly store: Pick<Store, "views">;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Enqueues a reconcile in the background. */
  readonly enqueue: (ref: ProposalRef) => void;
  /** Reads nothing and keeps nothing. */
  readonly dryRun: boolean;
}

/** What people put on closed proposals of before the clerk came is seen so much later at most. */
const LIST_EVERY = 30 * DAY;

/**
 * What the pages need that no reconcile finds: the roster through time, read when the config has changed, and the closed proposals, listed once a month: those
 * that had ended before the clerk came are shown by their labels, and of the others the ones without a view are reconciled (they have none when the store
 * was lost). What cannot be read now is read after a later round.
 */
export class PublicFacts {
  readonly #parts: PublicFactsParts;
  readonly #configs = new Map<string, ValidConfig>();
  /** Commit of the config by whose history the roster is kept. */
  readonly #rosters = new Map<number, string>();

  constructor(parts: PublicFactsParts) {
    this.#parts = parts;
  }

  /** What another instance has kept meanwhile, or dropped, is not known. */
  forget(): void {
    this.#rosters.clear();
  }

  /** The roster of a repository that the App left is dropped with the rest of it. */
  present({ ids = [] }: ListedRepositories): void {
    for (const id of this.#rosters.keys()) if (!ids.includes(id)) this.#rosters.delete(id);
  }

  /** What a round has read. */
  configured(repository: RepositoryRef, config: ValidConfig): void {
    this.#configs.set(repositoryKey(repository), config);
  }

  /** The part of a round that is about this repository. */
  async round(repository: RepositoryRef): Promise<void> {
    const config = this.#configs.get(repositoryKey(repository));
    // Of what nobody sees nothing is read for the pages.
    if (config?.shown?.isPublic !== true || this.#parts.dryRun) return;
    try {
      await this.#roster(repository, config);
      await this.#closed(repository, config);
    } catch (thrown) {
      // A round finds what webhooks did not tell: it does not fail for what the pages would like to show.
      this.#later(repository, "What the pages show besides", errorMessage(thrown));
    }
  }

  async #roster(repository: RepositoryRef, { repository: id, commit }: ValidConfig): Promise<void> {
    const { reader, store } = this.#parts;
    if (this.#rosters.get(id) === commit) return;
    const kept = await store.views.roster(id);
    if (kept.kind === "unavailable") return;
    if (kept.kept?.commit !== commit) {
      const read = await reader.history(repository, id);
      if (read.kind !== "read") return this.#later(repository, "The roster's history", read.why);
      const history = JSON.stringify(rosterHistoryOf(read.versions));
      const put = await store.views.putRoster(id, { commit, history });
      if (put.kind === "unavailable") return;
    }
    this.#rosters.set(id, commit);
  }

  async #closed(repository: RepositoryRef, config: ValidConfig): Promise<void> {
    const { reader, store, gitHubClock, enqueue } = this.#parts;
    const id = config.repository;
    const now = gitHubClock.now();
    const listed = await store.views.listed(id);
    if (listed.kind === "unavailable" || (listed.kept !== null && now - listed.kept < LIST_EVERY)) return;
    const shown = await store.views.summaries(id);
    if (shown.kind === "unavailable") return;
    const read = await reader.closedProposals(repository, config.rules);
    if (read.kind !== "read") return this.#later(repository, "The closed proposals", read.why);
    const known = new Map(shown.kept.map(({ pull, summary }) => [pull, summary]));
    for (const proposal of read.proposals) {
      const { number } = proposal;
      if ((proposal.endedAt ?? now) >= config.adoptedAt) {
        if (!known.has(number)) enqueue({ ...repository, number });
        continue;
      }
      // What a reconcile has found tells more.
      if (isFoundByClerk(known.get(number))) continue;
      const { view, events } = listedView(proposal, config);
      const put = await store.views.putView({ repository: id, pull: number }, view, events);
      if (put.kind === "unavailable") return;
    }
    await store.views.putListed(id, Math.floor(now));
  }

  #later(repository: RepositoryRef, what: string, why: string): void {
    this.#parts.log.info(
      `${what} cannot be read now, for the pages; it is tried again after the next round.`,
      {
        repository: repositoryKey(repository),
        why,
      },
    );
  }
}

function isFoundByClerk(kept: string | undefined): boolean {
  if (kept === undefined) return false;
  const { known }: PublicView["summary"] = JSON.parse(kept);
  return known === "clerk";
}

export function listedView(proposal: ListedProposal, { rules }: ValidConfig) {
  const summary: PublicView["summary"] = listedSummary(proposal, rules);
  const { createdAt: at, author: by, url } = proposal;
  return {
    view: { summary: JSON.stringify(summary), detail: "" },
    events: [keptEvent({ id: "opened", at, by, url, what: { kind: "opened" } })],
  };
}
