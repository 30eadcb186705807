import { schema as published } from "@octokit/graphql-schema";
import { Octokit } from "@octokit/rest";
import { buildSchema, graphqlSync } from "graphql";
import nock from "nock";
import { parseConfig } from "../../src/config/parse.js";
import { CONFIG_FILE, type Rules } from "../../src/domain/model/rules.js";
import { Caller, type Request, type RequestFor } from "../../src/github/client/call.js";
import { NodeIds } from "../../src/github/nodeIds.js";
import type { LawfulMemory, ProposalRef } from "../../src/github/ports.js";
import { Configs } from "../../src/github/read/config.js";
import { OwnForms } from "../../src/github/read/ownForms.js";
import { OwnReactions } from "../../src/github/read/ownReactions.js";
import { Pulls } from "../../src/github/read/pulls.js";
import { GitHubReader } from "../../src/github/read/reader.js";
import { RecordKeys } from "../../src/github/record/keys.js";
import { GitHubWriter } from "../../src/github/write/writer.js";
import { spokenLines } from "../../src/markdown/spokenLines.js";
import type { Clock } from "../../src/platform/clock.js";
import { type Log, silentLog } from "../../src/platform/log.js";
import { connecting } from "../support/connecting.js";
import { MATRIX } from "../support/rules.js";

const schema = buildSchema(published.idl, { assumeValidSDL: true });

export const API = "https://api.github.com";
export const REF: ProposalRef = { installation: 7, owner: "matrix-org", name: "proposals", number: 1779 };
export const KEYS = RecordKeys.from({ recordKeys: "a key that only tests have" });
export const REPOSITORY_ID = 4242;
export const APP_ID = 99;
export const CLERK = { __typename: "Bot", login: "msc-clerk", databaseId: 900 };
export const HEAD = "a".repeat(40);
export const START = Date.parse("2026-03-01T12:00:00Z");

export const user = (login: string, databaseId: number) => ({ __typename: "User", login, databaseId });
export type FakeActor = {
  readonly __typename: string;
  readonly login: string;
  readonly databaseId?: number;
} | null;

/** Time that stands still but for sleeping. */
export class TestClock implements Clock {
  at: number;
  readonly slept: number[] = [];

  constructor(at: number = START) {
    this.at = at;
  }

  now(): number {
    return this.at;
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.at += ms;
    return Promise.resolve();
  }
}

export interface FakeEdit {
  id: string;
  createdAt: string;
  editedAt: string;
  diff: string | null;
  deletedAt: string | null;
  editor: FakeActor;
}

export interface FakeSaid {
  __typename: string;
  id: string;
  fullDatabaseId: string;
  url: string;
  body: string;
  createdAt: string;
  updatedAt: string;
  lastEditedAt: string | null;
  includesCreatedEdit: boolean;
  isMinimized: boolean;
  viewerDidAuthor: boolean;
  author: FakeActor;
  editor: FakeActor;
  reactionGroups: { content: string; viewerHasReacted: boolean }[];
  edits: FakeEdit[];
  userContentEdits: (args: PageArgs) => unknown;
  [field: string]: unknown;
}

interface PageArgs {
  first?: number;
  last?: number;
  after?: string | null;
}

/** What GitHub does with `first`, `last` and `after`; cursors are places in the list. */
export function connection<T>(items: readonly T[], { first, last, after }: PageArgs) {
  if ((first ?? last ?? 0) > 100) throw new Error("GitHub gives at most 100 at a time");
  const from = after ? Number(after) + 1 : 0;
  const slice = last !== undefined ? items.slice(-last) : items.slice(from, from + (first ?? 0));
  const end = last !== undefined ? items.length : from + slice.length;
  return {
    totalCount: items.length,
    nodes: slice,
    pageInfo: { hasNextPage: end < items.length, endCursor: slice.length > 0 ? String(end - 1) : null },
  };
}

export const iso = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");

