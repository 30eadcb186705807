import type { Action, PutCheck, PutForm, ReactionSubject } from "../../domain/model/action.js";
import { bytesOf, cutToBytes } from "../../domain/text/cut.js";
import { GRAPHQL, type ParametersOf, type Route } from "../client/routes.js";
import type { ProposalRef } from "../ports.js";
import { externalId } from "../read/checks.js";
import { FORM_RUN, formExternalId } from "../read/ownForms.js";
import { REACTIONS } from "../read/ownReactions.js";
import { REACT } from "../read/queries/generated.js";
import type { RecordKeys } from "../record/keys.js";
import { CHECK_ROOM, COMMENT_ROOM, compose } from "../record/marker.js";
import { type Binding, sealRecord, sealSeq } from "../record/seal.js";

/** One call that carries out an action, or a part of it. */
export type WriteRequest = { [R in WriteRoute]: RequestTo<R> }[WriteRoute];

type WriteRoute = Exclude<Route, `GET ${string}`>;

interface RequestTo<R extends WriteRoute> {
  readonly route: R;
  readonly parameters: ParametersOf<R>;
  /** Sending it twice has the same effect as once. A POST that creates something is never sent again by itself. */
  readonly repeatable: boolean;
  /** It makes content that notifies people: comments, here. Check runs, labels and reactions do not (see `CallOptions`). */
  readonly creates: boolean;
  /** Which of the App's permissions it needs, for people to read. */
  readonly permission: string;
  /** The answers, besides success, that mean it is as it should be. */
  readonly alsoDone: readonly number[];
}

export interface Composed {
  readonly request: WriteRequest;
  /** The record did not fit: the comment shows its number only, and the check run carries it. */
  readonly recordLeftOut: boolean;
}

const ISSUES = "Issues: write";
const PULLS = "Pull requests: write";
const CHECKS = "Checks: write";
const ANNOTATIONS = 50;
const SHORT_REACTIONS = { thumbsUp: "+1", confused: "confused", eyes: "eyes" } as const;

/**
 * Comments and their record. A body longer than GitHub takes gives null, as nothing of what the clerk decided to say may be cut off; so
 * does a record that would not be read back.
 */
export function commentRequest(
  ref: ProposalRef,
  action: Action & { readonly kind: "create_comment" | "update_comment" },
  keys: RecordKeys,
  repository: number,
): Composed | null {
  const binding = { repository, pull: ref.number };
  const composed = bodyOf(action, keys, binding);
  if (composed === null || composed.body.length > COMMENT_ROOM) return null;
  const { body, left } = composed;
  const repo = { owner: ref.owner, repo: ref.name };
  const request: WriteRequest =
    action.kind === "create_comment"
      ? {
          route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
          parameters: { ...repo, issue_number: ref.number, body },
          repeatable: false,
          creates: true,
          permission: `${ISSUES} or ${PULLS}`,
          alsoDone: [],
        }
      : {
          route: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
          parameters: { ...repo, comment_id: action.comment, body },
          repeatable: true,
          creates: false,
          permission: `${ISSUES} or ${PULLS}`,
          alsoDone: [],
        };
  return { request, recordLeftOut: left };
}

/** null: the record would not be read back. */
function bodyOf(
  {
    marker,
    body: text,
    record,
    seq,
  }: Pick<Action & { readonly kind: "create_comment" }, "marker" | "body" | "record" | "seq">,
  keys: RecordKeys,
  binding: Binding,
): { readonly body: string; readonly left: boolean } | null {
  if (record === null) {
    return { body: compose(marker, text, seq > 0 ? sealSeq(seq, keys, binding) : null), left: false };
  }
  const room = COMMENT_ROOM - compose(marker, text, null).length - 2;
  const sealed = sealRecord(record, keys, binding, room);
  if (sealed.kind === "unreadable") return null;
  return { body: compose(marker, text, sealed.line), left: sealed.kind === "too_large" };
}

/**
 * Check runs: https://docs.github.com/en/rest/checks/runs. The first request makes or updates the run; GitHub takes 50
 * annotations a time and adds them to those that are there, so a run that is to have any is always a new one.
 */
export function checkRequest(
  ref: ProposalRef,
  action: PutCheck,
  keys: RecordKeys,
  repository: number,
): Composed | null {
  const sealed =
    action.record === null
      ? null
      : sealRecord(action.record, keys, { repository, pull: ref.number }, CHECK_ROOM);
  // A run is what nobody else can change: it carries the whole record or is not written (memory.kept).
  if (sealed !== null && sealed.kind !== "sealed") return null;
  const parameters = {
    owner: ref.owner,
    repo: ref.name,
    name: "msc-clerk",
    external_id: externalId(ref.number, action.own),
    ...(action.verdict === "in_progress"
      ? { status: "in_progress" as const }
      : { status: "completed" as const, conclusion: action.verdict }),
    output: {
      title: action.title,
      summary: cut(action.summary, CHECK_ROOM),
      // Always sent: an update that leaves it out would leave an older record standing.
      text: sealed?.line ?? "",
      ...(action.annotations.length > 0 ? { annotations: annotationsOf(action, 0) } : {}),
    },
  };
  const anew = action.run === null || action.annotations.length > 0;
  const request: WriteRequest = anew
    ? {
        route: "POST /repos/{owner}/{repo}/check-runs",
        parameters: { ...parameters, head_sha: action.head },
        repeatable: false,
        creates: false,
        permission: CHECKS,
        alsoDone: [],
      }
    : {
        route: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
        parameters: { ...parameters, check_run_id: action.run },
        repeatable: true,
        creates: false,
        permission: CHECKS,
        alsoDone: [],
      };
  return { request, recordLeftOut: false };
}

