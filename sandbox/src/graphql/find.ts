import { keptRun } from "../doings/checks.js";
import { type NodeKind, placeOf } from "../ids.js";
import { sees } from "../permissions.js";
import type { Repository } from "../state.js";
import { isPull } from "../store.js";
import { type Context, type Node, problem } from "./context.js";
import { runNode, suiteNode } from "./nodes/check.js";
import { commentNode, inlineNode, inlineThreadNode, reviewNode } from "./nodes/comment.js";
import { commitNode } from "./nodes/commit.js";
import { eventNode } from "./nodes/event.js";
import { pullNode } from "./nodes/pull.js";
import { issueNode, labelNode, repositoryNode } from "./nodes/repository.js";

/** What a node id stands for; throws NOT_FOUND when it is not there (any more). */
export function findNode(context: Context, id: string): Node {
  const place = placeOf(id);
  const [repositoryId, ...path] = place?.path ?? [];
  const repository = context.view.state.repositories.get(Number(repositoryId));
  const node =
    place &&
    repository &&
    sees(context.actor, repository) &&
    inRepository(context, repository, place.kind, path);
  if (!node) throw problem("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  return node;
}

function inRepository(
  context: Context,
  repository: Repository,
  kind: NodeKind,
  path: readonly string[],
): Node | null {
  const [first = "", second = ""] = path;
  switch (kind) {
    case "repository":
      return repositoryNode(context, repository);
    case "label": {
      const label = repository.labels.get(Number(first));
      return label ? labelNode(context, repository, label) : null;
    }
    case "commit": {
      const commit = context.view.state.commits.get(first);
      return commit ? commitNode(context, repository, commit) : null;
    }
    case "suite": {
      const suite = repository.suites.get(Number(first));
      return suite ? suiteNode(context, repository, suite) : null;
    }
    case "run": {
      const run = keptRun(repository, Number(first), context.view.now);
      return run ? runNode(context, repository, run) : null;
    }
    default:
      return inThread(context, repository, kind, Number(first), Number(second));
  }
}

function inThread(
  context: Context,
  repository: Repository,
  kind: NodeKind,
  number: number,
  id: number,
): Node | null {
  const thread = repository.threads.get(number);
  if (!thread) return null;
  const one = <T extends { readonly id: number }>(
    items: readonly T[],
    node: (item: T) => Node,
  ): Node | null => {
    const found = items.find((item) => item.id === id);
    return found ? node(found) : null;
  };
  if (kind === "comment")
    return one(thread.comments, (comment) => commentNode(context, repository, thread, comment));
  if (kind === "issue" && !isPull(thread)) return issueNode(context, repository, thread);
  if (!isPull(thread)) return null;
  switch (kind) {
    case "pull":
      return pullNode(context, repository, thread);
    case "review":
      return one(thread.pull.reviews, (review) => reviewNode(context, repository, thread, review));
    case "inline":
      return one(thread.pull.inline, (inline) => inlineNode(context, repository, thread, inline));
    case "inlineThread":
      return one(thread.pull.inline, (inline) => inlineThreadNode(context, repository, thread, inline));
    case "event":
      return one(thread.events, (event) => eventNode(context, repository, thread, event));
    default:
      return null;
  }
}
