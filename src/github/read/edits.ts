import { MINUTE, SECOND } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import { isTooExpensive, type NotRead, type ReadResult, unreadable } from "../readResult.js";
import { hasBoxes, markerOf } from "../record/marker.js";
import { isViewer, numberOf } from "./accounts.js";
import type { EditList, Facts } from "./facts.js";
import { furtherEdits } from "./further.js";
import type { Mentions } from "./mentions.js";
import {
  type BodyNode,
  type CommentNode,
  type EditNode,
  type InlineNode,
  instant,
  present,
  type ReviewNode,
} from "./nodes.js";
import { EDITS } from "./queries/generated.js";

/** Each edit comes with the whole text after it. An answer should not hold more than about this, in characters. */
const ANSWER = 1_500_000;
/** Most lists are short: so many edits of each at first. */
const FIRST = 10;
const MOST = 100;
const BATCH = 50;
const PARTS = 10;
/** What an edit takes at least, its text apart. */
const SHORT = 400;

/** Whose words matter, so that their edits are read. */
export interface Heard {
  readonly mentions: Mentions;
  /** Is its author on the roster? */
  readonly mayAct: (node: BodyNode) => boolean;
  /** Edited comments of older bots of which earlier revisions matter. */
  readonly legacy: (node: BodyNode) => boolean;
}

/** Every comment, review and inline comment of the PR. */
export function* utterancesOf(
  facts: Facts,
): Iterable<
  | { kind: "comment"; node: CommentNode }
  | { kind: "review"; node: ReviewNode }
  | { kind: "inline"; node: InlineNode }
> {
  for (const node of facts.comments.values()) yield { kind: "comment", node };
  for (const node of facts.reviews.values()) yield { kind: "review", node };
  for (const thread of facts.threads.values())
    for (const node of thread.values()) yield { kind: "inline", node };
}

/**
 * Whose edit lists the rules need:
 * - of the roster's utterances: edited ones that hold a mention now, or were last edited by somebody else than their author
 *   (act.durable). Of anybody else's the present text is enough, as it is only answered and can never count (`revisionsOf`);
 * - of the clerk's own comments: those somebody else edited last, whose text is not to be believed as it stands; and every
 *   edited comment with boxes, since a tick may lie under a later edit of the clerk's (ballot.tick);
 * - of an older bot's comments: those somebody else edited last, or the bot itself after adoption (takeover.legacy).
 */
function isNeeded(node: BodyNode, facts: Facts, { mentions, mayAct, legacy }: Heard): boolean {
  if (node.lastEditedAt === null) return false;
  if (legacy(node)) return true;
  if (node.viewerDidAuthor) {
    return !isViewer(node.editor, facts.viewer) || hasBoxes(markerOf(node.body));
  }
  return mayAct(node) && (mentions.mayOccurIn(node.body) || !isSame(node));
}

/** Edited by its own author; not when either account is gone, as then nobody can tell. */
const isSame = ({ author, editor }: Pick<BodyNode, "author" | "editor">): boolean =>
  author !== null &&
  editor !== null &&
  author.__typename === editor.__typename &&
  (numberOf(author) !== null && numberOf(editor) !== null
    ? numberOf(author) === numberOf(editor)
    : author.login === editor.login);

/** The list is of this very text: also when two edits fell into one second. */
function isFresh(list: EditList | undefined, node: BodyNode): boolean {
  if (list === undefined || list.lastEditedAt !== node.lastEditedAt) return false;
  const newest = list.edits[0];
  return newest === undefined || newest.diff === null || unix(newest.diff) === unix(node.body);
}

function unix(text: string): string {
  return text.replace(/\r\n/g, "\n");
}

/** Reads the edit lists that are needed and not known yet, a bounded amount of text at a time. */
export async function withEdits(
  caller: Caller,
  ref: ProposalRef,
  facts: Facts,
  heard: Heard,
): Promise<ReadResult<{ facts: Facts }>> {
  const edits = new Map<string, EditList>();
  const wanted: BodyNode[] = [];
  for (const { node } of utterancesOf(facts)) {
    if (!isNeeded(node, facts, heard)) continue;
    const known = facts.edits.get(node.id);
    if (known !== undefined && isFresh(known, node)) edits.set(node.id, known);
    else wanted.push(node);
  }
  for (const batch of batches(wanted)) {
    const read = await readLists(caller, ref, batch, mostOfEach(batch));
    if (read.kind !== "read") return read;
    for (const node of batch) {
      if (node.lastEditedAt === null) continue;
      const list = read.lists.get(node.id);
      if (list === undefined)
        return unreadable("a comment went away while it was read", caller.now() + 2 * SECOND);
      const newest = list[0];
      const lags = newest === undefined || instant(newest.editedAt) < instant(node.lastEditedAt);
      // Lists of edits lag behind the texts now and then. Old texts whose list is short stay so: GitHub kept none before 2018.
      if (lags && caller.gitHubNow() - instant(node.lastEditedAt) < MINUTE) {
        return unreadable("GitHub's list of edits is behind the text", caller.now() + 2 * SECOND);
      }
      edits.set(node.id, { lastEditedAt: node.lastEditedAt, edits: list });
    }
  }
  return { kind: "read", facts: { ...facts, edits } };
}

