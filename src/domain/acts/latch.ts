import type { Rules } from "../model/rules.js";
import type { Instant } from "../text/time.js";
import { UNKNOWN_HEAD } from "./heads.js";
import { periodOf, ratchet } from "./ratchet.js";
import { type ActContext, accepted, ignored, type Ruling } from "./ruling.js";

/**
 * fcp.latch: the clerk's own FCP-label event starts the period, at that event's time. It belongs to this motion only when the
 * clerk had decided to begin (written down before the label went on), or when there is no register to ask.
 */
export function latch(context: ActContext, at: Instant): Ruling {
  const { register, rules, snapshot } = context;
  const { motion } = register;
  if (motion === null || motion.end !== null || motion.fcp?.state === "running") return ignored(context);
  // An event GitHub shows late may be an earlier motion's.
  if (at < motion.from.at) return ignored(context);
  if (motion.fcp === null && snapshot.register !== null) return ignored(context);
  // With the register lost nobody can tell on which text it began, so the present one has to be approved (fcp.after).
  const head = motion.fcp?.head ?? UNKNOWN_HEAD;
  const applies = context.appliesTo === null ? {} : { appliesTo: context.appliesTo.onHead };
  const decided = motion.fcp?.decided ?? null;
  // config.lawful: a config that shortened the period without an approved amendment shortens no running period.
  const lengthBy = (by: Rules): number =>
    context.appliesTo === null ? periodOf(ratchet(snapshot, by).grown(motion), by) : by.finalCommentPeriod;
  const lawful = snapshot.lawfulRules;
  const endsAt = at + Math.max(lengthBy(rules), lawful === null ? 0 : lengthBy(lawful));
  return accepted({
    ...register,
    motion: {
      ...motion,
      fcp: { state: "running", startedAt: at, endsAt, head, passed: motion.needs, decided, ...applies },
    },
  });
}

/** With the register lost: what the clerk had announced as concluded stands (fcp.conclude, exactly once). */
export function concludedBefore(context: ActContext, number: number, at: Instant): Ruling {
  const { motion } = context.register;
  if (motion?.number !== number || motion.end !== null || motion.fcp?.state !== "running")
    return ignored(context);
  const fcp = { ...motion.fcp, passed: motion.needs };
  return accepted({
    ...context.register,
    motion: { ...motion, fcp, end: { kind: "concluded", at, record: null, since: [] } },
  });
}
