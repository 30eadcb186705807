import { ancestors, commitsBetween, isAncestor } from "../../commits.js";
import { nodeId } from "../../ids.js";
import type { Commit, Repository, Signature, State, TreeFile } from "../../state.js";
import { isPull, type PullThread } from "../../store.js";
import { htmlUrl, time } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";
import { userNode } from "./account.js";
import { type SuiteFilter, suitesOf } from "./check.js";

export function commitNode(context: Context, repository: Repository, commit: Commit): Node {
  const { state } = context.view;
  const url = `${htmlUrl(context.view, repository)}/commit/${commit.oid}`;
  return {
    __typename: "Commit",
    id: nodeId("commit", repository.id, commit.oid),
    oid: commit.oid,
    abbreviatedOid: commit.oid.slice(0, 7),
    message: commit.message,
    messageHeadline: commit.message.split("\n")[0] ?? "",
    committedDate: time(commit.committer.date),
    authoredDate: time(commit.author.date),
    pushedDate: null,
    url,
    commitUrl: url,
    author: () => personNode(context, commit.author),
    committer: () => personNode(context, commit.committer),
    parents: (args: PageArguments) =>
      connection(
        "parents",
        commit.parents.flatMap((oid) => state.commits.get(oid) ?? []),
        args,
        (parent) => commitNode(context, repository, parent),
      ),
    file: ({ path }: { path: string }) => {
      const file = commit.files.get(path);
      return file ? entryNode(context, repository, path, file) : null;
    },
    history: (args: PageArguments & { path?: string | null }) =>
      connection("history", history(state, commit, args.path ?? null), args, (one) =>
        commitNode(context, repository, one),
      ),
    associatedPullRequests: (args: PageArguments & { orderBy?: { direction: "ASC" | "DESC" } | null }) => {
      // By creation, oldest first, as the schema's default has it.
      const falling = args.orderBy?.direction === "DESC";
      const oldestFirst = [...associated(state, repository, commit)].sort((a, b) => a.number - b.number);
      return connection(
        "associatedPullRequests",
        falling ? oldestFirst.reverse() : oldestFirst,
        args,
        (thread) => context.pullNode(context, repository, thread),
        ({ number }) => [number],
        falling,
      );
    },
    checkSuites: (args: PageArguments & { filterBy?: SuiteFilter | null }) =>
      suitesOf(context, repository, commit.oid, args),
  };
}

const personNode = (context: Context, { name, email, date, accountId }: Signature): Node => ({
  name,
  email,
  date: time(date),
  user: () => userNode(context, accountId),
});

/** File modes as numbers, the way the API writes them. */
const MODES = { "100644": 0o100644, "100755": 0o100755, "120000": 0o120000 } as const;

const entryNode = (context: Context, repository: Repository, path: string, file: TreeFile): Node => ({
  __typename: "TreeEntry",
  name: path.slice(path.lastIndexOf("/") + 1),
  path,
  mode: MODES[file.mode],
  type: "blob",
  oid: file.oid,
  size: Buffer.byteLength(file.text),
  object: () => blobNode(context, repository, file),
});

/** Texts are cut off at half a megabyte. */
const BLOB_LIMIT = 512_000;

export function blobNode(_context: Context, repository: Repository, file: TreeFile): Node {
  const isBinary = file.text.includes("\0");
  const bytes = Buffer.from(file.text);
  const isTruncated = bytes.length > BLOB_LIMIT;
  return {
    __typename: "Blob",
    id: nodeId("blob", repository.id, file.oid),
    oid: file.oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : isTruncated ? bytes.subarray(0, BLOB_LIMIT).toString() : file.text,
  };
}

/** Newest first; with a path as `git log` gives it: of a merge, the side that left the file as it is. */
function history(state: State, from: Commit, path: string | null): readonly Commit[] {
  if (path === null) return [...ancestors(state, from.oid)].flatMap((oid) => state.commits.get(oid) ?? []);
  const found: Commit[] = [];
  const next = new Set([from]);
  for (const commit of next) {
    const file = commit.files.get(path);
    const parents = commit.parents.flatMap((oid) => state.commits.get(oid) ?? []);
    const same = parents.find(
      (parent) => parent.files.get(path)?.oid === file?.oid && parent.files.get(path)?.mode === file?.mode,
    );
    if (same) next.add(same);
    else {
      if (file || parents.length > 0) found.push(commit);
      for (const parent of parents) next.add(parent);
    }
  }
  return found;
}

/**
 * Of a commit on the default branch the merged pull request that brought it; of another, the open ones that hold it, but for those from forks: of
 * a fork's commit GitHub names none (https://github.com/palantir/bulldozer/issues/563, https://github.com/google/go-github/issues/2241).
 */
function associated(state: State, repository: Repository, commit: Commit): readonly PullThread[] {
  const tip = repository.branches.get(repository.defaultBranch);
  const landed = tip !== undefined && isAncestor(state, commit.oid, tip);
  return [...repository.threads.values()].filter(isPull).filter(({ state: open, pull }) => {
    if (landed ? pull.mergedAt === null : pull.mergedAt === null && open !== "open") return false;
    if (!landed && pull.headRepositoryId !== repository.id) return false;
    return (
      pull.mergeOid === commit.oid ||
      pull.headOid === commit.oid ||
      commitsBetween(state, pull.baseOid, pull.headOid).includes(commit)
    );
  });
}
