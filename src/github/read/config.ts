import type { ConfigFault, ConfigOutcome } from "../../config/outcome.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { type Instant, MINUTE } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { type Answered, ask, unreadable } from "../client/graphql.js";
import type { RepositoryRef, Unreadable } from "../ports.js";
import { instant, instantOrNull, type PageInfo, present, type RepositoryHead } from "./answers.js";
import type { FileEntry } from "./configFile.js";
import { CONFIG, CONFIG_HISTORY } from "./queries.js";

export type ParseConfig = (
  text: string,
) =>
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** A valid config as it was read: `blob` is the file's own id in git, the same as long as not a byte of it changes. */
interface Known {
  readonly repository: number;
  readonly blob: string;
  readonly outcome: ConfigOutcome & { readonly kind: "valid" };
}

interface ConfigAnswer {
  readonly repository: {
    readonly databaseId: number;
    readonly isArchived: boolean;
    readonly defaultBranchRef: {
      readonly name: string;
      readonly target: {
        readonly oid: string;
        readonly file: FileEntry | null;
      } | null;
    } | null;
  } | null;
}

/**
 * The config of each repository (config.source): the file at the head of the default branch, read by commit.
 *
 * So that a reconcile which changes nothing costs one request, a valid config is served from memory, and the reconcile that uses it
 * verifies it: its answer holds the file's blob id at the head of the default branch, and `verify` compares. Where they differ, the
 * reconcile decides nothing, and the next one reads the config anew. A resync asks GitHub itself. An absent, invalid or
 * unreadable config is never remembered, as no reconcile would verify it.
 */
export class Configs {
  readonly #caller: Caller;
  readonly #parse: ParseConfig;
  readonly #known = new Map<string, Known>();
  /** Where rules came from. A caller may bring others, as tests do: those are not compared. */
  readonly #sources = new WeakMap<Rules, Known>();
  /** Repository id → when a config first reached its default branch. That moment does not change. */
  readonly #adopted = new Map<number, Instant>();

  constructor(caller: Caller, parse: ParseConfig) {
    this.#caller = caller;
    this.#parse = parse;
  }

  async config(repository: RepositoryRef, fresh: boolean): Promise<ConfigOutcome> {
    const key = keyOf(repository);
    const known = this.#known.get(key);
    if (known !== undefined && !fresh) return known.outcome;
    try {
      return await this.#read(repository, key, known);
    } catch {
      return unreadableConfig(
        "GitHub's answer has a shape the clerk does not know",
        this.#caller.now() + MINUTE,
      );
    }
  }

  /** Whether these rules are those of the default branch as this answer shows it. */
  verify(repository: RepositoryRef, facts: RepositoryHead, rules: Rules): "same" | "moved" {
    const source = this.#sources.get(rules);
    if (source === undefined) return "same";
    const blob = facts.defaultBranchRef?.target?.file?.oid ?? null;
    if (blob === source.blob && facts.databaseId === source.repository) {
      return "same";
    }
    this.#known.delete(keyOf(repository));
    return "moved";
  }

  /** The commit these rules were read at. */
  commitOf(rules: Rules): string | null {
    return this.#sources.get(rules)?.outcome.commit ?? null;
  }

