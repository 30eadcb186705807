// One file: the register is signed as a whole and outlives every release, so whoever changes a field sees all that stands beside it.

import type { Instant } from "../text/time.js";
import type { ChecklistItem, GateMoment, GateState } from "./gates.js";
import type { PersonRef } from "./people.js";
import type { Disposition, Need } from "./rules.js";

/**
 * The clerk's memory of one proposal: what it has judged and accepted, so that no later edit, deletion, dismissal or change
 * of membership can undo it (act.once, act.durable). It is carried, signed, by the clerk's own comment and check run; see
 * `github/record`. Everything here is plain JSON.
 */
export interface Register {
  /** Raised by one whenever anything else in the register changes. 0: nothing recorded yet. */
  readonly seq: number;
  /** Acts older than this by more than the memory window count as judged, whether listed or not. */
  readonly judgedUpTo: Instant;
  /** Fingerprints of the acts judged lately, accepted or refused, each with its act's time. */
  readonly judged: readonly JudgedAct[];
  /** The proposed, running or last motion. */
  readonly motion: Motion | null;
  /** Earlier motions, oldest first; only the last few are kept. All have ended. */
  readonly past: readonly Motion[];
  /** Every concern of the proposal, by number, C1 first. */
  readonly concerns: readonly Concern[];
  /** Members' approving reviews, the newest of each member and commit (ballot.review, fcp.after). */
  readonly approvals: readonly Approval[];
  /** The PR's heads, oldest first, each with its text and the time it was first seen (act.head, text.same). */
  readonly heads: readonly SeenHead[];
  /** Pending replies; one that GitHub shows is dropped with the next change (reply.always). */
  readonly pendingReplies: readonly PendingReply[];
  /** override.second: said by the lead, waiting to be seconded. */
  readonly override: Override | null;
  /** The same of a wrong record. */
  readonly correction: Correction | null;
  /**
   * How many of the clerk's traces other people had taken away by the time of this register: comments deleted, contents of revisions
   * deleted. When GitHub shows more than this, the register may not be the newest any more (memory.lost).
   */
  readonly takenAway: number;
  /** memory.lost: the register was rebuilt, and nobody has confirmed it yet; null: all is well. */
  readonly recovery: Recovery | null;
  /** memory.kept: comments of the clerk's that were posted again lately, as somebody else had deleted them. Left out: none. */
  readonly posted?: readonly Posted[];
  /** form.sign-off: a member has said that its author signed off in private. Left out: nobody has. */
  readonly signedOffPrivately?: SaidBy;
  /** Amendments only: what the last reconcile found. */
  readonly lastSeen?: SeenAmendment;
  /** gate.begin, gate.end. Left out: nothing is remembered of any gate. */
  readonly gates?: GateMemory;
  /** remind.vote, remind.merge: those of the present motion, oldest first. Left out: none yet. */
  readonly reminded?: readonly Reminded[];
  /** proposal.scope, where the config says by rule what a proposal is. Left out: the label tells. */
  readonly scope?: SeenScope;
  /** author.named, author.hand-over. Left out: whoever opened the pull request is its author, and nobody else is. */
  readonly authors?: readonly NamedAuthor[];
  /** author.shepherd, as a member said it last. Left out: nobody did. */
  readonly shepherd?: Shepherd;
  /** proposal.ready: it waits for the team since then. Left out: it does not. */
  readonly ready?: Said;
  /** proposal.superseded. Left out: nobody said that it is obsolete. */
  readonly obsolete?: Said & Obsolescence;
  /** proposal.placeholder. Left out: it was not seen as one without a text. */
  readonly placeholder?: SeenPlaceholder;
  /** said.welcome: since when its author is to be welcomed. Left out: they are not. */
  readonly welcome?: Instant;
  /** The config that was lawful when this was written, as the clerk kept it; null: a clerk of before wrote it (config.lawful). */
  readonly lawful: LawfulNote | null;
}

/** One reminder, written down before it is given. */
export interface Reminded {
  readonly motion: number;
  readonly of: ReminderKind;
  /** 1, 2, … of its kind and motion. */
  readonly number: number;
  readonly at: Instant;
}

export const REMINDER_KINDS = ["vote", "merge"] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

