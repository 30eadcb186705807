import { type Instant, iso, MINUTE } from "../../domain/time.js";
import type { Caller } from "../call.js";
import type { ListOutcome, RepositoriesOutcome, RepositoryRef } from "../ports.js";
import { pages } from "../rest.js";

/** Changes that come to light late are asked for again from this long before the newest one seen. */
const LAG = MINUTE;

interface Listed {
  readonly updated_at: string;
}
interface IssueItem extends Listed {
  readonly number: number;
  readonly pull_request?: unknown;
}
interface PullItem extends Listed {
  readonly number: number;
}
interface CommentItem extends Listed {
  readonly issue_url?: string;
  readonly pull_request_url?: string;
}
interface EventItem {
  readonly created_at: string;
  readonly issue?: { readonly number: number; readonly pull_request?: unknown } | null;
}

/**
 * PRs to look at. Without `since`, the open ones. With it, those changed since, by four lists, as no one of them shows it all: an
 * edited comment does not touch the PR's own time stamp, nor does every event.
 *
 * `upTo` comes from GitHub's own time stamps, so that no clock but GitHub's counts.
 */
export async function changed(
  caller: Caller,
  ref: RepositoryRef,
  since: Instant | null,
): Promise<ListOutcome> {
  const repository = { owner: ref.owner, repo: ref.name };
  const numbers = new Set<number>();
  const stamps = new Map<number, Instant>();
  let newest: Instant | null = null;
  const note = (number: number | null, at: string) => {
    const moment = Date.parse(at);
    if (Number.isNaN(moment)) return;
    if (newest === null || moment > newest) newest = moment;
    if (number === null) return;
    numbers.add(number);
    stamps.set(number, Math.max(moment, stamps.get(number) ?? 0));
  };
  const upTo = (): Instant =>
    newest === null ? (since ?? caller.gitHubNow() - LAG) : Math.max(newest - LAG, since ?? 0);

  if (since === null) {
    const open = await pages<PullItem>(caller, ref.installation, "GET /repos/{owner}/{repo}/pulls", {
      ...repository,
      state: "open",
      sort: "created",
      direction: "asc",
    });
    if (open.kind !== "data") return open;
    for (const pull of open.data) note(pull.number, pull.updated_at);
    return { kind: "read", numbers: [...numbers], upTo: upTo() };
  }

  const from = { ...repository, since: iso(since), sort: "updated", direction: "asc" };
  const issues = await pages<IssueItem>(caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
    ...from,
    state: "all",
  });
  if (issues.kind !== "data") return issues;
  for (const issue of issues.data) note(issue.pull_request ? issue.number : null, issue.updated_at);

  for (const route of [
    "GET /repos/{owner}/{repo}/issues/comments",
    "GET /repos/{owner}/{repo}/pulls/comments",
  ]) {
    const comments = await pages<CommentItem>(caller, ref.installation, route, from);
    if (comments.kind !== "data") return comments;
    for (const comment of comments.data) {
      // An issue's comment comes with an issue's address too: looking at what is no PR is cheap and finds nothing.
      note(numberIn(comment.pull_request_url ?? comment.issue_url, comment), comment.updated_at);
    }
  }

  const events = await pages<EventItem>(
    caller,
    ref.installation,
    "GET /repos/{owner}/{repo}/issues/events",
    repository,
    undefined,
    (page) => page.some((event) => Date.parse(event.created_at) < since),
  );
  if (events.kind !== "data") return events;
  for (const event of events.data) {
    if (Date.parse(event.created_at) < since) continue;
    note(event.issue?.pull_request ? event.issue.number : null, event.created_at);
  }
  return { kind: "read", numbers: [...numbers], upTo: upTo(), stamps };
}

/** The PR a comment stands in. Comments of plain issues link to `/issues/` in people's address too, those of PRs to `/pull/`. */
function numberIn(url: string | undefined, comment: CommentItem): number | null {
  const html = (comment as { readonly html_url?: string }).html_url;
  if (comment.pull_request_url === undefined && html !== undefined && !html.includes("/pull/")) return null;
  const found = /\/(?:issues|pulls)\/(\d+)$/.exec(url ?? "");
  return found ? Number(found[1]) : null;
}

/** Every repository of every installation that is not suspended; archived ones cannot be written in, and are left out. */
export async function repositories(caller: Caller): Promise<RepositoriesOutcome> {
  interface Installation {
    readonly id: number;
    readonly suspended_at?: string | null;
  }
  interface Repository {
    readonly name: string;
    readonly archived?: boolean;
    readonly disabled?: boolean;
    readonly owner: { readonly login: string };
  }
  const installations = await pages<Installation>(caller, null, "GET /app/installations", {});
  if (installations.kind === "gone")
    return { kind: "unreadable", why: installations.why, retryAt: caller.now() + MINUTE };
  if (installations.kind !== "data") return installations;
  const all: RepositoryRef[] = [];
  for (const { id, suspended_at } of installations.data) {
    if (suspended_at) continue;
    const found = await pages<Repository>(caller, id, "GET /installation/repositories", {}, (data) => {
      const list = (data as { readonly repositories?: readonly Repository[] } | null)?.repositories;
      if (!Array.isArray(list)) throw new Error("no repositories in it");
      return list;
    });
    if (found.kind === "gone") continue; // uninstalled meanwhile
    if (found.kind !== "data") return found;
    for (const { name, owner, archived, disabled } of found.data) {
      if (!archived && !disabled) all.push({ installation: id, owner: owner.login, name });
    }
  }
  return { kind: "read", repositories: all };
}

/**
 * PRs that carry one of these labels, open or closed as asked: those under a motion. GitHub's `labels` asks for all of several, so
 * each is asked for by itself. https://docs.github.com/rest/issues/issues#list-repository-issues
 */
export async function labelled(
  caller: Caller,
  ref: RepositoryRef,
  labels: readonly string[],
  state: "open" | "closed",
): Promise<ListOutcome> {
  const numbers = new Set<number>();
  for (const label of labels) {
    const issues = await pages<IssueItem>(caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
      owner: ref.owner,
      repo: ref.name,
      labels: label,
      state,
    });
    if (issues.kind !== "data") return issues;
    for (const issue of issues.data) if (issue.pull_request) numbers.add(issue.number);
  }
  return { kind: "read", numbers: [...numbers].sort((a, b) => a - b), upTo: caller.gitHubNow() };
}
