import type { InMemoryViews } from "./inMemoryViews.js";
import {
  type NoticeAttempt,
  type NoticeKeeper,
  type NoticeMark,
  OF_THE_REPOSITORY,
  type UntoldEvent,
} from "./notices.js";
import type { ProposalKey } from "./port.js";
import type { KeptEvent } from "./views.js";

/** What was told to a Matrix room, gone with its process. */
export class InMemoryNotices implements NoticeKeeper {
  readonly #views: Pick<InMemoryViews, "editions" | "events">;
  readonly #marks = new Map<number, number>();
  /** Of repositories and no proposal. */
  readonly #own = new Map<number, Map<string, KeptEvent>>();
  /** By repository. */
  readonly #attempts = new Map<number, Map<string, NoticeAttempt & { readonly isOver: boolean }>>();

  constructor(views: Pick<InMemoryViews, "editions" | "events">) {
    this.#views = views;
  }

  async marks(): Promise<readonly NoticeMark[]> {
    return [...this.#marks]
      .map(([repository, since]) => ({ repository, since }))
      .sort((a, b) => a.repository - b.repository);
  }

  async putMark({ repository, since }: NoticeMark): Promise<null> {
    if ((this.#marks.get(repository) ?? Number.NEGATIVE_INFINITY) >= since) return null;
    this.#marks.set(repository, since);
    const kept = this.#attempts.get(repository);
    for (const [key, { at }] of kept ?? []) if (at < since) kept?.delete(key);
    return null;
  }

  async add(repository: number, { id, at, event }: Pick<KeptEvent, "id" | "at" | "event">): Promise<null> {
    const kept = this.#own.get(repository) ?? new Map<string, KeptEvent>();
    if (!kept.has(id)) kept.set(id, { id, at, event, words: "" });
    this.#own.set(repository, kept);
    return null;
  }

  async untold(repository: number): Promise<readonly UntoldEvent[]> {
    const since = this.#marks.get(repository);
    if (since === undefined) return [];
    const attempts = this.#attempts.get(repository);
    const pulls = (await this.#views.editions(repository)).map(({ pull }) => pull);
    const own = [...(this.#own.get(repository)?.values() ?? [])];
    const events = [
      ...own.map((event) => ({ pull: OF_THE_REPOSITORY, ...event })),
      ...(await this.#views.events(repository, pulls)),
    ].sort((a, b) => a.at - b.at || a.pull - b.pull || (a.id < b.id ? -1 : 1));
    return events.flatMap((event): readonly UntoldEvent[] => {
      const attempt = attempts?.get(keyOf(event.pull, event.id));
      if (event.at < since || attempt?.isOver === true) return [];
      return [{ ...event, transaction: attempt?.transaction ?? null }];
    });
  }

  async begin({ repository, pull }: ProposalKey, attempt: NoticeAttempt): Promise<null> {
    const kept = this.#attempts.get(repository) ?? new Map();
    const key = keyOf(pull, attempt.event);
    if (!kept.has(key)) kept.set(key, { ...attempt, isOver: false });
    this.#attempts.set(repository, kept);
    return null;
  }

  async end({ repository, pull }: ProposalKey, event: string): Promise<null> {
    const kept = this.#attempts.get(repository);
    const key = keyOf(pull, event);
    const attempt = kept?.get(key);
    if (attempt !== undefined) kept?.set(key, { ...attempt, isOver: true });
    return null;
  }

  keepOnly(kept: ReadonlySet<number>): void {
    for (const one of [this.#marks, this.#attempts])
      for (const repository of one.keys()) if (!kept.has(repository)) one.delete(repository);
  }
}

const keyOf = (pull: number, event: string): string => `${pull} ${event}`;
