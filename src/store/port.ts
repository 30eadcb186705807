import type { Instant } from "../domain/text/time.js";
import type { NoticeStore } from "./notices.js";
import type { ViewStore } from "./views.js";

/**
 * The clerk's own memory (memory.kept): what it has written down of every proposal and of every repository's config, in a place
 * that nobody who can write on GitHub can reach. GitHub holds the public copy, signed; where both are there, the newest valid
 * sequence is believed.
 *
 * Nothing here throws for what can happen to a disk or a database: `unavailable` says that nothing can be known now, and whoever
 * asked holds and tries again. An implementation does each call whole or not at all, also when the process is killed in it. After an
 * `unavailable` nobody can tell which of the two it was (the answer may have been lost on its way): read again before the next put.
 * Calls that do not wait for each other may be done in any order.
 *
 * What could not be read back as it was written is `unavailable` before anything is written: numbers that are not whole or beyond 2^53,
 * a register or a config no newer than the expected one, a line of another sequence than its register. Texts are kept to the letter.
 */
export interface Store {
  /** The newest register kept of a proposal; `kept` null: none was ever kept here. */
  register(of: ProposalKey): Promise<Stored<KeptRegister | null>>;

  /**
   * Keeps a newer register, and one line for the transition, under compare-and-swap: only where the newest kept has the sequence
   * `expected` (null: none is kept). `conflict`: another one is, which is given back; nothing was changed.
   */
  putRegister(
    of: ProposalKey,
    next: KeptRegister,
    expected: number | null,
    line: Transition,
  ): Promise<Stored<null> | { readonly kind: "conflict"; readonly kept: KeptRegister | null }>;

  /** The lines of a proposal, oldest first. */
  transitions(of: ProposalKey): Promise<Stored<readonly Transition[]>>;

  /** What is kept as lawful of a repository's config (config.lawful); null: nothing yet. */
  lawful(repository: number): Promise<Stored<KeptLawful | null>>;

  /** As `putRegister`: only where what is kept has the number `expected` (null: nothing is kept). */
  putLawful(
    repository: number,
    next: KeptLawful,
    expected: number | null,
  ): Promise<Stored<null> | { readonly kind: "conflict"; readonly kept: KeptLawful | null }>;

  /**
   * Writes down that something is about to be made on GitHub that cannot be made twice without harm (a comment, an issue), before it
   * is. Whoever finds an intent of somebody else's, or of before a start, treats it as an unclear answer: it waits for GitHub's lag
   * to pass, and reads again. An intent of the same subject is replaced.
   */
  intend(of: ProposalKey, intent: Intent): Promise<Stored<null>>;

  /** It was made, or certainly was not: the intent is over. One that is not there is no fault. */
  settle(of: ProposalKey, subject: string): Promise<Stored<null>>;

  /** Every intent of a proposal that is not settled. */
  intents(of: ProposalKey): Promise<Stored<readonly Intent[]>>;

  /** record.signed: the records of this proposal's decisions, by number. */
  decisionsOf(of: ProposalKey): Promise<Stored<readonly KeptDecision[]>>;

  /** The newest decision of a repository; `kept` null: it has none. */
  newestDecision(repository: number): Promise<Stored<DecisionLine | null>>;

  /** Every decision of a repository, by number: without their records, which can be many megabytes. */
  decisions(repository: number): Promise<Stored<readonly DecisionLine[]>>;

  /**
   * Gives out the next number of a repository, under compare-and-swap: only where the newest has the number `expected` (null: there is none),
   * and only once for each motion of a proposal. `conflict` gives back the newest.
   */
  putDecision(
    repository: number,
    next: KeptDecision,
    expected: number | null,
  ): Promise<Stored<null> | { readonly kind: "conflict"; readonly kept: DecisionLine | null }>;

  /** Where it was published. One that is not there is no fault. */
  linkDecision(repository: number, number: number, url: string): Promise<Stored<null>>;

  /** Every proposal of a repository that a row is kept of. */
  proposals(repository: number): Promise<Stored<readonly ProposalRow[]>>;

  /** Keeps these rows, each in the place of the one of its number. */
  putProposals(repository: number, rows: readonly ProposalRow[]): Promise<Stored<null>>;

