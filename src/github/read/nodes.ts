/** GitHub's own shapes, as the documents in `queries` ask for them, under the names that reading uses. */
import type {
  ColdQuery,
  CommentFragment,
  CommitRunsFragment,
  EditFragment,
  EventFragment,
  FileFragment,
  InlineFragment,
  PageFragment,
  PullFactsFragment,
  RepositoryFactsFragment,
  ReviewFragment,
  RunFragment,
  SuiteFragment,
  WhoFragment,
} from "./queries/generated.js";

export type Actor = WhoFragment | null;
export type Viewer = ColdQuery["viewer"];
export type PageInfo = PageFragment;

export type CommentNode = CommentFragment;
export type ReviewNode = ReviewFragment;
export type InlineNode = InlineFragment;
export type BodyNode = CommentNode | ReviewNode | InlineNode;
/** `diff`: the whole body after this edit; null when its content was deleted. */
export type EditNode = EditFragment;

/** Only events of a kind that was asked for have an id. */
export type EventNode = Extract<EventFragment, { readonly id: string }>;
export type FileNode = FileFragment;

/** `text` is left out where it was not asked for. */
export type RunNode = RunFragment & { readonly text?: string | null };
export type SuiteNode = SuiteFragment;
export type CommitNode = CommitRunsFragment;

export type RepositoryHead = RepositoryFactsFragment & { readonly databaseId: number };
export type PullHead = PullFactsFragment;

/** The nodes that are there. GitHub leaves a null where a node was hidden from the App. */
export const present = <T>(nodes: readonly (T | null)[] | null | undefined): readonly T[] =>
  (nodes ?? []).filter((node): node is T => node !== null);

/** Events of a kind that was asked for. */
export const eventsIn = (nodes: readonly (EventFragment | null)[] | null | undefined): readonly EventNode[] =>
  present(nodes).flatMap((node) => ("id" in node ? [node] : []));

/** A node of another kind than the one that was asked about has none of its fields. */
export const isOfAnotherKind = (node: object): node is Record<PropertyKey, never> =>
  Object.keys(node).length === 0;

/** Numbers of 64 bits, as text. */
export function fullIdOf({ fullDatabaseId: id }: Pick<BodyNode, "fullDatabaseId">): string {
  if (id === null) throw new Error("GitHub does not tell the id of a comment");
  return String(id);
}

export const instant = (at: string): number => {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new Error(`not a time stamp: ${at.slice(0, 40)}`);
  return ms;
};
export const instantOrNull = (at: string | null): number | null => (at === null ? null : instant(at));
