import { checkOf, FORM_NAME, type Scene } from "../page/scene.js";
import type { CheckRun, Comment } from "../state.js";
import type { PullThread } from "../store.js";

/** What anybody sees of a proposal at one moment, as far as the story tells of it. */
export interface Sight {
  readonly labels: readonly string[];
  /** The clerk's own label events, oldest first. */
  readonly labelling: readonly { readonly id: number; readonly name: string; readonly on: boolean }[];
  /** Every label event, whoever made it, oldest first: `+ proposal`. */
  readonly history: readonly string[];
  readonly check: CheckRun | null;
  readonly form: CheckRun | null;
  readonly clerkComments: readonly Comment[];
  /** The clerk's comments in other repositories. */
  readonly elsewhere: readonly Comment[];
  /** The clerk's reactions, as `comment id: reaction`. */
  readonly reactions: readonly string[];
  readonly merged: boolean;
  readonly open: boolean;
}

/** Before the proposal is opened. */
export const NOTHING_YET: Sight = {
  labels: [],
  labelling: [],
  history: [],
  check: null,
  form: null,
  clerkComments: [],
  elsewhere: [],
  reactions: [],
  merged: false,
  open: false,
};

export function see(scene: Pick<Scene, "repository" | "clerkId" | "state">, thread: PullThread): Sight {
  const { repository, clerkId, state } = scene;
  return {
    labels: thread.labelIds.flatMap((id) => repository.labels.get(id)?.name ?? []),
    labelling: thread.events.flatMap((event) =>
      event.actorId === clerkId && (event.kind === "labeled" || event.kind === "unlabeled")
        ? [{ id: event.id, name: event.name, on: event.kind === "labeled" }]
        : [],
    ),
    history: thread.events.flatMap((event) =>
      event.kind === "labeled" || event.kind === "unlabeled"
        ? [`${event.kind === "labeled" ? "+" : "−"} ${event.name}`]
        : [],
    ),
    check: checkOf(scene, thread),
    form: checkOf(scene, thread, FORM_NAME),
    clerkComments: thread.comments.filter(({ authorId }) => authorId === clerkId),
    elsewhere: [...state.repositories.values()]
      .filter(({ id }) => id !== repository.id)
      .flatMap(({ threads }) => [...threads.values()])
      .flatMap(({ comments }) => comments.filter(({ authorId }) => authorId === clerkId)),
    reactions: thread.comments.flatMap(({ id, reactions }) =>
      reactions.filter(({ authorId }) => authorId === clerkId).map(({ content }) => `${id}: ${content}`),
    ),
    merged: thread.pull.mergedAt !== null,
    open: thread.state === "open",
  };
}

export interface Changed {
  /** By the clerk, and what it came to. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** null: it says what it said. */
  readonly check: CheckRun | null;
  readonly form: CheckRun | null;
  readonly comments: readonly Comment[];
  /** In other repositories. */
  readonly elsewhere: readonly Comment[];
  /** The votes of the status comment, when they have changed. */
  readonly votes: string | null;
  readonly accepted: boolean;
  readonly refused: boolean;
}

export function changed(before: Sight, after: Sight): Changed {
  const fresh = after.reactions.filter((one) => !before.reactions.includes(one));
  const known = new Map(before.clerkComments.map((one) => [one.id, one.body]));
  const set = new Map(after.labelling.slice(before.labelling.length).map(({ name, on }) => [name, on]));
  return {
    added: [...set].flatMap(([name, on]) => (on ? [name] : [])),
    removed: [...set].flatMap(([name, on]) => (on ? [] : [name])),
    check: saysOther(before.check, after.check),
    form: saysOther(before.form, after.form),
    comments: after.clerkComments.filter(({ id }) => !known.has(id)),
    elsewhere: after.elsewhere.slice(before.elsewhere.length),
    votes: votesShown(before) === votesShown(after) ? null : votesShown(after),
    accepted: fresh.some((one) => one.endsWith(": +1")),
    refused: fresh.some((one) => one.endsWith(": confused")),
  };
}

const saysOther = (before: CheckRun | null, after: CheckRun | null): CheckRun | null =>
  after !== null && (after.title !== before?.title || after.conclusion !== before?.conclusion) ? after : null;

const votesShown = ({ clerkComments }: Sight): string | null =>
  clerkComments.map(({ body }) => votesInLine(body)).findLast((line) => line !== "") ?? null;

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

/**
 * Who has approved by a status comment, on one line: `2 of 6 needed, of 8: ☑ ara4n  ☑ dbkr`, or, once it is decided, `passed on 2 March 2026
 * with 6 of 8: …`; empty when it is none.
 */
export function votesInLine(body: string): string {
  const ticked = [...body.matchAll(/^- \[x\] @(\S+)/gm)].map(([, login]) => `☑ ${login}`);
  const counted = /\*\*(\d+ of \d+ needed, of \d+|passed on .+ with \d+ of \d+)\*\*/.exec(body)?.[1];
  return counted === undefined ? "" : `${counted}: ${ticked.join("  ")}`;
}
