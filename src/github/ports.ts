import type { ConfigOutcome, ReadingConfig, ValidConfig } from "../config/outcome.js";
import type { LastActs } from "../domain/amendment/absence.js";
import type { ConfigVersion } from "../domain/amendment/history.js";
import type { Action } from "../domain/model/action.js";
import type { Phase } from "../domain/model/decision.js";
import type { LawfulNote, Register } from "../domain/model/register.js";
import type { Rules } from "../domain/model/rules.js";
import type { Snapshot } from "../domain/model/snapshot.js";
import type { Instant } from "../domain/text/time.js";
import type { Gone, Read, ReadResult, Unreadable } from "./readResult.js";

/*
 * Reading and writing are different types: what decides is given none of them, what reads cannot write.
 */

export interface RepositoryRef {
  readonly installation: number;
  readonly owner: string;
  readonly name: string;
}

export interface ProposalRef extends RepositoryRef {
  readonly number: number;
}

/** The clerk's own memory of registers, as far as reading needs it (memory.kept). */
export interface RegisterMemory {
  /** The newest register kept of this pull request; null: none ever was. `repository`: GitHub's numeric id. */
  recall(repository: number, pull: number): Promise<Recalled>;
}

export type Recalled =
  | { readonly kind: "recalled"; readonly register: Register | null }
  /** Nothing can be known now: hold, and try again. */
  | { readonly kind: "unavailable"; readonly why: string };

/** The config that is lawful in a repository, with its text. */
export interface LawfulConfig extends LawfulNote {
  readonly text: string;
}

/** The clerk's own memory of which config is lawful (config.lawful), by the repository's numeric id. */
export interface LawfulMemory {
  /** null: nothing is kept yet. */
  lawful(repository: number): Promise<KeptAnswer<LawfulConfig | null>>;
  /** Only where what is kept has the number `expected` (null: nothing is kept); `conflict`: it has another one. */
  putLawful(
    repository: number,
    next: LawfulConfig,
    expected: number | null,
  ): Promise<KeptAnswer<null> | { readonly kind: "conflict"; readonly kept: LawfulConfig | null }>;
}

type KeptAnswer<T> =
  | { readonly kind: "stored"; readonly kept: T }
  /** Nothing can be known now: hold, and try again. */
  | { readonly kind: "unavailable"; readonly why: string };

/** What a read shows is not used, as it does not show yet what the clerk itself has written lately (comment.once). */
export interface Lagging {
  readonly kind: "lagging";
  readonly why: string;
  readonly readAt: Instant;
}