  async #read(ref: RepositoryRef, key: string, known: Known | undefined): Promise<ConfigOutcome> {
    const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE };
    const answered = await ask<ConfigAnswer>(this.#caller, ref.installation, CONFIG, variables);
    if (answered.kind === "unreadable") return unreadableConfig(answered.why, answered.retryAt);
    // A repository that is gone has no config, and nothing can be written there either.
    if (answered.kind === "gone") return this.#absent(key);
    if (answered.kind === "moved") return unreadableConfig(answered.why, this.#caller.now() + MINUTE);
    const { repository } = answered.data;
    if (!repository || repository.isArchived) return this.#absent(key);
    const target = repository.defaultBranchRef?.target;
    // No default branch: an empty repository.
    if (!target?.file) return this.#absent(key);
    const { file, oid: commit } = target;
    if (known !== undefined && known.blob === file.oid && known.repository === repository.databaseId) {
      // The commit stays the one it was first seen at: a push that leaves the file alone changes no config.
      return known.outcome;
    }
    this.#known.delete(key);
    const fault = placeFault(file);
    const { databaseId } = repository;
    if (fault !== null) return { kind: "invalid", faults: [fault], commit, repository: databaseId };
    const text = file.object?.text ?? "";
    const parsed = this.#parse(text);
    if (!parsed.ok) return { kind: "invalid", faults: parsed.faults, commit, repository: databaseId };

    const adoptedAt = await this.#adoptedAt(ref, repository.databaseId, commit);
    if (typeof adoptedAt !== "number") return unreadableConfig(adoptedAt.why, adoptedAt.retryAt);
    // Rules of its own: the same text may be another repository's config, and these stand for this very file.
    const rules: Rules = { ...parsed.rules };
    const made: Known = {
      repository: repository.databaseId,
      blob: file.oid,
      outcome: { kind: "valid", rules, commit, adoptedAt, repository: databaseId, text },
    };
    this.#known.set(key, made);
    this.#sources.set(rules, made);
    return made.outcome;
  }

  #absent(key: string): ConfigOutcome {
    this.#known.delete(key);
    return { kind: "absent" };
  }

  /**
   * act.adoption: when the oldest commit with the file reached the default branch: when its pull request was merged; for a commit
   * pushed straight there, the commit's own date is all there is.
   */
  async #adoptedAt(ref: RepositoryRef, repository: number, commit: string): Promise<Instant | Unreadable> {
    const known = this.#adopted.get(repository);
    if (known !== undefined) return known;
    interface Commit {
      readonly committedDate: string;
      readonly associatedPullRequests: {
        readonly nodes:
          | readonly ({ readonly merged: boolean; readonly mergedAt: string | null } | null)[]
          | null;
      } | null;
    }
    interface History {
      readonly repository: {
        readonly object: {
          readonly history: {
            readonly pageInfo: PageInfo;
            readonly nodes: readonly (Commit | null)[] | null;
          };
        } | null;
      } | null;
    }
    let oldest: Commit | undefined;
    const named = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, commit };
    let after: string | null = null;
    for (let page = 0; page < 50; page += 1) {
      const answered: Answered<History> = await ask<History>(this.#caller, ref.installation, CONFIG_HISTORY, {
        ...named,
        after,
      });
      if (answered.kind === "unreadable") return answered;
      if (answered.kind !== "data") return unreadable(answered.why, this.#caller.now() + MINUTE);
      const history: NonNullable<NonNullable<History["repository"]>["object"]>["history"] | undefined =
        answered.data.repository?.object?.history;
      if (history === undefined)
        return unreadable("the config's history is not there yet", this.#caller.now() + MINUTE);
      oldest = present(history.nodes).at(-1) ?? oldest;
      if (!history.pageInfo.hasNextPage) break;
      after = history.pageInfo.endCursor;
    }
    if (oldest === undefined) return unreadable("the config's history is empty", this.#caller.now() + MINUTE);
    const merges = present(oldest.associatedPullRequests?.nodes).flatMap(({ merged, mergedAt }) =>
      merged && mergedAt !== null ? [instantOrNull(mergedAt) ?? 0] : [],
    );
    // A commit bears the date its committer says, also one to come.
    const reached = merges.length > 0 ? Math.min(...merges) : instant(oldest.committedDate);
    const at = Math.min(reached, this.#caller.now());
    this.#adopted.set(repository, at);
    return at;
  }
}

/** A fault where the file is no text file that can be read whole; null: it is one. Modes as git has them, read as octal or as printed. */
export function placeFault({ mode, type, object, size }: FileEntry): ConfigFault | null {
  const octal = mode >= 100_000 ? Number.parseInt(String(mode), 8) : mode;
  const kind = octal & 0o170000;
  if (kind === 0o120000) return fault("is a symbolic link. Put the file itself there");
  if (kind === 0o160000 || type === "commit") return fault("is a submodule. Put a file there");
  if (kind === 0o040000 || type === "tree" || object?.__typename !== "Blob")
    return fault("is a folder. Put a file there");
  if (object.isTruncated === true) {
    return fault(`has ${object.byteSize ?? size} bytes, more than GitHub hands out whole. Make it shorter`);
  }
  if (object.isBinary === true || typeof object.text !== "string") {
    return fault("is not a text file. Save it as UTF-8 text");
  }
  return null;
}

const fault = (what: string): ConfigFault => ({
  line: 1,
  column: 1,
  path: "",
  message: `${CONFIG_FILE} ${what}.`,
});

const unreadableConfig = (why: string, retryAt: Instant | null): ConfigOutcome => ({
  kind: "unreadable",
  why,
  retryAt,
});

const keyOf = ({ owner, name }: RepositoryRef): string => `${owner}/${name}`.toLowerCase();
