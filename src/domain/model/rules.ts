import type { Instant } from "../text/time.js";
import type { DutyKey } from "./duties.js";
import type { FormCheck } from "./form.js";
import type { Gate } from "./gates.js";
import type { LabelNames } from "./labels.js";
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
  /** proposal.scope: left out: what carries the proposal label, which is asked for where a text is added at the proposal paths. */
  readonly proposals?: ProposalScope;
  /** The word before a proposal's number, `MSC`. Left out: numbers stand without one. */
  readonly prefix?: string;
  /** form.check: what is looked at, in the order of `FORM_CHECKS`. Left out: nothing is, and nothing is read for it. */
  readonly form?: readonly FormCheck[];
  readonly labels: LabelNames;
  /** Slug of the team whose own membership the `add_guardian` and `remove_guardian` routes govern; null: there is no second board. */
  readonly guardians: string | null;
  /**
   * What each kind of change to this file needs: a list of routes, any one of which will do; a route passes when every team
   * in it has passed. No routes: nobody can make that change.
   */
  readonly amendments: Readonly<Record<AmendmentKey, readonly AmendmentRoute[]>>;
  /** The text these rules follow, which texts cite. Left out: they cite nothing. */
  readonly constitution?: { readonly name: string; readonly url: string };
  /** record.signed: public halves of the keys whose records are good, `ed25519:…`. Left out: none is listed. */
  readonly recordKeys?: readonly string[];
  /** gate.begin, gate.end: what has to be in place, in the order of the config. Left out: nothing. */
  readonly gates?: readonly Gate[];
  /** author.named: lines in the description name further authors. Left out: whoever opened it is the author. */
  readonly namedAuthors?: true;
  /** proposal.placeholder: labels taken off, besides that of a placeholder, when a text is added. Left out: people do it. */
  readonly filledPlaceholder?: { readonly takeOff: readonly string[] };
  /** proposal.ready: the label of what its author asks the team to look at. Left out: there is no such queue. */
  readonly readyLabel?: string;
  /** proposal.superseded: the label of what its author says is obsolete. Left out: people put it on. */
  readonly obsoleteLabel?: string;
  /** said.welcome: where the process is told. Left out: nobody is welcomed. */
  readonly welcome?: { readonly process: string };
  /** remind.digest, remind.vote, remind.merge. Left out: nobody is reminded of anything. */
  readonly reminders?: Reminders;
  /** spec.linked: where accepted proposals are written into the specification. Left out: nobody looks there. */
  readonly specRepository?: SpecRepository;
  /** What the clerk reports in issues of the repository; each can be turned off. */
  readonly duties: Readonly<Record<DutyKey, boolean>>;
}

/**
 * proposal.scope, where it is not the usual: what carries the label, asked for also where a text is only changed (`labelled`); without a
 * label, what adds a text at the proposal paths (`added`) or changes one in any way (`changed`); or every pull request (`all`).
 */
export type ProposalScope = "labelled" | "added" | "changed" | "all";

/** At least one of the two is on. */
export interface Reminders {
  /** One issue that tells what waits for whom, brought up to date once a week. */
  readonly digest: boolean;
  /** Who is waited for this long, in milliseconds, is mentioned in a comment; null: nobody is. */
  readonly mentionAfter: number | null;
}

export interface SpecRepository {
  /** `owner/name`, of the same owner as the proposals. */
  readonly name: string;
  /** What stands before the name of a proposal there, in lower case; empty: the name alone will do. */
  readonly words: readonly string[];
}

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

/**
 * tally.threshold: how many of a team have to say yes. Without a quorum the threshold is a share of the whole team. With one it is a
 * share of those who do not abstain, and so many of the whole team have to have voted, yes or abstaining.
 */
export interface Measure {
  readonly threshold: Threshold;
  readonly quorum?: Threshold;
  /** With a quorum only, and in no config: a share of the whole team besides, that a motion needed before (decision.ratchet). */
  readonly whole?: Threshold;
}

