import type { ProposalKey, Stored } from "./port.js";
import type { ViewKeeper, ViewStore } from "./views.js";

/** How a guard reads and writes: what cannot be kept is refused before anything is, and what is thrown becomes `unavailable`. */
export interface Guard {
  readonly kept: <T>(faults: readonly (string | null)[], work: () => Promise<T>) => Promise<Stored<T>>;
  readonly repositoryFault: (repository: number) => string | null;
  readonly keyFaults: (of: ProposalKey) => readonly (string | null)[];
  readonly moment: (at: number) => string | null;
}

/** The part of a store that the pages are made from, from its bare implementation. */
export const guardedViews = (
  views: ViewKeeper,
  { kept, repositoryFault, keyFaults, moment }: Guard,
): ViewStore => {
  const pullFaults = (repository: number, pulls: readonly number[]) =>
    pulls.flatMap((pull) => keyFaults({ repository, pull }));
  return {
    repositories: () => kept([], () => views.repositories()),
    putRepository: (one) => kept([repositoryFault(one.repository)], () => views.putRepository(one)),
    roster: (repository) => kept([repositoryFault(repository)], () => views.roster(repository)),
    putRoster: (repository, roster) =>
      kept([repositoryFault(repository)], () => views.putRoster(repository, roster)),
    listed: (repository) => kept([repositoryFault(repository)], () => views.listed(repository)),
    putListed: (repository, at) =>
      kept([repositoryFault(repository), moment(at)], () => views.putListed(repository, at)),
    putHalt: (repository, halt) => kept([repositoryFault(repository)], () => views.putHalt(repository, halt)),
    editions: (repository) => kept([repositoryFault(repository)], () => views.editions(repository)),
    summaries: (repository, pulls) =>
      kept(pullFaults(repository, pulls), () => views.summaries(repository, pulls)),
    view: (of) => kept(keyFaults(of), () => views.view(of)),
    putView: (of, view, events) =>
      kept([...keyFaults(of), ...events.flatMap((one) => [idFault(one.id), moment(one.at)])], () =>
        views.putView(of, view, events),
      ),
    dropView: (of) => kept(keyFaults(of), () => views.dropView(of)),
    eventsOf: (of) => kept(keyFaults(of), () => views.eventsOf(of)),
    events: (repository, pulls) => kept(pullFaults(repository, pulls), () => views.events(repository, pulls)),
  };
};

/** Databases differ in how they order other letters. */
export const idFault = (id: string): string | null =>
  /^[\x20-\x7e]{1,200}$/.test(id) ? null : "the name of an event is no ASCII text of 1 to 200 characters";
