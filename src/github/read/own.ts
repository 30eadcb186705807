import type { Register } from "../../domain/model/register.js";
import type { OwnComment, OwnRevision } from "../../domain/model/snapshot.js";
import { hasBoxes, markerOf, partsOf } from "../record/marker.js";
import { type Binding, openRecord, shownSeq } from "../record/seal.js";
import type { RecordTrust } from "../record/trust.js";
import { isViewer } from "./accounts.js";
import type { Facts } from "./facts.js";
import { type CommentNode, fullIdOf, instant } from "./nodes.js";
import { ownRevisionsOf } from "./revisions.js";

export interface OwnComments {
  readonly comments: readonly OwnComment[];
  /** The newest record with a valid signature that a comment shows, or, where somebody spoiled it, that the clerk itself wrote there. */
  readonly register: Register | null;
  /** The newest sequence number shown by a comment as it stands now. */
  readonly seq: number | null;
  /** The newest that any of the clerk's own revisions, or a comment as it stands, carries (memory.lost). */
  readonly newest: number | null;
  /** Contents of the clerk's own revisions that somebody has deleted. */
  readonly erased: number;
}

/**
 * The clerk's own comments. What counts as the clerk's is settled by `viewerDidAuthor` and, once somebody else has edited it, by
 * the clerk's own revisions: a marker in anybody else's text is words (comment.once).
 */
export function ownCommentsOf(facts: Facts, keys: RecordTrust, binding: Binding): OwnComments {
  const comments: OwnComment[] = [];
  let register: Register | null = null;
  let seq: number | null = null;
  let newest: number | null = null;
  let erased = 0;
  for (const node of facts.comments.values()) {
    if (!node.viewerDidAuthor) continue;
    const revisions = revisionsIn(node, facts);
    const own = isUntouched(node, facts) ? [node.body] : savedByClerk(revisions).reverse();
    erased += revisions.filter(({ byClerk, body }) => byClerk && body === null).length;
    const marker = own[0] === undefined ? null : markerOf(own[0]);
    const found = newestIn(own, keys, binding);
    register = newer(register, found.register);
    const shown = shownSeq(node.body, keys, binding);
    newest = higher(higher(newest, found.number), shown);
    if (marker === null) continue;

    seq = higher(seq, shown);

    const touched = revisions.some(({ byClerk }) => !byClerk);
    comments.push({
      id: fullIdOf(node),
      nodeId: node.id,
      url: node.url,
      createdAt: instant(node.createdAt),
      marker,
      body: partsOf(node.body).visible,
      ...(isUntouched(node, facts) ? {} : { savedByOther: true }),
      seq: shown,
      revisions: hasBoxes(marker) && touched ? revisions : [],
    });
  }
  comments.sort((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
  return { comments, register, seq, newest, erased };
}

/** Everything the clerk itself saved in its comments, as far as it was read. */
export function ownBodiesOf(facts: Facts): readonly string[] {
  return [...facts.comments.values()]
    .filter((node) => node.viewerDidAuthor)
    .flatMap((node) => [
      ...savedByClerk(revisionsIn(node, facts)),
      ...(isUntouched(node, facts) ? [node.body] : []),
    ]);
}

const isUntouched = (node: CommentNode, { viewer }: Facts): boolean =>
  node.lastEditedAt === null || isViewer(node.editor, viewer);

function revisionsIn(node: CommentNode, { edits, viewer }: Facts): readonly OwnRevision[] {
  const list = edits.get(node.id);
  return list === undefined ? [] : ownRevisionsOf(node, list, viewer);
}

const savedByClerk = (revisions: readonly OwnRevision[]): string[] =>
  revisions.flatMap(({ byClerk, body }) => (byClerk && body !== null ? [body] : []));

/**
 * What the clerk itself wrote last in a comment of its own; `bodies`: the newest first. Its numbers only grow, so the first record
 * is the newest, and so is the first number. A body that somebody else saved is never asked: it may hold an older record.
 */
function newestIn(
  bodies: readonly string[],
  keys: RecordTrust,
  binding: Binding,
): { readonly register: Register | null; readonly number: number | null } {
  let number: number | null = null;
  for (const body of bodies) {
    const register = openRecord(body, keys, binding);
    number = higher(number, register?.seq ?? shownSeq(body, keys, binding));
    if (register !== null) return { register, number };
  }
  return { register: null, number };
}

const higher = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

export const newer = (a: Register | null, b: Register | null): Register | null =>
  a === null || (b !== null && b.seq > a.seq) ? b : a;

/** Ids of 64 bits, as text. */
export const compareIds = (a: string, b: string): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
