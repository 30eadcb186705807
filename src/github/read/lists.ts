import { newestOf, type TimedAct } from "../../domain/amendment/absence.js";
import { type Instant, iso, MINUTE, SECOND } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import { firstPages, pages, readOne } from "../client/rest.js";
import type { ItemOf, ParametersOf, Route } from "../client/routes.js";
import {
  type ChangedPull,
  type Changes,
  type EveryOpen,
  type FailedLists,
  LISTS_OF_CHANGES,
  type Listed,
  type ListedRepositories,
  type ListOfChanges,
  type MissingList,
  type OpenNumbers,
  type RepositoryRef,
  type Since,
} from "../ports.js";
import { type Gone, type Read, type ReadResult, type Unreadable, unreadable } from "../readResult.js";
import { present } from "./nodes.js";
import { OPEN_NUMBERS } from "./queries/generated.js";

/** Changes that come to light late are asked for again from this long before the newest one seen. */
const LAG = MINUTE;

/** Pages of open pull requests, of a hundred: no repository has more open at once. */
const OPEN_PAGES = 100;
/**
 * Of each list of changes, at a hundred a page. Anybody can make such a list long (every person named in a comment is two events):
 * beyond this it is cheaper and surer to look at every open PR.
 */
const CHANGED_PAGES = 30;

/**
 * A page of the open ones. GitHub's cursor names the entry it stands after, so that what is opened, closed or reopened meanwhile moves no other
 * onto a page that was read already, as it would by the number of a page. It stays good for hours.
 */
export async function openNumbers(
  caller: Caller,
  ref: RepositoryRef,
  after: string | null,
): Promise<ReadResult<OpenNumbers>> {
  const upTo = caller.gitHubNow() - LAG;
  const read = await ask(caller, ref.installation, OPEN_NUMBERS, { owner: ref.owner, repo: ref.name, after });
  if (read.kind !== "read") return read;
  const { repository } = read.data;
  if (!repository) return { kind: "gone", why: "there is no such repository" };
  const { nodes, pageInfo } = repository.pullRequests;
  const numbers = present(nodes).map(({ number }) => number);
  return { kind: "read", numbers, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, upTo };
}

/** All of them. */
export async function everyOpen(caller: Caller, ref: RepositoryRef): Promise<ReadResult<EveryOpen>> {
  const numbers: number[] = [];
  let after: string | null = null;
  for (let page = 0; page < OPEN_PAGES; page += 1) {
    const read: ReadResult<OpenNumbers> = await openNumbers(caller, ref, after);
    if (read.kind !== "read") return read;
    numbers.push(...read.numbers);
    after = read.next;
    if (after === null) return { kind: "read", numbers, cutOff: false };
  }
  return { kind: "read", numbers, cutOff: true };
}

/**
 * PRs changed since, by four lists. Newest first: what changes meanwhile then pushes an entry onto the next page, where it is seen twice, and
 * none onto the page before, where it would be missed.
 *
 * A list that is cut off or fails takes nothing away from the others.
 *
 * `most` pages of each; `mostBeside` of those that are not of the issues themselves.
 *
 * `upTo` comes from GitHub's own time stamps, so that no clock but GitHub's counts.
 */
