import type { Instant } from "../../domain/text/time.js";
import {
  type BodyNode,
  type CommentNode,
  type EditNode,
  type EventNode,
  type FileNode,
  type InlineNode,
  type PullHead,
  present,
  type RepositoryHead,
  type ReviewNode,
  type RunNode,
  type Viewer,
} from "./nodes.js";

/**
 * What was read of one PR, in GitHub's own shapes, by node id; kept between reconciles, so that a warm read has something to start from.
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
  /** A warm read did not show all of them: one of the others may have been edited since. */
  readonly threadsInPart?: true;
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
  /**
   * Other open PRs with the same head; `whole` false: there may be more. Found out at each read, and left out until then: nobody knows.
   */
  readonly sharing?: { readonly numbers: readonly number[]; readonly whole: boolean };
  /** When events were last asked for, by GitHub's time. */
  readonly eventsAt: Instant;
  /** When everything was last read from the beginning. */
  readonly coldAt: Instant;
}

export interface EditList {
  /** `lastEditedAt` of the utterance when the list was read; a later one makes it old. */
  readonly lastEditedAt: string;
  /** Newest first, as GitHub gives it. */
  readonly edits: readonly EditNode[];
}

/** What an entry takes besides its texts. */
const ENTRY = 1000;
/** An event has no text to speak of: as many as are read of one PR are remembered too, and not read anew each time. */
const EVENT = 400;
/** JavaScript keeps a text at two bytes a character as soon as one needs them. */
const bytesOf = (text: string | null | undefined): number => 2 * (text?.length ?? 0);

/** About how much there is to remember, in bytes: nobody may fill the memory with long texts, or with edits of them. */
export function weightOf(facts: Facts): number {
  let bytes = ENTRY * 10 + EVENT * facts.events.size + bytesOf(facts.pull.body);
  const said = (nodes: Iterable<BodyNode>) => {
    for (const { body } of nodes) bytes += ENTRY + bytesOf(body);
  };
  said(facts.comments.values());
  said(facts.reviews.values());
  for (const thread of facts.threads.values()) said(thread.values());
  for (const { edits } of facts.edits.values()) for (const { diff } of edits) bytes += ENTRY + bytesOf(diff);
  for (const { path } of facts.files) bytes += 200 + bytesOf(path);
  const commits = present(facts.pull.commits.nodes).flatMap(({ commit }) =>
    present(commit.checkSuites?.nodes),
  );
  const runs: readonly RunNode[] = commits.flatMap(({ latest, all }) => [
    ...present(latest?.nodes),
    ...present(all?.nodes),
  ]);
  for (const { summary, text } of [...runs, ...(facts.older?.runs ?? [])])
    bytes += ENTRY + bytesOf(summary) + bytesOf(text);
  return bytes;
}
