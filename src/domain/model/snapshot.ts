import type { Instant } from "../text/time.js";
import type { FormRead } from "./form.js";
import type { GateFacts } from "./gates.js";
import type { Overview } from "./outline.js";
import type { Account, PersonRef } from "./people.js";
import type { PublishedRecord } from "./publicRecord.js";
import type { LawfulNote, Register } from "./register.js";
import type { Rules } from "./rules.js";
import type { SpecFacts } from "./spec.js";

/**
 * What GitHub shows now of one pull request: facts only, no judgement. Made by `github/read`, read by `decide`.
 * Arrays may come in any order and hold repetitions; the core sorts and folds them itself.
 */
export interface Snapshot {
  readonly repository: RepositoryFacts;
  /** The clerk's own account; `login` as GraphQL says it, without `[bot]`. */
  readonly clerk: { readonly login: string; readonly id: number };
  /** act.adoption: when the config first reached the default branch. What people did earlier is no act. */
  readonly adoptedAt: Instant;
  /** Commit of the default branch whose config the rules came from; null where it is not known. */
  readonly rosterCommit: string | null;
  readonly pull: PullFacts;
  /** Names of the labels it carries now. */
  readonly labels: readonly string[];
  /** PR comments, submitted reviews and inline review comments, by whomever, the clerk's own included. */
  readonly utterances: readonly Utterance[];
  readonly events: readonly TimelineEvent[];
  readonly files: readonly ChangedFile[];
  /** GitHub lists no more than so many files of a PR: others may have been changed. */
  readonly filesCutOff: boolean;
  /** The clerk's own comments on this PR (issue comments only), oldest first. */
  readonly ownComments: readonly OwnComment[];
  /** Comments by accounts named as in `legacy_bots`, of whatever type, oldest first, with their raw text (takeover.legacy). */
  readonly legacyComments: readonly LegacyComment[];
  /** The clerk's newest own check run named `msc-clerk` for this PR on the present head, if any. */
  readonly check: ObservedCheck | null;
  /** Other open PRs with the same head commit (check.head: the strictest result is shown). */
  readonly siblings: readonly { readonly number: number; readonly verdict: CheckVerdict | null }[];
  /** There may be more such PRs than are listed: what they come to is not known, so the check waits. */
  readonly siblingsCutOff: boolean;
  /** The newest valid register, from the clerk's store or, signed, from whichever carrier on GitHub held it; null when there is none. */
  readonly register: Register | null;
  /** Where it was found: nobody who can write on GitHub can take it out of the store (memory.kept). */
  readonly registerFrom: "store" | "github";
  /** Sequence numbers of the register as each carrier shows it now (null: absent, older form or forged). */
  readonly carriers: {
    readonly comment: number | null;
    readonly check: number | null;
    /** The newest that any comment or run of the clerk's on this PR carries, signed, as far as they were read (memory.lost). */
    readonly newest: number | null;
    /** The newest that any of its runs carries: nobody but the clerk can change a run. */
    readonly newestRun: number | null;
    /** Contents of the clerk's own revisions that somebody has deleted. */
    readonly erased: number;
  };
  /** memory.kept: what the last reconcile decided could not be written down, so nothing is judged until it can. */
  readonly unkept: boolean;
  /**
   * text.same: fingerprints of what the PR changes at commits that something was said of, where there is more than one to tell apart.
   * A commit whose files GitHub does not tell, or not all of them, is left out.
   */
  readonly texts: readonly { readonly commit: string; readonly text: string }[];
  /**
   * config.lawful: the last rules that came through an approved amendment, where the present ones did not. Until they are ratified
   * or reverted nothing begins or concludes that would not under both. null: the present rules are lawful.
   */
  readonly lawfulRules: Rules | null;
  /** config.lawful: where the present config came from that nobody approved, as the history tells; null: it is lawful, or not known. */
  readonly unlawful: { readonly commit: string; readonly at: Instant } | null;
  /** The lawful config as the clerk keeps it, to be written down with every register (config.lawful). null: not known. */
  readonly lawful: LawfulNote | null;
  /**
   * config.lawful: the clerk knows no more which config is lawful: the present one, as it is noted once a rebuilt record is confirmed
   * under it. Nothing begins or concludes meanwhile. null: it knows.
   */
  readonly lawfulLost: LawfulNote | null;
  /** record.signed: the public records of this proposal's decisions, as the clerk keeps them; none that is not given out yet. */
  readonly published: readonly PublishedRecord[];
  /** gate.begin, gate.end: what the gates of the config ask for. Left out: nothing that is not told here already. */
  readonly gates?: GateFacts;
  /** form.check: what its form goes by besides all this. Left out: nobody looks at its form. */
  readonly form?: FormRead;
  /** spec.linked: pull requests of the specification that name it. Left out: nobody looks, or the App is not installed there. */
  readonly spec?: SpecFacts;
  /** remind.mine: what the other proposals wait for, and this one. Left out: nobody has asked. */
  readonly overview?: Overview;
  /** For a PR that would change the config file: what it would make of it. null: it leaves the file alone. */
  readonly amendment: AmendmentFacts | null;
}

