import { MINUTE, SECOND } from "../../domain/time.js";
import type { Caller } from "../call.js";
import { type Answered, ask, unreadable } from "../graphql.js";
import type { ProposalRef } from "../ports.js";
import { markerOf } from "../record/marker.js";
import { isViewer } from "./accounts.js";
import { type Connection, type EditNode, instant, present, type SaidNode } from "./answers.js";
import { furtherEdits } from "./cold.js";
import type { EditList, Facts } from "./facts.js";
import type { Mentions } from "./mentions.js";
import { EDITS } from "./queries.js";

const BATCH = 50;
const PARTS = 10;

/** Every comment, review and inline comment of the PR. */
export function* utterancesOf(
  facts: Facts,
): Iterable<{ kind: "comment" | "review" | "inline"; node: SaidNode }> {
  for (const node of facts.comments.values()) yield { kind: "comment", node };
  for (const node of facts.reviews.values()) yield { kind: "review", node };
  for (const thread of facts.threads.values())
    for (const node of thread.values()) yield { kind: "inline", node };
}

/**
 * Whose edit lists the rules need:
 * - of others' utterances: edited ones that hold a mention now, or were last edited by somebody else than their author (act.durable);
 * - of the clerk's own comments: those somebody else edited last, whose text is not to be believed as it stands; and every
 *   edited status comment, since a tick may lie under a later edit of the clerk's (ballot.tick).
 */
function isNeeded(node: SaidNode, facts: Facts, mentions: Mentions): boolean {
  if (node.lastEditedAt === null) return false;
  if (node.viewerDidAuthor) {
    return !isViewer(node.editor, facts.viewer) || markerOf(node.body)?.kind === "status";
  }
  return mentions.mayOccurIn(node.body) || !isSame(node);
}

/** Edited by its own author; not when either account is gone, as then nobody can tell. */
const isSame = ({ author, editor }: SaidNode): boolean =>
  author !== null &&
  editor !== null &&
  author.__typename === editor.__typename &&
  (typeof author.databaseId === "number" && typeof editor.databaseId === "number"
    ? author.databaseId === editor.databaseId
    : author.login === editor.login);

/** The list is of this very text: also when two edits fell into one second. */
function isFresh(list: EditList | undefined, node: SaidNode): boolean {
  if (list === undefined || list.lastEditedAt !== node.lastEditedAt) return false;
  const newest = list.edits[0];
  return newest === undefined || newest.diff === null || unix(newest.diff) === unix(node.body);
}

function unix(text: string): string {
  return text.replace(/\r\n/g, "\n");
}

/** Reads the edit lists that are needed and not known yet, in batches. */
export async function withEdits(
  caller: Caller,
  ref: ProposalRef,
  facts: Facts,
  mentions: Mentions,
): Promise<Answered<Facts>> {
  const edits = new Map<string, EditList>();
  const wanted = new Map<string, SaidNode>();
  for (const { node } of utterancesOf(facts)) {
    if (!isNeeded(node, facts, mentions)) continue;
    const known = facts.edits.get(node.id);
    if (known !== undefined && isFresh(known, node)) edits.set(node.id, known);
    else wanted.set(node.id, node);
  }
  const ids = [...wanted.keys()];
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    type Nodes = {
      readonly nodes: readonly ({
        readonly id: string;
        readonly userContentEdits?: Connection<EditNode> | null;
      } | null)[];
    };
    const answered = await ask<Nodes>(caller, ref.installation, EDITS, { ids: batch });
    if (answered.kind !== "data") return answered;
    const lists = new Map<string, EditNode[]>();
    const unread: { id: string; after: string | null }[] = [];
    for (const node of present(answered.data.nodes)) {
      lists.set(node.id, [...present(node.userContentEdits?.nodes)]);
      const page = node.userContentEdits?.pageInfo;
      if (page?.hasNextPage) unread.push({ id: node.id, after: page.endCursor });
    }
    while (unread.length > 0) {
      const parts = unread.splice(0, PARTS);
      const further = await furtherEdits(caller, ref.installation, parts);
      if (further.kind !== "data") return further;
      for (const [index, part] of parts.entries()) {
        const list = further.data[index];
        lists.get(part.id)?.push(...present(list?.nodes));
        if (list?.pageInfo.hasNextPage) unread.push({ id: part.id, after: list.pageInfo.endCursor });
      }
    }
    for (const id of batch) {
      const node = wanted.get(id);
      const list = lists.get(id);
      if (node?.lastEditedAt === undefined || node.lastEditedAt === null) continue;
      if (list === undefined)
        return unreadable("a comment went away while it was read", caller.now() + 2 * SECOND);
      const newest = list[0];
      const lags = newest === undefined || instant(newest.editedAt) < instant(node.lastEditedAt);
      // Lists of edits lag behind the texts now and then. Old texts whose list is short stay so: GitHub kept none before 2018.
      if (lags && caller.gitHubNow() - instant(node.lastEditedAt) < MINUTE) {
        return unreadable("GitHub's list of edits is behind the text", caller.now() + 2 * SECOND);
      }
      edits.set(id, { lastEditedAt: node.lastEditedAt, edits: list });
    }
  }
  return { kind: "data", data: { ...facts, edits } };
}