/** Annotations beyond the first 50, in requests of 50. */
export function furtherAnnotations(ref: ProposalRef, action: PutCheck, run: string): readonly WriteRequest[] {
  const requests: WriteRequest[] = [];
  for (let from = ANNOTATIONS; from < action.annotations.length; from += ANNOTATIONS) {
    requests.push({
      route: "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
      parameters: {
        owner: ref.owner,
        repo: ref.name,
        check_run_id: run,
        output: {
          title: action.title,
          summary: cut(action.summary, CHECK_ROOM),
          annotations: annotationsOf(action, from),
        },
      },
      repeatable: false, // they would stand there twice
      creates: false,
      permission: CHECKS,
      alsoDone: [],
    });
  }
  return requests;
}

const annotationsOf = ({ annotations }: PutCheck, from: number) =>
  annotations.slice(from, from + ANNOTATIONS).map(({ path, line, column, message }) => ({
    path,
    start_line: line,
    end_line: line,
    start_column: column,
    end_column: column,
    annotation_level: "failure" as const,
    message: cut(message, 16_000),
  }));

/** form.check: nothing of the decision's own run is in it. */
function formRequest(ref: ProposalRef, action: PutForm): WriteRequest {
  return {
    route: "POST /repos/{owner}/{repo}/check-runs",
    parameters: {
      owner: ref.owner,
      repo: ref.name,
      name: FORM_RUN,
      head_sha: action.head,
      external_id: formExternalId(ref.number),
      status: "completed",
      conclusion: action.verdict,
      output: {
        title: action.title,
        summary: cut(action.summary, CHECK_ROOM),
        annotations: action.annotations.slice(0, ANNOTATIONS).map(({ path, line, message }) => ({
          path,
          start_line: line,
          end_line: line,
          annotation_level: "warning" as const,
          message: cut(message, 16_000),
        })),
      },
    },
    repeatable: false,
    creates: false,
    permission: CHECKS,
    alsoDone: [],
  };
}

function reactRequest(ref: ProposalRef, on: ReactionSubject, reaction: keyof typeof REACTIONS): WriteRequest {
  const common = { repeatable: false, creates: false, alsoDone: [] };
  const repo = { owner: ref.owner, repo: ref.name, content: SHORT_REACTIONS[reaction] };
  switch (on.kind) {
    case "comment":
      return {
        ...common,
        route: "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
        parameters: { ...repo, comment_id: on.id },
        permission: PULLS,
      };
    case "inline":
      return {
        ...common,
        route: "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
        parameters: { ...repo, comment_id: on.id },
        permission: PULLS,
      };
    case "review":
      // REST has no reactions on review bodies.
      return {
        ...common,
        route: GRAPHQL,
        parameters: { query: REACT, variables: { id: on.nodeId, content: REACTIONS[reaction] } },
        permission: PULLS,
      };
  }
}

/** Everything but comments and checks, which carry records. */
export function plainRequest(
  ref: ProposalRef,
  action: Exclude<Action, { kind: "create_comment" | "update_comment" | "put_check" | "link_spec_pull" }>,
): WriteRequest {
  const repo = { owner: ref.owner, repo: ref.name };
  const once = { repeatable: true, creates: false, alsoDone: [] };
  switch (action.kind) {
    case "delete_comment":
      return {
        ...once,
        route: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
        parameters: { ...repo, comment_id: action.comment },
        permission: `${ISSUES} or ${PULLS}`,
        alsoDone: [404, 410],
      };
    case "add_label":
      return {
        ...once,
        route: "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
        parameters: { ...repo, issue_number: ref.number, labels: [action.label] },
        permission: `${ISSUES} or ${PULLS}`,
      };
    case "remove_label":
      return {
        ...once,
        route: "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
        parameters: { ...repo, issue_number: ref.number, name: action.label },
        permission: `${ISSUES} or ${PULLS}`,
        alsoDone: [404],
      };
    case "react":
      return reactRequest(ref, action.on, action.reaction);
    case "put_form":
      return formRequest(ref, action);
    case "close_pull":
      return {
        ...once,
        route: "PATCH /repos/{owner}/{repo}/pulls/{pull_number}",
        parameters: { ...repo, pull_number: ref.number, state: "closed" },
        permission: PULLS,
      };
    case "merge_pull":
      return {
        ...once,
        repeatable: false,
        route: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
        // `sha`: GitHub refuses (409) when the head has moved since the decision.
        parameters: { ...repo, pull_number: ref.number, merge_method: action.method, sha: action.head },
        permission: "Contents: write",
      };
  }
}

/** GitHub counts what a check run holds in bytes, of which the mark takes three. */
function cut(text: string, bytes: number): string {
  return bytesOf(text) <= bytes ? text : `${cutToBytes(text, bytes - 3)}…`;
}
