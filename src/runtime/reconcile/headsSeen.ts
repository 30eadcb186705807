import { LRUCache } from "lru-cache";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import { atMost } from "../../platform/atMost.js";

/** More commits than are heads of open pull requests anywhere. */
const REMEMBERED = 20_000;

/** Whose head each commit was when it was last reconciled: what GitHub tells of a commit of a fork names no pull request. */
export class HeadsSeen {
  readonly #pulls = new LRUCache<string, ReadonlySet<number>>(atMost(REMEMBERED));

  /** Every reconcile tells what it saw, and every start what the last one had seen. */
  seen(ref: ProposalRef, head: string): void {
    const key = keyOf(ref, head);
    const before = this.#pulls.get(key);
    if (before?.has(ref.number) !== true) this.#pulls.set(key, new Set([...(before ?? []), ref.number]));
  }

  pullsAt(repository: RepositoryRef, head: string): readonly ProposalRef[] {
    const { installation, owner, name } = repository;
    return [...(this.#pulls.get(keyOf(repository, head)) ?? [])].map((number) => ({
      installation,
      owner,
      name,
      number,
    }));
  }
}

const keyOf = (repository: RepositoryRef, head: string): string => `${repositoryKey(repository)} ${head}`;
