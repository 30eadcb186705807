import type { components } from "@octokit/openapi-types";
import { commitsBetween, differences } from "../commits.js";
import { editThread, type MergeMethod, merge } from "../doings/pulls.js";
import { dismissReview, findReview, submitReview } from "../doings/reviews.js";
import {
  after,
  type Exchange,
  numberPart,
  ok,
  optionalText,
  type Parts,
  paged,
  type Route,
  readable,
  textField,
  writing,
} from "../http/exchange.js";
import { invalid, notFound } from "../refusal.js";
import type { Repository } from "../state.js";
import { isPull, type PullThread } from "../store.js";
import { apiUrl, htmlUrl } from "../view.js";
import { stateField } from "./issues.js";
import { commitShape } from "./shapes/commit.js";
import { inlineShape, pullShape, reviewShape, simplePullShape } from "./shapes/pull.js";

const READ = [{ of: "pull_requests", grade: "read" }] as const;

function pullOf(repository: Repository, parts: Parts): PullThread {
  const thread = repository.threads.get(numberPart(parts, "number"));
  if (!thread || !isPull(thread)) throw notFound();
  return thread;
}

function listed({ query }: Exchange, repository: Repository): readonly PullThread[] {
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const key = (thread: PullThread) => (query.get("sort") === "updated" ? thread.updatedAt : thread.createdAt);
  const sign =
    (query.get("direction") ?? (query.get("sort") === "updated" ? "asc" : "desc")) === "asc" ? 1 : -1;
  return [...repository.threads.values()]
    .filter(isPull)
    .filter(
      (thread) =>
        (state === "all" || thread.state === state) &&
        (!head || thread.pull.headLabel === head) &&
        (!base || thread.pull.base === base),
    )
    .sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

const EVENTS = ["APPROVE", "REQUEST_CHANGES", "COMMENT"] as const;
const METHODS = ["merge", "squash", "rebase"] as const;

/** https://docs.github.com/rest/pulls */
export const pullRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      return paged(exchange, listed(exchange, repository), (page) =>
        page.map((thread) => simplePullShape(exchange.view, repository, thread)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      return ok(pullShape(exchange.view, repository, pullOf(repository, parts)));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/pulls/{number}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const { number } = pullOf(after(exchange, by), parts);
      const { body } = exchange;
      editThread(by, number, {
        title: optionalText(body, "title", "PullRequest"),
        body: optionalText(body, "body", "PullRequest"),
        base: optionalText(body, "base", "PullRequest"),
        state: stateField(body),
      });
      return ok(pullShape(exchange.fresh(), after(exchange, by), by.store.pull(by.repositoryId, number)));
    },
  },
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/pulls/{number}/merge",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const sha = optionalText(exchange.body, "sha", "PullRequest");
      const message = optionalText(exchange.body, "commit_title", "PullRequest");
      const method = METHODS.find((one) => one === (exchange.body.merge_method ?? "merge"));
      if (!method) throw invalid({ resource: "PullRequest", code: "invalid", field: "merge_method" });
      const options: { method: MergeMethod; sha?: string; message?: string } = {
        method,
        ...(sha !== undefined && { sha }),
        ...(message !== undefined && { message }),
      };
      const answer: components["schemas"]["pull-request-merge-result"] = {
        sha: merge(by, numberPart(parts, "number"), options),
        merged: true,
        message: "Pull Request successfully merged",
      };
      return ok(answer);
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}/merge",
    answer: (exchange, parts) => {
      if (pullOf(readable(exchange, parts, READ), parts).pull.mergedAt === null) throw notFound();
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}/comments",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = pullOf(repository, parts);
      return paged(exchange, thread.pull.inline, (page) =>
        page.map((one) => inlineShape(exchange.view, repository, thread, one)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}/commits",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const { pull } = pullOf(repository, parts);
      // 250 at most. https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request
      const commits = commitsBetween(exchange.view.state, pull.baseOid, pull.headOid).slice(0, 250);
      return paged(exchange, commits, (page) =>
        page.map((commit) => commitShape(exchange.view, repository, commit)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}/files",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const { pull } = pullOf(repository, parts);
      const files = differences(exchange.view.state, pull.baseOid, pull.headOid);
      return paged(exchange, files, (page) =>
        page.map((file) =>
          fileShape(
            htmlUrl(exchange.view, repository),
            apiUrl(exchange.view, repository),
            pull.headOid,
            file,
          ),
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{number}/reviews",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = pullOf(repository, parts);
      return paged(exchange, thread.pull.reviews, (page) =>
        page.map((one) => reviewShape(exchange.view, repository, thread, one)),
      );
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls/{number}/reviews",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const number = numberPart(parts, "number");
      const event = EVENTS.find((one) => one === exchange.body.event);
      if (!event) throw invalid({ resource: "PullRequestReview", code: "invalid", field: "event" });
      const body = optionalText(exchange.body, "body", "PullRequestReview");
      const commit = optionalText(exchange.body, "commit_id", "PullRequestReview");
      const review = submitReview(by, number, {
        event,
        ...(body !== undefined && { body }),
        ...(commit !== undefined && { commit }),
      });
      return ok(
        reviewShape(exchange.fresh(), after(exchange, by), by.store.pull(by.repositoryId, number), review),
      );
    },
  },
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/pulls/{number}/reviews/{id}/dismissals",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const review = dismissReview(
        by,
        numberPart(parts, "id"),
        textField(exchange.body, "message", "PullRequestReview"),
      );
      return ok(reviewShape(exchange.fresh(), after(exchange, by), findReview(by, review.id).thread, review));
    },
  },
];

export function fileShape(
  html: string,
  api: string,
  oid: string,
  file: ReturnType<typeof differences>[number],
): components["schemas"]["diff-entry"] {
  const path = encodeURI(file.path);
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${oid}/${path}`,
    raw_url: `${html}/raw/${oid}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${oid}`,
    ...(file.previous !== null && { previous_filename: file.previous }),
  };
}
