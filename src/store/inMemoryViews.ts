import type { ProposalKey } from "./port.js";
import type { KeptEvent, KeptRepository, KeptRoster, KeptSummary, KeptView, ViewKeeper } from "./views.js";

/** What the pages are made from, gone with its process. */
export class InMemoryViews implements ViewKeeper {
  readonly #repositories = new Map<number, KeptRepository>();
  readonly #rosters = new Map<number, KeptRoster>();
  readonly #listed = new Map<number, number>();
  readonly #views = new Map<number, Map<number, KeptView>>();
  readonly #events = new Map<number, Map<number, Map<string, KeptEvent>>>();

  async repositories(): Promise<readonly KeptRepository[]> {
    return [...this.#repositories.values()]
      .map((one) => ({ ...one }))
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

  async summaries(repository: number): Promise<readonly KeptSummary[]> {
    return [...(this.#views.get(repository) ?? [])]
      .map(([pull, { summary }]) => ({ pull, summary }))
      .sort((a, b) => a.pull - b.pull);
  }

  async view({ repository, pull }: ProposalKey): Promise<KeptView | null> {
    const kept = this.#views.get(repository)?.get(pull);
    return kept === undefined ? null : { ...kept };
  }

  async putView(of: ProposalKey, view: KeptView, events: readonly KeptEvent[]): Promise<null> {
    const views = this.#views.get(of.repository) ?? new Map<number, KeptView>();
    this.#views.set(of.repository, views.set(of.pull, { ...view }));
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

  async events(repository: number): Promise<readonly (KeptEvent & Pick<ProposalKey, "pull">)[]> {
    const shown = this.#views.get(repository);
    return [...(this.#events.get(repository) ?? [])]
      .filter(([pull]) => shown?.has(pull))
      .flatMap(([pull, events]) => [...events.values()].map((one) => ({ ...one, pull })))
      .sort((a, b) => a.at - b.at || a.pull - b.pull || byTime(a, b));
  }

  /** All but these are not shown any more. */
  keepOnly(kept: ReadonlySet<number>): void {
    for (const one of [this.#repositories, this.#rosters, this.#listed, this.#views])
      for (const repository of one.keys()) if (!kept.has(repository)) one.delete(repository);
  }
}

const byTime = (a: KeptEvent, b: KeptEvent): number => a.at - b.at || (a.id < b.id ? -1 : 1);