export async function changed(
  caller: Caller,
  ref: RepositoryRef,
  since: Since,
  most: number = CHANGED_PAGES,
  mostBeside: number = most,
): Promise<Read<Changes> | Gone> {
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
  const acts: TimedAct[] = [];
  const noteAct = (list: ListOfChanges, who: Account, at: string) => {
    const moment = Date.parse(at);
    if (who && moment >= since[list])
      acts.push({ person: { login: who.login, id: Number(who.id) }, at: moment });
  };
  const beganByGitHub = caller.gitHubNow();
  /**
   * The moment up to which all lists were read. The first was read a while before the last, so it may miss what the last one shows. What was
   * old enough when the first was asked for is in all of them and is not listed again: after a burst the next round has nothing to read, and
   * asks for the very same until something happens.
   */
  const upTo = (): Instant => {
    const lag = LAG + Math.max(0, caller.now() - began);
    const earliest = Math.min(...LISTS_OF_CHANGES.map((list) => since[list]));
    if (newest === null) return earliest;
    const settled = newest < beganByGitHub - LAG;
    return Math.max(settled ? newest + SECOND : newest - lag, earliest);
  };

  const cutOff: ListOfChanges[] = [];
  let failed: FailedLists | null = null;
  const missing: MissingList[] = [];
  const read = async <R extends Route>(
    list: ListOfChanges,
    route: R,
    parameters: ParametersOf<R>,
    stop: (page: readonly ItemOf<R>[]) => boolean = () => false,
    pages = mostBeside,
  ): Promise<readonly ItemOf<R>[]> => {
    const { items, more, failure } = await firstPages(caller, ref.installation, route, parameters, {
      stop,
      most: pages,
    });
    if (failure?.kind === "unreadable") failed = { ...failure, lists: [...(failed?.lists ?? []), list] };
    if (failure?.kind === "gone") missing.push({ list, why: failure.why });
    if (failure === null && more) cutOff.push(list);
    return items;
  };
  const from = (list: ListOfChanges) =>
    ({ ...repository, since: iso(since[list]), sort: "updated", direction: "desc" }) as const;

  const ofIssues = { ...from("issues"), state: "all" } as const;
  for (const issue of await read("issues", "GET /repos/{owner}/{repo}/issues", ofIssues, undefined, most)) {
    note(issue.pull_request ? issue.number : null, issue.updated_at);
    noteAct("issues", issue.user, issue.created_at);
  }

  // An issue's comment comes with an issue's address too: reading a number that is no PR is cheap and finds nothing.
  const comments = "issues/comments";
  for (const comment of await read(comments, "GET /repos/{owner}/{repo}/issues/comments", from(comments))) {
    note(isOfIssue(comment) ? null : numberIn(comment.issue_url), comment.updated_at);
    noteAct(comments, comment.user, comment.created_at);
  }
  const inline = "pulls/comments";
  for (const comment of await read(inline, "GET /repos/{owner}/{repo}/pulls/comments", from(inline))) {
    note(numberIn(comment.pull_request_url), comment.updated_at);
    noteAct(inline, comment.user, comment.created_at);
  }

  const begin = since["issues/events"];
  const events = await read("issues/events", "GET /repos/{owner}/{repo}/issues/events", repository, (page) =>
    page.some((event) => Date.parse(event.created_at) < begin),
  );
  for (const event of events) {
    if (Date.parse(event.created_at) < begin) continue;
    note(event.issue?.pull_request ? event.issue.number : null, event.created_at);
    noteAct("issues/events", doerOf(event), event.created_at);
  }
  const [first] = missing;
  if (first !== undefined && missing.length === LISTS_OF_CHANGES.length)
    return { kind: "gone", why: first.why };
  return {
    kind: "read",
    numbers: [...numbers],
    upTo: upTo(),
    stamps,
    acts: newestOf(acts),
    cutOff,
    missing,
    failed,
  };
}

type Account = { readonly login: string; readonly id: number | bigint } | null | undefined;

/**
 * Who did what an event tells of. Of a mention (and of what follows from it) GitHub calls the one mentioned its actor, and it used to do so of an
 * assignment. https://docs.github.com/rest/using-the-rest-api/issue-event-types
 */
function doerOf({ event, actor, assigner }: ItemOf<"GET /repos/{owner}/{repo}/issues/events">): Account {
  switch (event) {
    case "mentioned":
    case "subscribed":
      return null;
    case "assigned":
    case "unassigned":
      return assigner;
    default:
      return actor;
  }
}

/** Comments of plain issues link to `/issues/` in people's address too, those of PRs to `/pull/`. */
const isOfIssue = ({ html_url }: { readonly html_url?: string }): boolean =>
  html_url !== undefined && !html_url.includes("/pull/");

/** The PR a comment stands in. */
function numberIn(url: string | undefined): number | null {
  const found = /\/(?:issues|pulls)\/(\d+)$/.exec(url ?? "");
  return found ? Number(found[1]) : null;
}

/**
 * Every repository of every installation that is not suspended, or of one; archived ones cannot be written in, and are left out.
 * An installation that cannot be read is named, and takes nothing away from the others.
 */
