import { fold } from "../text/fold.js";
import type { Instant } from "../text/time.js";
import type { FormCheck, FormFacts, FormFinding } from "./form.js";
import type { Account, PersonRef } from "./people.js";
import type { ImplementationMemory, Waiver } from "./register.js";

/** Before what a gate has to be met; `never`: it is only shown. */
export const GATE_MOMENTS = ["begin", "conclude", "merge", "never"] as const;
export type GateMoment = (typeof GATE_MOMENTS)[number];

/** gate.begin, gate.end: one thing that has to be in place before a proposal goes on. `name`: how people name it when they waive it. */
export type Gate = { readonly name: string; readonly before: GateMoment } & (
  | { readonly kind: "label"; readonly label: string; readonly wanted: "absent" | "present" }
  | { readonly kind: "review_threads" }
  | { readonly kind: "dependencies" }
  | { readonly kind: "form"; readonly checks: readonly FormCheck[] }
  /** `file`: its path on the default branch. */
  | { readonly kind: "checklist"; readonly file: string }
  /** `needed`: how many have to be linked before a member can say that they are in order. */
  | { readonly kind: "implementation"; readonly needed: number }
);

/** What a look found of a gate. `unknown`: GitHub did not tell, so it holds as if it were not met. */
export interface GateView {
  readonly gate: Gate;
  readonly state: "met" | "unmet" | "unknown" | "waived";
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

/** What GitHub shows of what the gates of the config ask for; each null: it could not be read. Left out: no gate asks for it. */
export interface GateFacts {
  readonly threads?: readonly ThreadFacts[] | null;
  readonly dependencies?: DependenciesFacts | null;
  /** The list as its file has it now; left out where the clerk keeps that of the open motion, or no gate asks. */
  readonly checklist?: ChecklistFacts | null;
  /** Addresses of implementations that its description and its text link, under a heading of that name. */
  readonly implementations?: readonly string[] | null;
  /** For who reads a thread afterwards: gates that were met by the word of the clerk's record, as nothing else tells of them any more. */
  readonly told?: readonly Gate["kind"][];
}

/** How many items of a checklist are kept, and how many bytes their words may take in all: the record has to fit what carries it. */
export const MOST_ITEMS = 100;
export const MOST_ITEM_BYTES = 12_000;

export interface ChecklistFacts {
  readonly file: string;
  /** At which the file was read. */
  readonly commit: string;
  /** Empty where there is a problem. */
  readonly items: readonly ChecklistItem[];
  readonly problem: ChecklistProblem | null;
}

/** Why there is nothing to tick: there is no such file, it is no text, it has no boxes, or it is more than is kept. */
export type ChecklistProblem = "absent" | "not_text" | "no_items" | "too_long";

/** A box of a list that people wrote: what it says, and how far it is indented below others. */
export interface ChecklistItem {
  readonly text: string;
  readonly depth: number;
}

/** A thread of a review. */
export interface ThreadFacts {
  readonly url: string;
  /** Who began it; null: the account is gone. */
  readonly by: Account | null;
  readonly at: Instant;
  readonly resolved: boolean;
  /** null: it is open, or the account is gone. */
  readonly resolvedBy: Account | null;
}

export interface DependenciesFacts {
  /** Numbers of the proposals that its text and its description name now. */
  readonly named: readonly number[];
  /** Those, the ones named before during the motion, and what they wait for in turn, as far as it is known. */
  readonly known: readonly DependencyFacts[];
}

/** Another proposal that this one builds on, by its number. */
export interface DependencyFacts {
  readonly number: number;
  /** `accepted`: by the clerk's own record. `unknown`: there is no such pull request, or it cannot be told. */
  readonly state: "merged" | "accepted" | "open" | "closed" | "unknown";
  /** What it depends on in turn, as far as the clerk keeps it. */
  readonly dependsOn: readonly number[];
}

/** What tells one gate from another when people name it: `review threads` is `review_threads`. */
export const gateKey = (name: string): string => fold(name).replace(/[_ -]+/g, " ");
