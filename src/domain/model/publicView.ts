// One file: all that the pages, the data and the feeds know of a proposal is read here from top to bottom.

import type { Instant } from "../text/time.js";
import type { GateMoment, GateState } from "./gates.js";
import type { Choice, Concern, Provenance } from "./register.js";
import type { Disposition } from "./rules.js";

/**
 * What everybody may see of one proposal: a projection of its decision and of what GitHub shows, plain JSON, made at each reconcile and kept in the
 * store. None of it decides anything. Texts are as people wrote them, cut to a length: whoever shows them escapes them. People are logins.
 */
export interface PublicView {
  readonly summary: ProposalSummary;
  readonly detail: ProposalDetail;
  /** All that can be told now, oldest first. What was told before and cannot be told any more (a vote that another took the place of) is kept. */
  readonly events: readonly PublicEvent[];
}

/**
 * Where a proposal stands, in the order of the process: how far it has come, then how it may have ended. The state label says the same
 * (label.state); each has one place on the board.
 */
export const PLACES = [
  "draft",
  "in_review",
  "proposed",
  "fcp",
  "finished",
  "spec_missing",
  "spec_in_review",
  "merged",
  "rejected",
  "postponed",
  "obsolete",
  /** Closed or merged without a decision, or a placeholder. */
  "undecided",
] as const;
export type Place = (typeof PLACES)[number];

/** One line of the board. */
export interface ProposalSummary {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Who opened it; null: the account is gone. */
  readonly author: string | null;
  /** author.named: all who are its authors now. */
  readonly authors: readonly string[];
  readonly shepherd: string | null;
  /** What its description names as such. */
  readonly documentation: readonly string[];
  readonly labels: readonly string[];
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** When it was closed or merged. */
  readonly endedAt: Instant | null;
  /** `labels`: the clerk never counted here (act.adoption); it is told by its labels, and there is no record. */
  readonly known: "clerk" | "labels";
  /** It changes the roster or the rules. */
  readonly amendment: boolean;
  readonly place: Place;
  /** What it waits for or how it ended, in one sentence; empty: it is known by its labels only. */
  readonly sentence: string;
  /** The open or the last motion. */
  readonly motion: MotionLine | null;
  /** A line for each needed team; those of an amendment are the routes nearest to passing. Empty: nothing is counted. */
  readonly teams: readonly TeamLine[];
  readonly concerns: readonly ConcernLine[];
  /** What is not met yet of what the config asks for, and before what. */
  readonly gates: readonly { readonly words: string; readonly before: GateMoment }[];
  /** The running period. */
  readonly fcp: { readonly startedAt: Instant; readonly endsAt: Instant } | null;
  /** Whose turn it is; null: nobody's, it has ended or time has to pass. */
  readonly turn: "author" | "team" | "mover" | "others" | null;
  /** Since when it waits for that. */
  readonly since: Instant;
}

export interface MotionLine {
  readonly number: number;
  readonly disposition: Disposition;
  readonly mover: string;
  readonly at: Instant;
  readonly url: string;
  /** How it ended; null: it is open. */
  readonly end: "concluded" | "cancelled" | "merged_undecided" | "overridden" | "void" | null;
}

/** How a team's count stands, or stood when it was decided. */
export interface TeamLine {
  readonly team: string;
  readonly title: string;
  readonly yes: number;
  readonly needed: number;
  readonly size: number;
  readonly passed: boolean;
  /** The count as a sentence: `5 of 6 needed, of 8`. */
  readonly count: string;
  /** Members without a vote, in the order of the roster. */
  readonly missing: readonly { readonly login: string; readonly away: boolean }[];
  /** Members who abstain. */
  readonly abstained: readonly string[];
}

/** One that is open. */
export interface ConcernLine {
  readonly number: number;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
  readonly url: string;
  readonly kind: Concern["kind"];
  /** It stands in the way of the present motion. */
  readonly blocks: boolean;
}

/** What the page of one proposal shows besides. */
export interface ProposalDetail {
  /** In the order of the teams above; where it is decided, the votes that decided. */
  readonly votes: readonly TeamVotes[];
  /** Every one, by number. */
  readonly concerns: readonly (ConcernLine & {
    readonly motion: number;
    readonly resolved: { readonly by: string; readonly at: Instant; readonly url: string } | null;
  })[];
  readonly gates: readonly {
    readonly name: string;
    readonly before: GateMoment;
    readonly state: GateState;
    /** What it waits for; empty: nothing. */
    readonly words: string;
    readonly waiver: { readonly by: string; readonly reason: string; readonly url: string } | null;
  }[];
  /** Commit of the head. */
  readonly head: string;
  /** fcp.after: yes to the text as it stands, of those who are not its authors; null: nothing is asked. */
  readonly approval: {
    readonly needed: number;
    readonly by: readonly string[];
    readonly met: boolean;
  } | null;
  /** What keeps it, whatever the votes: a sentence each. */
  readonly holds: readonly string[];
  /** amend: what it changes, a sentence each. Empty: it is none. */
  readonly changes: readonly string[];
}

export interface TeamVotes {
  readonly team: string;
  readonly title: string;
  /** `75% of the Spec Core Team` */
  readonly measure: string;
  /** When it was decided; null: it still counts. */
  readonly decidedAt: Instant | null;
  readonly seats: readonly SeatLine[];
}

