import type { PersonRef } from "./people.js";
import type { Choice, Provenance } from "./register.js";
import type { Disposition, Need } from "./rules.js";

/**
 * record.signed: one decision with all it rests on, for anybody to count again. As canonical JSON (RFC 8785) it is what is signed and
 * hashed, so nothing in it may be undefined, every text is well formed, and times are `2026-03-02T14:05:00Z`.
 *
 * A published record never changes. A form to come has another `version`, and this one stays readable.
 */
export interface PublicRecord {
  readonly type: "msc-clerk decision record";
  readonly version: typeof PUBLIC_RECORD_VERSION;
  /** 1, 2, …: of the decisions of the repository. */
  readonly number: number;
  /** SHA-256 of the record before, as 64 hexadecimal digits; null: this is the first. */
  readonly previous: string | null;
  /** `id` stays through a rename; `name` is `owner/name` of then. */
  readonly repository: { readonly id: number; readonly name: string };
  readonly proposal: {
    readonly number: number;
    readonly title: string;
    readonly author: PersonRef | null;
  };
  readonly outcome: PublicOutcome;
  /** When it was decided: when FCP concluded, or when an override had its last second. */
  readonly at: string;
  readonly motion: {
    readonly number: number;
    readonly disposition: Disposition;
    readonly mover: PersonRef;
    readonly via: Provenance["via"];
    readonly source: string | null;
    readonly at: string;
    /** The commit it was moved on. */
    readonly head: string;
    /** Name of the decision rule of the config that fitted. */
    readonly rule: string;
  };
  /** null: there was none. */
  readonly fcp: { readonly begins: string; readonly ends: string; readonly head: string } | null;
  /** The head when the votes decided, and at the end; null: not known. */
  readonly text: { readonly decided: string | null; readonly end: string | null };
  readonly rules: {
    /** How the clerk counts; raised when the same ballots could come to another end. */
    readonly version: typeof RULES_VERSION;
    /** Commits of the default branch whose config was in force when the votes decided, and at the end; null: not known. */
    readonly decided: string | null;
    readonly end: string | null;
    /** The lawful config of the end: number in its repository, fingerprint of its rules, and the commit where it stands; null: not known. */
    readonly lawful: {
      readonly number: number;
      readonly fingerprint: string;
      readonly commit: string;
    } | null;
  };
  readonly teams: readonly PublicTally[];
  readonly concerns: readonly PublicConcern[];
  /** The proposal's heads, oldest first, each with the fingerprint of its text, and when the clerk had first seen it. */
  readonly heads: readonly { readonly commit: string; readonly text: string | null; readonly at: string }[];
  /** What had to be in place before FCP began, or before it concluded, and how that stood then. Left out: nothing had to. */
  readonly gates?: readonly PublicGate[];
  /** Decided elsewhere (override.second); null: decided by these votes. */
  readonly override: {
    readonly by: PersonRef;
    readonly reason: string;
    readonly at: string;
    readonly source: string;
    readonly seconds: readonly {
      readonly member: PersonRef;
      readonly teams: readonly string[];
      readonly at: string;
    }[];
  } | null;
  /** Fingerprints of the config it was judged by, and of the one it makes; null: it is no amendment. */
  readonly amendment: { readonly base: string; readonly makes: string } | null;
  readonly clerk: { readonly login: string; readonly id: number; readonly version: string };
  /** What was left out as the record would not fit a comment, in the order in which it was. */
  readonly cut: readonly PublicCut[];
}

export const PUBLIC_RECORD_VERSION = 1;
export const RULES_VERSION = 1;

/** A comment of GitHub's holds 65,536 characters; the rest is for the words around it, the signature and the checkpoint. */
export const LONGEST_PUBLIC_RECORD = 60_000;

export const PUBLIC_OUTCOMES = [
  "merge",
  "close",
  "postpone",
  "amendment",
  "override finished",
  "override cancelled",
] as const;
export type PublicOutcome = (typeof PUBLIC_OUTCOMES)[number];

/** `heads`: those that no vote is about. `concerns`: the texts of those that are resolved. `since`: what changed after it was decided. */
export const PUBLIC_CUTS = ["heads", "concerns", "since"] as const;
export type PublicCut = (typeof PUBLIC_CUTS)[number];

/** The votes of one team that decided. */
export interface PublicTally {
  readonly team: string;
  readonly title: string;
  readonly need: Need;
  readonly size: number;
  /** When they decided: when FCP began, or when it concluded. */
  readonly at: string;
  readonly moment: "beginning" | "conclusion";
  /** Every member of the team of that moment; null: the votes were not kept, and nobody can count them again. */
  readonly votes: readonly PublicVote[] | null;
  /** Later changes, which changed nothing about the decision; null: there are none, or they were not kept. */
  readonly since: {
    readonly size: number;
    readonly votes: readonly PublicVote[];
    readonly left: readonly PersonRef[];
  } | null;
}

export interface PublicGate {
  readonly gate: string;
  readonly before: "begin" | "conclude";
  /** When FCP began, or when it concluded. */
  readonly at: string;
  readonly state: "met" | "waived";
  readonly waiver: {
    readonly by: PersonRef;
    readonly reason: string;
    readonly at: string;
    readonly source: string;
    readonly seconds: readonly {
      readonly member: PersonRef;
      readonly teams: readonly string[];
      readonly at: string;
    }[];
  } | null;
}

export interface PublicVote {
  readonly member: PersonRef;
  /** null: none, or taken back. */
  readonly choice: Choice | null;
  /** null: there is no vote. */
  readonly cast: {
    readonly via: Provenance["via"];
    /** `comment:123`, `review:123`, `inline:123`: where it was said; of a tick the status comment. null: a label, or not known. */
    readonly source: string | null;
    readonly at: string;
    /** The commit it was given on; empty: not known. */
    readonly head: string;
  } | null;
  /** Amendments only: what was said of changes it does not make any more; it counts for none. null: nothing of the kind. */
  readonly voided: Choice | null;
}

export interface PublicConcern {
  readonly number: number;
  /** null: left out, as it was too long. */
  readonly text: string | null;
  readonly by: PersonRef;
  readonly at: string;
  readonly source: string;
  /** Number of the motion during which it was raised; 0: before any. */
  readonly motion: number;
  readonly resolved: { readonly by: PersonRef; readonly at: string; readonly source: string | null } | null;
}

/** A record that has been given its number, as the clerk keeps it and publishes it. */
export interface PublishedRecord {
  readonly number: number;
  /** Which motion of the proposal it is about. */
  readonly motion: number;
  /** SHA-256 of `json`, as 64 hexadecimal digits. */
  readonly hash: string;
  /** The record as canonical JSON: the very text that was signed. */
  readonly json: string;
  /** null: this clerk has no `RECORD_KEYS`. */
  readonly signature: { readonly key: string; readonly value: string; readonly listed: boolean } | null;
  /** The one before it in the repository; null: this is the first. */
  readonly before: {
    readonly number: number;
    readonly pull: number;
    readonly outcome: string;
    readonly hash: string;
  } | null;
  /** The checkpoint at this record (https://c2sp.org/tlog-checkpoint), signed; null: there is no key. */
  readonly checkpoint: string | null;
}

/** What is about to be published of a motion, but for what is only known when it is: its number, the record before, and by which clerk. */
export type PublicRecordDraft = Omit<PublicRecord, "number" | "previous" | "clerk">;
