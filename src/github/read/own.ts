import type { Register } from "../../domain/register.js";
import type { OwnComment } from "../../domain/snapshot.js";
import type { RecordKeys } from "../record/keys.js";
import { markerOf, partsOf } from "../record/marker.js";
import { type Binding, openRecord, shownSeq } from "../record/seal.js";
import { isViewer } from "./accounts.js";
import { instant } from "./answers.js";
import type { Facts } from "./facts.js";
import { ownRevisionsOf } from "./revisions.js";

export interface OwnComments {
  readonly comments: readonly OwnComment[];
  /** The newest record with a valid signature that a comment shows, or, where somebody spoiled it, that the clerk itself wrote there. */
  readonly register: Register | null;
  /** The newest sequence number shown by a comment as it stands now. */
  readonly seq: number | null;
}

/**
 * The clerk's own comments. What counts as the clerk's is settled by `viewerDidAuthor` and, once somebody else has edited it, by
 * the clerk's own revisions: a marker in anybody else's text is words (comment.once).
 */
export function ownCommentsOf(facts: Facts, keys: RecordKeys, binding: Binding): OwnComments {
  const comments: OwnComment[] = [];
  let register: Register | null = null;
  let seq: number | null = null;
  for (const node of facts.comments.values()) {
    if (!node.viewerDidAuthor) continue;
    const list = facts.edits.get(node.id);
    const untouched = node.lastEditedAt === null || isViewer(node.editor, facts.viewer);
    const revisions = list === undefined ? [] : ownRevisionsOf(node, list, facts.viewer);
    const own = untouched
      ? [node.body]
      : revisions.flatMap(({ byClerk, body }) => (byClerk && body !== null ? [body] : [])).reverse();
    const marker = own[0] === undefined ? null : markerOf(own[0]);
    if (marker === null) continue;

    const shown = shownSeq(node.body, keys, binding);
    if (shown !== null && (seq === null || shown > seq)) seq = shown;
    register = newer(register, openRecord(node.body, keys, binding));
    // Somebody else may have taken the record away, or put back an older one: the clerk wrote the newest it had.
    if (!untouched) for (const body of own) register = newer(register, openRecord(body, keys, binding));

    const touched = revisions.some(({ byClerk }) => !byClerk);
    comments.push({
      id: String(node.fullDatabaseId),
      nodeId: node.id,
      url: node.url,
      createdAt: instant(node.createdAt),
      marker,
      body: partsOf(node.body).visible,
      seq: shown,
      revisions: marker.kind === "status" && touched ? revisions : [],
    });
  }
  comments.sort((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
  return { comments, register, seq };
}

export const newer = (a: Register | null, b: Register | null): Register | null =>
  a === null || (b !== null && b.seq > a.seq) ? b : a;

/** Ids of 64 bits, as text. */
export const compareIds = (a: string, b: string): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
