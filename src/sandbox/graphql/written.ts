import { type NodeKind, nodeId } from "../ids.js";
import { REACTIONS, type ReactionContent, type Repository, type Thread, type Written } from "../state.js";
import { actor } from "./actors.js";
import { connection, type PageArguments } from "./connection.js";
import { maybeTime, ownerOf, timeOf, type View } from "./view.js";

/** Where something written is. */
export interface Place {
  readonly repository: Repository;
  readonly thread: Thread;
}

export const pullUrl = (view: View, { repository, thread }: Place): string =>
  `${view.web}/${ownerOf(view, repository)}/${repository.name}/${thread.pull ? "pull" : "issues"}/${thread.number}`;

/** What all that people write has in common: author, editor, edits, reactions. */
export function written(view: View, place: Place, kind: NodeKind, one: Written): Record<string, unknown> {
  return {
    id: nodeId(kind, place.repository.id, place.thread.number, one.id),
    databaseId: one.id % 2 ** 31,
    fullDatabaseId: String(one.id),
    body: one.body,
    createdAt: timeOf(one.createdAt),
    updatedAt: timeOf(one.updatedAt),
    lastEditedAt: maybeTime(one.lastEditedAt),
    includesCreatedEdit: one.revisions.length > 0,
    author: () => actor(view, one.authorId),
    editor: () => (one.lastEditedAt === null ? null : actor(view, one.editorId)),
    viewerDidAuthor: one.authorId === view.viewerId,
    reactionGroups: () =>
      Object.entries(REACTIONS).map(([content, name]) => ({
        content: name,
        viewerHasReacted: one.reactions.some(
          (reaction) =>
            reaction.content === (content as ReactionContent) && reaction.authorId === view.viewerId,
        ),
      })),
    // Newest first; each `diff` is the whole body after that edit, null once somebody deleted it.
    userContentEdits: (args: PageArguments) =>
      connection(
        [...one.revisions].reverse(),
        args,
        (revision) => revision.id,
        (revision) => ({
          __typename: "UserContentEdit",
          id: nodeId("revision", revision.id),
          createdAt: timeOf(revision.at),
          editedAt: timeOf(revision.at),
          updatedAt: timeOf(revision.deletedAt ?? revision.at),
          diff: revision.body,
          deletedAt: maybeTime(revision.deletedAt),
          editor: () => actor(view, revision.editorId),
          deletedBy: () => actor(view, revision.deletedById),
        }),
        "userContentEdits",
      ),
  };
}
