import type { ProposalKey } from "./port.js";
import type {
  KeptEdition,
  KeptEvent,
  KeptRepository,
  KeptRoster,
  KeptSummary,
  KeptView,
  KnownRepository,
  ViewKeeper,
} from "./views.js";

/** What the pages are made from, gone with its process. */
export class InMemoryViews implements ViewKeeper {
  readonly #repositories = new Map<number, KeptRepository>();
  readonly #rosters = new Map<number, KeptRoster>();
  readonly #listed = new Map<number, number>();
  readonly #views = new Map<number, Map<number, KeptView & KeptEdition>>();
  readonly #events = new Map<number, Map<number, Map<string, KeptEvent>>>();
  readonly #halts = new Map<number, string>();
  #puts = 0;

  async repositories(): Promise<readonly KnownRepository[]> {
    return [...this.#repositories.values()]
      .map((one) => ({ ...one, halt: this.#halts.get(one.repository) ?? "" }))
      .sort((a, b) => a.repository - b.repository);
  }

  async putRepository(repository: KeptRepository): Promise<null> {
    this.#repositories.set(repository.repository, { ...repository });
    return null;
  }

  async roster(repository: number): Promise<KeptRoster | null> {
    const kept = this.#rosters.get(repository);
    return kept === undefined ? null : { ...kept };
  }

  async putRoster(repository: number, roster: KeptRoster): Promise<null> {
    if (this.#repositories.has(repository)) this.#rosters.set(repository, { ...roster });
    return null;
  }

  async listed(repository: number): Promise<number | null> {
    return this.#listed.get(repository) ?? null;
  }

  async putListed(repository: number, at: number): Promise<null> {
    if (this.#repositories.has(repository)) this.#listed.set(repository, at);
    return null;
  }

  async putHalt(repository: number, halt: string): Promise<null> {
    if (this.#repositories.has(repository)) this.#halts.set(repository, halt);
    return null;
  }

  async editions(repository: number): Promise<readonly KeptEdition[]> {
    return [...(this.#views.get(repository) ?? [])]
      .map(([pull, { edition }]) => ({ pull, edition }))
      .sort((a, b) => a.pull - b.pull);
  }

  async summaries(repository: number, pulls: readonly number[]): Promise<readonly KeptSummary[]> {
    const views = this.#views.get(repository);
    return pulls
      .flatMap((pull) => {
        const view = views?.get(pull);
        return view === undefined ? [] : { pull, summary: view.summary };
      })
      .sort((a, b) => a.pull - b.pull);
  }

  async view({ repository, pull }: ProposalKey): Promise<KeptView | null> {
    const kept = this.#views.get(repository)?.get(pull);
    return kept === undefined ? null : { summary: kept.summary, detail: kept.detail };
  }

  async putView(of: ProposalKey, view: KeptView, events: readonly KeptEvent[]): Promise<null> {
    const views = this.#views.get(of.repository) ?? new Map<number, KeptView & KeptEdition>();
    this.#puts += 1;
    const { summary, detail } = view;
    const kept = { summary, detail, pull: of.pull, edition: String(this.#puts) };
    this.#views.set(of.repository, views.set(of.pull, kept));
    const all = this.#events.get(of.repository) ?? new Map<number, Map<string, KeptEvent>>();
    const had = all.get(of.pull) ?? new Map<string, KeptEvent>();
    const now = new Map(events.map(({ id, words }) => [id, words]));
    for (const event of had.values()) had.set(event.id, { ...event, words: now.get(event.id) ?? "" });
    for (const event of events) if (!had.has(event.id)) had.set(event.id, { ...event });
    this.#events.set(of.repository, all.set(of.pull, had));
    return null;
  }

  async dropView({ repository, pull }: ProposalKey): Promise<null> {
    this.#views.get(repository)?.delete(pull);
    return null;
  }

  async eventsOf({ repository, pull }: ProposalKey): Promise<readonly KeptEvent[]> {
    return [...(this.#events.get(repository)?.get(pull)?.values() ?? [])]
      .map((one) => ({ ...one }))
      .sort(byTime);
  }

  async events(
    repository: number,
    pulls: readonly number[],
  ): Promise<readonly (KeptEvent & Pick<ProposalKey, "pull">)[]> {
    const each = [...new Set(pulls)].sort((a, b) => a - b);
    const all = await Promise.all(each.map((pull) => this.eventsOf({ repository, pull })));
    return all.flatMap((events, index) => events.map((one) => ({ pull: each[index] ?? 0, ...one })));
  }

  /** All but these are not shown any more. */
  keepOnly(kept: ReadonlySet<number>): void {
    for (const one of [this.#repositories, this.#rosters, this.#listed, this.#halts, this.#views])
      for (const repository of one.keys()) if (!kept.has(repository)) one.delete(repository);
  }
}

const byTime = (a: KeptEvent, b: KeptEvent): number => a.at - b.at || (a.id < b.id ? -1 : 1);
