import { LRUCache } from "lru-cache";
import type { ShownRepository } from "../../config/outcome.js";
import { sameLogin } from "../../domain/model/people.js";
import type { Halt, PublicEvent, PublicView } from "../../domain/model/publicView.js";
import { equal } from "../../domain/text/equal.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import type { Instant } from "../../domain/text/time.js";
import { wordless } from "../../domain/views/wordless.js";
import type { ListedRepositories, RepositoryRef } from "../../github/ports.js";
import { atMost } from "../../platform/atMost.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { ProposalKey, Store } from "../../store/port.js";
import type { KeptEvent, KeptRepository } from "../../store/views.js";

export interface PublicViewsParts {
  readonly store: Pick<Store, "views">;
  readonly log: Log;
  /** Keeps nothing. */
  readonly dryRun: boolean;
  /** GitHub's time. */
  readonly clock: Clock;
}

/** Of as many proposals it is remembered what was kept last, so that it is not written again. */
const REMEMBERED = 20_000;
/** So many views wait for a store that takes none; the others are made again by the next start, as nothing says that they were kept. */
const MOST_OWED = 1_000;

/**
 * Keeps for the pages what each reconcile found: the view of a proposal in the place of the one before, and what has happened as it happens. Which
 * repositories everybody may see is told by GitHub at every round, and nothing is shown of one before it was.
 *
 * No decision waits for it: a view that cannot be kept now is kept after a later round.
 */
export class PublicViews {
  readonly #parts: PublicViewsParts;
  readonly #repositories = new Map<number, KeptRepository>();
  /** Which installation each belongs to, as far as this process was told. */
  readonly #installations = new Map<number, number>();
  /** GitHub has said to this process that everybody may see them. */
  readonly #public = new Set<number>();
  readonly #kept = new LRUCache<string, string>(atMost(REMEMBERED));
  readonly #owed = new Map<string, { readonly of: ProposalKey; readonly view: PublicView | null }>();
  /** What holds each, as far as it was told or read; null: nothing. */
  readonly #halts = new Map<number, Halt | null>();
  /** When each repository was looked at last. */
  readonly #looks = new Map<number, Instant>();
  /** Pull requests that have no view yet, while the first of a repository are read. */
  readonly #unread = new Map<number, { readonly of: number; readonly left: Set<number> }>();

  constructor(parts: PublicViewsParts) {
    this.#parts = parts;
  }

  /** What another instance has kept meanwhile is not known: nothing is left out for being known. */
  forget(): void {
    this.#repositories.clear();
    this.#halts.clear();
    this.#kept.clear();
  }

