import type {
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
} from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import type { Caveat } from "./caveats.js";

/**
 * Where the pages have their facts from: the clerk's store, or what `site` has read of one repository. Public repositories only: of what is not
 * public nothing is told here, so no page can show it.
 */
export interface PagesSource {
  /** By owner and name. */
  repositories(): Promise<Told<readonly PagesRepository[]>>;
  /** null: there is none that everybody may see. Names are compared without regard to case. */
  repository(owner: string, name: string): Promise<Told<PagesRepository | null>>;
  /** Every proposal, amendments too, those of before the clerk came too; by number. */
  summaries(of: PagesRepository): Promise<Told<readonly ProposalSummary[]>>;
  /** null: nothing is known of it, or only its labels: `summary` tells which. */
  proposal(of: PagesRepository, number: number): Promise<Told<ProposalKnown | null>>;
  /** All that has happened, oldest first. */
  events(of: PagesRepository): Promise<Told<readonly ProposalEvent[]>>;
  /** record.signed: what was decided, by number. */
  decisions(of: PagesRepository): Promise<Told<readonly DecidedLine[]>>;
  /** The record of one, as canonical JSON; null: there is none, or it is not known here. */
  record(of: PagesRepository, number: number): Promise<Told<string | null>>;
  /** null: not read yet. */
  roster(of: PagesRepository): Promise<Told<RosterHistory | null>>;
}

export type Told<T> =
  | { readonly kind: "told"; readonly told: T }
  /** It cannot be known now. In plain words, without a secret in it. */
  | { readonly kind: "unavailable"; readonly why: string };

export interface PagesRepository {
  /** GitHub's numeric id. */
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  /** Its page on GitHub. */
  readonly url: string;
  /**
   * How many of its proposals have been read, of how many, while they are read for the first time: the open ones, and the closed ones that have to be
   * read again. null: all were.
   */
  readonly reading: { readonly read: number; readonly of: number } | null;
  /** When what is shown was looked at last. */
  readonly asOf: Instant;
  /** Nobody keeps it up to date: it is of then, and in files. */
  readonly frozen: boolean;
  /** Why it may be old, or stands still. */
  readonly caveats: readonly Caveat[];
}

export interface ProposalKnown {
  readonly summary: ProposalSummary;
  /** null: it is told by its labels only. */
  readonly detail: ProposalDetail | null;
  /** Oldest first. */
  readonly events: readonly PublicEvent[];
}

export interface ProposalEvent extends PublicEvent {
  readonly number: number;
}

/** A line of the register of decisions. */
export interface DecidedLine {
  readonly number: number;
  readonly pull: number;
  readonly motion: number;
  /** One of `PUBLIC_OUTCOMES`; or of a release to come. */
  readonly outcome: string;
  readonly at: Instant;
  readonly hash: string;
  /** Of the comment that carries it; empty: not known. */
  readonly url: string;
}
