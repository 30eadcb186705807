import type { ReadingConfig } from "../../config/outcome.js";
import type { ConfigVersion } from "../../domain/amendment/history.js";
import type { OwnIssue } from "../../domain/duties/duties.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { pages, readOne } from "../client/rest.js";
import { GitHubIssues } from "../issues.js";
import type { ProposalRef, RepositoryRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import type { ParseConfig } from "./config.js";
import { configAt, configVersions } from "./configVersions.js";
import { openOrSince } from "./lists.js";
import type { Pulls } from "./pulls.js";
import { NO_INSTALLATION } from "./whoIsTheClerk.js";

/** A comment as it stands now. */
export interface PublishedComment {
  readonly body: string;
  readonly url: string;
  /** As REST has it, `slug[bot]` where an App wrote it; null: the account is gone. */
  readonly author: string | null;
}

type CommentsOn = (ref: ProposalRef) => Promise<ReadResult<{ comments: readonly PublishedComment[] }>>;

/** What a record of a decision is held against (record.signed). Decides nothing. */
export interface EvidenceReader {
  /** As GitHub shows it, read by these rules, whichever are in force. */
  pull(ref: ProposalRef, by: ReadingConfig): Promise<ReadResult<{ snapshot: Snapshot }>>;
  forget(ref: ProposalRef): void;
  /** Numbers of every open pull request, and of every other that was changed at or after `since`. */
  pulls(ref: RepositoryRef, since: Instant): Promise<ReadResult<{ numbers: readonly number[] }>>;
  /** Every config of the default branch, oldest first, `approved` left to be found out. */
  versions(ref: RepositoryRef): Promise<ReadResult<{ versions: readonly ConfigVersion[] }>>;
  /** The text of the config at a commit; null: there is no such commit, or no such file in it. */
  textAt(ref: RepositoryRef, commit: string): Promise<ReadResult<{ text: string | null }>>;
  /** The clerk's own issues, by its login as REST has it. */
  issues(ref: RepositoryRef, login: string): Promise<ReadResult<{ issues: readonly OwnIssue[] }>>;
  comment(ref: RepositoryRef, id: string): Promise<ReadResult<{ comment: PublishedComment }>>;
  readonly commentsOn: CommentsOn;
  /** Numeric id, which stays through a rename. */
  repository(ref: RepositoryRef): Promise<ReadResult<{ id: number }>>;
  /** For people: who reads here. */
  whoAsks(): Promise<string>;
  /** Login of the clerk, without `[bot]`; null: GitHub does not say it. */
  clerk(): Promise<string | null>;
}

interface Parts extends Pick<EvidenceReader, "whoAsks" | "clerk"> {
  readonly caller: Caller;
  readonly pulls: Pulls;
  readonly parse: ParseConfig;
}

export function evidenceReader({ caller, pulls, parse, whoAsks, clerk }: Parts): EvidenceReader {
  const issues = new GitHubIssues(caller);
  return {
    ...{ whoAsks, clerk, commentsOn: commentsOn(caller) },
    pull: (ref, by) => pulls.read(ref, by),
    forget: (ref) => pulls.forget(ref),
    pulls: (ref, since) => openOrSince(caller, ref, since),
    versions: (ref) => configVersions(caller, ref, parse),
    textAt: (ref, commit) => configAt(caller, ref, commit),
    issues: (ref, login) => issues.issues(ref, login),
    async comment({ installation, owner, name: repo }, id) {
      const read = await readOne(
        caller,
        installation,
        "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
        { owner, repo, comment_id: id },
      );
      return read.kind === "read" ? { kind: "read", comment: commentOf(read.data) } : read;
    },
    async repository({ installation, owner, name: repo }) {
      const read = await readOne(caller, installation, "GET /repos/{owner}/{repo}", { owner, repo });
      return read.kind === "read" ? { kind: "read", id: Number(read.data.id) } : read;
    },
  };
}

/** Of a public repository without any token too. */
export const commentsOn =
  (caller: Caller): CommentsOn =>
  async ({ installation, owner, name: repo, number }) => {
    const read = await pages(
      caller,
      installation,
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { owner, repo, issue_number: number },
    );
    return read.kind === "read" ? { kind: "read", comments: read.items.map(commentOf) } : read;
  };

interface CommentNode {
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user: { readonly login: string } | null;
}

const commentOf = ({ body, html_url: url, user }: CommentNode): PublishedComment => ({
  body: body ?? "",
  url,
  author: user?.login ?? null,
});

/** Not every token says whose it is: that of a workflow does not. */
export async function whoseToken(caller: Caller): Promise<string> {
  const read = await readOne(caller, NO_INSTALLATION, "GET /user", {});
  return read.kind === "read" ? read.data.login : "somebody with a token";
}