  /** How a repository is known now; undefined: GitHub did not tell, so nothing of it is shown. `valid`: its config is (config.invalid). */
  async shown(
    { installation }: Pick<RepositoryRef, "installation">,
    id: number,
    shown: ShownRepository | undefined,
    valid: boolean,
  ): Promise<void> {
    this.#installations.set(id, installation);
    this.#looks.set(id, this.#parts.clock.now());
    if (shown?.isPublic !== true) {
      this.#public.delete(id);
      await this.#hide((one) => one.repository === id);
    } else {
      await this.#put({ repository: id, ...shown });
      this.#public.add(id);
      if (!valid) await this.halted(id, { why: "invalid", since: this.#parts.clock.now() });
      else if ((await this.#haltOf(id))?.why === "invalid") await this.halted(id, null);
    }
    for (const { of, view } of [...this.#owed.values()]) await this.judged(of, view);
  }

  /** What holds a repository that is shown; null: nothing. What held it already has done so since then. */
  async halted(id: number, told: Halt | null): Promise<void> {
    if (this.#parts.dryRun) return;
    const before = await this.#haltOf(id);
    // Only of a change that nobody approved does the history tell when it came.
    const halt = told !== null && told.why !== "unlawful" && told.why === before?.why ? before : told;
    if (before === undefined || equal(before, halt)) return;
    const put = await this.#parts.store.views.putHalt(id, halt === null ? "" : JSON.stringify(halt));
    if (put.kind === "stored") this.#halts.set(id, halt);
    else this.#failed(put.why);
  }

  /** undefined: it is not known now. */
  async #haltOf(id: number): Promise<Halt | null | undefined> {
    const known = this.#halts.get(id);
    if (known !== undefined || this.#parts.dryRun) return known;
    const read = await this.#parts.store.views.repositories();
    if (read.kind === "unavailable") return undefined;
    const kept = read.kept.find(({ repository }) => repository === id)?.halt ?? "";
    const halt: Halt | null = kept === "" ? null : JSON.parse(kept);
    this.#halts.set(id, halt);
    return halt;
  }

  /** It has no config any more, or is gone: nothing of it is shown. */
  hidden({ owner, name }: RepositoryRef): Promise<void> {
    return this.#hide((one) => sameLogin(one.owner, owner) && sameLogin(one.name, name));
  }

  /** On which repositories the App is, as far as could be listed: archived ones too, which have no rounds. */
  async present({ ids, notPublic = [], unread }: ListedRepositories): Promise<void> {
    const hidden = new Set(notPublic);
    const present = new Set(ids ?? []);
    const unknown = new Set(unread.map(({ installation }) => installation));
    const isGone = (id: number) => {
      const installation = this.#installations.get(id);
      if (ids === undefined || present.has(id)) return false;
      return unread.length === 0 || (installation !== undefined && !unknown.has(installation));
    };
    await this.#hide(({ repository }) => hidden.has(repository) || isGone(repository));
    for (const id of [...this.#repositories.keys(), ...this.#unread.keys()]) {
      if (!isGone(id)) continue;
      // The store drops what is kept of it (`keepRowsOf`), and one that comes back is told of anew.
      this.#repositories.delete(id);
      this.#unread.delete(id);
      this.#halts.delete(id);
      for (const key of [...this.#kept.keys()]) if (key.startsWith(`${id} `)) this.#kept.delete(key);
    }
  }

  /** These are open, and will be reconciled or left alone. */
  async listed(id: number, open: readonly number[]): Promise<void> {
    const read = await this.#parts.store.views.editions(id);
    if (read.kind === "unavailable") return;
    const known = new Set(read.kept.map(({ pull }) => pull));
    const left = new Set(open.filter((number) => !known.has(number)));
    this.#unread.set(id, { of: open.length, left });
  }

  /** These are closed and have no view, so they will be reconciled too. */
  listedClosed(id: number, closed: readonly number[]): void {
    const { of, left } = this.#unread.get(id) ?? { of: 0, left: new Set() };
    const more = closed.filter((number) => !left.has(number));
    this.#unread.set(id, { of: of + more.length, left: new Set([...left, ...more]) });
  }

  /** It was left alone, as nothing has happened to it: it has its view, or is no proposal. */
  leftAlone(id: number, pull: number): void {
    this.#unread.get(id)?.left.delete(pull);
  }

  /** How far the first reading of a repository has come; null: it is over, or nobody here reads it. */
  reading(id: number): { readonly read: number; readonly of: number } | null {
    const unread = this.#unread.get(id);
    return unread === undefined || unread.left.size === 0
      ? null
      : { read: unread.of - unread.left.size, of: unread.of };
  }

  /** When this process looked at a repository last, in a round or at one of its pull requests; null: never. */
  lookedAt(id: number): Instant | null {
    return this.#looks.get(id) ?? null;
  }

  /** The installation of a repository, where GitHub has said to this process that everybody may see it; null: it has not. */
  publicIn(id: number): number | null {
    return this.#public.has(id) ? (this.#installations.get(id) ?? null) : null;
  }

  /** What a reconcile found; null: it is no proposal. false: the store does not take it now, and is asked again after a later round. */
  async judged(of: ProposalKey, view: PublicView | null): Promise<boolean> {
    if (this.#parts.dryRun) return true;
    const { repository, pull } = of;
    this.#looks.set(repository, this.#parts.clock.now());
    const done = await (view === null ? this.#drop(of) : this.#keep(of, view));
    this.leftAlone(repository, pull);
    if (done) this.#owed.delete(keyOf(of));
    else if (this.#owed.size < MOST_OWED) this.#owed.set(keyOf(of), { of, view });
    return done;
  }

  async #keep(of: ProposalKey, { summary, detail, events }: PublicView): Promise<boolean> {
    const key = keyOf(of);
    const view = { summary: JSON.stringify(summary), detail: JSON.stringify(detail) };
    const kept = events.map(keptEvent);
    const print = fingerprint("view", [view.summary, view.detail, JSON.stringify(kept)]);
    if (this.#kept.get(key) === print) return true;
    const put = await this.#parts.store.views.putView(of, view, kept);
    if (put.kind === "unavailable") return this.#failed(put.why);
    this.#kept.set(key, print);
    return true;
  }

  async #drop(of: ProposalKey): Promise<boolean> {
    const key = keyOf(of);
    if (this.#kept.get(key) === NONE) return true;
    const dropped = await this.#parts.store.views.dropView(of);
    if (dropped.kind === "unavailable") return this.#failed(dropped.why);
    this.#kept.set(key, NONE);
    return true;
  }

  async #put(repository: KeptRepository): Promise<void> {
    if (equal(this.#repositories.get(repository.repository) ?? null, repository) || this.#parts.dryRun)
      return;
    const put = await this.#parts.store.views.putRepository(repository);
    if (put.kind === "stored") this.#repositories.set(repository.repository, repository);
    else this.#failed(put.why);
  }

  async #hide(which: (one: KeptRepository) => boolean): Promise<void> {
    if (this.#parts.dryRun) return;
    const read = await this.#parts.store.views.repositories();
    // Which are meant cannot be told, so none is known to be public until GitHub says so again.
    if (read.kind === "unavailable") return this.#public.clear();
    for (const one of read.kept) {
      if (!one.isPublic || !which(one)) continue;
      const { halt: _, ...repository } = one;
      this.#public.delete(one.repository);
      // Whatever this process remembers: another one may have told otherwise since.
      this.#repositories.delete(one.repository);
      await this.#put({ ...repository, isPublic: false });
    }
  }

  #failed(why: string): false {
    this.#parts.log.error("What the pages show cannot be kept; it is tried again.", { why });
    return false;
  }
}

const NONE = "none";

const keyOf = ({ repository, pull }: ProposalKey): string => `${repository} ${pull}`;

export function keptEvent(told: PublicEvent): KeptEvent {
  const { event, words } = wordless(told);
  return { id: event.id, at: Math.floor(event.at), event: JSON.stringify(event), words };
}