/** One pull request as GitHub holds it, answered for by GitHub's own schema, at the HTTP edge. */
export class FakeGitHub {
  at = START;
  comments: FakeSaid[] = [];
  reviews: FakeSaid[] = [];
  threads: { id: string; comments: FakeSaid[] }[] = [];
  events: Record<string, unknown>[] = [];
  files: { path: string; changeType: string }[] = [{ path: "proposals/1779-x.md", changeType: "ADDED" }];
  labels: string[] = ["proposal"];
  runs: { commit: string; run: Record<string, unknown> }[] = [];
  commits: string[] = [HEAD];
  /** Messages of commits, and who GitHub knows as their author. */
  readonly messages = new Map<string, { message: string; user?: FakeActor }>();
  /** Texts at the head, by path. */
  readonly texts = new Map<
    string,
    { oid: string; text: string; mode?: number; blob?: Record<string, unknown> }
  >();
  /** The runs of a commit by suite, where it has more than one of the clerk's. */
  readonly suites = new Map<string, Record<string, unknown>[][]>();
  /** Other pull requests, as far as they are asked about because of their runs. */
  siblings: { number: number; state: string; headRefOid: string }[] = [];
  pull: Record<string, unknown> = {
    __typename: "PullRequest",
    id: "PR_1",
    fullDatabaseId: "1",
    number: 1779,
    title: "MSC1779: governance",
    url: "https://github.com/matrix-org/proposals/pull/1779",
    state: "OPEN",
    isDraft: false,
    locked: false,
    createdAt: iso(START),
    updatedAt: iso(START),
    closedAt: null,
    mergedAt: null,
    body: "",
    lastEditedAt: null,
    editor: null,
    author: user("author", 500),
    authorAssociation: "CONTRIBUTOR",
    baseRefName: "main",
    headRefOid: HEAD,
    headRefName: "change",
    headRepository: { nameWithOwner: "author/proposals" },
  };
  config: { oid: string; text: string; mode?: number; type?: string; blob?: Record<string, unknown> } | null =
    null;
  defaultHead = "d".repeat(40);
  archived = false;
  history: Record<string, unknown>[] = [];
  /** The queries asked, by operation name. */
  readonly asked: string[] = [];
  /** The variables of the last query. */
  last: Record<string, unknown> = {};
  /** Answers to give instead of the true one, first to last. */
  readonly instead: ((body: Record<string, unknown>) => nock.ReplyFnResult)[] = [];
  /** Changes the true answer. */
  warp: ((body: { data?: Record<string, unknown>; errors?: unknown }) => unknown) | null = null;
  #number = 1000;

  serve(): this {
    // It lists no files, as where there are too many: every commit's text is another (text.same).
    nock(API)
      .persist()
      .get(/\/compare\//)
      .reply(200, {});
    nock(API)
      .persist()
      .post("/graphql")
      .reply((_uri, raw) => {
        const body = raw as { query: string; variables: Record<string, unknown> };
        this.last = body.variables;
        this.asked.push(/(?:query|mutation) (\w+)/.exec(body.query)?.[1] ?? "?");
        const instead = this.instead.shift();
        if (instead !== undefined) return instead(body);
        const result = graphqlSync({
          schema,
          source: body.query,
          rootValue: this.#root(),
          variableValues: body.variables,
        });
        const answer = JSON.parse(JSON.stringify(result)) as {
          data?: Record<string, unknown>;
          errors?: unknown;
        };
        return [200, (this.warp?.(answer) ?? answer) as nock.ReplyBody];
      });
    return this;
  }

  tick(seconds = 60): number {
    this.at += seconds * 1000;
    this.pull.updatedAt = iso(this.at);
    return this.at;
  }

  said(
    kind: "IssueComment" | "PullRequestReview" | "PullRequestReviewComment",
    author: FakeActor,
    body: string,
    more: Record<string, unknown> = {},
  ): FakeSaid {
    this.#number += 1;
    const number = this.#number;
    const at = iso(this.tick());
    const said: FakeSaid = {
      __typename: kind,
      id: `${kind}_${number}`,
      fullDatabaseId: String(9_007_199_254_740_993n + BigInt(number)), // beyond what a double holds
      url: `https://github.com/matrix-org/proposals/pull/1779#${number}`,
      body,
      createdAt: at,
      updatedAt: at,
      lastEditedAt: null,
      includesCreatedEdit: false,
      viewerDidAuthor: author !== null && author.__typename === "Bot" && author.login === CLERK.login,
      author,
      editor: null,
      isMinimized: false,
      reactionGroups: [],
      edits: [],
      userContentEdits: (args) => connection(said.edits, args),
      ...more,
    };
    return said;
  }

  comment(author: FakeActor, body: string, more: Record<string, unknown> = {}): FakeSaid {
    const said = this.said("IssueComment", author, body, more);
    this.comments.push(said);
    return said;
  }

  review(author: FakeActor, state: string, body = "", more: Record<string, unknown> = {}): FakeSaid {
    const said = this.said("PullRequestReview", author, body, { state, commit: { oid: HEAD }, ...more });
    said.submittedAt ??= said.createdAt;
    this.reviews.push(said);
    return said;
  }

  inline(author: FakeActor, body: string, thread?: string, more: Record<string, unknown> = {}): FakeSaid {
    const review = this.review(author, "COMMENTED");
    const said = this.said("PullRequestReviewComment", author, body, {
      pullRequestReview: review,
      ...more,
    });
    said.publishedAt ??= said.createdAt;
    const found = this.threads.find(({ id }) => id === thread);
    if (found) found.comments.push(said);
    else this.threads.push({ id: thread ?? `T_${said.id}`, comments: [said] });
    return said;
  }

  edit(said: FakeSaid, editor: FakeActor, body: string): void {
    const at = iso(this.tick());
    if (said.edits.length === 0) {
      said.includesCreatedEdit = true;
      const created = said.createdAt;
      said.edits.push({
        id: `E_${said.id}_0`,
        createdAt: created,
        editedAt: created,
        diff: said.body,
        deletedAt: null,
        editor: said.author,
      });
    }
    said.edits.unshift({
      id: `E_${said.id}_${said.edits.length}`,
      createdAt: at,
      editedAt: at,
      diff: body,
      deletedAt: null,
      editor,
    });
    said.body = body;
    said.editor = editor;
    said.lastEditedAt = at;
    said.updatedAt = at;
  }

  event(__typename: string, actor: FakeActor, more: Record<string, unknown> = {}): Record<string, unknown> {
    this.#number += 1;
    const event = { __typename, id: `EV_${this.#number}`, createdAt: iso(this.tick()), actor, ...more };
    this.events.push(event);
    return event;
  }

  label(name: string, actor: FakeActor): void {
    this.labels.push(name);
    this.event("LabeledEvent", actor, { label: { name } });
  }

  run(commit: string, run: Record<string, unknown> = {}): void {
    this.#number += 1;
    this.runs.push({
      commit,
      run: {
        __typename: "CheckRun",
        id: `CR_${this.#number}`,
        databaseId: this.#number,
        name: "msc-clerk",
        externalId: "1779:in_progress",
        status: "IN_PROGRESS",
        conclusion: null,
        startedAt: iso(this.at),
        title: "Waiting",
        summary: "It waits.",
        text: null,
        ...run,
      },
    });
  }

  #root() {
    const threads = () =>
      this.threads.map((thread) => ({
        __typename: "PullRequestReviewThread",
        id: thread.id,
        comments: (args: PageArgs) => connection(thread.comments, args),
      }));
    const node = (id: string) =>
      [
        ...this.comments,
        ...this.reviews,
        ...this.threads.flatMap((thread) => thread.comments),
        ...threads(),
        ...this.runs.map(({ run }) => run as { id: string }),
      ].find((one) => one.id === id) ??
      this.#suiteOf(id) ??
      null;
    return {
      rateLimit: { cost: 1, remaining: 4999 },
      viewer: { login: "msc-clerk[bot]", databaseId: CLERK.databaseId },
      repository: () => this.#repository(threads),
      node: ({ id }: { id: string }) => node(id),
      nodes: ({ ids }: { ids: string[] }) => ids.map(node),
    };
  }

