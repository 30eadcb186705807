import { LRUCache } from "lru-cache";
import { differences } from "../../domain/amendment/differences.js";
import { MAX_SEATS, seated } from "../../domain/model/change.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { AmendedConfig, AmendmentFacts, Snapshot } from "../../domain/model/snapshot.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import { type Caller, SOON } from "../client/call.js";
import { type Answered, ask, unreadable } from "../client/graphql.js";
import { unread } from "../client/rest.js";
import type { AmendmentOutcome, ProposalRef, Unreadable } from "../ports.js";
import type { ParseConfig } from "./config.js";
import { placeFault } from "./config.js";
import { AMENDMENT, type FileEntry } from "./configFile.js";

interface Answer {
  readonly repository: {
    readonly atHead: { readonly file: FileEntry | null } | null;
    readonly atBase: { readonly file: FileEntry | null } | null;
    readonly defaultBranchRef: { readonly target: { readonly file: FileEntry | null } | null } | null;
  } | null;
}

/** Could this PR touch the config? A rename hides the old path in GitHub's list of files. */
export const mayAmend = ({
  files,
  filesCutOff,
  register,
}: Pick<Snapshot, "files" | "filesCutOff" | "register">): boolean =>
  register?.seen !== undefined ||
  filesCutOff ||
  files.some(({ path, change }) => path === CONFIG_FILE || change === "renamed");

interface Known {
  readonly login: string;
  readonly id: number;
}

const MOST_ACCOUNTS = 5000;

/** Reads what a PR would make of the config file: by commit, at its head, at the merge base and on the default branch. */
export class Amendments {
  readonly #caller: Caller;
  readonly #parse: ParseConfig;
  /**
   * Numeric ids by login, as GitHub said, and when; `null` where there is no such person. The least recently used goes first, so somebody
   * who makes the clerk ask for many pushes out accounts that are seldom asked for, never those that are asked for all the time.
   */
  readonly #accounts = new LRUCache<string, { readonly id: number | null; readonly at: Instant }>({
    max: MOST_ACCOUNTS,
  });

  constructor(caller: Caller, parse: ParseConfig) {
    this.#caller = caller;
    this.#parse = parse;
  }

  async read(ref: ProposalRef, snapshot: Snapshot, rules: Rules): Promise<AmendmentOutcome> {
    if (!mayAmend(snapshot)) return { kind: "read", facts: null };
    // Merged, there is no difference left to weigh: the register has what was found before (amend.rules).
    if (snapshot.pull.state === "merged") {
      const facts = snapshot.register?.seen === undefined ? null : plain({ kind: "valid", rules }, true);
      return { kind: "read", facts };
    }
    const { head } = snapshot.pull;
    const base = await this.#mergeBase(ref, snapshot.repository.defaultBranch, head);
    if (typeof base !== "string") return base;
    const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, head, base };
    const answered: Answered<Answer> = await ask<Answer>(
      this.#caller,
      ref.installation,
      AMENDMENT,
      variables,
    );
    if (answered.kind === "moved") return unreadable(answered.why, this.#caller.now() + SOON);
    if (answered.kind !== "data") return answered;
    const { repository } = answered.data;
    if (!repository?.atHead || !repository.atBase) {
      return unreadable("the commits of this pull request are not there yet", this.#caller.now() + SOON);
    }
    const at = { head: repository.atHead.file, base: repository.atBase.file };
    if (same(at.head, at.base)) return { kind: "read", facts: null };
    const upToDate = same(at.base, repository.defaultBranchRef?.target?.file ?? null);
    const config = this.#configAt(at.head);
    // People who were seated by a config that nobody approved have to be asked about too: ratifying it would seat them.
    const bases = [rules, ...(snapshot.lawfulRules ? [snapshot.lawfulRules] : [])];
    const logins = config.kind === "valid" ? loginsSeated(bases, config.rules) : [];
    const tooMany = logins.length > MAX_SEATS;
    // An amendment that is refused anyway is not asked about: anybody can write a thousand names into a pull request.
    const accounts = tooMany ? [] : await this.#accountsOf(ref, logins);
    if (!isList(accounts)) return accounts;
    const why = await this.#statesWhy(ref);
    if (typeof why !== "boolean") return why;
    const before = upToDate ? null : this.#configAt(at.base);
    const forkedFrom = before?.kind === "valid" ? before.rules : null;
    const facts = { ...plain(config, upToDate), forkedFrom, accounts, statesWhy: why };
    return { kind: "read", facts: tooMany ? { ...facts, tooManySeats: logins.length } : facts };
  }

  /** The commit a PR's changes are counted from. What GitHub cannot compare is not decided. */
  async #mergeBase(ref: ProposalRef, branch: string, head: string) {
    const answer = await this.#caller.call(
      ref.installation,
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { owner: ref.owner, repo: ref.name, basehead: `${branch}...${head}`, per_page: 1 },
      { repeatable: true, write: "no" },
    );
    if (answer.kind !== "ok") {
      const failed = unread(this.#caller, answer);
      return failed.kind === "gone"
        ? unreadable("GitHub cannot compare this branch with the default branch", this.#caller.now() + SOON)
        : failed;
    }
    const sha = (answer.data as { merge_base_commit?: { sha?: unknown } }).merge_base_commit?.sha;
    return typeof sha === "string"
      ? sha
      : unreadable("the comparison names no merge base", this.#caller.now() + SOON);
  }

  #configAt(file: FileEntry | null): AmendedConfig {
    if (file === null) return { kind: "gone" };
    const fault = placeFault(file);
    const readable = file.object?.__typename === "Blob" && typeof file.object.text === "string";
    if (fault !== null && !readable) return { kind: "not_a_file" };
    if (fault !== null) return isLink(file) ? { kind: "not_a_file" } : { kind: "invalid", faults: [fault] };
    const parsed = this.#parse(file.object?.text ?? "");
    if (parsed.ok) return { kind: "valid", rules: parsed.rules };
    const faults = parsed.faults.map(({ line, column, path, message }) => ({
      line,
      column,
      message: path === "" ? message : `${path}: ${message}`,
    }));
    return { kind: "invalid", faults };
  }

  async #accountsOf(ref: ProposalRef, logins: readonly string[]): Promise<readonly Known[] | Unreadable> {
    const found: Known[] = [];
    for (const login of logins) {
      const id = await this.#idOf(ref, login);
      if (typeof id === "object" && id !== null) return id;
      if (id !== null) found.push({ login, id });
    }
    return found;
  }

  async #idOf(ref: ProposalRef, login: string): Promise<number | null | Unreadable> {
    const known = this.#accounts.get(login);
    if (known !== undefined && this.#caller.now() - known.at < HOUR) return known.id;
    const answer = await this.#caller.call(
      ref.installation,
      "GET /users/{username}",
      { username: login },
      { repeatable: true, write: "no" },
    );
    let id: number | null = null;
    if (answer.kind === "ok") {
      const account = answer.data as { id?: unknown; type?: unknown };
      id = typeof account.id === "number" && account.type === "User" ? account.id : null;
    } else {
      const failed = unread(this.#caller, answer);
      if (failed.kind === "unreadable") return failed;
    }
    this.#accounts.set(login, { id, at: this.#caller.now() });
    return id;
  }

  /** amend.appoint: the description of the PR says why, when it says anything. */
  async #statesWhy(ref: ProposalRef) {
    const answer = await this.#caller.call(
      ref.installation,
      "GET /repos/{owner}/{repo}/pulls/{pull_number}",
      { owner: ref.owner, repo: ref.name, pull_number: ref.number },
      { repeatable: true, write: "no" },
    );
    if (answer.kind !== "ok") return unread(this.#caller, answer);
    const { body } = answer.data as { body?: unknown };
    return typeof body === "string" && saysSomething(body);
  }
}

