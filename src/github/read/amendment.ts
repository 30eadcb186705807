import { LRUCache } from "lru-cache";
import { differences, rulesFingerprint } from "../../domain/amendment/differences.js";
import { MAX_SEATS, seated } from "../../domain/model/change.js";
import type { Rules } from "../../domain/model/rules.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { AmendedConfig, AmendmentFacts, Snapshot } from "../../domain/model/snapshot.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";
import { type Caller, SOON } from "../client/call.js";
import { ask } from "../client/graphql.js";
import { readOne } from "../client/rest.js";
import type { ProposalRef } from "../ports.js";
import { type Read, type ReadResult, type Unreadable, unreadable } from "../readResult.js";
import { type ParseConfig, placeFault, textOf } from "./config.js";
import { isOfAnotherKind } from "./nodes.js";
import { AMENDMENT, type ConfigFileFragment } from "./queries/generated.js";

/** Could this PR touch the config? A rename hides the old path in GitHub's list of files. */
export const mayAmend = ({
  files,
  filesCutOff,
  register,
}: Pick<Snapshot, "files" | "filesCutOff" | "register">): boolean =>
  register?.lastSeen !== undefined ||
  filesCutOff ||
  files.some(({ path, change }) => path === CONFIG_FILE || change === "renamed");

interface Known {
  readonly login: string;
  readonly id: number;
}

const MOST_ACCOUNTS = 5000;
const MOST_MEANINGS = 500;