  #suite(oid: string, at: number, runs: readonly Record<string, unknown>[]) {
    return {
      __typename: "CheckSuite",
      id: `CS_${oid}_${at}`,
      checkRuns: ({
        filterBy,
        ...args
      }: PageArgs & { filterBy: { checkType: string; checkName: string } }) => {
        const named = runs.filter(({ name }) => name === filterBy.checkName).reverse();
        return connection(filterBy.checkType === "ALL" ? named : named.slice(0, 1), args);
      },
    };
  }

  #suiteOf(id: string) {
    const [, oid, at] = /^CS_([0-9a-f]+)_(\d+)$/.exec(id) ?? [];
    if (oid === undefined) return null;
    const runs = this.runs.filter(({ commit }) => commit === oid).map(({ run }) => run);
    return this.#suite(oid, Number(at), (this.suites.get(oid) ?? [runs])[Number(at)] ?? []);
  }

  #commit(oid: string) {
    const runs = this.runs.filter(({ commit }) => commit === oid).map(({ run }) => run);
    return {
      __typename: "Commit",
      oid,
      checkSuites: (args: PageArgs) =>
        connection(
          (this.suites.get(oid) ?? [runs]).map((runs, at) => this.#suite(oid, at, runs)),
          args,
        ),
      message: this.messages.get(oid)?.message ?? "Change",
      author: { user: this.messages.get(oid)?.user ?? null },
      file: ({ path }: { path: string }) =>
        path !== CONFIG_FILE
          ? this.#textAt(path)
          : this.config && {
              mode: this.config.mode ?? 33188,
              type: this.config.type ?? "blob",
              oid: this.config.oid,
              size: this.config.text.length,
              object: {
                __typename: "Blob",
                text: this.config.text,
                isTruncated: false,
                isBinary: false,
                byteSize: this.config.text.length,
                ...this.config.blob,
              },
            },
      history: (args: PageArgs) => connection(this.history, args),
    };
  }

  #textAt(path: string) {
    const file = this.texts.get(path);
    return file === undefined
      ? null
      : {
          type: "blob",
          mode: file.mode ?? 33188,
          oid: file.oid,
          size: Buffer.byteLength(file.text),
          object: {
            __typename: "Blob",
            isTruncated: false,
            isBinary: false,
            byteSize: Buffer.byteLength(file.text),
            text: file.text,
            ...file.blob,
          },
        };
  }

  #repository(threads: () => unknown[]) {
    const newestFirst = () =>
      [...this.comments].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0));
    return {
      id: "R_proposals",
      databaseId: REPOSITORY_ID,
      name: "proposals",
      isArchived: this.archived,
      visibility: "PUBLIC",
      nameWithOwner: "matrix-org/proposals",
      url: "https://github.example/matrix-org/proposals",
      hasIssuesEnabled: true,
      owner: { __typename: "Organization", login: "matrix-org" },
      defaultBranchRef: { name: "main", target: this.#commit(this.defaultHead) },
      object: ({ oid }: { oid: string }) =>
        [...this.texts.keys()].map((path) => this.#textAt(path)).find((entry) => entry?.oid === oid)
          ?.object ?? this.#commit(oid),
      pullRequest: ({ number }: { number: number }) =>
        this.siblings.find((one) => one.number === number) ?? {
          ...this.pull,
          changedFiles: this.files.length,
          labels: (args: PageArgs) =>
            connection(
              this.labels.map((name) => ({ id: `LA_${name}`, name })),
              args,
            ),
          commits: (args: PageArgs) =>
            connection(
              this.commits.map((oid) => ({ commit: this.#commit(oid) })),
              args,
            ),
          comments: (args: PageArgs & { orderBy?: unknown }) =>
            connection(args.orderBy ? newestFirst() : this.comments, args),
          reviews: (args: PageArgs) => connection(this.reviews, args),
          reviewThreads: (args: PageArgs) => connection(threads(), args),
          timelineItems: ({ since, ...args }: PageArgs & { since?: string | null }) =>
            connection(
              this.events.filter(
                (event) => !since || Date.parse(String(event.createdAt)) >= Date.parse(since),
              ),
              args,
            ),
          files: (args: PageArgs) => connection(this.files, args),
        },
    };
  }
}

export interface Connected {
  readonly reader: GitHubReader;
  /** Pull requests alone, without what the rules about the rules need. */
  readonly pulls: Pulls;
  readonly lawful: LawfulMemory;
  readonly writer: GitHubWriter;
  readonly nodeIds: NodeIds;
  readonly caller: Caller;
  readonly clock: TestClock;
}

/** Reader and writer over a plain Octokit client, which nock answers, or over another. */
export function connect(
  options: {
    clock?: TestClock;
    log?: Log;
    timeout?: number;
    capacity?: number;
    appId?: number;
    requestFor?: RequestFor;
  } = {},
): Connected {
  const clock = options.clock ?? new TestClock();
  const log = options.log ?? silentLog;
  const octokit = new Octokit({
    auth: "token-that-must-not-be-logged",
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const request: Request = async (route, parameters) => {
    const { status, headers, data } = await octokit.request(route, parameters);
    return { status, headers, data };
  };
  const { memory, lawful, meter } = connecting(clock);
  const caller = new Caller({
    requestFor: options.requestFor ?? (async () => request),
    clock,
    gitHubClock: clock,
    meter,
    log,
    jitter: () => 0,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
  const shared = {
    caller,
    keys: KEYS,
    log,
    reacted: new OwnReactions(),
    forms: new OwnForms(),
    repositoryIds: new Map<string, number>(),
    nodeIds: new NodeIds(),
  };
  const configs = new Configs(caller, parseConfig);
  const pulls = new Pulls({
    ...shared,
    appId: options.appId ?? APP_ID,
    configs,
    spokenLines,
    memory,
    ...(options.capacity === undefined ? {} : { capacity: options.capacity }),
  });
  const reader = new GitHubReader({
    ...{ caller, configs, pulls, parse: parseConfig, lawful, clock, gitHubClock: clock, log, meter },
    hasIssues: async () => ({ kind: "read", any: false }),
  });
  const { nodeIds } = shared;
  return { reader, pulls, lawful, writer: new GitHubWriter(shared), nodeIds, caller, clock };
}

export async function snapshot(connected: Connected, rules: Rules = MATRIX) {
  const outcome = await connected.pulls.read(REF, { rules, adoptedAt: START - 1000 });
  if (outcome.kind !== "read") throw new Error(`${outcome.kind}: ${outcome.why}`);
  return outcome.snapshot;
}
