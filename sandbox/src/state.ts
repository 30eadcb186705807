/**
 * Everything the sandbox knows, as one immutable value: each doing makes the next value and shares what it did not touch, so
 * "what GitHub showed N seconds ago" is just an older value. Moments are milliseconds since 1970 on whole seconds, as GitHub keeps them.
 */
export interface State {
  /** Living accounts only: who is not here was deleted, and shows as `ghost` (REST) or null (GraphQL). */
  readonly accounts: ReadonlyMap<number, Account>;
  readonly repositories: ReadonlyMap<number, Repository>;
  /** Commits of all repositories: forks share their objects with the repository they came from. */
  readonly commits: ReadonlyMap<string, Commit>;
}

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Mannequin" | "Organization";
}

export const LEVELS = ["none", "read", "triage", "write", "maintain", "admin"] as const;
/** What a person may do in a repository; `none` and `read` are the public of an open repository. */
export type Level = (typeof LEVELS)[number];

export interface Repository {
  readonly id: number;
  readonly ownerId: number;
  readonly name: string;
  readonly description: string;
  readonly archived: boolean;
  /** Are Issues switched on? Pull requests are there all the same. */
  readonly hasIssues: boolean;
  /** Seen only by its owner, by who was given a level in it, and by Apps that are installed on it. */
  readonly private: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly pushedAt: number;
  readonly defaultBranch: string;
  /** Branch protection "dismiss stale pull request approvals when new commits are pushed", for the default branch. */
  readonly dismissStaleReviews: boolean;
  /** Of rulesets, for the default branch. */
  readonly rules: readonly BranchRule[];
  /** The older branch protection of the default branch; null: there is none. */
  readonly protection: BranchProtection | null;
  /** Is the App installed on it? */
  readonly installed: boolean;
  /** The repository it was forked from. */
  readonly parentId: number | null;
  readonly levels: ReadonlyMap<number, Level>;
  readonly branches: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<number, Label>;
  readonly threads: ReadonlyMap<number, Thread>;
  readonly suites: ReadonlyMap<number, CheckSuite>;
  readonly runs: ReadonlyMap<number, CheckRun>;
  readonly nextNumber: number;
  /** The merge queue of the default branch, the first to be merged first. */
  readonly queue: readonly QueueEntry[];
}

export type BranchRule = { readonly rulesetId: number } & (
  | { readonly kind: "required_status_checks"; readonly checks: readonly RequiredCheck[] }
  | { readonly kind: "merge_queue" | "deletion" }
);

export interface BranchProtection {
  readonly checks: readonly RequiredCheck[];
  /** "Do not allow bypassing the above settings": admins too. */
  readonly admins: boolean;
}

/** `appId`: the expected source; null: whoever may write a check or a status. */
export interface RequiredCheck {
  readonly name: string;
  readonly appId: number | null;
}

/** A pull request in the merge queue, with the merge group that GitHub has made for it. */
export interface QueueEntry {
  readonly number: number;
  readonly enqueuedById: number;
  readonly enqueuedAt: number;
  /** `gh-readonly-queue/BASE/pr-N-SHA`. */
  readonly branch: string;
  /** The group's own commit, and the one it stands on: that of the entry before, or the branch's tip. */
  readonly headOid: string;
  readonly baseOid: string;
}

export interface Commit {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** The whole tree, flat: path → file. */
  readonly files: ReadonlyMap<string, TreeFile>;
}

/** Who a commit says wrote it: names and dates are what the committer claims; `accountId` when the address belongs to an account. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: number;
  readonly accountId: number | null;
}

export interface TreeFile {
  readonly oid: string;
  readonly text: string;
  readonly mode: "100644" | "100755" | "120000";
}

export interface Label {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** Something written that keeps its edits. */
export interface Written {
  readonly id: number;
  readonly authorId: number | null;
  readonly body: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly editorId: number | null;
  readonly lastEditedAt: number | null;
  /** Empty until the first edit; then the creation and every edit, oldest first. */
  readonly revisions: readonly Revision[];
  readonly reactions: readonly Reaction[];
}

