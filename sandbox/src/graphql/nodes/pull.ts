import { commitsBetween, differences, type FileDifference } from "../../commits.js";
import { nodeId } from "../../ids.js";
import { associationOf } from "../../rest/shapes/account.js";
import { threadNodeId } from "../../rest/shapes/thread.js";
import type { Commit, Repository } from "../../state.js";
import type { PullThread } from "../../store.js";
import { labelsOf, threadUrl, timeOrNull } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";
import { actorNode } from "./account.js";
import { commentNode, inlineThreadNode, reviewNode } from "./comment.js";
import { commitNode } from "./commit.js";
import { timelineNodes } from "./event.js";
import { labelNode, repositoryNode } from "./repository.js";
import { writtenFields } from "./written.js";

export function pullNode(context: Context, repository: Repository, thread: PullThread): Node {
  const { state } = context.view;
  const { pull } = thread;
  const head = () =>
    pull.headRepositoryId === null ? undefined : state.repositories.get(pull.headRepositoryId);
  const files = () => differences(state, pull.baseOid, pull.headOid);
  return {
    __typename: "PullRequest",
    id: threadNodeId(repository, thread),
    ...writtenFields(context, repository, thread, thread),
    fullDatabaseId: String(pull.id),
    databaseId: null,
    number: thread.number,
    title: thread.title,
    url: threadUrl(context.view, repository, thread),
    state: pull.mergedAt !== null ? "MERGED" : thread.state.toUpperCase(),
    closed: thread.state === "closed",
    closedAt: timeOrNull(thread.closedAt),
    merged: pull.mergedAt !== null,
    mergedAt: timeOrNull(pull.mergedAt),
    mergedBy: () => actorNode(context, pull.mergedById),
    mergeCommit: () => commitOf(context, repository, pull.mergeOid),
    authorAssociation: associationOf(context.view, repository, thread.authorId),
    isDraft: pull.draft,
    locked: thread.locked,
    baseRefName: pull.base,
    baseRefOid: pull.baseOid,
    headRefName: pull.headRef,
    headRefOid: pull.headOid,
    isCrossRepository: pull.headRepositoryId !== repository.id,
    baseRepository: () => repositoryNode(context, repository),
    repository: () => repositoryNode(context, repository),
    headRepository: () => {
      const one = head();
      return one ? repositoryNode(context, one) : null;
    },
    headRepositoryOwner: () => actorNode(context, head()?.ownerId ?? null),
    changedFiles: () => files().length,
    labels: (args: PageArguments) =>
      connection("labels", labelsOf(repository, thread), args, (label) =>
        labelNode(context, repository, label),
      ),
    commits: (args: PageArguments) =>
      connection("commits", commitsBetween(state, pull.baseOid, pull.headOid), args, (commit) =>
        pullCommitNode(context, repository, thread, commit),
      ),
    files: (args: PageArguments) => connection("files", files(), args, fileNode),
    comments: (args: PageArguments & { orderBy?: { direction: "ASC" | "DESC" } | null }) => {
      const falling = args.orderBy?.direction === "DESC";
      const sign = falling ? -1 : 1;
      const sorted = args.orderBy
        ? [...thread.comments].sort((a, b) => sign * (a.updatedAt - b.updatedAt || a.id - b.id))
        : thread.comments;
      return connection(
        "comments",
        sorted,
        args,
        (one) => commentNode(context, repository, thread, one),
        args.orderBy ? ({ updatedAt, id }) => [updatedAt, id] : ({ id }) => [id],
        falling,
      );
    },
    reviews: (args: PageArguments & { states?: readonly string[] | null; author?: string | null }) => {
      const fitting = pull.reviews.filter((one) => args.states == null || args.states.includes(one.state));
      return connection(
        "reviews",
        fitting,
        args,
        (one) => reviewNode(context, repository, thread, one),
        ({ id }) => [id],
      );
    },
    reviewThreads: (args: PageArguments) =>
      connection(
        "reviewThreads",
        pull.inline.filter(({ replyToId }) => replyToId === null),
        args,
        (first) => inlineThreadNode(context, repository, thread, first),
        ({ id }) => [id],
      ),
    timelineItems: (args: Parameters<typeof timelineNodes>[3]) =>
      timelineNodes(context, repository, thread, args),
  };
}

function commitOf(context: Context, repository: Repository, oid: string | null): Node | null {
  const commit = context.view.state.commits.get(oid ?? "");
  return commit ? commitNode(context, repository, commit) : null;
}

const pullCommitNode = (
  context: Context,
  repository: Repository,
  thread: PullThread,
  commit: Commit,
): Node => ({
  __typename: "PullRequestCommit",
  id: nodeId("commit", repository.id, thread.number, commit.oid),
  commit: () => commitNode(context, repository, commit),
});

/** A renamed file shows its new path only. */
const fileNode = ({ path, status, additions, deletions }: FileDifference): Node => ({
  __typename: "PullRequestChangedFile",
  path,
  changeType: status === "removed" ? "DELETED" : status.toUpperCase(),
  additions,
  deletions,
  viewerViewedState: "UNVIEWED",
});
