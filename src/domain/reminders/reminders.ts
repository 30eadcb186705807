import { deletionsOf } from "../acts/loss.js";
import { earliest } from "../decide/nextCheck.js";
import { identity } from "../decide/posts.js";
import type { Decision } from "../model/decision.js";
import { REMINDER_KINDS, type Reminded, type ReminderKind } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Marker, OwnComment, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { type Awaited, awaited } from "./awaited.js";
import { type GivenReminder, nextReminder } from "./period.js";

/**
 * remind.vote, remind.merge: a reminder that is due is written down, with this decision's register, before it is given. What was given is
 * known from the register and from the clerk's own comments, so that neither a restart nor a lost register gives it twice.
 */
export function withReminders(decision: Decision, snapshot: Snapshot, rules: Rules, now: Instant): Decision {
  const every = rules.reminders?.mentionAfter ?? null;
  const { motion } = decision.register;
  // What cannot be said now is said when it can (said.locked), and not all at once then.
  if (every === null || motion === null || snapshot.pull.locked) return decision;
  const waits = awaited(decision, rules, now);
  if (waits === null) return decision;
  const given = givenOf(waits.of, motion.number, decision, snapshot);
  // What an older bot had carried for years is no news on the day the clerk comes (takeover.legacy).
  const since = Math.max(waits.since, snapshot.adoptedAt);
  const next = nextReminder(since, every, given);
  if (next === null) return decision;
  const isDue = next.at <= now && waits.people.length > 0;
  if (!isDue) {
    const moments = [decision.nextCheckAt, next.at, waits.people.length === 0 ? waits.backAt : null];
    return { ...decision, nextCheckAt: earliest(now, moments) };
  }
  const reminded: Reminded = { motion: motion.number, of: waits.of, number: next.number, at: now };
  const after = nextReminder(since, every, [...given, reminded]);
  return {
    ...decision,
    register: written(decision.register, reminded, snapshot),
    nextCheckAt: earliest(now, [decision.nextCheckAt, after?.at ?? null]),
  };
}

function written(
  register: Decision["register"],
  reminded: Reminded,
  { register: before }: Snapshot,
): Decision["register"] {
  const kept = (register.reminded ?? []).filter(({ motion }) => motion === reminded.motion);
  const unchanged = register.seq === (before?.seq ?? 0);
  return {
    ...register,
    reminded: [...kept, reminded],
    seq: unchanged ? register.seq + 1 : register.seq,
  };
}

function givenOf(
  of: ReminderKind,
  motion: number,
  { register }: Decision,
  { ownComments }: Snapshot,
): readonly GivenReminder[] {
  const noted = (register.reminded ?? []).filter((one) => one.motion === motion && one.of === of);
  const shown = ownComments.flatMap((comment) => {
    const found = reminderIn(comment);
    return found?.motion === motion && found.of === of ? [found] : [];
  });
  return [...noted, ...shown];
}

const KEY = new RegExp(`^(\\d{1,6}):remind-(${REMINDER_KINDS.join("|")}):(\\d{1,3})$`);

function reminderIn({ marker, createdAt: at }: OwnComment): Reminded | null {
  const [, motion, of, number] = (marker.kind === "announce" && KEY.exec(marker.key)) || [];
  const kind = REMINDER_KINDS.find((one) => one === of);
  return kind === undefined ? null : { motion: Number(motion), of: kind, number: Number(number), at };
}

export const reminderMarker = ({ motion, of, number }: Reminded): Marker => ({
  kind: "announce",
  key: `${motion}:remind-${of}:${number}`,
});

/** A reminder that was written down and does not stand yet, and whom it waits for still. */
export interface DueReminder extends Awaited {
  readonly reminded: Reminded;
}

/**
 * What is to be said now: the newest of its kind, while its period lasts. Not where it stands, where somebody else has deleted a comment of
 * the clerk's since (it may have been this one), or where nobody is waited for any more.
 */
export function dueReminder(
  decision: Decision,
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
): DueReminder | null {
  const every = rules.reminders?.mentionAfter ?? null;
  const { motion, reminded = [] } = decision.register;
  if (every === null || motion === null) return null;
  const waits = awaited(decision, rules, now);
  const newest = reminded.findLast((one) => one.motion === motion.number && one.of === waits?.of);
  if (waits === null || newest === undefined || waits.people.length === 0) return null;
  const key = identity(reminderMarker(newest));
  const stands = snapshot.ownComments.some(({ marker }) => identity(marker) === key);
  const gone = deletionsOf(snapshot).some(({ at }) => at >= newest.at);
  return stands || gone || now >= newest.at + every ? null : { ...waits, reminded: newest };
}
