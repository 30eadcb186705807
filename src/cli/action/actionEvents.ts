import type { EventName } from "../../runtime/server/events.js";

/** How a workflow hears of what the clerk would be told by a webhook; `not`: it cannot, and why. */
type InActions = { readonly on: string; readonly types?: readonly string[] } | { readonly not: string };

const NOT_DEFAULT_BRANCH =
  "it runs for the ref of the pull request or of the merge group, where the environment of the default branch gives no secret";

/**
 * The events of the clerk (`runtime/server/events.ts`), as GitHub Actions has them. What is not heard waits for the next run, whatever begins it: each
 * looks at everything. The workflow of docs/actions.md is held to this.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 */
export const ACTION_EVENTS: Readonly<Record<EventName, InActions>> = {
  // Not `pull_request`: that runs for the pull request's own ref, and from a fork without secrets.
  pull_request: {
    on: "pull_request_target",
    types: [
      ...["opened", "edited", "synchronize", "closed", "reopened", "labeled", "unlabeled"],
      ...["converted_to_draft", "ready_for_review", "locked", "unlocked"],
    ],
  },
  pull_request_review: { not: NOT_DEFAULT_BRANCH },
  pull_request_review_comment: { not: NOT_DEFAULT_BRANCH },
  issue_comment: { on: "issue_comment", types: ["created", "edited", "deleted"] },
  pull_request_review_thread: { not: "there is no such event" },
  merge_group: { not: NOT_DEFAULT_BRANCH },
  push: { on: "push" },
  // Not where Actions have run for the commit: GitHub tells workflows nothing of its check runs then, so that none calls itself.
  check_run: { on: "check_run", types: ["rerequested"] },
  check_suite: { not: "of a suite only the end is told, not that somebody asks for it anew" },
  label: { on: "label", types: ["edited", "deleted"] },
  repository: { not: "there is no such event" },
  installation: { not: "there is no such event" },
  installation_repositories: { not: "there is no such event" },
};

/** By which name of ours a workflow's event is taken; null: it says nothing but that it is time to look. */
export const heardAs = (event: string): EventName | null => {
  for (const [name, how] of Object.entries(ACTION_EVENTS))
    if ("on" in how && how.on === event) return name as EventName;
  return null;
};
