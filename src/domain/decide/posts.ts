import { deletionsOf } from "../acts/loss.js";
import { missingReply } from "../acts/pendingReplies.js";
import { rebuiltMarker } from "../acts/recovery.js";
import { checklistNow } from "../gates/checklist.js";
import type { AnnouncementKind, Decision, Withheld } from "../model/decision.js";
import type { Motion, Posted, Register } from "../model/register.js";
import type { Marker, Snapshot } from "../model/snapshot.js";
import { DAY, type Instant } from "../text/time.js";
import { earliest } from "./nextCheck.js";

/** Two comments with the same identity are the same comment posted twice; the ended and the live form of one with boxes are the same. */
export const identity = ({ kind, key }: Marker): string =>
  `${kind} ${kind === "status" || kind === "checklist" ? Number.parseInt(key, 10) : key}`;

/** How often a day the clerk posts one comment again that somebody else keeps deleting (memory.kept). */
const AGAIN_A_DAY = 3;
/** So many postings are remembered; a day's worth of any one comment is a few. */
const REMEMBERED = 100;

/** A comment the clerk keeps or has once said. */
interface Post {
  readonly marker: Marker;
  /** Before this it cannot have stood. */
  readonly since: Instant;
}

/**
 * memory.kept: a comment of the clerk's that somebody else deleted is posted again, three times a day at most. GitHub does not say
 * which comment was deleted: a comment that is missing after a deletion nothing was posted for yet is taken for the one. Each posting is
 * written down before it is made.
 */
export function withPosts(decision: Decision, snapshot: Snapshot, now: Instant): Decision {
  const deletions = deletionsOf(snapshot);
  if (deletions.length === 0) return decision;
  const standing = new Set(snapshot.ownComments.map(({ marker }) => identity(marker)));
  const answered: Posted[] = [];
  const withheld: Withheld[] = [];
  for (const { marker, since } of postsOf(decision, snapshot)) {
    const comment = identity(marker);
    if (standing.has(comment)) continue;
    const earlier = (decision.register.posted ?? []).filter((one) => one.comment === comment);
    const seen = Math.max(0, ...earlier.map((one) => one.deletions));
    const last = deletions.at(-1);
    if (last === undefined || last.at < since || deletions.length <= seen) continue;
    const today = earlier.filter(({ at }) => at > now - DAY).sort((a, b) => b.at - a.at);
    const third = today[AGAIN_A_DAY - 1];
    if (third === undefined) answered.push({ comment, at: last.at, deletions: deletions.length });
    else withheld.push({ comment, until: third.at + DAY });
  }
  return {
    ...decision,
    register: answered.length === 0 ? decision.register : withAnswers(decision.register, answered, snapshot),
    withheld,
    nextCheckAt: earliest(now, [decision.nextCheckAt, ...withheld.map(({ until }) => until)]),
  };
}

function withAnswers(
  register: Register,
  answered: readonly Posted[],
  { register: before }: Snapshot,
): Register {
  const newest = Math.max(...answered.map(({ at }) => at));
  const kept = (register.posted ?? []).filter(({ at }) => at > newest - DAY);
  const unchanged = register.seq === (before?.seq ?? 0);
  return {
    ...register,
    posted: [...kept, ...answered].slice(-REMEMBERED),
    seq: unchanged ? register.seq + 1 : register.seq,
  };
}

/** spec.linked: on an accepted proposal, which pull requests bring it into the specification. */
export const SPEC: Marker = { kind: "spec", key: "1" };

function postsOf(decision: Decision, snapshot: Snapshot): readonly Post[] {
  const { register } = decision;
  const { spec } = snapshot;
  const tellsOfSpec = spec?.kind === "read" && spec.isPublic && spec.pulls.length > 0;
  const { motion, past, pendingReplies: pending, recovery } = register;
  const motions = [...past, ...(motion === null ? [] : [motion])];
  return [
    ...motions
      .filter((each) => each === motion || wasDeleted(each, snapshot))
      .map((each): Post => ({ marker: { kind: "status", key: String(each.number) }, since: each.from.at })),
    ...checklistPost(decision),
    ...(keepsConcerns(decision, snapshot)
      ? [{ marker: REGISTER, since: Math.min(...register.concerns.map(({ at }) => at)) }]
      : []),
    ...motions.flatMap((each) =>
      announcementKinds(each, decision, snapshot).map(
        (kind): Post => ({ marker: announced(kind, each), since: toldFrom(kind, each) }),
      ),
    ),
    ...(tellsOfSpec && motion?.end ? [{ marker: SPEC, since: motion.end.at }] : []),
    ...(recovery === null ? [] : [{ marker: rebuiltMarker(recovery), since: recovery.at }]),
    ...pending
      .filter((one) => missingReply(one, snapshot))
      .map(({ key, at }): Post => ({ marker: { kind: "reply", key }, since: at ?? register.judgedUpTo })),
  ];
}

