import { commitsBetween, differences } from "../commits.js";
import { nodeId } from "../ids.js";
import type { Comment, Event, Inline, Pull, Repository, Review, Thread } from "../state.js";
import { isPull, type PullThread } from "../store.js";
import { actor } from "./actors.js";
import { commit } from "./commit.js";
import { connection, type PageArguments } from "./connection.js";
import { maybeTime, timeOf, type View } from "./view.js";
import { type Place, pullUrl, written } from "./written.js";

interface OrderedPage extends PageArguments {
  readonly orderBy?: { readonly field: "UPDATED_AT"; readonly direction: "ASC" | "DESC" } | null;
}

export function comment(view: View, place: Place, one: Comment): Record<string, unknown> {
  return {
    ...written(view, place, "comment", one),
    __typename: "IssueComment",
    url: `${pullUrl(view, place)}#issuecomment-${one.id}`,
    isMinimized: one.minimized !== null,
    minimizedReason: one.minimized,
  };
}

export function review(view: View, place: Place, one: Review): Record<string, unknown> {
  return {
    ...written(view, place, "review", one),
    __typename: "PullRequestReview",
    url: `${pullUrl(view, place)}#pullrequestreview-${one.id}`,
    state: one.state,
    submittedAt: timeOf(one.submittedAt),
    publishedAt: timeOf(one.submittedAt),
    commit: () => (view.state.commits.has(one.commit) ? commit(view, place.repository, one.commit) : null),
  };
}

export function inline(
  view: View,
  place: Place & { thread: PullThread },
  one: Inline,
): Record<string, unknown> {
  const { pull } = place.thread;
  const parent = pull.inline.find((other) => other.id === one.replyToId);
  return {
    ...written(view, place, "inline", one),
    __typename: "PullRequestReviewComment",
    url: `${pullUrl(view, place)}#discussion_r${one.id}`,
    publishedAt: timeOf(one.createdAt),
    path: one.path,
    isMinimized: one.minimized !== null,
    replyTo: () => (parent ? inline(view, place, parent) : null),
    pullRequestReview: () => {
      const found = pull.reviews.find((other) => other.id === one.reviewId);
      return found ? review(view, place, found) : null;
    },
  };
}

export function inlineThread(
  view: View,
  place: Place & { thread: PullThread },
  first: Inline,
): Record<string, unknown> {
  const { pull } = place.thread;
  const all = pull.inline.filter((one) => one.id === first.id || one.replyToId === first.id);
  return {
    __typename: "PullRequestReviewThread",
    id: nodeId("inlineThread", place.repository.id, place.thread.number, first.id),
    isResolved: pull.resolved.has(first.id),
    path: first.path,
    comments: (args: PageArguments) =>
      connection(
        all,
        args,
        (one) => one.id,
        (one) => inline(view, place, one),
        "comments",
      ),
  };
}

const TYPE_NAMES: Readonly<Record<Event["kind"], readonly [name: string, itemType: string]>> = {
  labeled: ["LabeledEvent", "LABELED_EVENT"],
  unlabeled: ["UnlabeledEvent", "UNLABELED_EVENT"],
  closed: ["ClosedEvent", "CLOSED_EVENT"],
  reopened: ["ReopenedEvent", "REOPENED_EVENT"],
  merged: ["MergedEvent", "MERGED_EVENT"],
  convert_to_draft: ["ConvertToDraftEvent", "CONVERT_TO_DRAFT_EVENT"],
  ready_for_review: ["ReadyForReviewEvent", "READY_FOR_REVIEW_EVENT"],
  locked: ["LockedEvent", "LOCKED_EVENT"],
  unlocked: ["UnlockedEvent", "UNLOCKED_EVENT"],
  review_dismissed: ["ReviewDismissedEvent", "REVIEW_DISMISSED_EVENT"],
  comment_deleted: ["CommentDeletedEvent", "COMMENT_DELETED_EVENT"],
  head_ref_force_pushed: ["HeadRefForcePushedEvent", "HEAD_REF_FORCE_PUSHED_EVENT"],
  base_ref_changed: ["BaseRefChangedEvent", "BASE_REF_CHANGED_EVENT"],
  renamed: ["RenamedTitleEvent", "RENAMED_TITLE_EVENT"],
};

function event(view: View, place: Place & { thread: PullThread }, one: Event): Record<string, unknown> {
  const { repository } = place;
  const common = {
    __typename: TYPE_NAMES[one.kind][0],
    id: nodeId("event", one.id),
    createdAt: timeOf(one.at),
    actor: () => actor(view, one.actorId),
  };
  switch (one.kind) {
    case "labeled":
    case "unlabeled": {
      // A label that was deleted since: null, although the schema says it cannot be.
      const label = repository.labels.get(one.labelId);
      return {
        ...common,
        label: label ? { id: nodeId("label", label.id), name: label.name, color: label.color } : null,
      };
    }
    case "review_dismissed":
      return {
        ...common,
        previousReviewState: one.before,
        dismissalMessage: one.message,
        pullRequestCommit:
          one.commit === null
            ? null
            : { id: nodeId("commit", one.commit), commit: commit(view, repository, one.commit) },
        review: () => {
          const found = place.thread.pull.reviews.find((other) => other.id === one.reviewId);
          return found ? review(view, place, found) : null;
        },
      };
    case "comment_deleted":
      return { ...common, deletedCommentAuthor: () => actor(view, one.authorId) };
    case "head_ref_force_pushed":
      return {
        ...common,
        beforeCommit: () => commit(view, repository, one.before),
        afterCommit: () => commit(view, repository, one.after),
      };
    case "base_ref_changed":
      return { ...common, previousRefName: one.from, currentRefName: one.to };
    case "merged":
      return { ...common, commit: () => commit(view, repository, one.oid) };
    case "renamed":
      return { ...common, previousTitle: one.from, currentTitle: one.to };
    case "closed":
    case "reopened":
    case "convert_to_draft":
    case "ready_for_review":
    case "locked":
    case "unlocked":
      return common;
  }
}

