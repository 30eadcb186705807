import { ancestors } from "../commits.js";
import { shownRun } from "../doings/checks.js";
import { nodeId } from "../ids.js";
import type { CheckRun, Repository, TreeFile } from "../state.js";
import { connection, type PageArguments } from "./connection.js";
import { pullOf, pullsWith } from "./pull.js";
import { maybeTime, timeOf, type View } from "./view.js";

export function commit(view: View, repository: Repository, oid: string): Record<string, unknown> | null {
  const one = view.state.commits.get(oid);
  if (one === undefined) return null;
  const signed = (by: typeof one.author) => ({
    name: by.name,
    email: by.email,
    date: timeOf(by.date),
    user: () =>
      by.accountId === null || !view.state.accounts.has(by.accountId)
        ? null
        : { login: view.state.accounts.get(by.accountId)?.login, databaseId: by.accountId },
  });
  return {
    __typename: "Commit",
    id: nodeId("commit", repository.id, oid),
    oid,
    message: one.message,
    committedDate: timeOf(one.committer.date),
    authoredDate: timeOf(one.author.date),
    author: () => signed(one.author),
    committer: () => signed(one.committer),
    parents: (args: PageArguments) =>
      connection(
        one.parents,
        args,
        (parent) => parent,
        (parent) => commit(view, repository, parent),
        "parents",
      ),
    file: ({ path }: { path: string }) => file(one.files, path),
    history: (args: PageArguments & { path?: string | null }) => {
      const all = [...ancestors(view.state, oid)].filter(
        (each) => args.path == null || touches(view, each, args.path),
      );
      return connection(
        all,
        args,
        (each) => each,
        (each) => commit(view, repository, each),
        "history",
      );
    },
    associatedPullRequests: (args: PageArguments) =>
      connection(
        pullsWith(view, repository, oid),
        args,
        (thread) => thread.number,
        (thread) => pullOf(view, repository, thread),
        "associatedPullRequests",
      ),
    checkSuites: (args: PageArguments & { filterBy?: { appId?: number | null } | null }) => {
      const suites = [...repository.suites.values()].filter(
        (suite) =>
          suite.headOid === oid && (args.filterBy?.appId == null || args.filterBy.appId === view.appId),
      );
      return connection(
        suites,
        args,
        (suite) => suite.id,
        (suite) => ({
          id: nodeId("suite", suite.id),
          databaseId: suite.id,
          createdAt: timeOf(suite.createdAt),
          updatedAt: timeOf(suite.updatedAt),
          checkRuns: (page: PageArguments & { filterBy?: RunFilter | null }) =>
            connection(
              runsOf(repository, suite.id, page.filterBy ?? {}),
              page,
              (run) => run.id,
              (run) => runOf(shownRun(run, view.now)),
              "checkRuns",
            ),
        }),
        "checkSuites",
      );
    },
  };
}

interface RunFilter {
  readonly checkName?: string | null;
  /** GitHub shows the latest run of each name unless ALL are asked for. */
  readonly checkType?: "ALL" | "LATEST" | null;
}

function runsOf(
  repository: Repository,
  suiteId: number,
  { checkName, checkType }: RunFilter,
): readonly CheckRun[] {
  const runs = [...repository.runs.values()]
    .filter((run) => run.suiteId === suiteId && (checkName == null || run.name === checkName))
    .sort((a, b) => b.id - a.id);
  if (checkType === "ALL") return runs;
  return runs.filter((run, at) => runs.findIndex((other) => other.name === run.name) === at);
}

const runOf = (run: CheckRun): Record<string, unknown> => ({
  __typename: "CheckRun",
  id: nodeId("run", run.id),
  databaseId: run.id,
  name: run.name,
  externalId: run.externalId,
  status: run.status.toUpperCase(),
  conclusion: run.conclusion?.toUpperCase() ?? null,
  startedAt: timeOf(run.startedAt),
  completedAt: maybeTime(run.completedAt),
  title: run.title,
  summary: run.summary,
  text: run.text,
});

/** A tree entry by its path: a file, a symbolic link, or a folder when files lie below it. */
function file(files: ReadonlyMap<string, TreeFile>, path: string): Record<string, unknown> | null {
  const found = files.get(path);
  if (found === undefined) {
    const folder = [...files.keys()].some((each) => each.startsWith(`${path}/`));
    return folder
      ? { mode: 0o40000, type: "tree", oid: "0".repeat(40), size: 0, path, object: { __typename: "Tree" } }
      : null;
  }
  const byteSize = Buffer.byteLength(found.text);
  const isTruncated = byteSize > 512_000;
  return {
    mode: Number.parseInt(found.mode, 8),
    type: "blob",
    oid: found.oid,
    size: byteSize,
    path,
    object: {
      __typename: "Blob",
      oid: found.oid,
      text: found.text.includes("\0") ? null : isTruncated ? found.text.slice(0, 512_000) : found.text,
      isTruncated,
      isBinary: found.text.includes("\0"),
      byteSize,
    },
  };
}

/** Did this commit change the file, against its first parent? A merge that took a side unchanged is left out of the history. */
function touches(view: View, oid: string, path: string): boolean {
  const one = view.state.commits.get(oid);
  const entry = (files: ReadonlyMap<string, TreeFile> | undefined) => {
    const found = files?.get(path);
    return found === undefined ? null : `${found.mode} ${found.oid}`;
  };
  const now = entry(one?.files);
  const before = (one?.parents ?? []).map((parent) => entry(view.state.commits.get(parent)?.files));
  return before.length === 0 ? now !== null : before.every((each) => each !== now);
}
