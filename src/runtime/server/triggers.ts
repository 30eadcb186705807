import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import type { Sender } from "../reconcile/budget.js";

/** What a webhook asks the clerk to reconcile. Nothing else in it decides anything (see also `../reconcile/pendingWebhookFacts.ts`). */
export type Trigger =
  | { readonly kind: "look"; readonly ref: ProposalRef; readonly forced: boolean }
  /** Reconcile every open PR of the repository. `labels`: one of its labels was renamed or deleted. */
  | { readonly kind: "repository"; readonly repository: RepositoryRef; readonly labels: boolean }
  /** Reconcile every open PR of every repository of the installation. */
  | { readonly kind: "installation"; readonly installation: number };

/** The events the App asks for in `app.yml`, besides those of the installation that every App is sent. */
export const EVENTS = [
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "issue_comment",
  "push",
  "check_run",
  "check_suite",
  "label",
  "repository",
] as const;

/**
 * webhook → what to reconcile. GitHub sends webhooks in any order, twice, or not at all, so a webhook says no more than where
 * something may have changed; what has changed is read (https://docs.github.com/en/webhooks/webhook-events-and-payloads).
 *
 * What the clerk did itself causes no reconcile: `self` is the login of its account as webhooks name it, `msc-clerk[bot]`, or null
 * while it is not known. A person's edit of the clerk's comment has that person as sender, and causes one.
 */
export function triggersOf(name: string, payload: unknown, self: string | null): readonly Trigger[] {
  const event = at(payload);
  const installation = wholeNumber(at(event.installation).id);
  if (installation === null) return [];
  const action = text(event.action);
  if (name === "installation") {
    const begins = ["created", "unsuspend", "new_permissions_accepted"].includes(action ?? "");
    return begins ? [{ kind: "installation", installation }] : [];
  }
  if (name === "installation_repositories") return [{ kind: "installation", installation }];

  const about = at(event.repository);
  const owner = text(at(about.owner).login) ?? text(at(about.owner).name);
  const repositoryName = text(about.name);
  if (owner === null || repositoryName === null) return [];
  const repository = { installation, owner, name: repositoryName };
  const look = (number: unknown, forced = false): readonly Trigger[] => {
    const known = wholeNumber(number);
    return known === null ? [] : [{ kind: "look", ref: { ...repository, number: known }, forced }];
  };
  const everything = (labels = false): readonly Trigger[] => [{ kind: "repository", repository, labels }];
  if (self !== null && text(at(event.sender).login)?.toLowerCase() === self.toLowerCase()) return [];

  switch (name) {
    case "pull_request":
    case "pull_request_review":
    case "pull_request_review_comment":
    case "pull_request_review_thread":
      return look(at(event.pull_request).number ?? event.number);
    case "issue_comment": {
      const issue = at(event.issue);
      return typeof issue.pull_request === "object" && issue.pull_request !== null ? look(issue.number) : [];
    }
    case "push":
      return touchesConfig(event, text(about.default_branch)) ? everything() : [];
    case "check_run": {
      if (action !== "rerequested") return [];
      const run = at(event.check_run);
      // The events of runs on fork heads carry no pull requests: the clerk's own `external_id` names the PR.
      const named = /^(\d{1,15}):/.exec(text(run.external_id) ?? "");
      if (named?.[1] !== undefined) return look(Number(named[1]), true);
      const listed = list(run.pull_requests).flatMap((pull) => look(at(pull).number, true));
      return listed.length > 0 ? listed : everything();
    }
    case "check_suite": {
      if (action !== "rerequested") return [];
      const pulls = list(at(event.check_suite).pull_requests);
      const listed = pulls.flatMap((pull) => look(at(pull).number, true));
      return listed.length > 0 ? listed : everything();
    }
    case "label": {
      const renamed = action === "edited" && at(event.changes).name !== undefined;
      return action === "deleted" || renamed ? everything(true) : [];
    }
    case "repository": {
      const rebased = action === "edited" && at(event.changes).default_branch !== undefined;
      const moved = ["archived", "unarchived", "renamed", "transferred"].includes(action ?? "");
      return rebased || moved ? everything() : [];
    }
    default:
      return [];
  }
}

/** Who did what the webhook tells of, and was it a push? This decides how soon to reconcile, and nothing else. */
export function urgencyOf(
  name: string,
  payload: unknown,
): { readonly sender: Sender | null; readonly push: boolean } {
  const event = at(payload);
  const sender = at(event.sender);
  const login = text(sender.login);
  return {
    sender: login === null ? null : { login, id: wholeNumber(sender.id) },
    push: name === "pull_request" && event.action === "synchronize",
  };
}

/**
 * Can this push have changed the rules? Only the default branch's file decides (config.source). Where the push does not say
 * which files it changed (forced, new branch, no commits listed, more commits than a webhook lists), it may have.
 */
function touchesConfig(event: Fields, defaultBranch: string | null): boolean {
  const ref = text(event.ref);
  if (ref === null || (defaultBranch !== null && ref !== `refs/heads/${defaultBranch}`)) return false;
  if (defaultBranch === null || event.forced === true || event.created === true) return true;
  const commits = list(event.commits).map(at);
  if (commits.length === 0 || commits.length >= LISTED_COMMITS) return true;
  return commits.some((commit) => {
    const lists = [commit.added, commit.modified, commit.removed];
    if (lists.some((paths) => !Array.isArray(paths) || paths.length >= LISTED_FILES)) return true;
    return lists.some((paths) => list(paths).includes(CONFIG_FILE));
  });
}

/** A push lists at most 2,048 commits (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push), and long ones may list fewer. */
const LISTED_COMMITS = 20;
/** Nobody promises that the lists of changed files are whole when they are long. */
const LISTED_FILES = 300;

type Fields = Readonly<Record<string, unknown>>;

const at = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const wholeNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
