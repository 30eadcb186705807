import { sees } from "../permissions.js";
import { findRepository, time } from "../view.js";
import type { Context, Node } from "./context.js";
import { problem } from "./context.js";
import { findNode } from "./find.js";
import { viewerNode } from "./nodes/account.js";
import { repositoryNode } from "./nodes/repository.js";

export const queries: Node = {
  viewer: (_args: unknown, context: Context) => viewerNode(context),
  rateLimit: (_args: unknown, { limits, cost, nodes }: Context) => ({
    cost,
    nodeCount: nodes,
    limit: limits.limits.perHour,
    remaining: limits.remaining("graphql"),
    used: limits.window("graphql").used,
    resetAt: time(limits.window("graphql").resetAt),
  }),
  repository: ({ owner, name }: { owner: string; name: string }, context: Context) => {
    const repository = findRepository(context.view, owner, name);
    if (!repository || (context.actor.app && !repository.installed) || !sees(context.actor, repository))
      throw problem("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    return repositoryNode(context, repository);
  },
  node: ({ id }: { id: string }, context: Context) => findNode(context, id),
  nodes: ({ ids }: { ids: readonly string[] }, context: Context) => {
    if (ids.length > 100)
      throw problem(
        "ARGUMENT_LIMIT",
        `You may not provide more than 100 node ids; you provided ${ids.length}.`,
      );
    return ids.map((id) => {
      try {
        return findNode(context, id);
      } catch (thrown) {
        return thrown;
      }
    });
  },
};
