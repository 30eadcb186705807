import type { Instant } from "../text/time.js";
import type { FormFacts, FormFinding } from "./form.js";
import type {
  ChecklistItem,
  ChecklistProblem,
  DependencyFacts,
  Gate,
  GateState,
  ThreadFacts,
} from "./gates.js";
import type { Account, PersonRef } from "./people.js";
import type { ImplementationMemory, Waiver } from "./register.js";

/** What a look found of a gate. */
export interface GateView {
  readonly gate: Gate;
  readonly state: GateState;
  /** Since when it is so, as far as GitHub tells; null: it does not. */
  readonly since: Instant | null;
  /** By whom, why, and seconded by whom, where it is waived; else the one that waits to be seconded, if any. */
  readonly waiver: Waiver | null;
  readonly found: GateFound;
}

export type GateFound =
  /** `stands`: by the last change of it that counts. `idle`: what the pull request wears is otherwise, by somebody whose change counts for nothing. */
  | {
      readonly kind: "label";
      readonly stands: boolean;
      readonly by: PersonRef | null;
      readonly idle: { readonly by: Account | null } | null;
    }
  /** `open` hold, `idle` were begun after the motion by somebody on no team, and hold nothing. */
  | {
      readonly kind: "review_threads";
      readonly open: readonly ThreadFacts[];
      readonly idle: readonly ThreadFacts[];
      readonly count: number;
    }
  /** `circle`: those that wait for this one in turn, and so hold nothing. */
  | {
      readonly kind: "dependencies";
      readonly open: readonly DependencyFacts[];
      readonly met: readonly DependencyFacts[];
      readonly circle: readonly number[];
    }
  /** `left`: what holds; null: nothing. `facts`: what its words need. */
  | { readonly kind: "form"; readonly left: null }
  | { readonly kind: "form"; readonly left: readonly FormFinding[]; readonly facts: FormFacts }
  /** `url`: of the comment to tick in; null: it is not there yet. */
  | {
      readonly kind: "checklist";
      readonly total: number;
      readonly missing: readonly ChecklistItem[];
      readonly url: string | null;
    }
  /** `linked`: addresses, those the author said first. */
  | {
      readonly kind: "implementation";
      readonly linked: readonly string[];
      readonly checked: ImplementationMemory["checked"];
    }
  /** There is no motion to merge yet, with which it is posted. */
  | { readonly kind: "checklist_to_come" }
  | { readonly kind: "no_checklist"; readonly problem: ChecklistProblem }
  | { readonly kind: "unread" };
