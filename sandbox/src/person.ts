import type { FileChanges } from "./commits.js";
import { isAncestor } from "./commits.js";
import { dropBranch } from "./doings/bases.js";
import type { By } from "./doings/by.js";
import { repositoryOf } from "./doings/by.js";
import { rerequestCheckRun, rerequestSuite } from "./doings/checks.js";
import { addComment, deleteComment, editComment, minimizeComment } from "./doings/comments.js";
import { deleteRevision } from "./doings/history.js";
import { addLabels, createLabel, deleteLabel, removeLabel, renameLabel } from "./doings/labels.js";
import { enqueue } from "./doings/mergeQueue.js";
import {
  close,
  editThread,
  type MergeMethod,
  merge,
  openIssue,
  openPull,
  reopen,
  setDraft,
  setLocked,
} from "./doings/pulls.js";
import { type NewCommit, pushCommit, pushCommits, pushOid } from "./doings/pushes.js";
import { type ReactionTarget, react } from "./doings/reactions.js";
import { fork } from "./doings/repositories.js";
import {
  addInlineComment,
  deleteInline,
  dismissReview,
  editInline,
  editReview,
  findReview,
  type NewReview,
  resolveThread,
  submitReview,
} from "./doings/reviews.js";
import { may } from "./permissions.js";
import { notFound } from "./refusal.js";
import type { Comment, Commit, Inline, Label, ReactionContent, Repository, Review, Thread } from "./state.js";
import type { PullThread } from "./store.js";

export interface PullRequestWish {
  readonly title: string;
  readonly body?: string;
  /** What the pull request changes. */
  readonly files: FileChanges;
  /** The branch to make; named after the next number when not given. */
  readonly branch?: string;
  /** From a fork of one's own; so by default for who may not write. */
  readonly fork?: boolean;
  readonly base?: string;
  readonly draft?: boolean;
  /** Put on right after, when the author may. */
  readonly labels?: readonly string[];
  readonly message?: string;
}

/**
 * Somebody at the keyboard: does what people do on GitHub, and gets a `Refusal` thrown where GitHub refuses.
 * Every doing shows at once and sends its webhooks in the background.
 */
export class Person {
  readonly #by: By;

  constructor(by: By) {
    this.#by = by;
  }

  get id(): number {
    return this.#by.actor.accountId;
  }
  get login(): string {
    return this.#by.store.account(this.id).login;
  }

