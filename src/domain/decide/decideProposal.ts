import { concernView } from "../acts/concerns.js";
import { judge } from "../acts/judge.js";
import { leftOf, lossOf, rebuilt } from "../acts/loss.js";
import { decisionFor, growNeeds } from "../acts/needs.js";
import { noAmendmentNow, onNoChange } from "../acts/ownWord.js";
import { phaseOf } from "../acts/phase.js";
import { idleLabels, isLive, type Ratchet, ratchet } from "../acts/ratchet.js";
import { recovered, unconfirmed } from "../acts/recovery.js";
import { beyondAdoption, stageNow } from "../acts/stage.js";
import { type Takeover, takeOver } from "../acts/takeover.js";
import type { Decision, Hold, TeamTally } from "../model/decision.js";
import { emptyRegister } from "../model/emptyRegister.js";
import { personOf } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { approvalAfterFcp } from "./afterFcp.js";
import { checkVerdict } from "./checkVerdict.js";
import { contestedLabelsOf, nextContestEnds } from "./contestedLabels.js";
import { advance, blockingConcerns, holdsOf, lackingToBegin, lackingToConclude } from "./fcp.js";
import { configOf, confirmedConfig } from "./lawfulConfig.js";
import { checkExpires, earliest, recheckSharedHeadAt } from "./nextCheck.js";
import { nextRegister } from "./nextRegister.js";
import { reasonFor } from "./reason.js";
import { tallyFor } from "./tally.js";

/** What follows for a proposal. `besides`: holds that whoever asks knows of. */
export function decideProposal(
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
  besides: readonly Hold[],
): Decision {
  const loss = snapshot.unkept || beyondAdoption(snapshot) ? null : lossOf(snapshot, rules);
  const first: Takeover =
    loss === null && snapshot.register === null ? firstLook(snapshot, rules) : { kind: "nothing" };
  const begun = first.kind === "taken" ? first.register : emptyRegister;
  const before = loss === null ? (snapshot.register ?? begun) : leftOf(snapshot);
  const present = ratchet(snapshot, rules);
  const start = amendsNothing(snapshot) ? noAmendmentNow(before, authorOf(snapshot)) : before;
  // config.lawful: what a config needs that nobody approved is needed while it stands, and never written down (decision.ratchet).
  const lasting = snapshot.lawfulRules ? ratchet(snapshot, snapshot.lawfulRules) : present;
  const judged =
    beyondAdoption(snapshot) || snapshot.unkept
      ? { register: start, verdicts: [] }
      : judge(start, loss === null ? snapshot : { ...snapshot, register: null }, rules, {
          ...lasting,
          covers: null,
        });
  const stage = stageNow(snapshot, rules);
  const head = snapshot.pull.head;

  const written = loss === null ? judged.register : rebuilt(judged.register, loss, snapshot, rules, now);
  const grown = withNeeds(written, lasting);
  const motion = grown.motion;
  const open = motion !== null && motion.end === null ? motion : null;
  // A decision to merge is kept; of any other ending, what a new motion would need is all there is to count.
  const live = open ?? (motion?.end?.kind === "concluded" && motion.disposition === "merge" ? motion : null);
  const shown = live === null ? null : onNoChange(live);
  const needs = shown === null ? opening(snapshot, rules) : present.grown(shown).needs;
  const tallies = needs.map((need) => tallyFor(need, rules, grown, shown, head));
  const known = confirmedConfig(grown, recovered(grown, needs, rules, snapshot), snapshot);
  const confirmed = known.register;
  const waitsFor = confirmed.recovery === null ? [] : unconfirmed(confirmed.recovery, needs, rules, snapshot);
  const concerns = motion === null ? [] : blockingConcerns(grown, motion);
  const lawful = underLawfulRules(snapshot, grown, shown, head);
  const holds = [
    ...holdsOf(snapshot, motion),
    ...besides,
    ...(confirmed.recovery === null ? [] : [{ code: "record_lost" } as const]),
    ...(snapshot.unkept ? [{ code: "record_unkept" } as const] : []),
    ...(known.lost ? [{ code: "lawful_lost" } as const] : []),
    ...(lawful !== null && short(open, tallies, lawful) ? [UNLAWFUL] : []),
  ];

  const moved =
    open === null ? motion : advance(open, { tallies, holds, concerns }, head, snapshot.rosterCommit, now);
  const register = nextRegister({ ...confirmed, motion: moved }, before, snapshot, loss);
  const phase = phaseOf(register, stage, rules, snapshot.events);
  const after = approvalAfterFcp(register, rules, snapshot);
  const contestedLabels = contestedLabelsOf(snapshot, rules, now);
  const reason = reasonFor({
    phase,
    register,
    rules,
    snapshot,
    tallies,
    holds,
    concerns,
    after,
    unconfirmed: waitsFor,
    now,
  });
  const check = checkVerdict(phase, reason);
  return {
    at: now,
    phase,
    reason,
    holds,
    tallies,
    concerns: register.concerns.map((concern) => concernView(concern, moved)),
    register,
    lost: loss !== null,
    verdicts: judged.verdicts,
    check,
    after,
    ...configOf(snapshot, open !== null, known.lost),
    contestedLabels,
    notTakenOver: motion === null && first.kind === "refused" ? first : null,
    idleLabels: shown === null ? [] : idleLabels({ ...shown, needs }, snapshot, rules),
    nextCheckAt: earliest(now, [
      moved?.end === null && moved.fcp?.state === "running" ? moved.fcp.endsAt : null,
      checkExpires(snapshot, check),
      recheckSharedHeadAt(snapshot, check, now),
      nextContestEnds(snapshot, rules, contestedLabels),
    ]),
  };
}

