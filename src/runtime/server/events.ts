import type { EmitterWebhookEventName } from "@octokit/webhooks";
import { isNearMiss } from "../../domain/messages/configNews.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { TimelineEvent } from "../../domain/model/snapshot.js";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import type { MergeGroup } from "../reconcile/mergeGroups.js";
import type { Expectation } from "../reconcile/pendingWebhookFacts.js";
import { isObject, list, type Payload, text, timeStamp, wholeNumber } from "./payload.js";

/** What a webhook asks the clerk to reconcile. Nothing else in it decides anything. */
export type Trigger =
  | { readonly kind: "reconcile"; readonly ref: ProposalRef; readonly forced: boolean }
  /**
   * Reconcile every open PR of the repository. `labels`: one of its labels was renamed or deleted. `hide`: it may not be for everybody any more, so the pages
   * show nothing of it until GitHub says that it is.
   */
  | {
      readonly kind: "repository";
      readonly repository: RepositoryRef;
      readonly labels: boolean;
      readonly hide?: true;
    }
  /** Somebody asks for the checks on this commit anew, and GitHub does not say which pull requests it is the head of. */
  | { readonly kind: "head"; readonly repository: RepositoryRef; readonly head: string }
  /** Reconcile every open PR of every repository of the installation. */
  | { readonly kind: "installation"; readonly installation: number }
  /** check.queue: answer for this commit of a merge queue; `over`: the group is gone. */
  | { readonly kind: "merge_group"; readonly group: MergeGroup; readonly over: boolean };

/** What a webhook can ask for, of the repository or the installation it is about. */
export interface Scope {
  readonly proposal: (number: unknown, forced?: boolean) => readonly Trigger[];
  readonly everything: (change?: "labels" | "moved") => readonly Trigger[];
  /** The pull requests whose head this commit is. */
  readonly head: (commit: unknown) => readonly Trigger[];
  readonly installation: () => readonly Trigger[];
  /** Of the commit and branch of a merge group; none where it is another branch. */
  readonly mergeGroup: (head: unknown, branch: unknown, over?: boolean) => readonly Trigger[];
}

/** One event of GitHub's (https://docs.github.com/en/webhooks/webhook-events-and-payloads). */
interface EventRow<Name extends EmitterWebhookEventName> {
  /** Sent to every App. The others are asked for in `app.yml`, which `npm run fix` brings up to date. */
  readonly unasked?: true;
  /** Where something may have changed. */
  readonly triggers: (event: NonNullable<Payload<Name>>, scope: Scope) => readonly Trigger[];
  /** What a read will show of it, where that can be told. `self`: the clerk's login, by which it knows its own comments. */
  readonly announces?: (event: NonNullable<Payload<Name>>, self: string | null) => Expectation | null;
  /** Does it tell of new commits? This decides how soon to reconcile, and nothing else. */
  readonly push?: (event: NonNullable<Payload<Name>>) => boolean;
}

/** It is somewhere else, or not to be shown any more. */
const MOVES = ["archived", "unarchived", "renamed", "transferred", "privatized", "publicized"];

/** Of each there is a row below. Named apart from them: the type of the rows written out would be half a megabyte of GitHub's payloads. */
const EVENT_NAMES = [
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "issue_comment",
  "pull_request_review_thread",
  "merge_group",
  "push",
  "check_run",
  "check_suite",
  "label",
  "repository",
  "installation",
  "installation_repositories",
] as const satisfies readonly EmitterWebhookEventName[];
export type EventName = (typeof EVENT_NAMES)[number];