export interface SaidBy {
  readonly by: PersonRef;
  readonly at: Instant;
  readonly url: string;
}

/** GitHub's timeline does not tell what a PR was at a moment, where that hangs on its files or on nothing at all. */
export interface SeenScope {
  /** What was said before is no act (act.adoption): from the PR's beginning, or from when the config came to say so. */
  readonly since: Instant;
  /** It has been a proposal. */
  readonly been: boolean;
}

/** One of a PR's heads. What is done is of the newest one that was there before. */
export interface SeenHead {
  readonly commit: string;
  /** Fingerprint of the changed files with their modes and blobs; null: it was not needed yet, or cannot be had. */
  readonly text: string | null;
  /** When the clerk first saw it as the head, by GitHub's clock. */
  readonly at: Instant;
}

/** Who is an author besides, or no more, with how it came. Nobody is taken off the list again. */
export interface NamedAuthor {
  readonly person: PersonRef;
  readonly at: Instant;
  readonly url: string;
  /** `opened`: their own pull request, of which they handed the commands over. */
  readonly via: "opened" | "description" | "handover";
  /** null: they are one. `disowned`: by their own word they never were. */
  readonly left: { readonly how: "handed_over" | "disowned"; readonly at: Instant } | null;
}

export interface Shepherd extends Said {
  readonly person: PersonRef;
}

/** Something that was said once and stands. */
export interface Said {
  readonly by: PersonRef;
  readonly at: Instant;
  readonly url: string;
}

/** By which other proposal it is superseded; null: it is obsolete otherwise. */
export interface Obsolescence {
  readonly supersededBy: number | null;
}

export interface SeenPlaceholder {
  /** When the clerk first saw it without a text. */
  readonly empty: Instant;
  /** When it first saw a text in it; null: there is none yet. */
  readonly filled: Instant | null;
}

/** Which config is lawful in a repository, in short: what the store keeps of it, without its text. */
export interface LawfulNote {
  /** Grows with every change: of two notes the one with the higher number is the newer. 0: the clerk did not know any more. */
  readonly number: number;
  /** Fingerprint of its rules, by the clerk that first kept it. */
  readonly fingerprint: string;
  /** Commit at which its text stands. */
  readonly commit: string;
  /** act.adoption */
  readonly adoptedAt: Instant;
}

/** memory.lost: while this stands, nothing begins, concludes or turns green. */
export interface Recovery {
  /** The sequence the rebuilt register began with; the comment that lists it has the marker `announce rebuilt:NUMBER`. */
  readonly number: number;
  readonly at: Instant;
  /** Who took the clerk's traces away, as far as GitHub tells: none of them confirms. */
  readonly takenBy: readonly PersonRef[];
  /** Said by a member after that comment. */
  readonly confirmed: readonly { readonly member: PersonRef; readonly at: Instant; readonly url: string }[];
}

/** One answer to a deletion. */
export interface Posted {
  /** Kind and key of the comment's marker. */
  readonly comment: string;
  /** When it was deleted. */
  readonly at: Instant;
  /** How many of the clerk's comments others had deleted by then. */
  readonly deletions: number;
}

/** An amendment as the clerk last saw it: what a command given since may be taken to speak of. */
export interface SeenAmendment {
  readonly head: string;
  /** Fingerprint of the rules it was judged by: an approval holds for that state of the config and for no other (config.lawful). */
  readonly base: string;
  /** Fingerprint of the rules it would make: whatever else came of the merge was not approved (config.lawful). Empty: none could be read. */
  readonly makes: string;
  /** Fingerprint of its changes. */
  readonly fingerprints: readonly string[];
  /** When the clerk first saw each of `fingerprints`, in their order: what was said before is about another text. */
  readonly since: readonly Instant[];
  /** Those of `fingerprints` that stood by their author's own word, without a vote (amend.own-word). */
  readonly own: readonly string[];
  /** The lawful config it was judged by: what it makes is lawful from there, and from nowhere else. null: none was known. */
  readonly judgedBy: Pick<LawfulNote, "number" | "fingerprint"> | null;
  /** Every change had completed a route, with nothing in the way. */
  readonly passed: boolean;
  /** The votes by which it passed; null while it has not. Kept, as after the merge there is no difference left to weigh. */
  readonly record: DecisionRecord | null;
}

