import type { Motion } from "../model/register.js";

/* What a motion has come to. Anything that asks whether it is decided, or whether a proposal is accepted, asks here. */

type Decided = Motion & { readonly end: { readonly kind: "concluded" } };

/** The decision to merge of an FCP that has concluded, which is kept (fcp.after). */
export const isDecidedToMerge = (motion: Motion | null): motion is Decided =>
  motion?.disposition === "merge" && motion.end?.kind === "concluded";

/** An open motion to merge, or a decision to merge that is kept. */
export const isToMerge = (motion: Motion | null): motion is Motion =>
  motion?.disposition === "merge" && (motion.end === null || motion.end.kind === "concluded");

/** override.second: decided elsewhere, whatever about; there is no count that decided. */
export const isDecidedElsewhere = (motion: Motion | null): boolean =>
  motion?.end?.kind === "overridden" && motion.end.override.outcome === "finished";

/** Decided by an FCP, or elsewhere: to merge, to close or to postpone. */
export const isDecided = (motion: Motion | null): boolean =>
  motion?.end?.kind === "concluded" || isDecidedElsewhere(motion);

/** Decided to merge. */
export const isAccepted = (motion: Motion | null): boolean =>
  motion?.disposition === "merge" && isDecided(motion);