export interface Reader {
  /**
   * The config of the default branch. What is remembered may be served, as the reconcile that uses it verifies it (`proposal`); `fresh`:
   * ask GitHub, for callers that read nothing else.
   */
  config(repository: RepositoryRef, fresh?: boolean): Promise<ConfigOutcome>;
  /**
   * The whole snapshot: what GitHub shows of the pull request, and what the rules about the rules need besides, where that can matter (what it
   * would make of the config, the motions it would affect, whether the present config came by the rules). `lags` is asked once the pull
   * request itself was read; where it says so, nothing more is read.
   */
  proposal(
    ref: ProposalRef,
    config: ValidConfig,
    lags: (shown: Snapshot) => Lagging | null,
  ): Promise<ReadResult<{ snapshot: Snapshot; sight?: Sight | null }> | Lagging>;
  /** A page of the open pull requests, oldest first, with what tells whether anything has happened to them. `after` null: the first. */
  open(
    repository: RepositoryRef,
    from: { readonly after: string | null; readonly threads: boolean },
  ): Promise<ReadResult<OpenPage>>;
  /**
   * Told what a reconcile made of what it saw, so that no preview reads it again (amend.preview). true: previews show it, or did until now.
   */
  judged(ref: ProposalRef, snapshot: Snapshot, phase: Phase): boolean;
  /** Every version of the config, oldest first, as far as the history tells, with the lawful one marked by what was kept. */
  versions(repository: RepositoryRef, config: ValidConfig): Promise<ReadResult<VersionsKnown>>;
  /**
   * Every version of the config, each asked whether it was approved. It needs no valid config now: what is wrong with it is part of the
   * history. `id`: the repository's numeric id, where what is kept as lawful is to be marked.
   */
  history(repository: RepositoryRef, id: number | null): Promise<ReadResult<VersionsKnown>>;
  /** The newest act of each person; unreadable: it cannot be told now, so nobody can be called absent (absence.eight-weeks). */
  lastActs(repository: RepositoryRef, config: ReadingConfig): Promise<Read<{ acts: LastActs }> | Unreadable>;
  /** The head and the clerk's own check on it. Decides nothing. */
  head(ref: ProposalRef): Promise<ReadResult<HeadFacts>>;
  /** A page of the numbers of the open pull requests, oldest first. `after` null: the first. */
  openNumbers(repository: RepositoryRef, after: string | null): Promise<ReadResult<OpenNumbers>>;
  /** The numbers of all that are open, or none: half a list is no list. */
  everyOpen(repository: RepositoryRef): Promise<ReadResult<EveryOpen>>;
  /**
   * Numbers of the PRs changed at or after `since`. Pages of lists only, of each no more than `most` (or what the reader finds reasonable);
   * of comments and events no more than `mostBeside`.
   */
  changed(
    repository: RepositoryRef,
    since: Since,
    most?: number,
    mostBeside?: number,
  ): Promise<Read<Changes> | Gone>;
  /** Forgets what is remembered of a proposal: its next read is a cold one. */
  forget(ref: ProposalRef): void;
  /**
   * spec.linked: numbers of the proposals that something has happened to in the specification's repository since this was asked last; `thorough`:
   * and of all that something happened to lately. gone: no lawful config names one, or the App may not look there.
   */
  specNews(
    repository: RepositoryRef,
    config: ValidConfig,
    thorough: boolean,
  ): Promise<ReadResult<{ numbers: readonly number[] }>>;
  /** Every closed proposal as its labels tell of it; none where the config says by rule what a proposal is, as no label tells then. */
  closedProposals(
    repository: RepositoryRef,
    rules: Rules,
  ): Promise<ReadResult<{ proposals: readonly ListedProposal[] }>>;
  /** Numbers of the closed PRs that carry a label of a motion, which may run on while they are closed. */
  closedMotions(repository: RepositoryRef, rules: Rules): Promise<ReadResult<Listed>>;
  /** Paths of the files in the folder of the config, on the default branch: what may have been meant to be it. One request. */
  besideConfig(repository: RepositoryRef): Promise<ReadResult<{ paths: readonly string[] }>>;
  /** check.queue: the merge queue of a branch (null: the default branch), in its order. Decides nothing. */
  mergeQueue(
    repository: RepositoryRef,
    branch: string | null,
  ): Promise<ReadResult<{ entries: readonly QueueEntry[] }>>;
  /** Every repository of every installation, or of one. */
  repositories(installation?: number): Promise<Read<ListedRepositories> | Unreadable>;
}

/** What a read saw of a pull request, as far as it can be compared with a glance at it later. */
export interface Sight {
  /** Fingerprint of everything that differs when something has happened to it: but for its check runs and who resolved which thread. */
  readonly print: string;
  readonly title: string;
  /** Login; empty: the account is gone. */
  readonly author: string;
  readonly labels: readonly string[];
  readonly state: "open" | "closed" | "merged";
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly head: string;
  /** When it was asked for, by GitHub's time. */
  readonly readAt: Instant;
}

export interface OpenPage {
  /** `marks` null: it has more than is shown of it, so nothing is known. */
  readonly pulls: readonly { readonly number: number; readonly marks: OpenMarks | null }[];
  /** Where the next page begins; null: that was all. */
  readonly next: string | null;
}

/** The glance: `print` as in {@link Sight}, and what the clerk's own runs on the head say. */
export interface OpenMarks {
  readonly print: string;
  readonly check: string;
  readonly form: string;
  /** Who resolved each thread, in GitHub's order; null: not asked for, or more than are shown. */
  readonly threads: readonly string[] | null;
}

export interface VersionsKnown {
  readonly versions: readonly ConfigVersion[];
  /** config.lawful: the clerk does not know any more which of them is. */
  readonly lost: boolean;
}

/** Just enough of a PR for a check run when the config is invalid. */
export interface HeadFacts {
  readonly head: string;
  readonly open: boolean;
  readonly check: {
    readonly id: number;
    readonly title: string;
    readonly summary: string;
    readonly startedAt: Instant;
    readonly verdict: string;
  } | null;
}

/** A pull request in a merge queue; its group holds those before it too. null: GitHub does not tell. */
export interface QueueEntry {
  readonly position: number;
  /** The group's own commit. */
  readonly head: string | null;
  readonly pull: number | null;
}

/** Numbers of PRs. */
export interface Listed {
  readonly numbers: readonly number[];
  /** Pass it as `since` next time; GitHub's clock, with room for lag. */
  readonly upTo: Instant;
}

/** What a list tells of a closed proposal. */
export interface ListedProposal {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Login; null: the account is gone. */
  readonly author: string | null;
  readonly labels: readonly string[];
  readonly state: "closed" | "merged";
  readonly draft: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly endedAt: Instant | null;
  /** Lines of its description that are neither quoted nor code. */
  readonly description: readonly string[];
}

