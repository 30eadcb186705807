import type { ConfigVersion } from "../../domain/amendment/history.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { equal } from "../../domain/text/equal.js";
import type { Instant } from "../../domain/text/time.js";
import { type Caller, SOON } from "../client/call.js";
import { ask, unreadable } from "../client/graphql.js";
import type { RepositoryRef, TextOutcome, VersionsOutcome } from "../ports.js";
import { instant, type PageInfo, present } from "./answers.js";
import { type ParseConfig, placeFault } from "./config.js";
import { CONFIG_AT, CONFIG_VERSIONS, type FileEntry } from "./configFile.js";

interface PullNode {
  readonly number: number;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly mergeCommit: { readonly oid: string; readonly file: FileEntry | null } | null;
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
  readonly pageInfo: PageInfo;
  readonly nodes: readonly (CommitNode | null)[] | null;
}

interface Tip {
  readonly oid: string;
  readonly committedDate: string;
  readonly file: FileEntry | null;
}

interface Answer {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly name: string;
      readonly target: (Partial<Tip> & { readonly history?: History }) | null;
    } | null;
  } | null;
}

const MOST_PAGES = 100;

/**
 * The config through time, `approved` left to be found out (config.lawful), by when each version reached the default branch: the
 * merge time of its PR. A commit's own date is what the committer says; it is used only for a direct push, for which GitHub keeps
 * no other.
 * https://docs.github.com/graphql/reference/objects#commit
 */
export async function configVersions(
  caller: Caller,
  ref: RepositoryRef,
  parse: ParseConfig,
): Promise<VersionsOutcome> {
  const commits: CommitNode[] = [];
  let branch = "";
  let tip: Tip | null = null;
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    if (page >= MOST_PAGES)
      return unreadable("the config's history does not come to an end", caller.now() + SOON);
    const read = await historyPage(caller, ref, after);
    if (read.kind !== "data") return read;
    const { head, history }: HistoryPage = read.data;
    branch = head;
    tip ??= read.data.tip;
    commits.push(...present(history.nodes));
    if (!history.pageInfo.hasNextPage) break;
    after = history.pageInfo.endCursor;
  }
  return {
    kind: "read",
    versions: upToTip(stepsOf(commits.reverse(), branch, parse), tip, parse, caller.gitHubNow()),
  };
}

interface HistoryPage {
  /** The default branch. */
  readonly head: string;
  readonly tip: Tip;
  readonly history: History;
}

async function historyPage(
  caller: Caller,
  ref: RepositoryRef,
  after: string | null,
): Promise<
  { readonly kind: "data"; readonly data: HistoryPage } | Exclude<VersionsOutcome, { kind: "read" }>
> {
  const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, after };
  const answered = await ask<Answer>(caller, ref.installation, CONFIG_VERSIONS, variables);
  if (answered.kind === "moved") return unreadable(answered.why, caller.now() + SOON);
  if (answered.kind !== "data") return answered;
  const branch = answered.data.repository?.defaultBranchRef;
  const { history, oid, committedDate, file } = branch?.target ?? {};
  if (
    !branch ||
    history === undefined ||
    oid === undefined ||
    committedDate === undefined ||
    file === undefined
  )
    return unreadable("the default branch cannot be read", caller.now() + SOON);
  return { kind: "data", data: { head: branch.name, tip: { oid, committedDate, file }, history } };
}

/**
 * Commits, oldest first as git has them, to the states the default branch was in. The commits of one PR reached it together, so only
 * what its merge made of the file was ever in force; it stands where the last of them does. What a commit says of its date is put
 * between what can be trusted: no direct push is older than the merge before it, or younger than the one after it.
 */
function stepsOf(
  commits: readonly CommitNode[],
  branch: string,
  parse: ParseConfig,
): readonly ConfigVersion[] {
  const pulls = commits.map((commit) => bringer(commit, branch));
  return commits.flatMap((commit, index): ConfigVersion[] => {
    const pull = pulls[index] ?? null;
    const later = pulls.slice(index + 1).some((other) => other?.number === pull?.number);
    if (pull === null) return [pushed(commit, parse)];
    return later ? [] : [merged(commit, pull, parse)];
  });
}

/** What the branch has now is its last version, also where it was forced away from what its pull requests had made of it. */
function upToTip(
  steps: readonly ConfigVersion[],
  tip: Tip | null,
  parse: ParseConfig,
  now: Instant,
): readonly ConfigVersion[] {
  if (tip === null) return inOrder(steps, now);
  const rules = rulesAt(tip.file, parse);
  if (equal(steps.at(-1)?.rules ?? null, rules)) return inOrder(steps, now);
  const { oid, committedDate, file } = tip;
  const forced = pushed({ oid, committedDate, file, author: null, associatedPullRequests: null }, parse);
  return inOrder([...steps, forced], now);
}

/** The PR that brought a commit to the default branch; of several that held it, the first to be merged. */
function bringer(commit: CommitNode, branch: string): PullNode | null {
  const merges = present(commit.associatedPullRequests?.nodes).filter(
    (one) => one.merged && one.mergedAt !== null && one.baseRefName === branch,
  );
  return merges.sort((a, b) => instant(a.mergedAt ?? "") - instant(b.mergedAt ?? ""))[0] ?? null;
}

const pushed = (commit: CommitNode, parse: ParseConfig): ConfigVersion => ({
  commit: commit.oid,
  at: instant(commit.committedDate),
  rules: rulesAt(commit.file, parse),
  pull: null,
  mergedHead: null,
  author: null,
  by: commit.author?.user?.login ?? null,
  approved: false,
});

const merged = (commit: CommitNode, pull: PullNode, parse: ParseConfig): ConfigVersion => ({
  commit: pull.mergeCommit?.oid ?? commit.oid,
  at: instant(pull.mergedAt ?? commit.committedDate),
  rules: rulesAt(pull.mergeCommit === null ? commit.file : pull.mergeCommit.file, parse),
  pull: pull.number,
  mergedHead: pull.headRefOid,
  author: pull.author === null ? null : { login: pull.author.login, id: pull.author.databaseId ?? null },
  by: pull.mergedBy?.login ?? commit.author?.user?.login ?? null,
  approved: false,
});

function inOrder(steps: readonly ConfigVersion[], now: Instant): readonly ConfigVersion[] {
  let earliest = 0;
  return steps.map((step, index) => {
    const latest = steps.slice(index + 1).find((later) => later.pull !== null)?.at ?? now;
    const at = Math.max(earliest, step.pull === null ? Math.min(step.at, latest) : step.at);
    earliest = at;
    return { ...step, at };
  });
}

function rulesAt(file: FileEntry | null, parse: ParseConfig): Rules | null {
  if (file === null || placeFault(file) !== null) return null;
  const parsed = parse(file.object?.text ?? "");
  return parsed.ok ? parsed.rules : null;
}

/** The text of the config at one commit. Where a file cannot be read whole, or is none, there is none. */
export async function configAt(caller: Caller, ref: RepositoryRef, commit: string): Promise<TextOutcome> {
  interface Answer {
    readonly repository: { readonly at: { readonly file?: FileEntry | null } | null } | null;
  }
  const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, commit };
  const answered = await ask<Answer>(caller, ref.installation, CONFIG_AT, variables);
  if (answered.kind === "moved") return unreadable(answered.why, caller.now() + SOON);
  if (answered.kind !== "data") return answered;
  const file = answered.data.repository?.at?.file ?? null;
  const text = file === null || placeFault(file) !== null ? null : (file.object?.text ?? null);
  return { kind: "read", text };
}
