import { addCommit, changedFiles, type FileChanges } from "../commits.js";
import { demand } from "../permissions.js";
import { invalid, notFound } from "../refusal.js";
import type { Account, Level, Repository } from "../state.js";
import { isPull, type Store, withEntry, withoutEntry } from "../store.js";
import { type By, repositoryOf } from "./by.js";

export function addAccount(
  store: Store,
  made: { login: string; id?: number; type?: Account["type"] },
): Account {
  const { login, type = "User" } = made;
  for (const other of store.state.accounts.values())
    if (other.login.toLowerCase() === login.toLowerCase())
      throw new Error(`the sandbox has an account ${login} already`);
  const account: Account = { id: made.id ?? freeAccountId(store), login, type };
  if (store.state.accounts.has(account.id))
    throw new Error(`the sandbox has an account with the id ${account.id} already`);
  store.set({ ...store.state, accounts: withEntry(store.state.accounts, account.id, account) });
  return account;
}

/** Ids that somebody brought along are passed over. */
function freeAccountId(store: Store): number {
  for (;;) {
    const id = store.ids.next("account");
    if (!store.state.accounts.has(id)) return id;
  }
}

/** The login is free for somebody else at once; the id stays. */
export function renameAccount(store: Store, id: number, login: string): void {
  store.set({
    ...store.state,
    accounts: withEntry(store.state.accounts, id, { ...store.account(id), login }),
  });
}

/** What the account wrote stays, without an author; its forks go with it. */
export function deleteAccount(store: Store, id: number): void {
  for (const repository of store.state.repositories.values()) {
    if (repository.ownerId !== id) continue;
    if (repository.parentId === null)
      throw new Error("an account that owns a repository of its own is not deleted here");
    deleteRepository(store, repository.id);
  }
  store.set({ ...store.state, accounts: withoutEntry(store.state.accounts, id) });
}

export interface NewRepository {
  readonly name: string;
  readonly description?: string;
  readonly defaultBranch?: string;
  readonly files?: FileChanges;
  readonly installed?: boolean;
}

export function createRepository(store: Store, ownerId: number, made: NewRepository): Repository {
  const at = store.stamp();
  const owner = store.account(ownerId);
  const signature = {
    name: owner.login,
    email: `${owner.login}@users.noreply.github.com`,
    date: at,
    accountId: ownerId,
  };
  const files = changedFiles(new Map(), made.files ?? { "README.md": `# ${made.name}\n` });
  const first = addCommit(store, {
    parents: [],
    files,
    message: "First commit",
    author: signature,
    committer: signature,
  });
  const defaultBranch = made.defaultBranch ?? "main";
  const repository: Repository = {
    id: store.ids.next("repository"),
    ownerId,
    name: made.name,
    description: made.description ?? "",
    archived: false,
    hasIssues: true,
    private: false,
    createdAt: at,
    updatedAt: at,
    pushedAt: at,
    defaultBranch,
    dismissStaleReviews: false,
    rules: [],
    protection: null,
    installed: made.installed ?? true,
    parentId: null,
    levels: new Map(),
    branches: new Map([[defaultBranch, first.oid]]),
    labels: new Map(),
    threads: new Map(),
    suites: new Map(),
    runs: new Map(),
    nextNumber: 1,
    queue: [],
  };
  store.set({ ...store.state, repositories: withEntry(store.state.repositories, repository.id, repository) });
  return repository;
}

/** One's own fork; the one there is when there is one. The App is not installed on it. */
export function fork(by: By): Repository {
  const { store, actor } = by;
  const origin = repositoryOf(by);
  for (const one of store.state.repositories.values())
    if (one.parentId === origin.id && one.ownerId === actor.accountId) return one;
  const made: Repository = {
    ...origin,
    id: store.ids.next("repository"),
    ownerId: actor.accountId,
    createdAt: store.stamp(),
    installed: false,
    archived: false,
    private: false,
    parentId: origin.id,
    dismissStaleReviews: false,
    rules: [],
    protection: null,
    levels: new Map(),
    labels: new Map(),
    threads: new Map(),
    suites: new Map(),
    runs: new Map(),
    nextNumber: 1,
    queue: [],
  };
  store.set({ ...store.state, repositories: withEntry(store.state.repositories, made.id, made) });
  return made;
}

/** Open pull requests from it stay open, with their last commit, and no repository to push to. */
export function deleteRepository(store: Store, id: number): void {
  const { parentId } = store.repository(id);
  store.set({ ...store.state, repositories: withoutEntry(store.state.repositories, id) });
  if (parentId === null) return;
  for (const thread of store.repository(parentId).threads.values())
    if (isPull(thread) && thread.pull.headRepositoryId === id)
      store.changePull(parentId, thread.number, () => ({ headRepositoryId: null }));
}

export function setLevel(store: Store, repositoryId: number, accountId: number, level: Level): void {
  store.changeRepository(repositoryId, (now) => ({
    ...now,
    levels: withEntry(now.levels, accountId, level),
  }));
}

export function renameRepository(by: By, name: string): void {
  const { name: from } = repositoryOf(by);
  demand(by.actor, repositoryOf(by), "administer");
  by.store.changeRepository(by.repositoryId, (now) => ({ ...now, name, updatedAt: by.store.stamp() }));
  by.store.tell({
    event: "repository",
    action: "renamed",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    changes: { repository: { name: { from } } },
  });
}

export function setDefaultBranch(by: By, branch: string): void {
  const { defaultBranch: from, branches } = repositoryOf(by);
  demand(by.actor, repositoryOf(by), "administer");
  if (!branches.has(branch))
    throw invalid({ resource: "Repository", code: "invalid", field: "default_branch" });
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    defaultBranch: branch,
    updatedAt: by.store.stamp(),
  }));
  by.store.tell({
    event: "repository",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    changes: { default_branch: { from } },
  });
}

export function setArchived(by: By, archived: boolean): void {
  if (!by.store.state.repositories.has(by.repositoryId)) throw notFound();
  by.store.changeRepository(by.repositoryId, (now) => ({ ...now, archived, updatedAt: by.store.stamp() }));
  by.store.tell({
    event: "repository",
    action: archived ? "archived" : "unarchived",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
  });
}