/** In lower case, each once: everybody an amendment would seat, or give an id, by any of the rules it is judged by. */
function loginsSeated(bases: readonly Rules[], head: Rules): readonly string[] {
  const changes = bases.flatMap((base) => differences(base, head, new Map()));
  return [...new Set(changes.flatMap(seated).map(({ login }) => login.toLowerCase()))];
}

/** Is there anything but white space and HTML comments in it? One that never ends is shown, so it says something. */
export function saysSomething(body: string): boolean {
  let from = 0;
  for (;;) {
    const start = body.indexOf("<!--", from);
    const before = body.slice(from, start < 0 ? body.length : start);
    if (before.trim() !== "") return true;
    if (start < 0) return false;
    const end = body.indexOf("-->", start + 4);
    if (end < 0) return true;
    from = end + 3;
  }
}

/** A type guard: `Array.isArray` knows no read-only lists. */
const isList = <T>(value: readonly T[] | Unreadable): value is readonly T[] => Array.isArray(value);

const plain = (head: AmendedConfig, upToDate: boolean): AmendmentFacts => ({
  head,
  upToDate,
  forkedFrom: null,
  accounts: [],
  tooManySeats: null,
  statesWhy: false,
  quiet: [],
  landed: null,
  openMotions: [],
});

const same = (a: FileEntry | null, b: FileEntry | null): boolean =>
  a === null || b === null ? a === b : a.oid === b.oid && a.mode === b.mode;

/** Git's mode of a symbolic link is 120000, octal; GitHub gives the number. */
const isLink = ({ mode }: FileEntry): boolean => mode === 0o120000 || mode === 120_000;
