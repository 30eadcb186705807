/** What the queries of `queries.ts` bring back, as GitHub's schema has it; only the fields asked for. */

export type Actor = {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number | null;
} | null;

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface Nodes<T> {
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (T | null)[] | null;
}

export interface BodyNode {
  readonly id: string;
  /** A BigInt: text in GitHub's answers. */
  readonly fullDatabaseId: string | number;
  readonly url: string;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastEditedAt: string | null;
  readonly includesCreatedEdit: boolean;
  readonly viewerDidAuthor: boolean;
  readonly author: Actor;
  readonly editor: Actor;
  readonly reactionGroups: readonly { readonly content: string; readonly viewerHasReacted: boolean }[] | null;
}

export type CommentNode = BodyNode;

export interface ReviewNode extends BodyNode {
  readonly state: string;
  readonly submittedAt: string | null;
  readonly commit: { readonly oid: string } | null;
}

export interface InlineNode extends BodyNode {
  readonly publishedAt: string | null;
  readonly pullRequestReview: { readonly submittedAt: string | null } | null;
}

export interface ThreadNode {
  readonly id: string;
  readonly comments: Nodes<InlineNode>;
}

export interface EventNode {
  readonly __typename: string;
  readonly id: string;
  readonly createdAt: string;
  readonly actor: Actor;
  /** Null in old events, whatever the schema says. */
  readonly label?: { readonly name: string } | null;
  readonly previousReviewState?: string;
  readonly pullRequestCommit?: { readonly commit: { readonly oid: string } } | null;
  readonly review?: { readonly id: string; readonly fullDatabaseId: string | number } | null;
  readonly deletedCommentAuthor?: Actor;
  readonly beforeCommit?: { readonly oid: string } | null;
  readonly afterCommit?: { readonly oid: string } | null;
  readonly currentRefName?: string;
  readonly previousRefName?: string;
}

export interface FileNode {
  readonly path: string;
  readonly changeType: string;
}

export interface RunNode {
  readonly id: string;
  readonly fullId: number | null;
  readonly name: string;
  readonly externalId: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly startedAt: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  /** Left out where it was not asked for. */
  readonly text?: string | null;
}

interface Runs {
  readonly nodes: readonly (RunNode | null)[] | null;
  /** Left out where it was not asked for. */
  readonly pageInfo?: PageInfo;
}

export interface SuiteNode {
  readonly id: string;
  readonly latest: Runs | null;
  readonly all: Runs | null;
}

export interface SuitesOf {
  readonly nodes: readonly (SuiteNode | null)[] | null;
  readonly pageInfo?: PageInfo;
}

export interface CommitNode {
  readonly oid: string;
  readonly checkSuites: SuitesOf | null;
}

/** The PRs that hold a commit. */
export interface TipNode {
  readonly oid: string;
  readonly associatedPullRequests: {
    readonly nodes:
      | readonly ({
          readonly number: number;
          readonly state: string;
          readonly headRefOid: string;
          readonly baseRepository: { readonly databaseId: number | null } | null;
        } | null)[]
      | null;
    readonly pageInfo: PageInfo;
  } | null;
}

export interface EditNode {
  readonly id: string;
  readonly createdAt: string;
  readonly editedAt: string;
  /** The whole body after this edit; null when its content was deleted. */
  readonly diff: string | null;
  readonly deletedAt: string | null;
  readonly editor: Actor;
}

export interface RepositoryHead {
  readonly databaseId: number;
  readonly name: string;
  readonly isArchived: boolean;
  readonly owner: { readonly login: string };
  readonly defaultBranchRef: {
    readonly name: string;
    readonly target: { readonly oid: string; readonly file: { readonly oid: string } | null } | null;
  } | null;
}

export interface PullHead {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly state: string;
  readonly isDraft: boolean;
  readonly locked: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly closedAt: string | null;
  readonly mergedAt: string | null;
  readonly author: Actor;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly changedFiles: number;
  readonly labels: {
    readonly totalCount: number;
    readonly nodes: readonly ({ readonly name: string } | null)[] | null;
  } | null;
  readonly commits: { readonly nodes: readonly ({ readonly commit: CommitNode } | null)[] | null };
  readonly tip: { readonly nodes: readonly ({ readonly commit: TipNode } | null)[] | null };
}

export interface Viewer {
  readonly login: string;
  readonly databaseId: number | null;
}

export interface SnapshotAnswer {
  readonly viewer: Viewer;
  readonly repository:
    | (Partial<RepositoryHead> & {
        readonly pullRequest:
          | (Partial<PullHead> & {
              readonly comments?: Nodes<CommentNode>;
              readonly reviews?: Nodes<ReviewNode> | null;
              readonly reviewThreads?: Nodes<ThreadNode>;
              readonly timelineItems?: Omit<Nodes<EventNode>, "totalCount">;
              readonly files?: Nodes<FileNode> | null;
            })
          | null;
      })
    | null;
}

export interface WarmAnswer {
  readonly viewer: Viewer;
  readonly repository:
    | (RepositoryHead & {
        readonly pullRequest:
          | (PullHead & {
              readonly comments: Omit<Nodes<CommentNode>, "pageInfo">;
              readonly reviews: Omit<Nodes<ReviewNode>, "pageInfo"> | null;
              readonly reviewThreads: {
                readonly totalCount: number;
                readonly nodes:
                  | readonly ({
                      readonly id: string;
                      readonly comments: Omit<Nodes<InlineNode>, "pageInfo">;
                    } | null)[]
                  | null;
              };
              readonly timelineItems: Omit<Nodes<EventNode>, "totalCount">;
            })
          | null;
      })
    | null;
  readonly edits: readonly ({
    readonly id: string;
    readonly userContentEdits?: Nodes<EditNode> | null;
  } | null)[];
}

/** The nodes that are there. GitHub leaves a null where a node was hidden from the App. */
export const present = <T>(nodes: readonly (T | null)[] | null | undefined): readonly T[] =>
  (nodes ?? []).filter((node): node is T => node !== null);

export const instant = (at: string): number => {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new Error(`not a time stamp: ${at.slice(0, 40)}`);
  return ms;
};
export const instantOrNull = (at: string | null): number | null => (at === null ? null : instant(at));
