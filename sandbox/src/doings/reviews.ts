import { demand } from "../permissions.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import type { Inline, Review, ReviewState } from "../state.js";
import { checkBody, type PullThread } from "../store.js";
import { type By, demandAuthorOrWriter, demandUnlocked, edited, repositoryOf, startWriting } from "./by.js";

export interface NewReview {
  readonly event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
  readonly body?: string;
  /** The commit looked at; the head when not given. */
  readonly commit?: string;
  readonly comments?: readonly { readonly path: string; readonly line: number; readonly body: string }[];
}

const STATE = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

export function submitReview(by: By, number: number, made: NewReview): Review {
  const thread = by.store.pull(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "review");
  demandUnlocked(by, thread);
  const body = made.body ?? "";
  checkBody(body, "PullRequestReview");
  if (thread.authorId === by.actor.accountId && made.event !== "COMMENT")
    throw new Refusal(422, "Unprocessable Entity", [
      made.event === "APPROVE"
        ? "Can not approve your own pull request"
        : "Can not request changes on your own pull request",
    ]);
  if (body.trim() === "" && made.event === "REQUEST_CHANGES")
    throw new Refusal(422, "Unprocessable Entity", ["Can not request changes without a body"]);
  if (body.trim() === "" && made.event === "COMMENT" && !made.comments?.length)
    throw new Refusal(422, "Unprocessable Entity", ["Body can't be blank"]);
  const at = by.store.stamp();
  const commit = made.commit ?? thread.pull.headOid;
  const review: Review = {
    ...startWriting(by, body),
    id: by.store.ids.next("review"),
    state: STATE[made.event],
    submittedAt: at,
    commit,
  };
  by.store.places.set(review.id, { repositoryId: by.repositoryId, number });
  by.store.changePull(
    by.repositoryId,
    number,
    (pull) => ({ reviews: [...pull.reviews, review] }),
    () => ({ updatedAt: at }),
  );
  by.store.tell({
    event: "pull_request_review",
    action: "submitted",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    review,
  });
  for (const comment of made.comments ?? []) addInline(by, thread, review, { ...comment, replyToId: null });
  return review;
}

function addInline(
  by: By,
  thread: PullThread,
  review: Review,
  made: { path: string; line: number; body: string; replyToId: number | null },
): Inline {
  checkBody(made.body, "PullRequestReviewComment");
  const inline: Inline = {
    ...startWriting(by, made.body),
    id: by.store.ids.next("inline"),
    reviewId: review.id,
    path: made.path,
    line: made.line,
    commit: review.commit,
    originalCommit: review.commit,
    replyToId: made.replyToId,
    minimized: null,
  };
  by.store.places.set(inline.id, { repositoryId: by.repositoryId, number: thread.number });
  by.store.changePull(
    by.repositoryId,
    thread.number,
    (pull) => ({ inline: [...pull.inline, inline] }),
    () => ({ updatedAt: inline.createdAt }),
  );
  by.store.tell({
    event: "pull_request_review_comment",
    action: "created",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number: thread.number,
    inline,
  });
  return inline;
}

/** A single inline comment, or an answer in a thread: GitHub wraps it in a comment-only review of its own. */
export function addInlineComment(
  by: By,
  number: number,
  made: { path: string; line: number; body: string } | { replyTo: number; body: string },
): Inline {
  const thread = by.store.pull(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "review");
  demandUnlocked(by, thread);
  const first = "replyTo" in made ? threadStart(thread, made.replyTo) : null;
  const place = first ?? ("path" in made ? made : null);
  if (!place) throw notFound();
  const review: Review = {
    ...startWriting(by, ""),
    id: by.store.ids.next("review"),
    state: "COMMENTED",
    submittedAt: by.store.stamp(),
    commit: thread.pull.headOid,
  };
  by.store.places.set(review.id, { repositoryId: by.repositoryId, number });
  by.store.changePull(by.repositoryId, number, (pull) => ({ reviews: [...pull.reviews, review] }));
  by.store.tell({
    event: "pull_request_review",
    action: "submitted",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    review,
  });
  return addInline(by, thread, review, {
    path: place.path,
    line: place.line,
    body: made.body,
    replyToId: first?.id ?? null,
  });
}

function threadStart(thread: PullThread, id: number): Inline {
  const one = thread.pull.inline.find((inline) => inline.id === id);
  const first =
    one?.replyToId === null ? one : thread.pull.inline.find((inline) => inline.id === one?.replyToId);
  if (!first) throw notFound();
  return first;
}

export function findReview(by: By, id: number): { thread: PullThread; review: Review } {
  const place = by.store.places.get(id);
  if (place?.repositoryId !== by.repositoryId) throw notFound();
  const thread = by.store.pull(by.repositoryId, place.number);
  const review = thread.pull.reviews.find((one) => one.id === id);
  if (!review) throw notFound();
  return { thread, review };
}

