import { LRUCache } from "lru-cache";
import type { IssueAction, OwnIssue } from "../domain/duties/duties.js";
import { DAY, type Instant, iso, SECOND } from "../domain/text/time.js";
import { atMost } from "../platform/atMost.js";
import type { Caller } from "./client/call.js";
import { ask } from "./client/graphql.js";
import { notRead, pages } from "./client/rest.js";
import type { RepositoryRef, WriteOutcome } from "./ports.js";
import { isViewer } from "./read/accounts.js";
import { present } from "./read/nodes.js";
import { AUTHORS, ISSUES } from "./read/queries/generated.js";
import { type ReadResult, unreadable } from "./readResult.js";
import { repositoryKey } from "./refs.js";

/** What the standing duties read and write: the clerk's own issues. */
export interface DutyConnection {
  /** `slug[bot]`: the clerk's login as REST has it. */
  issues(ref: RepositoryRef, login: string): Promise<ReadResult<OwnIssues>>;
  /** The clerk's own comments anywhere in the repository that were written or changed since then, the last changed first. */
  comments(ref: RepositoryRef, login: string, since: Instant): Promise<ReadResult<OwnTexts>>;
  apply(ref: RepositoryRef, action: IssueAction): Promise<WriteOutcome>;
}

export interface OwnTexts {
  readonly comments: readonly { readonly body: string; readonly url: string }[];
}

export interface OwnIssues {
  readonly issues: readonly OwnIssue[];
  /** When they were asked for, by GitHub's time; left out: just now. */
  readonly askedAt?: Instant;
}

/**
 * That none of all issues is the clerk's is known for so long, and until it makes one; a start asks again, and GitHub's filter is asked each time.
 * Without this each day would look through all issues of a repository that has none of the clerk's.
 */
const NONE_FOR = 7 * DAY;
/** A decision asks for them twice within seconds: for its number, and for the register that lists it. */
export const ISSUES_GOOD_FOR = 10 * SECOND;

const MARKER = /^<!-- msc-clerk:duty ([^\n>]{1,200}) -->\r?\n?/;
const marked = (key: string, body: string): string => `<!-- msc-clerk:duty ${key} -->\n${body}`;

/** Which duty an issue with this text is about, when the clerk has opened it; null: none. */
export const dutyIn = (text: string): string | null => MARKER.exec(text)?.[1] ?? null;

/** Of a hundred issues each: no more than ten thousand are looked at. */
const MOST_PAGES = 100;
/** Issues whose texts are asked for at once: each may be long. */
const EACH = 20;

/** None where it has no marker of the clerk's. */
function ownIssue(number: number, title: string, text: string, open: boolean): readonly OwnIssue[] {
  const key = dutyIn(text);
  if (key === null) return [];
  return [{ number, key, title, body: text.replace(MARKER, "").replace(/\r\n/g, "\n"), open }];
}

