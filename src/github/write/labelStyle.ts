import type { LabelKey } from "../../domain/model/rules.js";

/** How a label looks that the clerk makes because the repository lacks it. GitHub takes 100 characters of description. */
export interface LabelStyle {
  /** Six hexadecimal digits, without `#`. */
  readonly color: string;
  readonly description: string;
}

/** Grey: what it is; blue to green: how far it has come; amber and red: what to look at; violet: for members to vote by. */
export const LABEL_LOOK: Readonly<Record<LabelKey, LabelStyle>> = {
  proposal: { color: "d4d4d4", description: "A proposal to be decided" },
  placeholder: { color: "eeeeee", description: "Holds a number for a proposal still to be written" },
  in_review: { color: "bfd4f2", description: "In review; nobody has moved a Final Comment Period yet" },
  proposed_fcp: { color: "5ea7e0", description: "A Final Comment Period is proposed and awaits its votes" },
  fcp: { color: "1d76db", description: "In its Final Comment Period" },
  finished_fcp: { color: "0e8a16", description: "The Final Comment Period is over" },
  postponed: { color: "c5b48f", description: "Decided: put off to a later time" },
  disposition_merge: { color: "c2e0c6", description: "The motion is to merge" },
  disposition_close: { color: "e6b8af", description: "The motion is to close" },
  disposition_postpone: { color: "e9dcc3", description: "The motion is to postpone" },
  unresolved_concerns: { color: "d93f0b", description: "At least one concern is open" },
  vote_approve: {
    color: "d4c5f9",
    description: "For members: put this on to vote yes; the clerk notes it and takes it off",
  },
  vote_abstain: {
    color: "d4c5f9",
    description: "For members: put this on to abstain; the clerk notes it and takes it off",
  },
  vote_retract: {
    color: "d4c5f9",
    description: "For members: put this on to take your vote back; the clerk takes it off",
  },
  spec_pr_missing: {
    color: "fbca04",
    description: "Accepted; the change to the specification is still to be written",
  },
  spec_pr_in_review: {
    color: "a8dda8",
    description: "Accepted; the change to the specification is in review",
  },
  merged: { color: "5319e7", description: "Accepted, and part of the specification" },
};