export function replaceReview(by: By, number: number, review: Review): void {
  by.store.changePull(
    by.repositoryId,
    number,
    (pull) => ({ reviews: pull.reviews.map((one) => (one.id === review.id ? review : one)) }),
    () => ({ updatedAt: by.store.stamp() }),
  );
}

export function editReview(by: By, id: number, body: string): Review {
  const { thread, review } = findReview(by, id);
  demandAuthorOrWriter(by, review);
  checkBody(body, "PullRequestReview");
  const after = edited(by, review, body);
  if (after === review) return review;
  replaceReview(by, thread.number, after);
  by.store.tell({
    event: "pull_request_review",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number: thread.number,
    review: after,
    changes: { body: { from: review.body } },
  });
  return after;
}

/** By somebody who may write; the reviewer may always dismiss their own. */
export function dismissReview(by: By, id: number, message: string): Review {
  const { thread, review } = findReview(by, id);
  if (by.actor.app !== null || review.authorId !== by.actor.accountId)
    demand(by.actor, repositoryOf(by), "dismiss");
  if (message.trim() === "")
    throw invalid({ resource: "PullRequestReview", code: "missing_field", field: "message" });
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
    throw new Refusal(422, `Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  return dismiss(by, thread.number, review, message, null);
}

/** With the branch protection for it, a push dismisses every approval, the pusher being the actor. */
export function dismissStale(by: By, number: number): void {
  const { pull } = by.store.pull(by.repositoryId, number);
  for (const review of pull.reviews)
    if (review.state === "APPROVED") dismiss(by, number, review, null, pull.headOid);
}

/**
 * Another base makes approvals stale: GitHub dismisses them in the name of whoever merged or retargeted, without a commit, and no webhook tells
 * (https://github.com/PriorLabs/TabPFN/pull/1228, https://github.com/Mergifyio/mergify/issues/5093).
 */
export function dismissForBase(by: By, number: number): void {
  for (const review of by.store.pull(by.repositoryId, number).pull.reviews)
    if (review.state === "APPROVED") dismissed(by, number, review, "The base branch was changed.", null);
}

function dismiss(
  by: By,
  number: number,
  review: Review,
  message: string | null,
  commit: string | null,
): Review {
  const after = dismissed(by, number, review, message, commit);
  by.store.tell({
    event: "pull_request_review",
    action: "dismissed",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    review: after,
  });
  return after;
}

function dismissed(
  by: By,
  number: number,
  review: Review,
  message: string | null,
  commit: string | null,
): Review {
  const before: ReviewState = review.state;
  const after: Review = { ...review, state: "DISMISSED", updatedAt: by.store.stamp() };
  replaceReview(by, number, after);
  by.store.addEvent(by.repositoryId, number, by.actor, {
    kind: "review_dismissed",
    reviewId: review.id,
    before,
    message,
    commit,
  });
  return after;
}

export function findInline(by: By, id: number): { thread: PullThread; inline: Inline } {
  const place = by.store.places.get(id);
  if (place?.repositoryId !== by.repositoryId) throw notFound();
  const thread = by.store.pull(by.repositoryId, place.number);
  const inline = thread.pull.inline.find((one) => one.id === id);
  if (!inline) throw notFound();
  return { thread, inline };
}

export function editInline(by: By, id: number, body: string): Inline {
  const { thread, inline } = findInline(by, id);
  demandAuthorOrWriter(by, inline);
  checkBody(body, "PullRequestReviewComment");
  const after = edited(by, inline, body);
  if (after === inline) return inline;
  replaceInline(by, thread.number, after);
  by.store.tell({
    event: "pull_request_review_comment",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number: thread.number,
    inline: after,
    changes: { body: { from: inline.body } },
  });
  return after;
}

export function replaceInline(by: By, number: number, inline: Inline): void {
  by.store.changePull(by.repositoryId, number, (pull) => ({
    inline: pull.inline.map((one) => (one.id === inline.id ? inline : one)),
  }));
}

/** Unlike a PR comment it leaves no event behind. */
export function deleteInline(by: By, id: number): void {
  const { thread, inline } = findInline(by, id);
  demandAuthorOrWriter(by, inline);
  by.store.changePull(
    by.repositoryId,
    thread.number,
    (pull) => ({ inline: pull.inline.filter((one) => one.id !== id) }),
    () => ({ updatedAt: by.store.stamp() }),
  );
  by.store.tell({
    event: "pull_request_review_comment",
    action: "deleted",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number: thread.number,
    inline,
  });
}

export function resolveThread(by: By, firstId: number, resolved: boolean): void {
  const { thread, inline } = findInline(by, firstId);
  const repository = repositoryOf(by);
  if (thread.authorId !== by.actor.accountId) demand(by.actor, repository, "edit");
  by.store.changePull(by.repositoryId, thread.number, (pull) => {
    const after = new Map(pull.resolved);
    if (resolved) after.set(inline.id, by.actor.accountId);
    else after.delete(inline.id);
    return { resolved: after };
  });
  by.store.tell({
    event: "pull_request_review_thread",
    action: resolved ? "resolved" : "unresolved",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number: thread.number,
    inline,
  });
}
