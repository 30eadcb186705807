import { mostOfEach } from "./edits.js";
import type { EditList, Facts } from "./facts.js";
import type { CommentNode } from "./nodes.js";
import { present } from "./nodes.js";
import type { ColdQuery } from "./queries/generated.js";

/** Comments whose edits are asked for together with everything else, and how many of each. */
export interface WithBoxes {
  readonly ids: readonly string[];
  readonly edits: number;
}

export const NO_BOXES: WithBoxes = { ids: [], edits: 0 };

/** The newest few comments with boxes, whose edit lists come along: a tick is an edit, and may lie under one of the clerk's. */
export function newestWithBoxes({ comments }: Pick<Facts, "comments">): WithBoxes {
  const own = [...comments.values()].filter((node) => node.viewerDidAuthor);
  const newest = (begins: RegExp) => own.filter((node) => begins.test(node.body)).slice(-2);
  const nodes = [...newest(/^<!-- msc-clerk:status /), ...newest(/^<!-- msc-clerk:checklist /)];
  return nodes.length === 0 ? NO_BOXES : { ids: nodes.map(({ id }) => id), edits: mostOfEach(nodes) };
}

/** Those that came whole. Any other is asked for by itself, and an empty one, which may lag behind its text. */
export function wholeLists(
  answered: NonNullable<ColdQuery["edits"]>,
  comments: ReadonlyMap<string, CommentNode>,
): ReadonlyMap<string, EditList> {
  const lists = new Map<string, EditList>();
  for (const node of present(answered)) {
    const list = "userContentEdits" in node ? node.userContentEdits : null;
    const lastEditedAt = comments.get(node.id)?.lastEditedAt ?? null;
    const edits = present(list?.nodes);
    if (lastEditedAt !== null && edits.length > 0 && edits.length === list?.totalCount)
      lists.set(node.id, { lastEditedAt, edits });
  }
  return lists;
}
