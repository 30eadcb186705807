import { swapsLabelsAt, withSeen } from "../acts/firstSeen.js";
import { isPresentText } from "../acts/heads.js";
import { waiting } from "../acts/life.js";
import { lossOf } from "../acts/loss.js";
import { isDecidedToMerge } from "../acts/motionOutcome.js";
import { decisionFor, growNeeds } from "../acts/needs.js";
import { noAmendmentNow, onNoChange } from "../acts/ownWord.js";
import { phaseOf } from "../acts/phase.js";
import { idleLabels, ratchet } from "../acts/ratchet.js";
import { isByRule } from "../acts/scope.js";
import { beyondAdoption, stageNow } from "../acts/stage.js";
import { type Takeover, takeOver } from "../acts/takeover.js";
import { withChecklist } from "../gates/checklist.js";
import { withDependencies } from "../gates/dependencies.js";
import { asksForDependencies, gatesOf, holding, lookAgainAt } from "../gates/gates.js";
import { withGateLabels } from "../gates/labels.js";
import type { Decision, Hold, TeamTally } from "../model/decision.js";
import { emptyRegister } from "../model/emptyRegister.js";
import { personOf } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { equal } from "../text/equal.js";
import type { Instant } from "../text/time.js";
import { approvalAfterFcp } from "./afterFcp.js";
import { advance, blockingConcerns, holdsOf, lackingToBegin, lackingToConclude } from "./fcp.js";
import { configOf, countedByBoth } from "./lawfulConfig.js";
import { recordOf } from "./recorded.js";
import { concluded, confirmed, opened, withNeeds } from "./shell.js";
import { tallyFor } from "./tally.js";

/** What follows for a proposal. `besides`: holds that the caller knows of. */
export function decideProposal(
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
  besides: readonly Hold[],
): Decision {
  const beyond = beyondAdoption(snapshot);
  const loss = snapshot.unkept || beyond ? null : lossOf(snapshot, rules);
  const first: Takeover =
    loss === null && isUntouched(snapshot.register) ? firstLook(snapshot, rules) : { kind: "nothing" };
  const present = ratchet(snapshot, rules);
  // config.lawful: what a config needs that nobody approved is needed while it stands, and never written down (decision.ratchet).
  const lasting = snapshot.lawfulRules ? ratchet(snapshot, snapshot.lawfulRules) : present;
  const found = opened(snapshot, rules, now, loss, {
    prepare: (before) => {
      const known = first.kind === "taken" ? { ...first.register, ...seenOnly(before) } : before;
      const own = amendsNothing(snapshot) ? noAmendmentNow(known, authorOf(snapshot)) : known;
      const seen = withSeen(own, snapshot, rules, now);
      return withGateLabels(scoped(seen, snapshot, rules, now), snapshot, rules);
    },
    judging: () => (beyond ? null : { ...lasting, appliesTo: null }),
  });
  const { head } = snapshot.pull;
  const needed = withNeeds(found.register, lasting.grown);
  const dependent = asksForDependencies(snapshot, rules)
    ? withDependencies(needed, snapshot.gates?.dependencies)
    : needed;
  const grown = snapshot.unkept || beyond ? dependent : withChecklist(dependent, snapshot, rules, now);
  const isPresent = isPresentText(grown, snapshot);
  const { motion } = grown;
  const open = motion !== null && motion.end === null ? motion : null;
  // A decision to merge is kept; of any other ending, what a new motion would need is all there is to count.
  const live = open ?? (isDecidedToMerge(motion) ? motion : null);
  const shown = live === null ? null : onNoChange(live);
  const needs = shown === null ? opening(snapshot, rules) : present.grown(shown).needs;
  const tallies = needs.map((need) => tallyFor(need, rules, grown, shown, isPresent));
  const known = confirmed(grown, needs, rules, snapshot);
  const concerns = motion === null ? [] : blockingConcerns(grown, motion);
  const lawful = underLawfulRules(snapshot, grown, shown);
  const affected =
    open !== null || (snapshot.pull.state === "open" && stageNow(snapshot, rules).inScope && !beyond);
  const holds = [
    ...holdsOf(snapshot, motion),
    ...besides,
    ...known.holds,
    ...(known.lawfulLost ? [{ code: "lawful_lost" } as const] : []),
    ...(lawful !== null && short(open, tallies, lawful) ? [UNLAWFUL] : []),
  ];
  const gates = beyond || snapshot.unkept ? [] : gatesOf(snapshot, rules, known.register);
  const free = holds.length === 0 && concerns.length === 0;
  const moved =
    open === null
      ? motion
      : advance(open, {
          begins:
            free &&
            tallies.length > 0 &&
            lackingToBegin(tallies).length === 0 &&
            holding(gates, "begin").length === 0,
          concludes:
            free && lackingToConclude(tallies, open).length === 0 && holding(gates, "conclude").length === 0,
          record: recordOf(tallies, head, snapshot.rosterCommit, gates),
          head,
          now,
        });
  return concluded(snapshot, rules, now, found, {
    register: { ...known.register, motion: moved },
    unconfirmed: known.unconfirmed,
    tallies,
    holds,
    concerns,
    gates,
    amendment: null,
    after: (register) => approvalAfterFcp(register, rules, snapshot),
    shown: () => tallies,
    ...configOf(snapshot, affected, known.lawfulLost, countedByBoth(tallies, lawful ?? [], rules)),
    notTakenOver: motion === null && first.kind === "refused" ? first : null,
    idleLabels: shown === null ? [] : idleLabels({ ...shown, needs }, snapshot, rules),
    ...queued(known.register, snapshot, rules),
    moments: [lookAgainAt(gates, known.register, now), swapsLabelsAt(known.register, snapshot, rules, now)],
  });
}