export async function repositories(
  caller: Caller,
  only: number | null = null,
): Promise<Read<ListedRepositories> | Unreadable> {
  let installations: readonly number[] = only === null ? [] : [only];
  if (only === null) {
    const listed = await pages(caller, null, "GET /app/installations", {});
    if (listed.kind === "gone") return unreadable(listed.why, caller.now() + MINUTE);
    if (listed.kind === "unreadable") return listed;
    installations = listed.items.flatMap(({ id, suspended_at }) => (suspended_at ? [] : [id]));
  }
  const all: RepositoryRef[] = [];
  const ids: number[] = [];
  const notPublic: number[] = [];
  const unread: { installation: number; why: string; retryAt: Instant | null }[] = [];
  for (const installation of installations) {
    const route = "GET /installation/repositories";
    const found = await pages(caller, installation, route, {}, ({ repositories: list }) => {
      if (!Array.isArray(list)) throw new Error("no repositories in it");
      return list;
    });
    if (found.kind === "gone") continue; // uninstalled or suspended meanwhile
    if (found.kind === "unreadable") {
      unread.push({ installation, why: found.why, retryAt: found.retryAt });
      continue;
    }
    for (const { id, name, owner, archived, disabled, visibility, private: hidden } of found.items) {
      ids.push(Number(id));
      // One of an enterprise is `internal`, and private to all outside.
      if (hidden !== false || (visibility ?? "public") !== "public") notPublic.push(Number(id));
      if (!archived && !disabled) all.push({ installation, owner: owner.login, name });
    }
  }
  return { kind: "read", repositories: all, ids, notPublic, unread };
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
): Promise<ReadResult<Listed>> {
  const numbers = new Set<number>();
  for (const label of labels) {
    const issues = await pages(caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
      owner: ref.owner,
      repo: ref.name,
      labels: label,
      state,
    });
    if (issues.kind !== "read") return issues;
    for (const issue of issues.items) if (issue.pull_request) numbers.add(issue.number);
  }
  return { kind: "read", numbers: [...numbers].sort((a, b) => a - b), upTo: caller.gitHubNow() };
}

/** Every open PR, and every other that was changed at or after `since`, by number. */
export async function openOrSince(
  caller: Caller,
  ref: RepositoryRef,
  since: Instant,
): Promise<ReadResult<{ numbers: readonly number[] }>> {
  const route = "GET /repos/{owner}/{repo}/pulls";
  const { owner, name: repo } = ref;
  const open = await pages(caller, ref.installation, route, { owner, repo, state: "open" });
  if (open.kind !== "read") return open;
  const closed = await firstPages(
    caller,
    ref.installation,
    route,
    { owner, repo, state: "closed", sort: "updated", direction: "desc" },
    { stop: (page) => page.some(({ updated_at: at }) => Date.parse(at) < since) },
  );
  if (closed.failure !== null) return closed.failure;
  if (closed.more) return unreadable("the list of closed pull requests does not come to an end", null);
  const ended = closed.items.filter(({ updated_at: at }) => Date.parse(at) >= since);
  const numbers = new Set([...open.items, ...ended].map(({ number }) => number));
  return { kind: "read", numbers: [...numbers].sort((a, b) => a - b) };
}

/** One page of PRs, open or not, those that have changed lately first. https://docs.github.com/rest/pulls/pulls#list-pull-requests */
export async function lately(
  caller: Caller,
  ref: RepositoryRef,
): Promise<ReadResult<{ pulls: readonly ChangedPull[] }>> {
  const answer = await readOne(caller, ref.installation, "GET /repos/{owner}/{repo}/pulls", {
    ...{ owner: ref.owner, repo: ref.name, state: "all", per_page: LATELY },
    ...{ sort: "updated", direction: "desc" },
  });
  if (answer.kind !== "read") return answer;
  if (!Array.isArray(answer.data))
    return unreadable("GitHub's list has a shape the clerk does not know", caller.now() + MINUTE);
  return {
    kind: "read",
    pulls: answer.data.map(({ number, merged_at }) => ({ number, merged: merged_at != null })),
  };
}

const LATELY = 30;