/** Everything the clerk hears of, a row each. */
export const EVENTS: { readonly [Name in EventName]: EventRow<Name> } = {
  pull_request: {
    triggers: (event, { proposal }) => proposal(event.pull_request?.number ?? event.number),
    announces: announcedOfPull,
    push: ({ action }) => action === "synchronize",
  },
  pull_request_review: {
    triggers: (event, { proposal }) => proposal(event.pull_request?.number),
    announces: ({ action, review }) => (action === "submitted" ? utterance("review", review?.id) : null),
  },
  pull_request_review_comment: {
    triggers: (event, { proposal }) => proposal(event.pull_request?.number),
    announces: ({ action, comment }) => (action === "created" ? utterance("inline", comment?.id) : null),
  },
  issue_comment: {
    triggers: ({ issue }, { proposal }) => (isObject(issue?.pull_request) ? proposal(issue?.number) : []),
    announces: ({ action, comment }, self) => {
      if (action === "created") return utterance("comment", comment?.id);
      const id = wholeNumber(comment?.id);
      const at = timeStamp(comment?.updated_at);
      const own = self !== null && comment?.user?.login === self;
      return action === "edited" && own && id !== null && at !== null
        ? { kind: "edit", comment: String(id), at }
        : null;
    },
  },
  pull_request_review_thread: {
    triggers: (event, { proposal }) => proposal(event.pull_request?.number),
  },
  merge_group: {
    triggers: ({ action, merge_group: group }, { mergeGroup }) =>
      mergeGroup(group?.head_sha, group?.head_ref, action === "destroyed"),
  },
  push: {
    triggers: (event, { everything }) => (touchesConfig(event) ? everything() : []),
  },
  check_run: {
    triggers: ({ action, check_run: run }, { proposal, everything, mergeGroup }) => {
      if (action !== "rerequested") return [];
      const queued = mergeGroup(run?.head_sha, run?.check_suite?.head_branch);
      if (queued.length > 0) return queued;
      // The events of runs on fork heads carry no pull requests: the clerk's own `external_id` names the PR.
      const [, check, form] = /^(?:(\d{1,15}):|form:(\d{1,15})$)/.exec(text(run?.external_id) ?? "") ?? [];
      const named = check ?? form;
      if (named !== undefined) return proposal(Number(named), true);
      const listed = list(run?.pull_requests).flatMap((pull) => proposal(pull?.number, true));
      return listed.length > 0 ? listed : everything();
    },
  },
  check_suite: {
    triggers: ({ action, check_suite: suite }, { proposal, head, mergeGroup }) => {
      if (action !== "rerequested") return [];
      const queued = mergeGroup(suite?.head_sha, suite?.head_branch);
      if (queued.length > 0) return queued;
      const listed = list(suite?.pull_requests).flatMap((pull) => proposal(pull?.number, true));
      return listed.length > 0 ? listed : head(suite?.head_sha);
    },
  },
  label: {
    triggers: ({ action, changes }, { everything }) => {
      const renamed = action === "edited" && changes?.name !== undefined;
      return action === "deleted" || renamed ? everything("labels") : [];
    },
  },
  repository: {
    triggers: ({ action, changes }, { everything }) => {
      const rebased = action === "edited" && changes?.default_branch !== undefined;
      const moved = MOVES.includes(text(action) ?? "");
      return moved ? everything("moved") : rebased ? everything() : [];
    },
  },
  installation: {
    unasked: true,
    triggers: ({ action }, { installation }) =>
      ["created", "unsuspend", "new_permissions_accepted"].includes(text(action) ?? "") ? installation() : [],
  },
  installation_repositories: {
    unasked: true,
    triggers: (_, { installation }) => installation(),
  },
};

/** What `app.yml` asks for. */
export const ASKED: readonly string[] = Object.entries<{ readonly unasked?: true }>(EVENTS).flatMap(
  ([name, { unasked }]) => (unasked === true ? [] : [name]),
);

const utterance = (kind: "comment" | "review" | "inline", given: unknown): Expectation | null => {
  const id = wholeNumber(given);
  return id === null ? null : { kind: "utterance", id: `${kind}:${id}` };
};

function announcedOfPull(event: NonNullable<Payload<"pull_request">>): Expectation | null {
  const { action, pull_request: pull } = event;
  const at = timeStamp(pull?.updated_at);
  const happens = (
    events: readonly TimelineEvent["kind"][],
    label: string | null = null,
  ): Expectation | null => (at === null ? null : { kind: "event", events, label, at });
  switch (action) {
    case "labeled":
    case "unlabeled": {
      const name = text(event.label?.name);
      return name === null ? null : happens([action], name);
    }
    case "synchronize": {
      const oid = text(pull?.head?.sha);
      return oid === null ? null : { kind: "head", oid };
    }
    case "closed":
      return happens(["closed", "merged"]);
    case "reopened":
      return happens(["reopened"]);
    case "converted_to_draft":
      return happens(["to_draft"]);
    case "ready_for_review":
      return happens(["ready_for_review"]);
    default:
      return null;
  }
}

/**
 * Can this push have changed the rules? Only the default branch's file decides (config.source). Where the push does not say
 * which files it changed (forced, new branch, no commits listed, more commits than a webhook lists), it may have.
 */
function touchesConfig(event: NonNullable<Payload<"push">>): boolean {
  const ref = text(event.ref);
  const defaultBranch = text(event.repository?.default_branch);
  if (ref === null || (defaultBranch !== null && ref !== `refs/heads/${defaultBranch}`)) return false;
  if (defaultBranch === null || event.forced === true || event.created === true) return true;
  const commits = list(event.commits);
  if (commits.length === 0 || commits.length >= LISTED_COMMITS) return true;
  return commits.some((commit) => {
    const lists = [commit?.added, commit?.modified, commit?.removed];
    if (lists.some((paths) => !Array.isArray(paths) || paths.length >= LISTED_FILES)) return true;
    return lists.some((paths) => list(paths).some(isConfig));
  });
}

/** The config, or what may have been meant to be it: who runs the clerk is told of that. */
const isConfig = (path: unknown): boolean =>
  path === CONFIG_FILE || (typeof path === "string" && isNearMiss(path));

/** A push lists at most 2,048 commits (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push), and long ones may list fewer. */
const LISTED_COMMITS = 20;
/** Nobody promises that the lists of changed files are whole when they are long. */
const LISTED_FILES = 300;
