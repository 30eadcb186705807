import { type ReactionTarget, react } from "../doings/reactions.js";
import { type NodeKind, placeOf } from "../ids.js";
import { REACTIONS, type ReactionContent } from "../state.js";
import { type Context, type Node, problem } from "./context.js";
import { findNode } from "./find.js";
import { reactionNode } from "./nodes/written.js";

interface AddReaction {
  readonly input: {
    readonly subjectId: string;
    readonly content: string;
    readonly clientMutationId?: string | null;
  };
}

const TARGETS: readonly NodeKind[] = [
  "issue",
  "pull",
  "comment",
  "review",
  "inline",
] satisfies readonly ReactionTarget[];

export const mutations: Node = {
  addReaction: ({ input }: AddReaction, context: Context) => {
    const place = placeOf(input.subjectId);
    const content = (Object.keys(REACTIONS) as ReactionContent[]).find(
      (one) => REACTIONS[one] === input.content,
    );
    const [repositoryId, number, id] = (place?.path ?? []).map(Number);
    if (
      !place ||
      !content ||
      repositoryId === undefined ||
      number === undefined ||
      id === undefined ||
      !TARGETS.includes(place.kind)
    )
      throw problem("NOT_FOUND", `Could not resolve to a node with the global id of '${input.subjectId}'`);
    const { reaction } = react(
      { store: context.store, actor: context.actor, repositoryId },
      place.kind as ReactionTarget,
      number,
      id,
      content,
    );
    const now: Context = { ...context, view: context.fresh() };
    return {
      clientMutationId: input.clientMutationId ?? null,
      reaction: reactionNode(now, reaction),
      subject: () => findNode(now, input.subjectId),
    };
  },
};
