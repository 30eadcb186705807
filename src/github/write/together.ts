import type { Action } from "../../domain/model/action.js";
import type { NodeIds } from "../nodeIds.js";
import type { ProposalRef } from "../ports.js";
import { REACTIONS } from "../read/ownReactions.js";
import type { WriteRequest } from "./requests.js";

/*
 * Several updates in one document of mutations: one request and one turn of the pace for all of them. Only what exists already is written so, and
 * what is the same when done twice. GitHub carries out the mutations of a document in their order, each whether or not the one before it
 * failed (https://spec.graphql.org/October2021/#sec-Mutation); `errors` names the alias of each that did, and that one is sent again by REST,
 * alone, so that a refusal has the words and the handling it has anywhere.
 *
 * That an App may update a check run so is known from one that does (https://github.com/rocq-prover/bot/pull/93). Of comments, labels and reactions it is
 * believed by their routes of REST, which need the same permissions; where it is not so, GitHub refuses the part and REST is asked. What makes
 * something new stays with REST: a POST answers with the id, says why a commit is not known yet, and is never sent twice by itself.
 */

/** More than a reconcile ever has; the rest goes in the next. */
export const MOST_TOGETHER = 20;

/** The type of what each takes, and what is asked back: of labels those that stand then, as they are put on by id. */
export const MUTATIONS = {
  updateIssueComment: { takes: "UpdateIssueCommentInput!", brings: "clientMutationId" },
  updateCheckRun: { takes: "UpdateCheckRunInput!", brings: "clientMutationId" },
  addReaction: { takes: "AddReactionInput!", brings: "clientMutationId" },
  addLabelsToLabelable: {
    takes: "AddLabelsToLabelableInput!",
    brings: "labelable{labels(first:100){nodes{name}}}",
  },
  removeLabelsFromLabelable: { takes: "RemoveLabelsFromLabelableInput!", brings: "clientMutationId" },
} as const;

export interface Update {
  readonly mutation: keyof typeof MUTATIONS;
  readonly input: object;
  /** The same, alone. */
  readonly request: WriteRequest;
  /** The name of the label it is about. */
  readonly label: string | null;
}

/** The request as a mutation; null: it is none that goes with others, or an id that it needs is not known. */
export function updateOf(
  ref: ProposalRef,
  action: Action,
  request: WriteRequest,
  ids: NodeIds,
): Update | null {
  const made = (mutation: Update["mutation"], input: object, label: string | null = null): Update => ({
    mutation,
    input,
    request,
    label,
  });
  if (action.kind === "react") {
    return made("addReaction", { subjectId: action.on.nodeId, content: REACTIONS[action.reaction] });
  }
  if (action.kind === "add_label" || action.kind === "remove_label") {
    const { label } = action;
    const [labelableId, id] = [
      ids.of(ref, { kind: "pull", id: ref.number }),
      ids.of(ref, { kind: "label", name: label }),
    ];
    if (labelableId === null || id === null) return null;
    const mutation = action.kind === "add_label" ? "addLabelsToLabelable" : "removeLabelsFromLabelable";
    return made(mutation, { labelableId, labelIds: [id] }, label);
  }
  switch (request.route) {
    case "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": {
      const { comment_id, body } = request.parameters;
      const id = ids.of(ref, { kind: "comment", id: comment_id });
      return id === null ? null : made("updateIssueComment", { id, body });
    }
    case "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": {
      const { check_run_id, name, external_id, output, status } = request.parameters;
      const conclusion = "conclusion" in request.parameters ? request.parameters.conclusion : undefined;
      const [repositoryId, checkRunId] = [
        ids.of(ref, { kind: "repository" }),
        ids.of(ref, { kind: "run", id: check_run_id }),
      ];
      if (repositoryId === null || checkRunId === null || output?.annotations !== undefined) return null;
      return made("updateCheckRun", {
        repositoryId,
        checkRunId,
        name,
        externalId: external_id,
        status: status?.toUpperCase(),
        ...(conclusion === undefined ? {} : { conclusion: conclusion.toUpperCase() }),
        output,
      });
    }
    default:
      return null;
  }
}

export function documentOf(updates: readonly Update[]): {
  readonly query: string;
  readonly variables: object;
} {
  const takes = updates.map(({ mutation }, at) => `$input${at}:${MUTATIONS[mutation].takes}`);
  const parts = updates.map(
    ({ mutation }, at) => `part${at}:${mutation}(input:$input${at}){${MUTATIONS[mutation].brings}}`,
  );
  return {
    query: `mutation Updates(${takes.join()}){${parts.join(" ")}}`,
    variables: Object.fromEntries(updates.map(({ input }, at) => [`input${at}`, input])),
  };
}

interface DocumentBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly type?: string;
    readonly message?: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** `failed`: GitHub says of this one that it was not done. `unclear`: it does not say what became of it. */
export type PartOutcome = "done" | "failed" | "unclear";

/** What came of each update, by the body of GitHub's answer; and what its errors say. */
export function partsOfAnswer(
  data: unknown,
  updates: readonly Update[],
): { readonly parts: readonly PartOutcome[]; readonly says: string; readonly isUnknown: boolean } {
  const body = (data ?? {}) as DocumentBody;
  const errors = Array.isArray(body.errors) ? (body.errors as NonNullable<DocumentBody["errors"]>) : [];
  const answers = new Map(Object.entries(body.data ?? {}));
  const parts = updates.map((update, at): PartOutcome => {
    const alias = `part${at}`;
    const answer = answers.get(alias) ?? null;
    if (errors.some(({ path, type }) => path?.[0] === alias && type !== undefined)) return "failed";
    if (answer === null) return "unclear";
    return update.mutation !== "addLabelsToLabelable" || wears(answer, update.label) ? "done" : "failed";
  });
  return {
    parts,
    says: errors.map(({ type, message }) => `${type ?? ""} ${message ?? ""}`.trim()).join("; "),
    // The document itself is at fault: this GitHub does not know one of the mutations. Nothing of it was carried out.
    isUnknown:
      body.data === undefined && errors.length > 0 && errors.every(({ extensions }) => extensions?.code),
  };
}

/** A label that was renamed keeps its id: then another name stands there. Beyond a hundred it cannot be seen. */
function wears(answer: unknown, label: string | null): boolean {
  type Answer = {
    readonly labelable?: {
      readonly labels?: { readonly nodes?: readonly ({ name: string } | null)[] | null };
    };
  };
  const nodes = (answer as Answer).labelable?.labels?.nodes ?? null;
  if (nodes === null || label === null || nodes.length >= 100) return true;
  return nodes.some((node) => node?.name.toLowerCase() === label.toLowerCase());
}
