import { CONFIG_FILE } from "../../domain/model/rules.js";
import { cutTo } from "../../domain/text/cut.js";
import { SECOND } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import { isTooExpensive, type ReadResult, unreadable } from "../readResult.js";
import { NO_BOXES, type WithBoxes, wholeLists } from "./boxEdits.js";
import { runsWithoutText } from "./checks.js";
import type { Facts } from "./facts.js";
import { furtherInline } from "./further.js";
import {
  type CommentNode,
  type EventNode,
  eventsIn,
  type FileNode,
  type InlineNode,
  isOfAnotherKind,
  type PullHead,
  present,
  type RepositoryHead,
  type ReviewNode,
} from "./nodes.js";
import { isTooLong, MOST_ENTRIES, type Progress, step } from "./paging.js";
import { Portion } from "./portions.js";
import { COLD, type ColdQuery, type RepositoryFactsFragment, RUN_TEXTS, RUNS } from "./queries/generated.js";
import { type Heads, withShared } from "./shared.js";

export const LISTS = ["comments", "reviews", "threads", "events", "files"] as const;
export type List = (typeof LISTS)[number];

/** How many parts one request for further pages has. */
const PARTS = 10;
/** GitHub lists 3,000 files of a PR at most. */
const FILE_PAGE = 100;

/**
 * Reads lists from their beginning, a page of each side by side in one request: 1,200 items in about a dozen. With `known`, only
 * the lists named are read, and the rest is taken from there. What GitHub gives up on is asked for in smaller portions, as `portion` then tells.
 * The edits of `boxes` come with the first request; where that goes wrong in any way they are left out, and read by themselves as any others.
 */