  /** Nothing is known any more of what stands on GitHub of these: their rows are not `settled`. Those without a row are no fault. */
  unsettle(repository: number, pulls: readonly number[]): Promise<Stored<null>>;

  /** How far the lists of changes of a repository were read; `kept` null: never. */
  round(repository: number): Promise<Stored<KeptRound | null>>;

  putRound(repository: number, round: KeptRound): Promise<Stored<null>>;

  /** Forgets the rows, rounds, views and notices of all other repositories: the App is not installed there any more. Registers stay (memory.kept). */
  keepRowsOf(repositories: readonly number[]): Promise<Stored<null>>;

  /** What the public pages are made from. */
  readonly views: ViewStore;

  /** What of it was told to a Matrix room. */
  readonly notices: NoticeStore;

  /** What became of all that was asked for so far. */
  tally(): StoreTally;

  /** Does to the end what was asked for, then ends connections and files. No call may follow. */
  close(): Promise<void>;
}

export interface StoreTally {
  /** How often the disk or the database failed. */
  readonly errors: number;
  /** How many changes of registers were kept. */
  readonly transitions: number;
  /** How many decisions were given a number, by outcome. */
  readonly decisions: ReadonlyMap<string, number>;
}

export type Stored<T> =
  | { readonly kind: "stored"; readonly kept: T }
  /** In plain words, without a secret in it. */
  | { readonly kind: "unavailable"; readonly why: string };

/** Repositories by GitHub's numeric id: names change hands. `pull`: the pull request's number. */
export interface ProposalKey {
  readonly repository: number;
  readonly pull: number;
}

export interface KeptRegister {
  /** A whole number, not negative; grows with every change. */
  readonly sequence: number;
  /** The register in the form of its record (`github/record`), with its version. The store does not look into it. */
  readonly record: string;
}

/** What happened to a register, for people who look into the store. */
export interface Transition {
  readonly sequence: number;
  readonly at: Instant;
  /** One line of plain words. */
  readonly what: string;
}

/** The config that is lawful in a repository. */
export interface KeptLawful {
  /** 1, 2, …: grows with every change. */
  readonly number: number;
  /** Fingerprint of its rules (`rulesFingerprint`). */
  readonly fingerprint: string;
  /** Commit of the default branch at which it was found. */
  readonly commit: string;
  /** The file's text. */
  readonly text: string;
  /** act.adoption: when the clerk first found a config here. */
  readonly adoptedAt: Instant;
}

/** One decision of a repository, in a line of its register. */
export interface DecisionLine {
  /** 1, 2, …: without a gap. */
  readonly number: number;
  readonly pull: number;
  /** Which motion of the proposal was decided. */
  readonly motion: number;
  readonly outcome: string;
  readonly at: Instant;
  /** Of the record. */
  readonly hash: string;
  /** Link to the comment that carries it; empty: not known yet. */
  readonly url: string;
}

export interface KeptDecision extends DecisionLine {
  /** The record in the form of `src/decisions`; empty: the line was recovered from GitHub, where the record stands. */
  readonly record: string;
}

/**
 * What GitHub showed of a proposal when it was last reconciled to the end, and by what it was judged. It can be made anew from GitHub at any time,
 * and decides nothing: it tells what need not be read again.
 */
export interface ProposalRow {
  readonly pull: number;
  readonly title: string;
  /** Login; empty: the account is gone. */
  readonly author: string;
  readonly labels: readonly string[];
  readonly state: "open" | "closed" | "merged";
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly head: string;
  /** When its decision can change by itself; null: never. */
  readonly nextCheckAt: Instant | null;
  /** When it was read, by GitHub's time. */
  readonly readAt: Instant;
  /**
   * Fingerprint of what was read and of what judged it, once everything was done that followed from it. Empty: something is to be done, or
   * may be.
   */
  readonly settled: string;
  /** Somebody on the roster is involved. */
  readonly members: boolean;
  /** remind.digest: what it waits for, as JSON; empty: nobody asks for it. */
  readonly outline: string;
}

export interface KeptRound {
  /** Everything that changed before was listed, and is either reconciled or not `settled`. GitHub's time. */
  readonly upTo: Instant;
}

export interface Intent {
  /** What is about to be made: `comment announce 1:concluded`, `check`. */
  readonly subject: string;
  readonly at: Instant;
  /** Which process is about to make it: a number of its own, made at its start. */
  readonly by: string;
}
