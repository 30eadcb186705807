import { labelNamed } from "../../doings/by.js";
import { shownQueue } from "../../doings/mergeQueue.js";
import { nodeId } from "../../ids.js";
import { grants } from "../../permissions.js";
import { commitAt } from "../../rest/repositories.js";
import type { Label, Repository, Thread } from "../../state.js";
import { asPull, isPull, type PullThread } from "../../store.js";
import { fullName, htmlUrl, time } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import { type Context, type Node, problem } from "../context.js";
import { actorNode } from "./account.js";
import { blobNode, commitNode } from "./commit.js";
import { writtenFields } from "./written.js";

export const labelNode = (context: Context, repository: Repository, label: Label): Node => ({
  __typename: "Label",
  id: nodeId("label", repository.id, label.id),
  name: label.name,
  color: label.color,
  description: label.description,
  isDefault: false,
  url: `${htmlUrl(context.view, repository)}/labels/${encodeURIComponent(label.name)}`,
});

export function repositoryNode(context: Context, repository: Repository): Node {
  const pulls = () => [...repository.threads.values()].filter(isPull);
  return {
    __typename: "Repository",
    id: nodeId("repository", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(context.view, repository),
    description: repository.description,
    isArchived: repository.archived,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    isFork: repository.parentId !== null,
    isPrivate: repository.private,
    url: htmlUrl(context.view, repository),
    owner: () => actorNode(context, repository.ownerId),
    defaultBranchRef: () => refNode(context, repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      refNode(context, repository, qualifiedName.replace(/^refs\/heads\//, "")),
    object: (args: { oid?: string | null; expression?: string | null }) => object(context, repository, args),
    label: ({ name }: { name: string }) => {
      const label = labelNamed(repository, name);
      return label ? labelNode(context, repository, label) : null;
    },
    labels: (args: PageArguments) =>
      connection(
        "labels",
        [...repository.labels.values()],
        args,
        (label) => labelNode(context, repository, label),
        ({ id }) => [id],
      ),
    mergeQueue: ({ branch }: { branch?: string | null }) => {
      const { app } = context.actor;
      if (app && !grants(app, [{ of: "merge_queues", grade: "read" }]))
        throw problem("FORBIDDEN", "Resource not accessible by integration");
      return branch == null || branch === repository.defaultBranch ? queueNode(context, repository) : null;
    },
    pullRequest: ({ number }: { number: number }) => {
      const thread = repository.threads.get(number);
      if (!thread || !isPull(thread))
        throw problem("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return context.pullNode(context, repository, thread);
    },
    hasIssuesEnabled: repository.hasIssues,
    // Without Issues GitHub lists none, also those there were.
    issues: (args: PageArguments & Pick<PullsAsked, "orderBy">) => {
      const falling = args.orderBy?.direction === "DESC";
      const all = [...repository.threads.values()].filter((thread) => !thread.pull && repository.hasIssues);
      return connection(
        "issues",
        falling ? all.reverse() : all,
        args,
        (thread) => issueNode(context, repository, thread),
        ({ number }) => [number],
        falling,
      );
    },
    pullRequests: (args: PageArguments & PullsAsked) => {
      const fitting = pulls().filter(
        (thread) =>
          args.states == null ||
          args.states.includes(thread.pull.mergedAt !== null ? "MERGED" : thread.state.toUpperCase()),
      );
      const { field, direction } = args.orderBy ?? { field: "CREATED_AT", direction: "ASC" };
      const place = ({ number, updatedAt }: PullThread) =>
        field === "UPDATED_AT" ? [updatedAt, number] : [number];
      const falling = direction === "DESC";
      return connection(
        "pullRequests",
        fitting.sort((a, b) => (falling ? -1 : 1) * byPlace(place(a), place(b))),
        args,
        (thread) => context.pullNode(context, repository, thread),
        place,
        falling,
      );
    },
  };
}

export const issueNode = (context: Context, repository: Repository, thread: Thread): Node => ({
  __typename: "Issue",
  id: nodeId("issue", repository.id, thread.number),
  ...writtenFields(context, repository, thread, thread),
  number: thread.number,
  title: thread.title,
  state: thread.state.toUpperCase(),
});

function queueNode(context: Context, repository: Repository): Node {
  const commit = (oid: string) => {
    const found = context.view.state.commits.get(oid);
    return found ? commitNode(context, repository, found) : null;
  };
  return {
    __typename: "MergeQueue",
    id: nodeId("queue", repository.id),
    entries: (args: PageArguments) =>
      connection(
        "entries",
        shownQueue(repository, context.view.now).map((entry, index) => ({ ...entry, position: index + 1 })),
        args,
        (entry) => ({
          __typename: "MergeQueueEntry",
          id: nodeId("queueEntry", repository.id, entry.number),
          position: entry.position,
          enqueuedAt: time(entry.enqueuedAt),
          headCommit: () => commit(entry.headOid),
          baseCommit: () => commit(entry.baseOid),
          pullRequest: () =>
            context.pullNode(context, repository, asPull(threadAt(repository, entry.number))),
        }),
        ({ position }) => [position],
      ),
  };
}

function threadAt(repository: Repository, number: number): Thread {
  const thread = repository.threads.get(number);
  if (thread === undefined)
    throw problem("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
  return thread;
}

interface PullsAsked {
  readonly states?: readonly string[] | null;
  readonly orderBy?: {
    readonly field: "CREATED_AT" | "UPDATED_AT";
    readonly direction: "ASC" | "DESC";
  } | null;
}

const byPlace = (a: readonly number[], b: readonly number[]): number =>
  a.map((part, at) => part - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0;

function refNode(context: Context, repository: Repository, name: string): Node | null {
  const commit = context.view.state.commits.get(repository.branches.get(name) ?? "");
  return commit
    ? {
        __typename: "Ref",
        id: nodeId("ref", repository.id, name),
        name,
        prefix: "refs/heads/",
        target: () => commitNode(context, repository, commit),
      }
    : null;
}

function object(
  context: Context,
  repository: Repository,
  { oid, expression }: { oid?: string | null; expression?: string | null },
): Node | null {
  const [ref = "", path] = (oid ?? expression ?? "").split(/:(.*)/s);
  try {
    const commit = commitAt(context.view.state, repository, ref === "HEAD" ? repository.defaultBranch : ref);
    if (path === undefined) return commitNode(context, repository, commit);
    const file = commit.files.get(path);
    return file ? blobNode(context, repository, file) : null;
  } catch {
    return blobAt(context, repository, ref);
  }
}

/** A text by its own id, whichever commit holds it. */
function blobAt(context: Context, repository: Repository, oid: string): Node | null {
  for (const { files } of context.view.state.commits.values())
    for (const file of files.values()) if (file.oid === oid) return blobNode(context, repository, file);
  return null;
}
