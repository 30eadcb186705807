import type { Instant } from "../text/time.js";
import type { PersonRef } from "./people.js";

/**
 * The rules of one body, normalised from `.github/msc-clerk.yml` of the default branch (config.source).
 * Everything is defaulted and cross-checked: the core never meets a half-filled value.
 */
export interface Rules {
  readonly teams: readonly Team[];
  /** First match wins; the last has an empty match and always fits. */
  readonly decisions: readonly DecisionRule[];
  /** Length of the Final Comment Period in milliseconds (fcp.length). */
  readonly finalCommentPeriod: number;
  readonly reviews: {
    /** ballot.review: which approvals given before a motion count for it. */
    readonly beforeMotion: "head" | "any" | "none";
    /** ballot.review.changes: "Request changes" stands as a concern, or is ignored. */
    readonly changesRequested: "concern" | "ignore";
  };
  readonly conclude: {
    readonly merge: "manual" | "merge" | "squash" | "rebase";
    readonly close: "close" | "nothing";
    readonly postpone: "close" | "nothing";
  };
  /** Names the clerk answers to besides the App's own, lower case, without `@`. */
  readonly mentions: readonly string[];
  /** Accounts of older bots, lower case (takeover.legacy): with `[bot]` an App's, without it a person's. */
  readonly legacyBots: readonly string[];
  /** Paths (globs) under which a proposal's text lives; a PR that adds a file here without the proposal label gets no neutral check. */
  readonly proposalPaths: readonly string[];
  readonly labels: LabelNames;
  /** Slug of the team whose own membership the `add_guardian` and `remove_guardian` routes govern; null: there is no second board. */
  readonly guardians: string | null;
  /**
   * What each kind of change to this file needs: a list of routes, any one of which will do; a route passes when every team
   * in it has passed. No routes: nobody can make that change.
   */
  readonly amendments: Readonly<Record<AmendmentKey, readonly AmendmentRoute[]>>;
  /** What the clerk reports in issues of the repository; each can be turned off. */
  readonly duties: Readonly<Record<DutyKey, boolean>>;
}

export const DUTY_KEYS = [
  "absence",
  "lead_confidence",
  "lead_vacancy",
  "resignation",
  "unlawful_config",
] as const;
/** absence.eight-weeks, amend.lead-confidence, amend.lead, amend.resign, config.lawful. */
export type DutyKey = (typeof DUTY_KEYS)[number];

export const AMENDMENT_KEYS = [
  "add_member",
  "remove_member",
  "lead",
  "remove_lead",
  "confirm_lead",
  "add_guardian",
  "remove_guardian",
  "details",
  "rules",
] as const;
/**
 * The kinds of change an amendment can make. `*_member`: of any team but the guardians' own. `confirm_lead`: renewing the
 * date of confidence. `remove_guardian`: counted over the *other* guardians. `details`: what changes no seat: away,
 * since, domains, a rename under the same id. `rules`: any other difference in the file.
 */
export type AmendmentKey = (typeof AMENDMENT_KEYS)[number];
export type AmendmentRoute = readonly Need[];

export interface Team {
  /** The key in the config, e.g. `spec-core-team`. */
  readonly slug: string;
  readonly title: string;
  readonly lead: PersonRef | null;
  /** Day on which the team last gave its lead its confidence, `2026-03-01`; null: the config does not say. */
  readonly leadConfirmed: string | null;
  readonly minimumMembers: number;
  readonly members: readonly Member[];
}

export interface Member extends PersonRef {
  /** Day of joining, `2018-10-29`, as the roster says it; for people to read. */
  readonly since: string | null;
  readonly domains: readonly string[];
  readonly away: { readonly from: Instant; readonly until: Instant } | null;
}

/** A fraction above 0 and at most 1, kept in whole numbers so that 75% of 8 is exactly 6 (tally.threshold). */
export interface Threshold {
  readonly numerator: number;
  readonly denominator: number;
}

/** One team's part in a decision. */
export interface Need {
  readonly team: string;
  readonly threshold: Threshold;
}

export interface DecisionRule {
  readonly name: string;
  /** Fits when any label or any path fits; both empty fits every proposal. Labels without regard to case, paths as globs. */
  readonly match: { readonly labels: readonly string[]; readonly paths: readonly string[] };
  readonly approval: readonly Need[];
}

export const LABEL_KEYS = [
  "proposal",
  "placeholder",
  "in_review",
  "proposed_fcp",
  "fcp",
  "finished_fcp",
  "postponed",
  "disposition_merge",
  "disposition_close",
  "disposition_postpone",
  "unresolved_concerns",
  "vote_approve",
  "vote_abstain",
  "vote_retract",
  "spec_pr_missing",
  "spec_pr_in_review",
  "merged",
] as const;
export type LabelKey = (typeof LABEL_KEYS)[number];
/** What each label is called in this repository. Distinct without regard to case (a cross-rule of the config). */
export type LabelNames = Readonly<Record<LabelKey, string>>;

export const DISPOSITIONS = ["merge", "close", "postpone"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const teamOf = (rules: Rules, slug: string): Team | undefined =>
  rules.teams.find((team) => team.slug === slug);

/** `75%`, `2/3`: the way the config wrote it, or the nearest plain way. */
export function thresholdText({ numerator, denominator }: Threshold): string {
  const percent = (100 * numerator) / denominator;
  return Number.isInteger(percent) ? `${percent}%` : `${numerator}/${denominator}`;
}
/** Where the config file lies; a change to it is an amendment, never a PR of no interest. */
export const CONFIG_FILE = ".github/msc-clerk.yml";
