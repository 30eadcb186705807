import type { Disposition } from "./rules.js";

/** One command as the clerk understood it. `commandText` is the member's own line without the mention, white space folded. */
export type Command = { readonly commandText: string } & (
  | { readonly verb: "move"; readonly disposition: Disposition }
  | { readonly verb: "cancel" }
  /** `team`: as written after `as`, not looked up yet; null for a plain act. */
  | { readonly verb: "vote"; readonly choice: "yes" | "abstain" | "retract"; readonly team: string | null }
  /** Empty text: the rest of the line was missing. */
  | { readonly verb: "concern"; readonly text: string }
  | { readonly verb: "resolve"; readonly what: string }
  | { readonly verb: "propose" }
  /** motion.cancel: the author's. */
  | { readonly verb: "withdraw" }
  /** Empty reason: it was missing. */
  | { readonly verb: "override"; readonly outcome: "finished" | "cancelled"; readonly reason: string }
  | { readonly verb: "second" }
  | { readonly verb: "confirm" }
  | { readonly verb: "status" }
  | { readonly verb: "refresh" }
  | { readonly verb: "help" }
  | {
      readonly verb: "unknown";
      /** The nearest known command, when one is near enough to have been meant. */
      readonly nearest: string | null;
    }
);
