import type { Ballot, Register, SeenHead } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { onceFor } from "../text/onceFor.js";
import type { Instant } from "../text/time.js";
import { isMembersAffair, onRoster } from "./roster.js";
import { forcedPushes, lastBefore, reviewedCommits } from "./timelineIndex.js";

/** How many heads a register keeps, the newest. An act of before the oldest of them was judged long ago. */
const MOST_HEADS = 60;

/** act.head: the register with the present head noted, and with the texts of heads that have come to be known. */
export function withHead(register: Register, { pull, texts }: Snapshot, now: Instant): Register {
  // A closed PR gets no other head, and where nothing else is known of it there is nothing to write down.
  if (pull.state !== "open") return register;
  const known = new Map(texts.map(({ commit, text }) => [commit, text]));
  const textOf = (head: SeenHead) => head.text ?? known.get(head.commit) ?? null;
  const before = register.heads.map((head) =>
    textOf(head) === head.text ? head : { ...head, text: textOf(head) },
  );
  const isNew = before.at(-1)?.commit !== pull.head;
  const head: SeenHead = { commit: pull.head, text: known.get(pull.head) ?? null, at: now };
  const heads = isNew ? [...before, head].slice(-MOST_HEADS) : before;
  const same = !isNew && heads.every((one, at) => one === register.heads[at]);
  return same ? register : { ...register, heads };
}

/**
 * act.head: the head that stood when something was done that names no commit: the newest that the clerk had seen by then, or one
 * that a forced push, which GitHub dates, brought since. Where the clerk had seen none, a review before it shows one. When any other
 * push happened, nobody can tell: https://docs.github.com/en/graphql/reference/objects#pullrequestcommit has no date of it.
 */
export function headAt(
  { heads, recovery }: Register,
  { pull, events, utterances }: Snapshot,
  at: Instant,
): string {
  const seen = heads.findLast((head) => head.at < at);
  // memory.lost: it was another one perhaps, which nobody knows any more. A review or a push of before proves nothing: whoever made
  // the clerk forget may have put it there.
  if (seen === undefined && recovery !== null) return UNKNOWN_HEAD;
  const forced = forcedPushes(events);
  const pushed = lastBefore(forced, at);
  const review = seen === undefined ? lastBefore(reviewedCommits(utterances), at) : undefined;
  // Of one second the one that is named later here.
  const newest = [seen, pushed && { commit: pushed.after ?? UNKNOWN_HEAD, at: pushed.at }, review].reduce(
    (best, one) => (best === undefined || (one !== undefined && one.at >= best.at) ? one : best),
    undefined,
  );
  if (newest !== undefined) return newest.commit;
  // Nothing is known of before: the first forced push since says what it replaced.
  const [next] = forced;
  return next === undefined ? (heads[0]?.commit ?? pull.head) : (next.before ?? UNKNOWN_HEAD);
}

/**
 * act.head, for a vote that names no commit. Where the head is another text by now, a push came between the two looks, and nobody can tell
 * whether before the vote or after it: whoever pushes to and fro in that time may not choose the text that was voted on.
 */
export function givenOn(
  register: Register,
  snapshot: Snapshot,
  at: Instant,
): Pick<Ballot, "head" | "unsure"> {
  const head = headAt(register, snapshot, at);
  return isPresentText(register, snapshot)(head) ? { head } : { head, unsure: true };
}

/** Stands for a commit that is not known (any more). No commit has this id. */
export const UNKNOWN_HEAD = "";

/** text.same: do two commits carry the same text? Where a text is not known, only a commit and itself do. */
export type SameText = (one: string, other: string) => boolean;

export function sameTextBy({ heads }: Pick<Register, "heads">, { texts }: Pick<Snapshot, "texts">): SameText {
  const known = textsOf(heads)(texts);
  return (one, other) =>
    one !== UNKNOWN_HEAD && (one === other || (known.has(one) && known.get(one) === known.get(other)));
}

