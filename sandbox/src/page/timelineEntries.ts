import type { Comment, Event, Review, Thread } from "../state.js";
import type { Scene } from "./scene.js";

export type Entry =
  | { readonly kind: "comment"; readonly at: number; readonly id: number; readonly comment: Comment }
  | { readonly kind: "review"; readonly at: number; readonly id: number; readonly review: Review }
  | {
      readonly kind: "commit";
      readonly at: number;
      readonly id: number;
      readonly oid: string;
      readonly message: string;
      readonly authorId: number | null;
    }
  | {
      readonly kind: "event";
      readonly at: number;
      readonly id: number;
      readonly events: readonly [Event, ...Event[]];
    };

/** What stands in a conversation below its opening, in order. */
export function entriesOf(scene: Scene, thread: Thread): readonly Entry[] {
  const { pull } = thread;
  const since = new Set<string>();
  const entries: Entry[] = [
    ...thread.comments.map((comment) => ({
      kind: "comment" as const,
      at: comment.createdAt,
      id: comment.id,
      comment,
    })),
    ...(pull?.reviews ?? []).map((review) => ({
      kind: "review" as const,
      at: review.submittedAt,
      id: review.id,
      review,
    })),
    ...thread.events.map((event) => ({
      kind: "event" as const,
      at: event.at,
      id: event.id,
      events: [event] as const,
    })),
  ];
  // Commits that came after the pull request was opened.
  for (let oid = pull?.headOid; oid !== undefined && !since.has(oid); ) {
    since.add(oid);
    const commit = scene.state.commits.get(oid);
    if (commit === undefined || commit.committer.date <= thread.createdAt || oid === pull?.baseOid) break;
    entries.push({
      kind: "commit",
      at: commit.committer.date,
      id: 0,
      oid,
      message: commit.message.split("\n", 1)[0] ?? "",
      authorId: commit.author.accountId,
    });
    oid = commit.parents[0];
  }
  const late = (entry: Entry): number => Number(actorOf(entry) === scene.clerkId);
  return grouped(
    entries.sort((a, b) => a.at - b.at || late(a) - late(b) || RANK[a.kind] - RANK[b.kind] || a.id - b.id),
  );
}

/** In one second people act before the clerk answers, … */
function actorOf(entry: Entry): number | null {
  switch (entry.kind) {
    case "comment":
      return entry.comment.authorId;
    case "review":
      return entry.review.authorId;
    case "commit":
      return entry.authorId;
    case "event":
      return entry.events[0].actorId;
  }
}

/** … and do in this order what they do at once. */
const RANK = { commit: 0, review: 1, event: 2, comment: 3 } as const;

const LABEL_GROUP = 60_000;

type LabelEvent = Extract<Event, { kind: "labeled" | "unlabeled" }>;
const isLabelEvent = (event: Event): event is LabelEvent =>
  event.kind === "labeled" || event.kind === "unlabeled";

/** Neighbours in which somebody set labels within a minute read as one line, as on GitHub; each label once. */
function grouped(entries: readonly Entry[]): readonly Entry[] {
  const all: Entry[] = [];
  for (const entry of entries) {
    const before = all.at(-1);
    if (before?.kind === "event" && entry.kind === "event" && belongTogether(before.events, entry.events[0]))
      all[all.length - 1] = { ...before, events: [...before.events, entry.events[0]] };
    else all.push(entry);
  }
  return all;
}

const belongTogether = ([first, ...others]: readonly [Event, ...Event[]], next: Event): boolean =>
  isLabelEvent(first) &&
  isLabelEvent(next) &&
  first.actorId === next.actorId &&
  next.at - first.at < LABEL_GROUP &&
  ![first, ...others].some((one) => isLabelEvent(one) && one.name === next.name);
