import type { NotTakenOver } from "../../domain/model/decision.js";
import type { Provenance } from "../../domain/model/register.js";
import type { Instant } from "../../domain/text/time.js";
import type { State } from "../draft/state.js";

/* What can differ between the clerk and an older bot. */

/** What the clerk would say at a moment. */
export interface SaidThen {
  readonly at: Instant;
  readonly sentence: string;
}

/** One thing in which the clerk and what stands there differ. `url`: where it can be seen; null: on the pull request itself. */
export type ShadowDifference =
  | {
      /** `phase` of an open pull request, `outcome` of one that ended. */
      readonly kind: "phase" | "outcome";
      readonly here: State;
      readonly there: State;
      /** What the clerk would say now. */
      readonly now: string;
      /** What it would have said when the older bot went the step that the clerk has not gone; null: it went none. */
      readonly asked: SaidThen | null;
      /** A command to move it, which the clerk would have refused. */
      readonly refused: RefusedMove | null;
      readonly url: string | null;
    }
  | {
      readonly kind: "period";
      readonly which: "beginning" | "end";
      readonly here: Instant;
      readonly there: Instant;
      /** What the clerk would have said at the earlier of the two, where that is the older bot's. */
      readonly asked: SaidThen | null;
      readonly url: string | null;
    }
  /** `roster`: somebody whom the config does not name. */
  | {
      readonly kind: "votes" | "roster";
      readonly login: string;
      readonly why: OnlyThere;
      readonly url: string;
    }
  | { readonly kind: "votes"; readonly login: string; readonly why: OnlyHere; readonly url: string }
  | {
      readonly kind: "concerns";
      readonly text: string;
      readonly why: ConcernWhy;
      readonly url: string | null;
    }
  | {
      /** fcp.after: another text than the one that was decided about. */
      readonly kind: "text";
      readonly approved: number;
      readonly needed: number;
      readonly url: null;
    }
  | {
      readonly kind: "labels";
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly url: null;
    }
  /**
   * What the older bot has carried, and the clerk would not know on its first day (takeover.legacy). `accepted_before`: what is over is not taken
   * over, and this one still waits to be merged.
   */
  | {
      readonly kind: "takeover";
      readonly why: NotTakenOver | "accepted_before";
      readonly url: string | null;
    };

export interface RefusedMove {
  readonly by: string;
  readonly said: string;
  readonly code: string;
}

/** Ticked there, and no yes here. */
export type OnlyThere =
  | { readonly code: "not_on_roster" }
  | { readonly code: "ticked_by_another"; readonly by: string }
  | { readonly code: "taken_back"; readonly via: Provenance["via"]; readonly at: Instant }
  | { readonly code: "abstained" }
  | { readonly code: "another_text" }
  | { readonly code: "only_to_merge" }
  | { readonly code: "refused"; readonly said: string; readonly reply: string }
  | { readonly code: "nothing_said" };

/** A yes here, and not ticked there. */
export type OnlyHere = {
  readonly code: "not_ticked" | "unticked" | "no_box";
  /** `edit`: said when an older comment was edited; `review_text`: said in the text of a review. */
  readonly via: Provenance["via"] | "older_tick" | "edit" | "review_text";
  readonly at: Instant;
};

export type ConcernWhy =
  | { readonly code: "changes_requested"; readonly by: string }
  | { readonly code: "carried_over" }
  | { readonly code: "resolved_there" }
  | { readonly code: "not_listed_there" }
  | { readonly code: "resolved_here"; readonly by: string; readonly at: Instant }
  | { readonly code: "not_raised_here" };

export type DifferenceKind = ShadowDifference["kind"];

/** In the order in which they are told. */
export const DIFFERENCE_KINDS = [
  "outcome",
  "phase",
  "period",
  "votes",
  "roster",
  "concerns",
  "text",
  "labels",
  "takeover",
] as const satisfies readonly DifferenceKind[];
