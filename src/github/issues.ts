import type { IssueAction, OwnIssue } from "../domain/duties/duties.js";
import type { PersonRef } from "../domain/model/people.js";
import { HOUR, type Instant, iso } from "../domain/text/time.js";
import type { Caller } from "./client/call.js";
import { firstPages, pages, unread } from "./client/rest.js";
import type { RepositoryRef, Unreadable, WriteOutcome } from "./ports.js";

type IssuesRead =
  | { readonly kind: "read"; readonly issues: readonly OwnIssue[] }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

type ActivityRead =
  | { readonly kind: "read"; readonly acts: readonly { readonly person: PersonRef; readonly at: Instant }[] }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

/** What the standing duties read and write: the clerk's own issues, and who did something in the repository. */
export interface DutyConnection {
  /** `slug[bot]`: the clerk's login as REST has it. */
  issues(ref: RepositoryRef, login: string): Promise<IssuesRead>;
  /** Comments of all sorts and events since a moment. Reviews without a comment are in no list of a repository. */
  activity(ref: RepositoryRef, since: Instant): Promise<ActivityRead>;
  apply(ref: RepositoryRef, action: IssueAction): Promise<WriteOutcome>;
}

interface IssueItem {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly pull_request?: unknown;
}

interface Someone {
  readonly login: string;
  readonly id: number;
}

interface Doing {
  readonly user?: Someone | null;
  readonly actor?: Someone | null;
  readonly created_at: string;
  readonly updated_at?: string;
}

const MARKER = /^<!-- msc-clerk:duty ([^\n>]{1,200}) -->\r?\n?/;
const marked = (key: string, body: string): string => `<!-- msc-clerk:duty ${key} -->\n${body}`;

export class GitHubIssues implements DutyConnection {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async issues(ref: RepositoryRef, login: string): Promise<IssuesRead> {
    const listed = await pages<IssueItem>(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/issues",
      {
        owner: ref.owner,
        repo: ref.name,
        creator: login,
        state: "all",
      },
    );
    if (listed.kind !== "data") return listed;
    const issues = listed.data.flatMap((issue): OwnIssue[] => {
      const key = MARKER.exec(issue.body ?? "")?.[1];
      if (issue.pull_request || key === undefined) return [];
      const body = (issue.body ?? "").replace(MARKER, "").replace(/\r\n/g, "\n");
      return [{ number: issue.number, key, title: issue.title, body, open: issue.state === "open" }];
    });
    return { kind: "read", issues };
  }

  async activity(ref: RepositoryRef, since: Instant): Promise<ActivityRead> {
    const repo = { owner: ref.owner, repo: ref.name };
    const newest = new Map<number, { person: PersonRef; at: Instant }>();
    const note = (who: Someone | null | undefined, at: string) => {
      const moment = Date.parse(at);
      if (!who || Number.isNaN(moment) || moment < since) return;
      const before = newest.get(who.id);
      if (before === undefined || before.at < moment) {
        newest.set(who.id, { person: { login: who.login, id: who.id }, at: moment });
      }
    };
    for (const [route, more] of [
      // Issues and pull requests: who opened them.
      ["GET /repos/{owner}/{repo}/issues", { state: "all" }],
      ["GET /repos/{owner}/{repo}/issues/comments", {}],
      ["GET /repos/{owner}/{repo}/pulls/comments", {}],
    ] as const) {
      const listed = await pages<Doing>(this.#caller, ref.installation, route, {
        ...repo,
        ...more,
        since: iso(since),
      });
      if (listed.kind !== "data") return listed;
      for (const { user, created_at } of listed.data) note(user, created_at);
    }
    // Newest first, without a `since` of its own: read until what is older.
    const events = await firstPages<Doing>(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/issues/events",
      repo,
      { stop: (page) => page.some(({ created_at }) => Date.parse(created_at) < since) },
    );
    if (events.failure !== null) return events.failure;
    if (events.more) {
      const why = "there are more events than the clerk reads";
      return { kind: "unreadable", why, retryAt: this.#caller.now() + HOUR };
    }
    for (const { actor, created_at } of events.items) note(actor, created_at);
    return { kind: "read", acts: [...newest.values()] };
  }

  async apply(ref: RepositoryRef, action: IssueAction): Promise<WriteOutcome> {
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
        return { kind: "done", id: String((answer.data as { number?: unknown }).number ?? "") };
      case "unclear":
        return { kind: "unclear", why: answer.why };
      case "later":
        return { kind: "later", why: answer.why, retryAt: answer.retryAt };
      case "no": {
        const failed = unread(this.#caller, answer);
        return { kind: "refused", status: answer.status, why: failed.why };
      }
    }
  }
}
