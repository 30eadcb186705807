import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import type { Facts } from "./facts.js";
import { type CommitNode, type PageInfo, present, type RunNode, type SuiteNode } from "./nodes.js";
import { MORE_RUNS, SIBLINGS, SUITES } from "./queries/generated.js";

/** How many further pages of a hundred pull requests with this head are read; nobody shares a head with more for a good reason. */
const SIBLING_PAGES = 3;
/** How many requests for further runs are made in one read, for all commits together. */
const RUN_REQUESTS = 10;

/**
 * A commit belongs to everybody who points a branch at it: others can open so many pull requests on a proposal's head that a page
 * of them, or of the runs they bring, does not show the proposal. What the first pages leave out is read here, within bounds.
 * Beyond these the list's `hasNextPage` stays: who reads it knows that it is not whole (check.head waits then).
 */
export async function withShared(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  facts: Facts,
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
  const shared = await moreSiblings(caller, ref, facts);
  if (shared.kind !== "read") return shared;
  if (!changed && shared.tip === null) return { kind: "read", facts };
  const commits = changed ? { nodes } : facts.pull.commits;
  const pull = { ...facts.pull, commits, tip: shared.tip ?? facts.pull.tip };
  return { kind: "read", facts: { ...facts, pull } };
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

/** null: there is nothing more than what was read. */
async function moreSiblings(
  caller: Caller,
  ref: ProposalRef,
  { pull }: Facts,
): Promise<ReadResult<{ tip: Facts["pull"]["tip"] | null }>> {
  const tip = present(pull.tip.nodes).find(({ commit }) => commit.oid === pull.headRefOid)?.commit;
  let page = tip?.associatedPullRequests?.pageInfo;
  if (tip === undefined || page?.hasNextPage !== true) return { kind: "read", tip: null };
  const nodes = [...present(tip.associatedPullRequests?.nodes)];
  for (let requests = 0; page.hasNextPage && requests < SIBLING_PAGES; requests += 1) {
    const variables = { owner: ref.owner, repo: ref.name, head: tip.oid, after: page.endCursor };
    const answered = await ask(caller, ref.installation, SIBLINGS, variables);
    if (answered.kind !== "read") return answered;
    const list = answered.data.repository?.object?.associatedPullRequests;
    nodes.push(...present(list?.nodes));
    page = leadsOn(list?.pageInfo, page);
  }
  return {
    kind: "read",
    tip: { nodes: [{ commit: { ...tip, associatedPullRequests: { nodes, pageInfo: page } } }] },
  };
}

/** A page that does not lead on is not the end of its list. */
const leadsOn = (next: PageInfo | undefined, before: PageInfo): PageInfo => next ?? before;