/** What was an amendment changes nothing of the config now. Merged, its difference is gone because it landed. */
const amendsNothing = ({ amendment, pull }: Snapshot): boolean => !amendment && pull.state !== "merged";

const authorOf = ({ pull }: Snapshot) => (pull.author === null ? null : personOf(pull.author));

const UNLAWFUL = { code: "unlawful_config" } as const;

/** config.lawful: the same motion counted by the last lawful rules, with what they need of it; null when the present are lawful. */
function underLawfulRules(snapshot: Snapshot, register: Register, motion: Motion | null, head: string) {
  const lawful = snapshot.lawfulRules ?? null;
  if (lawful === null || motion === null) return null;
  const { needs } = ratchet(snapshot, lawful).grown(motion);
  return needs.map((need) => tallyFor(need, lawful, register, motion, head));
}

/** Would the present rules carry an open motion on, and the last lawful ones not? */
function short(open: Motion | null, tallies: readonly TeamTally[], lawful: readonly TeamTally[]): boolean {
  if (open === null) return false;
  const lacking = (counted: readonly TeamTally[]) =>
    open.fcp?.state === "running" ? lackingToConclude(counted, open) : lackingToBegin(counted);
  return lacking(tallies).length === 0 && lacking(lawful).length > 0;
}

/** takeover.legacy happens once, at the first look: never where the clerk has spoken before and only lost its register. */
function firstLook(snapshot: Snapshot, rules: Rules): Takeover {
  const spoken = snapshot.ownComments.some(
    ({ marker }) => marker.kind === "status" || marker.kind === "register",
  );
  return spoken || snapshot.pull.state === "merged" ? { kind: "nothing" } : takeOver(snapshot, rules);
}

/** decision.ratchet: the needs of a motion that is open or kept only grow. */
function withNeeds(register: Register, { grown }: Ratchet): Register {
  const { motion } = register;
  if (!isLive(motion)) return register;
  const { needs, decision } = grown(motion);
  return needs === motion.needs ? register : { ...register, motion: { ...motion, needs, decision } };
}

/** What a motion would need if it were made now, by both the last lawful rules and the present ones. */
function opening(snapshot: Snapshot, rules: Rules): Motion["needs"] {
  const lasting = decisionFor(snapshot.lawfulRules ?? rules, snapshot)?.approval ?? [];
  return growNeeds(lasting, decisionFor(rules, snapshot)?.approval ?? []);
}
