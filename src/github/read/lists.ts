import { type Instant, iso, MINUTE } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { unreadable } from "../client/graphql.js";
import { firstPages, pages, unread } from "../client/rest.js";
import type { LatelyOutcome, ListOutcome, RepositoriesOutcome, RepositoryRef, Unreadable } from "../ports.js";

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

/** Pages of open pull requests: no repository has more open at once. */
const OPEN_PAGES = 100;
/**
 * Of each list of changes, at a hundred a page. Anybody can make such a list long (every person named in a comment is two events):
 * beyond this it is cheaper and surer to reconcile every open PR.
 */
const CHANGED_PAGES = 30;

/**
 * PRs to reconcile. Without `since`, the open ones. With it, those changed since, by four lists, as no one of them shows it all: an
 * edited comment does not touch the PR's own time stamp, nor does every event. Newest first: what changes meanwhile then pushes
 * an entry onto the next page, where it is seen twice, and none onto the page before, where it would be missed.
 *
 * A list that is cut off or fails takes nothing away from the others.
 *
 * `upTo` comes from GitHub's own time stamps, so that no clock but GitHub's counts.
 */
export async function changed(
  caller: Caller,
  ref: RepositoryRef,
  since: Instant | null,
  most: number = CHANGED_PAGES,
): Promise<ListOutcome> {
  const began = caller.now();
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
  /** The moment up to which all lists were read. The first was read a while before the last, so it may miss what the last one shows. */
  const upTo = (): Instant => {
    const lag = LAG + Math.max(0, caller.now() - began);
    return newest === null ? (since ?? caller.gitHubNow() - lag) : Math.max(newest - lag, since ?? 0);
  };

  if (since === null) {
    const open = await firstPages<PullItem>(
      caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/pulls",
      { ...repository, state: "open", sort: "created", direction: "asc" },
      { most: OPEN_PAGES },
    );
    if (open.failure !== null) return open.failure;
    for (const pull of open.items) note(pull.number, pull.updated_at);
    return { kind: "read", numbers: [...numbers], upTo: upTo(), ...(open.more ? { cutOff: true } : {}) };
  }

  let cutOff = false;
  let failed: Unreadable | null = null;
  const gone: string[] = [];
  const list = async <T>(
    route: string,
    parameters: Record<string, unknown>,
    stop: (page: readonly T[]) => boolean = () => false,
  ): Promise<readonly T[]> => {
    const { items, more, failure } = await firstPages<T>(caller, ref.installation, route, parameters, {
      stop,
      most,
    });
    if (failure?.kind === "unreadable") failed = failure;
    if (failure?.kind === "gone") gone.push(failure.why);
    // A list that is not there (issues can be turned off) tells nothing, today and tomorrow: as if it were cut off at once.
    cutOff ||= failure === null ? more : failure.kind === "gone";
    return items;
  };

  const from = { ...repository, since: iso(since), sort: "updated", direction: "desc" };
  const issues = await list<IssueItem>("GET /repos/{owner}/{repo}/issues", { ...from, state: "all" });
  for (const issue of issues) note(issue.pull_request ? issue.number : null, issue.updated_at);

  const comments = ["GET /repos/{owner}/{repo}/issues/comments", "GET /repos/{owner}/{repo}/pulls/comments"];
  for (const route of comments) {
    for (const comment of await list<CommentItem>(route, from)) {
      // An issue's comment comes with an issue's address too: reading a number that is no PR is cheap and finds nothing.
      note(numberIn(comment.pull_request_url ?? comment.issue_url, comment), comment.updated_at);
    }
  }

  const events = await list<EventItem>("GET /repos/{owner}/{repo}/issues/events", repository, (page) =>
    page.some((event) => Date.parse(event.created_at) < since),
  );
  for (const event of events) {
    if (Date.parse(event.created_at) < since) continue;
    note(event.issue?.pull_request ? event.issue.number : null, event.created_at);
  }
  const [why] = gone;
  if (why !== undefined && gone.length === comments.length + 2) return { kind: "gone", why };
  return {
    kind: "read",
    numbers: [...numbers],
    upTo: upTo(),
    stamps,
    ...(cutOff ? { cutOff: true } : {}),
    ...(failed === null ? {} : { failed }),
  };
}

/** The PR a comment stands in. Comments of plain issues link to `/issues/` in people's address too, those of PRs to `/pull/`. */
function numberIn(url: string | undefined, comment: CommentItem): number | null {
  const html = (comment as { readonly html_url?: string }).html_url;
  if (comment.pull_request_url === undefined && html !== undefined && !html.includes("/pull/")) return null;
  const found = /\/(?:issues|pulls)\/(\d+)$/.exec(url ?? "");
  return found ? Number(found[1]) : null;
}

/**
 * Every repository of every installation that is not suspended, or of one; archived ones cannot be written in, and are left out.
 * An installation that cannot be read is named, and takes nothing away from the others.
 */
export async function repositories(caller: Caller, only: number | null = null): Promise<RepositoriesOutcome> {
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
  let installations: readonly number[] = only === null ? [] : [only];
  if (only === null) {
    const listed = await pages<Installation>(caller, null, "GET /app/installations", {});
    if (listed.kind === "gone")
      return { kind: "unreadable", why: listed.why, retryAt: caller.now() + MINUTE };
    if (listed.kind !== "data") return listed;
    installations = listed.data.flatMap(({ id, suspended_at }) => (suspended_at ? [] : [id]));
  }
  const all: RepositoryRef[] = [];
  const unread: { installation: number; why: string; retryAt: Instant | null }[] = [];
  for (const installation of installations) {
    const found = await pages<Repository>(
      caller,
      installation,
      "GET /installation/repositories",
      {},
      (data) => {
        const list = (data as { readonly repositories?: readonly Repository[] } | null)?.repositories;
        if (!Array.isArray(list)) throw new Error("no repositories in it");
        return list;
      },
    );
    if (found.kind === "gone") continue; // uninstalled or suspended meanwhile
    if (found.kind !== "data") {
      unread.push({ installation, why: found.why, retryAt: found.retryAt });
      continue;
    }
    for (const { name, owner, archived, disabled } of found.data) {
      if (!archived && !disabled) all.push({ installation, owner: owner.login, name });
    }
  }
  return { kind: "read", repositories: all, ...(unread.length > 0 ? { unread } : {}) };
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

/** One page of PRs, open or not, those that have changed lately first. https://docs.github.com/rest/pulls/pulls#list-pull-requests */
export async function lately(caller: Caller, ref: RepositoryRef): Promise<LatelyOutcome> {
  interface Item {
    readonly number: number;
    readonly merged_at?: string | null;
  }
  const answer = await caller.call(
    ref.installation,
    "GET /repos/{owner}/{repo}/pulls",
    { owner: ref.owner, repo: ref.name, state: "all", sort: "updated", direction: "desc", per_page: LATELY },
    { repeatable: true, write: "no" },
  );
  if (answer.kind !== "ok") return unread(caller, answer);
  if (!Array.isArray(answer.data))
    return unreadable("GitHub's list has a shape the clerk does not know", caller.now() + MINUTE);
  const items = answer.data as readonly Item[];
  return {
    kind: "read",
    pulls: items.map(({ number, merged_at }) => ({ number, merged: merged_at != null })),
  };
}

const LATELY = 30;
