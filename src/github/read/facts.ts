import type { Instant } from "../../domain/time.js";
import type {
  CommentNode,
  EditNode,
  EventNode,
  FileNode,
  InlineNode,
  PullHead,
  RepositoryHead,
  ReviewNode,
  RunNode,
  Viewer,
} from "./answers.js";

/**
 * What was read of one PR, in GitHub's own shapes, by node id; kept between looks so that a warm read has ground to stand on.
 * Never changed in place: a read that fails half-way leaves the last one as it was.
 */
export interface Facts {
  readonly viewer: Viewer;
  readonly repository: RepositoryHead;
  readonly pull: PullHead;
  readonly comments: ReadonlyMap<string, CommentNode>;
  readonly reviews: ReadonlyMap<string, ReviewNode>;
  /** Comments of each review thread. */
  readonly threads: ReadonlyMap<string, ReadonlyMap<string, InlineNode>>;
  readonly events: ReadonlyMap<string, EventNode>;
  readonly files: readonly FileNode[];
  /** Of utterances and status comments, as far as they were asked for. */
  readonly edits: ReadonlyMap<string, EditList>;
  /**
   * GitHub's counts less what it showed, after a cold read: comments hidden from the App stay counted. A warm read that
   * finds another difference has missed something.
   */
  readonly missing: { readonly comments: number; readonly reviews: number; readonly threads: number };
  /** The clerk's runs on commits further back or pushed away, asked for where no record was found nearer; `head`: the head then. */
  readonly older?: { readonly head: string; readonly runs: readonly RunNode[] };
  /** When everything was last read from the beginning. */
  readonly coldAt: Instant;
}

export interface EditList {
  /** `lastEditedAt` of the utterance when the list was read; a later one makes it old. */
  readonly lastEditedAt: string;
  /** Newest first, as GitHub gives it. */
  readonly edits: readonly EditNode[];
}

/** How much there is to remember, in items. */
export const weightOf = (facts: Facts): number => {
  let inline = 0;
  for (const thread of facts.threads.values()) inline += thread.size;
  return 10 + facts.comments.size + facts.reviews.size + inline + facts.events.size + facts.files.length;
};
