import type { ConfigFault, ConfigOutcome, ShownRepository } from "../../config/outcome.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import { equal } from "../../domain/text/equal.js";
import { type Instant, MINUTE } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { RepositoryRef } from "../ports.js";
import { type Read, STRANGE, type Unreadable, unreadable } from "../readResult.js";
import { instant, isOfAnotherKind, present, type RepositoryHead } from "./nodes.js";
import {
  CONFIG,
  type ConfigFileFragment,
  type ConfigQuery,
  HISTORY,
  type HistoryQueryVariables,
  type ReachedFragment,
  type ReachedListFragment,
} from "./queries/generated.js";

export type ParseConfig = (
  text: string,
) =>
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

type Told = Pick<NonNullable<ConfigQuery["repository"]>, "nameWithOwner" | "url" | "visibility">;

/** A valid config as it was read: `blob` is the file's own id in git, the same as long as not a byte of it changes. */
interface Known {
  readonly repository: number;
  readonly blob: string;
  readonly outcome: ConfigOutcome & { readonly kind: "valid" };
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
      return unreadableConfig(STRANGE, this.#caller.now() + MINUTE);
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
    const answered = await ask(this.#caller, ref.installation, CONFIG, variables);
    if (answered.kind === "unreadable") return unreadableConfig(answered.why, answered.retryAt);
    // A repository that is gone has no config, and nothing can be written there either.
    if (answered.kind === "gone") return this.#absent(key);
    const { repository } = answered.data;
    if (!repository || repository.isArchived) return this.#absent(key);
    const target = repository.defaultBranchRef?.target;
    // No default branch: an empty repository.
    if (!target || isOfAnotherKind(target) || !target.file) return this.#absent(key);
    const { file, oid: commit } = target;
    const { databaseId } = repository;
    if (databaseId === null) throw new Error("GitHub does not tell the id of the repository");
    if (known !== undefined && known.blob === file.oid && known.repository === databaseId) {
      // The commit stays the one it was first seen at: a push that leaves the file alone changes no config.
      const shown = shownAs(repository);
      if (equal(shown, known.outcome.shown)) return known.outcome;
      const outcome = { ...known.outcome, shown };
      this.#known.set(key, { ...known, outcome });
      return outcome;
    }
    this.#known.delete(key);
    const place = { commit, repository: databaseId, shown: shownAs(repository) };
    const fault = placeFault(file);
    if (fault !== null) return { kind: "invalid", faults: [fault], ...place };
    const text = textOf(file) ?? "";
    const parsed = this.#parse(text);
    if (!parsed.ok) return { kind: "invalid", faults: parsed.faults, ...place };

    const adopted = await this.#adoptedAt(ref, databaseId, commit);
    if (adopted.kind === "unreadable") return unreadableConfig(adopted.why, adopted.retryAt);
    // Rules of its own: the same text may be another repository's config, and these stand for this very file.
    const rules: Rules = { ...parsed.rules };
    const made: Known = {
      repository: databaseId,
      blob: file.oid,
      outcome: { kind: "valid", rules, adoptedAt: adopted.at, text, ...place },
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
  async #adoptedAt(
    ref: RepositoryRef,
    repository: number,
    commit: string,
  ): Promise<Read<{ at: Instant }> | Unreadable> {
    const known = this.#adopted.get(repository);
    if (known !== undefined) return { kind: "read", at: known };
    let oldest: ReachedFragment | undefined;
    const named = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, commit };
    let after: string | null = null;
    for (let page = 0; page < 50; page += 1) {
      const variables: HistoryQueryVariables = { ...named, after };
      const answered = await ask(this.#caller, ref.installation, HISTORY, variables);
      if (answered.kind === "unreadable") return answered;
      if (answered.kind === "gone") return unreadable(answered.why, this.#caller.now() + MINUTE);
      const object = answered.data.repository?.object;
      if (!object || isOfAnotherKind(object))
        return unreadable("the config's history is not there yet", this.#caller.now() + MINUTE);
      const { nodes, pageInfo }: ReachedListFragment = object.history;
      oldest = present(nodes).at(-1) ?? oldest;
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    if (oldest === undefined) return unreadable("the config's history is empty", this.#caller.now() + MINUTE);
    const merges = present(oldest.associatedPullRequests?.nodes).flatMap(({ merged, mergedAt }) =>
      merged && mergedAt !== null ? [instant(mergedAt)] : [],
    );
    // A commit bears the date its committer says, also one to come.
    const reached = merges.length > 0 ? Math.min(...merges) : instant(oldest.committedDate);
    const at = Math.min(reached, this.#caller.now());
    this.#adopted.set(repository, at);
    return { kind: "read", at };
  }
}

/** A repository that only the members of an enterprise can see is not public either. */
function shownAs({ nameWithOwner, url, visibility }: Told): ShownRepository {
  const [owner = "", name = ""] = nameWithOwner.split("/");
  return { owner, name, url, isPublic: visibility === "PUBLIC" };
}

/** null: what stands there is no text. */
export const textOf = ({ object }: ConfigFileFragment): string | null =>
  object?.__typename === "Blob" ? object.text : null;

/** A fault where the file is no text file that can be read whole; null: it is one. Modes as git has them, read as octal or as printed. */
export function placeFault({ mode, type, object }: ConfigFileFragment): ConfigFault | null {
  const octal = mode >= 100_000 ? Number.parseInt(String(mode), 8) : mode;
  const kind = octal & 0o170000;
  if (kind === 0o120000) return fault("is a symbolic link. Put the file itself there");
  if (kind === 0o160000 || type === "commit") return fault("is a submodule. Put a file there");
  if (kind === 0o040000 || type === "tree" || object?.__typename !== "Blob")
    return fault("is a folder. Put a file there");
  if (object.isTruncated) {
    return fault(`has ${object.byteSize} bytes, more than GitHub hands out whole. Make it shorter`);
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
