import { CONFIG_PATH } from "../../config/outcome.js";
import type { ConfigVersion } from "../../domain/amendment/history.js";
import type { PersonRef } from "../../domain/people.js";
import type { Rules } from "../../domain/rules.js";
import { type Caller, SOON } from "../call.js";
import { ask, unreadable } from "../graphql.js";
import type { RepositoryRef, VersionsOutcome } from "../ports.js";
import { instant, type Page, present } from "./answers.js";
import { type ParseConfig, placeFault } from "./config.js";
import { CONFIG_VERSIONS, type FileEntry } from "./configFile.js";

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
  readonly author: {
    readonly user: { readonly login: string; readonly databaseId: number | null } | null;
  } | null;
  readonly file: FileEntry | null;
  readonly associatedPullRequests: { readonly nodes: readonly (PullNode | null)[] | null } | null;
}

interface History {
  readonly pageInfo: Page;
  readonly nodes: readonly (CommitNode | null)[] | null;
}

interface Answer {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly name: string;
      readonly target: { readonly history?: History } | null;
    } | null;
  } | null;
}

const MOST_PAGES = 100;

/**
 * The config through time, `approved` left to be found out (config.lawful), by when each version reached the default branch: the merge time of its PR. A commit's own date is what
 * the committer says; it is used only for a direct push, for which GitHub keeps no other.
 * https://docs.github.com/graphql/reference/objects#commit
 */
export async function configVersions(
  caller: Caller,
  ref: RepositoryRef,
  parse: ParseConfig,
): Promise<VersionsOutcome> {
  const commits: CommitNode[] = [];
  let branch = "";
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    if (page >= MOST_PAGES)
      return unreadable("the config's history does not come to an end", caller.now() + SOON);
    const read = await historyPage(caller, ref, after);
    if (read.kind !== "data") return read;
    const { head, history }: HistoryPage = read.data;
    branch = head;
    commits.push(...present(history.nodes));
    if (!history.pageInfo.hasNextPage) break;
    after = history.pageInfo.endCursor;
  }
  return { kind: "read", versions: stepsOf(commits.reverse(), branch, parse) };
}

interface HistoryPage {
  /** The default branch. */
  readonly head: string;
  readonly history: History;
}

async function historyPage(
  caller: Caller,
  ref: RepositoryRef,
  after: string | null,
): Promise<
  { readonly kind: "data"; readonly data: HistoryPage } | Exclude<VersionsOutcome, { kind: "read" }>
> {
  const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_PATH, after };
  const answered = await ask<Answer>(caller, ref.installation, CONFIG_VERSIONS, variables);
  if (answered.kind === "moved") return unreadable(answered.why, caller.now() + SOON);
  if (answered.kind !== "data") return answered;
  const branch = answered.data.repository?.defaultBranchRef;
  const history = branch?.target?.history;
  if (!branch || history === undefined)
    return unreadable("the default branch cannot be read", caller.now() + SOON);
  return { kind: "data", data: { head: branch.name, history } };
}

function stepsOf(
  commits: readonly CommitNode[],
  branch: string,
  parse: ParseConfig,
): readonly ConfigVersion[] {
  const merged = (commit: CommitNode | undefined) =>
    present(commit?.associatedPullRequests?.nodes).find((one) => one.merged && one.baseRefName === branch);
  return commits.flatMap((commit, index): ConfigVersion[] => {
    const pull = merged(commit);
    // The commits inside one PR reached the default branch together: only the last of them was ever in force.
    if (pull !== undefined && merged(commits[index + 1])?.number === pull.number) return [];
    const author: PersonRef | null =
      pull?.author == null ? null : { login: pull.author.login, id: pull.author.databaseId ?? null };
    return [
      {
        commit: pull?.mergeCommit?.oid ?? commit.oid,
        at: instant(pull?.mergedAt ?? commit.committedDate),
        rules: rulesAt(commit.file, parse),
        pull: pull?.number ?? null,
        mergedHead: pull?.headRefOid ?? null,
        author,
        by: pull?.mergedBy?.login ?? commit.author?.user?.login ?? null,
        approved: false,
      },
    ];
  });
}

function rulesAt(file: FileEntry | null, parse: ParseConfig): Rules | null {
  if (file === null || placeFault(file) !== null) return null;
  const parsed = parse(file.object?.text ?? "");
  return parsed.ok ? parsed.rules : null;
}
