import { LRUCache } from "lru-cache";
import { atMost } from "../../platform/atMost.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { pullsOn } from "./checks.js";
import type { Facts } from "./facts.js";
import { type CommitNode, type PageInfo, present, type RunNode, type SuiteNode } from "./nodes.js";
import { MORE_RUNS, SHARED_HEADS, SUITES } from "./queries/generated.js";

/** How many pull requests that have had this head are asked about, and in one request; nobody shares a head with more for a good reason. */
const MOST_SHARING = 320;
const SHARING_EACH = 80;
/** So many heads are remembered; older ones have their runs on GitHub by then. */
const HEADS = 10_000;
/** How many requests for further runs are made in one read, for all commits together. */
const RUN_REQUESTS = 10;

/**
 * Which pull requests were last seen with which head, by this process: two that come in the same second see each other here, before either
 * has a run on the commit.
 */
export class Heads {
  readonly #seen = new LRUCache<string, Set<number>>(atMost(HEADS));

  /** The others that were seen with it. */
  note(repository: number, head: string, number: number): readonly number[] {
    const key = `${repository} ${head}`;
    const seen = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, seen);
    const others = [...seen].filter((other) => other !== number);
    if (seen.size <= MOST_SHARING) seen.add(number);
    return others;
  }
}

/**
 * A commit belongs to everybody who points a branch at it: others can open so many pull requests on a proposal's head that a page
 * of the runs they bring does not show the proposal. What the first pages leave out is read here, within bounds.
 *
 * Whose head it is is told by the clerk's own runs on it: GitHub's list of the pull requests that hold a commit is empty for a fork's
 * (https://github.com/palantir/bulldozer/issues/563, https://github.com/HypothesisWorks/hypothesis/issues/4840, https://github.com/google/go-github/issues/2241).
 */
export async function withShared(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  facts: Facts,
  heads: Heads,
): Promise<ReadResult<{ facts: Facts }>> {
  let left = RUN_REQUESTS;
  let changed = false;
  const nodes: { commit: CommitNode }[] = [];
  for (const { commit } of present(facts.pull.commits.nodes)) {
    if (left <= 0 || isWhole(commit)) {
      nodes.push({ commit });
      continue;
    }
    const more = await moreRuns(caller, appId, ref, commit, left);
    if (more.kind !== "read") return more;
    left -= more.requests;
    changed = true;
    nodes.push({ commit: more.commit });
  }
  const pull = changed ? { ...facts.pull, commits: { nodes } } : facts.pull;
  const sharing = await sharingOf(caller, ref, { ...facts, pull }, heads);
  if (sharing.kind !== "read") return sharing;
  const { numbers, whole } = sharing;
  return { kind: "read", facts: { ...facts, pull, sharing: { numbers, whole } } };
}

const isWhole = ({ checkSuites }: CommitNode): boolean =>
  checkSuites?.pageInfo.hasNextPage !== true &&
  present(checkSuites?.nodes).every(({ all }) => all?.pageInfo.hasNextPage !== true);

async function moreRuns(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  commit: CommitNode,
  most: number,
): Promise<ReadResult<{ commit: CommitNode; requests: number }>> {
  let requests = 0;
  let suitesPage = commit.checkSuites?.pageInfo;
  const suites: SuiteNode[] = [...present(commit.checkSuites?.nodes)];
  while (suitesPage?.hasNextPage && requests < most) {
    requests += 1;
    const variables = {
      owner: ref.owner,
      repo: ref.name,
      head: commit.oid,
      appId,
      after: suitesPage.endCursor,
    };
    const answered = await ask(caller, ref.installation, SUITES, variables);
    if (answered.kind !== "read") return answered;
    const list = answered.data.repository?.object?.checkSuites;
    suites.push(...present(list?.nodes));
    suitesPage = leadsOn(list?.pageInfo, suitesPage);
  }
  for (const [index, suite] of suites.entries()) {
    const runs: RunNode[] = [...present(suite.all?.nodes)];
    let page = suite.all?.pageInfo;
    while (page?.hasNextPage && requests < most) {
      requests += 1;
      const variables = { id: suite.id, after: page.endCursor };
      const answered = await ask(caller, ref.installation, MORE_RUNS, variables);
      if (answered.kind !== "read") return answered;
      const list = answered.data.node?.checkRuns;
      runs.push(...present(list?.nodes));
      page = leadsOn(list?.pageInfo, page);
    }
    suites[index] = { ...suite, all: page === undefined ? suite.all : { nodes: runs, pageInfo: page } };
  }
  const checkSuites = suitesPage === undefined ? commit.checkSuites : { nodes: suites, pageInfo: suitesPage };
  return { kind: "read", commit: { ...commit, checkSuites }, requests };
}

/** Of those that have had this head, the open ones that have it now. */
async function sharingOf(
  caller: Caller,
  ref: ProposalRef,
  { pull, repository }: Facts,
  heads: Heads,
): Promise<ReadResult<{ numbers: readonly number[]; whole: boolean }>> {
  const head = pull.headRefOid;
  const commit = present(pull.commits.nodes).find((node) => node.commit.oid === head)?.commit;
  const seen = pull.state === "OPEN" ? heads.note(repository.databaseId, head, pull.number) : [];
  const others = new Set([...seen, ...(commit === undefined ? [] : pullsOn(commit))]);
  others.delete(pull.number);
  // The newest first: those opened on a head that others have had are the ones that could hide them.
  const candidates = [...others].sort((a, b) => b - a);
  let whole = commit !== undefined && isWhole(commit) && candidates.length < MOST_SHARING;
  const numbers: number[] = [];
  for (let from = 0; from < Math.min(candidates.length, MOST_SHARING); from += SHARING_EACH) {
    const some = candidates.slice(from, Math.min(from + SHARING_EACH, MOST_SHARING));
    const parts = some.map((number) => ({ number }));
    const { query, variables } = numbered(SHARED_HEADS, parts);
    const named = { owner: ref.owner, repo: ref.name };
    const answered = await ask(caller, ref.installation, query, { ...named, ...variables });
    if (answered.kind === "unreadable") return answered;
    // One of them is not there any more, and GitHub tells nothing of the others either.
    const answers = answered.kind === "gone" ? [] : numberedParts(answered.data.repository, some.length);
    if (answers.length < some.length || answers.some((part) => part == null)) whole = false;
    for (const part of answers)
      if (part?.state === "OPEN" && part.headRefOid === head) numbers.push(part.number);
  }
  return { kind: "read", numbers, whole };
}

/** A page that does not lead on is not the end of its list. */
const leadsOn = (next: PageInfo | undefined, before: PageInfo): PageInfo => next ?? before;