/** See `memory.ts`. An empty key stands for everything up to and with its time. */
export interface JudgedAct {
  readonly key: string;
  readonly at: Instant;
  /** Who did it: `#ID`, or a login where there is no id. Left out: an event for everybody, or an entry of an older record. */
  readonly by?: string;
  /** With an empty key and without a person: everybody's but these people's. */
  readonly except?: readonly string[];
}

/** Where an act can be looked up by anyone: the link, and how it came in. */
export interface Provenance {
  /** `override`: nobody moved it; the lead said that it was decided elsewhere. */
  readonly via: "command" | "review" | "tick" | "label" | "motion" | "takeover" | "override";
  /** Link to the comment, review or proposal it came from. */
  readonly url: string;
  readonly at: Instant;
}

export interface Motion {
  /** 1, 2, … per proposal. Names its status comment. */
  readonly number: number;
  readonly disposition: Disposition;
  readonly mover: PersonRef;
  readonly from: Provenance;
  /** Head commit when the clerk opened the motion (ballot.review). */
  readonly head: string;
  /** Teams and thresholds, which only grow (decision.ratchet). */
  readonly needs: readonly Need[];
  /** The name of the decision rule that fits now, for people. */
  readonly decision: string;
  /** Names of all decision rules that have fitted it so far, where there was another: its period is the longest of them (fcp.length). */
  readonly fitted?: readonly string[];
  /** The labels its needs follow from: those at its moment, and those members have put on since. Left out in older records. */
  readonly labels?: readonly string[];
  /** The latest ballot of each member in each team (ballot.latest). */
  readonly ballots: readonly Ballot[];
  readonly fcp: FcpRecord | null;
  readonly end: MotionEnd | null;
  /** The newest correction of its record, which stays as it was. Left out: there is none. */
  readonly corrected?: Correction;
}

/**
 * `decided` is written before the label is put on, so that a label event belongs to this motion and to no later one; the
 * label event is what makes it `running` (fcp.latch).
 */
export type FcpRecord =
  | {
      readonly state: "decided";
      readonly at: Instant;
      readonly head: string;
      /** record.decided: the votes that decided, as they stood then; null: a clerk of before kept none. */
      readonly decided: DecisionRecord | null;
    }
  | {
      readonly state: "running";
      readonly startedAt: Instant;
      readonly endsAt: Instant;
      /** Head commit at which FCP began (fcp.after). */
      readonly head: string;
      /** Needs that had passed when it began; what came later holds the end (decision.ratchet). */
      readonly passed: readonly Need[];
      /** The same; null also where the register was lost, or an older bot began it. */
      readonly decided: DecisionRecord | null;
      /** Amendments only: fingerprints of the changes it is about. A push that changes them ends it. */
      readonly appliesTo?: readonly string[];
    };

export type MotionEnd =
  | {
      readonly kind: "cancelled";
      readonly by: PersonRef | null;
      readonly at: Instant;
      readonly url: string;
      /** `lost`: the register was lost, and the clerk's own labels show no motion (memory.lost). */
      readonly how: "command" | "closed" | "lost";
    }
  | {
      readonly kind: "concluded";
      readonly at: Instant;
      /** Text, roster and votes at the end, without the teams that `fcp.decided` tells of; null: not known any more. */
      readonly record: DecisionRecord | null;
      /** What had changed by the end in teams that `fcp.decided` tells of; those where nothing had are left out. */
      readonly since: readonly TallySince[];
    }
  | { readonly kind: "merged_undecided"; readonly at: Instant }
  | {
      readonly kind: "overridden";
      readonly at: Instant;
      readonly override: Override;
      /** Commit of the config by which it was seconded; null: not known. */
      readonly rosterCommit: string | null;
    }
  /** A concluded merge motion whose decision a newer motion made void. */
  | { readonly kind: "void"; readonly at: Instant };

/** The votes and the measure by which it was decided, as they stood then: when FCP began (record.decided). */
export interface DecisionRecord {
  readonly head: string;
  /** Commit of the default branch whose config was in force; null where it was not known. */
  readonly rosterCommit: string | null;
  readonly tallies: readonly RecordedTally[];
  /** gate.begin, gate.end: the gates that hold something, and how they stood. Left out: there were none. */
  readonly gates?: readonly RecordedGate[];
}