/** proposal.ready: does it wait in the team's queue? Not while it is a draft, closed, or out of scope. */
function queued(register: Register, snapshot: Snapshot, rules: Rules): Pick<Decision, "waiting"> {
  const said = waiting(register, rules, snapshot);
  return said === null || phaseOf(register, stageNow(snapshot, rules), rules, snapshot.events) !== "in_review"
    ? {}
    : { waiting: said };
}

/**
 * proposal.scope, where the config says by rule what a proposal is: from when on what is said counts, and whether it has been one. Where
 * the clerk had looked before the config came to say so, what was said until then was said on something else.
 */
function scoped(register: Register, snapshot: Snapshot, rules: Rules, now: Instant): Register {
  if (!isByRule(rules) || beyondAdoption(snapshot)) return register;
  const { check, ownComments, pull } = snapshot;
  const looked = check !== null || ownComments.length > 0 || snapshot.register !== null;
  const { since, been } = register.scope ?? { since: looked ? now : pull.createdAt, been: false };
  const isOne = been || stageNow(snapshot, rules).inScope;
  return register.scope !== undefined && isOne === been
    ? register
    : { ...register, scope: { since, been: isOne } };
}

/** What was an amendment changes nothing of the config now. Merged, its difference is gone because it landed. */
const amendsNothing = ({ amendment, pull }: Snapshot): boolean => !amendment && pull.state !== "merged";

const authorOf = ({ pull }: Snapshot) => (pull.author === null ? null : personOf(pull.author));

const UNLAWFUL = { code: "unlawful_config" } as const;

/** config.lawful: the same counted by the last lawful rules, with what they need of the motion, or would; null when the present are lawful. */
function underLawfulRules(snapshot: Snapshot, register: Register, motion: Motion | null) {
  const lawful = snapshot.lawfulRules;
  if (lawful === null) return null;
  const needs =
    motion === null
      ? (decisionFor(lawful, snapshot)?.approval ?? [])
      : ratchet(snapshot, lawful).grown(motion).needs;
  const isPresent = isPresentText(register, snapshot);
  return needs.map((need) => tallyFor(need, lawful, register, motion, isPresent));
}

/** Would the present rules carry an open motion on, and the last lawful ones not? */
function short(open: Motion | null, tallies: readonly TeamTally[], lawful: readonly TeamTally[]): boolean {
  if (open === null) return false;
  const lacking = (counted: readonly TeamTally[]) =>
    open.fcp?.state === "running" ? lackingToConclude(counted, open) : lackingToBegin(counted);
  return lacking(tallies).length === 0 && lacking(lawful).length > 0;
}

/** Nothing was judged and nothing taken over yet: all there can be is what the clerk has seen. */
function isUntouched(register: Register | null): boolean {
  if (register === null) return true;
  const { scope: _, gates: __, authors: _a, placeholder: _p, welcome: _w, ...rest } = register;
  return equal({ ...rest, ...seenOnly(emptyRegister) }, emptyRegister);
}

const seenOnly = ({ seq, heads, takenAway, lawful }: Register) => ({ seq, heads, takenAway, lawful });

/** takeover.legacy happens once, at the first reconcile: never where the clerk has spoken before and only lost its register. */
function firstLook(snapshot: Snapshot, rules: Rules): Takeover {
  const spoken = snapshot.ownComments.some(
    ({ marker }) => marker.kind === "status" || marker.kind === "register",
  );
  return spoken || snapshot.pull.state === "merged" ? { kind: "nothing" } : takeOver(snapshot, rules);
}

/** What a motion would need if it were made now, by both the last lawful rules and the present ones. */
function opening(snapshot: Snapshot, rules: Rules): Motion["needs"] {
  const lasting = decisionFor(snapshot.lawfulRules ?? rules, snapshot)?.approval ?? [];
  return growNeeds(lasting, decisionFor(rules, snapshot)?.approval ?? []);
}
