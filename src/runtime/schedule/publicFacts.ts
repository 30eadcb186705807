import type { ValidConfig } from "../../config/outcome.js";
import { rulesFingerprint, sameMeaning } from "../../domain/amendment/differences.js";
import { lawfulState } from "../../domain/amendment/history.js";
import type { Halt, PublicView } from "../../domain/model/publicView.js";
import { DAY, type Instant } from "../../domain/text/time.js";
import { rosterHistoryOf } from "../../domain/views/roster.js";
import { listedSummary } from "../../domain/views/summary.js";
import type {
  ListedProposal,
  ListedRepositories,
  ProposalRef,
  Reader,
  RepositoryRef,
  VersionsKnown,
} from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { NO_ORIGIN, type Origin, origin } from "../../platform/origin.js";
import type { Store } from "../../store/port.js";
import { keptEvent, type PublicViews } from "../reconcile/publicViews.js";

export interface PublicFactsParts {
  readonly reader: Pick<Reader, "history" | "versions" | "closedProposals">;
  readonly store: Pick<Store, "views" | "lawful">;
  readonly views: Pick<PublicViews, "halted" | "listedClosed" | "reading">;
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
 * What the pages need that no reconcile finds: whether the config is lawful, the roster through time, read when the config has changed, and the closed
 * proposals, listed once a month: those that had ended before the clerk came are shown by their labels, and of the others the ones without a view are
 * reconciled (they have none when the store was lost). What cannot be read now is read after a later round.
 *
 * All of it is asked for after the rounds, beside them and for one repository after the other: no round waits for what the pages would like to show, and
 * so no decision does.
 */
export class PublicFacts {
  readonly #parts: PublicFactsParts;
  readonly #configs = new Map<string, ValidConfig>();
  /** Commit of the config by whose history the roster is kept. */
  readonly #rosters = new Map<number, string>();
  /** Whose closed proposals were listed by this process, and are being reconciled: that is over only once all of them were. */
  readonly #listed = new Set<number>();
  readonly #wanted = new Map<string, { readonly repository: RepositoryRef; readonly led: Origin }>();
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(parts: PublicFactsParts) {
    this.#parts = parts;
  }

  /** What another instance has kept meanwhile, or dropped, is not known. */
  forget(): void {
    this.#rosters.clear();
  }

  /** The roster of a repository that the App left is dropped with the rest of it. */
  present({ ids = [] }: ListedRepositories): void {
    for (const known of [this.#rosters, this.#listed])
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
  }

  /** What a round has read; null: no valid config. */
  configured(repository: RepositoryRef, config: ValidConfig | null): void {
    if (config === null) this.#configs.delete(repositoryKey(repository));
    else this.#configs.set(repositoryKey(repository), config);
  }

  /** A round has come to the end of its part about this repository. */
  want(repository: RepositoryRef): void {
    if (this.#stopped) return;
    this.#wanted.set(repositoryKey(repository), { repository, led: origin.current ?? NO_ORIGIN });
    this.#running ??= this.#all();
  }

  idle(): boolean {
    return this.#running === null;
  }

  /** What is under way is finished. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #all(): Promise<void> {
    for (const [key, { repository, led }] of this.#wanted) {
      this.#wanted.delete(key);
      if (!this.#stopped) await origin.during(led, () => this.#one(repository));
    }
    this.#running = null;
  }

  async #one(repository: RepositoryRef): Promise<void> {
    const config = this.#configs.get(repositoryKey(repository));
    // Of what nobody sees nothing is read for the pages.
    if (config?.shown?.isPublic !== true || this.#parts.dryRun) return;
    try {
      await this.#roster(repository, config);
      await this.#closed(repository, config);
      // A reconcile keeps what is lawful: most often one has, meanwhile.
      await this.#lawful(repository, config);
    } catch (thrown) {
      // A fault of the clerk's: the other repositories go on.
      this.#later(repository, "What the pages show besides", errorMessage(thrown));
    }
  }

  /** config.lawful: asked of the store alone as long as it is the very config that is kept. */
  async #lawful(repository: RepositoryRef, config: ValidConfig): Promise<void> {
    const { reader, store, views, gitHubClock } = this.#parts;
    const id = config.repository;
    const kept = await store.lawful(id);
    if (kept.kind === "unavailable") return;
    if (kept.kept?.fingerprint === rulesFingerprint(config.rules)) return views.halted(id, null);
    const read = await reader.versions(repository, config);
    if (read.kind !== "read") return this.#later(repository, "Whether the config is lawful", read.why);
    await views.halted(id, haltBy(read, gitHubClock.now()));
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
    const { reader, store, views, gitHubClock, enqueue } = this.#parts;
    const id = config.repository;
    const now = gitHubClock.now();
    if (this.#listed.has(id)) {
      // Nothing but this process knows of those that are left: another start lists them again.
      if (views.reading(id) !== null) return;
      this.#listed.delete(id);
      await store.views.putListed(id, Math.floor(now));
      return;
    }
    const listed = await store.views.listed(id);
    if (listed.kind === "unavailable" || (listed.kept !== null && now - listed.kept < LIST_EVERY)) return;
    const shown = await store.views.editions(id);
    if (shown.kind === "unavailable") return;
    const read = await reader.closedProposals(repository, config.rules);
    if (read.kind !== "read") return this.#later(repository, "The closed proposals", read.why);
    const known = new Set(shown.kept.map(({ pull }) => pull));
    const isOfBefore = ({ endedAt }: ListedProposal) => (endedAt ?? now) < config.adoptedAt;
    const missing = read.proposals.filter((one) => !isOfBefore(one) && !known.has(one.number));
    views.listedClosed(
      id,
      missing.map(({ number }) => number),
    );
    for (const { number } of missing) enqueue({ ...repository, number });
    for (const proposal of read.proposals.filter(isOfBefore)) {
      const of = { repository: id, pull: proposal.number };
      const kept = known.has(of.pull) ? await store.views.view(of) : null;
      if (kept?.kind === "unavailable") return;
      // What a reconcile has found tells more.
      if (isFoundByClerk(kept?.kept?.summary)) continue;
      const { view, events } = listedView(proposal, config);
      const put = await store.views.putView(of, view, events);
      if (put.kind === "unavailable") return;
    }
    if (missing.length > 0) this.#listed.add(id);
    else await store.views.putListed(id, Math.floor(now));
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

/** config.lawful: what holds a repository whose config is valid; null: nothing does. */
export function haltBy({ versions, lost }: VersionsKnown, now: Instant): Halt | null {
  if (lost) return { why: "lost", since: now };
  const [first] = lawfulState(versions, sameMeaning).unlawful;
  return first === undefined ? null : { why: "unlawful", since: first.at };
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