export interface RecordedGate {
  readonly gate: string;
  readonly before: GateMoment;
  readonly state: GateState;
  /** The one that counted; null: it was met, or held nothing yet. */
  readonly waiver: Waiver | null;
}

export interface RecordedTally {
  readonly team: string;
  readonly title: string;
  readonly need: Need;
  readonly size: number;
  readonly votes: readonly RecordedVote[];
}

/** One member of the team, and their ballot; `choice` null: none, or taken back. */
export interface RecordedVote {
  readonly member: PersonRef;
  readonly choice: Choice | null;
  readonly url: string | null;
  /** How and when it was cast, and on which commit; null: there is no ballot, or a record of before told no more. */
  readonly cast: { readonly via: Provenance["via"]; readonly at: Instant; readonly head: string } | null;
  /** Amendments only: what was said of changes it does not make any more. It counts for none, so `choice` is null. */
  readonly voided?: Choice;
}

/** What differs in one team from the votes that decided (record.decided): kept in place of all its votes once more. */
export interface TallySince {
  /** That of the tally it is about. */
  readonly need: Need;
  readonly size: number;
  /** As they stand since, of members who had another vote or were not on the team; `choice` null: taken back, or none. */
  readonly votes: readonly RecordedVote[];
  /** Who is not on the team any more. */
  readonly left: readonly PersonRef[];
}

export type Choice = "yes" | "abstain";

/** `choice` null: retracted. */
export interface Ballot {
  readonly member: PersonRef;
  readonly team: string;
  readonly choice: Choice | null;
  readonly from: Provenance;
  /** The head commit it was given on, as far as known: the review's commit, else the head when the clerk judged it. */
  readonly head: string;
  /**
   * Another text came before the clerk had seen this vote: nobody can tell which of the two it was given on, and it is a yes to neither
   * (fcp.after). Left out: it is certain.
   */
  readonly unsure?: true;
  /** Id of the review, tick or comment it came from: `review:123`. A member's own dismissal finds it by this. */
  readonly source: string;
  /** Amendments only: fingerprints of the changes it was given on; it counts for no other change. */
  readonly appliesTo?: readonly string[];
}

export interface Concern {
  readonly number: number;
  /** As last worded by its author, at most 500 characters. */
  readonly text: string;
  readonly by: PersonRef;
  readonly at: Instant;
  readonly url: string;
  /** Utterance it came from, to follow a rewording: `comment:123`, or `review:123` for requested changes. */
  readonly source: string;
  readonly kind: "spoken" | "changes_requested";
  /** Number of the motion during which it was raised (or last reopened); 0: when none was open. */
  readonly motion: number;
  readonly resolved: { readonly by: PersonRef; readonly at: Instant; readonly url: string } | null;
}

export interface Approval {
  readonly member: PersonRef;
  readonly commit: string;
  readonly at: Instant;
  readonly review: string;
  readonly url: string;
}

/** What one says, and others second (override.second, gate.waive). */
interface Seconded {
  readonly reason: string;
  readonly by: PersonRef;
  readonly at: Instant;
  readonly url: string;
  /** The comment or review it stands in, which the clerk has answered. */
  readonly source: string;
  readonly seconds: readonly Second[];
}

export interface Second {
  readonly member: PersonRef;
  /** Teams this member sat in then. */
  readonly teams: readonly string[];
  readonly at: Instant;
  readonly url: string;
}

export interface Override extends Seconded {
  readonly outcome: "finished" | "cancelled";
  /** The text that was decided about: the head when it was said. null: a clerk of before kept none. */
  readonly head: string | null;
}

export interface Correction extends Seconded {
  /** Number of the motion whose record is wrong. */
  readonly record: number;
}

/** gate.waive: a member's word that a gate need not be met, for one motion. */
export interface Waiver extends Seconded {
  /** The gate's name. */
  readonly gate: string;
  /** Number of the motion it is for: the open one, or the next. */
  readonly motion: number;
  /** When another member had seconded it; null: it waits for that. */
  readonly granted: Instant | null;
}