/** The text of each commit, as far as it is known: every vote asks, and between two looks it stays. */
const textsOf = onceFor((heads: Register["heads"]) =>
  onceFor((texts: Snapshot["texts"]): ReadonlyMap<string, string> => {
    const known = new Map<string, string>();
    for (const { commit, text } of [...heads, ...texts]) if (text !== null) known.set(commit, text);
    return known;
  }),
);

/** Does a commit carry the text of the present head? */
export function isPresentText(register: Register, snapshot: Snapshot): (commit: string) => boolean {
  const same = sameTextBy(register, snapshot);
  return (commit) => same(commit, snapshot.pull.head);
}

/** More commits than members have approved lately, of what is worth a question each. */
const MOST_COMPARED = 30;

/** What was said before the first look may be about a head that a review of anybody's shows (`headAt`): the newest first. Nothing of before adoption counts. */
function shownByReviews({ utterances, adoptedAt }: Snapshot): readonly string[] {
  if (!utterances.some(({ createdAt }) => createdAt >= adoptedAt)) return [];
  const reviewed = reviewedCommits(utterances);
  const before = lastBefore(reviewed, adoptedAt);
  return reviewed
    .filter((one) => one.at >= adoptedAt || one === before)
    .map(({ commit }) => commit)
    .reverse();
}

/**
 * text.same: the commits whose texts have to be told apart by now: the present head, the one before, what members' approvals and
 * ballots were given on, and what those were given on that are not judged yet. Empty where there is only one, or where nobody on the roster has a hand in it. A merged PR changes no more,
 * and what one changes is told against the default branch alone.
 */
export function comparedCommits(snapshot: Snapshot, rules: Rules): readonly string[] {
  const { pull, register, repository, utterances, events } = snapshot;
  // Against another branch the same commits would change less, or more: a file that lies there already would not be seen.
  if (pull.base !== repository.defaultBranch) return [];
  if (pull.state === "merged" || !isMembersAffair(snapshot, rules)) return [];
  const isTheirs = onRoster(rules);
  const approved = new Map<string, { readonly commit: string; readonly at: Instant }>();
  for (const { author, review, createdAt: at } of utterances) {
    if (review?.submitted !== "approved" || review.commit === null || !isTheirs(author)) continue;
    const who = String(author?.id ?? author?.login);
    if ((approved.get(who)?.at ?? 0) <= at) approved.set(who, { commit: review.commit, at });
  }
  const { motion, heads = [], lastSeen, override, gates } = register ?? {};
  const lookedAt = heads.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const elsewhere = motion?.end?.kind === "overridden" ? motion.end.override : override;
  const fcp = motion?.fcp ?? null;
  const named = [
    pull.head,
    ...heads.slice(-1).map(({ commit }) => commit),
    ...(lastSeen === undefined ? [] : [lastSeen.head]),
    ...(fcp === null ? [] : [fcp.head]),
    ...(elsewhere?.head ? [elsewhere.head] : []),
    ...(motion ? [motion.head, ...motion.ballots.map(({ head }) => head)] : []),
    ...(gates?.checklist?.ticks ?? []).map(({ head }) => head),
    // What was said since the last look may be about a head that a forced push has replaced meanwhile (`headAt`).
    ...forcedPushes(events)
      .filter(({ at }) => at >= lookedAt)
      .flatMap(({ before, after }) => [after ?? UNKNOWN_HEAD, before ?? UNKNOWN_HEAD])
      .reverse(),
    ...[...approved.values()].sort((a, b) => b.at - a.at).map(({ commit }) => commit),
    // Last, as anybody can review: nothing of members' is crowded out by it.
    ...(heads.length > 0 ? [] : shownByReviews(snapshot)),
  ];
  const commits = [...new Set(named)].filter((commit) => commit !== UNKNOWN_HEAD).slice(0, MOST_COMPARED);
  return commits.length > 1 ? commits : [];
}
