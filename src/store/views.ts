import type { Instant } from "../domain/text/time.js";
import type { ProposalKey, Stored } from "./port.js";

/**
 * The part of the store that the public pages are made from. All of it follows from what stands elsewhere, and decides nothing; but of what has happened
 * it keeps what nobody can tell any more: a vote that a later one took the place of.
 */
export interface ViewStore {
  /** Every repository that was told of, by id. */
  repositories(): Promise<Stored<readonly KnownRepository[]>>;

  /** In the place of the one of its id; what is kept of its roster, and what holds it, stays. */
  putRepository(repository: KeptRepository): Promise<Stored<null>>;

  /** `kept` null: none was ever read. */
  roster(repository: number): Promise<Stored<KeptRoster | null>>;

  /** Of a repository that was told of; of another it is no fault, and nothing is kept. */
  putRoster(repository: number, roster: KeptRoster): Promise<Stored<null>>;

  /** When all its closed proposals were listed last; `kept` null: never. */
  listed(repository: number): Promise<Stored<Instant | null>>;

  /** As with its roster. */
  putListed(repository: number, at: Instant): Promise<Stored<null>>;

  /** What holds a repository, as JSON; empty: nothing. As with its roster. */
  putHalt(repository: number, halt: string): Promise<Stored<null>>;

  /** Which edition of each view is kept, by number: it is another one whenever the view or anything of its events was kept anew. */
  editions(repository: number): Promise<Stored<readonly KeptEdition[]>>;

  /** The lines of these proposals, as far as there are any, by number. */
  summaries(repository: number, pulls: readonly number[]): Promise<Stored<readonly KeptSummary[]>>;

  /** `kept` null: there is none. */
  view(of: ProposalKey): Promise<Stored<KeptView | null>>;

  /**
   * In the place of what was kept. Of the events those are added that are not there; none is taken away, and of one that is there only its words are
   * changed. Words of events that are not among these are forgotten: they can be looked up no more, or somebody has taken them back.
   */
  putView(of: ProposalKey, view: KeptView, events: readonly KeptEvent[]): Promise<Stored<null>>;

  /** It is no proposal any more. What happened to it stays, should it be one again. */
  dropView(of: ProposalKey): Promise<Stored<null>>;

  /** What has happened to one proposal, oldest first. */
  eventsOf(of: ProposalKey): Promise<Stored<readonly KeptEvent[]>>;

  /** The same of each of these, one proposal after the other. */
  events(
    repository: number,
    pulls: readonly number[],
  ): Promise<Stored<readonly (KeptEvent & Pick<ProposalKey, "pull">)[]>>;
}

export interface KeptRepository {
  /** GitHub's numeric id. */
  readonly repository: number;
  readonly owner: string;
  readonly name: string;
  /** Its page on GitHub. */
  readonly url: string;
  /** Everybody may see it. */
  readonly isPublic: boolean;
}

/** With what holds it, as JSON; empty: nothing. */
export interface KnownRepository extends KeptRepository {
  readonly halt: string;
}

export interface KeptEdition {
  readonly pull: number;
  readonly edition: string;
}

export interface KeptRoster {
  /** Commit of the newest config that it tells of. */
  readonly commit: string;
  /** As JSON. */
  readonly history: string;
}

export interface KeptSummary {
  readonly pull: number;
  /** As JSON. */
  readonly summary: string;
}

export interface KeptView {
  /** As JSON. */
  readonly summary: string;
  /** As JSON; empty: only its labels are known. */
  readonly detail: string;
}

export interface KeptEvent {
  /** The same happening has the same, and no other of the proposal. ASCII, at most 200 characters. */
  readonly id: string;
  readonly at: Instant;
  /** As JSON, without its words. */
  readonly event: string;
  /** What somebody wrote with it, as it stands now; empty: nothing. */
  readonly words: string;
}

/** An implementation without its guard: it throws when the disk or the database fails. */
export type ViewKeeper = {
  readonly [Each in keyof ViewStore]: ViewStore[Each] extends (
    ...asked: infer Asked
  ) => Promise<Stored<infer Kept>>
    ? (...asked: Asked) => Promise<Kept>
    : never;
};
