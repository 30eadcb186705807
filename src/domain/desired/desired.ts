// One file: all that GitHub should show by one decision, so that no two rules ask for the same comment in two ways.

import { motionOf } from "../acts/acts.js";
import { missingReactions, missingReply, needsOverview } from "../acts/pendingReplies.js";
import { listingOf, rebuiltMarker } from "../acts/recovery.js";
import { beyondAdoption } from "../acts/stage.js";
import { reopenedSince, utteranceOf } from "../acts/timelineIndex.js";
import { othersOnHead, strictest } from "../decide/checkVerdict.js";
import { renewedAt } from "../decide/nextCheck.js";
import {
  announced,
  announcementKinds,
  identity,
  isWithheld,
  keepsConcerns,
  REGISTER,
  wasDeleted,
} from "../decide/posts.js";
import { formFacts } from "../form/formFindings.js";
import { NOTHING_NOTICED, noticedIn } from "../form/noticed.js";
import { checklistNow, checklistOf } from "../gates/checklist.js";
import { announcement } from "../messages/announcement.js";
import { checkSummary, checkTitle, MOST_FAULTS } from "../messages/check.js";
import { checklistComment, endedChecklistComment } from "../messages/checklist.js";
import type { WordsContext } from "../messages/context.js";
import { rebuiltComment } from "../messages/rebuilt.js";
import { registerComment } from "../messages/registerComment.js";
import { reminder } from "../messages/reminder.js";
import { replyComment } from "../messages/reply.js";
import { statusComment } from "../messages/statusComment.js";
import { newSurprises } from "../messages/surprises.js";
import type { Annotation, LinkSpecPull } from "../model/action.js";
import type { Decision } from "../model/decision.js";
import type { Motion, Reaction } from "../model/register.js";
import { CONFIG_FILE, type Rules, teamOf } from "../model/rules.js";
import type { CheckVerdict, Marker, OwnComment, Snapshot, Utterance } from "../model/snapshot.js";
import { dueReminder, reminderMarker } from "../reminders/reminders.js";
import { correctedAnnouncements, withMark } from "./corrections.js";
import { type DesiredForm, desiredForm } from "./form.js";
import { carries, type LabelChanges, labelChanges } from "./labels.js";
import { lifeComments } from "./lifeComments.js";
import { lifeLabels, type NamedLabels } from "./lifeLabels.js";
import { linksOf, specComments } from "./spec.js";

/** What GitHub should show, whatever it shows now. `plan` finds the difference. */
export interface Desired {
  /** The comment that carries the register; null while the check run alone does. */
  readonly carrier: DesiredComment | null;
  /** Comments the clerk keeps up to date besides the carrier. */
  readonly kept: readonly DesiredComment[];
  /** Comments that are said once and never changed: replies and announcements. */
  readonly oneTimeComments: readonly DesiredComment[];
  /** Comments there are two of; the older stays (comment.once). */
  readonly surplus: readonly OwnComment[];
  readonly labels: LabelChanges;
  /** Those that have a name by a key of their own, left out of the config where the part is. */
  readonly lifeLabels: NamedLabels;
  /** fcp.latch: put the FCP label on, taking it off before where it stands by somebody else's hand. */
  readonly latch: "none" | "put_on" | "take_off_and_put_on";
  readonly reactions: readonly { readonly on: Utterance; readonly reaction: Reaction }[];
  readonly close: boolean;
  readonly merge: "merge" | "squash" | "rebase" | null;
  readonly check: DesiredCheck | null;
  /** form.check; null: none. */
  readonly form: DesiredForm | null;
  /** spec.linked: where the proposal is to be linked from. */
  readonly links: readonly LinkSpecPull[];
  readonly decision: Decision;
  readonly rules: Rules;
}

export interface DesiredComment {
  readonly marker: Marker;
  readonly body: string;
  /** Where it stands already. */
  readonly standing: OwnComment | null;
}

export interface DesiredCheck {
  readonly verdict: CheckVerdict;
  readonly own: CheckVerdict;
  readonly title: string;
  readonly summary: string;
  /** The run on the head is about to go stale, or has. */
  readonly anew: boolean;
  /** Faults of an amended config, shown on the diff. The summary names the same ones, so that the same summary has the same. */
  readonly annotations: readonly Annotation[];
}

const NOTHING = { add: [], remove: [] };

/**
 * said.locked: GitHub lets no App comment in a locked conversation (https://github.com/renovatebot/renovate/issues/6215), and nobody react. The
 * check run carries the record meanwhile; what is missing stays missing, and so is made when it is unlocked.
 */
