import { type ExecutionResult, execute, GraphQLError } from "graphql";
import { type ReactionTarget, react } from "../doings/reactions.js";
import { nodeId, placeOf } from "../ids.js";
import { type Actor, may } from "../permissions.js";
import { Refusal } from "../refusal.js";
import { REACTIONS, type ReactionContent } from "../state.js";
import { isPull } from "../store.js";
import { actor } from "./actors.js";
import { commit } from "./commit.js";
import { comment, inline, inlineThread, pullOf, review } from "./pull.js";
import { repository } from "./repository.js";
import { check, schema } from "./schema.js";
import { repositoryNamed, timeOf, type View } from "./view.js";

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/** Answers a query or mutation of the App, as GitHub does: status 200, with `errors` beside what could be answered. */
export async function answerGraphql(
  view: View,
  by: Actor,
  request: GraphqlRequest,
): Promise<ExecutionResult> {
  const checked = check(request.query);
  if ("errors" in checked) return { errors: checked.errors };
  return execute({
    schema: schema(),
    document: checked.document,
    rootValue: root(view, by),
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
  });
}

function root(view: View, by: Actor): Record<string, unknown> {
  return {
    viewer: () => actor(view, view.viewerId),
    rateLimit: () => ({ ...view.rate, cost: 1, nodeCount: 1, resetAt: timeOf(view.rate.resetAt) }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = repositoryNamed(view, owner, name);
      if (found === null || !found.installed) {
        throw typed("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repository(view, found);
    },
    node: ({ id }: { id: string }) => nodeOf(view, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOf(view, id)),
    addReaction: ({ input }: { input: { subjectId: string; content: string; clientMutationId?: string } }) =>
      addReaction(view, by, input),
  };
}

/** GitHub's errors carry their type beside the extensions. https://docs.github.com/graphql/guides/using-global-node-ids */
function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function nodeOf(view: View, id: string): Record<string, unknown> {
  const place = placeOf(id);
  const unknown = () => typed("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
  if (place === null) throw unknown();
  const [repositoryId, number, own] = place.path.map(Number);
  const found = view.state.repositories.get(repositoryId ?? -1);
  if (place.kind === "account" || place.kind === "bot") {
    const someone = actor(view, repositoryId ?? null);
    if (someone === null) throw unknown();
    return someone;
  }
  if (found === undefined) throw unknown();
  if (place.kind === "repository") return repository(view, found);
  if (place.kind === "commit") {
    const one = commit(view, found, place.path[1] ?? "");
    if (one === null) throw unknown();
    return one;
  }
  const thread = found.threads.get(number ?? -1);
  if (thread === undefined) throw unknown();
  const at = { repository: found, thread };
  if (place.kind === "comment") {
    const one = thread.comments.find((each) => each.id === own);
    if (one) return comment(view, at, one);
  }
  if (isPull(thread)) {
    const pull = { repository: found, thread };
    if (place.kind === "pull") return pullOf(view, found, thread) ?? {};
    const aReview = place.kind === "review" ? thread.pull.reviews.find((each) => each.id === own) : undefined;
    if (aReview) return review(view, pull, aReview);
    const anInline = thread.pull.inline.find((each) => each.id === own);
    if (anInline && place.kind === "inline") return inline(view, pull, anInline);
    if (anInline && place.kind === "inlineThread") return inlineThread(view, pull, anInline);
  }
  throw unknown();
}

const REACTABLE: ReadonlySet<string> = new Set(["pull", "issue", "comment", "review", "inline"]);

function addReaction(
  view: View,
  by: Actor,
  input: { subjectId: string; content: string; clientMutationId?: string },
): Record<string, unknown> {
  const place = placeOf(input.subjectId);
  const [repositoryId, number, own] = place?.path.map(Number) ?? [];
  if (
    place === null ||
    !REACTABLE.has(place.kind) ||
    repositoryId === undefined ||
    number === undefined ||
    own === undefined
  ) {
    throw typed("NOT_FOUND", `Could not resolve to a node with the global id of '${input.subjectId}'.`);
  }
  const content =
    (Object.keys(REACTIONS) as ReactionContent[]).find((each) => REACTIONS[each] === input.content) ?? "+1";
  const found = view.store.repository(repositoryId);
  if (!may(by, found, "comment")) throw typed("FORBIDDEN", "Resource not accessible by integration");
  const thread = view.store.thread(repositoryId, number);
  const id = place.kind === "pull" || place.kind === "issue" ? thread.id : own;
  try {
    const { reaction } = react(
      { store: view.store, actor: by, repositoryId },
      place.kind as ReactionTarget,
      number,
      id,
      content,
    );
    return {
      clientMutationId: input.clientMutationId ?? null,
      reaction: {
        id: nodeId("reaction", reaction.id),
        databaseId: reaction.id,
        content: REACTIONS[reaction.content],
      },
    };
  } catch (error) {
    if (error instanceof Refusal)
      throw typed(error.status === 404 ? "NOT_FOUND" : "FORBIDDEN", error.message);
    throw error;
  }
}
