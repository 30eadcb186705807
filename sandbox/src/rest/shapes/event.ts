import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import type { Event, Repository, Thread } from "../../state.js";
import { apiUrl, time, type View } from "../../view.js";
import { userShape } from "./account.js";
import { appShape } from "./app.js";
import { commitUrl, issueShape } from "./thread.js";

type Schemas = components["schemas"];

/** One entry of the repository's list of issue events. https://docs.github.com/rest/using-the-rest-api/issue-event-types */
export function eventShape(
  view: View,
  repository: Repository,
  thread: Thread,
  event: Event,
): Schemas["issue-event"] {
  const oid = event.kind === "merged" ? event.oid : null;
  return {
    id: event.id,
    node_id: nodeId("event", repository.id, thread.number, event.id),
    url: `${apiUrl(view, repository)}/issues/events/${event.id}`,
    actor: userShape(view, event.actorId),
    event: event.kind,
    commit_id: oid,
    commit_url: oid === null ? null : commitUrl(view, repository, oid),
    created_at: time(event.at),
    issue: issueShape(view, repository, thread),
    performed_via_github_app: event.actorId === view.app.botId ? appShape(view) : null,
    ...detail(event),
  };
}

function detail(event: Event): Partial<Schemas["issue-event"]> {
  switch (event.kind) {
    case "labeled":
    case "unlabeled":
      return { label: { name: event.name, color: event.color } };
    case "renamed":
      return { rename: { from: event.from, to: event.to } };
    case "review_dismissed":
      return {
        dismissed_review: {
          state: event.before.toLowerCase(),
          review_id: event.reviewId,
          dismissal_message: event.message,
          ...(event.commit !== null && { dismissal_commit_id: event.commit }),
        },
      };
    default:
      return {};
  }
}
