import { updateCheckRun } from "../doings/checks.js";
import { editComment } from "../doings/comments.js";
import { addLabels, removeLabel } from "../doings/labels.js";
import { progress } from "../doings/mergeQueue.js";
import { type ReactionTarget, react } from "../doings/reactions.js";
import { type NodeKind, placeOf } from "../ids.js";
import { type CheckConclusion, type CheckRun, REACTIONS, type ReactionContent } from "../state.js";
import { type Context, type Node, problem } from "./context.js";
import { findNode } from "./find.js";
import { reactionNode } from "./nodes/written.js";

/** What a mutation takes; `clientMutationId` comes back as it was given. */
interface Given<Input> {
  readonly input: Input & { readonly clientMutationId?: string | null };
}

interface CheckRunInput {
  readonly repositoryId: string;
  readonly checkRunId: string;
  readonly name?: string | null;
  readonly externalId?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string | null;
  } | null;
}

interface LabelsInput {
  readonly labelableId: string;
  readonly labelIds: readonly string[];
}

const TARGETS: readonly NodeKind[] = [
  "issue",
  "pull",
  "comment",
  "review",
  "inline",
] satisfies readonly ReactionTarget[];

const notFound = (id: string) =>
  problem("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);

/** The numbers of the way to a node of one of these kinds. */
function numbersTo(id: string, kinds: readonly NodeKind[]): { kind: NodeKind; path: readonly number[] } {
  const place = placeOf(id);
  const path = (place?.path ?? []).map(Number);
  if (!place || !kinds.includes(place.kind) || path.length === 0 || path.some(Number.isNaN))
    throw notFound(id);
  return { kind: place.kind, path };
}

const byOf = ({ store, actor }: Context, repositoryId: number) => {
  if (!store.state.repositories.has(repositoryId)) throw problem("NOT_FOUND", "Could not resolve to a node");
  return { store, actor, repositoryId };
};

const anew = (context: Context): Context => ({ ...context, view: context.fresh() });

/** Labels go by id here; one that is not there is none, whatever else is asked for. */
function labelsOf(context: Context, { labelableId, labelIds }: LabelsInput) {
  const { path } = numbersTo(labelableId, ["pull", "issue"]);
  const [repositoryId = 0, number = 0] = path;
  const by = byOf(context, repositoryId);
  const names = labelIds.map((id) => {
    const [of, labelId] = numbersTo(id, ["label"]).path;
    const label = of === repositoryId && context.store.repository(repositoryId).labels.get(labelId ?? 0);
    if (!label) throw notFound(id);
    return label;
  });
  return { by, number, labels: names };
}

/**
 * The mutations of one document run in their order, each whether or not the one before it failed; `errors` names the alias of each that did.
 * https://spec.graphql.org/October2021/#sec-Mutation
 */
export const mutations: Node = {
  addReaction: (
    { input }: Given<{ readonly subjectId: string; readonly content: string }>,
    context: Context,
  ) => {
    const { kind, path } = numbersTo(input.subjectId, TARGETS);
    const content = (Object.keys(REACTIONS) as ReactionContent[]).find(
      (one) => REACTIONS[one] === input.content,
    );
    const [repositoryId, number, id] = path;
    if (!content || repositoryId === undefined || number === undefined || id === undefined)
      throw notFound(input.subjectId);
    const { reaction } = react(byOf(context, repositoryId), kind as ReactionTarget, number, id, content);
    const now = anew(context);
    return {
      clientMutationId: input.clientMutationId ?? null,
      reaction: reactionNode(now, reaction),
      subject: () => findNode(now, input.subjectId),
    };
  },
  updateIssueComment: (
    { input }: Given<{ readonly id: string; readonly body: string }>,
    context: Context,
  ) => {
    const [repositoryId = 0, , id = 0] = numbersTo(input.id, ["comment"]).path;
    editComment(byOf(context, repositoryId), id, input.body);
    return {
      clientMutationId: input.clientMutationId ?? null,
      issueComment: () => findNode(anew(context), input.id),
    };
  },
  addLabelsToLabelable: ({ input }: Given<LabelsInput>, context: Context) => {
    const { by, number, labels } = labelsOf(context, input);
    addLabels(
      by,
      number,
      labels.map(({ name }) => name),
    );
    return {
      clientMutationId: input.clientMutationId ?? null,
      labelable: () => findNode(anew(context), input.labelableId),
    };
  },
  /** One that is not on is none to take off. */
  removeLabelsFromLabelable: ({ input }: Given<LabelsInput>, context: Context) => {
    const { by, number, labels } = labelsOf(context, input);
    for (const { id, name } of labels)
      if (context.store.thread(by.repositoryId, number).labelIds.includes(id)) removeLabel(by, number, name);
    return {
      clientMutationId: input.clientMutationId ?? null,
      labelable: () => findNode(anew(context), input.labelableId),
    };
  },
  updateCheckRun: ({ input }: Given<CheckRunInput>, context: Context) => {
    const [repositoryId = 0, id = 0] = numbersTo(input.checkRunId, ["run"]).path;
    if (numbersTo(input.repositoryId, ["repository"]).path[0] !== repositoryId)
      throw notFound(input.checkRunId);
    const by = byOf(context, repositoryId);
    const { output } = input;
    updateCheckRun(by, id, {
      name: input.name ?? undefined,
      externalId: input.externalId ?? undefined,
      status: (input.status?.toLowerCase() as CheckRun["status"] | undefined) ?? undefined,
      conclusion: (input.conclusion?.toLowerCase() as CheckConclusion | undefined) ?? undefined,
      output: output
        ? { title: output.title, summary: output.summary, text: output.text ?? undefined, annotations: [] }
        : undefined,
    });
    progress(by);
    return {
      clientMutationId: input.clientMutationId ?? null,
      checkRun: () => findNode(anew(context), input.checkRunId),
    };
  },
};