const SILENCE = { carrier: null, kept: [], oneTimeComments: [], surplus: [], reactions: [] };

/** A projection of the decision: it counts nothing again. */
export function desired(decision: Decision, snapshot: Snapshot, rules: Rules): Desired {
  const context: WordsContext = {
    rules,
    repository: snapshot.repository,
    pull: snapshot.pull,
    mention: rules.mentions[0] ?? snapshot.clerk.login,
  };
  // PRs that ended before adoption are never touched, and an archived repository cannot be.
  if (beyondAdoption(snapshot) || snapshot.repository.archived) {
    return {
      ...SILENCE,
      labels: NOTHING,
      lifeLabels: { ...NOTHING, becomes: null },
      latch: "none",
      close: false,
      merge: null,
      check: null,
      form: null,
      links: [],
      decision,
      rules,
    };
  }
  const said = snapshot.pull.locked
    ? SILENCE
    : { ...commentsOf(decision, snapshot, context), reactions: reactionsOf(decision, snapshot) };
  const labels = labelChanges(decision, snapshot, rules);
  const latching = decision.phase === "proposed" && decision.register.motion?.fcp?.state === "decided";
  return {
    ...said,
    labels: latching ? { ...labels, add: labels.add.filter((key) => key !== "fcp") } : labels,
    lifeLabels: lifeLabels(decision, snapshot, rules),
    latch: !latching ? "none" : carries(snapshot, rules, "fcp") ? "take_off_and_put_on" : "put_on",
    close: closes(decision, snapshot, rules),
    merge: merges(decision, snapshot, rules),
    check: checkOf(decision, snapshot, context),
    form: desiredForm(decision, snapshot, rules),
    links: linksOf(decision, snapshot, rules),
    decision,
    rules,
  };
}

function commentsOf(decision: Decision, snapshot: Snapshot, context: WordsContext) {
  const { register } = decision;
  const { motion } = register;
  const live = motion !== null && (motion.end === null || decision.phase === "concluded");
  const unsettled = live || waitsToBeClosed(motion, snapshot, context.rules);
  const status = motion === null ? null : statusFor(motion, decision, snapshot, context, unsettled);
  const standingRegister = oldest(snapshot.ownComments.filter(({ marker }) => marker.kind === "register"));
  const ledger: DesiredComment | null =
    standingRegister !== null || keepsConcerns(decision, snapshot)
      ? { marker: REGISTER, body: registerComment(decision, context), standing: standingRegister }
      : null;
  const past = register.past.flatMap((each) => {
    const comment = statusFor(each, decision, snapshot, context, false);
    return comment.standing === null && !wasDeleted(each, snapshot) ? [] : [comment];
  });
  const [carries, ...others] =
    register.seq === 0 ? [null, ledger, status] : live ? [status, ledger] : [ledger ?? status, status];
  const posted = (one: DesiredComment | null | undefined): one is DesiredComment =>
    one != null && (one.standing !== null || !isWithheld(decision, one.marker));
  // Without it the check run carries the record (see `plan`): the record is never put into a comment about a motion that is over.
  const carrier = posted(carries) ? carries : null;
  const kept = [...new Set([...others, ...past])].filter(
    (one): one is DesiredComment => posted(one) && one !== carries,
  );
  const lists = checklists(decision, snapshot, context).filter(posted);
  const toAnnounce = [...register.past, ...(motion ? [motion] : [])].flatMap((each) =>
    announcements(each, decision, snapshot, context),
  );
  const replies = register.pendingReplies
    .filter(
      (pending) =>
        missingReply(pending, snapshot) &&
        (snapshot.overview !== undefined || !needsOverview(pending)) &&
        !isWithheld(decision, { kind: "reply", key: pending.key }),
    )
    .map((pending): DesiredComment => {
      const titles = (motion?.needs ?? decision.tallies.map((tally) => tally.need)).map(
        (need) => teamOf(context.rules, need.team)?.title ?? need.team,
      );
      const { overview } = snapshot;
      const body = replyComment(pending, { ...context, neededTeams: titles, overview, now: decision.at });
      return { marker: { kind: "reply", key: pending.key }, body, standing: null };
    });
  return {
    carrier,
    kept: [
      ...kept,
      ...lists,
      ...correctedAnnouncements(register, snapshot),
      ...specComments(decision, snapshot, context),
    ],
    oneTimeComments: [
      ...listing(decision, snapshot, context),
      ...replies,
      ...lifeComments(decision, snapshot, context),
      ...toAnnounce,
      ...reminders(decision, snapshot, context),
    ],
    surplus: surplusOf(snapshot),
  };
}

