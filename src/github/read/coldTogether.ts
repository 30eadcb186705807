import { CONFIG_FILE } from "../../domain/model/rules.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef, RepositoryRef } from "../ports.js";
import { isTooExpensive } from "../readResult.js";
import { repositoryKey } from "../refs.js";
import { type List, pullOf, repositoryOf } from "./cold.js";
import type { Facts } from "./facts.js";
import { eventsIn, present } from "./nodes.js";
import { COLD_SEVERAL, type ColdSeveralQuery, type WholePullFragment } from "./queries/generated.js";

/** What the first page of everything has brought; `unfinished` are the lists that go on beyond it. */
export interface FirstFacts {
  readonly facts: Facts;
  readonly unfinished: readonly List[];
}

interface Wanted {
  readonly ref: ProposalRef;
  readonly answer: (facts: FirstFacts | null) => void;
}

/** Pull requests a request: the background reconciles as many at a time. */
export const READ_TOGETHER = 6;
const PAGE = 100;
const THREAD_PAGE = 25;
/** GitHub found it too dear; its bad days pass. */
const ALONE_FOR = HOUR;

/**
 * Pull requests of one repository that are read from their beginning at the same moment come by one request. Where GitHub gives up on it, or
 * one of them is gone, each is read alone, as it would have been.
 */
export class ColdTogether {
  readonly #caller: Caller;
  readonly #appId: number;
  readonly #wanted = new Map<string, Wanted[]>();
  #most = READ_TOGETHER;
  #fewUntil: Instant = 0;

  constructor(caller: Caller, appId: number) {
    this.#caller = caller;
    this.#appId = appId;
  }

  /** null: it is to be read alone. */
  read(ref: ProposalRef): Promise<FirstFacts | null> {
    const key = `${ref.installation} ${repositoryKey(ref)}`;
    return new Promise((answer) => {
      const waiting = this.#wanted.get(key);
      if (waiting !== undefined) {
        waiting.push({ ref, answer });
        return;
      }
      this.#wanted.set(key, [{ ref, answer }]);
      setImmediate(() => {
        const all = this.#wanted.get(key) ?? [];
        this.#wanted.delete(key);
        if (this.#fewUntil <= this.#caller.now()) this.#most = READ_TOGETHER;
        for (let from = 0; from < all.length; from += this.#most)
          void this.#some(all.slice(from, from + this.#most));
      });
    });
  }

  async #some(wanted: readonly Wanted[]): Promise<void> {
    let read: readonly (FirstFacts | null)[] = [];
    const [first, ...others] = wanted;
    if (first !== undefined && others.length > 0) {
      try {
        read = await this.#ask(first.ref, wanted);
      } catch {
        // An answer of another shape: read alone, each tells what is the matter.
      }
    }
    for (const [index, { answer }] of wanted.entries()) answer(read[index] ?? null);
  }

  async #ask(ref: RepositoryRef, wanted: readonly Wanted[]): Promise<readonly (FirstFacts | null)[]> {
    const caller = this.#caller;
    const askedAt = caller.gitHubNow();
    const { query, variables } = numbered(
      COLD_SEVERAL,
      wanted.map((one) => ({ number: one.ref.number })),
    );
    const named = { owner: ref.owner, repo: ref.name, config: CONFIG_FILE, appId: this.#appId };
    const paged = { ...named, page: PAGE, threadPage: THREAD_PAGE, ...variables };
    const answered = await ask(caller, ref.installation, query, paged, { repeatable: false });
    if (isTooExpensive(answered)) {
      this.#most = Math.max(1, Math.floor(wanted.length / 2));
      this.#fewUntil = caller.now() + ALONE_FOR;
    }
    if (answered.kind !== "read") return [];
    const { data } = answered;
    return numberedParts(data.repository, wanted.length).map((pull) =>
      pull ? this.#facts(data, pull, askedAt) : null,
    );
  }

  #facts(
    { viewer, repository }: ColdSeveralQuery,
    pull: WholePullFragment,
    eventsAt: Instant,
  ): FirstFacts | null {
    const { comments, reviews, reviewThreads, timelineItems, files } = pull;
    if (!repository || !reviews || !files) return null;
    const unfinished = new Set<List>();
    const ends = (list: List, { hasNextPage }: { readonly hasNextPage: boolean }) => {
      if (hasNextPage) unfinished.add(list);
    };
    ends("comments", comments.pageInfo);
    ends("reviews", reviews.pageInfo);
    ends("threads", reviewThreads.pageInfo);
    ends("events", timelineItems.pageInfo);
    ends("files", files.pageInfo);
    const byId = <T extends { readonly id: string }>(nodes: readonly (T | null)[] | null) =>
      new Map(present(nodes).map((node) => [node.id, node]));
    const threads = new Map(
      present(reviewThreads.nodes).map((thread) => {
        ends("threads", thread.comments.pageInfo);
        return [thread.id, byId(thread.comments.nodes)];
      }),
    );
    const facts: Facts = {
      viewer,
      repository: repositoryOf(repository),
      pull: pullOf(pull),
      comments: byId(comments.nodes),
      reviews: byId(reviews.nodes),
      threads,
      events: new Map(eventsIn(timelineItems.nodes).map((node) => [node.id, node])),
      files: present(files.nodes),
      edits: new Map(),
      missing: {
        comments: comments.totalCount - present(comments.nodes).length,
        reviews: reviews.totalCount - present(reviews.nodes).length,
        threads: reviewThreads.totalCount - present(reviewThreads.nodes).length,
      },
      eventsAt,
      coldAt: this.#caller.now(),
    };
    return { facts, unfinished: [...unfinished] };
  }
}
