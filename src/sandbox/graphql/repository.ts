import { nodeId } from "../ids.js";
import type { Repository } from "../state.js";
import { isPull } from "../store.js";
import { actor } from "./actors.js";
import { commit } from "./commit.js";
import { connection, type PageArguments } from "./connection.js";
import { pullOf } from "./pull.js";
import { ownerOf, timeOf, type View } from "./view.js";

export function repository(view: View, one: Repository): Record<string, unknown> {
  const owner = ownerOf(view, one);
  const ref = (name: string) => {
    const oid = one.branches.get(name);
    return oid === undefined
      ? null
      : {
          id: nodeId("ref", one.id, name),
          name,
          prefix: "refs/heads/",
          target: () => commit(view, one, oid),
        };
  };
  return {
    __typename: "Repository",
    id: nodeId("repository", one.id),
    databaseId: one.id,
    name: one.name,
    nameWithOwner: `${owner}/${one.name}`,
    owner: () => actor(view, one.ownerId),
    url: `${view.web}/${owner}/${one.name}`,
    isArchived: one.archived,
    createdAt: timeOf(one.createdAt),
    defaultBranchRef: () => ref(one.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) => ref(qualifiedName.replace(/^refs\/heads\//, "")),
    object: ({ oid, expression }: { oid?: string | null; expression?: string | null }) => {
      if (oid != null) return commit(view, one, oid);
      const branch = one.branches.get(expression ?? "");
      return branch === undefined ? null : commit(view, one, branch);
    },
    pullRequest: ({ number }: { number: number }) => {
      const thread = one.threads.get(number);
      return thread === undefined ? null : pullOf(view, one, thread);
    },
    pullRequests: (
      args: PageArguments & { states?: readonly string[] | null; labels?: readonly string[] | null },
    ) => {
      const wanted = [...one.threads.values()]
        .filter(isPull)
        .filter(
          (thread) =>
            args.states == null ||
            args.states.includes(thread.pull.mergedAt !== null ? "MERGED" : thread.state.toUpperCase()),
        )
        .filter(
          (thread) =>
            args.labels == null ||
            thread.labelIds.some((id) => args.labels?.includes(one.labels.get(id)?.name ?? "")),
        );
      return connection(
        wanted,
        args,
        (thread) => thread.number,
        (thread) => pullOf(view, one, thread),
        "pullRequests",
      );
    },
  };
}