export class GitHubIssues implements DutyConnection {
  readonly #caller: Caller;
  readonly #known = new LRUCache<
    string,
    { readonly at: Instant; readonly read: { readonly kind: "read" } & OwnIssues }
  >(atMost(100));
  /** Until when no issue of a repository is the clerk's, whatever GitHub's filter for it may miss. */
  readonly #none = new LRUCache<string, Instant>(atMost(1000));

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * By GitHub's filter for who opened them; where that finds none, by looking at all of them: the filter has found nothing on GitHub Enterprise
   * Cloud (https://github.com/renovatebot/renovate/issues/44730), nor does it by the name that the App had before it was renamed.
   */
  async issues(ref: RepositoryRef, login: string): Promise<ReadResult<OwnIssues>> {
    const key = `${ref.installation} ${repositoryKey(ref)} ${login}`;
    const known = this.#known.get(key);
    if (known !== undefined && this.#caller.now() - known.at < ISSUES_GOOD_FOR) return known.read;
    const at = this.#caller.now();
    const askedAt = this.#caller.gitHubNow();
    const read = await this.#list(ref, login);
    if (read.kind !== "read") return read;
    this.#known.set(key, { at, read: { ...read, askedAt } });
    return read;
  }

  async comments(ref: RepositoryRef, login: string, since: Instant): Promise<ReadResult<OwnTexts>> {
    const { owner, name: repo, installation } = ref;
    const route = "GET /repos/{owner}/{repo}/issues/comments";
    const asked = { owner, repo, since: iso(since), sort: "updated", direction: "desc" } as const;
    const read = await pages(this.#caller, installation, route, asked);
    if (read.kind !== "read") return read;
    const own = read.items.filter(({ user }) => user?.type === "Bot" && user.login === login);
    return { kind: "read", comments: own.map(({ body = "", html_url: url }) => ({ body, url })) };
  }

  async #list(ref: RepositoryRef, login: string): Promise<ReadResult<OwnIssues>> {
    const listed = await pages(this.#caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
      owner: ref.owner,
      repo: ref.name,
      creator: login,
      state: "all",
    });
    if (listed.kind !== "read") return listed;
    const issues = listed.items.flatMap(({ number, title, body, state, user, pull_request }) =>
      // Whoever has the name now may be somebody else.
      pull_request || user?.type !== "Bot" ? [] : ownIssue(number, title, body ?? "", state === "open"),
    );
    const key = `${ref.installation} ${repositoryKey(ref)}`;
    if (issues.length > 0) return { kind: "read", issues };
    if ((this.#none.get(key) ?? 0) > this.#caller.now()) return { kind: "read", issues };
    const all = await this.#amongAll(ref);
    if (all.kind === "read" && all.issues.length === 0) this.#none.set(key, this.#caller.now() + NONE_FOR);
    return all;
  }

  async #amongAll(ref: RepositoryRef): Promise<ReadResult<{ issues: readonly OwnIssue[] }>> {
    const { owner, name: repo, installation } = ref;
    const pageAfter = (cursor: string | null) =>
      ask(this.#caller, installation, AUTHORS, { owner, repo, after: cursor });
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page += 1) {
      // What is not looked at could be the issue that would be made a second time.
      if (page >= MOST_PAGES)
        return unreadable("there are more issues than are looked at", this.#caller.now() + DAY);
      const answered = await pageAfter(after);
      if (answered.kind !== "read") return answered;
      const { viewer, repository } = answered.data;
      for (const { id, viewerDidAuthor, author } of present(repository?.issues.nodes))
        if (viewerDidAuthor || isViewer(author, { ...viewer, login: "" })) ids.push(id);
      const next = repository?.issues.pageInfo;
      if (next?.hasNextPage !== true) break;
      after = next.endCursor;
    }
    const issues: OwnIssue[] = [];
    for (let from = 0; from < ids.length; from += EACH) {
      const some = { ids: ids.slice(from, from + EACH) };
      const answered = await ask(this.#caller, installation, ISSUES, some);
      if (answered.kind !== "read") return answered;
      for (const node of present(answered.data.nodes))
        if ("number" in node)
          issues.push(...ownIssue(node.number, node.title, node.body, node.state === "OPEN"));
    }
    return { kind: "read", issues };
  }

  async apply(ref: RepositoryRef, action: IssueAction): Promise<WriteOutcome> {
    this.#known.clear();
    this.#none.clear();
    const repo = { owner: ref.owner, repo: ref.name };
    const answer =
      action.kind === "create_issue"
        ? await this.#caller.call(
            ref.installation,
            "POST /repos/{owner}/{repo}/issues",
            { ...repo, title: action.title, body: marked(action.key, action.body) },
            { repeatable: false, write: "creates" },
          )
        : await this.#caller.call(
            ref.installation,
            "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
            {
              ...repo,
              issue_number: action.number,
              ...(action.kind === "close_issue"
                ? { state: "closed", state_reason: "completed" }
                : { state: "open", title: action.title, body: marked(action.key, action.body) }),
            },
            { repeatable: true, write: "changes" },
          );
    switch (answer.kind) {
      case "ok":
        return { kind: "done", id: String(answer.data.number) };
      case "unclear":
        return { kind: "unclear", why: answer.why };
      case "later":
        return { kind: "later", why: answer.why, retryAt: answer.retryAt };
      case "no": {
        const failed = notRead(this.#caller, answer);
        return { kind: "refused", status: answer.status, why: failed.why };
      }
    }
  }
}