export async function readCold(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  lists: readonly List[],
  known: Facts | null,
  {
    most = MOST_ENTRIES,
    portion = new Portion(),
    boxes = NO_BOXES,
  }: { most?: number; portion?: Portion; boxes?: WithBoxes } = {},
): Promise<ReadResult<{ facts: Facts }>> {
  const askedAt = caller.gitHubNow();
  const from = (list: List): Progress => ({ after: null, done: !lists.includes(list), asked: 0 });
  const at: Record<List, Progress> = {
    comments: from("comments"),
    reviews: from("reviews"),
    threads: from("threads"),
    events: from("events"),
    files: from("files"),
  };

  const comments = new Map<string, CommentNode>();
  const reviews = new Map<string, ReviewNode>();
  const threads = new Map<string, Map<string, InlineNode>>();
  const unread: { id: string; after: string | null; into: Map<string, InlineNode> }[] = [];
  const events = new Map<string, EventNode>();
  const files: FileNode[] = [];
  const totals = { comments: 0, reviews: 0, threads: 0 };
  let withBoxes = portion.step === 0 ? boxes : NO_BOXES;
  let boxEdits: ColdQuery["edits"] = [];
  let head = known && { viewer: known.viewer, repository: known.repository, pull: known.pull };

  while (head === null || LISTS.some((list) => !at[list].done)) {
    const long = LISTS.find((list) => isTooLong(at[list], most));
    if (long !== undefined) return unreadable(`there are more than ${most} of its ${long}`, null);
    const wantsHead = head === null;
    const { page, alone } = portion;
    const threadPage = Math.ceil(page / 2);
    const next = wantsHead ? null : LISTS.find((list) => !at[list].done);
    const wanted = LISTS.filter((list) => !at[list].done && (!alone || list === next));
    const wants = (list: List) => wanted.includes(list);
    const variables = {
      owner: ref.owner,
      repo: ref.name,
      number: ref.number,
      config: CONFIG_FILE,
      appId,
      page,
      threadPage,
      head: wantsHead,
      comments: wants("comments"),
      commentsAfter: at.comments.after,
      reviews: wants("reviews"),
      reviewsAfter: at.reviews.after,
      threads: wants("threads"),
      threadsAfter: at.threads.after,
      events: wants("events"),
      eventsAfter: at.events.after,
      files: wants("files"),
      filesAfter: at.files.after,
      status: withBoxes.ids,
      edits: withBoxes.edits,
    };
    const answered = await ask(caller, ref.installation, COLD, variables, { repeatable: portion.smallest });
    const isWithEdits = wantsHead && withBoxes.ids.length > 0;
    if (isWithEdits && answered.kind === "unreadable" && answered.because !== undefined) {
      // One of these comments is gone, or their edits are too much besides all else.
      withBoxes = NO_BOXES;
      continue;
    }
    if (isTooExpensive(answered) && !portion.smallest) {
      portion.shrink();
      continue;
    }
    if (answered.kind !== "read") return answered;
    const { viewer, repository } = answered.data;
    const pull = repository?.pullRequest;
    if (!repository || !pull) return { kind: "gone", why: "there is no such pull request" };
    // Asked for with `head`, so they are there.
    if (wantsHead) {
      head = {
        viewer,
        repository: repositoryOf(repository as RepositoryFactsFragment),
        pull: pullOf(pull as PullHead),
      };
      boxEdits = answered.data.edits ?? [];
    }
    if (wants("comments")) {
      const list = given(pull.comments);
      for (const node of present(list.nodes)) comments.set(node.id, node);
      totals.comments = list.totalCount;
      step(at.comments, list.pageInfo, page);
    }
    if (wants("reviews")) {
      const list = given(pull.reviews);
      for (const node of present(list.nodes)) reviews.set(node.id, node);
      totals.reviews = list.totalCount;
      step(at.reviews, list.pageInfo, page);
    }
    if (wants("threads")) {
      const list = given(pull.reviewThreads);
      for (const thread of present(list.nodes)) {
        const into = new Map(present(thread.comments.nodes).map((node) => [node.id, node]));
        threads.set(thread.id, into);
        const { hasNextPage, endCursor } = thread.comments.pageInfo;
        if (hasNextPage) unread.push({ id: thread.id, after: endCursor, into });
      }
      totals.threads = list.totalCount;
      step(at.threads, list.pageInfo, threadPage);
    }
    if (wants("events")) {
      const list = given(pull.timelineItems);
      for (const node of eventsIn(list.nodes)) events.set(node.id, node);
      step(at.events, list.pageInfo, page);
    }
    if (wants("files")) {
      // A PR whose files GitHub has not worked out (yet) has null here: unreadable, not a PR without files.
      const list = given(pull.files);
      files.push(...present(list.nodes));
      step(at.files, list.pageInfo, FILE_PAGE);
    }
  }
  for (let parts = PARTS; unread.length > 0; ) {
    const batch = unread.slice(0, parts);
    const further = await furtherInline(caller, ref.installation, batch);
    if (isTooExpensive(further) && parts > 1) {
      parts = Math.ceil(parts / 4);
      continue;
    }
    if (further.kind !== "read") return further;
    unread.splice(0, batch.length);
    for (const [index, part] of batch.entries()) {
      const list = given(further.lists[index]);
      for (const node of present(list.nodes)) part.into.set(node.id, node);
      if (list.pageInfo.hasNextPage) unread.push({ ...part, after: list.pageInfo.endCursor });
    }
  }
  const has = (list: List) => lists.includes(list) || known === null;
  const facts: Facts = {
    ...head,
    comments: has("comments") || known === null ? comments : known.comments,
    reviews: has("reviews") || known === null ? reviews : known.reviews,
    threads: has("threads") || known === null ? threads : known.threads,
    ...(has("threads") || known?.threadsInPart === undefined ? {} : { threadsInPart: true as const }),
    events: has("events") || known === null ? events : known.events,
    files: has("files") || known === null ? files : known.files,
    edits: known?.edits ?? wholeLists(boxEdits, comments),
    missing: {
      comments: has("comments") || known === null ? totals.comments - comments.size : known.missing.comments,
      reviews: has("reviews") || known === null ? totals.reviews - reviews.size : known.missing.reviews,
      threads: has("threads") || known === null ? totals.threads - threads.size : known.missing.threads,
    },
    ...(known?.older === undefined ? {} : { older: known.older }),
    eventsAt: has("events") || known === null ? askedAt : known.eventsAt,
    coldAt: known?.coldAt ?? caller.now(),
  };
  return { kind: "read", facts };
}