function checklistPost({ register, phase }: Decision): readonly Post[] {
  const list = phase === "ended" || phase === "out_of_scope" ? null : checklistNow(register);
  return list === null
    ? []
    : [{ marker: { kind: "checklist", key: `${list.motion}:${list.commit}` }, since: list.at }];
}

/** Was a comment of the clerk's deleted since this earlier motion ended? Its own may have been it. */
export const wasDeleted = ({ end }: Motion, snapshot: Snapshot): boolean =>
  deletionsOf(snapshot).some(({ at }) => end !== null && at >= end.at);

export const isWithheld = ({ withheld = [] }: Decision, marker: Marker): boolean =>
  withheld.some(({ comment }) => comment === identity(marker));

/** The comment that keeps a proposal's concerns while no motion is open. */
export const REGISTER: Marker = { kind: "register", key: "1" };

/** concern.raise: whatever label stands (proposal.scope); and also where it was closed before its first reconcile, as it may be reopened. */
export function keepsConcerns({ phase, register }: Decision, { pull }: Snapshot): boolean {
  const { motion } = register;
  const inReview = phase === "draft" || phase === "in_review" || phase === "out_of_scope";
  const unkept = motion === null && pull.state === "closed";
  const live = motion !== null && (motion.end === null || phase === "concluded");
  return (inReview || unkept) && !live && register.concerns.some((one) => one.resolved === null);
}

export const announced = (kind: AnnouncementKind, { number }: Pick<Motion, "number">): Marker => ({
  kind: "announce",
  key: `${number}:${kind}`,
});

/** The announcements of what was decided on a motion: they carry its record (record.signed). */
const OF_DECISIONS = ["concluded", "overridden"] as const satisfies readonly AnnouncementKind[];

export const tellsDecision = (marker: Marker, motion: Pick<Motion, "number">): boolean =>
  OF_DECISIONS.some((kind) => identity(marker) === identity(announced(kind, motion)));

/** When there was first something of this kind to tell. */
function toldFrom(kind: AnnouncementKind, { fcp, end }: Motion): Instant {
  const running = fcp?.state === "running" ? fcp : null;
  if (kind === "fcp_begun") return running?.startedAt ?? 0;
  if (kind === "fcp_blocked" || end?.kind === "void") return running?.endsAt ?? 0;
  return end?.at ?? 0;
}

const isUndecided = ({ reason }: Decision): boolean => reason.code === "merged_undecided";

/** What there is to announce of a motion. */
export function announcementKinds(
  motion: Motion,
  decision: Decision,
  { adoptedAt }: Snapshot,
): readonly AnnouncementKind[] {
  const { fcp, end } = motion;
  const kinds: AnnouncementKind[] = [];
  const running = fcp?.state === "running" ? fcp : null;
  // A period an older bot had begun was announced by it. One of no length is over when it begins: what is announced is its end.
  const lasts = running !== null && running.endsAt > running.startedAt;
  if (lasts && !(motion.from.via === "takeover" && running.startedAt < adoptedAt)) kinds.push("fcp_begun");
  if (running && end === null && decision.reason.code === "fcp_over") kinds.push("fcp_blocked");
  switch (end?.kind) {
    case "concluded":
    case "void":
      kinds.push("concluded");
      break;
    case "cancelled":
      // What was rebuilt is listed in a comment of its own.
      if (end.how !== "lost") kinds.push("cancelled");
      break;
    case "overridden":
      kinds.push(end.kind);
      // Another text was merged than the one that was decided about elsewhere.
      if (end.override.outcome === "finished" && motion === decision.register.motion && isUndecided(decision))
        kinds.push("merged_undecided");
      break;
    case "merged_undecided":
      kinds.push(end.kind);
      break;
    case undefined:
      break;
  }
  return kinds;
}
