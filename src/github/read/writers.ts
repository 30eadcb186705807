import { LRUCache } from "lru-cache";
import type { Account } from "../../domain/model/people.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Caller } from "../client/call.js";
import { pages } from "../client/rest.js";
import type { DataOf } from "../client/routes.js";
import type { RepositoryRef } from "../ports.js";
import type { Read, Unreadable } from "../readResult.js";
import { withoutSuffix } from "./accounts.js";

type Writer = DataOf<"GET /repos/{owner}/{repo}/compare/{basehead}">["commits"][number]["author"];

const REMEMBERED = 500;

/**
 * fcp.after: who wrote the commits from one head to another. What lies between two commits never changes, so it is asked once.
 * A commit whose e-mail address belongs to no account has `null` for its writer. The committer of a merge button is GitHub's own
 * account, `web-flow`, and left as it is.
 */
export class WritersBetween {
  readonly #caller: Caller;
  readonly #known = new LRUCache<string, readonly (Account | null)[]>({ max: REMEMBERED });

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** `unknown`: GitHub does not have one of the commits any more. */
  async ask(
    ref: RepositoryRef,
    from: string,
    to: string,
  ): Promise<Read<{ writers: NonNullable<Snapshot["writersSinceFcp"]> }> | Unreadable> {
    const key = `${ref.owner}/${ref.name} ${from}...${to}`.toLowerCase();
    const known = this.#known.get(key);
    if (known !== undefined) return { kind: "read", writers: known };
    let total = 0;
    const commits = await pages(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      { owner: ref.owner, repo: ref.name, basehead: `${from}...${to}` },
      ({ commits, total_commits }) => {
        if (!Array.isArray(commits)) throw new Error("no commits in it");
        total = total_commits ?? commits.length;
        return commits;
      },
    );
    if (commits.kind === "gone") return UNKNOWN;
    if (commits.kind === "unreadable") return commits;
    const distinct = new Set(commits.items.map(({ sha }) => sha));
    // A comparison that GitHub cut short does not name everybody.
    if (distinct.size < total) return UNKNOWN;
    const writers = new Map<string, Account | null>();
    for (const { author, committer } of commits.items) {
      for (const account of [author, committer].map(accountOf))
        writers.set(String(account?.id ?? account?.login), account);
    }
    const found = [...writers.values()];
    this.#known.set(key, found);
    return { kind: "read", writers: found };
  }
}

const UNKNOWN = { kind: "read", writers: "unknown" } as const;

/** GitHub has `{}` or null for a writer without an account. */
function accountOf(account: Writer): Account | null {
  if (!account || !("login" in account)) return null;
  const { login, id, type } = account;
  return {
    type: type === "User" || type === "Bot" || type === "Mannequin" ? type : "Other",
    login: withoutSuffix(login),
    id: Number(id),
  };
}
