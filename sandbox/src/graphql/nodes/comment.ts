import { nodeId } from "../../ids.js";
import type { Comment, Inline, Repository, Review, Thread } from "../../state.js";
import { asPull, type PullThread } from "../../store.js";
import { threadUrl, time } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";
import { userNode } from "./account.js";
import { commitNode } from "./commit.js";
import { writtenFields } from "./written.js";

const minimizedFields = (reason: string | null): Node => ({
  isMinimized: reason !== null,
  minimizedReason: reason,
});

export const commentNode = (
  context: Context,
  repository: Repository,
  thread: Thread,
  comment: Comment,
): Node => ({
  __typename: "IssueComment",
  id: nodeId("comment", repository.id, thread.number, comment.id),
  ...writtenFields(context, repository, thread, comment),
  ...minimizedFields(comment.minimized),
  url: `${threadUrl(context.view, repository, thread)}#issuecomment-${comment.id}`,
  pullRequest: () => (thread.pull ? context.pullNode(context, repository, asPull(thread)) : null),
});

export const reviewNode = (
  context: Context,
  repository: Repository,
  thread: PullThread,
  review: Review,
): Node => ({
  __typename: "PullRequestReview",
  id: nodeId("review", repository.id, thread.number, review.id),
  ...writtenFields(context, repository, thread, review),
  ...minimizedFields(null),
  url: `${threadUrl(context.view, repository, thread)}#pullrequestreview-${review.id}`,
  state: review.state,
  submittedAt: time(review.submittedAt),
  commit: () => {
    const commit = context.view.state.commits.get(review.commit);
    return commit ? commitNode(context, repository, commit) : null;
  },
  comments: (args: PageArguments) =>
    connection(
      "comments",
      thread.pull.inline.filter(({ reviewId }) => reviewId === review.id),
      args,
      (one) => inlineNode(context, repository, thread, one),
      ({ id }) => [id],
    ),
  pullRequest: () => context.pullNode(context, repository, thread),
});

export const inlineNode = (
  context: Context,
  repository: Repository,
  thread: PullThread,
  inline: Inline,
): Node => ({
  __typename: "PullRequestReviewComment",
  id: nodeId("inline", repository.id, thread.number, inline.id),
  ...writtenFields(context, repository, thread, inline),
  ...minimizedFields(inline.minimized),
  url: `${threadUrl(context.view, repository, thread)}#discussion_r${inline.id}`,
  path: inline.path,
  line: inline.line,
  outdated: false,
  state: "SUBMITTED",
  commit: () => {
    const commit = context.view.state.commits.get(inline.commit);
    return commit ? commitNode(context, repository, commit) : null;
  },
  replyTo: () => {
    const first = thread.pull.inline.find(({ id }) => id === inline.replyToId);
    return first ? inlineNode(context, repository, thread, first) : null;
  },
  pullRequestReview: () => {
    const review = thread.pull.reviews.find(({ id }) => id === inline.reviewId);
    return review ? reviewNode(context, repository, thread, review) : null;
  },
  pullRequest: () => context.pullNode(context, repository, thread),
});

/** A thread is known by its first comment. */
export function inlineThreadNode(
  context: Context,
  repository: Repository,
  thread: PullThread,
  first: Inline,
): Node {
  const comments = thread.pull.inline.filter(
    ({ id, replyToId }) => id === first.id || replyToId === first.id,
  );
  const isResolved = thread.pull.resolved.has(first.id);
  return {
    __typename: "PullRequestReviewThread",
    id: nodeId("inlineThread", repository.id, thread.number, first.id),
    isResolved,
    isCollapsed: isResolved,
    resolvedBy: () => userNode(context, thread.pull.resolved.get(first.id) ?? null),
    isOutdated: false,
    path: first.path,
    line: first.line,
    comments: (args: PageArguments) =>
      connection(
        "comments",
        comments,
        args,
        (one) => inlineNode(context, repository, thread, one),
        ({ id }) => [id],
      ),
    pullRequest: () => context.pullNode(context, repository, thread),
  };
}
