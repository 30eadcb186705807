import { createHash } from "node:crypto";
import { lineChanges, linesOf } from "./lineChanges.js";
import { mergeLines } from "./mergeLines.js";
import type { Commit, Signature, State, TreeFile } from "./state.js";
import type { Store } from "./store.js";
import { withEntry } from "./store.js";

const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");

/** A text, or a file with a mode (a symbolic link is `120000`), or null: the file is taken away. */
export type FileChange = string | { readonly text: string; readonly mode: TreeFile["mode"] } | null;
export type FileChanges = Readonly<Record<string, FileChange>>;

export function fileOf(change: Exclude<FileChange, null>): TreeFile {
  const { text, mode } = typeof change === "string" ? { text: change, mode: "100644" as const } : change;
  return { oid: sha1(`blob ${Buffer.byteLength(text)}\0${text}`), text, mode };
}

export function changedFiles(
  files: ReadonlyMap<string, TreeFile>,
  changes: FileChanges,
): ReadonlyMap<string, TreeFile> {
  const changed = new Map(files);
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) changed.delete(path);
    else changed.set(path, fileOf(change));
  }
  return changed;
}

export function addCommit(
  store: Store,
  made: {
    parents: readonly string[];
    files: ReadonlyMap<string, TreeFile>;
    message: string;
    author: Signature;
    committer: Signature;
  },
): Commit {
  const tree = [...made.files].map(([path, file]) => `${file.mode} ${path} ${file.oid}`).sort();
  const oid = sha1(JSON.stringify([tree, made.parents, made.message, made.author, made.committer]));
  const commit: Commit = { oid, ...made };
  store.set({ ...store.state, commits: withEntry(store.state.commits, oid, commit) });
  return commit;
}

/** Of what commits say (parents, trees) nothing ever changes, so answers may be kept for good. */
const known = new Map<string, unknown>();
function kept<T>(key: string, make: () => T): T {
  if (!known.has(key)) {
    if (known.size > 20_000) known.clear();
    known.set(key, make());
  }
  return known.get(key) as T;
}

/** All commits reachable from `oid`, itself first, nearest first. */
export function ancestors(state: State, oid: string): ReadonlySet<string> {
  return kept(`ancestors ${oid}`, () => {
    const seen = new Set([oid]);
    for (const one of seen) for (const parent of state.commits.get(one)?.parents ?? []) seen.add(parent);
    return seen;
  });
}

export const isAncestor = (state: State, older: string, newer: string): boolean =>
  ancestors(state, newer).has(older);

export function mergeBase(state: State, one: string, other: string): string | null {
  return kept(`base ${one} ${other}`, () => {
    const reachable = ancestors(state, one);
    for (const oid of ancestors(state, other)) if (reachable.has(oid)) return oid;
    return null;
  });
}

/** Commits reachable from `head` and not from `base`, oldest first. */
export function commitsBetween(state: State, base: string, head: string): readonly Commit[] {
  return kept(`between ${base} ${head}`, () => {
    const without = ancestors(state, base);
    const found: Commit[] = [];
    for (const oid of ancestors(state, head)) {
      const commit = without.has(oid) ? undefined : state.commits.get(oid);
      if (commit) found.push(commit);
    }
    return found.reverse();
  });
}

export interface FileDifference {
  readonly path: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly previous: string | null;
  readonly oid: string;
  readonly additions: number;
  readonly deletions: number;
}

/** What a pull request changes: from the merge base to the head, in order of path; a file moved as it is counts as renamed. */
export function differences(state: State, base: string, head: string): readonly FileDifference[] {
  return kept(`diff ${base} ${head}`, () => {
    const from = state.commits.get(mergeBase(state, base, head) ?? "")?.files ?? new Map<string, TreeFile>();
    const to = state.commits.get(head)?.files ?? new Map<string, TreeFile>();
    return compareTrees(from, to);
  });
}

export function compareTrees(
  from: ReadonlyMap<string, TreeFile>,
  to: ReadonlyMap<string, TreeFile>,
): readonly FileDifference[] {
  const lines = ({ text }: TreeFile) => linesOf(text).length;
  const gone = [...from].filter(([path]) => !to.has(path));
  const moved = new Set<string>();
  const found: FileDifference[] = [];
  for (const [path, file] of to) {
    const before = from.get(path);
    if (before && before.oid === file.oid && before.mode === file.mode) continue;
    const source = before ? undefined : gone.find(([old, was]) => was.oid === file.oid && !moved.has(old));
    if (source) {
      moved.add(source[0]);
      found.push({ path, status: "renamed", previous: source[0], oid: file.oid, additions: 0, deletions: 0 });
    } else if (!before) {
      found.push({
        path,
        status: "added",
        previous: null,
        oid: file.oid,
        additions: lines(file),
        deletions: 0,
      });
    } else {
      const status = before.mode === file.mode ? "modified" : "changed";
      found.push({
        path,
        status,
        previous: null,
        oid: file.oid,
        ...lineCounts(before.text, file.text),
      });
    }
  }
  for (const [path, file] of gone)
    if (!moved.has(path))
      found.push({
        path,
        status: "removed",
        previous: null,
        oid: file.oid,
        additions: 0,
        deletions: lines(file),
      });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function lineCounts(before: string, after: string): Pick<FileDifference, "additions" | "deletions"> {
  const changes = lineChanges(linesOf(before), linesOf(after));
  return {
    additions: changes.reduce((sum, { lines }) => sum + lines.length, 0),
    deletions: changes.reduce((sum, { from, to }) => sum + to - from, 0),
  };
}

/**
 * The tree of a merge: the base's, with what the head changed since their merge base; a file that both changed is merged by lines.
 * null: the two cannot be merged without somebody deciding.
 */
export function mergedTree(state: State, base: string, head: string): ReadonlyMap<string, TreeFile> | null {
  const tree = new Map(state.commits.get(base)?.files);
  const theirs = state.commits.get(head)?.files;
  const origin = state.commits.get(mergeBase(state, base, head) ?? "")?.files;
  for (const change of differences(state, base, head)) {
    const path = change.previous ?? change.path;
    const [was, ours, wanted] = [origin?.get(path), tree.get(path), theirs?.get(change.path)];
    const file = ours?.oid === was?.oid && ours?.mode === was?.mode ? wanted : mergedFile(was, ours, wanted);
    if (file === null) return null;
    if (change.previous !== null) tree.delete(change.previous);
    if (file) tree.set(change.path, file);
    else tree.delete(change.path);
  }
  return tree;
}

/** One file that both sides changed; null where they cannot both have their way. */
function mergedFile(
  was: TreeFile | undefined,
  ours: TreeFile | undefined,
  theirs: TreeFile | undefined,
): TreeFile | undefined | null {
  if (ours?.oid === theirs?.oid && ours?.mode === theirs?.mode) return ours;
  if (!was || !ours || !theirs || ours.mode !== was.mode) return null;
  const text = mergeLines(was.text, ours.text, theirs.text);
  return text === null ? null : fileOf({ text, mode: theirs.mode });
}
