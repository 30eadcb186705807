import type { CheckRun, CheckSuite, Comment, Inline, Label, QueueEntry, Review } from "./state.js";

/** What webhooks tell of: one happening, one webhook (when the App has subscribed to the event). */
export type Happening = { readonly repositoryId: number; readonly senderId: number } & (
  | {
      readonly event: "pull_request";
      readonly action: PullAction;
      readonly number: number;
      readonly label?: Label;
      readonly before?: string;
      readonly after?: string;
      readonly changes?: Changes;
    }
  | {
      readonly event: "pull_request_review";
      readonly action: "submitted" | "edited" | "dismissed";
      readonly number: number;
      readonly review: Review;
      readonly changes?: Changes;
    }
  | {
      readonly event: "pull_request_review_comment";
      readonly action: "created" | "edited" | "deleted";
      readonly number: number;
      readonly inline: Inline;
      readonly changes?: Changes;
    }
  | {
      readonly event: "issue_comment";
      readonly action: "created" | "edited" | "deleted";
      readonly number: number;
      readonly comment: Comment;
      readonly changes?: Changes;
    }
  | {
      readonly event: "push";
      readonly branch: string;
      readonly before: string | null;
      readonly after: string | null;
      readonly forced: boolean;
    }
  | {
      readonly event: "check_run";
      readonly action: "created" | "completed" | "rerequested";
      readonly run: CheckRun;
    }
  | {
      readonly event: "check_suite";
      readonly action: "requested" | "rerequested";
      readonly suite: CheckSuite;
    }
  | {
      readonly event: "merge_group";
      readonly action: "checks_requested" | "destroyed";
      readonly entry: QueueEntry;
      readonly reason?: "merged" | "invalidated" | "dequeued";
    }
  | {
      readonly event: "pull_request_review_thread";
      readonly action: "resolved" | "unresolved";
      readonly number: number;
      readonly inline: Inline;
    }
  | {
      readonly event: "label";
      readonly action: "created" | "edited" | "deleted";
      readonly label: Label;
      readonly changes?: Changes;
    }
  | {
      readonly event: "repository";
      readonly action: "edited" | "renamed" | "archived" | "unarchived" | "privatized" | "publicized";
      readonly changes?: Changes;
    }
);

export type PullAction =
  | "opened"
  | "edited"
  | "synchronize"
  | "labeled"
  | "unlabeled"
  | "closed"
  | "reopened"
  | "converted_to_draft"
  | "ready_for_review"
  | "locked"
  | "unlocked";

/** The `changes` of an edit: what each field was before. */
export type Changes = Readonly<Record<string, unknown>>;
