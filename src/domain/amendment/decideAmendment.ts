import { concernView } from "../acts/concerns.js";
import { judge } from "../acts/judge.js";
import { leftOf, lossOf, rebuilt } from "../acts/loss.js";
import { leaving, left, stands, unsaid } from "../acts/ownWord.js";
import { phaseOf } from "../acts/phase.js";
import { recovered, unconfirmed } from "../acts/recovery.js";
import type { AppliesTo } from "../acts/ruling.js";
import { stageNow } from "../acts/stage.js";
import { contestedLabelsOf, nextContestEnds } from "../decide/contestedLabels.js";
import { blockingConcerns, holdsOf, recordOf } from "../decide/fcp.js";
import { configOf, confirmedConfig } from "../decide/lawfulConfig.js";
import { checkExpires, earliest, recheckSharedHeadAt } from "../decide/nextCheck.js";
import { nextRegister } from "../decide/nextRegister.js";
import { tallyFor } from "../decide/tally.js";
import type { Change } from "../model/change.js";
import type {
  AmendmentView,
  ConfirmShortfall,
  Decision,
  Hold,
  Reason,
  TeamTally,
} from "../model/decision.js";
import { emptyRegister } from "../model/emptyRegister.js";
import { type PersonRef, personOf } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import { CONFIG_FILE } from "../model/rules.js";
import type { AmendmentFacts, CheckVerdict, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { absenceTurns } from "./absence.js";
import { differences, type KnownIds, rulesPrint } from "./differences.js";
import { withPresentPrints } from "./formerFingerprints.js";
import { advanced } from "./period.js";
import { excessOf, nextConfidence, refusalsOf } from "./refusals.js";
import { ballotsOn, needsOf, type Proposal, weighChange } from "./weigh.js";

/**
 * A PR that changes the config file, judged by the roster and rules of the default branch as they are now, never by its own. Every
 * change has to complete one of its routes; a change of the rules passes through a Final Comment Period besides (amend.rules).
 * Nothing is latched: an amendment holds as long as its votes do, until it is merged.
 *
 * config.lawful: where the present config came without an approved amendment, merging anything on top of it would ratify it. So the
 * changes are then read from the last lawful config and judged by it; by the present rules it has to pass too. What brings
 * the last lawful config back needs no vote.
 */
export function decideAmendment(
  snapshot: Snapshot,
  facts: AmendmentFacts,
  rules: Rules,
  now: Instant,
): Decision {
  const loss = snapshot.unkept ? null : lossOf(snapshot, rules);
  const before = loss === null ? (snapshot.register ?? emptyRegister) : leftOf(snapshot);
  const { pull } = snapshot;
  const author = pull.author === null ? null : personOf(pull.author);
  const known = new Map(facts.accounts.map(({ login, id }) => [login, id]));
  const made = facts.head.kind === "valid" ? facts.head.rules : null;
  const read = readChanges(snapshot, facts, rules, known);
  const { standard } = read;
  const restores = made !== null && read.onPresent !== null && read.changes.length === 0;
  const excess = restores ? null : excessOf(facts, read.changes);
  const changes = excess === null ? read.changes : [];
  const onPresent = excess === null || read.onPresent === null ? read.onPresent : [];
  const prints = [...new Set([...changes, ...(onPresent ?? [])].map((change) => change.print))];
  const merged = pull.state === "merged";

  const renamed = withPresentPrints(before, pull.head, [...changes, ...(onPresent ?? [])]);
  const start = made === null || merged ? renamed : unsaid(renamed, author, prints);
  const since = firstSeen(start, prints, snapshot, now);
  const covers: AppliesTo = {
    head: pull.head,
    onHead: prints,
    standing: prints.flatMap((print, at) =>
      start.seen?.prints.includes(print) ? [{ print, since: since[at] ?? now }] : [],
    ),
    leaving: merged ? left(start, author) : leaving([...changes, ...(onPresent ?? [])], author),
  };
  const needs = needsOf(changes, standard);
  const has = { needs, decision: "amendment", labels: [] };
  const judged = snapshot.unkept
    ? { register: start, verdicts: [] }
    : judge(start, loss === null ? snapshot : { ...snapshot, register: null }, rules, {
        opening: () => has,
        grown: () => has,
        covers,
      });
  const written = loss === null ? judged.register : rebuilt(judged.register, loss, snapshot, rules, now);
  const asItStands = merged ? atMerge(written, author) : withNeeds(written, needs);
  // With the lawful config lost, an amendment by the present rules is a way out, and is not held (config.lawful).
  const needed = confirmedConfig(
    asItStands,
    recovered(asItStands, needs, rules, snapshot),
    snapshot,
  ).register;
  const waitsFor = needed.recovery === null ? [] : unconfirmed(needed.recovery, needs, rules, snapshot);

  const circumstances = { configPath: CONFIG_FILE, author, restores, excess, now };
  const refusals = merged ? [] : refusalsOf(changes, facts, snapshot.files, circumstances);
  const proposal: Proposal = { author, facts, head: pull.head, now };
  const weighed = changes.map((change) => weighChange(change, standard, needed, proposal));
  const amendment: AmendmentView = {
    changes: weighed,
    refusals,
    needsFcp: changes.some((change) => change.key === "rules"),
    restores,
  };
  const resignation = weighed.length > 0 && weighed.every((one) => one.resignation);
  const concerns = needed.motion === null ? [] : blockingConcerns(needed, needed.motion);
  const votes =
    refusals.length === 0 && (restores || (weighed.length > 0 && weighed.every((one) => one.passed)));
  const unlawful =
    votes &&
    !restores &&
    onPresent?.every((change) => weighChange(change, rules, needed, proposal).passed) === false;
  const holds: readonly Hold[] = [
    ...holdsOf(snapshot, needed.motion),
    ...(unlawful ? [{ code: "unlawful_config" } as const] : []),
    ...(needed.recovery === null ? [] : [{ code: "record_lost" } as const]),
    ...(snapshot.unkept ? [{ code: "record_unkept" } as const] : []),
  ];
  const unvoted = resignation || restores;
  // Nobody's word keeps a member who resigns, or the config nobody voted for.
  const free = holds.length === 0 && (unvoted || concerns.length === 0);
  const ready = votes && free && (unvoted || (needed.motion !== null && needed.motion.end === null));
  const record = recordOf(countsOf(weighed), pull.head, snapshot.rosterCommit);
  const moved = advanced(needed, {
    ready,
    needsFcp: amendment.needsFcp,
    prints,
    record,
    head: pull.head,
    merged,
    landed: facts.landed ?? true,
    now,
  });
  const concluded = moved.motion?.end?.kind === "concluded" && votes && free;
  const passed = concluded || (ready && !amendment.needsFcp);
  const seen = {
    head: pull.head,
    base: rulesPrint(rules),
    makes: made === null ? "" : rulesPrint(made),
    prints,
    since,
    judgedBy: snapshot.lawful ? { number: snapshot.lawful.number, print: snapshot.lawful.print } : null,
    own: weighed.flatMap(({ change, resignation: said }) => (said ? [change.print] : [])),
    passed,
    record: passed ? record : null,
  };
  const register = nextRegister(merged ? moved : { ...moved, seen }, before, snapshot, loss);

  const phase = phaseOf(register, stageNow(snapshot, rules), rules, snapshot.events);
  const { motion } = register;
  const reason = reasonOf({
    amendment,
    register,
    holds,
    concerns,
    passed,
    unvoted,
    draft: pull.draft,
    landed: facts.landed ?? true,
    unconfirmed: waitsFor,
    unkept: snapshot.unkept,
    now,
    state: pull.state,
  });
  const check = verdict(reason);
  const contestedLabels = contestedLabelsOf(snapshot, rules, now);
  const all = motion === null ? null : changes.reduce<Motion>((so, change) => ballotsOn(so, change), motion);
  const tallies = needs.map((need) => tallyFor(need, rules, register, all, pull.head));
  return {
    at: now,
    phase,
    reason,
    holds,
    tallies,
    concerns: register.concerns.map((concern) => concernView(concern, motion)),
    register,
    lost: loss !== null,
    verdicts: judged.verdicts,
    check,
    after: null,
    amendment,
    ...configOf(snapshot, pull.state === "open" && !restores, false),
    contestedLabels,
    nextCheckAt: earliest(now, [
      motion?.end === null && motion.fcp?.state === "running" ? motion.fcp.endsAt : null,
      checkExpires(snapshot, check),
      recheckSharedHeadAt(snapshot, check, now),
      nextContestEnds(snapshot, rules, contestedLabels),
      nextConfidence(changes, now),
      ...changes.map((change) => absenceTurns(change, standard, facts, now)),
    ]),
  };
}

interface ReadChanges {
  /** The rules they are judged by. */
  readonly standard: Rules;
  readonly changes: readonly Change[];
  /** Where the present config is not lawful: what the amendment changes of it; else null. */
  readonly onPresent: readonly Change[] | null;
}

function readChanges(
  { lawfulRules }: Snapshot,
  { head, upToDate, forkedFrom }: AmendmentFacts,
  rules: Rules,
  known: KnownIds,
): ReadChanges {
  const lawful = lawfulRules ?? null;
  const of = (base: Rules) => (head.kind === "valid" ? differences(base, head.rules, known) : []);
  // Against a config it does not know of, the branch would seem to take back what others changed meanwhile.
  if (!upToDate) return { standard: lawful ?? rules, changes: of(forkedFrom ?? rules), onPresent: null };
  if (lawful === null) return { standard: rules, changes: of(rules), onPresent: null };
  return { standard: lawful, changes: of(lawful), onPresent: of(rules) };
}

/**
 * When the clerk first saw each of these changes, as far as it has stood ever since: words of before are about another text. After a
 * push another text may have stood in between, which the clerk never saw, and words of then may be about that one.
 */
function firstSeen(
  { seen }: Register,
  prints: readonly string[],
  { pull, events }: Snapshot,
  now: Instant,
): readonly Instant[] {
  const pushed = (since: Instant) =>
    seen?.head !== pull.head || events.some(({ kind, at }) => kind === "force_pushed" && at >= since);
  return prints.map((print) => {
    const since = seen?.since[seen.prints.indexOf(print)];
    return since === undefined || pushed(since) ? now : since;
  });
}

/** amend.own-word: taken back before the merge, although the clerk saw that only after it, a word is none. */
function atMerge(register: Register, author: PersonRef | null): Register {
  const { seen, motion } = register;
  if (seen === undefined || !seen.passed || author === null) return register;
  const kept = seen.own.every((on) => stands({ of: author, on }, motion));
  return kept ? register : { ...register, seen: { ...seen, passed: false, record: null } };
}

/** The teams that have a say follow the changes: a push may bring others. */
function withNeeds(register: Register, needs: Motion["needs"]): Register {
  const { motion } = register;
  return motion === null || motion.end !== null ? register : { ...register, motion: { ...motion, needs } };
}

interface Findings {
  readonly amendment: AmendmentView;
  readonly register: Register;
  readonly holds: readonly Hold[];
  readonly concerns: readonly number[];
  readonly passed: boolean;
  /** A resignation, or a way back: nobody votes on it. */
  readonly unvoted: boolean;
  readonly draft: boolean;
  readonly landed: boolean;
  readonly unconfirmed: readonly ConfirmShortfall[];
  readonly unkept: boolean;
  readonly now: Instant;
  readonly state: "open" | "closed" | "merged";
}

function reasonOf({
  amendment,
  register,
  holds,
  concerns,
  passed,
  unvoted,
  draft,
  landed,
  unconfirmed,
  unkept,
  now,
  state,
}: Findings): Reason {
  const { motion } = register;
  if (state === "merged") {
    return landed && (motion?.end?.kind === "concluded" || register.seen?.passed === true)
      ? { code: "merged_accepted" }
      : { code: "merged_undecided" };
  }
  if (state === "closed" && (motion === null || motion.end !== null)) return { code: "closed" };
  if (unconfirmed.length > 0) return { code: "record_lost", teams: unconfirmed };
  if (unkept) return { code: "record_unkept" };
  if (amendment.refusals.length > 0) return { code: "amendment_refused", refusals: amendment.refusals };
  if (passed) return { code: "amendment_passed" };
  if (!unvoted && motion === null && draft) return { code: "draft" };
  if (!unvoted && (motion === null || motion.end?.kind === "cancelled"))
    return { code: "amendment_unproposed" };
  const done = amendment.changes.filter((one) => one.passed).length;
  if (done < amendment.changes.length) {
    return { code: "amendment_waits", changes: amendment.changes.length, passed: done, concerns };
  }
  if (motion?.end === null && motion.fcp?.state === "running") {
    const { endsAt } = motion.fcp;
    return now < endsAt
      ? { code: "fcp_running", endsAt, concerns, teams: [] }
      : { code: "fcp_over", endedAt: endsAt, concerns, teams: [] };
  }
  if (concerns.length > 0) return { code: "blocked", concerns };
  return holds.length > 0 ? { code: "held" } : { code: "beginning" };
}

function verdict(reason: Reason): CheckVerdict {
  if (reason.code === "amendment_passed" || reason.code === "merged_accepted") return "success";
  return reason.code === "amendment_refused" ? "failure" : "in_progress";
}

/** Of each change, the route it went (or came nearest to going): the counts by which it was judged, each once. */
function countsOf(changes: AmendmentView["changes"]): readonly TeamTally[] {
  const routes = changes.flatMap(({ routes: ways }) => ways.find((way) => way.passed) ?? ways[0] ?? []);
  const tallies = routes.flatMap((route) => route.tallies);
  return tallies.filter(
    (tally, at) =>
      tallies.findIndex((other) => other.team === tally.team && other.needed === tally.needed) === at,
  );
}
