// Made by scripts/graphql-types.mjs from the documents beside it; `npm run fix` makes it anew.
import type { Query } from "../../client/graphql.js";
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** The possible states for a check suite or run conclusion. */
export type CheckConclusionState =
  /** The check suite or run requires action. */
  | 'ACTION_REQUIRED'
  /** The check suite or run has been cancelled. */
  | 'CANCELLED'
  /** The check suite or run has failed. */
  | 'FAILURE'
  /** The check suite or run was neutral. */
  | 'NEUTRAL'
  /** The check suite or run was skipped. */
  | 'SKIPPED'
  /** The check suite or run was marked stale by GitHub. Only GitHub can use this conclusion. */
  | 'STALE'
  /** The check suite or run has failed at startup. */
  | 'STARTUP_FAILURE'
  /** The check suite or run has succeeded. */
  | 'SUCCESS'
  /** The check suite or run has timed out. */
  | 'TIMED_OUT';

/** The possible states for a check suite or run status. */
export type CheckStatusState =
  /** The check suite or run has been completed. */
  | 'COMPLETED'
  /** The check suite or run is in progress. */
  | 'IN_PROGRESS'
  /** The check suite or run is in pending state. */
  | 'PENDING'
  /** The check suite or run has been queued. */
  | 'QUEUED'
  /** The check suite or run has been requested. */
  | 'REQUESTED'
  /** The check suite or run is in waiting state. */
  | 'WAITING';

/** A comment author association with repository. */
export type CommentAuthorAssociation =
  /** Author has been invited to collaborate on the repository. */
  | 'COLLABORATOR'
  /** Author has previously committed to the repository. */
  | 'CONTRIBUTOR'
  /** Author has not previously committed to GitHub. */
  | 'FIRST_TIMER'
  /** Author has not previously committed to the repository. */
  | 'FIRST_TIME_CONTRIBUTOR'
  /** Author is a placeholder for an unclaimed user. */
  | 'MANNEQUIN'
  /** Author is a member of the organization that owns the repository. */
  | 'MEMBER'
  /** Author has no association with the repository. */
  | 'NONE'
  /** Author is the owner of the repository. */
  | 'OWNER';

/** The possible states of an issue. */
export type IssueState =
  /** An issue that has been closed */
  | 'CLOSED'
  /** An issue that is still open */
  | 'OPEN';

/** The possible types of patch statuses. */
export type PatchStatus =
  /** The file was added. Git status 'A'. */
  | 'ADDED'
  /** The file's type was changed. Git status 'T'. */
  | 'CHANGED'
  /** The file was copied. Git status 'C'. */
  | 'COPIED'
  /** The file was deleted. Git status 'D'. */
  | 'DELETED'
  /** The file's contents were changed. Git status 'M'. */
  | 'MODIFIED'
  /** The file was renamed. Git status 'R'. */
  | 'RENAMED';

/** The possible states of a pull request review. */
export type PullRequestReviewState =
  /** A review allowing the pull request to merge. */
  | 'APPROVED'
  /** A review blocking the pull request from merging. */
  | 'CHANGES_REQUESTED'
  /** An informational review. */
  | 'COMMENTED'
  /** A review that has been dismissed. */
  | 'DISMISSED'
  /** A review that has not yet been submitted. */
  | 'PENDING';

/** The possible states of a pull request. */
export type PullRequestState =
  /** A pull request that has been closed without being merged. */
  | 'CLOSED'
  /** A pull request that has been closed by being merged. */
  | 'MERGED'
  /** A pull request that is still open. */
  | 'OPEN';

/** Emojis that can be attached to Issues, Pull Requests and Comments. */
export type ReactionContent =
  /** Represents the `:confused:` emoji. */
  | 'CONFUSED'
  /** Represents the `:eyes:` emoji. */
  | 'EYES'
  /** Represents the `:heart:` emoji. */
  | 'HEART'
  /** Represents the `:hooray:` emoji. */
  | 'HOORAY'
  /** Represents the `:laugh:` emoji. */
  | 'LAUGH'
  /** Represents the `:rocket:` emoji. */
  | 'ROCKET'
  /** Represents the `:-1:` emoji. */
  | 'THUMBS_DOWN'
  /** Represents the `:+1:` emoji. */
  | 'THUMBS_UP';

/** The repository's visibility level. */
export type RepositoryVisibility =
  /** The repository is visible only to users in the same enterprise. */
  | 'INTERNAL'
  /** The repository is visible only to those with explicit access. */
  | 'PRIVATE'
  /** The repository is visible to everyone. */
  | 'PUBLIC';

export type ColdQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  config: string;
  appId: number;
  page: number;
  threadPage: number;
  head: boolean;
  comments: boolean;
  commentsAfter?: string | null | undefined;
  reviews: boolean;
  reviewsAfter?: string | null | undefined;
  threads: boolean;
  threadsAfter?: string | null | undefined;
  events: boolean;
  eventsAfter?: string | null | undefined;
  files: boolean;
  filesAfter?: string | null | undefined;
  status: ReadonlyArray<string> | string;
  edits: number;
}>;


export type ColdQuery = { readonly viewer: { readonly login: string, readonly databaseId: number | null }, readonly repository: { readonly pullRequest: { readonly comments?: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<CommentFragment | null> | null }, readonly reviews?: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<ReviewFragment | null> | null } | null, readonly reviewThreads?: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly id: string, readonly comments: InlineListFragment } | null> | null }, readonly timelineItems?: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<
          | Event_AddedToMergeQueueEvent_Fragment
          | Event_AddedToProjectEvent_Fragment
          | Event_AssignedEvent_Fragment
          | Event_AutoMergeDisabledEvent_Fragment
          | Event_AutoMergeEnabledEvent_Fragment
          | Event_AutoRebaseEnabledEvent_Fragment
          | Event_AutoSquashEnabledEvent_Fragment
          | Event_AutomaticBaseChangeFailedEvent_Fragment
          | Event_AutomaticBaseChangeSucceededEvent_Fragment
          | Event_BaseRefChangedEvent_Fragment
          | Event_BaseRefDeletedEvent_Fragment
          | Event_BaseRefForcePushedEvent_Fragment
          | Event_ClosedEvent_Fragment
          | Event_CommentDeletedEvent_Fragment
          | Event_ConnectedEvent_Fragment
          | Event_ConvertToDraftEvent_Fragment
          | Event_ConvertedNoteToIssueEvent_Fragment
          | Event_ConvertedToDiscussionEvent_Fragment
          | Event_CrossReferencedEvent_Fragment
          | Event_DemilestonedEvent_Fragment
          | Event_DeployedEvent_Fragment
          | Event_DeploymentEnvironmentChangedEvent_Fragment
          | Event_DisconnectedEvent_Fragment
          | Event_HeadRefDeletedEvent_Fragment
          | Event_HeadRefForcePushedEvent_Fragment
          | Event_HeadRefRestoredEvent_Fragment
          | Event_IssueComment_Fragment
          | Event_LabeledEvent_Fragment
          | Event_LockedEvent_Fragment
          | Event_MarkedAsDuplicateEvent_Fragment
          | Event_MentionedEvent_Fragment
          | Event_MergedEvent_Fragment
          | Event_MilestonedEvent_Fragment
          | Event_MovedColumnsInProjectEvent_Fragment
          | Event_ParentIssueAddedEvent_Fragment
          | Event_ParentIssueRemovedEvent_Fragment
          | Event_PinnedEvent_Fragment
          | Event_PullRequestCommit_Fragment
          | Event_PullRequestCommitCommentThread_Fragment
          | Event_PullRequestReview_Fragment
          | Event_PullRequestReviewThread_Fragment
          | Event_PullRequestRevisionMarker_Fragment
          | Event_ReadyForReviewEvent_Fragment
          | Event_ReferencedEvent_Fragment
          | Event_RemovedFromMergeQueueEvent_Fragment
          | Event_RemovedFromProjectEvent_Fragment
          | Event_RenamedTitleEvent_Fragment
          | Event_ReopenedEvent_Fragment
          | Event_ReviewDismissedEvent_Fragment
          | Event_ReviewRequestRemovedEvent_Fragment
          | Event_ReviewRequestedEvent_Fragment
          | Event_SubIssueAddedEvent_Fragment
          | Event_SubIssueRemovedEvent_Fragment
          | Event_SubscribedEvent_Fragment
          | Event_TransferredEvent_Fragment
          | Event_UnassignedEvent_Fragment
          | Event_UnlabeledEvent_Fragment
          | Event_UnlockedEvent_Fragment
          | Event_UnmarkedAsDuplicateEvent_Fragment
          | Event_UnpinnedEvent_Fragment
          | Event_UnsubscribedEvent_Fragment
          | Event_UserBlockedEvent_Fragment
         | null> | null }, readonly files?: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<FileFragment | null> | null } | null } & { readonly id?: string, readonly number?: number, readonly title?: string, readonly url?: string, readonly state?: PullRequestState, readonly isDraft?: boolean, readonly locked?: boolean, readonly createdAt?: string, readonly updatedAt?: string, readonly closedAt?: string | null, readonly mergedAt?: string | null, readonly body?: string, readonly lastEditedAt?: string | null, readonly authorAssociation?: CommentAuthorAssociation, readonly baseRefName?: string, readonly headRefOid?: string, readonly changedFiles?: number, readonly editor?:
        | Who_Bot_Fragment
        | Who_EnterpriseUserAccount_Fragment
        | Who_Mannequin_Fragment
        | Who_Organization_Fragment
        | Who_User_Fragment
       | null, readonly author?:
        | Who_Bot_Fragment
        | Who_EnterpriseUserAccount_Fragment
        | Who_Mannequin_Fragment
        | Who_Organization_Fragment
        | Who_User_Fragment
       | null, readonly labels?: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string } | null> | null } | null, readonly commits?: { readonly nodes: ReadonlyArray<{ readonly commit: CommitRunsFragment } | null> | null } } | null } & { readonly id?: string, readonly databaseId?: number | null, readonly name?: string, readonly isArchived?: boolean, readonly hasIssuesEnabled?: boolean, readonly owner?:
      | { readonly login: string }
    , readonly defaultBranchRef?: { readonly name: string, readonly target:
        | { readonly file: { readonly oid: string } | null }
        | Record<PropertyKey, never>
       | null } | null } | null, readonly edits?: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
   | null> };

export type FileFragment = { readonly path: string, readonly changeType: PatchStatus };

export type ColdSeveralQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  appId: number;
  page: number;
  threadPage: number;
  number0: number;
}>;