/** remind.vote, remind.merge: said once, and never again where it was taken away. */
function reminders(decision: Decision, snapshot: Snapshot, context: WordsContext): readonly DesiredComment[] {
  const due = dueReminder(decision, snapshot, context.rules, decision.at);
  const { motion } = decision.register;
  if (due === null || motion === null) return [];
  return [{ marker: reminderMarker(due.reminded), body: reminder(due, motion, context), standing: null }];
}

/** memory.lost: what was rebuilt, listed for members to confirm. */
function listing(decision: Decision, snapshot: Snapshot, context: WordsContext): readonly DesiredComment[] {
  const { recovery } = decision.register;
  if (recovery === null || listingOf(recovery, snapshot.ownComments) !== undefined) return [];
  const marker = rebuiltMarker(recovery);
  if (isWithheld(decision, marker)) return [];
  return [{ marker, body: rebuiltComment(decision, recovery, context), standing: null }];
}

/** Decided to be closed, which is left to people: the last words of its status comment are that somebody did. */
const waitsToBeClosed = (motion: Motion | null, { pull, events }: Snapshot, rules: Rules): boolean =>
  motion?.end?.kind === "concluded" &&
  motion.disposition === "close" &&
  rules.conclude.close === "nothing" &&
  pull.state === "open" &&
  !reopenedSince(events, motion.end.at);

/** A status comment of an ended motion is written once more, with its last words, and then left alone. */
function statusFor(
  motion: Motion,
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
  live: boolean,
): DesiredComment {
  const standing = oldest(snapshot.ownComments.filter((one) => motionOf(one) === motion.number));
  const marker: Marker = { kind: "status", key: live ? String(motion.number) : `${motion.number}:ended` };
  const told = !live && standing !== null && standing.marker.key === marker.key;
  const body = told ? withMark(standing.body, motion) : statusComment(asOf(decision, motion), context);
  return { marker, body, standing };
}

/** gate.begin, gate.end: the list of the motion that is open or has decided, and the last words of those before. */
function checklists(
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
): readonly DesiredComment[] {
  const { register, phase } = decision;
  const kept = register.gates?.checklist ?? null;
  const list = phase === "ended" || phase === "out_of_scope" ? null : checklistNow(register);
  const live = list?.motion ?? 0;
  const old = snapshot.ownComments.flatMap((standing): readonly DesiredComment[] => {
    const motion = checklistOf(standing);
    const marker: Marker = { kind: "checklist", key: `${motion}:ended` };
    if (motion === null || motion === live || standing.marker.key === marker.key) return [];
    const known = motion === register.motion?.number || register.past.some(({ number }) => number === motion);
    if (!known || phase === "out_of_scope") return [];
    const of = kept?.motion === motion ? kept : null;
    return [{ marker, body: endedChecklistComment(motion, of, context), standing }];
  });
  if (list === null) return old;
  const marker: Marker = { kind: "checklist", key: `${list.motion}:${list.commit}` };
  const standing = oldest(snapshot.ownComments.filter((one) => checklistOf(one) === list.motion));
  const noticed =
    snapshot.form === undefined ? NOTHING_NOTICED : noticedIn(formFacts(snapshot, context.rules, register));
  return [{ marker, body: checklistComment(list, decision, noticed, context), standing }, ...old];
}

/** The decision as it speaks of an earlier motion. */
const asOf = (decision: Decision, motion: Motion): Decision =>
  decision.register.motion === motion
    ? decision
    : { ...decision, register: { ...decision.register, motion } };

function announcements(
  motion: Motion,
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
): readonly DesiredComment[] {
  const publishedOf = ({ number }: Motion) => snapshot.published.find((one) => one.motion === number) ?? null;
  return announcementKinds(motion, decision, snapshot).flatMap((kind) => {
    const marker = announced(kind, motion);
    const made = snapshot.ownComments.some((one) => identity(one.marker) === identity(marker));
    return made || isWithheld(decision, marker)
      ? []
      : [
          {
            marker,
            body: withMark(announcement(kind, asOf(decision, motion), context, publishedOf(motion)), motion),
            standing: null,
          },
        ];
  });
}

const byAge = (a: OwnComment, b: OwnComment): number =>
  a.createdAt - b.createdAt || a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

const oldest = (comments: readonly OwnComment[]): OwnComment | null => [...comments].sort(byAge)[0] ?? null;