/** What a PR that touches the config file would make of it. Read by commit: at the head, the merge base and the default branch. */
export interface AmendmentFacts {
  readonly head: AmendedConfig;
  /**
   * The config at the PR's merge base is the one on the default branch now. Where it is not, what a merge would make of the file
   * was written by nobody: it must be brought up to date first.
   */
  readonly upToDate: boolean;
  /** Where it is not: the rules at the merge base, from which the PR's own changes are read; null where it is, or where they were not valid. */
  readonly forkedFrom: Rules | null;
  /** Logins GitHub was asked about, lower case, with the numeric id each has; those without an account are left out. */
  readonly accounts: readonly { readonly login: string; readonly id: number }[];
  /** How many it would seat, where that is more than are asked about (`MAX_SEATS`): then nobody was. null: no more than that. */
  readonly tooManySeats: number | null;
  /** The PR's description is not empty (amend.appoint: stating why). */
  readonly statesWhy: boolean;
  /**
   * amend.absent, only while the absence duty is on: for each member it would remove, since when nothing has been seen of them in
   * the repository (or since when they sit in the team, if that is later); `at` null: nothing is known of either. null: it cannot be
   * told now, so nobody is absent.
   */
  readonly quiet: readonly { readonly person: PersonRef; readonly at: Instant | null }[] | null;
  /**
   * It was merged, and by what the history shows its merge was not the step that was approved, nor has it been ratified since
   * (config.lawful).
   */
  readonly landedOtherwise: boolean;
  /** Snapshots of the proposals with an open motion, for the preview (amend.preview). Never holds this PR. */
  readonly openMotions: readonly Snapshot[];
}

export type AmendedConfig =
  | { readonly kind: "valid"; readonly rules: Rules }
  /** Lines and columns count from 1. */
  | {
      readonly kind: "invalid";
      readonly faults: readonly {
        readonly line: number;
        readonly column: number;
        readonly message: string;
      }[];
    }
  /** Deleted, or renamed away: nothing would decide here any more. */
  | { readonly kind: "gone" }
  /** A symbolic link, a submodule or a folder in the file's place. */
  | { readonly kind: "not_a_file" };

export interface RepositoryFacts {
  readonly owner: string;
  readonly name: string;
  readonly id: number;
  readonly defaultBranch: string;
  readonly archived: boolean;
  readonly withoutIssues?: true; // Issues are switched off, so nothing that is due can be reported in one
}

export interface PullFacts {
  readonly number: number;
  readonly nodeId: string; // GraphQL's
  readonly title: string;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly locked: boolean;
  readonly author: Account | null;
  /** GitHub knows of nothing of theirs that was merged here before. Left out: it does, or does not tell. */
  readonly newcomer?: true;
  readonly base: string;
  /** Head commit id. */
  readonly head: string;
  readonly createdAt: Instant;
  /** What its author says in the description, and since when it says so. null: somebody else wrote it last, or nothing in it is said to the clerk. */
  readonly description: { readonly lines: readonly string[]; readonly at: Instant } | null;
  /** Its lines that say something of the proposal (`Documentation: …`), whoever saved it last: for the pages. Left out: there are none. */
  readonly about?: readonly string[];
  readonly closedAt: Instant | null;
  readonly mergedAt: Instant | null;
}

/**
 * Something a person wrote. `id` is `comment:123`, `review:123` or `inline:123` with the 64-bit database id as text:
 * unique in the repository and stable.
 */
export interface Utterance {
  readonly id: string;
  readonly nodeId: string;
  readonly kind: "comment" | "review" | "inline";
  readonly url: string;
  readonly author: Account | null;
  /** Written by the clerk itself (`viewerDidAuthor`). Such utterances hold no acts. */
  readonly byClerk: boolean;
  readonly createdAt: Instant;
  /** Somebody has hidden it on GitHub, as spam or as outdated say. It counts all the same. Left out: nobody has. */
  readonly hidden?: true;
  /**
   * All revisions, oldest first, the first being the text as created. When GitHub's edit list was not read (the text was
   * never edited, or holds no mention and was edited by its author only), there is one revision with the present text.
   */
  readonly revisions: readonly Revision[];
  /** The clerk's own reactions on it. */
  readonly reactions: { readonly thumbsUp: boolean; readonly confused: boolean; readonly eyes: boolean };
  /** For a review only. */
  readonly review: ReviewFacts | null;
}

export interface Revision {
  readonly editor: Account | null;
  readonly at: Instant;
  /**
   * The lines a person said in their own voice: outside code, quotes, HTML comments, link texts. `null` when a maintainer
   * deleted this revision's content, so that nobody can know what it said.
   */
  readonly lines: readonly string[] | null;
}

