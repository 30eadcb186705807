import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { Instant } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { type List, pullOf, repositoryOf } from "./cold.js";
import type { Facts } from "./facts.js";
import { eventsIn, present } from "./nodes.js";
import { COLD_SEVERAL, type ColdSeveralQuery, type WholePullFragment } from "./queries/generated.js";
import { SameMoment } from "./sameMoment.js";

/** What the first page of everything has brought; `unfinished` are the lists that go on beyond it. */
export interface FirstFacts {
  readonly facts: Facts;
  readonly unfinished: readonly List[];
}

interface Wanted {
  readonly ref: ProposalRef;
}

const PAGE = 100;
const THREAD_PAGE = 25;

/** Pull requests of one repository that are read from their beginning in the same moment (`sameMoment.ts`). */
export class ColdTogether {
  readonly #caller: Caller;
  readonly #appId: number;
  readonly #together: SameMoment<Wanted, FirstFacts>;

  constructor(caller: Caller, appId: number) {
    this.#caller = caller;
    this.#appId = appId;
    this.#together = new SameMoment(caller, (wanted) => this.#ask(wanted));
  }

  /** null: it is to be read alone. */
  read(ref: ProposalRef): Promise<FirstFacts | null> {
    return this.#together.read({ ref });
  }

  async #ask(wanted: readonly Wanted[]): Promise<ReadResult<{ parts: readonly (FirstFacts | null)[] }>> {
    const caller = this.#caller;
    const [first] = wanted;
    if (first === undefined) return { kind: "read", parts: [] };
    const askedAt = caller.gitHubNow();
    const { query, variables } = numbered(
      COLD_SEVERAL,
      wanted.map((one) => ({ number: one.ref.number })),
    );
    const { owner, name: repo, installation } = first.ref;
    const named = { owner, repo, config: CONFIG_FILE, appId: this.#appId };
    const paged = { ...named, page: PAGE, threadPage: THREAD_PAGE, ...variables };
    const answered = await ask(caller, installation, query, paged, { repeatable: false });
    if (answered.kind !== "read") return answered;
    const { data } = answered;
    const parts = numberedParts(data.repository, wanted.length).map((pull) =>
      pull ? this.#facts(data, pull, askedAt) : null,
    );
    return { kind: "read", parts };
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
