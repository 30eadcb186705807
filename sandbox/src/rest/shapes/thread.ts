import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import {
  type Comment,
  type Label,
  REACTIONS,
  type Reaction,
  type ReactionContent,
  type Repository,
  type Thread,
  type Written,
} from "../../state.js";
import { apiUrl, htmlUrl, labelsOf, threadUrl, time, timeOrNull, type View } from "../../view.js";
import { associationOf, userShape } from "./account.js";
import { appShape } from "./app.js";

type Schemas = components["schemas"];

export const labelShape = (view: View, repository: Repository, label: Label): Schemas["label"] => ({
  id: label.id,
  node_id: nodeId("label", repository.id, label.id),
  url: `${apiUrl(view, repository)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  color: label.color,
  default: false,
  description: label.description,
});

export function reactionsShape(url: string, { reactions }: Written): Schemas["reaction-rollup"] {
  const count = (content: ReactionContent) => reactions.filter((one) => one.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    hooray: count("hooray"),
    confused: count("confused"),
    heart: count("heart"),
    rocket: count("rocket"),
    eyes: count("eyes"),
  };
}

export const reactionShape = (view: View, reaction: Reaction): Schemas["reaction"] => ({
  id: reaction.id,
  node_id: nodeId("reaction", reaction.id, REACTIONS[reaction.content]),
  user: userShape(view, reaction.authorId),
  content: reaction.content,
  created_at: time(reaction.createdAt),
});

export function commentShape(
  view: View,
  repository: Repository,
  thread: Thread,
  comment: Comment,
): Schemas["issue-comment"] {
  const url = `${apiUrl(view, repository)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId("comment", repository.id, thread.number, comment.id),
    url,
    html_url: `${threadUrl(view, repository, thread)}#issuecomment-${comment.id}`,
    issue_url: `${apiUrl(view, repository)}/issues/${thread.number}`,
    body: comment.body,
    user: userShape(view, comment.authorId),
    created_at: time(comment.createdAt),
    updated_at: time(comment.updatedAt),
    author_association: associationOf(view, repository, comment.authorId),
    performed_via_github_app: comment.viaApp ? appShape(view) : null,
    reactions: reactionsShape(url, comment),
  };
}

/** A pull request as an issue has the link to itself as a pull request. */
export function issueShape(view: View, repository: Repository, thread: Thread) {
  const url = `${apiUrl(view, repository)}/issues/${thread.number}`;
  const pullUrl = `${apiUrl(view, repository)}/pulls/${thread.number}`;
  const html = threadUrl(view, repository, thread);
  const shape = {
    id: thread.id,
    node_id: threadNodeId(repository, thread),
    url,
    repository_url: apiUrl(view, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html,
    number: thread.number,
    title: thread.title,
    user: userShape(view, thread.authorId),
    labels: labelsOf(repository, thread).map((label) => labelShape(view, repository, label)),
    state: thread.state,
    locked: thread.locked,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: thread.comments.length,
    created_at: time(thread.createdAt),
    updated_at: time(thread.updatedAt),
    closed_at: timeOrNull(thread.closedAt),
    author_association: associationOf(view, repository, thread.authorId),
    body: thread.body,
    reactions: reactionsShape(url, thread),
    state_reason: null,
    ...(thread.pull && {
      draft: thread.pull.draft,
      pull_request: {
        url: pullUrl,
        html_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        merged_at: timeOrNull(thread.pull.mergedAt),
      },
    }),
  };
  return shape satisfies Schemas["issue"];
}

export const threadNodeId = (repository: Repository, thread: Thread): string =>
  nodeId(thread.pull ? "pull" : "issue", repository.id, thread.number, thread.id);

export const commitUrl = (view: View, repository: Repository, oid: string): string =>
  `${htmlUrl(view, repository)}/commit/${oid}`;
