import { isPresentText } from "../acts/heads.js";
import { lossOf } from "../acts/loss.js";
import { leaving, left, stands, unsaid } from "../acts/ownWord.js";
import type { AppliesTo, OpeningNeeds } from "../acts/ruling.js";
import { blockingConcerns, holdsOf } from "../decide/fcp.js";
import { configOf } from "../decide/lawfulConfig.js";
import { recordOf } from "../decide/recorded.js";
import { concluded, confirmed, opened, withNeeds } from "../decide/shell.js";
import { tallyFor } from "../decide/tally.js";
import { withVoided } from "../decide/uncounted.js";
import { withoutGateLabels } from "../gates/labels.js";
import type { Change } from "../model/change.js";
import type { AmendmentView, Decision, Hold, TeamTally } from "../model/decision.js";
import { type PersonRef, personOf } from "../model/people.js";
import type { DecisionRecord, Motion, Register, SeenAmendment } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import { CONFIG_FILE } from "../model/rules.js";
import type { AmendmentFacts, Snapshot } from "../model/snapshot.js";
import { equal } from "../text/equal.js";
import type { Instant } from "../text/time.js";
import { absenceTurns } from "./absence.js";
import { countsOfTeam, sameCount } from "./counts.js";
import { differences, type KnownIds, rulesFingerprint } from "./differences.js";
import { withPresentFingerprints } from "./formerFingerprints.js";
import { landingFrom } from "./landing.js";
import { changedNothing, changesNothing } from "./meaning.js";
import { mergedAsVoted, withPeriod } from "./period.js";
import { excessOf, nextConfidence, refusalsOf } from "./refusals.js";
import { seenHere } from "./seenHere.js";
import { recordWithVoided } from "./voided.js";
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
  shown: Snapshot,
  given: AmendmentFacts,
  present: Rules,
  now: Instant,
): Decision {
  const { pull } = shown;
  const landing = landingFrom(shown, given, present);
  const rules = landing?.rules ?? present;
  const snapshot: Snapshot = landing === null ? shown : { ...shown, lawfulRules: null, unlawful: null };
  const upToDate = given.upToDate || landing !== null;
  const facts = { ...given, upToDate, quiet: seenHere(given.quiet, snapshot) };
  const author = pull.author === null ? null : personOf(pull.author);
  const known = new Map(facts.accounts.map(({ login, id }) => [login, id]));
  const made = facts.head.kind === "valid" ? facts.head.rules : null;
  const read = readChanges(snapshot, facts, rules, known);
  const { standard } = read;
  const restores = made !== null && read.onPresent !== null && read.changes.length === 0;
  const excess = restores ? null : excessOf(facts, read.changes);
  const changes = excess === null ? read.changes : [];
  const onPresent = excess === null || read.onPresent === null ? read.onPresent : [];
  const fingerprints = [...new Set([...changes, ...(onPresent ?? [])].map((change) => change.fingerprint))];
  const merged = pull.state === "merged";
  const needs = needsOf(changes, standard);
  const has: OpeningNeeds = { needs, decision: "amendment", labels: () => [] };

  const loss = snapshot.unkept ? null : lossOf(snapshot, rules);
  const found = opened(snapshot, rules, now, loss, {
    prepare: (before) => {
      const renamed = withPresentFingerprints(withoutGateLabels(before), pull.head, [
        ...changes,
        ...(onPresent ?? []),
      ]);
      return made === null || merged ? renamed : unsaid(renamed, author, fingerprints);
    },
    judging: (start) => {
      const since = firstSeen(start, fingerprints, snapshot, now);
      const appliesTo: AppliesTo = {
        onHead: fingerprints,
        standing: fingerprints.flatMap((fingerprint, at) =>
          start.lastSeen?.fingerprints.includes(fingerprint)
            ? [{ fingerprint, since: since[at] ?? now }]
            : [],
        ),
        leaving: merged ? left(start, author) : leaving([...changes, ...(onPresent ?? [])], author),
      };
      return { opening: () => has, grown: () => has, appliesTo };
    },
  });
  const asItStands = merged
    ? atMerge(found.register, author)
    : withNeeds(found.register, ({ end, decision, needs: had }) => ({
        needs: end === null ? needs : had,
        decision,
      }));
  // With the lawful config lost, an amendment by the present rules is a way out, and is not held (config.lawful).
  const { register: needed, ...confirmation } = confirmed(asItStands, needs, rules, snapshot);

  const circumstances = { configPath: CONFIG_FILE, author, restores, excess, now };
  const refusals = merged ? [] : refusalsOf(changes, facts, snapshot.files, circumstances);
  const proposal: Proposal = { author, facts, isPresent: isPresentText(needed, snapshot), now };
  const weighed = changes.map((change) => weighChange(change, standard, needed, proposal));
  const view: AmendmentView = {
    changes: weighed,
    refusals,
    needsFcp: changes.some((change) => change.key === "rules"),
    restores,
    changesNothing: merged ? changedNothing(needed, pull.head) : changesNothing(snapshot, facts, rules),
  };
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
    ...confirmation.holds,
  ];
  const unvoted = restores || (weighed.length > 0 && weighed.every((one) => one.resignation));
  // Nobody's word keeps a member who resigns, or the config nobody voted for.
  const free = holds.length === 0 && (unvoted || concerns.length === 0);
  const ready = votes && free && (unvoted || (needed.motion !== null && needed.motion.end === null));
  const counted = recordOf(countsOf(weighed), pull.head, snapshot.rosterCommit);
  const record = recordWithVoided(counted, needed.motion, fingerprints);
  const landed = !facts.landedOtherwise;
  const moved = merged
    ? mergedAsVoted(needed, { landed, head: pull.head, now })
    : withPeriod(
        needed,
        view.needsFcp,
        { begins: ready, concludes: ready, record, head: pull.head, now },
        fingerprints,
      );
  const passed = (moved.motion?.end?.kind === "concluded" && votes && free) || (ready && !view.needsFcp);
  const seen = {
    head: pull.head,
    base: rulesFingerprint(rules),
    makes: made === null ? "" : rulesFingerprint(made),
    fingerprints,
    since: firstSeen(found.start, fingerprints, snapshot, now),
    judgedBy: landing === null ? placeOf(snapshot.lawful) : landing.judgedBy,
    own: weighed.flatMap(({ change, resignation }) => (resignation ? [change.fingerprint] : [])),
    passed,
    record: passed ? asBefore(record, needed.lastSeen, rulesFingerprint(rules)) : null,
  };
  return concluded(snapshot, rules, now, found, {
    register: merged ? moved : { ...moved, lastSeen: seen },
    unconfirmed: confirmation.unconfirmed,
    tallies: [],
    holds,
    concerns,
    gates: [],
    amendment: { view, passed, unvoted, landed },
    after: () => null,
    shown: (register) => {
      const all =
        register.motion === null
          ? null
          : changes.reduce<Motion>((so, change) => ballotsOn(so, change), register.motion);
      // Nobody is asked for a vote on a resignation (amend.resign).
      const asked = weighed.filter(({ resignation }) => !resignation).map(({ change }) => change);
      return needsOf(asked, standard).map((need) =>
        withVoided(
          asWeighed(tallyFor(need, standard, register, all, isPresentText(register, snapshot)), weighed),
          register.motion,
          merged ? [] : fingerprints,
        ),
      );
    },
    ...configOf(snapshot, pull.state === "open", false, []),
    moments: [
      nextConfidence(changes, now),
      ...weighed.map((one) => absenceTurns(one.change, standard, facts, now, one.passed)),
    ],
  });
}