function surplusOf({ ownComments }: Snapshot): readonly OwnComment[] {
  const listed = [...new Map(ownComments.map((one) => [one.id, one])).values()];
  const staying = new Map<string, OwnComment>();
  for (const one of listed) {
    const other = staying.get(identity(one.marker));
    if (other === undefined || byAge(one, other) < 0) staying.set(identity(one.marker), one);
  }
  return listed.filter((one) => staying.get(identity(one.marker)) !== one);
}

function reactionsOf({ register }: Decision, snapshot: Snapshot): Desired["reactions"] {
  return register.pendingReplies.flatMap((pending) => {
    const on = utteranceOf(snapshot, pending.utterance);
    return on === undefined ? [] : missingReactions(pending, snapshot).map((reaction) => ({ on, reaction }));
  });
}

/** fcp.conclude: the PR of a motion to close or postpone is closed, once: when somebody reopens it afterwards, the clerk leaves it open. */
function closes({ register }: Decision, { pull, events }: Snapshot, rules: Rules): boolean {
  const { motion } = register;
  if (motion === null || motion.disposition === "merge" || motion.end?.kind !== "concluded") return false;
  const reopened = reopenedSince(events, motion.end.at);
  return pull.state === "open" && !reopened && rules.conclude[motion.disposition] === "close";
}

/** Merging by the clerk is opt-in, and only what the check would call a success, on the very head that was judged. */
function merges(decision: Decision, snapshot: Snapshot, { conclude }: Rules): Desired["merge"] {
  const { pull } = snapshot;
  const clear =
    decision.check === "success" && othersOnHead(snapshot).every((verdict) => verdict === "success");
  return decision.phase === "concluded" && clear && pull.state === "open" && conclude.merge !== "manual"
    ? conclude.merge
    : null;
}

function checkOf(decision: Decision, snapshot: Snapshot, context: WordsContext): DesiredCheck | null {
  const { pull, check, siblings, siblingsCutOff } = snapshot;
  if (pull.state !== "open" && !needsRun(decision, snapshot)) return null;
  const own = decision.check;
  const verdict = strictest([own, ...othersOnHead(snapshot)]);
  // check.head: with the same result it matters not whose run shows it; of two that are open each would cover the other without end.
  const covered = check?.coveredBy !== undefined && check.coveredBy !== verdict;
  const facts = snapshot.amendment;
  return {
    own,
    verdict,
    title: checkTitle(decision),
    annotations: decision.amendment === undefined ? [] : annotationsOf(facts),
    summary: checkSummary(decision, context, {
      siblings,
      siblingsCutOff,
      ...(facts?.head.kind === "invalid" ? { faults: facts.head.faults } : {}),
      ...(facts?.head.kind === "valid" ? { surprises: newSurprises(facts.head.rules, context.rules) } : {}),
    }),
    // On a closed pull request the run only carries the record and is no required check, so it may go stale.
    anew:
      pull.state === "open" &&
      (covered ||
        (check !== null && check.verdict === "stale") ||
        (check?.verdict === "in_progress" && renewedAt(check.startedAt, pull.number) <= decision.at)),
  };
}

/**
 * check.final: what was merged by anybody, or closed by the decision, has a run with the last word.
 * memory.kept: a motion that goes on while the pull request is closed has its record in a check run too, which nobody can delete; so has
 * a register whose comment was deleted too often today to be posted again, and one whose comment cannot be written (said.locked).
 */
function needsRun(
  { register: { motion, seq }, reason, withheld = [] }: Decision,
  { pull, check, carriers, register: before }: Snapshot,
): boolean {
  if (pull.state === "merged") {
    // Of one that is first seen when it is merged there is nothing to complete; and that there is nothing to decide is said already.
    const known = check !== null || before !== null;
    return known && (reason.code !== "not_a_proposal" || check?.own !== "neutral");
  }
  if (reason.code === "decided_close" || reason.code === "decided_postpone") return true;
  return (
    (motion !== null && motion.end === null) ||
    (pull.locked && seq > (carriers.newest ?? 0)) ||
    withheld.some(({ comment }) => comment === identity(REGISTER) || comment === `status ${motion?.number}`)
  );
}

const annotationsOf = (facts: Snapshot["amendment"]): readonly Annotation[] =>
  facts?.head.kind === "invalid"
    ? facts.head.faults.slice(0, MOST_FAULTS).map((fault) => ({ path: CONFIG_FILE, ...fault }))
    : [];