export type ColdSeveralQuery = { readonly viewer: { readonly login: string, readonly databaseId: number | null }, readonly repository: (
    { readonly part0: WholePullFragment | null }
    & RepositoryFactsFragment
  ) | null };

export type WholePullFragment = (
  { readonly comments: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<CommentFragment | null> | null }, readonly reviews: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<ReviewFragment | null> | null } | null, readonly reviewThreads: { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly id: string, readonly comments: InlineListFragment } | null> | null }, readonly timelineItems: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<
      | Event_AddedToMergeQueueEvent_Fragment
      | Event_AddedToProjectEvent_Fragment
      | Event_AssignedEvent_Fragment
      | Event_AutoMergeDisabledEvent_Fragment
      | Event_AutoMergeEnabledEvent_Fragment
      | Event_AutoRebaseEnabledEvent_Fragment
      | Event_AutoSquashEnabledEvent_Fragment
      | Event_AutomaticBaseChangeFailedEvent_Fragment
      | Event_AutomaticBaseChangeSucceededEvent_Fragment
      | Event_BaseRefChangedEvent_Fragment
      | Event_BaseRefDeletedEvent_Fragment
      | Event_BaseRefForcePushedEvent_Fragment
      | Event_ClosedEvent_Fragment
      | Event_CommentDeletedEvent_Fragment
      | Event_ConnectedEvent_Fragment
      | Event_ConvertToDraftEvent_Fragment
      | Event_ConvertedNoteToIssueEvent_Fragment
      | Event_ConvertedToDiscussionEvent_Fragment
      | Event_CrossReferencedEvent_Fragment
      | Event_DemilestonedEvent_Fragment
      | Event_DeployedEvent_Fragment
      | Event_DeploymentEnvironmentChangedEvent_Fragment
      | Event_DisconnectedEvent_Fragment
      | Event_HeadRefDeletedEvent_Fragment
      | Event_HeadRefForcePushedEvent_Fragment
      | Event_HeadRefRestoredEvent_Fragment
      | Event_IssueComment_Fragment
      | Event_LabeledEvent_Fragment
      | Event_LockedEvent_Fragment
      | Event_MarkedAsDuplicateEvent_Fragment
      | Event_MentionedEvent_Fragment
      | Event_MergedEvent_Fragment
      | Event_MilestonedEvent_Fragment
      | Event_MovedColumnsInProjectEvent_Fragment
      | Event_ParentIssueAddedEvent_Fragment
      | Event_ParentIssueRemovedEvent_Fragment
      | Event_PinnedEvent_Fragment
      | Event_PullRequestCommit_Fragment
      | Event_PullRequestCommitCommentThread_Fragment
      | Event_PullRequestReview_Fragment
      | Event_PullRequestReviewThread_Fragment
      | Event_PullRequestRevisionMarker_Fragment
      | Event_ReadyForReviewEvent_Fragment
      | Event_ReferencedEvent_Fragment
      | Event_RemovedFromMergeQueueEvent_Fragment
      | Event_RemovedFromProjectEvent_Fragment
      | Event_RenamedTitleEvent_Fragment
      | Event_ReopenedEvent_Fragment
      | Event_ReviewDismissedEvent_Fragment
      | Event_ReviewRequestRemovedEvent_Fragment
      | Event_ReviewRequestedEvent_Fragment
      | Event_SubIssueAddedEvent_Fragment
      | Event_SubIssueRemovedEvent_Fragment
      | Event_SubscribedEvent_Fragment
      | Event_TransferredEvent_Fragment
      | Event_UnassignedEvent_Fragment
      | Event_UnlabeledEvent_Fragment
      | Event_UnlockedEvent_Fragment
      | Event_UnmarkedAsDuplicateEvent_Fragment
      | Event_UnpinnedEvent_Fragment
      | Event_UnsubscribedEvent_Fragment
      | Event_UserBlockedEvent_Fragment
     | null> | null }, readonly files: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<FileFragment | null> | null } | null }
  & PullFactsFragment
);

export type PageFragment = { readonly hasNextPage: boolean, readonly endCursor: string | null };

type Who_Bot_Fragment = { readonly __typename: 'Bot', readonly databaseId: number | null, readonly login: string };

type Who_EnterpriseUserAccount_Fragment = { readonly __typename: 'EnterpriseUserAccount', readonly login: string };

type Who_Mannequin_Fragment = { readonly __typename: 'Mannequin', readonly databaseId: number | null, readonly login: string };

type Who_Organization_Fragment = { readonly __typename: 'Organization', readonly login: string };

type Who_User_Fragment = { readonly __typename: 'User', readonly databaseId: number | null, readonly login: string };

export type WhoFragment =
  | Who_Bot_Fragment
  | Who_EnterpriseUserAccount_Fragment
  | Who_Mannequin_Fragment
  | Who_Organization_Fragment
  | Who_User_Fragment
;

export type ConfigFileFragment = { readonly mode: number, readonly type: string, readonly oid: string, readonly size: number, readonly object:
    | { readonly __typename: 'Blob', readonly text: string | null, readonly isTruncated: boolean, readonly isBinary: boolean | null, readonly byteSize: number }
    | { readonly __typename: 'Commit' }
    | { readonly __typename: 'Tag' }
    | { readonly __typename: 'Tree' }
   | null };

export type ConfigQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
}>;


export type ConfigQuery = { readonly repository: { readonly databaseId: number | null, readonly isArchived: boolean, readonly visibility: RepositoryVisibility, readonly nameWithOwner: string, readonly url: string, readonly defaultBranchRef: { readonly target:
        | { readonly oid: string, readonly file: ConfigFileFragment | null }
        | Record<PropertyKey, never>
       | null } | null } | null };

export type HistoryQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  commit: string;
  after?: string | null | undefined;
}>;


export type HistoryQuery = { readonly repository: { readonly object:
      | { readonly history: ReachedListFragment }
      | Record<PropertyKey, never>
     | null } | null };

export type ReachedListFragment = { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<ReachedFragment | null> | null };

export type ReachedFragment = { readonly committedDate: string, readonly associatedPullRequests: { readonly nodes: ReadonlyArray<{ readonly merged: boolean, readonly mergedAt: string | null } | null> | null } | null };

export type AmendmentQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  head: string;
  base: string;
}>;


export type AmendmentQuery = { readonly repository: { readonly atHead:
      | { readonly file: ConfigFileFragment | null }
      | Record<PropertyKey, never>
     | null, readonly atBase:
      | { readonly file: ConfigFileFragment | null }
      | Record<PropertyKey, never>
     | null, readonly defaultBranchRef: { readonly target:
        | { readonly file: ConfigFileFragment | null }
        | Record<PropertyKey, never>
       | null } | null } | null };

export type ConfigAtQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  commit: string;
}>;


export type ConfigAtQuery = { readonly repository: { readonly at:
      | { readonly file: ConfigFileFragment | null }
      | Record<PropertyKey, never>
     | null } | null };

export type VersionsQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  after?: string | null | undefined;
}>;


export type VersionsQuery = { readonly repository: { readonly defaultBranchRef: { readonly name: string, readonly target:
        | TipFragment
        | Record<PropertyKey, never>
       | null } | null } | null };

export type TipFragment = { readonly oid: string, readonly committedDate: string, readonly file: ConfigFileFragment | null, readonly history: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<StepFragment | null> | null } };

export type StepFragment = { readonly oid: string, readonly committedDate: string, readonly author: { readonly user: { readonly login: string } | null } | null, readonly file: ConfigFileFragment | null, readonly associatedPullRequests: { readonly nodes: ReadonlyArray<BringerFragment | null> | null } | null };

export type BringerFragment = { readonly number: number, readonly merged: boolean, readonly mergedAt: string | null, readonly baseRefName: string, readonly headRefName: string, readonly isCrossRepository: boolean, readonly headRefOid: string, readonly mergeCommit: { readonly oid: string, readonly file: ConfigFileFragment | null } | null, readonly author:
    | { readonly login: string }
    | { readonly databaseId: number | null, readonly login: string }
   | null, readonly mergedBy:
    | { readonly login: string }
   | null };

type Event_AddedToMergeQueueEvent_Fragment = { readonly __typename: 'AddedToMergeQueueEvent' };

type Event_AddedToProjectEvent_Fragment = { readonly __typename: 'AddedToProjectEvent' };

type Event_AssignedEvent_Fragment = { readonly __typename: 'AssignedEvent' };

type Event_AutoMergeDisabledEvent_Fragment = { readonly __typename: 'AutoMergeDisabledEvent' };

type Event_AutoMergeEnabledEvent_Fragment = { readonly __typename: 'AutoMergeEnabledEvent' };

type Event_AutoRebaseEnabledEvent_Fragment = { readonly __typename: 'AutoRebaseEnabledEvent' };

type Event_AutoSquashEnabledEvent_Fragment = { readonly __typename: 'AutoSquashEnabledEvent' };

type Event_AutomaticBaseChangeFailedEvent_Fragment = { readonly __typename: 'AutomaticBaseChangeFailedEvent' };