export interface Revision {
  readonly id: number;
  readonly editorId: number | null;
  readonly at: number;
  /** The whole body after that edit; null when somebody deleted it from the history. */
  readonly body: string | null;
  readonly deletedAt: number | null;
  readonly deletedById: number | null;
}

export const REACTIONS = {
  "+1": "THUMBS_UP",
  "-1": "THUMBS_DOWN",
  laugh: "LAUGH",
  hooray: "HOORAY",
  confused: "CONFUSED",
  heart: "HEART",
  rocket: "ROCKET",
  eyes: "EYES",
} as const;
export type ReactionContent = keyof typeof REACTIONS;

export interface Reaction {
  readonly id: number;
  readonly authorId: number;
  readonly content: ReactionContent;
  readonly createdAt: number;
}

/** An issue, or a pull request: GitHub numbers them together and a pull request is an issue too. */
export interface Thread extends Written {
  readonly number: number;
  readonly title: string;
  readonly state: "open" | "closed";
  readonly closedAt: number | null;
  readonly locked: boolean;
  /** Ids, in the order they were put on. */
  readonly labelIds: readonly number[];
  readonly comments: readonly Comment[];
  readonly events: readonly Event[];
  readonly pull: Pull | null;
}

export interface Pull {
  /** A pull request has an id of its own beside that of its issue. */
  readonly id: number;
  readonly draft: boolean;
  readonly base: string;
  readonly baseOid: string;
  /** null when the fork is gone. */
  readonly headRepositoryId: number | null;
  readonly headLabel: string;
  readonly headRef: string;
  readonly headOid: string;
  readonly mergedAt: number | null;
  readonly mergedById: number | null;
  readonly mergeOid: string | null;
  readonly reviews: readonly Review[];
  readonly inline: readonly Inline[];
  /** Resolved inline threads: the id of the first comment, and the account that resolved it. */
  readonly resolved: ReadonlyMap<number, number>;
}

export interface Comment extends Written {
  readonly minimized: string | null;
  readonly viaApp: boolean;
}

export type ReviewState = "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";

export interface Review extends Written {
  readonly state: ReviewState;
  readonly submittedAt: number;
  readonly commit: string;
}

/** An inline review comment. */
export interface Inline extends Written {
  readonly reviewId: number;
  readonly path: string;
  readonly line: number;
  readonly commit: string;
  readonly originalCommit: string;
  /** The first comment of its thread; null when it is that itself. */
  readonly replyToId: number | null;
  readonly minimized: string | null;
}

export type Event = { readonly id: number; readonly at: number; readonly actorId: number | null } & (
  | {
      readonly kind: "labeled" | "unlabeled";
      readonly labelId: number;
      readonly name: string;
      readonly color: string;
    }
  | { readonly kind: "closed" | "reopened" | "convert_to_draft" | "ready_for_review" | "locked" | "unlocked" }
  | { readonly kind: "merged"; readonly oid: string }
  | {
      readonly kind: "review_dismissed";
      readonly reviewId: number;
      readonly before: ReviewState;
      readonly message: string | null;
      /** Set when a push dismissed it. */
      readonly commit: string | null;
    }
  | { readonly kind: "comment_deleted"; readonly commentId: number; readonly authorId: number | null }
  | { readonly kind: "head_ref_force_pushed"; readonly before: string; readonly after: string }
  /** The second is GitHub's own doing, as the base was merged and deleted, or renamed. */
  | {
      readonly kind: "base_ref_changed" | "automatic_base_change_succeeded";
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string }
);

export interface CheckSuite {
  readonly id: number;
  /** Of another App than the clerk's; null: the clerk's. */
  readonly appId: number | null;
  readonly headOid: string;
  readonly headBranch: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type CheckConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "success"
  | "skipped"
  | "stale"
  | "timed_out";

export interface CheckRun {
  readonly id: number;
  readonly suiteId: number;
  readonly name: string;
  readonly headOid: string;
  readonly externalId: string;
  readonly detailsUrl: string | null;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: CheckConclusion | null;
  readonly startedAt: number;
  readonly completedAt: number | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly CheckAnnotation[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title: string | null;
  readonly start_column: number | null;
  readonly end_column: number | null;
}
