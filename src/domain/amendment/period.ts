import { advance, type FcpInputs } from "../decide/fcp.js";
import type { Register } from "../model/register.js";

/**
 * amend.rules: the period of a change of the rules, which is the period of any decision; people changes pass through none. It is for
 * exactly the changes that were commented on.
 */
export function withPeriod(
  register: Register,
  needsFcp: boolean,
  inputs: FcpInputs,
  fingerprints: readonly string[],
): Register {
  const { motion } = register;
  if (motion === null) return register;
  const live = motion.end === null || motion.end.kind === "concluded";
  if (live && motion.fcp?.state === "running" && !sameSet(motion.fcp.appliesTo ?? [], fingerprints)) {
    // Another text than the one commented on: the period is over without an end, and the votes have to come again. So is the
    // period of a proposal that has become an amendment.
    return { ...register, motion: { ...motion, fcp: null, end: null } };
  }
  if (!needsFcp) return register;
  const moved = advance(motion, inputs);
  return moved === motion ? register : { ...register, motion: moved };
}

/** Judged when it was merged: what the clerk had last found of this very head is what the check said then. */
export function mergedAsVoted(
  register: Register,
  { landed, head, now }: { readonly landed: boolean } & Pick<FcpInputs, "head" | "now">,
): Register {
  const { motion, lastSeen: seen } = register;
  if (motion === null) return register;
  const asVoted =
    landed && motion.end?.kind === "merged_undecided" && seen?.passed === true && seen.head === head;
  return asVoted
    ? {
        ...register,
        motion: {
          ...motion,
          end: { kind: "concluded", at: motion.end?.at ?? now, record: seen.record, since: [] },
        },
      }
    : register;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
