import { addCommit, changedFiles, type FileChanges, isAncestor } from "../commits.js";
import { demand } from "../permissions.js";
import { Refusal } from "../refusal.js";
import type { Commit, Repository, Signature } from "../state.js";
import { isPull, withEntry, withoutEntry } from "../store.js";
import { type By, repositoryOf } from "./by.js";
import { requestSuite } from "./checks.js";
import { dismissStale } from "./reviews.js";

export interface NewCommit {
  readonly files: FileChanges;
  readonly message?: string;
  /** Who the commit says wrote and committed it; the pusher when not given. Names and dates are claims, GitHub checks neither. */
  readonly author?: Partial<Signature>;
  readonly committer?: Partial<Signature>;
  /** What it stands on, in place of the branch's tip: with it the push is a force-push unless it stands on the tip. */
  readonly onto?: readonly string[];
}

/** Commits on a branch and pushes it. A new branch starts at the default branch. */
export function pushCommit(by: By, branch: string, made: NewCommit): Commit {
  const repository = repositoryOf(by);
  demand(by.actor, repository, "push");
  const tip = repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch);
  const commit = committed(by, made.onto ?? (tip === undefined ? [] : [tip]), made);
  moveBranch(by, branch, commit.oid);
  return commit;
}

/** Commits on a branch that there is, one on the other, and pushes them all at once: GitHub tells of the last. */
export function pushCommits(by: By, branch: string, made: readonly NewCommit[]): void {
  const repository = repositoryOf(by);
  demand(by.actor, repository, "push");
  const tip = made.reduce((on, one) => committed(by, [on], one).oid, repository.branches.get(branch) ?? "");
  moveBranch(by, branch, tip);
}

function committed(by: By, parents: readonly string[], made: NewCommit): Commit {
  const pusher = signatureOf(by);
  return addCommit(by.store, {
    parents,
    files: changedFiles(by.store.state.commits.get(parents[0] ?? "")?.files ?? new Map(), made.files),
    message: made.message ?? `Change ${Object.keys(made.files).join(", ")}`,
    author: { ...pusher, ...made.author },
    committer: { ...pusher, ...made.committer },
  });
}

export function signatureOf(by: By): Signature {
  const { id, login } = by.store.account(by.actor.accountId);
  return {
    name: login,
    email: `${id}+${login}@users.noreply.github.com`,
    date: by.store.stamp(),
    accountId: id,
  };
}

/** Points a branch at a commit there is, and does what GitHub does then: webhooks, pull requests that follow, merges found. */
export function pushOid(by: By, branch: string, oid: string): void {
  demand(by.actor, repositoryOf(by), "push");
  if (!by.store.state.commits.has(oid)) throw new Refusal(422, `No commit found for SHA: ${oid}`);
  moveBranch(by, branch, oid);
}

export function moveBranch(by: By, branch: string, oid: string): void {
  const { store, repositoryId } = by;
  const repository = repositoryOf(by);
  const before = repository.branches.get(branch) ?? null;
  if (before === oid) return;
  const forced = before !== null && !isAncestor(store.state, before, oid);
  const at = store.stamp();
  if (repository.parentId === null) store.cameByFork.delete(oid);
  else if (!store.cameByFork.has(oid) && !isAtHome(by, repository.parentId, oid))
    store.cameByFork.set(oid, store.clock.now());
  store.changeRepository(repositoryId, (now) => ({
    ...now,
    branches: withEntry(now.branches, branch, oid),
    pushedAt: at,
  }));
  store.tell({
    event: "push",
    repositoryId,
    senderId: by.actor.accountId,
    branch,
    before,
    after: oid,
    forced,
  });
  if (repository.installed) requestSuite(by, oid, branch);
  if (before === null) return;
  for (const base of followers(by)) {
    for (const thread of base.threads.values())
      if (
        isPull(thread) &&
        thread.state === "open" &&
        thread.pull.headRepositoryId === repositoryId &&
        thread.pull.headRef === branch
      )
        synchronize({ ...by, repositoryId: base.id }, thread.number, before, oid, forced);
  }
  noticeMerges(by, branch, oid);
}

/** Is a branch of the repository itself on this commit, or was it? */
const isAtHome = ({ store }: By, home: number, oid: string): boolean =>
  [...(store.state.repositories.get(home)?.branches.values() ?? [])].some((tip) =>
    isAncestor(store.state, oid, tip),
  );

export function deleteBranch(by: By, branch: string): void {
  const repository = repositoryOf(by);
  demand(by.actor, repository, "push");
  const before = repository.branches.get(branch);
  if (before === undefined) throw new Refusal(422, "Reference does not exist");
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    branches: withoutEntry(now.branches, branch),
  }));
  by.store.tell({
    event: "push",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    branch,
    before,
    after: null,
    forced: false,
  });
}

/** Repositories whose pull requests may have this one as head. */
function followers(by: By): readonly Repository[] {
  const { parentId } = repositoryOf(by);
  return [by.repositoryId, parentId].flatMap((id) => by.store.state.repositories.get(id ?? -1) ?? []);
}

function synchronize(by: By, number: number, before: string, after: string, forced: boolean): void {
  const { store, repositoryId } = by;
  const at = store.stamp();
  const repository = repositoryOf(by);
  store.changePull(
    repositoryId,
    number,
    (pull) => ({ headOid: after, baseOid: repository.branches.get(pull.base) ?? pull.baseOid }),
    () => ({ updatedAt: at }),
  );
  if (forced)
    store.addEvent(repositoryId, number, by.actor, { kind: "head_ref_force_pushed", before, after });
  store.tell({
    event: "pull_request",
    action: "synchronize",
    repositoryId,
    senderId: by.actor.accountId,
    number,
    before,
    after,
  });
  if (
    repository.dismissStaleReviews &&
    store.pull(repositoryId, number).pull.base === repository.defaultBranch
  )
    dismissStale(by, number);
}

/** A pull request whose head reaches its base branch by a plain push is merged. */
function noticeMerges(by: By, branch: string, oid: string): void {
  for (const thread of repositoryOf(by).threads.values())
    if (
      isPull(thread) &&
      thread.state === "open" &&
      thread.pull.base === branch &&
      isAncestor(by.store.state, thread.pull.headOid, oid)
    )
      markMerged(by, thread.number, oid);
}

export function markMerged(by: By, number: number, oid: string): void {
  const at = by.store.stamp();
  by.store.changePull(
    by.repositoryId,
    number,
    () => ({ mergedAt: at, mergedById: by.actor.accountId, mergeOid: oid }),
    () => ({ state: "closed", closedAt: at }),
  );
  by.store.addEvent(by.repositoryId, number, by.actor, { kind: "merged", oid });
  by.store.addEvent(by.repositoryId, number, by.actor, { kind: "closed" });
  by.store.tell({
    event: "pull_request",
    action: "closed",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
  });
}
