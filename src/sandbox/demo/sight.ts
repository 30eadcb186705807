import { checkOf, type Scene } from "../page/scene.js";
import type { CheckRun, Comment } from "../state.js";
import type { PullThread } from "../store.js";

/** What anybody sees of a proposal at one moment, as far as the story tells of it. */
export interface Sight {
  readonly labels: readonly string[];
  readonly check: CheckRun | null;
  readonly clerkComments: readonly Comment[];
  /** The clerk's reactions, as `comment id: reaction`. */
  readonly reactions: readonly string[];
  readonly merged: boolean;
  readonly open: boolean;
}

export function see(scene: Pick<Scene, "repository" | "clerkId" | "state">, thread: PullThread): Sight {
  const { repository, clerkId } = scene;
  return {
    labels: thread.labelIds.flatMap((id) => repository.labels.get(id)?.name ?? []),
    check: checkOf(scene, thread),
    clerkComments: thread.comments.filter(({ authorId }) => authorId === clerkId),
    reactions: thread.comments.flatMap(({ id, reactions }) =>
      reactions.filter(({ authorId }) => authorId === clerkId).map(({ content }) => `${id}: ${content}`),
    ),
    merged: thread.pull.mergedAt !== null,
    open: thread.state === "open",
  };
}

export interface Changed {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** null: it says what it said. */
  readonly check: CheckRun | null;
  readonly comments: readonly Comment[];
  /** The status comment, when it was edited. */
  readonly status: Comment | null;
  readonly accepted: boolean;
  readonly refused: boolean;
}

export function changed(before: Sight, after: Sight): Changed {
  const fresh = after.reactions.filter((one) => !before.reactions.includes(one));
  const known = new Map(before.clerkComments.map((one) => [one.id, one.body]));
  return {
    added: after.labels.filter((one) => !before.labels.includes(one)),
    removed: before.labels.filter((one) => !after.labels.includes(one)),
    check:
      after.check !== null &&
      (after.check.title !== before.check?.title || after.check.conclusion !== before.check?.conclusion)
        ? after.check
        : null,
    comments: after.clerkComments.filter(({ id }) => !known.has(id)),
    status: after.clerkComments.findLast(({ id, body }) => known.has(id) && known.get(id) !== body) ?? null,
    accepted: fresh.some((one) => one.endsWith(": +1")),
    refused: fresh.some((one) => one.endsWith(": confused")),
  };
}

/** Markdown as a line of plain text: its first paragraphs, without marks, links, hidden parts and folds. */
export function inPlainText(markdown: string, paragraphs = 1): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<details>[\s\S]*?<\/details>/g, "")
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== "")
    .slice(0, paragraphs)
    .join(" ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>@])/g, "$1")
    .replace(/\*\*|`/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\u200b|\u2060/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The boxes of a status comment on one line: `☑ ara4n  ☐ dbkr`. */
export const boxesInLine = (body: string): string =>
  [...body.matchAll(/^- \[([ x])\] @(\S+)/gm)]
    .map(([, mark, login]) => `${mark === "x" ? "☑" : "☐"} ${login}`)
    .join("  ");
