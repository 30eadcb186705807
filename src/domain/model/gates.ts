import { fold } from "../text/fold.js";
import type { Instant } from "../text/time.js";
import type { FormCheck } from "./form.js";
import type { Account } from "./people.js";

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

/** `unknown`: GitHub did not tell, so it holds as if it were not met. */
export const GATE_STATES = ["met", "unmet", "unknown", "waived"] as const;
export type GateState = (typeof GATE_STATES)[number];

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