type Event_AutomaticBaseChangeSucceededEvent_Fragment = { readonly __typename: 'AutomaticBaseChangeSucceededEvent', readonly id: string, readonly createdAt: string, readonly oldBase: string, readonly newBase: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_BaseRefChangedEvent_Fragment = { readonly __typename: 'BaseRefChangedEvent', readonly id: string, readonly createdAt: string, readonly currentRefName: string, readonly previousRefName: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_BaseRefDeletedEvent_Fragment = { readonly __typename: 'BaseRefDeletedEvent' };

type Event_BaseRefForcePushedEvent_Fragment = { readonly __typename: 'BaseRefForcePushedEvent' };

type Event_ClosedEvent_Fragment = { readonly __typename: 'ClosedEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_CommentDeletedEvent_Fragment = { readonly __typename: 'CommentDeletedEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly deletedCommentAuthor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_ConnectedEvent_Fragment = { readonly __typename: 'ConnectedEvent' };

type Event_ConvertToDraftEvent_Fragment = { readonly __typename: 'ConvertToDraftEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_ConvertedNoteToIssueEvent_Fragment = { readonly __typename: 'ConvertedNoteToIssueEvent' };

type Event_ConvertedToDiscussionEvent_Fragment = { readonly __typename: 'ConvertedToDiscussionEvent' };

type Event_CrossReferencedEvent_Fragment = { readonly __typename: 'CrossReferencedEvent' };

type Event_DemilestonedEvent_Fragment = { readonly __typename: 'DemilestonedEvent' };

type Event_DeployedEvent_Fragment = { readonly __typename: 'DeployedEvent' };

type Event_DeploymentEnvironmentChangedEvent_Fragment = { readonly __typename: 'DeploymentEnvironmentChangedEvent' };

type Event_DisconnectedEvent_Fragment = { readonly __typename: 'DisconnectedEvent' };

type Event_HeadRefDeletedEvent_Fragment = { readonly __typename: 'HeadRefDeletedEvent' };

type Event_HeadRefForcePushedEvent_Fragment = { readonly __typename: 'HeadRefForcePushedEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly beforeCommit: { readonly oid: string } | null, readonly afterCommit: { readonly oid: string } | null };

type Event_HeadRefRestoredEvent_Fragment = { readonly __typename: 'HeadRefRestoredEvent' };

type Event_IssueComment_Fragment = { readonly __typename: 'IssueComment' };

type Event_LabeledEvent_Fragment = { readonly __typename: 'LabeledEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly label: { readonly name: string } };

type Event_LockedEvent_Fragment = { readonly __typename: 'LockedEvent' };

type Event_MarkedAsDuplicateEvent_Fragment = { readonly __typename: 'MarkedAsDuplicateEvent' };

type Event_MentionedEvent_Fragment = { readonly __typename: 'MentionedEvent' };

type Event_MergedEvent_Fragment = { readonly __typename: 'MergedEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_MilestonedEvent_Fragment = { readonly __typename: 'MilestonedEvent' };

type Event_MovedColumnsInProjectEvent_Fragment = { readonly __typename: 'MovedColumnsInProjectEvent' };

type Event_ParentIssueAddedEvent_Fragment = { readonly __typename: 'ParentIssueAddedEvent' };

type Event_ParentIssueRemovedEvent_Fragment = { readonly __typename: 'ParentIssueRemovedEvent' };

type Event_PinnedEvent_Fragment = { readonly __typename: 'PinnedEvent' };

type Event_PullRequestCommit_Fragment = { readonly __typename: 'PullRequestCommit' };

type Event_PullRequestCommitCommentThread_Fragment = { readonly __typename: 'PullRequestCommitCommentThread' };

type Event_PullRequestReview_Fragment = { readonly __typename: 'PullRequestReview' };

type Event_PullRequestReviewThread_Fragment = { readonly __typename: 'PullRequestReviewThread' };

type Event_PullRequestRevisionMarker_Fragment = { readonly __typename: 'PullRequestRevisionMarker' };

type Event_ReadyForReviewEvent_Fragment = { readonly __typename: 'ReadyForReviewEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_ReferencedEvent_Fragment = { readonly __typename: 'ReferencedEvent' };

type Event_RemovedFromMergeQueueEvent_Fragment = { readonly __typename: 'RemovedFromMergeQueueEvent' };

type Event_RemovedFromProjectEvent_Fragment = { readonly __typename: 'RemovedFromProjectEvent' };

type Event_RenamedTitleEvent_Fragment = { readonly __typename: 'RenamedTitleEvent' };

type Event_ReopenedEvent_Fragment = { readonly __typename: 'ReopenedEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Event_ReviewDismissedEvent_Fragment = { readonly __typename: 'ReviewDismissedEvent', readonly id: string, readonly createdAt: string, readonly previousReviewState: PullRequestReviewState, readonly dismissalMessage: string | null, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly pullRequestCommit: { readonly commit: { readonly oid: string } } | null, readonly review: { readonly id: string, readonly fullDatabaseId: string | number | null } | null };

type Event_ReviewRequestRemovedEvent_Fragment = { readonly __typename: 'ReviewRequestRemovedEvent' };

type Event_ReviewRequestedEvent_Fragment = { readonly __typename: 'ReviewRequestedEvent' };

type Event_SubIssueAddedEvent_Fragment = { readonly __typename: 'SubIssueAddedEvent' };

type Event_SubIssueRemovedEvent_Fragment = { readonly __typename: 'SubIssueRemovedEvent' };

type Event_SubscribedEvent_Fragment = { readonly __typename: 'SubscribedEvent' };

type Event_TransferredEvent_Fragment = { readonly __typename: 'TransferredEvent' };

type Event_UnassignedEvent_Fragment = { readonly __typename: 'UnassignedEvent' };

type Event_UnlabeledEvent_Fragment = { readonly __typename: 'UnlabeledEvent', readonly id: string, readonly createdAt: string, readonly actor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly label: { readonly name: string } };

type Event_UnlockedEvent_Fragment = { readonly __typename: 'UnlockedEvent' };

type Event_UnmarkedAsDuplicateEvent_Fragment = { readonly __typename: 'UnmarkedAsDuplicateEvent' };

type Event_UnpinnedEvent_Fragment = { readonly __typename: 'UnpinnedEvent' };

type Event_UnsubscribedEvent_Fragment = { readonly __typename: 'UnsubscribedEvent' };

type Event_UserBlockedEvent_Fragment = { readonly __typename: 'UserBlockedEvent' };

export type EventFragment =
  | Event_AddedToMergeQueueEvent_Fragment
  | Event_AddedToProjectEvent_Fragment
  | Event_AssignedEvent_Fragment
  | Event_AutoMergeDisabledEvent_Fragment
  | Event_AutoMergeEnabledEvent_Fragment
  | Event_AutoRebaseEnabledEvent_Fragment
  | Event_AutoSquashEnabledEvent_Fragment
  | Event_AutomaticBaseChangeFailedEvent_Fragment
  | Event_AutomaticBaseChangeSucceededEvent_Fragment
  | Event_BaseRefChangedEvent_Fragment
  | Event_BaseRefDeletedEvent_Fragment
  | Event_BaseRefForcePushedEvent_Fragment
  | Event_ClosedEvent_Fragment
  | Event_CommentDeletedEvent_Fragment
  | Event_ConnectedEvent_Fragment
  | Event_ConvertToDraftEvent_Fragment
  | Event_ConvertedNoteToIssueEvent_Fragment
  | Event_ConvertedToDiscussionEvent_Fragment
  | Event_CrossReferencedEvent_Fragment
  | Event_DemilestonedEvent_Fragment
  | Event_DeployedEvent_Fragment
  | Event_DeploymentEnvironmentChangedEvent_Fragment
  | Event_DisconnectedEvent_Fragment
  | Event_HeadRefDeletedEvent_Fragment
  | Event_HeadRefForcePushedEvent_Fragment
  | Event_HeadRefRestoredEvent_Fragment
  | Event_IssueComment_Fragment
  | Event_LabeledEvent_Fragment
  | Event_LockedEvent_Fragment
  | Event_MarkedAsDuplicateEvent_Fragment
  | Event_MentionedEvent_Fragment
  | Event_MergedEvent_Fragment
  | Event_MilestonedEvent_Fragment
  | Event_MovedColumnsInProjectEvent_Fragment
  | Event_ParentIssueAddedEvent_Fragment
  | Event_ParentIssueRemovedEvent_Fragment
  | Event_PinnedEvent_Fragment
  | Event_PullRequestCommit_Fragment
  | Event_PullRequestCommitCommentThread_Fragment
  | Event_PullRequestReview_Fragment
  | Event_PullRequestReviewThread_Fragment
  | Event_PullRequestRevisionMarker_Fragment
  | Event_ReadyForReviewEvent_Fragment
  | Event_ReferencedEvent_Fragment
  | Event_RemovedFromMergeQueueEvent_Fragment
  | Event_RemovedFromProjectEvent_Fragment
  | Event_RenamedTitleEvent_Fragment
  | Event_ReopenedEvent_Fragment
  | Event_ReviewDismissedEvent_Fragment
  | Event_ReviewRequestRemovedEvent_Fragment
  | Event_ReviewRequestedEvent_Fragment
  | Event_SubIssueAddedEvent_Fragment
  | Event_SubIssueRemovedEvent_Fragment
  | Event_SubscribedEvent_Fragment
  | Event_TransferredEvent_Fragment
  | Event_UnassignedEvent_Fragment
  | Event_UnlabeledEvent_Fragment
  | Event_UnlockedEvent_Fragment
  | Event_UnmarkedAsDuplicateEvent_Fragment
  | Event_UnpinnedEvent_Fragment
  | Event_UnsubscribedEvent_Fragment
  | Event_UserBlockedEvent_Fragment
;

export type RepositoryFactsFragment = { readonly id: string, readonly databaseId: number | null, readonly name: string, readonly isArchived: boolean, readonly hasIssuesEnabled: boolean, readonly owner:
    | { readonly login: string }
  , readonly defaultBranchRef: { readonly name: string, readonly target:
      | { readonly file: { readonly oid: string } | null }
      | Record<PropertyKey, never>
     | null } | null };

export type PullFactsFragment = { readonly id: string, readonly number: number, readonly title: string, readonly url: string, readonly state: PullRequestState, readonly isDraft: boolean, readonly locked: boolean, readonly createdAt: string, readonly updatedAt: string, readonly closedAt: string | null, readonly mergedAt: string | null, readonly body: string, readonly lastEditedAt: string | null, readonly authorAssociation: CommentAuthorAssociation, readonly baseRefName: string, readonly headRefOid: string, readonly changedFiles: number, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly labels: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string } | null> | null } | null, readonly commits: { readonly nodes: ReadonlyArray<{ readonly commit: CommitRunsFragment } | null> | null } };

export type TreeEntriesQueryVariables = Exact<{
  owner: string;
  repo: string;
  commit: string;
  path0: string;
}>;


export type TreeEntriesQuery = { readonly repository: { readonly object:
      | { readonly part0: { readonly mode: number, readonly oid: string } | null }
      | Record<PropertyKey, never>
     | null } | null };

export type FormQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  head: string;
  appId: number;
  path0: string;
}>;


export type FormQuery = { readonly repository: { readonly pullRequest: { readonly headRefOid: string, readonly headRefName: string, readonly body: string, readonly headRepository: { readonly nameWithOwner: string } | null, readonly first: { readonly totalCount: number, readonly nodes: ReadonlyArray<SigningFragment | null> | null }, readonly last: { readonly nodes: ReadonlyArray<SigningFragment | null> | null } } | null, readonly object:
      | { readonly checkSuites: { readonly nodes: ReadonlyArray<{ readonly latest: { readonly nodes: ReadonlyArray<RunFragment | null> | null } | null, readonly all: { readonly nodes: ReadonlyArray<RunFragment | null> | null } | null } | null> | null } | null, readonly part0: { readonly mode: number, readonly oid: string, readonly size: number } | null }
      | Record<PropertyKey, never>
     | null } | null };

export type SigningFragment = { readonly commit: { readonly message: string, readonly author: { readonly user: { readonly databaseId: number | null } | null } | null } };

export type BlobsQueryVariables = Exact<{
  owner: string;
  repo: string;
  oid0: string;
}>;


export type BlobsQuery = { readonly repository: { readonly part0:
      | { readonly isBinary: boolean | null, readonly isTruncated: boolean, readonly text: string | null }
      | Record<PropertyKey, never>
     | null } | null };

export type ThreadsQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  page: number;
  after?: string | null | undefined;
}>;


export type ThreadsQuery = { readonly repository: { readonly pullRequest: { readonly reviewThreads: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly isResolved: boolean, readonly resolvedBy: Who_User_Fragment | null, readonly comments: { readonly nodes: ReadonlyArray<{ readonly url: string, readonly createdAt: string, readonly publishedAt: string | null, readonly author:
                | Who_Bot_Fragment
                | Who_EnterpriseUserAccount_Fragment
                | Who_Mannequin_Fragment
                | Who_Organization_Fragment
                | Who_User_Fragment
               | null } | null> | null } } | null> | null } } | null } | null };

export type FileNowQueryVariables = Exact<{
  owner: string;
  repo: string;
  path: string;
}>;


export type FileNowQuery = { readonly repository: { readonly defaultBranchRef: { readonly target:
        | { readonly oid: string, readonly file: ConfigFileFragment | null }
        | Record<PropertyKey, never>
       | null } | null } | null };

export type AuthorsQueryVariables = Exact<{
  owner: string;
  repo: string;
  after?: string | null | undefined;
}>;


export type AuthorsQuery = { readonly viewer: { readonly databaseId: number | null }, readonly repository: { readonly issues: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly id: string, readonly viewerDidAuthor: boolean, readonly author:
          | Who_Bot_Fragment
          | Who_EnterpriseUserAccount_Fragment
          | Who_Mannequin_Fragment
          | Who_Organization_Fragment
          | Who_User_Fragment
         | null } | null> | null } } | null };

export type IssuesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type IssuesQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string, readonly number: number, readonly title: string, readonly body: string, readonly state: IssueState }
    | Record<PropertyKey, never>
   | null> };

