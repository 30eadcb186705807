import type { FormVerdict } from "./form.js";
import type { LabelKey } from "./labels.js";
import type { Register } from "./register.js";
import type { CheckVerdict, Marker } from "./snapshot.js";
import type { ElsewhereRef } from "./spec.js";

/**
 * One write to GitHub, printable and safe to be the last one done: stopping after any prefix of a plan leaves a state from
 * which the next reconcile finishes the job. `github/write` carries them out; nothing here can.
 */
export type Action =
  | CreateComment
  | UpdateComment
  | { readonly kind: "delete_comment"; readonly comment: string; readonly why: "duplicate" }
  | {
      readonly kind: "add_label";
      /** null: it has a name by a key of its own (proposal.ready, proposal.superseded). */
      readonly key: LabelKey | null;
      readonly label: string;
      /** fcp.latch: read again afterwards, as the label's event is the start of the period; or it makes a proposal of it (proposal.placeholder). */
      readonly latch: boolean;
    }
  | { readonly kind: "remove_label"; readonly label: string }
  | {
      readonly kind: "react";
      readonly on: ReactionSubject;
      readonly reaction: "thumbsUp" | "confused" | "eyes";
    }
  | PutCheck
  | PutForm
  | LinkSpecPull
  | { readonly kind: "close_pull" }
  | { readonly kind: "merge_pull"; readonly method: "merge" | "squash" | "rebase"; readonly head: string };

export interface CreateComment {
  readonly kind: "create_comment";
  readonly marker: Marker;
  /** Without marker and record: the writer adds both. */
  readonly body: string;
  /** The record to seal into the comment's hidden last line. */
  readonly record: Register | null;
  /** The number of the register at the time of writing: a comment without a record carries this number, signed (memory.lost). 0: none yet. */
  readonly seq: number;
}

export interface UpdateComment {
  readonly kind: "update_comment";
  /** Database id as text. */
  readonly comment: string;
  readonly marker: Marker;
  readonly body: string;
  readonly record: Register | null;
  readonly seq: number;
}

export interface PutCheck {
  readonly kind: "put_check";
  /** The run to update; null: make a new one on `head` (a push needs a new run, and an old one goes stale). */
  readonly run: number | null;
  readonly head: string;
  readonly verdict: CheckVerdict;
  /** Goes into `external_id` with the PR's number. */
  readonly own: CheckVerdict;
  readonly title: string;
  readonly summary: string;
  /** Sealed into the run's `text`, which no human can edit. */
  readonly record: Register | null;
  readonly annotations: readonly Annotation[];
}

/** form.check: a second check run, which carries no record and is never taken for the first. Always a new one, as annotations only add up. */
export interface PutForm {
  readonly kind: "put_form";
  readonly head: string;
  readonly verdict: FormVerdict;
  readonly title: string;
  readonly summary: string;
  /** At most as many as GitHub takes in one request, which is 50. */
  readonly annotations: readonly Omit<Annotation, "column">[];
}

/** spec.linked: the one thing that is written outside of the proposals' repository. Proposals that are linked there already stay so. */
export interface LinkSpecPull {
  readonly kind: "link_spec_pull";
  readonly to: ElsewhereRef;
  readonly proposal: number;
  /** The proposals' repository: its number, `owner/name`, and its page. */
  readonly from: { readonly id: number; readonly name: string; readonly url: string };
}

/** A fault at a place in a changed file, shown by GitHub on the diff. Lines and columns count from 1. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the clerk can react to, with the ids REST and GraphQL want. */
export interface ReactionSubject {
  readonly kind: "comment" | "review" | "inline";
  /** Database id as text. */
  readonly id: string;
  readonly nodeId: string;
}
