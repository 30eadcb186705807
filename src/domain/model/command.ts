import type { Obsolescence, Secondable } from "./register.js";
import type { Disposition } from "./rules.js";

/** What each command takes. What it is called and what it does is its row in `acts/commands.ts`. */
interface Arguments {
  readonly move: { readonly disposition: Disposition };
  /** `obsolete`: why, where it says that the proposal is. */
  readonly cancel: { readonly obsolete?: Obsolescence };
  /** `team`: as written after `as`, not looked up yet; null for a plain act. */
  readonly vote: { readonly choice: "yes" | "abstain" | "retract"; readonly team: string | null };
  /** Empty text: the rest of the line was missing. */
  readonly concern: { readonly text: string };
  readonly resolve: { readonly what: string };
  readonly propose: object;
  /** motion.cancel: the author's. */
  readonly withdraw: object;
  /** proposal.ready */
  readonly ready: object;
  /** proposal.superseded. `by`: number of another proposal; null: none is named. */
  readonly superseded: { readonly by: number | null };
  readonly obsolete: object;
  /** author.hand-over. A login as written, not looked up; null: none is named. */
  readonly handover: { readonly to: string | null };
  /** author.named: said by who is named as an author and is none. */
  readonly disown: object;
  /** author.shepherd. As of `handover`. */
  readonly shepherd: { readonly to: string | null };
  /** Empty reason: it was missing. */
  readonly override: { readonly outcome: "finished" | "cancelled"; readonly reason: string };
  /** `record`: as written, not looked up yet; null: none is named. */
  readonly correct: { readonly record: number | null; readonly reason: string };
  /** The gate as written and why, not taken apart yet: a label's name can hold any mark. */
  readonly waive: { readonly what: string };
  /** What it names; null for the bare word. `gate`: of a waiver, as written; empty where none is named. */
  readonly second: { readonly what: Secondable | null; readonly gate: string };
  /** gate.begin: addresses that the author links, none where they were missing; or whether a member finds them in order. */
  readonly implementation:
    | { readonly addresses: readonly string[]; readonly inOrder: null }
    | { readonly addresses: readonly []; readonly inOrder: boolean };
  readonly confirm: object;
  /** form.sign-off: that the author signed off in private. */
  readonly signoff: object;
  /** remind.mine */
  readonly mine: object;
  readonly status: object;
  readonly refresh: object;
  readonly help: object;
}

export type Verb = keyof Arguments;

/** A command without the words it was said in. */
export type Meaning<V extends Verb = Verb> = { [K in V]: { readonly verb: K } & Arguments[K] }[V];

/** `commandText` is the member's own line without the mention, white space folded. */
export type KnownCommand<V extends Verb = Verb> = {
  [K in V]: { readonly verb: K; readonly commandText: string } & Arguments[K];
}[V];

/** One command as the clerk understood it. */
export type Command =
  | KnownCommand
  /** `nearest`: the known command that is near enough to have been meant. */
  | { readonly verb: "unknown"; readonly nearest: string | null; readonly commandText: string };
