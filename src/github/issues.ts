import type { IssueAction, OwnIssue } from "../domain/duties/duties.js";
import type { PersonRef } from "../domain/model/people.js";
import { HOUR, type Instant, iso } from "../domain/text/time.js";
import type { Caller } from "./client/call.js";
import { firstPages, notRead, pages } from "./client/rest.js";
import type { RepositoryRef, WriteOutcome } from "./ports.js";
import { type ReadResult, unreadable } from "./readResult.js";

/** When a person last did something. */
export interface LastAct {
  readonly person: PersonRef;
  readonly at: Instant;
}

/** What the standing duties read and write: the clerk's own issues, and who did something in the repository. */
export interface DutyConnection {
  /** `slug[bot]`: the clerk's login as REST has it. */
  issues(ref: RepositoryRef, login: string): Promise<ReadResult<{ issues: readonly OwnIssue[] }>>;
  /** Comments of all sorts and events since a moment. Reviews without a comment are in no list of a repository. */
  activity(ref: RepositoryRef, since: Instant): Promise<ReadResult<{ acts: readonly LastAct[] }>>;
  apply(ref: RepositoryRef, action: IssueAction): Promise<WriteOutcome>;
}

const MARKER = /^<!-- msc-clerk:duty ([^\n>]{1,200}) -->\r?\n?/;
const marked = (key: string, body: string): string => `<!-- msc-clerk:duty ${key} -->\n${body}`;

export class GitHubIssues implements DutyConnection {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async issues(ref: RepositoryRef, login: string): Promise<ReadResult<{ issues: readonly OwnIssue[] }>> {
    const listed = await pages(this.#caller, ref.installation, "GET /repos/{owner}/{repo}/issues", {
      owner: ref.owner,
      repo: ref.name,
      creator: login,
      state: "all",
    });
    if (listed.kind !== "read") return listed;
    const issues = listed.items.flatMap((issue): OwnIssue[] => {
      const key = MARKER.exec(issue.body ?? "")?.[1];
      if (issue.pull_request || key === undefined) return [];
      const body = (issue.body ?? "").replace(MARKER, "").replace(/\r\n/g, "\n");
      return [{ number: issue.number, key, title: issue.title, body, open: issue.state === "open" }];
    });
    return { kind: "read", issues };
  }

  async activity(ref: RepositoryRef, since: Instant): Promise<ReadResult<{ acts: readonly LastAct[] }>> {
    const repo = { owner: ref.owner, repo: ref.name };
    const newest = new Map<number, LastAct>();
    const note = (who: { login: string; id: number | bigint } | null | undefined, at: string) => {
      const moment = Date.parse(at);
      if (!who || Number.isNaN(moment) || moment < since) return;
      const id = Number(who.id);
      const before = newest.get(id);
      if (before === undefined || before.at < moment)
        newest.set(id, { person: { login: who.login, id }, at: moment });
    };
    for (const [route, more] of [
      // Issues and pull requests: who opened them.
      ["GET /repos/{owner}/{repo}/issues", { state: "all" }],
      ["GET /repos/{owner}/{repo}/issues/comments", {}],
      ["GET /repos/{owner}/{repo}/pulls/comments", {}],
    ] as const) {
      const listed = await pages(this.#caller, ref.installation, route, {
        ...repo,
        ...more,
        since: iso(since),
      });
      if (listed.kind !== "read") return listed;
      for (const { user, created_at } of listed.items) note(user, created_at);
    }
    // Newest first, without a `since` of its own: read until what is older.
    const events = await firstPages(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/issues/events",
      repo,
      { stop: (page) => page.some(({ created_at }) => Date.parse(created_at) < since) },
    );
    if (events.failure !== null) return events.failure;
    if (events.more) {
      const why = "there are more events than the clerk reads";
      return unreadable(why, this.#caller.now() + HOUR);
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
