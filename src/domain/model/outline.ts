import type { Instant } from "../text/time.js";
import type { PersonRef } from "./people.js";
import type { Disposition } from "./rules.js";

/** remind.digest, remind.mine: what the open pull requests of a repository wait for, as the clerk has last seen each. */
export interface Overview {
  readonly outlines: readonly Outline[];
  /** Open pull requests that it has not seen since its start. */
  readonly unread: readonly number[];
  /** There are more open pull requests than are listed, or may be. */
  readonly more: boolean;
}

/** What one proposal waits for, in short. None of it decides anything. */
export interface Outline {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly author: PersonRef | null;
  /** Since when it waits for that. */
  readonly since: Instant;
  readonly waits: Waits;
  /** Open concerns that stand in the way. */
  readonly concerns: readonly { readonly number: number; readonly by: PersonRef }[];
  /** Gates that are not met, and before what they have to be. */
  readonly gates: readonly OutlinedGate[];
}

export type Waits =
  | {
      readonly kind: "votes";
      readonly disposition: Disposition;
      /** Teams that have not approved. */
      readonly teams: readonly MissingVotes[];
      /** Nothing begins although the votes may be there: a draft, the wrong base, a lost record. */
      readonly held: boolean;
    }
  | { readonly kind: "fcp"; readonly disposition: Disposition; readonly endsAt: Instant }
  /** Accepted, and left to people to merge. */
  | { readonly kind: "merge"; readonly mover: PersonRef }
  /** Without a motion: nothing has been said or done by people since. */
  | { readonly kind: "quiet"; readonly turn: WhoseTurn; readonly why: QuietReason };

export type WhoseTurn = "author" | "team" | "nobody";

export type QuietReason =
  | "draft"
  | "concerns"
  | "gates"
  /** It waits for other proposals. */
  | "dependencies"
  /** Nobody has moved it. */
  | "motion"
  /** An amendment that is voted on. */
  | "amendment";

export interface MissingVotes {
  readonly title: string;
  /** How many more have to say yes; 0: it takes votes of any kind (tally.threshold, a quorum), or members. */
  readonly lacks: number;
  /** In the order of the roster. */
  readonly missing: readonly { readonly member: PersonRef; readonly away: boolean }[];
}

export interface OutlinedGate {
  /** What it waits for, in plain text: `the label “blocked” to be taken off`. */
  readonly words: string;
  /** Who can clear it: members a label, and, as the author too, a thread; the author its form; nobody here what it depends on. */
  readonly by: "members" | "both" | "author" | "nobody";
}
