import type { ConfigVersion } from "../../domain/amendment/history.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { equal } from "../../domain/text/equal.js";
import type { Instant } from "../../domain/text/time.js";
import { type Caller, SOON } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { RepositoryRef } from "../ports.js";
import { type ReadResult, unreadable } from "../readResult.js";
import { type ParseConfig, placeFault, textOf } from "./config.js";
import { instant, isOfAnotherKind, present } from "./nodes.js";
import {
  type BringerFragment,
  CONFIG_AT,
  type ConfigFileFragment,
  type StepFragment,
  type TipFragment,
  VERSIONS,
} from "./queries/generated.js";

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
): Promise<ReadResult<{ versions: readonly ConfigVersion[] }>> {
  const commits: StepFragment[] = [];
  let branch = "";
  let tip: TipFragment | null = null;
  let after: string | null = null;
  for (let page = 0; ; page += 1) {
    if (page >= MOST_PAGES)
      return unreadable("the config's history does not come to an end", caller.now() + SOON);
    const read: ReadResult<HistoryPage> = await historyPage(caller, ref, after);
    if (read.kind !== "read") return read;
    branch = read.branch;
    tip ??= read.tip;
    const { history } = read.tip;
    commits.push(...present(history.nodes));
    if (!history.pageInfo.hasNextPage) break;
    after = history.pageInfo.endCursor;
  }
  const rulesAt = await parseEach(commits, tip, parse);
  return {
    kind: "read",
    versions: upToTip(stepsOf(commits.reverse(), branch, rulesAt), tip, rulesAt, caller.gitHubNow()),
  };
}

/** What a file of the history says; null: nothing that is valid, or it is not there. */
type RulesAt = (file: ConfigFileFragment | null) => Rules | null;

/**
 * A config takes milliseconds to parse, and a history has hundreds: each once, by its blob, with room between them for what else there is to do.
 * What came of them is held here, as together they may be more than the parser remembers (`parsedOnce`).
 */
async function parseEach(
  commits: readonly StepFragment[],
  tip: TipFragment | null,
  parse: ParseConfig,
): Promise<RulesAt> {
  const merged = commits.flatMap(({ associatedPullRequests: pulls }) =>
    present(pulls?.nodes).map(({ mergeCommit }) => mergeCommit?.file ?? null),
  );
  const files = [...commits.map(({ file }) => file), ...merged, tip?.file ?? null];
  const known = new Map<string, Rules | null>();
  for (const file of present(files)) {
    if (known.has(keyOf(file))) continue;
    known.set(keyOf(file), rulesOf(file, parse));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return (file) => (file === null ? null : (known.get(keyOf(file)) ?? null));
}

/** The same blob may stand there as a file or as a link. */
const keyOf = ({ oid, mode }: ConfigFileFragment): string => `${oid} ${mode}`;

interface HistoryPage {
  /** The default branch. */
  readonly branch: string;
  readonly tip: TipFragment;
}

async function historyPage(
  caller: Caller,
  ref: RepositoryRef,
  after: string | null,
): Promise<ReadResult<HistoryPage>> {
  const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, after };
  const answered = await ask(caller, ref.installation, VERSIONS, variables);
  if (answered.kind !== "read") return answered;
  const branch = answered.data.repository?.defaultBranchRef;
  if (!branch?.target || isOfAnotherKind(branch.target))
    return unreadable("the default branch cannot be read", caller.now() + SOON);
  return { kind: "read", branch: branch.name, tip: branch.target };
}

/**
 * Commits, oldest first as git has them, to the states the default branch was in. The commits of one PR reached it together, so only
 * what its merge made of the file was ever in force; it stands where the last of them does. What a commit says of its date is put
 * between what can be trusted: no direct push is older than the merge before it, or younger than the one after it.
 */
function stepsOf(
  commits: readonly StepFragment[],
  branch: string,
  rulesAt: RulesAt,
): readonly ConfigVersion[] {
  const pulls = commits.map((commit) => bringer(commit, branch));
  const last = new Map(pulls.map((pull, index) => [pull?.number, index]));
  return commits.flatMap((commit, index): ConfigVersion[] => {
    const pull = pulls[index] ?? null;
    if (pull === null) return [pushed(commit, rulesAt)];
    return last.get(pull.number) === index ? [merged(commit, pull, rulesAt)] : [];
  });
}