export type MergeQueueQueryVariables = Exact<{
  owner: string;
  repo: string;
  branch?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type MergeQueueQuery = { readonly repository: { readonly mergeQueue: { readonly entries: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly position: number, readonly headCommit: { readonly oid: string } | null, readonly pullRequest: { readonly number: number } | null } | null> | null } | null } | null } | null };

export type OpenNumbersQueryVariables = Exact<{
  owner: string;
  repo: string;
  after?: string | null | undefined;
}>;


export type OpenNumbersQuery = { readonly repository: { readonly pullRequests: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly number: number } | null> | null } } | null };

export type OpenQueryVariables = Exact<{
  owner: string;
  repo: string;
  page: number;
  after?: string | null | undefined;
  appId: number;
  threads: boolean;
}>;


export type OpenQuery = { readonly repository: { readonly databaseId: number | null, readonly pullRequests: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<OpenPullFragment | null> | null } } | null };

export type OpenPullFragment = { readonly id: string, readonly number: number, readonly title: string, readonly state: PullRequestState, readonly isDraft: boolean, readonly locked: boolean, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly baseRefName: string, readonly headRefOid: string, readonly changedFiles: number, readonly labels: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly name: string } | null> | null } | null, readonly comments: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly updatedAt: string } | null> | null }, readonly reviews: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly state: PullRequestReviewState, readonly updatedAt: string } | null> | null } | null, readonly reviewThreads: { readonly totalCount: number, readonly nodes?: ReadonlyArray<{ readonly isResolved: boolean, readonly resolvedBy: Who_User_Fragment | null } | null> | null }, readonly commits: { readonly nodes: ReadonlyArray<{ readonly commit: { readonly oid: string, readonly checkSuites: { readonly nodes: ReadonlyArray<{ readonly checkRuns: { readonly nodes: ReadonlyArray<ShownRunFragment | null> | null } | null } | null> | null } | null } } | null> | null } };

export type ShownRunFragment = { readonly name: string, readonly externalId: string | null, readonly status: CheckStatusState, readonly conclusion: CheckConclusionState | null, readonly title: string | null, readonly fullId: number | null };

export type RunFragment = { readonly id: string, readonly name: string, readonly externalId: string | null, readonly status: CheckStatusState, readonly conclusion: CheckConclusionState | null, readonly startedAt: string | null, readonly title: string | null, readonly summary: string | null, readonly fullId: number | null };

export type RunListFragment = { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<RunFragment | null> | null };

export type LatestRunsFragment = { readonly latest: { readonly nodes: ReadonlyArray<(
      { readonly text: string | null }
      & RunFragment
    ) | null> | null } | null };

export type SuiteFragment = (
  { readonly id: string, readonly all: RunListFragment | null }
  & LatestRunsFragment
);

export type SuiteListFragment = { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<SuiteFragment | null> | null };

export type CommitRunsFragment = { readonly oid: string, readonly checkSuites: SuiteListFragment | null };

export type HeadQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  appId: number;
}>;


export type HeadQuery = { readonly repository: { readonly isArchived: boolean, readonly pullRequest: { readonly state: PullRequestState, readonly headRefOid: string, readonly commits: { readonly nodes: ReadonlyArray<{ readonly commit: CommitRunsFragment } | null> | null } } | null } | null };

export type RunsQueryVariables = Exact<{
  owner: string;
  repo: string;
  head: string;
  appId: number;
}>;


export type RunsQuery = { readonly repository: { readonly object:
      | CommitRunsFragment
      | Record<PropertyKey, never>
     | null } | null };

export type RecordsOfFragment = { readonly checkSuites: { readonly nodes: ReadonlyArray<LatestRunsFragment | null> | null } | null };

export type OlderRunsQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  appId: number;
  oid0: string;
}>;


export type OlderRunsQuery = { readonly repository: { readonly pullRequest: { readonly commits: { readonly nodes: ReadonlyArray<{ readonly commit: RecordsOfFragment } | null> | null } } | null, readonly part0:
      | RecordsOfFragment
      | Record<PropertyKey, never>
     | null } | null };

export type SharedHeadsQueryVariables = Exact<{
  owner: string;
  repo: string;
  number0: number;
}>;


export type SharedHeadsQuery = { readonly repository: { readonly part0: { readonly number: number, readonly state: PullRequestState, readonly headRefOid: string } | null } | null };

export type SuitesQueryVariables = Exact<{
  owner: string;
  repo: string;
  head: string;
  appId: number;
  after?: string | null | undefined;
}>;


export type SuitesQuery = { readonly repository: { readonly object:
      | { readonly checkSuites: SuiteListFragment | null }
      | Record<PropertyKey, never>
     | null } | null };

export type MoreRunsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MoreRunsQuery = { readonly node:
    | { readonly checkRuns: RunListFragment | null }
    | Record<PropertyKey, never>
   | null };

export type RunTextsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type RunTextsQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string }
    | { readonly text: string | null, readonly id: string }
    | { readonly id: string }
   | null> };

export type ClerksQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  one: boolean;
}>;


export type ClerksQuery = { readonly repository: { readonly pullRequest?: PullAppsFragment | null, readonly pullRequests: { readonly nodes: ReadonlyArray<PullAppsFragment | null> | null } } | null };

export type PullAppsFragment = { readonly commits: { readonly nodes: ReadonlyArray<{ readonly commit: { readonly checkSuites: { readonly nodes: ReadonlyArray<{ readonly app: { readonly databaseId: number | null, readonly slug: string } | null, readonly checkRuns: { readonly totalCount: number } | null } | null> | null } | null } } | null> | null } };

export type SpecPullQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  after?: string | null | undefined;
}>;


export type SpecPullQuery = { readonly viewer: { readonly databaseId: number | null }, readonly repository: { readonly pullRequest: { readonly number: number, readonly url: string, readonly title: string, readonly body: string, readonly state: PullRequestState, readonly locked: boolean, readonly createdAt: string, readonly closedAt: string | null, readonly mergedAt: string | null, readonly lastEditedAt: string | null, readonly author:
        | Who_Bot_Fragment
        | Who_EnterpriseUserAccount_Fragment
        | Who_Mannequin_Fragment
        | Who_Organization_Fragment
        | Who_User_Fragment
       | null, readonly mergedBy:
        | Who_Bot_Fragment
        | Who_EnterpriseUserAccount_Fragment
        | Who_Mannequin_Fragment
        | Who_Organization_Fragment
        | Who_User_Fragment
       | null, readonly timelineItems: { readonly nodes: ReadonlyArray<
          | { readonly __typename: 'AddedToMergeQueueEvent' }
          | { readonly __typename: 'AddedToProjectEvent' }
          | { readonly __typename: 'AssignedEvent' }
          | { readonly __typename: 'AutoMergeDisabledEvent' }
          | { readonly __typename: 'AutoMergeEnabledEvent' }
          | { readonly __typename: 'AutoRebaseEnabledEvent' }
          | { readonly __typename: 'AutoSquashEnabledEvent' }
          | { readonly __typename: 'AutomaticBaseChangeFailedEvent' }
          | { readonly __typename: 'AutomaticBaseChangeSucceededEvent' }
          | { readonly __typename: 'BaseRefChangedEvent' }
          | { readonly __typename: 'BaseRefDeletedEvent' }
          | { readonly __typename: 'BaseRefForcePushedEvent' }
          | { readonly __typename: 'ClosedEvent' }
          | { readonly __typename: 'CommentDeletedEvent' }
          | { readonly __typename: 'ConnectedEvent' }
          | { readonly __typename: 'ConvertToDraftEvent' }
          | { readonly __typename: 'ConvertedNoteToIssueEvent' }
          | { readonly __typename: 'ConvertedToDiscussionEvent' }
          | { readonly __typename: 'CrossReferencedEvent' }
          | { readonly __typename: 'DemilestonedEvent' }
          | { readonly __typename: 'DeployedEvent' }
          | { readonly __typename: 'DeploymentEnvironmentChangedEvent' }
          | { readonly __typename: 'DisconnectedEvent' }
          | { readonly __typename: 'HeadRefDeletedEvent' }
          | { readonly __typename: 'HeadRefForcePushedEvent' }
          | { readonly __typename: 'HeadRefRestoredEvent' }
          | { readonly __typename: 'IssueComment' }
          | { readonly __typename: 'LabeledEvent' }
          | { readonly __typename: 'LockedEvent' }
          | { readonly __typename: 'MarkedAsDuplicateEvent' }
          | { readonly __typename: 'MentionedEvent' }
          | { readonly __typename: 'MergedEvent' }
          | { readonly __typename: 'MilestonedEvent' }
          | { readonly __typename: 'MovedColumnsInProjectEvent' }
          | { readonly __typename: 'ParentIssueAddedEvent' }
          | { readonly __typename: 'ParentIssueRemovedEvent' }
          | { readonly __typename: 'PinnedEvent' }
          | { readonly __typename: 'PullRequestCommit' }
          | { readonly __typename: 'PullRequestCommitCommentThread' }
          | { readonly __typename: 'PullRequestReview' }
          | { readonly __typename: 'PullRequestReviewThread' }
          | { readonly __typename: 'PullRequestRevisionMarker' }
          | { readonly __typename: 'ReadyForReviewEvent' }
          | { readonly __typename: 'ReferencedEvent' }
          | { readonly __typename: 'RemovedFromMergeQueueEvent' }
          | { readonly __typename: 'RemovedFromProjectEvent' }
          | { readonly __typename: 'RenamedTitleEvent', readonly createdAt: string }
          | { readonly __typename: 'ReopenedEvent', readonly createdAt: string }
          | { readonly __typename: 'ReviewDismissedEvent' }
          | { readonly __typename: 'ReviewRequestRemovedEvent' }
          | { readonly __typename: 'ReviewRequestedEvent' }
          | { readonly __typename: 'SubIssueAddedEvent' }
          | { readonly __typename: 'SubIssueRemovedEvent' }
          | { readonly __typename: 'SubscribedEvent' }
          | { readonly __typename: 'TransferredEvent' }
          | { readonly __typename: 'UnassignedEvent' }
          | { readonly __typename: 'UnlabeledEvent' }
          | { readonly __typename: 'UnlockedEvent' }
          | { readonly __typename: 'UnmarkedAsDuplicateEvent' }
          | { readonly __typename: 'UnpinnedEvent' }
          | { readonly __typename: 'UnsubscribedEvent' }
          | { readonly __typename: 'UserBlockedEvent' }
         | null> | null }, readonly reviews: { readonly nodes: ReadonlyArray<{ readonly submittedAt: string | null, readonly author:
            | Who_Bot_Fragment
            | Who_EnterpriseUserAccount_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null } | null> | null } | null, readonly comments: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<{ readonly fullDatabaseId: string | number | null, readonly body: string, readonly author:
            | Who_Bot_Fragment
            | Who_EnterpriseUserAccount_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null } | null> | null } } | null } | null };

