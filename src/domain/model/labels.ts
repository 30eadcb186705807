import { byKey } from "./byKey.js";

/** One label of the clerk's. */
interface LabelRow {
  /** Its key in the config. */
  readonly key: string;
  /** What it is called where the config says nothing else: the names the Matrix repository has used all along. */
  readonly name: string;
  /** Six hexadecimal digits, without `#`: how it looks where the clerk makes it because the repository lacks it. */
  readonly colour: string;
  /** On GitHub, which takes 100 characters. */
  readonly description: string;
  /** In the config's schema and docs/configuration.md. */
  readonly meaning: string;
  /** Of what follows the merge, in a specification of its own: a body that has none leaves it out. */
  readonly leavable?: true;
  /** The clerk has a use for it only where the config has a gate of this kind. */
  readonly gate?: "implementation";
}

/**
 * Every label, a row each; what puts it on or takes it off is in `desired/labels.ts`. Colours: grey for what it is; blue to green for how far it has
 * come; amber and red for what to look at; violet for members to vote by.
 */
export const LABELS = [
  {
    key: "proposal",
    name: "proposal",
    colour: "d4d4d4",
    description: "A proposal to be decided",
    meaning: "Makes a pull request a proposal.",
  },
  {
    key: "placeholder",
    name: "proposal-placeholder",
    colour: "eeeeee",
    description: "Holds a number for a proposal still to be written",
    meaning: "Put beside it: only a number is reserved, there is nothing to decide yet.",
  },
  {
    key: "in_review",
    name: "proposal-in-review",
    colour: "bfd4f2",
    description: "In review; nobody has moved a Final Comment Period yet",
    meaning: "Under discussion; no motion yet.",
  },
  {
    key: "proposed_fcp",
    name: "proposed-final-comment-period",
    colour: "5ea7e0",
    description: "A Final Comment Period is proposed and awaits its votes",
    meaning: "A Final Comment Period has been proposed and is being voted on.",
  },
  {
    key: "fcp",
    name: "final-comment-period",
    colour: "1d76db",
    description: "In its Final Comment Period",
    meaning: "The Final Comment Period is running. When the clerk adds it, the clock starts.",
  },
  {
    key: "finished_fcp",
    name: "finished-final-comment-period",
    colour: "0e8a16",
    description: "The Final Comment Period is over",
    meaning: "The Final Comment Period is over and its outcome stands.",
  },
  {
    key: "rejected",
    name: "rejected",
    colour: "b60205",
    description: "Decided: not to be merged",
    meaning: "Decided: closed.",
  },
  {
    key: "postponed",
    name: "proposal-postponed",
    colour: "c5b48f",
    description: "Decided: put off to a later time",
    meaning: "Decided: postponed.",
  },
  {
    key: "disposition_merge",
    name: "disposition-merge",
    colour: "c2e0c6",
    description: "The motion is to merge",
    meaning: "The motion is to merge. Added by a member, it makes that motion.",
  },
  {
    key: "disposition_close",
    name: "disposition-close",
    colour: "e6b8af",
    description: "The motion is to close",
    meaning: "The motion is to close. Added by a member, it makes that motion.",
  },
  {
    key: "disposition_postpone",
    name: "disposition-postpone",
    colour: "e9dcc3",
    description: "The motion is to postpone",
    meaning: "The motion is to postpone. Added by a member, it makes that motion.",
  },
  {
    key: "unresolved_concerns",
    name: "unresolved-concerns",
    colour: "d93f0b",
    description: "At least one concern is open",
    meaning: "At least one concern is open.",
  },
  {
    key: "vote_approve",
    name: "vote:approve",
    colour: "d4c5f9",
    description: "For members: put this on to vote yes; the clerk notes it and takes it off",
    meaning: "Ballot label: a member adds it to vote yes; the clerk takes it off again.",
  },
  {
    key: "vote_abstain",
    name: "vote:abstain",
    colour: "d4c5f9",
    description: "For members: put this on to abstain; the clerk notes it and takes it off",
    meaning: "Ballot label: a member adds it to abstain; the clerk takes it off again.",
  },
  {
    key: "vote_retract",
    name: "vote:retract",
    colour: "d4c5f9",
    description: "For members: put this on to take your vote back; the clerk takes it off",
    meaning: "Ballot label: a member adds it to take their vote back; the clerk takes it off again.",
  },
  {
    key: "spec_pr_missing",
    name: "spec-pr-missing",
    colour: "fbca04",
    description: "Accepted; the change to the specification is still to be written",
    meaning: "Accepted and merged; the pull request to the specification is still to be written.",
    leavable: true,
  },
  {
    key: "spec_pr_in_review",
    name: "spec-pr-in-review",
    colour: "a8dda8",
    description: "Accepted; the change to the specification is in review",
    meaning: "The pull request to the specification is open.",
    leavable: true,
  },
  {
    key: "merged",
    name: "merged",
    colour: "5319e7",
    description: "Accepted, and part of the specification",
    meaning: "In the specification.",
    leavable: true,
  },
  {
    key: "needs_implementation",
    name: "needs-implementation",
    colour: "fef2c0",
    description: "No implementation is linked yet that a member could check",
    meaning: "With the gate implementation: fewer implementations are linked than it asks for.",
    gate: "implementation",
  },
  {
    key: "implementation_needs_checking",
    name: "implementation-needs-checking",
    colour: "fbca04",
    description: "Implementations are linked; a member has to check them",
    meaning:
      "With the gate implementation: they are linked, and no member has said yet that they are in order.",
    gate: "implementation",
  },
] as const satisfies readonly LabelRow[];

