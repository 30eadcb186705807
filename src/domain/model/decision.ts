// One file: all of it is one outcome. What a text, a label or the check may know of it is read here from top to bottom.

import type { Instant } from "../text/time.js";
import type { Change } from "./change.js";
import type { GateView } from "./gateView.js";
import type { LabelKey } from "./labels.js";
import type { Account, PersonRef } from "./people.js";
import type { Choice, Concern, Provenance, Register, Reply, Said } from "./register.js";
import type { AmendmentKey, Need } from "./rules.js";
import type { CheckVerdict } from "./snapshot.js";

/**
 * The whole outcome of one evaluation at one moment. Labels, status comment, check run, `explain` and the decision
 * record are projections of it; none of them counts again.
 */
export interface Decision {
  readonly at: Instant;
  readonly phase: Phase;
  /** What it waits for now, or how it ended: one code, one sentence (`messages/statusSentence`). */
  readonly reason: Reason;
  /** Why nothing begins or concludes for now, although the votes may be there (motion.hold). */
  readonly holds: readonly Hold[];
  /** One per needed team, in the order of the needs. Empty without a motion, except for what an unmade motion would need. */
  readonly tallies: readonly TeamTally[];
  readonly concerns: readonly ConcernView[];
  /** The register as it must be after this reconcile. Same object content as before when nothing was judged or changed. */
  readonly register: Register;
  /** memory.lost: the register was found lost this time, and rebuilt. */
  readonly lost: boolean;
  /** Every act judged this time, in order, and what came of it. */
  readonly verdicts: readonly ActVerdict[];
  readonly check: CheckVerdict;
  /** fcp.after, for a motion to merge that is in FCP or concluded. */
  readonly after: AfterFcp | null;
  /** For an amendment: what it changes, and what each change needs and has. Left out for a proposal. */
  readonly amendment?: AmendmentView;
  /** amend.preview: what every open motion would become under the amended rules. Left out: there are none to try. */
  readonly preview?: readonly PreviewLine[];
  /** config.lawful: the config that this hangs on is not lawful, or it is not known whether it is. Left out: all is well, or nothing here does. */
  readonly config?: ConfigState;
  /** Labels set by hand so often today that the clerk leaves them (label.state). */
  readonly contestedLabels: readonly LabelKey[];
  /** memory.kept: comments deleted so often today that they are not posted again before another day. Left out: none. */
  readonly withheld?: readonly Withheld[];
  /** takeover.legacy: an older bot seems to have carried a motion here, and why it does not go on. Left out or null: no older bot did. */
  readonly notTakenOver?: { readonly why: NotTakenOver; readonly url: string | null } | null;
  /** decision.ratchet: labels that stand by the hand of somebody who may add no need. Left out: none. */
  readonly idleLabels?: readonly IdleLabel[];
  /** gate.begin, gate.end: of a proposal that is, or may be, to be merged. Left out: the config asks for none. */
  readonly gates?: readonly GateView[];
  /** proposal.ready: it waits in the team's queue by this word of an author's. Left out: it does not. */
  readonly waiting?: Said;
  /** Nothing about the decision changes between `at` and this moment unless somebody acts; null: never. */
  readonly nextCheckAt: Instant | null;
}

export type ConfigState =
  /** The clerk does not know any more which config is lawful. */
  | { readonly kind: "lost" }
  /** The present config came without an approved amendment, so the last lawful one is asked too. */
  | {
      readonly kind: "unlawful";
      /** Which change it was, and when; null: not known. */
      readonly commit: string | null;
      readonly at: Instant | null;
      /** Where the last lawful config stands; null: not known. */
      readonly lawful: string | null;
      /** Of a proposal, for each team the count of the two that lacks more: the one that texts show. Of an amendment: none, as each change has its own. */
      readonly counted: readonly TeamTally[];
    };

/** A comment that was deleted so often today that it is not posted again before `until`. */
export interface Withheld {
  readonly comment: string;
  readonly until: Instant;
}

/** A label that stands and would ask for more than the motion needs, had a member put it on. `by` null: it is not known who did. */
export interface IdleLabel {
  readonly label: string;
  readonly by: Account | null;
}

