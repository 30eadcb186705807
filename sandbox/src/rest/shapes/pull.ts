import type { components } from "@octokit/openapi-types";
import { commitsBetween, differences } from "../../commits.js";
import { nodeId } from "../../ids.js";
import type { Inline, Repository, Review } from "../../state.js";
import type { PullThread } from "../../store.js";
import { apiUrl, labelsOf, threadUrl, time, timeOrNull, type View } from "../../view.js";
import { associationOf, userShape } from "./account.js";
import { repositoryShape } from "./repository.js";
import { labelShape, reactionsShape, threadNodeId } from "./thread.js";

type Schemas = components["schemas"];

function links(url: string, html: string, statuses: string, issue: string) {
  return {
    self: { href: url },
    html: { href: html },
    issue: { href: issue },
    comments: { href: `${issue}/comments` },
    review_comments: { href: `${url}/comments` },
    review_comment: { href: `${url.replace(/\/\d+$/, "")}/comments{/number}` },
    commits: { href: `${url}/commits` },
    statuses: { href: statuses },
  };
}

/** The part that lists and webhooks have too. */
export function simplePullShape(view: View, repository: Repository, thread: PullThread) {
  const { pull } = thread;
  const api = apiUrl(view, repository);
  const url = `${api}/pulls/${thread.number}`;
  const issue = `${api}/issues/${thread.number}`;
  const html = threadUrl(view, repository, thread);
  const statuses = `${api}/statuses/${pull.headOid}`;
  const fork =
    pull.headRepositoryId === null ? undefined : view.state.repositories.get(pull.headRepositoryId);
  const base = repositoryShape(view, repository);
  const shape = {
    url,
    id: pull.id,
    node_id: threadNodeId(repository, thread),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: thread.number,
    state: thread.state,
    locked: thread.locked,
    title: thread.title,
    user: userShape(view, thread.authorId),
    body: thread.body,
    created_at: time(thread.createdAt),
    updated_at: time(thread.updatedAt),
    closed_at: timeOrNull(thread.closedAt),
    merged_at: timeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeOid,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: labelsOf(repository, thread).map((label) => labelShape(view, repository, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: {
      label: pull.headLabel,
      ref: pull.headRef,
      sha: pull.headOid,
      user: userShape(view, fork?.ownerId ?? null),
      // The schema knows no null here; GitHub sends one when the fork is gone.
      repo: (fork ? repositoryShape(view, fork) : null) as typeof base,
    },
    base: {
      label: `${base.owner.login}:${pull.base}`,
      ref: pull.base,
      sha: pull.baseOid,
      user: base.owner,
      repo: base,
    },
    _links: links(url, html, statuses, issue),
    author_association: associationOf(view, repository, thread.authorId),
    auto_merge: null,
    active_lock_reason: null,
  };
  // The schema knows no label without a description in this one place; GitHub sends null.
  return shape satisfies Omit<Schemas["pull-request-simple"], "labels">;
}

export function pullShape(view: View, repository: Repository, thread: PullThread) {
  const { pull } = thread;
  const tip = pull.mergedAt === null ? (repository.branches.get(pull.base) ?? pull.baseOid) : pull.baseOid;
  const files = differences(view.state, tip, pull.headOid);
  const shape = {
    ...simplePullShape(view, repository, thread),
    merged: pull.mergedAt !== null,
    mergeable: thread.state === "open" ? true : null,
    rebaseable: thread.state === "open" ? true : null,
    mergeable_state: pull.draft ? "draft" : "clean",
    merged_by: pull.mergedById === null ? null : userShape(view, pull.mergedById),
    comments: thread.comments.length,
    review_comments: pull.inline.length,
    maintainer_can_modify: false,
    commits: commitsBetween(view.state, tip, pull.headOid).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
  return shape satisfies Schemas["pull-request"];
}

export function reviewShape(
  view: View,
  repository: Repository,
  thread: PullThread,
  review: Review,
): Schemas["pull-request-review"] {
  const html = `${threadUrl(view, repository, thread)}#pullrequestreview-${review.id}`;
  const pullUrl = `${apiUrl(view, repository)}/pulls/${thread.number}`;
  return {
    id: review.id,
    node_id: nodeId("review", repository.id, thread.number, review.id),
    user: userShape(view, review.authorId),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationOf(view, repository, review.authorId),
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    submitted_at: time(review.submittedAt),
    commit_id: review.commit,
  };
}

export function inlineShape(view: View, repository: Repository, thread: PullThread, inline: Inline) {
  const url = `${apiUrl(view, repository)}/pulls/comments/${inline.id}`;
  const html = `${threadUrl(view, repository, thread)}#discussion_r${inline.id}`;
  const pullUrl = `${apiUrl(view, repository)}/pulls/${thread.number}`;
  const shape = {
    url,
    pull_request_review_id: inline.reviewId,
    id: inline.id,
    node_id: nodeId("inline", repository.id, thread.number, inline.id),
    diff_hunk: `@@ -1 +${inline.line} @@`,
    path: inline.path,
    position: inline.line,
    original_position: inline.line,
    commit_id: inline.commit,
    original_commit_id: inline.originalCommit,
    ...(inline.replyToId !== null && { in_reply_to_id: inline.replyToId }),
    user: userShape(view, inline.authorId),
    body: inline.body,
    created_at: time(inline.createdAt),
    updated_at: time(inline.updatedAt),
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationOf(view, repository, inline.authorId),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: inline.line,
    original_line: inline.line,
    side: "RIGHT" as const,
    subject_type: "line" as const,
    reactions: reactionsShape(url, inline),
  };
  return shape satisfies Schemas["pull-request-review-comment"];
}