/** Labels that stand under keys of their own, as they are made where the config has them (proposal.ready, proposal.superseded). */
export const LIFE_LABELS = [
  { key: "readyLabel", colour: "fef2c0", description: "Its author asks the team to look at it" },
  { key: "obsoleteLabel", colour: "cfd3d7", description: "Its author says that it is obsolete" },
] as const;

export type LabelKey = (typeof LABELS)[number]["key"];

/** Those that a config can leave out. */
type LeavableRow = Extract<(typeof LABELS)[number], { readonly leavable: true }>;
export const LEAVABLE_LABELS = LABELS.filter((row): row is LeavableRow => "leavable" in row);
/** Those of a gate that the config may not have. */
type GatedRow = Extract<(typeof LABELS)[number], { readonly gate: string }>;
export const GATED_LABELS = LABELS.filter((row): row is GatedRow => "gate" in row);
type UsualRow = Exclude<(typeof LABELS)[number], GatedRow>;
const USUAL_LABELS = LABELS.filter((row): row is UsualRow => !("gate" in row));
/**
 * What each label is called in this repository; null: it is left out. Those of a gate stand only where there is the gate. Distinct without
 * regard to case (a cross-rule of the config).
 */
export type LabelNames = Readonly<
  Record<Exclude<UsualRow["key"], LeavableRow["key"]>, string> &
    Record<LeavableRow["key"], string | null> &
    Partial<Record<GatedRow["key"], string>>
>;

/** null: it is left out, or there is no use for it. */
export const labelNameOf = (labels: LabelNames, key: LabelKey): string | null => labels[key] ?? null;

export const LABEL_KEYS: readonly LabelKey[] = LABELS.map(({ key }) => key);

/** How far an accepted proposal has come after its merge, the first step first. */
export const SPEC_KEYS = [
  "spec_pr_missing",
  "spec_pr_in_review",
  "merged",
] as const satisfies readonly LabelKey[];

export const LABEL_NAMES: Readonly<Record<LabelKey, string>> = byKey(LABELS, ({ name }) => name);
/** Where no gate has labels of its own. */
export const DEFAULT_LABELS = byKey(USUAL_LABELS, ({ name }) => name);
