import type { IssueAction, OwnIssue } from "../domain/duties/duties.js";
import type { Caller } from "./client/call.js";
import { notRead, pages } from "./client/rest.js";
import type { RepositoryRef, WriteOutcome } from "./ports.js";
import type { ReadResult } from "./readResult.js";

/** What the standing duties read and write: the clerk's own issues. */
export interface DutyConnection {
  /** `slug[bot]`: the clerk's login as REST has it. */
  issues(ref: RepositoryRef, login: string): Promise<ReadResult<{ issues: readonly OwnIssue[] }>>;
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