/** So many at a time that the first page of each, were all of them as long as now, is within what an answer should hold. */
function batches(wanted: readonly BodyNode[]): readonly (readonly BodyNode[])[] {
  const all: BodyNode[][] = [];
  let text = Number.POSITIVE_INFINITY;
  for (const node of wanted) {
    const room = FIRST * Math.max(node.body.length, SHORT);
    if (text + room > ANSWER || (all.at(-1)?.length ?? 0) >= BATCH) {
      all.push([]);
      text = 0;
    }
    all.at(-1)?.push(node);
    text += room;
  }
  return all;
}

/** A few long lists, as that of a status comment, come whole where there is room for them. */
export function mostOfEach(batch: readonly BodyNode[]): number {
  const text = batch.reduce((sum, { body }) => sum + Math.max(body.length, SHORT), 0);
  return Math.max(FIRST, Math.min(MOST, Math.floor(ANSWER / text)));
}

type Lists = ReadonlyMap<string, readonly EditNode[]>;
interface Unread {
  readonly id: string;
  readonly after: string | null;
}

/** GitHub cuts a query off at ten seconds: what is too much for it is asked for in smaller pages, then by halves. */
async function readLists(
  caller: Caller,
  ref: ProposalRef,
  batch: readonly BodyNode[],
  first: number,
): Promise<ReadResult<{ lists: Lists }>> {
  const variables = { ids: batch.map(({ id }) => id), first };
  const answered = await ask(caller, ref.installation, EDITS, variables);
  const isTooMuch = isTooExpensive(answered);
  if (isTooMuch && first > 1) return readLists(caller, ref, batch, Math.max(1, Math.floor(first / 4)));
  if (isTooMuch && batch.length > 1) {
    const half = Math.ceil(batch.length / 2);
    const lists = new Map<string, readonly EditNode[]>();
    for (const part of [batch.slice(0, half), batch.slice(half)]) {
      const read = await readLists(caller, ref, part, FIRST);
      if (read.kind !== "read") return read;
      for (const [id, list] of read.lists) lists.set(id, list);
    }
    return { kind: "read", lists };
  }
  if (answered.kind !== "read") return answered;
  const lists = new Map<string, EditNode[]>();
  const unread: Unread[] = [];
  for (const node of present(answered.data.nodes)) {
    const list = "userContentEdits" in node ? node.userContentEdits : null;
    lists.set(node.id, [...present(list?.nodes)]);
    const page = list?.pageInfo;
    if (page?.hasNextPage) unread.push({ id: node.id, after: page.endCursor });
  }
  const failed = await readOn(caller, ref, lists, unread);
  return failed ?? { kind: "read", lists };
}

/** The further pages, as long as what was seen of the texts lets them be. null: all were read. */
async function readOn(
  caller: Caller,
  ref: ProposalRef,
  lists: ReadonlyMap<string, EditNode[]>,
  unread: Unread[],
): Promise<NotRead | null> {
  const longest = ({ id }: Unread) =>
    Math.max(SHORT, ...(lists.get(id) ?? []).map(({ diff }) => diff?.length ?? 0));
  let scale = 1;
  while (unread.length > 0) {
    const text = Math.max(...unread.slice(0, PARTS).map(longest));
    const room = Math.max(1, Math.floor(ANSWER / scale / text));
    const parts = unread.slice(0, Math.max(1, Math.min(PARTS, Math.floor(room / FIRST))));
    const first = Math.max(1, Math.min(MOST, Math.floor(room / parts.length)));
    const further = await furtherEdits(caller, ref.installation, parts, first);
    if (isTooExpensive(further) && (first > 1 || parts.length > 1)) {
      scale *= 4;
      continue;
    }
    if (further.kind !== "read") return further;
    unread.splice(0, parts.length);
    for (const [index, part] of parts.entries()) {
      const list = further.lists[index];
      lists.get(part.id)?.push(...present(list?.nodes));
      if (list?.pageInfo.hasNextPage) unread.push({ id: part.id, after: list.pageInfo.endCursor });
    }
  }
  return null;
}