export interface ReviewFacts {
  /** As submitted: a dismissed review keeps what it was (from the dismissal event), `null` when GitHub does not tell. */
  readonly submitted: "approved" | "changes_requested" | "commented" | null;
  readonly dismissed: boolean;
  /** The commit it was given on; null when GitHub has lost it. */
  readonly commit: string | null;
}

export type TimelineEvent = {
  /** GraphQL node id. */
  readonly id: string;
  readonly at: Instant;
  readonly actor: Account | null;
  readonly byClerk: boolean;
} & (
  | {
      readonly kind: "labeled" | "unlabeled";
      /** null: the label is gone from the repository. */
      readonly label: string | null;
    }
  | { readonly kind: "closed" | "reopened" | "merged" | "to_draft" | "ready_for_review" }
  | {
      readonly kind: "review_dismissed";
      /** `review:123`; null when GitHub does not tell. */
      readonly review: string | null;
      /** Dismissed because a push made it stale (branch protection), whoever the actor is. */
      readonly byPush: boolean;
      /** It has the words that GitHub itself gives a dismissal for a changed base; anybody may have given them too. */
      readonly forBase: boolean;
    }
  | { readonly kind: "comment_deleted"; readonly author: Account | null }
  | { readonly kind: "force_pushed"; readonly before: string | null; readonly after: string | null }
  | { readonly kind: "base_changed"; readonly from: string; readonly to: string }
);

export interface ChangedFile {
  readonly path: string;
  readonly change: "added" | "modified" | "removed" | "renamed" | "other";
  /** Where a renamed file came from, where a path rule could care. */
  readonly previous?: string;
}

/** A comment the clerk wrote. What others made of it since is in `revisions`. */
export interface OwnComment {
  /** Database id as text, for REST. */
  readonly id: string;
  readonly nodeId: string;
  readonly url: string;
  readonly createdAt: Instant;
  /** From the newest revision that is the clerk's own, never from a text another person edited (comment.once). */
  readonly marker: Marker;
  /** The text as it stands now, without the hidden record and marker lines. */
  readonly body: string;
  /** Somebody else saved the text as it stands now. Left out: the clerk did. */
  readonly savedByOther?: true;
  /** The sequence number of the valid record it carries now; null when none, or when its signature does not hold. */
  readonly seq: number | null;
  /** For comments with boxes (status, checklist) edited by anyone but the clerk: all revisions, oldest first (ballot.tick). Else empty. */
  readonly revisions: readonly OwnRevision[];
}

export interface LegacyComment {
  readonly id: string;
  readonly url: string;
  readonly author: Account | null;
  readonly createdAt: Instant;
  /** As it stands now, whoever saved it last. */
  readonly body: string;
  /** All revisions, oldest first; just the present text, where only its author has ever saved it, and before adoption. */
  readonly revisions: readonly LegacyRevision[];
}

export interface LegacyRevision {
  readonly editor: Account | null;
  readonly at: Instant;
  /** null when the revision's content was deleted, or is not known. */
  readonly body: string | null;
}

export interface OwnRevision {
  readonly id: string;
  readonly editor: Account | null;
  readonly byClerk: boolean;
  readonly at: Instant;
  /** null when the revision's content was deleted. */
  readonly body: string | null;
}

export const MARKER_KINDS = ["status", "register", "announce", "reply", "checklist", "spec"] as const;

/**
 * What a comment of the clerk's is for. Written as `<!-- msc-clerk:KIND KEY -->` on its first line, and known by it again.
 * `status` key: the motion's number, and `NUMBER:ended` once its last words are written. `register` key: `1`. `announce` key: e.g. `1:fcp-begun`. `reply` key: see `PendingReply.key`.
 * `checklist` key: the motion's number and the commit its file was read at, `1:abc…`, and `NUMBER:ended`.
 * `spec` key: `1` on a proposal; on a pull request of the specification the proposals it links to, `REPOSITORY_ID:12,34` (spec.linked).
 */
export interface Marker {
  readonly kind: (typeof MARKER_KINDS)[number];
  readonly key: string;
}

export const CHECK_VERDICTS = ["failure", "in_progress", "neutral", "success"] as const;
/** From strictest to mildest. */
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

export interface ObservedCheck {
  /** Database id, for REST. */
  readonly id: number;
  /** As shown on the commit. */
  readonly verdict: CheckVerdict | "stale" | "other";
  /** This PR's own verdict, before the strictest of PRs with the same head was taken; from `external_id`. */
  readonly own: CheckVerdict | null;
  readonly coveredBy?: ObservedCheck["verdict"]; // what a newer run of another PR shows on this head in its place
  readonly title: string;
  readonly summary: string;
  readonly startedAt: Instant;
}