  /** The same person in another repository. */
  in(repositoryId: number): Person {
    return new Person({ ...this.#by, repositoryId });
  }

  // --- pull requests ---

  openPull(wish: PullRequestWish): PullThread {
    const by = this.#by;
    const forked = wish.fork ?? !may(by.actor, repositoryOf(by), "push");
    const headRepositoryId = forked ? fork(by).id : by.repositoryId;
    const headRef = wish.branch ?? `change-${repositoryOf(by).nextNumber}`;
    const base = repositoryOf(by).branches.get(wish.base ?? repositoryOf(by).defaultBranch);
    const home: By = { ...by, repositoryId: headRepositoryId };
    const starts = repositoryOf(home).branches.get(headRef);
    pushCommit(home, headRef, {
      files: wish.files,
      message: wish.message ?? wish.title,
      ...(starts === undefined && base !== undefined && { onto: [base] }),
    });
    const { title, body, draft } = wish;
    const opened = openPull(by, {
      title,
      headRepositoryId,
      headRef,
      ...(body !== undefined && { body }),
      ...(draft !== undefined && { draft }),
      ...(wish.base !== undefined && { base: wish.base }),
    });
    if (wish.labels?.length) addLabels(by, opened.number, wish.labels);
    return by.store.pull(by.repositoryId, opened.number);
  }

  openIssue(title: string, body = ""): Thread {
    return openIssue(this.#by, { title, body });
  }

  /** Adds a commit to a pull request's branch and pushes it; returns the new head. */
  push(number: number, files: FileChanges, more: Omit<NewCommit, "files"> = {}): Commit {
    const { home, headRef } = this.#head(number);
    return pushCommit(home, headRef, { ...more, files });
  }

  /** Adds many commits to it, and pushes them at once. */
  pushAll(number: number, commits: readonly FileChanges[]): void {
    const { home, headRef } = this.#head(number);
    pushCommits(
      home,
      headRef,
      commits.map((files) => ({ files })),
    );
  }

  /** Puts another commit in the head's place: a rewrite that stands on the old head's parent. */
  forcePush(number: number, files: FileChanges, more: Omit<NewCommit, "files" | "onto"> = {}): Commit {
    const { home, headRef, headOid } = this.#head(number);
    const parents = this.#by.store.state.commits.get(headOid)?.parents ?? [];
    const made = pushCommit(home, headRef, { ...more, files, onto: parents });
    if (isAncestor(this.#by.store.state, headOid, made.oid))
      throw new Error("this force-push rewrites nothing");
    return made;
  }

  #head(number: number) {
    const { pull } = this.#by.store.pull(this.#by.repositoryId, number);
    if (pull.headRepositoryId === null) throw notFound();
    return {
      home: { ...this.#by, repositoryId: pull.headRepositoryId },
      headRef: pull.headRef,
      headOid: pull.headOid,
    };
  }

  /** Commits on a branch of the repository, the default one when not given. */
  pushTo(branch: string | null, files: FileChanges, more: Omit<NewCommit, "files"> = {}): Commit {
    return pushCommit(this.#by, branch ?? repositoryOf(this.#by).defaultBranch, { ...more, files });
  }
  pointBranch(branch: string, oid: string): void {
    pushOid(this.#by, branch, oid);
  }
  deleteBranch(branch: string): void {
    dropBranch(this.#by, branch);
  }
  fork(): Repository {
    return fork(this.#by);
  }

  edit(number: number, change: { title?: string; body?: string; base?: string }): Thread {
    return editThread(this.#by, number, change);
  }
  close(number: number): void {
    close(this.#by, number);
  }
  reopen(number: number): void {
    reopen(this.#by, number);
  }
  toDraft(number: number): void {
    setDraft(this.#by, number, true);
  }
  ready(number: number): void {
    setDraft(this.#by, number, false);
  }
  lock(number: number): void {
    setLocked(this.#by, number, true);
  }
  unlock(number: number): void {
    setLocked(this.#by, number, false);
  }
  merge(number: number, method: MergeMethod = "merge"): string {
    return merge(this.#by, number, { method });
  }

  /** "Merge when ready", where the default branch has a merge queue; returns the group's own commit. */
  enqueue(number: number): string {
    return enqueue(this.#by, number).headOid;
  }

  // --- what people write ---

  comment(number: number, body: string): Comment {
    return addComment(this.#by, number, body);
  }
  editComment(id: number, body: string): Comment {
    return editComment(this.#by, id, body);
  }
  deleteComment(id: number): void {
    deleteComment(this.#by, id);
  }
  /** `reason`: OFF_TOPIC, OUTDATED, RESOLVED, SPAM…; null shows it again. */
  minimizeComment(id: number, reason: string | null = "off-topic"): Comment {
    return minimizeComment(this.#by, id, reason);
  }
  /** Takes one revision's text out of the edit history of a comment, review or inline comment; counted from 0, the creation. */
  deleteRevision(id: number, index: number): void {
    deleteRevision(this.#by, id, index);
  }

  review(number: number, review: NewReview): Review {
    return submitReview(this.#by, number, review);
  }
  approve(number: number, body = ""): Review {
    return submitReview(this.#by, number, { event: "APPROVE", body });
  }
  requestChanges(number: number, body: string): Review {
    return submitReview(this.#by, number, { event: "REQUEST_CHANGES", body });
  }
  editReview(id: number, body: string): Review {
    return editReview(this.#by, id, body);
  }
  dismiss(reviewId: number, message = "No longer so"): Review {
    return dismissReview(this.#by, reviewId, message);
  }

  inlineComment(number: number, path: string, line: number, body: string): Inline {
    return addInlineComment(this.#by, number, { path, line, body });
  }
  replyInline(number: number, to: number, body: string): Inline {
    return addInlineComment(this.#by, number, { replyTo: to, body });
  }
  editInline(id: number, body: string): Inline {
    return editInline(this.#by, id, body);
  }
  deleteInline(id: number): void {
    deleteInline(this.#by, id);
  }
  resolveThread(firstId: number, resolved = true): void {
    resolveThread(this.#by, firstId, resolved);
  }

  react(kind: ReactionTarget, id: number, content: ReactionContent): void {
    const place = kind === "review" ? findReview(this.#by, id).thread : this.#by.store.places.get(id);
    if (!place) throw notFound();
    react(this.#by, kind, place.number, id, content);
  }

  // --- labels and checks ---

  label(number: number, ...names: string[]): void {
    addLabels(this.#by, number, names);
  }
  unlabel(number: number, name: string): void {
    removeLabel(this.#by, number, name);
  }
  createLabel(name: string, color = "ededed", description: string | null = null): Label {
    return createLabel(this.#by, { name, color, description });
  }
  renameLabel(name: string, newName: string): Label {
    return renameLabel(this.#by, name, newName);
  }
  deleteLabel(name: string): void {
    deleteLabel(this.#by, name);
  }
  rerunCheck(id: number): void {
    rerequestCheckRun(this.#by, id);
  }
  /** "Re-run all checks" on the head of a pull request. */
  rerunChecks(number: number): void {
    rerequestSuite(this.#by, this.#by.store.pull(this.#by.repositoryId, number).pull.headOid);
  }
}