/** Only the repository's own fields. */
export function repositoryOf(repository: RepositoryFactsFragment): RepositoryHead {
  const { id, databaseId, name, isArchived, hasIssuesEnabled, owner, defaultBranchRef } = repository;
  if (databaseId === null) throw new Error("GitHub does not tell the id of the repository");
  return { id, databaseId, name, isArchived, hasIssuesEnabled, owner, defaultBranchRef };
}

/** How much of the description is read: a command in it is only answered (reply.scope), and the names of its authors stand near its top. */
const DESCRIPTION_READ = 8_192;

/** Only the head's own fields: lists are kept apart from it. */
export function pullOf(pull: PullHead): PullHead {
  const { id, number, title, url, state, isDraft, locked, createdAt, updatedAt, closedAt, mergedAt } = pull;
  const { author, authorAssociation, baseRefName, headRefOid, changedFiles, labels, commits } = pull;
  const { lastEditedAt, editor } = pull;
  return {
    ...{ id, number, title, url, state, isDraft, locked, createdAt, updatedAt, closedAt, mergedAt },
    ...{ author, authorAssociation, baseRefName, headRefOid, changedFiles, labels, commits },
    ...{ lastEditedAt, editor, body: cutTo(pull.body, DESCRIPTION_READ) },
  };
}

/**
 * The head commit with its runs, where the PR's own list of commits does not end with it (it is cut off at 250), and the records
 * of runs that others' newer ones hide.
 */
export async function withRuns(
  caller: Caller,
  appId: number,
  ref: ProposalRef,
  read: Facts,
  heads: Heads,
): Promise<ReadResult<{ facts: Facts }>> {
  let facts = read;
  const { headRefOid: head, commits } = facts.pull;
  if (!present(commits.nodes).some(({ commit }) => commit.oid === head)) {
    const variables = { owner: ref.owner, repo: ref.name, head, appId };
    const answered = await ask(caller, ref.installation, RUNS, variables);
    if (answered.kind !== "read") return answered;
    const commit = answered.data.repository?.object;
    if (!commit || isOfAnotherKind(commit))
      return unreadable("the head commit cannot be read yet", caller.now() + 5 * SECOND);
    const nodes = [...present(commits.nodes), { commit }];
    facts = { ...facts, pull: { ...facts.pull, commits: { nodes } } };
  }
  const shared = await withShared(caller, appId, ref, facts, heads);
  if (shared.kind !== "read") return shared;
  facts = shared.facts;
  const ids = runsWithoutText(facts);
  if (ids.length === 0) return { kind: "read", facts };
  const answered = await ask(caller, ref.installation, RUN_TEXTS, { ids });
  if (answered.kind !== "read") return answered;
  const texts = new Map(
    present(answered.data.nodes).map((node) => [node.id, "text" in node ? node.text : null]),
  );
  const withText = <T extends { readonly id: string } | null>(run: T): T =>
    run !== null && texts.has(run.id) ? { ...run, text: texts.get(run.id) } : run;
  const nodes = present(facts.pull.commits.nodes).map(({ commit }) => ({
    commit: {
      ...commit,
      checkSuites: commit.checkSuites && {
        ...commit.checkSuites,
        nodes: present(commit.checkSuites.nodes).map((suite) => ({
          ...suite,
          all: suite.all && { ...suite.all, nodes: (suite.all.nodes ?? []).map(withText) },
        })),
      },
    },
  }));
  return { kind: "read", facts: { ...facts, pull: { ...facts.pull, commits: { nodes } } } };
}

function given<T>(list: T | null | undefined): T {
  if (list === null || list === undefined) throw new Error("GitHub left out a list that was asked for");
  return list;
}