/** Why a motion that an older bot seems to have carried is not taken over. A member can move anew. */
export type NotTakenOver =
  /** The label that says so was put on last by somebody else, or after adoption. */
  | "label_by_another"
  /** The comment is by an account of the same name and of another type. */
  | "namesake"
  /** What that bot wrote last in its comment cannot be read any more. */
  | "unreadable"
  /** Somebody else has deleted a comment of that bot's, which may have been the one that counts. */
  | "deleted"
  /** Its comment says it was cancelled, or neither label nor comment says what was proposed. */
  | "no_motion";

export const PHASES = [
  "out_of_scope",
  "draft",
  "in_review",
  "proposed",
  "fcp",
  "concluded",
  "ended",
] as const;
export type Phase = (typeof PHASES)[number];

export type Reason =
  | { readonly code: "not_a_proposal" }
  /** No proposal label, but the PR adds a text under the proposal paths; or, where the config asks for it then too, changes one. */
  | { readonly code: "unlabelled_proposal"; readonly label: string; readonly changes?: true }
  | { readonly code: "placeholder"; readonly label: string }
  | { readonly code: "draft" }
  | { readonly code: "awaiting_motion" }
  | {
      readonly code: "awaiting_votes";
      readonly teams: readonly TeamShortfall[];
      readonly concerns: readonly number[];
    }
  | {
      readonly code: "below_minimum";
      readonly teams: readonly { readonly title: string; readonly size: number; readonly minimum: number }[];
    }
  | { readonly code: "blocked"; readonly concerns: readonly number[] }
  /** gate.begin: every needed team has approved, and something has to be in place yet. */
  | { readonly code: "gated" }
  | { readonly code: "held" }
  /** memory.lost: the register was rebuilt, and these teams have not confirmed it yet. */
  | { readonly code: "record_lost"; readonly teams: readonly ConfirmShortfall[] }
  /** memory.kept: the record has grown beyond what holds it, so nothing more is judged here. */
  | { readonly code: "record_unkept" }
  /** Everything has passed; the FCP label is about to go on. */
  | { readonly code: "beginning" }
  | {
      readonly code: "fcp_running";
      readonly endsAt: Instant;
      readonly concerns: readonly number[];
      readonly teams: readonly TeamShortfall[];
    }
  | {
      readonly code: "fcp_over";
      readonly endedAt: Instant;
      readonly concerns: readonly number[];
      readonly teams: readonly TeamShortfall[];
    }
  | { readonly code: "accepted" }
  /** Concluded to merge, but the check waits: concerns, a hold, or an approval of the new head. */
  | {
      readonly code: "accepted_waiting";
      readonly concerns: readonly number[];
      readonly approval: Pick<AfterFcp, "approvedBy" | "needed"> | null;
      readonly teams: readonly TeamShortfall[];
    }
  | { readonly code: "decided_close" }
  | { readonly code: "decided_postpone" }
  | { readonly code: "merged_accepted" }
  | { readonly code: "merged_undecided" }
  | { readonly code: "closed" }
  /** Amendments: the file is written otherwise, and says the same: there is nothing to decide. */
  | { readonly code: "changes_nothing" }
  /** Amendments: as it is, it cannot pass, whoever votes for it. */
  | { readonly code: "amendment_refused"; readonly refusals: readonly AmendmentRefusal[] }
  /** Nobody on the roster has written it, or stands behind it yet. */
  | { readonly code: "amendment_unproposed" }
  /** What each change lacks stands in the amendment's view. */
  | { readonly code: "amendment_waits"; readonly concerns: readonly number[] }
  | { readonly code: "amendment_passed" }
  /** `merged`: the very text that was decided about elsewhere. */
  | {
      readonly code: "overridden";
      readonly outcome: "finished" | "cancelled";
      readonly merged: boolean;
    };

export interface TeamShortfall {
  readonly title: string;
  readonly yes: number;
  readonly needed: number;
  readonly size: number;
  /** Left out: the threshold is of the whole team. */
  readonly quorum?: QuorumCount;
}

/** tally.threshold, where those who abstain leave the measure. */
export interface QuorumCount {
  /** Members who do not abstain: `needed` is counted over them. */
  readonly present: number;
  /** Members who have voted, yes or abstaining, and how many have to. */
  readonly voted: number;
  readonly needed: number;
}