type Body_CommitComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_Discussion_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_DiscussionComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_GistComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_Issue_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_IssueComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_PullRequest_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_PullRequestReview_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_PullRequestReviewComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_TeamDiscussion_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

type Body_TeamDiscussionComment_Fragment = { readonly id: string, readonly body: string, readonly createdAt: string, readonly updatedAt: string, readonly lastEditedAt: string | null, readonly includesCreatedEdit: boolean, readonly viewerDidAuthor: boolean, readonly author:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

export type BodyFragment =
  | Body_CommitComment_Fragment
  | Body_Discussion_Fragment
  | Body_DiscussionComment_Fragment
  | Body_GistComment_Fragment
  | Body_Issue_Fragment
  | Body_IssueComment_Fragment
  | Body_PullRequest_Fragment
  | Body_PullRequestReview_Fragment
  | Body_PullRequestReviewComment_Fragment
  | Body_TeamDiscussion_Fragment
  | Body_TeamDiscussionComment_Fragment
;

export type CommentFragment = (
  { readonly isMinimized: boolean, readonly fullDatabaseId: string | number | null, readonly url: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly viewerHasReacted: boolean }> | null }
  & Body_IssueComment_Fragment
);

export type ReviewFragment = (
  { readonly isMinimized: boolean, readonly fullDatabaseId: string | number | null, readonly url: string, readonly state: PullRequestReviewState, readonly submittedAt: string | null, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly viewerHasReacted: boolean }> | null, readonly commit: { readonly oid: string } | null }
  & Body_PullRequestReview_Fragment
);

export type InlineFragment = (
  { readonly isMinimized: boolean, readonly fullDatabaseId: string | number | null, readonly url: string, readonly publishedAt: string | null, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly viewerHasReacted: boolean }> | null, readonly pullRequestReview: { readonly submittedAt: string | null } | null }
  & Body_PullRequestReviewComment_Fragment
);

export type InlineListFragment = { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<InlineFragment | null> | null };

export type EditListFragment = { readonly totalCount: number, readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<EditFragment | null> | null };

export type EditFragment = { readonly id: string, readonly editedAt: string, readonly diff: string | null, readonly editor:
    | Who_Bot_Fragment
    | Who_EnterpriseUserAccount_Fragment
    | Who_Mannequin_Fragment
    | Who_Organization_Fragment
    | Who_User_Fragment
   | null };

export type EditsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  first: number;
}>;


export type EditsQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
   | null> };

export type FurtherEditsQueryVariables = Exact<{
  first: number;
  id0: string;
  after0?: string | null | undefined;
}>;


export type FurtherEditsQuery = { readonly part0:
    | { readonly userContentEdits: EditListFragment | null }
    | Record<PropertyKey, never>
   | null };

export type FurtherInlineQueryVariables = Exact<{
  id0: string;
  after0?: string | null | undefined;
}>;


export type FurtherInlineQuery = { readonly part0:
    | { readonly comments: InlineListFragment }
    | Record<PropertyKey, never>
   | null };

export type ReactorsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type ReactorsQuery = { readonly nodes: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string, readonly reactionGroups: ReadonlyArray<{ readonly content: ReactionContent, readonly reactors: { readonly nodes: ReadonlyArray<
            | Who_Bot_Fragment
            | Who_Mannequin_Fragment
            | Who_Organization_Fragment
            | Who_User_Fragment
           | null> | null } }> | null }
    | { readonly id: string }
   | null> };

export type ReactMutationVariables = Exact<{
  id: string;
  content: ReactionContent;
}>;


export type ReactMutation = { readonly addReaction: { readonly reaction: { readonly id: string } | null } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly login: string } };

export type WarmQueryVariables = Exact<{
  owner: string;
  repo: string;
  config: string;
  appId: number;
  status: ReadonlyArray<string> | string;
  number0: number;
  since0?: string | null | undefined;
}>;


export type WarmQuery = { readonly viewer: { readonly login: string, readonly databaseId: number | null }, readonly repository: (
    { readonly part0: (
      { readonly comments: { readonly totalCount: number, readonly nodes: ReadonlyArray<CommentFragment | null> | null }, readonly reviews: { readonly totalCount: number, readonly nodes: ReadonlyArray<ReviewFragment | null> | null } | null, readonly reviewThreads: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly comments: { readonly totalCount: number, readonly nodes: ReadonlyArray<InlineFragment | null> | null } } | null> | null }, readonly timelineItems: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<
          | Event_AddedToMergeQueueEvent_Fragment
          | Event_AddedToProjectEvent_Fragment
          | Event_AssignedEvent_Fragment
          | Event_AutoMergeDisabledEvent_Fragment
          | Event_AutoMergeEnabledEvent_Fragment
          | Event_AutoRebaseEnabledEvent_Fragment
          | Event_AutoSquashEnabledEvent_Fragment
          | Event_AutomaticBaseChangeFailedEvent_Fragment
          | Event_AutomaticBaseChangeSucceededEvent_Fragment
          | Event_BaseRefChangedEvent_Fragment
          | Event_BaseRefDeletedEvent_Fragment
          | Event_BaseRefForcePushedEvent_Fragment
          | Event_ClosedEvent_Fragment
          | Event_CommentDeletedEvent_Fragment
          | Event_ConnectedEvent_Fragment
          | Event_ConvertToDraftEvent_Fragment
          | Event_ConvertedNoteToIssueEvent_Fragment
          | Event_ConvertedToDiscussionEvent_Fragment
          | Event_CrossReferencedEvent_Fragment
          | Event_DemilestonedEvent_Fragment
          | Event_DeployedEvent_Fragment
          | Event_DeploymentEnvironmentChangedEvent_Fragment
          | Event_DisconnectedEvent_Fragment
          | Event_HeadRefDeletedEvent_Fragment
          | Event_HeadRefForcePushedEvent_Fragment
          | Event_HeadRefRestoredEvent_Fragment
          | Event_IssueComment_Fragment
          | Event_LabeledEvent_Fragment
          | Event_LockedEvent_Fragment
          | Event_MarkedAsDuplicateEvent_Fragment
          | Event_MentionedEvent_Fragment
          | Event_MergedEvent_Fragment
          | Event_MilestonedEvent_Fragment
          | Event_MovedColumnsInProjectEvent_Fragment
          | Event_ParentIssueAddedEvent_Fragment
          | Event_ParentIssueRemovedEvent_Fragment
          | Event_PinnedEvent_Fragment
          | Event_PullRequestCommit_Fragment
          | Event_PullRequestCommitCommentThread_Fragment
          | Event_PullRequestReview_Fragment
          | Event_PullRequestReviewThread_Fragment
          | Event_PullRequestRevisionMarker_Fragment
          | Event_ReadyForReviewEvent_Fragment
          | Event_ReferencedEvent_Fragment
          | Event_RemovedFromMergeQueueEvent_Fragment
          | Event_RemovedFromProjectEvent_Fragment
          | Event_RenamedTitleEvent_Fragment
          | Event_ReopenedEvent_Fragment
          | Event_ReviewDismissedEvent_Fragment
          | Event_ReviewRequestRemovedEvent_Fragment
          | Event_ReviewRequestedEvent_Fragment
          | Event_SubIssueAddedEvent_Fragment
          | Event_SubIssueRemovedEvent_Fragment
          | Event_SubscribedEvent_Fragment
          | Event_TransferredEvent_Fragment
          | Event_UnassignedEvent_Fragment
          | Event_UnlabeledEvent_Fragment
          | Event_UnlockedEvent_Fragment
          | Event_UnmarkedAsDuplicateEvent_Fragment
          | Event_UnpinnedEvent_Fragment
          | Event_UnsubscribedEvent_Fragment
          | Event_UserBlockedEvent_Fragment
         | null> | null } }
      & PullFactsFragment
    ) | null }
    & RepositoryFactsFragment
  ) | null, readonly edits: ReadonlyArray<
    | { readonly id: string }
    | { readonly id: string, readonly userContentEdits: EditListFragment | null }
    | { readonly id: string }
   | null> };