export interface OpenNumbers {
  readonly numbers: readonly number[];
  /** Where the next page begins; null: that was all. */
  readonly next: string | null;
  /** What has changed since then this page may not show; by GitHub's time. */
  readonly upTo: Instant;
}

export interface EveryOpen {
  readonly numbers: readonly number[];
  /** There are more than are read. */
  readonly cutOff: boolean;
}

/** No one of these tells of everything: an edited comment does not touch the PR's own time stamp, nor does every event. */
export const LISTS_OF_CHANGES = ["issues", "issues/comments", "pulls/comments", "issues/events"] as const;
export type ListOfChanges = (typeof LISTS_OF_CHANGES)[number];

/** From when on each list is asked for: one that fails is asked again from the same moment, and takes no other back with it. */
export type Since = Readonly<Record<ListOfChanges, Instant>>;

export const eachList = (of: (list: ListOfChanges) => Instant): Since => ({
  issues: of("issues"),
  "issues/comments": of("issues/comments"),
  "pulls/comments": of("pulls/comments"),
  "issues/events": of("issues/events"),
});

export const allSince = (moment: Instant): Since => eachList(() => moment);

/** PRs that have changed. */
export interface Changes extends Listed {
  /** When each was last changed, as far as the lists tell: the same time stamp again is the same news again. */
  readonly stamps: ReadonlyMap<number, Instant>;
  /** The newest act at or after `since` of each person whom the lists of changes name; of reviews they tell nothing. */
  readonly acts: LastActs;
  /** Those of which there was more than is read: the numbers are not all of them. Whoever continues from `upTo` must make up for that. */
  readonly cutOff: readonly ListOfChanges[];
  /** Those that GitHub does not have here, today and tomorrow: as with `cutOff`. */
  readonly missing: readonly MissingList[];
  /** Those that could not be read: as with `cutOff`, or ask again from the same moment. null: all were. */
  readonly failed: FailedLists | null;
}

export interface MissingList {
  readonly list: ListOfChanges;
  readonly why: string;
}

/** Why, and until when: of the last of them. */
export interface FailedLists extends Unreadable {
  readonly lists: readonly ListOfChanges[];
}

export interface ChangedPull {
  readonly number: number;
  readonly merged: boolean;
}

export interface ListedRepositories {
  readonly repositories: readonly RepositoryRef[];
  /** Numeric ids of all that the App is installed on, the archived ones too. */
  readonly ids?: readonly number[];
  /** Those of them that not everybody may see. */
  readonly notPublic?: readonly number[];
  /** Installations whose repositories could not be listed: none of them is among these. */
  readonly unread: readonly {
    readonly installation: number;
    readonly why: string;
    readonly retryAt: Instant | null;
  }[];
}

export interface Writer {
  /** Carries out one action, paced and within the rate limits. Never throws for what GitHub answers. */
  apply(ref: ProposalRef, action: Action): Promise<WriteOutcome>;
  /**
   * Carries out the first of these, and those after it that go in one request with it: what came of each, in order. One that fails keeps
   * none after it from being done, so they must be such that do no harm then.
   */
  applyTogether(ref: ProposalRef, actions: readonly [Action, ...Action[]]): Promise<readonly WriteOutcome[]>;
  /**
   * memory.kept: could this register be carried whole where nobody else can change it, and would it be read back as it is? Asked
   * before it is written anywhere.
   */
  canKeep(repository: number, pull: number, register: Register): "kept" | "too_large" | "unreadable";
  /** Creates the labels the clerk uses that the repository lacks, with colour and description. */
  ensureLabels(repository: RepositoryRef, rules: Rules): Promise<WriteOutcome>;
}

export type WriteOutcome =
  /** `id`: of the comment or check run that was made. */
  | {
      readonly kind: "done";
      readonly id: string | null;
      /** The record was too large for what was written, which shows its number only; it must be carried elsewhere. */
      readonly recordLeftOut?: true;
    }
  /** It may have happened or not (time-out, 5xx on a POST): wait for the lag to pass and read again. */
  | { readonly kind: "unclear"; readonly why: string }
  /** Nothing happened; the same call may go through later (rate limits, 5xx on what may be repeated). */
  | { readonly kind: "later"; readonly why: string; readonly retryAt: Instant | null }
  /** GitHub refuses it for good: 403 without a limit, 404, 410, 422. Said in the log, with what to do. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly why: string;
      /** said.locked: because the conversation is locked, which it was not when it was read. */
      readonly locked?: true;
    };
