import { verbsOff } from "../../domain/acts/commands.js";
import { missingReply, needsOverview } from "../../domain/acts/pendingReplies.js";
import { othersOnHead, strictest } from "../../domain/decide/checkVerdict.js";
import { decide } from "../../domain/decide.js";
import { desired } from "../../domain/desired/desired.js";
import { plan } from "../../domain/desired/plan.js";
import { unpublished } from "../../domain/desired/publicRecords.js";
import { notices } from "../../domain/messages/notice.js";
import { outlineOf } from "../../domain/messages/outline.js";
import { statusSentenceShort } from "../../domain/messages/statusSentence.js";
import type { Action } from "../../domain/model/action.js";
import type { Hold, Phase, Reason } from "../../domain/model/decision.js";
import type { Outline } from "../../domain/model/outline.js";
import { sameLogin } from "../../domain/model/people.js";
import type { PublicRecordDraft } from "../../domain/model/publicRecord.js";
import type { PublicView } from "../../domain/model/publicView.js";
import type { Register } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import type { CheckVerdict, Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import { publicViewOf } from "../../domain/views/publicView.js";
import { type Dependence, dependenceOf } from "./dependents.js";

/** The pure part of a reconcile: what to write, and when to reconcile again although nobody acts. */
export type Evaluate = (snapshot: Snapshot, rules: Rules, now: Instant) => Evaluation;

export interface Evaluation {
  readonly actions: readonly Action[];
  readonly nextCheckAt: Instant | null;
  /** The register as it must be after this reconcile; null: there is nothing to keep. */
  readonly register: Register | null;
  /** memory.lost: it was found lost, and rebuilt. */
  readonly lost: boolean;
  readonly phase: Phase;
  /** What it waits for, or how it ended, by its code. */
  readonly reason: Reason["code"];
  /** What keeps it from going on whatever the votes. */
  readonly holds: readonly Hold["code"][];
  /** What the check on the head shows: the strictest of all that share it (check.head). */
  readonly verdict: CheckVerdict;
  /** What it waits for, or how it ended, in a line of plain text. */
  readonly sentence: string;
  /** gate.begin, gate.end: as far as other proposals wait for it, or it for others. */
  readonly dependence: Dependence;
  /** remind.digest, remind.mine: what it waits for; null: nothing. Left out: the config has no use for it. */
  readonly outline?: Outline | null;
  /** remind.mine: an answer lacks what the other proposals wait for. */
  readonly asksForOverview: boolean;
  /** record.signed: decisions that are about to be announced, and have no record yet. */
  readonly unpublished: readonly PublicRecordDraft[];
  /** What the person who runs the clerk should know, a line each. */
  readonly notices: readonly string[];
  /** What everybody may see of it; null: it is no proposal. `updatedAt`: as GitHub says it; null: not known. */
  readonly view: (updatedAt: Instant | null) => PublicView | null;
  /** One line for the log: the phase and what it waits for. */
  readonly summary: string;
}

/** form.check, spec.linked: what could not be read of them is read again. */
const sooner = (at: Instant | null, { form, spec }: Snapshot): Instant | null =>
  earliestOf(
    at,
    form?.kind === "unread" ? form.retryAt : null,
    spec?.kind === "unread" ? spec.retryAt : null,
  );

function earliestOf(...moments: readonly (Instant | null)[]): Instant | null {
  const known = moments.filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** The labels as they are once all is written: nothing is read again for what the clerk itself has changed. */
function afterwards(snapshot: Snapshot, actions: readonly Action[]): Snapshot {
  const added = actions.flatMap((action) => (action.kind === "add_label" ? [action.label] : []));
  const removed = actions.flatMap((action) => (action.kind === "remove_label" ? [action.label] : []));
  if (added.length === 0 && removed.length === 0) return snapshot;
  const stay = snapshot.labels.filter((label) => !removed.some((one) => sameLogin(one, label)));
  return { ...snapshot, labels: [...stay, ...added] };
}

/** read ─► decide ─► desired ─► plan: the pure part of every reconcile, `explain` and dry runs included. */
export const evaluate: Evaluate = (snapshot, rules, now) => {
  const decision = decide(snapshot, rules, now);
  const wanted = desired(decision, snapshot, rules);
  const actions = plan(wanted, snapshot);
  const sentence = statusSentenceShort(decision);
  return {
    actions,
    nextCheckAt: sooner(decision.nextCheckAt, snapshot),
    register: decision.register,
    lost: decision.lost,
    phase: decision.phase,
    reason: decision.reason.code,
    holds: decision.holds.map(({ code }) => code),
    verdict: strictest([decision.check, ...othersOnHead(snapshot)]),
    sentence,
    dependence: dependenceOf(decision),
    ...(verbsOff(snapshot, rules).has("mine") ? {} : { outline: outlineOf(decision, snapshot, rules) }),
    asksForOverview: decision.register.pendingReplies.some(
      (one) => needsOverview(one) && missingReply(one, snapshot),
    ),
    unpublished: unpublished(decision, snapshot, wanted),
    notices: notices(decision),
    view: (updatedAt) => publicViewOf(decision, afterwards(snapshot, actions), rules, updatedAt),
    summary: `${decision.phase}: ${sentence}`,
  };
};