/** gate.begin, gate.end: what is remembered of the gates. */
export interface GateMemory {
  /** Labels that gates name: whether each stands, by the last change that counts. `by` null: it stood before there was a gate. */
  readonly labels: readonly {
    readonly label: string;
    readonly stands: boolean;
    readonly by: PersonRef | null;
    readonly at: Instant;
  }[];
  readonly waivers: readonly Waiver[];
  /** Numbers of the proposals it depends on. They only grow while a motion is open. */
  readonly dependencies: readonly number[];
  /** Left out: no motion has had one yet. */
  readonly checklist?: Checklist;
  /** Left out: nothing was said of any. */
  readonly implementation?: ImplementationMemory;
}

export interface ImplementationMemory {
  /** Those the author said, in the order they were said in. */
  readonly links: readonly { readonly address: string; readonly by: PersonRef; readonly at: Instant }[];
  /** The member who said that they are in order; null: nobody, or it was taken back. */
  readonly checked: { readonly by: PersonRef; readonly at: Instant; readonly url: string } | null;
}

/** The list of one motion, as its file stood when the clerk opened it, and what members have ticked. */
export interface Checklist {
  readonly motion: number;
  readonly file: string;
  /** At which the file was read. */
  readonly commit: string;
  readonly at: Instant;
  readonly items: readonly ChecklistItem[];
  /** One for each item that is ticked, in their order. */
  readonly ticks: readonly ChecklistTick[];
}

export interface ChecklistTick {
  /** Counted from 1. */
  readonly item: number;
  readonly by: PersonRef;
  readonly at: Instant;
  /** The head it was ticked at (act.head). */
  readonly head: string;
}

export type Secondable = "override" | "correction" | "waiver";

/** One answer to one utterance (or label, or tick): reactions on it, and at most one comment, known by `key`. */
export interface PendingReply {
  /** The answer comment's marker is `reply KEY`. */
  readonly key: string;
  /** When what it answers was done. Left out in older records. */
  readonly at?: Instant;
  /** Id of the utterance answered, `comment:123`; null for labels and ticks, which take no reaction. */
  readonly utterance: string | null;
  readonly url: string;
  readonly to: PersonRef;
  readonly reactions: readonly Reaction[];
  /** Empty: the reactions say it all. */
  readonly replies: readonly Reply[];
}

export type Reaction = "thumbsUp" | "confused" | "eyes";

