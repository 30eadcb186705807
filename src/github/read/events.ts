import type { ReviewFacts, TimelineEvent } from "../../domain/model/snapshot.js";
import { accountOf, isViewer } from "./accounts.js";
import type { Facts } from "./facts.js";
import { type EventNode, fullIdOf, instant, type ReviewNode, type Viewer } from "./nodes.js";

/** Null in old events, whatever the schema says. */
export const labelOf = (node: Extract<EventNode, { readonly label: unknown }>): string | null =>
  (node.label as typeof node.label | null)?.name ?? null;

/** What GitHub writes to a dismissal that it makes itself, as the base changed, in the name of whoever changed it: TabPFN#1228. */
const BASE_CHANGED = "The base branch was changed.";

export function eventOf(node: EventNode, viewer: Viewer): TimelineEvent {
  const common = {
    id: node.id,
    at: instant(node.createdAt),
    actor: accountOf(node.actor),
    byClerk: isViewer(node.actor, viewer),
  };
  switch (node.__typename) {
    case "LabeledEvent":
      return { ...common, kind: "labeled", label: labelOf(node) };
    case "UnlabeledEvent":
      return { ...common, kind: "unlabeled", label: labelOf(node) };
    case "ClosedEvent":
      return { ...common, kind: "closed" };
    case "ReopenedEvent":
      return { ...common, kind: "reopened" };
    case "MergedEvent":
      return { ...common, kind: "merged" };
    case "ConvertToDraftEvent":
      return { ...common, kind: "to_draft" };
    case "ReadyForReviewEvent":
      return { ...common, kind: "ready_for_review" };
    case "ReviewDismissedEvent":
      return {
        ...common,
        kind: "review_dismissed",
        review: node.review ? `review:${fullIdOf(node.review)}` : null,
        byPush: node.pullRequestCommit !== null,
        forBase: node.dismissalMessage === BASE_CHANGED,
      };
    case "CommentDeletedEvent":
      return { ...common, kind: "comment_deleted", author: accountOf(node.deletedCommentAuthor) };
    case "HeadRefForcePushedEvent":
      return {
        ...common,
        kind: "force_pushed",
        before: node.beforeCommit?.oid ?? null,
        after: node.afterCommit?.oid ?? null,
      };
    case "BaseRefChangedEvent":
      return {
        ...common,
        kind: "base_changed",
        from: node.previousRefName,
        to: node.currentRefName,
      };
    // GitHub's own doing, where the base was merged and deleted, or renamed: https://github.com/PriorLabs/TabPFN/pull/1228
    case "AutomaticBaseChangeSucceededEvent":
      return { ...common, kind: "base_changed", from: node.oldBase, to: node.newBase };
  }
}

/** What a review was when submitted: a dismissed one shows only that it was dismissed, its dismissal event what it had been. */
export function reviewFactsOf(node: ReviewNode, events: Facts["events"]): ReviewFacts {
  const dismissed = node.state === "DISMISSED";
  let state: string | null = dismissed ? null : node.state;
  if (dismissed) {
    let first = "";
    for (const event of events.values()) {
      if (event.__typename !== "ReviewDismissedEvent" || event.review?.id !== node.id) continue;
      if (event.previousReviewState === "DISMISSED") continue;
      if (first !== "" && first <= event.createdAt) continue;
      first = event.createdAt;
      state = event.previousReviewState;
    }
  }
  return { submitted: SUBMITTED.get(state ?? "") ?? null, dismissed, commit: node.commit?.oid ?? null };
}

const SUBMITTED: ReadonlyMap<string, NonNullable<ReviewFacts["submitted"]>> = new Map([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes_requested"],
  ["COMMENTED", "commented"],
]);
