import type { components } from "@octokit/openapi-types";
import { shownRun } from "../../doings/checks.js";
import { nodeId } from "../../ids.js";
import type { CheckRun, Repository } from "../../state.js";
import { isPull } from "../../store.js";
import { apiUrl, htmlUrl, time, timeOrNull, type View } from "../../view.js";
import { appShape } from "./app.js";

type Schemas = components["schemas"];

/** Only pull requests from the repository itself are named; a run on the head of a fork carries none. */
export function pullsOfHead(
  view: View,
  repository: Repository,
  headOid: string,
): Schemas["pull-request-minimal"][] {
  const found: Schemas["pull-request-minimal"][] = [];
  const url = apiUrl(view, repository);
  const repo = { id: repository.id, url, name: repository.name };
  for (const thread of repository.threads.values()) {
    if (
      !isPull(thread) ||
      thread.state !== "open" ||
      thread.pull.headOid !== headOid ||
      thread.pull.headRepositoryId !== repository.id
    )
      continue;
    found.push({
      id: thread.pull.id,
      number: thread.number,
      url: `${url}/pulls/${thread.number}`,
      head: { ref: thread.pull.headRef, sha: headOid, repo },
      base: { ref: thread.pull.base, sha: thread.pull.baseOid, repo },
    });
  }
  return found;
}

export function checkRunShape(view: View, repository: Repository, stored: CheckRun): Schemas["check-run"] {
  const run = shownRun(stored, view.now);
  const url = `${apiUrl(view, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("run", repository.id, run.id),
    head_sha: run.headOid,
    name: run.name,
    url,
    html_url: `${htmlUrl(view, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${htmlUrl(view, repository)}/runs/${run.id}`,
    external_id: run.externalId,
    status: run.status,
    // "stale" is what GitHub says of old runs; the schema of answers leaves it out.
    conclusion: run.conclusion as Schemas["check-run"]["conclusion"],
    started_at: time(run.startedAt),
    completed_at: timeOrNull(run.completedAt),
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: appShape(view, repository.suites.get(run.suiteId)?.appId),
    pull_requests: pullsOfHead(view, repository, run.headOid),
  };
}