/** What a refusal or an answer says; the sentences are in `messages/reply`. `said`: what the clerk understood, in the member's own words. */
export type Reply =
  | { readonly code: "not_a_member"; readonly said: string }
  | { readonly code: "unknown_command"; readonly said: string; readonly nearest: string | null }
  | { readonly code: "needs_text"; readonly said: string }
  | { readonly code: "draft"; readonly said: string }
  | { readonly code: "ended"; readonly said: string }
  | { readonly code: "wrong_base"; readonly said: string; readonly base: string; readonly wanted: string }
  | { readonly code: "no_motion"; readonly said: string }
  | {
      readonly code: "motion_open";
      readonly said: string;
      readonly disposition: Disposition;
      readonly fcp: boolean;
    }
  | { readonly code: "concluded"; readonly said: string }
  | {
      readonly code: "unknown_team";
      readonly said: string;
      readonly team: string;
      readonly teams: readonly string[];
    }
  | { readonly code: "not_in_team"; readonly said: string; readonly team: string }
  | { readonly code: "no_such_concern"; readonly said: string; readonly open: readonly NamedConcern[] }
  | { readonly code: "several_concerns"; readonly said: string; readonly open: readonly NamedConcern[] }
  /** concern.resolve: nothing is left to resolve in these. */
  | {
      readonly code: "already_resolved";
      readonly said: string;
      readonly concerns: readonly { readonly number: number; readonly by: PersonRef }[];
    }
  /** motion.open: said of what another had moved already, so it is a yes. */
  | {
      readonly code: "motion_joined";
      readonly said: string;
      readonly disposition: Disposition;
      readonly mover: PersonRef;
    }
  | { readonly code: "not_the_lead"; readonly said: string }
  | { readonly code: "nothing_to_second"; readonly said: string }
  | { readonly code: "second_yourself"; readonly said: string }
  /** `head`: the text it is to merge, where nothing had been proposed. `teams`: the titles of those of which it takes a second. */
  | {
      readonly code: "override_recorded";
      readonly said: string;
      readonly outcome: "finished" | "cancelled";
      readonly head: string | null;
      readonly teams: readonly string[];
    }
  | {
      readonly code: "correction_recorded";
      readonly said: string;
      readonly record: number;
      readonly teams: readonly string[];
    }
  /** Seconded, and these teams (by title) have not yet. */
  | { readonly code: "second_recorded"; readonly said: string; readonly teams: readonly string[] }
  /** The clerk had not answered by then what it would second, as it is worded now. */
  | { readonly code: "second_too_early"; readonly said: string }
  | { readonly code: "second_which"; readonly said: string; readonly waiting: readonly string[] }
  /** gate.waive: it takes effect when another member has seconded it. */
  | { readonly code: "waiver_recorded"; readonly said: string; readonly gate: string }
  /** `waive` names none of these gates. */
  | { readonly code: "no_such_gate"; readonly said: string; readonly gates: readonly string[] }
  /** `correct` names none of these. */
  | { readonly code: "no_such_record"; readonly said: string; readonly records: readonly number[] }
  | { readonly code: "not_the_author"; readonly said: string }
  /** The same, of what only authors say. */
  | { readonly code: "for_authors"; readonly said: string }
  /** proposal.ready, where it has been moved already. */
  | { readonly code: "moved_already"; readonly said: string }
  /** proposal.superseded: what follows. */
  | {
      readonly code: "obsolete_noted";
      readonly supersededBy: number | null;
      readonly label: string;
    }
  /** `superseded by` names no other proposal. */
  | { readonly code: "superseded_by_what"; readonly said: string }
  /** author.hand-over, author.shepherd: no account is named. */
  | { readonly code: "names_nobody"; readonly said: string }
  /** author.hand-over: they said that they are no author here, or as many were named as are kept. */
  | { readonly code: "no_more_authors"; readonly said: string; readonly because: "disowned" | "too_many" }
  /** author.named: `not an author` by somebody who is not named as one. */
  | { readonly code: "not_named"; readonly said: string }
  /** `withdraw` during FCP: it is the teams' by then. */
  | { readonly code: "withdrawn_in_fcp"; readonly said: string }
  | { readonly code: "no_amendment"; readonly said: string }
  | { readonly code: "amendment_only_merges"; readonly said: string }
  /** Said before the clerk had seen what it changes now: nobody can tell which text was meant. */
  | { readonly code: "amendment_unseen"; readonly said: string }
  /** concern.raise: the proposal has as many concerns, or as long ones, as its record holds. */
  | { readonly code: "too_many_concerns"; readonly said: string }
  /** reply.scope: said where nothing is decided. `placeholder`: the label that says so stands. */
  | { readonly code: "no_proposal"; readonly said: string; readonly placeholder: boolean }
  /** reply.scope: said in the description of the pull request. */
  | { readonly code: "in_description"; readonly said: string }
  /** In place of further refusals: one reply tells only so many. */
  | { readonly code: "and_more" }
  /** memory.lost: `confirm` where nothing was rebuilt, before it was listed, or by somebody who may not. */
  | { readonly code: "nothing_to_confirm"; readonly said: string }
  | { readonly code: "confirm_too_early"; readonly said: string }
  | { readonly code: "may_not_confirm"; readonly said: string; readonly because: "author" | "took_away" }
  | { readonly code: "label_by_outsider"; readonly label: string }
  | { readonly code: "box_of_another"; readonly boxes: readonly string[] }
  /** gate.begin: boxes of the checklist, by somebody in no needed team. */
  | { readonly code: "checklist_by_outsider" }
  /** gate.begin: only the author links an implementation. */
  | { readonly code: "link_by_author"; readonly said: string }
  /** There are as many links as are kept, or none of those said can be kept. */
  | { readonly code: "links_not_kept"; readonly said: string }
  /** Fewer are linked than the config asks for, so that there is nothing to be in order yet. */
  | {
      readonly code: "no_implementation";
      readonly said: string;
      readonly linked: number;
      readonly needed: number;
    }
  | { readonly code: "help" }
  /** remind.mine: what waits for whom it is said to, as it is known when it is said. */
  | { readonly code: "mine" };

export interface NamedConcern {
  readonly number: number;
  readonly text: string;
}