const CHANGE_TYPE = {
  added: "ADDED",
  removed: "DELETED",
  modified: "MODIFIED",
  renamed: "RENAMED",
  changed: "CHANGED",
} as const;

export function pullOf(view: View, repository: Repository, thread: Thread): Record<string, unknown> | null {
  if (!isPull(thread)) return null;
  const place = { repository, thread };
  const { pull } = thread;
  const changes = () => differences(view.state, pull.baseOid, pull.headOid);
  return {
    ...written(view, place, "pull", { ...thread, id: pull.id }),
    id: nodeId("pull", repository.id, thread.number, pull.id),
    __typename: "PullRequest",
    number: thread.number,
    title: thread.title,
    url: pullUrl(view, place),
    state: pull.mergedAt !== null ? "MERGED" : thread.state === "open" ? "OPEN" : "CLOSED",
    closed: thread.state === "closed",
    isDraft: pull.draft,
    locked: thread.locked,
    closedAt: maybeTime(thread.closedAt),
    mergedAt: maybeTime(pull.mergedAt),
    merged: pull.mergedAt !== null,
    mergedBy: () => actor(view, pull.mergedById),
    mergeCommit: () => (pull.mergeOid === null ? null : commit(view, repository, pull.mergeOid)),
    baseRefName: pull.base,
    baseRefOid: pull.baseOid,
    headRefName: pull.headRef,
    headRefOid: pull.headOid,
    isCrossRepository: pull.headRepositoryId !== repository.id,
    baseRepository: { databaseId: repository.id, name: repository.name },
    changedFiles: () => changes().length,
    labels: (args: PageArguments) =>
      connection(
        thread.labelIds.flatMap((id) => repository.labels.get(id) ?? []),
        args,
        (label) => label.id,
        (label) => ({
          id: nodeId("label", label.id),
          name: label.name,
          color: label.color,
          description: label.description,
        }),
        "labels",
      ),
    commits: (args: PageArguments) =>
      connection(
        commitsBetween(view.state, pull.baseOid, pull.headOid),
        args,
        (one) => one.oid,
        (one) => ({
          id: nodeId("commit", repository.id, one.oid),
          commit: commit(view, repository, one.oid),
        }),
        "commits",
      ),
    comments: (args: OrderedPage) => {
      const way = args.orderBy?.direction === "DESC" ? -1 : 1;
      const ordered = args.orderBy
        ? [...thread.comments].sort((a, b) => way * (a.updatedAt - b.updatedAt || a.id - b.id))
        : thread.comments;
      return connection(
        ordered,
        args,
        (one) => one.id,
        (one) => comment(view, place, one),
        "comments",
      );
    },
    reviews: (args: PageArguments & { states?: readonly string[] | null }) =>
      connection(
        pull.reviews.filter((one) => args.states == null || args.states.includes(one.state)),
        args,
        (one) => one.id,
        (one) => review(view, place, one),
        "reviews",
      ),
    reviewThreads: (args: PageArguments) =>
      connection(
        pull.inline.filter((one) => one.replyToId === null),
        args,
        (one) => one.id,
        (one) => inlineThread(view, place, one),
        "reviewThreads",
      ),
    timelineItems: (
      args: PageArguments & { itemTypes?: readonly string[] | null; since?: string | null },
    ) => {
      const since = args.since == null ? 0 : Date.parse(args.since);
      const wanted = thread.events
        .filter((one) => args.itemTypes == null || args.itemTypes.includes(TYPE_NAMES[one.kind][1]))
        .filter((one) => one.at >= since);
      return {
        ...connection(
          wanted,
          args,
          (one) => one.id,
          (one) => event(view, place, one),
          "timelineItems",
        ),
        updatedAt: timeOf(thread.updatedAt),
      };
    },
    files: (args: PageArguments) =>
      connection(
        changes(),
        args,
        (one) => one.path,
        ({ path, status, additions, deletions }) => ({
          path,
          changeType: CHANGE_TYPE[status],
          additions,
          deletions,
        }),
        "files",
      ),
  };
}

/** Pull requests that hold a commit: those it is the head of first, as GitHub does. */
export function pullsWith(view: View, repository: Repository, oid: string): readonly Thread[] {
  const holds = (pull: Pull) =>
    pull.headOid === oid ||
    pull.mergeOid === oid ||
    commitsBetween(view.state, pull.baseOid, pull.headOid).some((one) => one.oid === oid);
  return [...repository.threads.values()].filter((thread) => isPull(thread) && holds(thread.pull));
}