export type Hold =
  | { readonly code: "draft" }
  | { readonly code: "base"; readonly base: string; readonly wanted: string }
  | { readonly code: "closed" }
  /** A proposal that also changes the config: an amendment stands alone. */
  | { readonly code: "changes_the_rules" }
  /** config.lawful: it would pass by the present config, which came without an approved amendment, and not by the one before. */
  | { readonly code: "unlawful_config" }
  /** config.lawful: both copies of what the clerk knew to be lawful are lost. */
  | { readonly code: "lawful_lost" }
  /** memory.lost: what was rebuilt waits to be confirmed. */
  | { readonly code: "record_lost" }
  /** memory.kept: what was decided could not be written down. */
  | { readonly code: "record_unkept" };

/** memory.lost: how many members of a team have confirmed, and how many have to. */
export interface ConfirmShortfall {
  readonly team: string;
  readonly title: string;
  readonly has: number;
  readonly needed: number;
}

export interface TeamTally {
  readonly team: string;
  readonly title: string;
  readonly need: Need;
  /** Current members. 0 when the team is gone from the roster. */
  readonly size: number;
  readonly minimum: number;
  readonly yes: number;
  /** The smallest number of yes that passes (tally.threshold), the quorum aside. */
  readonly needed: number;
  /** Left out: the threshold is of the whole team. */
  readonly quorum?: QuorumCount;
  readonly passed: boolean;
  readonly belowMinimum: boolean;
  /** One per current member, in the order of the roster. */
  readonly seats: readonly Seat[];
  /** Votes that do not count, and why. */
  readonly notCounted: readonly NotCounted[];
  /** config.lawful: which of two configs it is counted by, where they come to different counts. Left out: there is one count. */
  readonly countedBy?: "lawful" | "present";
}

export interface Seat {
  readonly member: PersonRef;
  readonly lead: boolean;
  readonly away: { readonly from: Instant; readonly until: Instant } | null;
  /** null: no vote yet, or retracted. */
  readonly choice: Choice | null;
  readonly retracted: boolean;
  readonly from: Provenance | null;
  /** The commit it was given on; null: there is no vote. */
  readonly head: string | null;
  /** Set when the vote was given on another text than that of the present head: that commit (for a compare link). */
  readonly onEarlier: string | null;
  /** ballot.review: an approval given before the motion on another text, shown and not counted. */
  readonly earlierApproval: { readonly commit: string; readonly url: string; readonly at: Instant } | null;
  /** Left out: there is nothing of the kind. */
  readonly uncounted?: Uncounted;
}

/** Something a member has said that is no vote here. `asks`: whether saying it otherwise would still count. */
export interface Uncounted {
  /**
   * `only_to_merge`: an approving review of what is to be closed or postponed. `changed`: a vote on changes of an amendment that a push has
   * made into others; `partly`: it still counts for some.
   */
  readonly why: "only_to_merge" | "changed" | "partly";
  readonly from: Provenance;
  readonly asks: boolean;
}

export interface NotCounted {
  readonly person: PersonRef;
  readonly choice: Choice;
  readonly from: Provenance;
  /** `unlawfully_seated`: on the team only by a config that nobody approved (config.lawful). */
  readonly why: "left_the_team" | "unlawfully_seated";
}

export interface ConcernView extends Concern {
  /** Does it stand in the way of the present motion (concern.scope)? */
  readonly blocks: boolean;
  /** Raised before the present motion and still open. */
  readonly carriedOver: boolean;
}

/** One act and what came of it. `key` is its fingerprint in the register. */
export interface ActVerdict {
  readonly key: string;
  readonly at: Instant;
  readonly by: PersonRef | null;
  /** `fcp merge`, `reviewed`, `request changes`, `disposition-merge`: as understood. */
  readonly said: string;
  readonly url: string;
  readonly outcome: "accepted" | "noted" | "refused" | "ignored";
  readonly why: Reply | null;
}

