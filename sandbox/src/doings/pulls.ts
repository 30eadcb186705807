import { addCommit, commitsBetween, mergedTree } from "../commits.js";
import type { PullAction } from "../happening.js";
import { demand, may, refused } from "../permissions.js";
import { invalid, Refusal } from "../refusal.js";
import type { Pull, Thread } from "../state.js";
import { checkBody, type NewEvent, type PullThread, withEntry } from "../store.js";
import { type By, edited, repositoryOf, startWriting } from "./by.js";
import { markMerged, moveBranch, signatureOf } from "./pushes.js";
import { dismissForBase } from "./reviews.js";

export interface NewPull {
  readonly title: string;
  readonly body?: string;
  readonly base?: string;
  readonly headRepositoryId: number;
  readonly headRef: string;
  readonly draft?: boolean;
}

export function openPull(by: By, made: NewPull): PullThread {
  const { store, repositoryId } = by;
  const repository = repositoryOf(by);
  demand(by.actor, repository, "open");
  const base = made.base ?? repository.defaultBranch;
  const headRepository = store.repository(made.headRepositoryId);
  const headOid = headRepository.branches.get(made.headRef);
  const baseOid = repository.branches.get(base);
  if (headOid === undefined) throw invalid({ resource: "PullRequest", code: "invalid", field: "head" });
  if (baseOid === undefined) throw invalid({ resource: "PullRequest", code: "invalid", field: "base" });
  if (commitsBetween(store.state, baseOid, headOid).length === 0)
    throw invalid({
      resource: "PullRequest",
      code: "custom",
      message: `No commits between ${base} and ${made.headRef}`,
    });
  const pull: Pull = {
    id: store.ids.next("pull"),
    draft: made.draft ?? false,
    base,
    baseOid,
    headRepositoryId: made.headRepositoryId,
    headLabel: `${store.account(headRepository.ownerId).login}:${made.headRef}`,
    headRef: made.headRef,
    headOid,
    mergedAt: null,
    mergedById: null,
    mergeOid: null,
    reviews: [],
    inline: [],
    resolved: new Map(),
  };
  const thread = addThread(by, made.title, made.body ?? "", pull);
  tell(by, thread.number, "opened");
  return store.pull(repositoryId, thread.number);
}

export function openIssue(by: By, made: { title: string; body?: string }): Thread {
  demand(by.actor, repositoryOf(by), "comment");
  // https://docs.github.com/rest/issues/issues#create-an-issue
  if (!repositoryOf(by).hasIssues) throw new Refusal(410, "Issues are disabled for this repo");
  return addThread(by, made.title, made.body ?? "", null);
}

function addThread(by: By, title: string, body: string, pull: Pull | null): Thread {
  if (title.trim() === "") throw invalid({ resource: "Issue", code: "missing_field", field: "title" });
  checkBody(body, "Issue");
  const number = repositoryOf(by).nextNumber;
  const thread: Thread = {
    ...startWriting(by, body),
    id: by.store.ids.next("issue"),
    number,
    title,
    state: "open",
    closedAt: null,
    locked: false,
    labelIds: [],
    comments: [],
    events: [],
    pull,
  };
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    threads: withEntry(now.threads, number, thread),
    nextNumber: number + 1,
  }));
  return thread;
}

export interface ThreadEdit {
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  readonly base?: string | undefined;
  readonly state?: "open" | "closed" | undefined;
}

/** Title, body, base and state, as PATCH does; each that differs makes its event and webhook. */
export function editThread(by: By, number: number, edit: ThreadEdit): Thread {
  const before = by.store.thread(by.repositoryId, number);
  if (edit.title !== undefined || edit.body !== undefined || edit.base !== undefined)
    editText(by, before, edit);
  if (edit.state !== undefined && edit.state !== before.state)
    (edit.state === "closed" ? close : reopen)(by, number);
  return by.store.thread(by.repositoryId, number);
}

function demandOwnOr(by: By, thread: Thread, duty: "edit" | "close"): void {
  const repository = repositoryOf(by);
  if (repository.archived || (by.actor.app === null && thread.authorId === by.actor.accountId)) {
    if (repository.archived) demand(by.actor, repository, duty);
    return;
  }
  if (!may(by.actor, repository, duty)) throw refused(by.actor, duty);
}