/** Reads what a PR would make of the config file: by commit, at its head, at the merge base and on the default branch. */
export class Amendments {
  readonly #caller: Caller;
  readonly #parse: ParseConfig;
  /**
   * Numeric ids by login, as GitHub said, and when; `null` where there is no such person. The least recently used goes first, so somebody
   * who makes the clerk ask for many pushes out accounts that are seldom asked for, never those that are asked for all the time.
   */
  readonly #accounts = new LRUCache<string, { readonly id: number | null; readonly at: Instant }>({
    ...atMost(MOST_ACCOUNTS),
  });

  /** Fingerprints of what files say, by their hash; empty: of one that is no config. */
  readonly #meanings = new LRUCache<string, string>(atMost(MOST_MEANINGS));

  constructor(caller: Caller, parse: ParseConfig) {
    this.#caller = caller;
    this.#parse = parse;
  }

  async read(
    ref: ProposalRef,
    snapshot: Snapshot,
    rules: Rules,
  ): Promise<ReadResult<{ facts: AmendmentFacts | null }>> {
    if (!mayAmend(snapshot)) return { kind: "read", facts: null };
    // Merged, there is no difference left to weigh: the register has what was found before (amend.rules).
    if (snapshot.pull.state === "merged") {
      const facts = snapshot.register?.lastSeen === undefined ? null : plain({ kind: "valid", rules }, true);
      return { kind: "read", facts };
    }
    const { head } = snapshot.pull;
    const forked = await this.#mergeBase(ref, snapshot.repository.defaultBranch, head);
    if (forked.kind !== "read") return forked;
    // All of it is on the default branch: it was merged a moment ago, and would seem to change nothing.
    const { state } = snapshot.pull;
    if (state === "open" && forked.base === head && snapshot.register?.lastSeen !== undefined)
      return unreadable("GitHub does not show yet that it was merged", this.#caller.now() + SOON);
    const variables = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, head, base: forked.base };
    const answered = await ask(this.#caller, ref.installation, AMENDMENT, variables);
    if (answered.kind !== "read") return answered;
    const { atHead, atBase, defaultBranchRef } = answered.data.repository ?? {};
    if (!atHead || !atBase || isOfAnotherKind(atHead) || isOfAnotherKind(atBase)) {
      return unreadable("the commits of this pull request are not there yet", this.#caller.now() + SOON);
    }
    const at = { head: atHead.file, base: atBase.file };
    // By one config judged, and compared with another: an amendment that was merged just now would seem to be out of date.
    const present = defaultBranchRef?.target?.file ?? null;
    if (!this.#says(present, rules))
      return unreadable("the config on the default branch has changed", this.#caller.now() + SOON);
    if (same(at.head, at.base)) return { kind: "read", facts: null };
    const upToDate = same(at.base, present);
    const config = this.#configAt(at.head);
    // People who were seated by a config that nobody approved have to be asked about too: ratifying it would seat them.
    const bases = [rules, ...(snapshot.lawfulRules ? [snapshot.lawfulRules] : [])];
    const logins = config.kind === "valid" ? loginsSeated(bases, config.rules) : [];
    const tooMany = logins.length > MAX_SEATS;
    // An amendment that is refused anyway is not asked about: anybody can write a thousand names into a pull request.
    const known = await this.#accountsOf(ref, tooMany ? [] : logins);
    if (known.kind !== "read") return known;
    const { accounts } = known;
    const described = await this.#statesWhy(ref);
    if (described.kind !== "read") return described;
    const { statesWhy } = described;
    const before = upToDate ? null : this.#configAt(at.base);
    const forkedFrom = before?.kind === "valid" ? before.rules : null;
    const facts = { ...plain(config, upToDate), forkedFrom, accounts, statesWhy };
    return { kind: "read", facts: tooMany ? { ...facts, tooManySeats: logins.length } : facts };
  }

  /** Is this the config that these rules are? */
  #says(file: ConfigFileFragment | null, rules: Rules): boolean {
    if (file === null) return false;
    const known = this.#meanings.get(file.oid);
    if (known !== undefined) return known === rulesFingerprint(rules);
    const config = this.#configAt(file);
    const meaning = config.kind === "valid" ? rulesFingerprint(config.rules) : "";
    this.#meanings.set(file.oid, meaning);
    return meaning === rulesFingerprint(rules);
  }

  /** The commit a PR's changes are counted from. What GitHub cannot compare is not decided. */
  async #mergeBase(
    ref: ProposalRef,
    branch: string,
    head: string,
  ): Promise<Read<{ base: string }> | Unreadable> {
    const compared = await readOne(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { owner: ref.owner, repo: ref.name, basehead: `${branch}...${head}`, per_page: 1 },
    );
    const later = this.#caller.now() + SOON;
    if (compared.kind === "gone")
      return unreadable("GitHub cannot compare this branch with the default branch", later);
    if (compared.kind === "unreadable") return compared;
    // Where the two have no common ancestor there may be none, whatever GitHub's description of it says.
    const base: string | undefined = compared.data.merge_base_commit?.sha;
    return base === undefined
      ? unreadable("the comparison names no merge base", later)
      : { kind: "read", base };
  }

  #configAt(file: ConfigFileFragment | null): AmendedConfig {
    if (file === null) return { kind: "gone" };
    const fault = placeFault(file);
    if (fault !== null && textOf(file) === null) return { kind: "not_a_file" };
    if (fault !== null) return isLink(file) ? { kind: "not_a_file" } : { kind: "invalid", faults: [fault] };
    const parsed = this.#parse(textOf(file) ?? "");
    if (parsed.ok) return { kind: "valid", rules: parsed.rules };
    const faults = parsed.faults.map(({ line, column, path, message }) => ({
      line,
      column,
      message: path === "" ? message : `${path}: ${message}`,
    }));
    return { kind: "invalid", faults };
  }

  async #accountsOf(
    ref: ProposalRef,
    logins: readonly string[],
  ): Promise<Read<{ accounts: readonly Known[] }> | Unreadable> {
    const accounts: Known[] = [];
    for (const login of logins) {
      const found = await this.#idOf(ref, login);
      if (found.kind === "unreadable") return found;
      if (found.id !== null) accounts.push({ login, id: found.id });
    }
    return { kind: "read", accounts };
  }

  /** null: there is no such person. */
  async #idOf(ref: ProposalRef, login: string): Promise<Read<{ id: number | null }> | Unreadable> {
    const known = this.#accounts.get(login);
    if (known !== undefined && this.#caller.now() - known.at < HOUR) return { kind: "read", id: known.id };
    const answered = await readOne(this.#caller, ref.installation, "GET /users/{username}", {
      username: login,
    });
    if (answered.kind === "unreadable") return answered;
    const id = answered.kind === "read" && answered.data.type === "User" ? Number(answered.data.id) : null;
    this.#accounts.set(login, { id, at: this.#caller.now() });
    return { kind: "read", id };
  }

  /** amend.appoint: the description of the PR says why, when it says anything. */
  async #statesWhy(ref: ProposalRef): Promise<ReadResult<{ statesWhy: boolean }>> {
    const answered = await readOne(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/pulls/{pull_number}",
      { owner: ref.owner, repo: ref.name, pull_number: ref.number },
    );
    if (answered.kind !== "read") return answered;
    return { kind: "read", statesWhy: saysSomething(answered.data.body ?? "") };
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

const plain = (head: AmendedConfig, upToDate: boolean): AmendmentFacts => ({
  head,
  upToDate,
  forkedFrom: null,
  accounts: [],
  tooManySeats: null,
  statesWhy: false,
  quiet: [],
  landedOtherwise: false,
  openMotions: [],
});

const same = (a: ConfigFileFragment | null, b: ConfigFileFragment | null): boolean =>
  a === null || b === null ? a === b : a.oid === b.oid && a.mode === b.mode;

/** Git's mode of a symbolic link is 120000, octal; GitHub gives the number. */
const isLink = ({ mode }: ConfigFileFragment): boolean => mode === 0o120000 || mode === 120_000;
