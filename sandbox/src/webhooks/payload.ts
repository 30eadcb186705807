import { createHash } from "node:crypto";
import { commitsBetween, compareTrees } from "../commits.js";
import type { Happening } from "../happening.js";
import { nodeId } from "../ids.js";
import { notFound } from "../refusal.js";
import { userShape } from "../rest/shapes/account.js";
import { appShape, installationShape } from "../rest/shapes/app.js";
import { checkRunShape, pullsOfHead } from "../rest/shapes/check.js";
import { inlineShape, pullShape, reviewShape, simplePullShape } from "../rest/shapes/pull.js";
import { repositoryShape } from "../rest/shapes/repository.js";
import { commentShape, issueShape, labelShape } from "../rest/shapes/thread.js";
import type { CheckSuite, Commit, Repository, Thread } from "../state.js";
import { asPull } from "../store.js";
import { apiUrl, fullName, htmlUrl, time, type View } from "../view.js";

type Of<E extends Happening["event"]> = Extract<Happening, { event: E }>;

/** The body of a webhook. https://docs.github.com/webhooks/webhook-events-and-payloads */
export function payloadOf(view: View, happening: Happening): Readonly<Record<string, unknown>> {
  const repository = view.state.repositories.get(happening.repositoryId);
  if (!repository) throw notFound();
  return {
    ...detailOf(view, repository, happening),
    repository: repositoryShape(view, repository),
    sender: userShape(view, happening.senderId),
    installation: { id: view.app.installationId, node_id: nodeId("installation", view.app.installationId) },
  };
}

/** The App was put on the repository or taken off it, by its owner. */
export function installationPayload(view: View, repository: Repository): Readonly<Record<string, unknown>> {
  const named = [
    {
      id: repository.id,
      node_id: nodeId("repository", repository.id),
      name: repository.name,
      full_name: fullName(view, repository),
      private: false,
    },
  ];
  return {
    action: repository.installed ? "added" : "removed",
    installation: installationShape(view, repository.ownerId),
    repository_selection: "selected",
    repositories_added: repository.installed ? named : [],
    repositories_removed: repository.installed ? [] : named,
    requester: null,
    sender: userShape(view, repository.ownerId),
  };
}

function detailOf(
  view: View,
  repository: Repository,
  happening: Happening,
): Readonly<Record<string, unknown>> {
  switch (happening.event) {
    case "pull_request":
      return pullRequest(view, repository, happening);
    case "pull_request_review": {
      const thread = asPull(threadOf(repository, happening.number));
      const review = reviewShape(view, repository, thread, happening.review);
      return {
        action: happening.action,
        review: {
          ...review,
          state: review.state.toLowerCase(),
          updated_at: time(happening.review.updatedAt),
        },
        pull_request: simplePullShape(view, repository, thread),
        ...withChanges(happening),
      };
    }
    case "pull_request_review_comment": {
      const thread = asPull(threadOf(repository, happening.number));
      return {
        action: happening.action,
        comment: inlineShape(view, repository, thread, happening.inline),
        pull_request: simplePullShape(view, repository, thread),
        ...withChanges(happening),
      };
    }
    case "issue_comment": {
      const thread = threadOf(repository, happening.number);
      return {
        action: happening.action,
        comment: commentShape(view, repository, thread, happening.comment),
        issue: issueShape(view, repository, thread),
        ...withChanges(happening),
      };
    }
    case "push":
      return push(view, repository, happening);
    case "check_run": {
      const run = checkRunShape(view, repository, happening.run);
      const suite = repository.suites.get(happening.run.suiteId);
      return {
        action: happening.action,
        check_run: { ...run, check_suite: suite ? suiteShape(view, repository, suite) : run.check_suite },
      };
    }
    case "check_suite":
      return { action: happening.action, check_suite: suiteShape(view, repository, happening.suite) };
    case "merge_group": {
      const { entry, reason } = happening;
      return {
        action: happening.action,
        ...(reason !== undefined && { reason }),
        merge_group: {
          head_sha: entry.headOid,
          head_ref: `refs/heads/${entry.branch}`,
          base_sha: entry.baseOid,
          base_ref: `refs/heads/${repository.defaultBranch}`,
          head_commit: headCommit(view.state.commits.get(entry.headOid)),
        },
      };
    }
    case "pull_request_review_thread": {
      const thread = asPull(threadOf(repository, happening.number));
      const { inline } = happening;
      const comments = thread.pull.inline.filter(
        ({ id, replyToId }) => id === inline.id || replyToId === inline.id,
      );
      return {
        action: happening.action,
        thread: {
          node_id: nodeId("inline", repository.id, thread.number, inline.id),
          comments: comments.map((one) => inlineShape(view, repository, thread, one)),
        },
        pull_request: simplePullShape(view, repository, thread),
      };
    }
    case "label":
      return {
        action: happening.action,
        label: labelShape(view, repository, happening.label),
        ...withChanges(happening),
      };
    case "repository":
      return { action: happening.action, ...withChanges(happening) };
  }
}