function editText(by: By, before: Thread, edit: ThreadEdit): void {
  const { number } = before;
  demandOwnOr(by, before, "edit");
  if (edit.body !== undefined) checkBody(edit.body, "Issue");
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== before.title) {
    const { title } = edit;
    changes.title = { from: before.title };
    by.store.changeThread(by.repositoryId, number, (now) => ({ ...now, title }));
    by.store.addEvent(by.repositoryId, number, by.actor, { kind: "renamed", from: before.title, to: title });
  }
  if (edit.body !== undefined && edit.body !== before.body) {
    const { body } = edit;
    changes.body = { from: before.body };
    by.store.changeThread(by.repositoryId, number, (now) => edited(by, now, body));
  }
  if (edit.base !== undefined && before.pull && edit.base !== before.pull.base) {
    const { base } = edit;
    const baseOid = repositoryOf(by).branches.get(base);
    if (baseOid === undefined) throw invalid({ resource: "PullRequest", code: "invalid", field: "base" });
    changes.base = { ref: { from: before.pull.base }, sha: { from: before.pull.baseOid } };
    by.store.changePull(by.repositoryId, number, () => ({ base, baseOid }));
    by.store.addEvent(by.repositoryId, number, by.actor, {
      kind: "base_ref_changed",
      from: before.pull.base,
      to: base,
    });
    dismissForBase(by, number);
  }
  if (Object.keys(changes).length === 0) return;
  by.store.changeThread(by.repositoryId, number, (now) => ({ ...now, updatedAt: by.store.stamp() }));
  if (before.pull) tell(by, number, "edited", { changes });
}

export function close(by: By, number: number): void {
  const thread = by.store.thread(by.repositoryId, number);
  demandOwnOr(by, thread, "close");
  if (thread.state === "closed") return;
  const at = by.store.stamp();
  by.store.changeThread(by.repositoryId, number, (now) => ({ ...now, state: "closed", closedAt: at }));
  record(by, thread, { kind: "closed" }, "closed");
}

export function reopen(by: By, number: number): void {
  const thread = by.store.thread(by.repositoryId, number);
  demandOwnOr(by, thread, "close");
  if (thread.state === "open") return;
  if (thread.pull?.mergedAt != null || thread.pull?.headRepositoryId === null)
    throw invalid({
      resource: "PullRequest",
      code: "invalid",
      field: "state",
      message: "state cannot be changed. The pull request cannot be reopened.",
    });
  const headOid = thread.pull
    ? by.store.state.repositories.get(thread.pull.headRepositoryId ?? -1)?.branches.get(thread.pull.headRef)
    : undefined;
  by.store.changeThread(by.repositoryId, number, (now) => ({
    ...now,
    state: "open",
    closedAt: null,
    pull: now.pull && headOid !== undefined ? { ...now.pull, headOid } : now.pull,
  }));
  record(by, thread, { kind: "reopened" }, "reopened");
}

export function setDraft(by: By, number: number, draft: boolean): void {
  const thread = by.store.pull(by.repositoryId, number);
  demandOwnOr(by, thread, "edit");
  if (thread.pull.draft === draft) return;
  by.store.changePull(by.repositoryId, number, () => ({ draft }));
  record(
    by,
    thread,
    { kind: draft ? "convert_to_draft" : "ready_for_review" },
    draft ? "converted_to_draft" : "ready_for_review",
  );
}

export function setLocked(by: By, number: number, locked: boolean): void {
  const thread = by.store.thread(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "lock");
  if (thread.locked === locked) return;
  by.store.changeThread(by.repositoryId, number, (now) => ({ ...now, locked }));
  record(by, thread, { kind: locked ? "locked" : "unlocked" }, locked ? "locked" : "unlocked");
}

function record(by: By, thread: Thread, event: NewEvent, action: PullAction): void {
  by.store.addEvent(by.repositoryId, thread.number, by.actor, event);
  if (thread.pull) tell(by, thread.number, action);
}

function tell(
  by: By,
  number: number,
  action: PullAction,
  more: { changes?: Readonly<Record<string, unknown>> } = {},
): void {
  by.store.tell({
    event: "pull_request",
    action,
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    ...more,
  });
}

export type MergeMethod = "merge" | "squash" | "rebase";

/** https://docs.github.com/rest/pulls/pulls#merge-a-pull-request */
export function merge(
  by: By,
  number: number,
  options: { method?: MergeMethod; sha?: string; message?: string } = {},
): string {
  const { store } = by;
  const thread = store.pull(by.repositoryId, number);
  const { pull } = thread;
  demand(by.actor, repositoryOf(by), "merge");
  if (thread.state !== "open" || pull.draft)
    throw new Refusal(405, pull.draft ? "Pull Request is still a draft" : "Pull Request is not mergeable");
  if (options.sha !== undefined && options.sha !== pull.headOid)
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  const tip = repositoryOf(by).branches.get(pull.base);
  if (tip === undefined) throw new Refusal(405, "Base branch was deleted");
  const files = mergedTree(store.state, tip, pull.headOid);
  if (files === null) throw new Refusal(405, "Pull Request has merge conflicts");
  const signature = signatureOf(by);
  const commit = addCommit(store, {
    parents: (options.method ?? "merge") === "merge" ? [tip, pull.headOid] : [tip],
    files,
    message:
      options.message ??
      `Merge pull request #${number} from ${pull.headLabel.replace(":", "/")}\n\n${thread.title}`,
    author: signature,
    committer: { ...signature, name: "GitHub", email: "noreply@github.com", accountId: null },
  });
  // GitHub marks it merged first, then the branch moves: its own push must not find it open and mark it a second time.
  markMerged(by, number, commit.oid);
  moveBranch(by, pull.base, commit.oid);
  return commit.oid;
}
