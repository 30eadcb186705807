import type { ItemChange } from "../gates/checklistBoxes.js";
import type { Command } from "../model/command.js";
import type { Account } from "../model/people.js";
import type { Disposition } from "../model/rules.js";
import type { Utterance } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import type { Box } from "./boxes.js";

/** Anything a person did that may count, and the few events of the PR that end or start something, on one time line. */
export type Act = {
  /** The same act has the same key every time it is read. */
  readonly key: string;
  /** What its key was made of in records of version 1 (memory.kept). */
  readonly former: string;
  /** Of a command: the key that stands for all the commands its revision brought in, where not all of them were read when it was judged. */
  readonly revision?: () => string;
  readonly at: Instant;
  readonly by: Account | null;
  readonly url: string;
} & (
  | { readonly kind: "command"; readonly command: Command; readonly utterance: Utterance }
  /** The author reworded a concern in place: it keeps its number. */
  | { readonly kind: "reword"; readonly from: string; readonly to: string; readonly utterance: Utterance }
  /** The author has taken a command for others to second out of their own words, or reworded it. */
  | { readonly kind: "unsaid"; readonly command: Command; readonly utterance: Utterance }
  | {
      readonly kind: "review";
      readonly submitted: "approved" | "changes_requested";
      readonly utterance: Utterance;
    }
  /** `byItself`: GitHub made it, in the name of whoever pushed or changed the base. */
  | { readonly kind: "dismissal"; readonly review: string; readonly byItself: boolean }
  | { readonly kind: "disposition_label"; readonly disposition: Disposition; readonly label: string }
  | { readonly kind: "ballot_label"; readonly choice: "yes" | "abstain" | "retract"; readonly label: string }
  /** decision.ratchet: a label by which the config can ask for teams was put on. */
  | { readonly kind: "asking_label"; readonly label: string; readonly byClerk: boolean }
  /** gate.begin, gate.end: a label that a gate hangs on was put on, or taken off. */
  | {
      readonly kind: "gate_label";
      readonly label: string;
      readonly stands: boolean;
      readonly byClerk: boolean;
    }
  | { readonly kind: "ticks"; readonly motion: number; readonly changes: readonly Box[] }
  /** gate.begin, gate.end: boxes of the checklist of a motion. */
  | { readonly kind: "checklist_ticks"; readonly motion: number; readonly changes: readonly ItemChange[] }
  /** reply.scope: a command in the description of the pull request, where none is heard. */
  | { readonly kind: "description"; readonly said: string }
  | { readonly kind: "closed" }
  | { readonly kind: "merged" }
  | { readonly kind: "latch" }
  /** With the register lost: the clerk's own announcement that this motion was concluded. */
  | { readonly kind: "concluded"; readonly motion: number }
);
