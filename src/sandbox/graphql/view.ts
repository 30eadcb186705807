import type { Repository, State } from "../state.js";
import type { Store } from "../store.js";

/**
 * What one query sees: the state at one moment (which may lie a little back, when reads lag), by whose eyes. Nothing here
 * changes anything.
 */
export interface View {
  readonly store: Store;
  readonly state: State;
  /** The moment of the state, which decides what has gone stale. */
  readonly now: number;
  /** The App's bot account. */
  readonly viewerId: number;
  readonly appId: number;
  /** Base of links, e.g. `http://127.0.0.1:4100`. */
  readonly web: string;
  readonly rate: {
    readonly limit: number;
    readonly remaining: number;
    readonly used: number;
    readonly resetAt: number;
  };
}

export const timeOf = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
export const maybeTime = (at: number | null): string | null => (at === null ? null : timeOf(at));

export function repositoryNamed(view: View, owner: string, name: string): Repository | null {
  for (const repository of view.state.repositories.values()) {
    const login = view.state.accounts.get(repository.ownerId)?.login ?? "";
    if (login.toLowerCase() === owner.toLowerCase() && repository.name.toLowerCase() === name.toLowerCase())
      return repository;
  }
  return null;
}

export const ownerOf = (view: View, repository: Repository): string =>
  view.state.accounts.get(repository.ownerId)?.login ?? "ghost";