export type MoreEventsQueryVariables = Exact<{
  owner: string;
  repo: string;
  number: number;
  since?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type MoreEventsQuery = { readonly repository: { readonly pullRequest: { readonly labels: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string } | null> | null } | null, readonly timelineItems: { readonly pageInfo: PageFragment, readonly nodes: ReadonlyArray<
          | Event_AddedToMergeQueueEvent_Fragment
          | Event_AddedToProjectEvent_Fragment
          | Event_AssignedEvent_Fragment
          | Event_AutoMergeDisabledEvent_Fragment
          | Event_AutoMergeEnabledEvent_Fragment
          | Event_AutoRebaseEnabledEvent_Fragment
          | Event_AutoSquashEnabledEvent_Fragment
          | Event_AutomaticBaseChangeFailedEvent_Fragment
          | Event_AutomaticBaseChangeSucceededEvent_Fragment
          | Event_BaseRefChangedEvent_Fragment
          | Event_BaseRefDeletedEvent_Fragment
          | Event_BaseRefForcePushedEvent_Fragment
          | Event_ClosedEvent_Fragment
          | Event_CommentDeletedEvent_Fragment
          | Event_ConnectedEvent_Fragment
          | Event_ConvertToDraftEvent_Fragment
          | Event_ConvertedNoteToIssueEvent_Fragment
          | Event_ConvertedToDiscussionEvent_Fragment
          | Event_CrossReferencedEvent_Fragment
          | Event_DemilestonedEvent_Fragment
          | Event_DeployedEvent_Fragment
          | Event_DeploymentEnvironmentChangedEvent_Fragment
          | Event_DisconnectedEvent_Fragment
          | Event_HeadRefDeletedEvent_Fragment
          | Event_HeadRefForcePushedEvent_Fragment
          | Event_HeadRefRestoredEvent_Fragment
          | Event_IssueComment_Fragment
          | Event_LabeledEvent_Fragment
          | Event_LockedEvent_Fragment
          | Event_MarkedAsDuplicateEvent_Fragment
          | Event_MentionedEvent_Fragment
          | Event_MergedEvent_Fragment
          | Event_MilestonedEvent_Fragment
          | Event_MovedColumnsInProjectEvent_Fragment
          | Event_ParentIssueAddedEvent_Fragment
          | Event_ParentIssueRemovedEvent_Fragment
          | Event_PinnedEvent_Fragment
          | Event_PullRequestCommit_Fragment
          | Event_PullRequestCommitCommentThread_Fragment
          | Event_PullRequestReview_Fragment
          | Event_PullRequestReviewThread_Fragment
          | Event_PullRequestRevisionMarker_Fragment
          | Event_ReadyForReviewEvent_Fragment
          | Event_ReferencedEvent_Fragment
          | Event_RemovedFromMergeQueueEvent_Fragment
          | Event_RemovedFromProjectEvent_Fragment
          | Event_RenamedTitleEvent_Fragment
          | Event_ReopenedEvent_Fragment
          | Event_ReviewDismissedEvent_Fragment
          | Event_ReviewRequestRemovedEvent_Fragment
          | Event_ReviewRequestedEvent_Fragment
          | Event_SubIssueAddedEvent_Fragment
          | Event_SubIssueRemovedEvent_Fragment
          | Event_SubscribedEvent_Fragment
          | Event_TransferredEvent_Fragment
          | Event_UnassignedEvent_Fragment
          | Event_UnlabeledEvent_Fragment
          | Event_UnlockedEvent_Fragment
          | Event_UnmarkedAsDuplicateEvent_Fragment
          | Event_UnpinnedEvent_Fragment
          | Event_UnsubscribedEvent_Fragment
          | Event_UserBlockedEvent_Fragment
         | null> | null } } | null } | null };


export const COLD = `query Cold($owner:String!$repo:String!$number:Int!$config:String!$appId:Int!$page:Int!$threadPage:Int!$head:Boolean!$comments:Boolean!$commentsAfter:String$reviews:Boolean!$reviewsAfter:String$threads:Boolean!$threadsAfter:String$events:Boolean!$eventsAfter:String$files:Boolean!$filesAfter:String$status:[ID!]!$edits:Int!){viewer{login databaseId}repository(owner:$owner name:$repo){...repositoryFacts@include(if:$head)pullRequest(number:$number){...pullFacts@include(if:$head)comments(first:$page after:$commentsAfter)@include(if:$comments){totalCount pageInfo{...page}nodes{...comment}}reviews(first:$page after:$reviewsAfter states:[APPROVED CHANGES_REQUESTED COMMENTED DISMISSED])@include(if:$reviews){totalCount pageInfo{...page}nodes{...review}}reviewThreads(first:$threadPage after:$threadsAfter)@include(if:$threads){totalCount pageInfo{...page}nodes{id comments(first:50){...inlineList}}}timelineItems(first:$page after:$eventsAfter itemTypes:[LABELED_EVENT UNLABELED_EVENT CLOSED_EVENT REOPENED_EVENT MERGED_EVENT CONVERT_TO_DRAFT_EVENT READY_FOR_REVIEW_EVENT REVIEW_DISMISSED_EVENT COMMENT_DELETED_EVENT HEAD_REF_FORCE_PUSHED_EVENT BASE_REF_CHANGED_EVENT AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT])@include(if:$events){pageInfo{...page}nodes{...event}}files(first:100 after:$filesAfter)@include(if:$files){pageInfo{...page}nodes{...file}}}}edits:nodes(ids:$status)@include(if:$head){id ...on IssueComment{userContentEdits(first:$edits){...editList}}}}fragment repositoryFacts on Repository{id databaseId name isArchived hasIssuesEnabled owner{login}defaultBranchRef{name target{...on Commit{file(path:$config){oid}}}}}fragment pullFacts on PullRequest{id number title url state isDraft locked createdAt updatedAt closedAt mergedAt body lastEditedAt editor{...who}author{...who}authorAssociation baseRefName headRefOid changedFiles labels(first:100){totalCount nodes{id name}}commits(last:4){nodes{commit{...commitRuns}}}}fragment page on PageInfo{hasNextPage endCursor}fragment comment on IssueComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}}fragment review on PullRequestReview{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}state submittedAt commit{oid}}fragment inlineList on PullRequestReviewCommentConnection{totalCount pageInfo{...page}nodes{...inline}}fragment event on PullRequestTimelineItems{__typename ...on LabeledEvent{id createdAt actor{...who}label{name}}...on UnlabeledEvent{id createdAt actor{...who}label{name}}...on ClosedEvent{id createdAt actor{...who}}...on ReopenedEvent{id createdAt actor{...who}}...on MergedEvent{id createdAt actor{...who}}...on ConvertToDraftEvent{id createdAt actor{...who}}...on ReadyForReviewEvent{id createdAt actor{...who}}...on ReviewDismissedEvent{id createdAt actor{...who}previousReviewState dismissalMessage pullRequestCommit{commit{oid}}review{id fullDatabaseId}}...on CommentDeletedEvent{id createdAt actor{...who}deletedCommentAuthor{...who}}...on HeadRefForcePushedEvent{id createdAt actor{...who}beforeCommit{oid}afterCommit{oid}}...on BaseRefChangedEvent{id createdAt actor{...who}currentRefName previousRefName}...on AutomaticBaseChangeSucceededEvent{id createdAt actor{...who}oldBase newBase}}fragment file on PullRequestChangedFile{path changeType}fragment editList on UserContentEditConnection{totalCount pageInfo{...page}nodes{...edit}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}fragment commitRuns on Commit{oid checkSuites(first:5 filterBy:{appId:$appId}){...suiteList}}fragment body on Comment{id body createdAt updatedAt lastEditedAt includesCreatedEdit viewerDidAuthor author{...who}editor{...who}}fragment inline on PullRequestReviewComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}publishedAt pullRequestReview{submittedAt}}fragment edit on UserContentEdit{id editedAt diff editor{...who}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<ColdQuery, ColdQueryVariables>;

export const COLD_SEVERAL = `query ColdSeveral($owner:String!$repo:String!$config:String!$appId:Int!$page:Int!$threadPage:Int!
$number0:Int!
){viewer{login databaseId}repository(owner:$owner name:$repo){...repositoryFacts 
part0:pullRequest(number:$number0){...wholePull}
}}fragment repositoryFacts on Repository{id databaseId name isArchived hasIssuesEnabled owner{login}defaultBranchRef{name target{...on Commit{file(path:$config){oid}}}}}fragment wholePull on PullRequest{...pullFacts comments(first:$page){totalCount pageInfo{...page}nodes{...comment}}reviews(first:$page states:[APPROVED CHANGES_REQUESTED COMMENTED DISMISSED]){totalCount pageInfo{...page}nodes{...review}}reviewThreads(first:$threadPage){totalCount pageInfo{...page}nodes{id comments(first:50){...inlineList}}}timelineItems(first:$page itemTypes:[LABELED_EVENT UNLABELED_EVENT CLOSED_EVENT REOPENED_EVENT MERGED_EVENT CONVERT_TO_DRAFT_EVENT READY_FOR_REVIEW_EVENT REVIEW_DISMISSED_EVENT COMMENT_DELETED_EVENT HEAD_REF_FORCE_PUSHED_EVENT BASE_REF_CHANGED_EVENT AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]){pageInfo{...page}nodes{...event}}files(first:100){pageInfo{...page}nodes{...file}}}fragment pullFacts on PullRequest{id number title url state isDraft locked createdAt updatedAt closedAt mergedAt body lastEditedAt editor{...who}author{...who}authorAssociation baseRefName headRefOid changedFiles labels(first:100){totalCount nodes{id name}}commits(last:4){nodes{commit{...commitRuns}}}}fragment page on PageInfo{hasNextPage endCursor}fragment comment on IssueComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}}fragment review on PullRequestReview{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}state submittedAt commit{oid}}fragment inlineList on PullRequestReviewCommentConnection{totalCount pageInfo{...page}nodes{...inline}}fragment event on PullRequestTimelineItems{__typename ...on LabeledEvent{id createdAt actor{...who}label{name}}...on UnlabeledEvent{id createdAt actor{...who}label{name}}...on ClosedEvent{id createdAt actor{...who}}...on ReopenedEvent{id createdAt actor{...who}}...on MergedEvent{id createdAt actor{...who}}...on ConvertToDraftEvent{id createdAt actor{...who}}...on ReadyForReviewEvent{id createdAt actor{...who}}...on ReviewDismissedEvent{id createdAt actor{...who}previousReviewState dismissalMessage pullRequestCommit{commit{oid}}review{id fullDatabaseId}}...on CommentDeletedEvent{id createdAt actor{...who}deletedCommentAuthor{...who}}...on HeadRefForcePushedEvent{id createdAt actor{...who}beforeCommit{oid}afterCommit{oid}}...on BaseRefChangedEvent{id createdAt actor{...who}currentRefName previousRefName}...on AutomaticBaseChangeSucceededEvent{id createdAt actor{...who}oldBase newBase}}fragment file on PullRequestChangedFile{path changeType}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}fragment commitRuns on Commit{oid checkSuites(first:5 filterBy:{appId:$appId}){...suiteList}}fragment body on Comment{id body createdAt updatedAt lastEditedAt includesCreatedEdit viewerDidAuthor author{...who}editor{...who}}fragment inline on PullRequestReviewComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}publishedAt pullRequestReview{submittedAt}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<ColdSeveralQuery, ColdSeveralQueryVariables>;

