import { CONFIG_PATH } from "../../config/outcome.js";
import { approvedStep, type ConfigVersion } from "../../domain/amendment/history.js";
import type { PersonRef } from "../../domain/people.js";
import type { Register } from "../../domain/register.js";
import type { Rules } from "../../domain/rules.js";
import { type Caller, SOON } from "../call.js";
import { type Answered, ask, unreadable } from "../graphql.js";
import type { RepositoryRef, Unreadable } from "../ports.js";
import { instant, type Page, present } from "./answers.js";
import { type ParseConfig, placeFault } from "./config.js";
import { CONFIG_VERSIONS, type FileEntry } from "./configFile.js";

export type VersionsRead =
  /** Oldest first. */
  | { readonly kind: "read"; readonly versions: readonly ConfigVersion[] }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

interface PullNode {
  readonly number: number;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly author: { readonly login: string; readonly databaseId?: number | null } | null;
  readonly mergedBy: { readonly login: string } | null;
}

interface CommitNode {
  readonly oid: string;
  readonly committedDate: string;
  readonly author: { readonly user: { readonly login: string; readonly databaseId: number | null } | null } | null;
  readonly file: FileEntry | null;
  readonly associatedPullRequests: { readonly nodes: readonly (PullNode | null)[] | null } | null;
}

interface History {
  readonly pageInfo: Page;
  readonly nodes: readonly (CommitNode | null)[] | null;
}

interface Answer {
  readonly repository: {
    readonly defaultBranchRef: { readonly name: string; readonly target: { readonly history?: History } | null } | null;
  } | null;
}

/** The clerk's own record of a merged PR: what it had found of it. Never changes once the PR is merged. */
export type RegisterOf = (number: number) => Promise<{ readonly kind: "read"; readonly register: Register | null } | Unreadable>;

const MOST_PAGES = 100;

/**
 * The config through time, by when each version reached the default branch: the merge time of its PR. A commit's own date is what
 * the committer says; it is used only for a direct push, for which GitHub keeps no other.
 * https://docs.github.com/graphql/reference/objects#commit
 */
export async function configVersions(
  caller: Caller,
  ref: RepositoryRef,
  parse: ParseConfig,
  registerOf: RegisterOf,
): Promise<VersionsRead> {
  const commits: CommitNode[] = [];
  let branch = "";
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    if (page >= MOST_PAGES) return unreadable("the config's history does not come to an end", caller.now() + SOON);
    const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_PATH, after };
    const answered: Answered<Answer> = await ask<Answer>(caller, ref.installation, CONFIG_VERSIONS, variables);
    if (answered.kind === "moved") return unreadable(answered.why, caller.now() + SOON);
    if (answered.kind !== "data") return answered;
    const head = answered.data.repository?.defaultBranchRef;
    const history = head?.target?.history;
    if (!head || history === undefined) return unreadable("the default branch cannot be read", caller.now() + SOON);
    branch = head.name;
    commits.push(...present(history.nodes));
    if (!history.pageInfo.hasNextPage) break;
    after = history.pageInfo.endCursor;
  }
  return stepsOf(commits.reverse(), branch, parse, registerOf);
}

async function stepsOf(
  commits: readonly CommitNode[],
  branch: string,
  parse: ParseConfig,
  registerOf: RegisterOf,
): Promise<VersionsRead> {
  const versions: ConfigVersion[] = [];
  for (const [index, commit] of commits.entries()) {
    const pull = present(commit.associatedPullRequests?.nodes).find((one) => one.merged && one.baseRefName === branch);
    const next = commits[index + 1];
    const nextPull = present(next?.associatedPullRequests?.nodes).find((one) => one.merged && one.baseRefName === branch);
    // The commits inside one PR reached the default branch together: only the last of them was ever in force.
    if (pull !== undefined && nextPull?.number === pull.number) continue;
    const rules = rulesAt(commit.file, parse);
    let approved = false;
    if (pull !== undefined) {
      const read = await registerOf(pull.number);
      if (read.kind !== "read") return read;
      approved = approvedStep(read.register, pull.headRefOid, versions.at(-1)?.rules ?? null);
    }
    const author: PersonRef | null =
      pull?.author == null ? null : { login: pull.author.login, id: pull.author.databaseId ?? null };
    versions.push({
      commit: pull?.mergeCommit?.oid ?? commit.oid,
      at: instant(pull?.mergedAt ?? commit.committedDate),
      rules,
      pull: pull?.number ?? null,
      author,
      by: pull?.mergedBy?.login ?? commit.author?.user?.login ?? null,
      approved,
    });
  }
  return { kind: "read", versions };
}

function rulesAt(file: FileEntry | null, parse: ParseConfig): Rules | null {
  if (file === null || placeFault(file) !== null) return null;
  const parsed = parse(file.object?.text ?? "");
  return parsed.ok ? parsed.rules : null;
}
