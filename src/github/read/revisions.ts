import type { OwnRevision, Revision } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import { accountOf, isViewer } from "./accounts.js";
import type { EditList } from "./facts.js";
import { type Actor, type BodyNode, type EditNode, instant, type Viewer } from "./nodes.js";

interface Version {
  readonly id: string;
  readonly actor: Actor;
  readonly at: Instant;
  /** null: deleted, or never kept. */
  readonly body: string | null;
}

/**
 * All versions of a text, oldest first. GitHub's list has the newest edit first and, when `includesCreatedEdit`, the text as it
 * was created last; each entry's `diff` is the whole text after it.
 * @param from when the utterance was published: edits of a review's draft count from then
 */
export function versionsOf(
  node: BodyNode,
  newestFirst: EditList | undefined,
  from: Instant,
): readonly Version[] {
  const list = newestFirst && { ...newestFirst, edits: [...newestFirst.edits].reverse() };
  if (node.lastEditedAt === null || list === undefined) {
    return [{ id: `${node.id}@created`, actor: node.author, at: from, body: node.body }];
  }
  const edits = [...list.edits].sort(byAge);
  const versions: Version[] = [];
  const first = edits[0];
  const hasCreation = first !== undefined && node.includesCreatedEdit;
  // What it said at first is not known: it may not be put into its author's mouth.
  if (!hasCreation) versions.push({ id: `${node.id}@created`, actor: node.author, at: from, body: null });
  for (const [index, edit] of edits.entries()) {
    const created = hasCreation && index === 0;
    versions.push({
      id: edit.id,
      actor: created ? node.author : edit.editor,
      at: created ? from : Math.max(from, instant(edit.editedAt)),
      body: edit.diff,
    });
  }
  const newest = edits.at(-1);
  if (newest === undefined || instant(newest.editedAt) < instant(node.lastEditedAt)) {
    const at = Math.max(from, instant(node.lastEditedAt));
    versions.push({ id: `${node.id}@${node.lastEditedAt}`, actor: node.editor, at, body: node.body });
  }
  return versions;
}

/** GitHub's order turned round where edits fell into one second. `sort` is stable, so the reversed list keeps its order. */
const byAge = (a: EditNode, b: EditNode): number => instant(a.editedAt) - instant(b.editedAt);

export function revisionsOf(
  node: BodyNode,
  list: EditList | undefined,
  from: Instant,
  linesOf: (body: string) => readonly string[],
): readonly Revision[] {
  if (node.lastEditedAt !== null && list === undefined) return presentOnly(node, from, linesOf);
  return versionsOf(node, list, from).map(({ actor, at, body }) => ({
    editor: accountOf(actor),
    at,
    lines: body === null ? null : linesOf(body),
  }));
}

/**
 * An edited text whose edits were not read: its author cannot act, or it does not mention the clerk. What it says now counts as said by
 * whoever edited it last, at that moment; what it said before is not known.
 */
function presentOnly(
  node: BodyNode,
  from: Instant,
  linesOf: (body: string) => readonly string[],
): readonly Revision[] {
  const lines = linesOf(node.body);
  if (node.lastEditedAt === null || lines.length === 0)
    return [{ editor: accountOf(node.author), at: from, lines }];
  const at = Math.max(from, instant(node.lastEditedAt));
  return [
    { editor: accountOf(node.author), at: from, lines: null },
    { editor: accountOf(node.editor), at, lines },
  ];
}

export function ownRevisionsOf(
  node: BodyNode,
  list: EditList | undefined,
  viewer: Viewer,
): readonly OwnRevision[] {
  return versionsOf(node, list, instant(node.createdAt)).map(({ id, actor, at, body }) => ({
    id,
    editor: accountOf(actor),
    byClerk: isViewer(actor, viewer),
    at,
    body,
  }));
}
