import { nodeId } from "../../ids.js";
import {
  REACTIONS,
  type Reaction,
  type Repository,
  type Revision,
  type Thread,
  type Written,
} from "../../state.js";
import { time, timeOrNull } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";
import { actorNode, userNode } from "./account.js";

const LARGEST_INT = 2 ** 31 - 1;

/** What comments, reviews and pull requests have in common. */
export function writtenFields(
  context: Context,
  repository: Repository,
  thread: Thread,
  written: Written,
): Node {
  return {
    fullDatabaseId: String(written.id),
    databaseId: written.id > LARGEST_INT ? null : written.id,
    body: written.body,
    bodyText: written.body,
    createdAt: time(written.createdAt),
    updatedAt: time(written.updatedAt),
    publishedAt: time(written.createdAt),
    lastEditedAt: timeOrNull(written.lastEditedAt),
    includesCreatedEdit: written.revisions.length > 0,
    author: () => actorNode(context, written.authorId),
    editor: () => (written.lastEditedAt === null ? null : actorNode(context, written.editorId)),
    viewerDidAuthor: written.authorId === context.viewerId,
    reactionGroups: () => reactionGroups(context, written),
    userContentEdits: (args: PageArguments) =>
      connection(
        "userContentEdits",
        [...written.revisions].reverse(),
        args,
        (revision) => editNode(context, repository, thread, written, revision),
        ({ id }) => [id],
        true,
      ),
  };
}

const editNode = (
  context: Context,
  repository: Repository,
  thread: Thread,
  written: Written,
  revision: Revision,
): Node => ({
  __typename: "UserContentEdit",
  id: nodeId("revision", repository.id, thread.number, written.id, revision.id),
  createdAt: time(revision.at),
  editedAt: time(revision.at),
  updatedAt: time(revision.deletedAt ?? revision.at),
  diff: revision.body,
  deletedAt: timeOrNull(revision.deletedAt),
  editor: () => actorNode(context, revision.editorId),
  deletedBy: () => actorNode(context, revision.deletedById),
});

function reactionGroups(context: Context, { reactions }: Written): readonly Node[] {
  return Object.entries(REACTIONS).map(([content, name]) => {
    const these = reactions.filter((one) => one.content === content);
    const those = (kind: string, node: typeof actorNode) => (args: PageArguments) =>
      connection(
        kind,
        these.filter(({ authorId }) => node(context, authorId) !== null),
        args,
        ({ authorId }) => node(context, authorId) ?? {},
        ({ id }) => [id],
      );
    return {
      content: name,
      createdAt: timeOrNull(these[0]?.createdAt ?? null),
      viewerHasReacted: these.some(({ authorId }) => authorId === context.viewerId),
      users: those("users", userNode),
      // Bots too, which `users` leaves out.
      reactors: those("reactors", actorNode),
    };
  });
}

export const reactionNode = (context: Context, reaction: Reaction): Node => ({
  __typename: "Reaction",
  id: nodeId("reaction", reaction.id, REACTIONS[reaction.content]),
  databaseId: reaction.id,
  content: REACTIONS[reaction.content],
  createdAt: time(reaction.createdAt),
  user: () => userNode(context, reaction.authorId),
});
