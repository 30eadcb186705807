import type { Instant } from "../domain/text/time.js";
import type { ProposalKey, Stored } from "./port.js";
import type { KeptEvent } from "./views.js";

/**
 * What was told to a Matrix room of the events that the views keep. Each is told once: that it is about to be, and by which transaction id, is kept before
 * it is sent, and that it was, after.
 */
export interface NoticeStore {
  /** From when on events are told, of each repository of which any are. */
  marks(): Promise<Stored<readonly NoticeMark[]>>;

  /** Never moved back. What was kept of events of before the mark is forgotten. */
  putMark(mark: NoticeMark): Promise<Stored<null>>;

  /** Something of the repository and of no proposal, which is told like an event of one. Of one id the first stays. */
  add(repository: number, event: Pick<KeptEvent, "id" | "at" | "event">): Promise<Stored<null>>;

  /** Events from its mark on whose notice is not over, by time: of proposals that have a view, and of the repository. None without a mark. */
  untold(repository: number): Promise<Stored<readonly UntoldEvent[]>>;

  /** The first attempt stays, whoever makes another. */
  begin(of: ProposalKey, attempt: NoticeAttempt): Promise<Stored<null>>;

  /** It was sent, or never will be. One that was not begun is no fault. */
  end(of: ProposalKey, event: string): Promise<Stored<null>>;
}

export interface NoticeMark {
  readonly repository: number;
  readonly since: Instant;
}

export interface NoticeAttempt {
  /** Id of the event. */
  readonly event: string;
  /** When that was. */
  readonly at: Instant;
  /** By which the homeserver knows a second attempt. */
  readonly transaction: string;
}

/** In the place of a pull request's number, as none has it. */
export const OF_THE_REPOSITORY = 0;

/** `pull`: {@link OF_THE_REPOSITORY} where it is of no proposal. */
export interface UntoldEvent extends KeptEvent, Pick<ProposalKey, "pull"> {
  /** Of its first attempt, whose answer nobody has noted; null: there was none. */
  readonly transaction: string | null;
}

/** An implementation without its guard: it throws when the disk or the database fails. */
export type NoticeKeeper = {
  readonly [Each in keyof NoticeStore]: NoticeStore[Each] extends (
    ...asked: infer Asked
  ) => Promise<Stored<infer Kept>>
    ? (...asked: Asked) => Promise<Kept>
    : never;
};