const withChanges = ({ changes }: { readonly changes?: unknown }) =>
  changes === undefined ? {} : { changes };

function threadOf(repository: Repository, number: number): Thread {
  const thread = repository.threads.get(number);
  if (!thread) throw notFound();
  return thread;
}

function pullRequest(view: View, repository: Repository, happening: Of<"pull_request">) {
  return {
    action: happening.action,
    number: happening.number,
    pull_request: pullShape(view, repository, asPull(threadOf(repository, happening.number))),
    ...(happening.label && { label: labelShape(view, repository, happening.label) }),
    ...(happening.before !== undefined && { before: happening.before, after: happening.after }),
    ...withChanges(happening),
  };
}

function suiteShape(view: View, repository: Repository, suite: CheckSuite) {
  const url = `${apiUrl(view, repository)}/check-suites/${suite.id}`;
  const runs = [...repository.runs.values()].filter(({ suiteId }) => suiteId === suite.id);
  const done = runs.length > 0 && runs.every(({ status }) => status === "completed");
  return {
    id: suite.id,
    node_id: nodeId("suite", repository.id, suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headOid,
    status: runs.length === 0 ? "queued" : done ? "completed" : "in_progress",
    conclusion: done ? (runs.at(-1)?.conclusion ?? null) : null,
    url,
    before: null,
    after: suite.headOid,
    pull_requests: pullsOfHead(view, repository, suite.headOid),
    app: appShape(view),
    created_at: time(suite.createdAt),
    updated_at: time(suite.updatedAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: headCommit(view.state.commits.get(suite.headOid)),
  };
}

const headCommit = (commit: Commit | undefined) => ({
  id: commit?.oid ?? "",
  tree_id: treeId(commit),
  message: commit?.message ?? "",
  timestamp: time(commit?.committer.date ?? 0),
  author: { name: commit?.author.name ?? "", email: commit?.author.email ?? "" },
  committer: { name: commit?.committer.name ?? "", email: commit?.committer.email ?? "" },
});

const NOTHING = "0".repeat(40);

/** Trees have no ids of their own here; any forty digits that follow from the commit will do. */
const treeId = (commit: Commit | undefined): string =>
  createHash("sha1")
    .update(`tree ${commit?.oid ?? ""}`)
    .digest("hex");

/** At most 2048 commits go along. https://docs.github.com/webhooks/webhook-events-and-payloads#push */
function push(view: View, repository: Repository, { branch, before, after, forced, senderId }: Of<"push">) {
  const { state } = view;
  const base = before ?? repository.branches.get(repository.defaultBranch) ?? NOTHING;
  const commits = after === null || after === base ? [] : commitsBetween(state, base, after).slice(-2048);
  const html = htmlUrl(view, repository);
  const shape = (commit: Commit) => {
    const changes = compareTrees(
      state.commits.get(commit.parents[0] ?? "")?.files ?? new Map(),
      commit.files,
    );
    const paths = (...kinds: readonly string[]) =>
      changes.filter(({ status }) => kinds.includes(status)).map(({ path }) => path);
    const moved = changes.flatMap(({ previous }) => previous ?? []);
    return {
      ...headCommit(commit),
      distinct: true,
      url: `${html}/commit/${commit.oid}`,
      added: paths("added", "renamed"),
      removed: [...paths("removed"), ...moved],
      modified: paths("modified", "changed"),
    };
  };
  const tip = after === null ? undefined : state.commits.get(after);
  const sender = userShape(view, senderId);
  return {
    ref: `refs/heads/${branch}`,
    before: before ?? NOTHING,
    after: after ?? NOTHING,
    created: before === null,
    deleted: after === null,
    forced,
    base_ref: null,
    compare: `${html}/compare/${(before ?? NOTHING).slice(0, 12)}...${(after ?? NOTHING).slice(0, 12)}`,
    commits: commits.map(shape),
    head_commit: tip ? shape(tip) : null,
    pusher: { name: sender.login, email: `${sender.id}+${sender.login}@users.noreply.github.com` },
  };
}