/** One team's part in a decision. */
export interface Need extends Measure {
  readonly team: string;
}

export interface DecisionRule {
  readonly name: string;
  /** Fits when any label or any path fits; both empty fits every proposal. Labels without regard to case, paths as globs. */
  readonly match: { readonly labels: readonly string[]; readonly paths: readonly string[] };
  readonly approval: readonly Need[];
  /** fcp.length: of this decision, in milliseconds; 0: FCP concludes when it begins. Left out: as the rules say for all. */
  readonly finalCommentPeriod?: number;
}

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

/** The teams a default can name. */
export interface Boards {
  /** Every team but the second board. */
  readonly ordinary: readonly string[];
  /** The second board; empty: there is none. */
  readonly board: readonly string[];
}

/** One kind of change an amendment can make. */
interface AmendmentRow {
  /** Its key in the config, under which the routes stand that it can go. */
  readonly key: string;
  /** In the config's schema and docs/configuration.md. */
  readonly meaning: string;
  /** What it needs where the config says nothing else, in words: those of `routes`. */
  readonly byDefault: string;
  /** The same as routes, those of MSC1779. One that names no team falls away. */
  readonly routes: (teams: Boards) => readonly AmendmentRoute[];
}

const asking =
  (threshold: Threshold) =>
  (teams: readonly string[]): AmendmentRoute =>
    teams.map((team) => ({ team, threshold }));
const all = asking({ numerator: 1, denominator: 1 });
const most = asking({ numerator: 3, denominator: 4 });

export const AMENDMENTS = [
  {
    key: "add_member",
    meaning: "Adding a member to a team (the guardians' own excepted).",
    byDefault: "all of the team, or 75% of the guardians",
    routes: ({ ordinary, board }) => [all(ordinary), most(board)],
  },
  {
    key: "remove_member",
    meaning:
      "Removing a member from a team (the guardians' own excepted); the member keeps their vote in it.",
    byDefault: "75% of the team, or of the guardians",
    routes: ({ ordinary, board }) => [most(ordinary), most(board)],
  },
  {
    key: "lead",
    meaning: "Choosing a lead.",
    byDefault: "75% of the team, or of the guardians",
    routes: ({ ordinary, board }) => [most(ordinary), most(board)],
  },
  {
    key: "remove_lead",
    meaning: "Removing a lead.",
    byDefault: "75% of the team",
    routes: ({ ordinary, board }) => [most(ordinary.length > 0 ? ordinary : board)],
  },
  {
    key: "confirm_lead",
    meaning: "Renewing the confidence in a lead (the day under confirmed).",
    byDefault: "75% of the team",
    routes: ({ ordinary, board }) => [most(ordinary.length > 0 ? ordinary : board)],
  },
  {
    key: "add_guardian",
    meaning: "Adding a guardian.",
    byDefault: "75% of the guardians",
    routes: ({ board }) => [most(board)],
  },
  {
    key: "remove_guardian",
    meaning: "Removing a guardian; counted over the other guardians.",
    byDefault: "75%",
    routes: ({ board }) => [most(board)],
  },
  {
    key: "details",
    meaning: "What elects nobody: days of joining, domains, absences, a new login under the same id.",
    byDefault: "75% of the team, or of the guardians",
    routes: ({ ordinary, board }) => [most(ordinary), most(board)],
  },
  {
    key: "rules",
    meaning: "Any other difference in this file.",
    byDefault: "75% of every team, guardians included",
    routes: ({ ordinary, board }) => [most([...ordinary, ...board])],
  },
] as const satisfies readonly AmendmentRow[];

export type AmendmentKey = (typeof AMENDMENTS)[number]["key"];

export const AMENDMENT_KEYS: readonly AmendmentKey[] = AMENDMENTS.map(({ key }) => key);
