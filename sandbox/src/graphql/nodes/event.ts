import { GraphQLError } from "graphql";
import { nodeId } from "../../ids.js";
import type { Event, Repository } from "../../state.js";
import type { PullThread } from "../../store.js";
import { time } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";
import { actorNode } from "./account.js";
import { commentNode, reviewNode } from "./comment.js";
import { commitNode } from "./commit.js";
import { labelNode } from "./repository.js";

const TYPES = {
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  merged: "MergedEvent",
  convert_to_draft: "ConvertToDraftEvent",
  ready_for_review: "ReadyForReviewEvent",
  locked: "LockedEvent",
  unlocked: "UnlockedEvent",
  review_dismissed: "ReviewDismissedEvent",
  comment_deleted: "CommentDeletedEvent",
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  base_ref_changed: "BaseRefChangedEvent",
  automatic_base_change_succeeded: "AutomaticBaseChangeSucceededEvent",
  renamed: "RenamedTitleEvent",
} as const satisfies Record<Event["kind"], string>;

/** `LabeledEvent` is asked for as `LABELED_EVENT`. */
const itemType = (typeName: string): string => typeName.replaceAll(/(?<!^)([A-Z])/g, "_$1").toUpperCase();

interface Item {
  readonly at: number;
  readonly id: number;
  readonly type: string;
  readonly node: () => Node;
}

/** https://docs.github.com/graphql/reference/unions#pullrequesttimelineitems */
export function timelineNodes(
  context: Context,
  repository: Repository,
  thread: PullThread,
  args: PageArguments & { itemTypes?: readonly string[] | null; since?: string | null },
): Node {
  const all: Item[] = [
    ...thread.events.map((event) => ({
      at: event.at,
      id: event.id,
      type: itemType(TYPES[event.kind]),
      node: () => eventNode(context, repository, thread, event),
    })),
    ...thread.comments.map((one) => ({
      at: one.createdAt,
      id: one.id,
      type: "ISSUE_COMMENT",
      node: () => commentNode(context, repository, thread, one),
    })),
    ...thread.pull.reviews.map((one) => ({
      at: one.submittedAt,
      id: one.id,
      type: "PULL_REQUEST_REVIEW",
      node: () => reviewNode(context, repository, thread, one),
    })),
  ];
  const from = args.since == null ? Number.NEGATIVE_INFINITY : Date.parse(args.since);
  const wanted = all
    .filter(({ at, type }) => at >= from && (args.itemTypes == null || args.itemTypes.includes(type)))
    .sort((a, b) => a.at - b.at || a.id - b.id);
  const newest = all.reduce((latest, { at }) => Math.max(latest, at), thread.createdAt);
  return connection(
    "timelineItems",
    wanted,
    args,
    (item) => item.node(),
    ({ at, id }) => [at, id],
    false,
    {
      filteredCount: wanted.length,
      pageCount: Math.min(wanted.length, args.first ?? args.last ?? 0),
      updatedAt: time(newest),
    },
  );
}

export function eventNode(context: Context, repository: Repository, thread: PullThread, event: Event): Node {
  return {
    __typename: TYPES[event.kind],
    id: nodeId("event", repository.id, thread.number, event.id),
    createdAt: time(event.at),
    actor: () => actorNode(context, event.actorId),
    ...detail(context, repository, thread, event),
  };
}

function detail(context: Context, repository: Repository, thread: PullThread, event: Event): Node {
  const commit = (oid: string) => () => {
    const found = context.view.state.commits.get(oid);
    return found ? commitNode(context, repository, found) : null;
  };
  switch (event.kind) {
    case "labeled":
    case "unlabeled":
      return {
        label: () => {
          const label = repository.labels.get(event.labelId);
          // The schema says that there is one: what GraphQL does then is null with an error beside it. Of GitHub only the null is known.
          if (!label)
            throw new GraphQLError(`Cannot return null for non-nullable field ${TYPES[event.kind]}.label`);
          return labelNode(context, repository, label);
        },
      };
    case "merged":
      return { commit: commit(event.oid), mergeRefName: thread.pull.base };
    case "closed":
      return { closer: null, stateReason: null };
    case "locked":
      return { lockReason: null };
    case "review_dismissed":
      return {
        previousReviewState: event.before,
        dismissalMessage: event.message,
        pullRequestCommit:
          event.commit === null
            ? null
            : {
                __typename: "PullRequestCommit",
                id: nodeId("commit", repository.id, thread.number, event.commit),
                commit: commit(event.commit),
              },
        review: () => {
          const review = thread.pull.reviews.find(({ id }) => id === event.reviewId);
          return review ? reviewNode(context, repository, thread, review) : null;
        },
      };
    case "comment_deleted":
      return { databaseId: null, deletedCommentAuthor: () => actorNode(context, event.authorId) };
    case "head_ref_force_pushed":
      return { beforeCommit: commit(event.before), afterCommit: commit(event.after) };
    case "base_ref_changed":
      return { currentRefName: event.to, previousRefName: event.from };
    case "automatic_base_change_succeeded":
      return { newBase: event.to, oldBase: event.from };
    case "renamed":
      return { currentTitle: event.to, previousTitle: event.from };
    default:
      return {};
  }
}