export const CONFIG = `query Config($owner:String!$repo:String!$config:String!){repository(owner:$owner name:$repo){databaseId isArchived visibility nameWithOwner url defaultBranchRef{target{...on Commit{oid file(path:$config){...configFile}}}}}}fragment configFile on TreeEntry{mode type oid size object{__typename ...on Blob{text isTruncated isBinary byteSize}}}` as Query<ConfigQuery, ConfigQueryVariables>;

export const HISTORY = `query History($owner:String!$repo:String!$config:String!$commit:GitObjectID!$after:String){repository(owner:$owner name:$repo){object(oid:$commit){...on Commit{history(first:100 after:$after path:$config){...reachedList}}}}}fragment reachedList on CommitHistoryConnection{pageInfo{...page}nodes{...reached}}fragment page on PageInfo{hasNextPage endCursor}fragment reached on Commit{committedDate associatedPullRequests(first:10){nodes{merged mergedAt}}}` as Query<HistoryQuery, HistoryQueryVariables>;

export const AMENDMENT = `query Amendment($owner:String!$repo:String!$config:String!$head:GitObjectID!$base:GitObjectID!){repository(owner:$owner name:$repo){atHead:object(oid:$head){...on Commit{file(path:$config){...configFile}}}atBase:object(oid:$base){...on Commit{file(path:$config){...configFile}}}defaultBranchRef{target{...on Commit{file(path:$config){...configFile}}}}}}fragment configFile on TreeEntry{mode type oid size object{__typename ...on Blob{text isTruncated isBinary byteSize}}}` as Query<AmendmentQuery, AmendmentQueryVariables>;

export const CONFIG_AT = `query ConfigAt($owner:String!$repo:String!$config:String!$commit:GitObjectID!){repository(owner:$owner name:$repo){at:object(oid:$commit){...on Commit{file(path:$config){...configFile}}}}}fragment configFile on TreeEntry{mode type oid size object{__typename ...on Blob{text isTruncated isBinary byteSize}}}` as Query<ConfigAtQuery, ConfigAtQueryVariables>;

export const VERSIONS = `query Versions($owner:String!$repo:String!$config:String!$after:String){repository(owner:$owner name:$repo){defaultBranchRef{name target{...tip}}}}fragment tip on Commit{oid committedDate file(path:$config){...configFile}history(first:50 after:$after path:$config){pageInfo{...page}nodes{...step}}}fragment configFile on TreeEntry{mode type oid size object{__typename ...on Blob{text isTruncated isBinary byteSize}}}fragment page on PageInfo{hasNextPage endCursor}fragment step on Commit{oid committedDate author{user{login}}file(path:$config){...configFile}associatedPullRequests(first:5){nodes{...bringer}}}fragment bringer on PullRequest{number merged mergedAt baseRefName headRefName isCrossRepository headRefOid mergeCommit{oid file(path:$config){...configFile}}author{login ...on User{databaseId}}mergedBy{login}}` as Query<VersionsQuery, VersionsQueryVariables>;

export const TREE_ENTRIES = `query TreeEntries($owner:String!$repo:String!$commit:GitObjectID!
$path0:String!
){repository(owner:$owner name:$repo){object(oid:$commit){...on Commit{
part0:file(path:$path0){mode oid}
}}}}` as Query<TreeEntriesQuery, TreeEntriesQueryVariables>;

export const FORM = `query Form($owner:String!$repo:String!$number:Int!$head:GitObjectID!$appId:Int!
$path0:String!
){repository(owner:$owner name:$repo){pullRequest(number:$number){headRefOid headRefName body headRepository{nameWithOwner}first:commits(first:25){totalCount nodes{...signing}}last:commits(last:25){nodes{...signing}}}object(oid:$head){...on Commit{checkSuites(first:5 filterBy:{appId:$appId}){nodes{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk: form"}){nodes{...run}}all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk: form"}){nodes{...run}}}}
part0:file(path:$path0){mode oid size}
}}}}fragment signing on PullRequestCommit{commit{message author{user{databaseId}}}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<FormQuery, FormQueryVariables>;

export const BLOBS = `query Blobs($owner:String!$repo:String!
$oid0:GitObjectID!
){repository(owner:$owner name:$repo){
part0:object(oid:$oid0){...on Blob{isBinary isTruncated text}}
}}` as Query<BlobsQuery, BlobsQueryVariables>;

export const THREADS = `query Threads($owner:String!$repo:String!$number:Int!$page:Int!$after:String){repository(owner:$owner name:$repo){pullRequest(number:$number){reviewThreads(first:$page after:$after){pageInfo{...page}nodes{isResolved resolvedBy{...who}comments(first:1){nodes{url createdAt publishedAt author{...who}}}}}}}}fragment page on PageInfo{hasNextPage endCursor}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<ThreadsQuery, ThreadsQueryVariables>;

export const FILE_NOW = `query FileNow($owner:String!$repo:String!$path:String!){repository(owner:$owner name:$repo){defaultBranchRef{target{...on Commit{oid file(path:$path){...configFile}}}}}}fragment configFile on TreeEntry{mode type oid size object{__typename ...on Blob{text isTruncated isBinary byteSize}}}` as Query<FileNowQuery, FileNowQueryVariables>;

