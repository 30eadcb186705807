import type { AppPermissions } from "./permissions.js";
import { notFound } from "./refusal.js";
import type { Account, Label, Repository, State, Thread } from "./state.js";

/** The App the sandbox knows, and its one installation. */
export interface AppFacts {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly botId: number;
  readonly installationId: number;
  /** What its one installation has granted, … */
  readonly permissions: AppPermissions;
  /** … and what its settings ask for: more, until an owner has accepted that. */
  readonly asks: AppPermissions;
  readonly events: readonly string[];
  readonly createdAt: number;
}

/** Another App: it has an account that writes, and its own check runs. */
export type OtherAppFacts = Pick<AppFacts, "id" | "slug" | "name" | "botId">;

/** What an answer is made from: one state (the present one, or an older one when reads lag), and how to write links. */
export interface View {
  readonly state: State;
  readonly app: AppFacts;
  /** Others than the clerk's. */
  readonly otherApps: readonly OtherAppFacts[];
  /** The clock's moment. */
  readonly now: number;
  /** Where the REST API answers, without a slash at the end. */
  readonly api: string;
  /** Where people look, without a slash at the end. */
  readonly html: string;
}

/** `2026-03-03T14:05:00Z`: whole seconds, UTC. */
export function time(at: number): string {
  const known = times.get(at);
  if (known !== undefined) return known;
  if (times.size > 5000) times.clear();
  const text = `${new Date(at).toISOString().slice(0, 19)}Z`;
  times.set(at, text);
  return text;
}
/** Each answer has the same ones again. */
const times = new Map<number, string>();
export const timeOrNull = (at: number | null): string | null => (at === null ? null : time(at));

/** undefined once the account is deleted. */
export const accountOf = (view: View, id: number | null): Account | undefined =>
  id === null ? undefined : view.state.accounts.get(id);

export function ownerOf(view: View, repository: Repository): Account {
  const owner = view.state.accounts.get(repository.ownerId);
  if (!owner) throw notFound();
  return owner;
}

/** Names are matched without regard to case. */
export function findRepository(view: View, owner: string, name: string): Repository | undefined {
  for (const repository of view.state.repositories.values())
    if (
      repository.name.toLowerCase() === name.toLowerCase() &&
      view.state.accounts.get(repository.ownerId)?.login.toLowerCase() === owner.toLowerCase()
    )
      return repository;
  return undefined;
}

export const fullName = (view: View, repository: Repository): string =>
  `${ownerOf(view, repository).login}/${repository.name}`;
export const apiUrl = (view: View, repository: Repository): string =>
  `${view.api}/repos/${fullName(view, repository)}`;
export const htmlUrl = (view: View, repository: Repository): string =>
  `${view.html}/${fullName(view, repository)}`;
export const threadUrl = (view: View, repository: Repository, thread: Thread): string =>
  `${htmlUrl(view, repository)}/${thread.pull ? "pull" : "issues"}/${thread.number}`;

export const labelsOf = (repository: Repository, thread: Thread): readonly Label[] =>
  thread.labelIds.flatMap((id) => repository.labels.get(id) ?? []);

/** Whose suite it is; null: the clerk's. */
export const appOf = (view: View, id: number | null): OtherAppFacts =>
  view.otherApps.find((one) => one.id === id) ?? view.app;
