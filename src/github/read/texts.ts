import { LRUCache } from "lru-cache";
import { comparedCommits } from "../../domain/acts/heads.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import { notRead } from "../client/rest.js";
import type { ProposalRef } from "../ports.js";
import { type Read, type ReadResult, type Unreadable, unreadable } from "../readResult.js";
import { TREE_ENTRIES, type TreeEntriesQuery } from "./queries/generated.js";

const REMEMBERED = 2000;
/** What GitHub could not tell is asked again after this time. */
const AGAIN = 10 * MINUTE;
/**
 * For some seconds after a push to a fork REST does not know the commit (see `UnknownCommits`). A head that it does not know is asked for again
 * after each of these, and nothing is decided meanwhile: what is not known to be the same text would count as another one.
 */
const TOO_EARLY = [2, 3, 3, 4, 8, 20].map((seconds) => seconds * SECOND);
/** GitHub lists no more files of a comparison. https://docs.github.com/rest/commits/commits#compare-two-commits */
const MOST_FILES = 300;
/** Files asked for in one query. */
const FILES_EACH = 100;

/** After so many failures in a row it counts as what GitHub does not tell: no path that somebody chose may keep a PR from being read. */
const ENOUGH_FAILURES = 3;

interface KnownText {
  readonly text: string | null;
  /** When it is asked again; null: what a commit changes stays so. */
  readonly until: Instant | null;
}

/**
 * text.same: what a PR changes at a commit: the path of each changed file, and its mode and blob there and at the merge base. The
 * paths come from a comparison, modes and blobs from the two trees. It is asked once for each commit, and only where two have to be told apart.
 */
export class Texts {
  readonly #caller: Caller;
  readonly #known = new LRUCache<string, KnownText>(atMost(REMEMBERED));
  /** How often in a row a commit could not be read. */
  readonly #failures = new LRUCache<string, number>(atMost(REMEMBERED));

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The snapshot with the texts that decide; or why they could not be read. */
  async complete(
    ref: ProposalRef,
    snapshot: Snapshot,
    rules: Rules,
  ): Promise<Read<{ snapshot: Snapshot }> | Unreadable> {
    const kept = new Map(snapshot.register?.heads.map(({ commit, text }) => [commit, text]));
    const texts: { commit: string; text: string }[] = [];
    for (const commit of comparedCommits(snapshot, rules)) {
      const known = kept.get(commit) ?? null;
      const asked =
        known === null
          ? await this.#textAt(ref, snapshot.pull, commit)
          : ({ kind: "read", text: known } as const);
      if (asked.kind === "unreadable") return asked;
      if (asked.text !== null) texts.push({ commit, text: asked.text });
    }
    return { kind: "read", snapshot: texts.length === 0 ? snapshot : { ...snapshot, texts } };
  }

  async #textAt(
    ref: ProposalRef,
    { base, head }: Pick<Snapshot["pull"], "base" | "head">,
    commit: string,
  ): Promise<Read<{ text: string | null }> | Unreadable> {
    const key = `${ref.owner}/${ref.name}#${ref.number} ${base}...${commit}`.toLowerCase();
    const known = this.#known.get(key);
    const now = this.#caller.now();
    if (known !== undefined && (known.until === null || now < known.until))
      return { kind: "read", text: known.text };
    const read = await this.#read(ref, base, commit);
    const failures = (this.#failures.get(key) ?? 0) + 1;
    if (read.kind === "unreadable" && failures < ENOUGH_FAILURES) {
      this.#failures.set(key, failures);
      return read;
    }
    const pause = commit === head && known === undefined ? TOO_EARLY[failures - 1] : undefined;
    if (read.kind === "gone" && pause !== undefined) {
      this.#failures.set(key, failures);
      return unreadable("GitHub does not know the commit yet", now + pause);
    }
    this.#failures.delete(key);
    const text = read.kind === "read" ? read.text : null;
    this.#known.set(key, { text, until: text === null ? now + AGAIN : null });
    return { kind: "read", text };
  }

  /** `text` null, or `gone`: GitHub does not have the commit (yet, or any more), or does not name all its files. */
  async #read(ref: ProposalRef, base: string, commit: string): Promise<ReadResult<{ text: string | null }>> {
    const { owner, name: repo, installation } = ref;
    const answer = await this.#caller.call(
      installation,
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      // The files come with the first page, however few commits it holds.
      { owner, repo, basehead: `${base}...${commit}`, per_page: 1, page: 1 },
      { repeatable: true, write: "no" },
    );
    if (answer.kind === "no" && answer.status === 422) return { kind: "gone", why: answer.why };
    if (answer.kind !== "ok") return notRead(this.#caller, answer);
    const { files, merge_base_commit: forked } = answer.data;
    if (files === undefined || files.length >= MOST_FILES) return { kind: "read", text: null };
    const paths = [
      ...new Set(
        files.flatMap((file) => [
          file.filename,
          ...(file.previous_filename === undefined ? [] : [file.previous_filename]),
        ]),
      ),
    ].sort();
    const after = await this.#entries(ref, commit, paths);
    if (after.kind !== "read") return after;
    // What it replaces is a part of it: the same blob in place of another one takes back what the default branch got meanwhile.
    const before = await this.#entries(ref, forked.sha, paths);
    if (before.kind !== "read") return before;
    if (after.entries === null) return { kind: "gone", why: "GitHub does not have the commit" };
    if (before.entries === null) return { kind: "read", text: null };
    return { kind: "read", text: fingerprint("text", [before.entries, after.entries]) };
  }

  /** `entries` null: GitHub does not have the commit. */
  async #entries(
    { owner, name: repo, installation }: ProposalRef,
    commit: string,
    paths: readonly string[],
  ): Promise<ReadResult<{ entries: readonly object[] | null }>> {
    const entries: object[] = [];
    for (let from = 0; from < paths.length; from += FILES_EACH) {
      const some = paths.slice(from, from + FILES_EACH);
      const { query, variables } = numbered(
        TREE_ENTRIES,
        some.map((path) => ({ path })),
      );
      const answered = await ask(this.#caller, installation, query, { ...variables, owner, repo, commit });
      if (answered.kind !== "read") return answered;
      const tree = answered.data.repository?.object;
      if (!isCommit(tree)) return { kind: "read", entries: null };
      for (const [at, entry] of numberedParts(tree, some.length).entries())
        entries.push({ path: some[at], mode: entry?.mode ?? null, blob: entry?.oid ?? null });
    }
    return { kind: "read", entries };
  }
}

type Tree = NonNullable<NonNullable<TreeEntriesQuery["repository"]>["object"]>;

/** Under a commit's id there is a commit, with an answer for each path, or nothing that GitHub has. */
const isCommit = (tree: Tree | null | undefined): tree is Extract<Tree, { readonly part0: unknown }> =>
  tree !== null && tree !== undefined && "part0" in tree;