export const AUTHORS = `query Authors($owner:String!$repo:String!$after:String){viewer{databaseId}repository(owner:$owner name:$repo){issues(first:100 after:$after orderBy:{field:CREATED_AT direction:DESC}){pageInfo{...page}nodes{id viewerDidAuthor author{...who}}}}}fragment page on PageInfo{hasNextPage endCursor}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<AuthorsQuery, AuthorsQueryVariables>;

export const ISSUES = `query Issues($ids:[ID!]!){nodes(ids:$ids){...on Issue{id number title body state}}}` as Query<IssuesQuery, IssuesQueryVariables>;

export const MERGE_QUEUE = `query MergeQueue($owner:String!$repo:String!$branch:String$after:String){repository(owner:$owner name:$repo){mergeQueue(branch:$branch){entries(first:100 after:$after){pageInfo{...page}nodes{position headCommit{oid}pullRequest{number}}}}}}fragment page on PageInfo{hasNextPage endCursor}` as Query<MergeQueueQuery, MergeQueueQueryVariables>;

export const OPEN_NUMBERS = `query OpenNumbers($owner:String!$repo:String!$after:String){repository(owner:$owner name:$repo){pullRequests(states:[OPEN]first:100 after:$after orderBy:{field:CREATED_AT direction:ASC}){pageInfo{...page}nodes{number}}}}fragment page on PageInfo{hasNextPage endCursor}` as Query<OpenNumbersQuery, OpenNumbersQueryVariables>;

export const OPEN = `query Open($owner:String!$repo:String!$page:Int!$after:String$appId:Int!$threads:Boolean!){repository(owner:$owner name:$repo){databaseId pullRequests(states:[OPEN]first:$page after:$after orderBy:{field:CREATED_AT direction:ASC}){pageInfo{...page}nodes{...openPull}}}}fragment page on PageInfo{hasNextPage endCursor}fragment openPull on PullRequest{id number title state isDraft locked updatedAt lastEditedAt baseRefName headRefOid changedFiles labels(first:100){totalCount nodes{name}}comments(first:1 orderBy:{field:UPDATED_AT direction:DESC}){totalCount nodes{updatedAt}}reviews(last:100 states:[APPROVED CHANGES_REQUESTED COMMENTED DISMISSED]){totalCount nodes{id state updatedAt}}reviewThreads(last:100){totalCount nodes@include(if:$threads){isResolved resolvedBy{...who}}}commits(last:1){nodes{commit{oid checkSuites(first:5 filterBy:{appId:$appId}){nodes{checkRuns(first:10 filterBy:{checkType:LATEST}){nodes{...shownRun}}}}}}}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}fragment shownRun on CheckRun{fullId:databaseId name externalId status conclusion title}` as Query<OpenQuery, OpenQueryVariables>;

export const HEAD = `query Head($owner:String!$repo:String!$number:Int!$appId:Int!){repository(owner:$owner name:$repo){isArchived pullRequest(number:$number){state headRefOid commits(last:1){nodes{commit{...commitRuns}}}}}}fragment commitRuns on Commit{oid checkSuites(first:5 filterBy:{appId:$appId}){...suiteList}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment page on PageInfo{hasNextPage endCursor}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<HeadQuery, HeadQueryVariables>;

export const RUNS = `query Runs($owner:String!$repo:String!$head:GitObjectID!$appId:Int!){repository(owner:$owner name:$repo){object(oid:$head){...on Commit{...commitRuns}}}}fragment commitRuns on Commit{oid checkSuites(first:5 filterBy:{appId:$appId}){...suiteList}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment page on PageInfo{hasNextPage endCursor}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<RunsQuery, RunsQueryVariables>;

export const OLDER_RUNS = `query OlderRuns($owner:String!$repo:String!$number:Int!$appId:Int!
$oid0:GitObjectID!
){repository(owner:$owner name:$repo){pullRequest(number:$number){commits(last:100){nodes{commit{...recordsOf}}}}
part0:object(oid:$oid0){...on Commit{...recordsOf}}
}}fragment recordsOf on Commit{checkSuites(first:5 filterBy:{appId:$appId}){nodes{...latestRuns}}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<OlderRunsQuery, OlderRunsQueryVariables>;

export const SHARED_HEADS = `query SharedHeads($owner:String!$repo:String!
$number0:Int!
){repository(owner:$owner name:$repo){
part0:pullRequest(number:$number0){number state headRefOid}
}}` as Query<SharedHeadsQuery, SharedHeadsQueryVariables>;

export const SUITES = `query Suites($owner:String!$repo:String!$head:GitObjectID!$appId:Int!$after:String){repository(owner:$owner name:$repo){object(oid:$head){...on Commit{checkSuites(first:20 after:$after filterBy:{appId:$appId}){...suiteList}}}}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment page on PageInfo{hasNextPage endCursor}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<SuitesQuery, SuitesQueryVariables>;

export const MORE_RUNS = `query MoreRuns($id:ID!$after:String){node(id:$id){...on CheckSuite{checkRuns(first:100 after:$after filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment page on PageInfo{hasNextPage endCursor}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<MoreRunsQuery, MoreRunsQueryVariables>;

export const RUN_TEXTS = `query RunTexts($ids:[ID!]!){nodes(ids:$ids){id ...on CheckRun{text}}}` as Query<RunTextsQuery, RunTextsQueryVariables>;

export const CLERKS = `query Clerks($owner:String!$repo:String!$number:Int!$one:Boolean!){repository(owner:$owner name:$repo){pullRequest(number:$number)@include(if:$one){...pullApps}pullRequests(first:30 orderBy:{field:UPDATED_AT direction:DESC}){nodes{...pullApps}}}}fragment pullApps on PullRequest{commits(last:3){nodes{commit{checkSuites(first:20 filterBy:{checkName:"msc-clerk"}){nodes{app{databaseId slug}checkRuns(first:1 filterBy:{checkName:"msc-clerk"}){totalCount}}}}}}}` as Query<ClerksQuery, ClerksQueryVariables>;

export const SPEC_PULL = `query SpecPull($owner:String!$repo:String!$number:Int!$after:String){viewer{databaseId}repository(owner:$owner name:$repo){pullRequest(number:$number){number url title body state locked createdAt closedAt mergedAt lastEditedAt author{...who}mergedBy{...who}timelineItems(last:100 itemTypes:[RENAMED_TITLE_EVENT REOPENED_EVENT]){nodes{__typename ...on RenamedTitleEvent{createdAt}...on ReopenedEvent{createdAt}}}reviews(last:100 states:[APPROVED]){nodes{submittedAt author{...who}}}comments(first:100 after:$after){pageInfo{...page}nodes{fullDatabaseId body author{...who}}}}}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}fragment page on PageInfo{hasNextPage endCursor}` as Query<SpecPullQuery, SpecPullQueryVariables>;

export const EDITS = `query Edits($ids:[ID!]!$first:Int!){nodes(ids:$ids){id ...on Comment{userContentEdits(first:$first){...editList}}}}fragment editList on UserContentEditConnection{totalCount pageInfo{...page}nodes{...edit}}fragment page on PageInfo{hasNextPage endCursor}fragment edit on UserContentEdit{id editedAt diff editor{...who}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<EditsQuery, EditsQueryVariables>;

export const FURTHER_EDITS = `query FurtherEdits($first:Int!
$id0:ID!$after0:String
){
part0:node(id:$id0){...on Comment{userContentEdits(first:$first after:$after0){...editList}}}
}fragment editList on UserContentEditConnection{totalCount pageInfo{...page}nodes{...edit}}fragment page on PageInfo{hasNextPage endCursor}fragment edit on UserContentEdit{id editedAt diff editor{...who}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<FurtherEditsQuery, FurtherEditsQueryVariables>;

export const FURTHER_INLINE = `query FurtherInline(
$id0:ID!$after0:String
){
part0:node(id:$id0){...on PullRequestReviewThread{comments(first:100 after:$after0){...inlineList}}}
}fragment inlineList on PullRequestReviewCommentConnection{totalCount pageInfo{...page}nodes{...inline}}fragment page on PageInfo{hasNextPage endCursor}fragment inline on PullRequestReviewComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}publishedAt pullRequestReview{submittedAt}}fragment body on Comment{id body createdAt updatedAt lastEditedAt includesCreatedEdit viewerDidAuthor author{...who}editor{...who}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<FurtherInlineQuery, FurtherInlineQueryVariables>;

export const REACTORS = `query Reactors($ids:[ID!]!){nodes(ids:$ids){id ...on Reactable{reactionGroups{content reactors(first:100){nodes{...who}}}}}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<ReactorsQuery, ReactorsQueryVariables>;

export const REACT = `mutation React($id:ID!$content:ReactionContent!){addReaction(input:{subjectId:$id content:$content}){reaction{id}}}` as Query<ReactMutation, ReactMutationVariables>;

export const VIEWER = `query Viewer{viewer{login}}` as Query<ViewerQuery, ViewerQueryVariables>;

export const WARM = `query Warm($owner:String!$repo:String!$config:String!$appId:Int!$status:[ID!]!
$number0:Int!$since0:DateTime
){viewer{login databaseId}repository(owner:$owner name:$repo){...repositoryFacts 
part0:pullRequest(number:$number0){...pullFacts comments(first:25 orderBy:{field:UPDATED_AT direction:DESC}){totalCount nodes{...comment}}reviews(last:100 states:[APPROVED CHANGES_REQUESTED COMMENTED DISMISSED]){totalCount nodes{...review}}reviewThreads(last:50){totalCount nodes{id comments(last:30){totalCount nodes{...inline}}}}timelineItems(first:100 since:$since0 itemTypes:[LABELED_EVENT UNLABELED_EVENT CLOSED_EVENT REOPENED_EVENT MERGED_EVENT CONVERT_TO_DRAFT_EVENT READY_FOR_REVIEW_EVENT REVIEW_DISMISSED_EVENT COMMENT_DELETED_EVENT HEAD_REF_FORCE_PUSHED_EVENT BASE_REF_CHANGED_EVENT AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]){pageInfo{...page}nodes{...event}}}
}edits:nodes(ids:$status){id ...on IssueComment{userContentEdits(first:3){...editList}}}}fragment repositoryFacts on Repository{id databaseId name isArchived hasIssuesEnabled owner{login}defaultBranchRef{name target{...on Commit{file(path:$config){oid}}}}}fragment pullFacts on PullRequest{id number title url state isDraft locked createdAt updatedAt closedAt mergedAt body lastEditedAt editor{...who}author{...who}authorAssociation baseRefName headRefOid changedFiles labels(first:100){totalCount nodes{id name}}commits(last:4){nodes{commit{...commitRuns}}}}fragment comment on IssueComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}}fragment review on PullRequestReview{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}state submittedAt commit{oid}}fragment inline on PullRequestReviewComment{...body isMinimized fullDatabaseId url reactionGroups{content viewerHasReacted}publishedAt pullRequestReview{submittedAt}}fragment page on PageInfo{hasNextPage endCursor}fragment event on PullRequestTimelineItems{__typename ...on LabeledEvent{id createdAt actor{...who}label{name}}...on UnlabeledEvent{id createdAt actor{...who}label{name}}...on ClosedEvent{id createdAt actor{...who}}...on ReopenedEvent{id createdAt actor{...who}}...on MergedEvent{id createdAt actor{...who}}...on ConvertToDraftEvent{id createdAt actor{...who}}...on ReadyForReviewEvent{id createdAt actor{...who}}...on ReviewDismissedEvent{id createdAt actor{...who}previousReviewState dismissalMessage pullRequestCommit{commit{oid}}review{id fullDatabaseId}}...on CommentDeletedEvent{id createdAt actor{...who}deletedCommentAuthor{...who}}...on HeadRefForcePushedEvent{id createdAt actor{...who}beforeCommit{oid}afterCommit{oid}}...on BaseRefChangedEvent{id createdAt actor{...who}currentRefName previousRefName}...on AutomaticBaseChangeSucceededEvent{id createdAt actor{...who}oldBase newBase}}fragment editList on UserContentEditConnection{totalCount pageInfo{...page}nodes{...edit}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}fragment commitRuns on Commit{oid checkSuites(first:5 filterBy:{appId:$appId}){...suiteList}}fragment body on Comment{id body createdAt updatedAt lastEditedAt includesCreatedEdit viewerDidAuthor author{...who}editor{...who}}fragment edit on UserContentEdit{id editedAt diff editor{...who}}fragment suiteList on CheckSuiteConnection{pageInfo{...page}nodes{...suite}}fragment suite on CheckSuite{id ...latestRuns all:checkRuns(first:100 filterBy:{checkType:ALL checkName:"msc-clerk"}){...runList}}fragment latestRuns on CheckSuite{latest:checkRuns(first:10 filterBy:{checkType:LATEST checkName:"msc-clerk"}){nodes{...run text}}}fragment runList on CheckRunConnection{pageInfo{...page}nodes{...run}}fragment run on CheckRun{id fullId:databaseId name externalId status conclusion startedAt title summary}` as Query<WarmQuery, WarmQueryVariables>;

export const MORE_EVENTS = `query MoreEvents($owner:String!$repo:String!$number:Int!$since:DateTime$after:String){repository(owner:$owner name:$repo){pullRequest(number:$number){labels(first:100){totalCount nodes{id name}}timelineItems(first:100 since:$since after:$after itemTypes:[LABELED_EVENT UNLABELED_EVENT CLOSED_EVENT REOPENED_EVENT MERGED_EVENT CONVERT_TO_DRAFT_EVENT READY_FOR_REVIEW_EVENT REVIEW_DISMISSED_EVENT COMMENT_DELETED_EVENT HEAD_REF_FORCE_PUSHED_EVENT BASE_REF_CHANGED_EVENT AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]){pageInfo{...page}nodes{...event}}}}}fragment page on PageInfo{hasNextPage endCursor}fragment event on PullRequestTimelineItems{__typename ...on LabeledEvent{id createdAt actor{...who}label{name}}...on UnlabeledEvent{id createdAt actor{...who}label{name}}...on ClosedEvent{id createdAt actor{...who}}...on ReopenedEvent{id createdAt actor{...who}}...on MergedEvent{id createdAt actor{...who}}...on ConvertToDraftEvent{id createdAt actor{...who}}...on ReadyForReviewEvent{id createdAt actor{...who}}...on ReviewDismissedEvent{id createdAt actor{...who}previousReviewState dismissalMessage pullRequestCommit{commit{oid}}review{id fullDatabaseId}}...on CommentDeletedEvent{id createdAt actor{...who}deletedCommentAuthor{...who}}...on HeadRefForcePushedEvent{id createdAt actor{...who}beforeCommit{oid}afterCommit{oid}}...on BaseRefChangedEvent{id createdAt actor{...who}currentRefName previousRefName}...on AutomaticBaseChangeSucceededEvent{id createdAt actor{...who}oldBase newBase}}fragment who on Actor{__typename login ...on User{databaseId}...on Bot{databaseId}...on Mannequin{databaseId}}` as Query<MoreEventsQuery, MoreEventsQueryVariables>;