/** What the branch has now is its last version, also where it was forced away from what its pull requests had made of it. */
function upToTip(
  steps: readonly ConfigVersion[],
  tip: TipFragment | null,
  rulesAt: RulesAt,
  now: Instant,
): readonly ConfigVersion[] {
  if (tip === null) return inOrder(steps, now);
  const rules = rulesAt(tip.file);
  if (equal(steps.at(-1)?.rules ?? null, rules)) return inOrder(steps, now);
  const { oid, committedDate, file } = tip;
  const forced = pushed({ oid, committedDate, file, author: null, associatedPullRequests: null }, rulesAt);
  return inOrder([...steps, forced], now);
}

/**
 * The PR that brought a commit to the default branch; of several that held it, the first to be merged. One that was merged before the branch
 * was renamed keeps the old name (https://github.com/Mergifyio/mergify/issues/4168): that its commit is in the branch's history is proof
 * enough, but for one merged into a branch that came here by another of them.
 */
function bringer(commit: StepFragment, branch: string): BringerFragment | null {
  const all = present(commit.associatedPullRequests?.nodes).filter(
    (one) => one.merged && one.mergedAt !== null,
  );
  const here = all.filter(({ baseRefName }) => baseRefName === branch);
  const brought = ({ baseRefName }: BringerFragment) =>
    all.some((other) => !other.isCrossRepository && other.headRefName === baseRefName);
  const merges = here.length > 0 ? here : all.filter((one) => !brought(one));
  return merges.sort((a, b) => instant(a.mergedAt ?? "") - instant(b.mergedAt ?? ""))[0] ?? null;
}

const pushed = (commit: StepFragment, rulesAt: RulesAt): ConfigVersion => ({
  commit: commit.oid,
  at: instant(commit.committedDate),
  rules: rulesAt(commit.file),
  pull: null,
  mergedHead: null,
  author: null,
  by: commit.author?.user?.login ?? null,
  approved: false,
});

const merged = (commit: StepFragment, pull: BringerFragment, rulesAt: RulesAt): ConfigVersion => ({
  commit: pull.mergeCommit?.oid ?? commit.oid,
  at: instant(pull.mergedAt ?? commit.committedDate),
  rules: rulesAt(pull.mergeCommit === null ? commit.file : pull.mergeCommit.file),
  pull: pull.number,
  mergedHead: pull.headRefOid,
  author: authorOf(pull),
  by: pull.mergedBy?.login ?? commit.author?.user?.login ?? null,
  approved: false,
});

const authorOf = ({ author }: BringerFragment): ConfigVersion["author"] =>
  author === null ? null : { login: author.login, id: "databaseId" in author ? author.databaseId : null };

function inOrder(steps: readonly ConfigVersion[], now: Instant): readonly ConfigVersion[] {
  let earliest = 0;
  return steps.map((step, index) => {
    const latest = steps.slice(index + 1).find((later) => later.pull !== null)?.at ?? now;
    const at = Math.max(earliest, step.pull === null ? Math.min(step.at, latest) : step.at);
    earliest = at;
    return { ...step, at };
  });
}

function rulesOf(file: ConfigFileFragment, parse: ParseConfig): Rules | null {
  if (placeFault(file) !== null) return null;
  const parsed = parse(textOf(file) ?? "");
  return parsed.ok ? parsed.rules : null;
}

/** The text of the config at one commit. Where a file cannot be read whole, or is none, there is none. */
export async function configAt(
  caller: Caller,
  ref: RepositoryRef,
  commit: string,
): Promise<ReadResult<{ text: string | null }>> {
  const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, commit };
  const answered = await ask(caller, ref.installation, CONFIG_AT, variables);
  if (answered.kind !== "read") return answered;
  const file = answered.data.repository?.at?.file ?? null;
  const text = file === null || placeFault(file) !== null ? null : textOf(file);
  return { kind: "read", text };
}