/** A member and their vote. */
export interface SeatLine {
  readonly login: string;
  readonly lead: boolean;
  readonly away: boolean;
  /** null: none, or none that counts. */
  readonly choice: Choice | null;
  /** How it came in, and where it can be looked up. */
  readonly cast: Cast | null;
  /** What they said that is no vote here, in words: `an approval of an earlier text`. Empty: nothing. */
  readonly note: string;
}

export interface Cast {
  readonly via: Provenance["via"];
  readonly at: Instant;
  readonly url: string;
  /** The commit it was given on. */
  readonly head: string | null;
  /** It was given on another text than that of the present head. */
  readonly onEarlierText: boolean;
}

/** Something that has happened to a proposal, once. */
export interface PublicEvent {
  /** The same happening has the same at every look, and no other of the proposal has it. At most 200 characters of ASCII. */
  readonly id: string;
  readonly at: Instant;
  /** null: the clerk, or nobody knows. */
  readonly by: string | null;
  /** Where it can be looked up; null: nowhere by itself. */
  readonly url: string | null;
  /** What somebody wrote with it is hidden on GitHub, and shown nowhere. Left out: it is not, or nothing was. */
  readonly hidden?: true;
  readonly what: Happening;
}

export type Happening =
  | { readonly kind: "opened" }
  /** proposal.ready */
  | { readonly kind: "ready" }
  | { readonly kind: "motion"; readonly motion: number; readonly disposition: Disposition }
  | {
      readonly kind: "vote";
      readonly motion: number;
      readonly team: string;
      readonly choice: Choice | "retracted";
      readonly via: Provenance["via"];
      /** What its author wrote with it, in their own voice; empty: nothing, or it cannot be read any more. */
      readonly text: string;
    }
  /** A review of a member's, whether it counts or not: `approved` stands with its vote where it is one. */
  | {
      readonly kind: "review";
      readonly verdict: "approved" | "changes_requested";
      readonly dismissed: boolean;
      readonly text: string;
    }
  | { readonly kind: "concern"; readonly number: number; readonly text: string; readonly of: Concern["kind"] }
  | { readonly kind: "resolved"; readonly number: number }
  | {
      readonly kind: "fcp_begun";
      readonly motion: number;
      readonly disposition: Disposition;
      readonly endsAt: Instant;
    }
  /** Its time was up, and something stood in the way. */
  | { readonly kind: "fcp_blocked"; readonly motion: number; readonly disposition: Disposition }
  | {
      readonly kind: "concluded";
      readonly motion: number;
      readonly disposition: Disposition;
      readonly turnout: readonly Turnout[];
    }
  | { readonly kind: "cancelled"; readonly motion: number; readonly how: "command" | "closed" | "lost" }
  /** override.second: decided elsewhere. */
  | {
      readonly kind: "overridden";
      readonly motion: number;
      readonly outcome: "finished" | "cancelled";
      readonly reason: string;
    }
  /** motion.merged */
  | { readonly kind: "merged_undecided"; readonly motion: number }
  | { readonly kind: "corrected"; readonly motion: number; readonly reason: string }
  | { readonly kind: "waived"; readonly gate: string; readonly reason: string }
  /** Another text than before; a first one is none. */
  | { readonly kind: "new_text"; readonly commit: string }
  | { readonly kind: "obsolete"; readonly by: number | null }
  | { readonly kind: "closed" | "reopened" | "merged" }
  /** Another place than before, as its state label shows. */
  | { readonly kind: "spec_missing" | "spec_in_review" | "spec_merged" };

export type HappeningKind = Happening["kind"];

/** How many of a team took part in a decision. */
export interface Turnout {
  readonly team: string;
  readonly title: string;
  readonly yes: number;
  readonly abstained: number;
  readonly size: number;
}

/** Why the proposals of a repository stand still, and since when. */
export interface Halt {
  /** `invalid`: its config has faults. `unlawful`: nobody approved it. `lost`: nobody knows which config is lawful (config.lawful). */
  readonly why: "invalid" | "unlawful" | "lost";
  readonly since: Instant;
}

/** A roster through time: every version of the config, oldest first. */
export interface RosterHistory {
  readonly versions: readonly RosterVersion[];
}

export interface RosterVersion {
  readonly commit: string;
  /** When it came into force. */
  readonly at: Instant;
  /** The pull request it came by; null: a direct push. */
  readonly pull: number | null;
  readonly by: string | null;
  /** false: nobody can vote by it; its teams are empty here. */
  readonly valid: boolean;
  /** config.lawful, as it was when it had come. */
  readonly lawful: boolean;
  readonly teams: readonly RosterTeam[];
  /** Kinds of decisions, and what each takes in words. */
  readonly decisions: readonly {
    readonly name: string;
    readonly takes: readonly string[];
    readonly period: string;
  }[];
}

export interface RosterTeam {
  readonly team: string;
  readonly title: string;
  /** How many it has to have; 0: nothing is said. */
  readonly minimum: number;
  readonly members: readonly {
    readonly login: string;
    readonly id: number | null;
    readonly lead: boolean;
    /** `2018-10-29` */
    readonly since: string | null;
    readonly domains: readonly string[];
    readonly away: { readonly from: Instant; readonly until: Instant } | null;
  }[];
}