export interface AfterFcp {
  /** The head at which FCP began. */
  readonly from: string;
  readonly head: string;
  /** Is the text of the head another one than that (text.same)? */
  readonly moved: boolean;
  /** How many members other than the author have to have said yes to the text of the head. */
  readonly needed: number;
  readonly approvedBy: readonly PersonRef[];
  /** author.named: who has said yes to it only as one of its authors. Left out: nobody. */
  readonly asAuthors?: readonly PersonRef[];
  readonly met: boolean;
}

/**
 * An amendment: what it changes by meaning (of the last lawful rules, where the present ones came without an approved amendment),
 * what each change needs and has, and why it cannot pass as it is, if so.
 */
export interface AmendmentView {
  readonly changes: readonly ChangeView[];
  readonly refusals: readonly AmendmentRefusal[];
  /** amend.rules: a change of the rules passes through a Final Comment Period; people changes do not. */
  readonly needsFcp: boolean;
  /** config.lawful: it brings back the last lawful config, which needs no vote. */
  readonly restores: boolean;
  /** amend.preview: the config would say the same as it does now, in other words. */
  readonly changesNothing: boolean;
}

/** amend.preview: what one open motion is, and what it would be under the amended rules. */
export interface PreviewLine {
  readonly number: number;
  readonly title: string;
  readonly before: Decision;
  readonly after: Decision;
  /** Does the amendment make it pass, or make it pass no longer? A running FCP is not touched (fcp.latch). */
  readonly effect: "passes" | "no_longer_passes" | "none";
}

/** One change with every route it may go, each counted by the rules of the default branch. */
export interface ChangeView {
  readonly change: Change;
  /** amend.resign: the member's own doing, and said by themself; nobody votes on it. */
  readonly resignation: boolean;
  /** Whose own word it waits for, if it is to be a resignation (amend.own-word): nobody's branch speaks for them. Else null. */
  readonly unsaid: PersonRef | null;
  readonly routes: readonly RouteView[];
  /** amend.absent: the member is absent, and counted in none of the routes; null: they are not, or whoever is removed is not asked after. */
  readonly absence: AbsenceView | null;
  readonly passed: boolean;
}

/** amend.absent. `untold`: it cannot be told now, so they are counted like everybody. */
export type AbsenceView =
  | "untold"
  | {
      /** Last seen, or seated; null: neither is known. */
      readonly quietSince: Instant | null;
    };

export interface RouteView {
  readonly tallies: readonly TeamTally[];
  /** The Guardians act in place of the team only when they say why (amend.appoint). */
  readonly lacksReason: boolean;
  readonly passed: boolean;
}

/** Why an amendment cannot pass as it is, whoever votes for it. The reasons are shown all at once. */
export type AmendmentRefusal =
  | { readonly code: "not_alone"; readonly paths: readonly string[] }
  | { readonly code: "invalid"; readonly faults: number }
  | { readonly code: "gone" }
  | { readonly code: "not_a_file" }
  | { readonly code: "out_of_date" }
  /** More changes at once than are examined: none of them is weighed. */
  | {
      readonly code: "too_many";
      readonly what: "people" | "changes";
      readonly count: number;
      readonly limit: number;
    }
  /** Of both: the id GitHub knows by that login; null: it knows no such person. */
  | { readonly code: "no_id"; readonly member: PersonRef; readonly actual: number | null }
  | { readonly code: "wrong_id"; readonly member: PersonRef; readonly actual: number | null }
  | { readonly code: "future_confidence"; readonly date: string }
  | { readonly code: "lockout"; readonly lockout: Lockout };

/** What an amendment would leave behind could not decide, or could not be amended. */
export type Lockout =
  | { readonly code: "team_gone"; readonly team: string; readonly neededBy: string }
  | { readonly code: "team_empty"; readonly team: string; readonly neededBy: string }
  | { readonly code: "below_minimum"; readonly team: string; readonly size: number; readonly minimum: number }
  | { readonly code: "no_route"; readonly change: AmendmentKey }
  | { readonly code: "lead_not_a_member"; readonly team: string; readonly lead: string };
/** The transitions that get a comment of their own, once each (comment.once). */
export const ANNOUNCEMENT_KINDS = [
  "fcp_begun",
  "fcp_blocked",
  "concluded",
  "cancelled",
  "merged_undecided",
  "overridden",
] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];