const placeOf = (lawful: Snapshot["lawful"]): SeenAmendment["judgedBy"] =>
  lawful === null ? null : { number: lawful.number, fingerprint: lawful.fingerprint };

interface ReadChanges {
  /** The rules they are judged by. */
  readonly standard: Rules;
  readonly changes: readonly Change[];
  /** Where the present config is not lawful: what the amendment changes of it; else null. */
  readonly onPresent: readonly Change[] | null;
}

function readChanges(
  { lawfulRules: lawful }: Snapshot,
  { head, upToDate, forkedFrom }: AmendmentFacts,
  rules: Rules,
  known: KnownIds,
): ReadChanges {
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
  register: Register,
  fingerprints: readonly string[],
  snapshot: Snapshot,
  now: Instant,
): readonly Instant[] {
  const { lastSeen: seen } = register;
  // Also where the commit now carries the text of then (text.same): another text may have stood for a while.
  const moved = seen === undefined || seen.head !== snapshot.pull.head;
  const pushed = (since: Instant) =>
    moved || snapshot.events.some(({ kind, at }) => kind === "force_pushed" && at >= since);
  return fingerprints.map((fingerprint) => {
    const since = seen?.since[seen.fingerprints.indexOf(fingerprint)];
    return since === undefined || pushed(since) ? now : since;
  });
}

/** The same votes by the same rules: what else has come to the default branch since is no news here, and nothing is written for it. */
function asBefore(record: DecisionRecord, seen: SeenAmendment | undefined, base: string): DecisionRecord {
  const before = seen?.base === base ? seen.record : null;
  if (before === null || before.rosterCommit === null) return record;
  return equal({ ...record, rosterCommit: before.rosterCommit }, before) ? before : record;
}

/** amend.own-word: taken back before the merge, although the clerk saw that only after it, a word is none. */
function atMerge(register: Register, author: PersonRef | null): Register {
  const { lastSeen: seen, motion } = register;
  if (seen === undefined || !seen.passed || author === null) return register;
  const kept = seen.own.every((on) => stands({ of: author, on }, motion));
  return kept ? register : { ...register, lastSeen: { ...seen, passed: false, record: null } };
}

/** Over whom a change is counted, and what it needs, is its own: where all of them come to one count of a team, that is the team's. */
function asWeighed(tally: TeamTally, changes: AmendmentView["changes"]): TeamTally {
  const [one, ...others] = countsOfTeam(changes, tally.team);
  if (one === undefined || others.some((other) => !sameCount(one, other))) return tally;
  const { seats, notCounted, ...count } = one;
  return { ...tally, ...count };
}

/** Of each change, the route it went (or came nearest to going): the counts by which it was judged, each once. Nobody votes on a resignation. */
function countsOf(changes: AmendmentView["changes"]): readonly TeamTally[] {
  const routes = changes.flatMap(({ routes: ways, resignation }) =>
    resignation ? [] : (ways.find((way) => way.passed) ?? ways[0] ?? []),
  );
  const tallies = routes.flatMap((route) => route.tallies);
  return tallies.filter(
    (tally, at) =>
      tallies.findIndex((other) => other.team === tally.team && other.needed === tally.needed) === at,
  );
}
