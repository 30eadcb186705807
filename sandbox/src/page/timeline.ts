import { count } from "msc-clerk/domain/messages/grammar.js";
import { readable } from "msc-clerk/domain/text/time.js";
import { type Html, html, NOTHING, type Piece, trusted } from "msc-clerk/platform/html.js";
import type { Comment, Event, Inline, REACTIONS, Reaction, Review, Thread, Written } from "../state.js";
import { isPull, type PullThread } from "../store.js";
import { type Box, renderMarkdown } from "./markdown.js";
import { avatar, badges, form, label, live, moment, more, nameOf, person } from "./pieces.js";
import { base, pagePath, type Scene } from "./scene.js";
import { type Entry, entriesOf } from "./timelineEntries.js";

/** Everything that happened on a pull request or an issue, oldest first, as GitHub tells it. */
export function timeline(scene: Scene, thread: Thread): Html {
  const entries = entriesOf(scene, thread).map((entry) => drawn(scene, thread, entry));
  return html`<ol class="timeline" id="timeline">${opening(scene, thread)}${entries}</ol>`;
}

function drawn(scene: Scene, thread: Thread, entry: Entry): Html {
  switch (entry.kind) {
    case "comment":
      return commentEntry(scene, thread, entry.comment);
    case "review":
      return isPull(thread) ? reviewEntry(scene, thread, entry.review) : NOTHING;
    case "commit":
      return live(
        `commit-${entry.oid}`,
        "li",
        "event",
        html`${avatar(nameOf(scene, entry.authorId))}<span>${person(scene, entry.authorId)} pushed <code>${entry.oid.slice(0, 7)}</code> ${entry.message} <span class="soft">${moment(scene, entry.at)}</span></span>`,
      );
    case "event":
      return eventEntry(scene, entry.events);
  }
}

const opening = (scene: Scene, thread: Thread): Html =>
  box(scene, thread, {
    id: "opening",
    written: thread,
    said: `opened this ${isPull(thread) ? "pull request" : "issue"}`,
    editUrl: `${pagePath(scene, thread.number)}/edit`,
    foot: null,
  });

interface Boxed {
  readonly id: string;
  readonly written: Written;
  readonly said: Piece;
  readonly editUrl: string;
  readonly foot: Piece;
  readonly tickUrl?: string;
  readonly note?: Piece;
}

function box(scene: Scene, thread: Thread, { id, written, said, editUrl, foot, tickUrl, note }: Boxed): Html {
  const clerk = written.authorId === scene.clerkId;
  const name = nameOf(scene, written.authorId);
  const options = {
    home: `${base(scene)}/`,
    threadUrl: (number: number) => (scene.repository.threads.has(number) ? pagePath(scene, number) : null),
  };
  const body =
    tickUrl === undefined
      ? renderMarkdown(written.body, options)
      : form(
          scene,
          tickUrl,
          html`<div class="markdown">${renderMarkdown(written.body, { ...options, box: tickBox })}</div><input type="hidden" name="length" value="${written.body.length}">`,
        );
  return live(
    id,
    "li",
    "entry",
    html`<article class="box${clerk ? " clerk" : ""}"><header>${avatar(name, clerk)}<h3>${person(scene, written.authorId)}</h3>${badges(scene, written.authorId, thread.authorId)}<span class="soft">${said} ${moment(scene, written.createdAt)}${edits(scene, written)}</span></header>
<div class="body markdown">${note ?? null}${written.body.trim() === "" ? html`<p class="soft">No description provided.</p>` : body}</div>
<div class="foot">${reactions(scene, written.reactions)}${more(
      "Edit",
      form(
        scene,
        editUrl,
        html`<label>Text <textarea name="body" rows="6">\n${written.body}</textarea></label><div class="row"><button>Update as ${scene.you.login}</button></div>`,
      ),
    )}${foot}</div></article>`,
  );
}

/** GitHub lets whoever may edit the comment tick; here, the sandbox says whether you may. */
const tickBox = ({ at, checked, label: words }: Box): Html =>
  html`<button class="tick" name="at" value="${at}" role="checkbox" aria-checked="${checked ? "true" : "false"}" aria-label="${words}"><span>${checked ? "✓" : trusted("&nbsp;")}</span></button>`;

function edits(scene: Scene, written: Written): Piece {
  if (written.lastEditedAt === null) return null;
  const others = written.revisions.slice(1);
  return html` · <span title="${others
    .slice(-8)
    .map((one) => `${nameOf(scene, one.editorId)}, ${readable(one.at)}`)
    .join(
      "\n",
    )}">edited${written.editorId === written.authorId ? "" : ` by ${nameOf(scene, written.editorId)}`}${others.length > 1 ? `, ${count(others.length, "time")} in all` : ""}</span>`;
}

const FACES: Readonly<Record<keyof typeof REACTIONS, string>> = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  hooray: "🎉",
  confused: "😕",
  heart: "❤️",
  rocket: "🚀",
  eyes: "👀",
};

function reactions(scene: Scene, all: readonly Reaction[]): Piece {
  const kinds = [...new Set(all.map((one) => one.content))];
  return kinds.map((kind) => {
    const who = all.filter((one) => one.content === kind).map((one) => nameOf(scene, one.authorId));
    return html`<span title="${who.join(", ")}">${FACES[kind]}<span class="hidden"> from</span> <span class="soft small">${who.join(", ")}</span></span>`;
  });
}

function commentEntry(scene: Scene, thread: Thread, comment: Comment): Html {
  const url = `${pagePath(scene, thread.number)}/comments/${comment.id}`;
  return box(scene, thread, {
    id: `issuecomment-${comment.id}`,
    written: comment,
    said: "commented",
    editUrl: `${url}/edit`,
    tickUrl: `${url}/tick`,
    note:
      comment.minimized === null
        ? null
        : html`<p class="soft small">This comment was hidden as ${comment.minimized}.</p>`,
    foot: html`${form(scene, `${url}/delete`, html`<button class="link" aria-label="Delete the comment as ${scene.you.login}">Delete</button>`)}`,
  });
}

const REVIEWED: Readonly<Record<Review["state"], string>> = {
  APPROVED: "approved these changes",
  CHANGES_REQUESTED: "requested changes",
  COMMENTED: "reviewed",
  DISMISSED: "reviewed; the review was dismissed since",
};

function reviewEntry(scene: Scene, thread: PullThread, review: Review): Html {
  const url = `${pagePath(scene, thread.number)}/reviews/${review.id}`;
  const said = html`<span class="mark ${review.state}">${REVIEWED[review.state]}</span> at <code>${review.commit.slice(0, 7)}</code>${review.commit === thread.pull.headOid ? null : html` <span class="badge">an earlier revision</span>`}`;
  const inline = thread.pull.inline.filter((one) => one.reviewId === review.id);
  const dismissal =
    review.state === "APPROVED" || review.state === "CHANGES_REQUESTED"
      ? more(
          "Dismiss",
          form(
            scene,
            `${url}/dismiss`,
            html`<div class="row"><label>Why <input type="text" name="message" value="The text has changed since."></label><button>Dismiss as ${scene.you.login}</button></div>`,
          ),
        )
      : NOTHING;
  if (review.body.trim() === "" && inline.length === 0) {
    return live(
      `pullrequestreview-${review.id}`,
      "li",
      "event",
      html`${avatar(nameOf(scene, review.authorId), review.authorId === scene.clerkId)}<div>${person(scene, review.authorId)} ${said} <span class="soft">${moment(scene, review.submittedAt)}</span> ${dismissal}</div>`,
    );
  }
  return box(scene, thread, {
    id: `pullrequestreview-${review.id}`,
    written: review,
    said,
    editUrl: `${url}/edit`,
    foot: dismissal,
    note: html`${inline.map((one) => inlineThread(scene, thread, one))}`,
  });
}

/** A remark on a line. GitHub lets who may write, and the author, resolve its thread. */
function inlineThread(scene: Scene, thread: PullThread, { id, path, line, body, replyToId }: Inline): Html {
  const first = replyToId ?? id;
  const resolved = thread.pull.resolved.has(first);
  const [deed, words] = resolved ? ["unresolve", "Unresolve"] : ["resolve", "Resolve conversation"];
  return html`<div id="discussion_r${id}"><p class="small"><code>${path}:${line}</code>${resolved ? html` <span class="badge">resolved</span>` : null}</p>${renderMarkdown(body)}${form(
    scene,
    `${pagePath(scene, thread.number)}/threads/${first}/${deed}`,
    html`<button class="link small">${words}</button>`,
  )}</div>`;
}

function eventEntry(scene: Scene, events: readonly [Event, ...Event[]]): Html {
  const [first] = events;
  const clerk = first.actorId === scene.clerkId;
  return live(
    `event-${first.id}`,
    "li",
    "event",
    html`${avatar(nameOf(scene, first.actorId), clerk)}<span>${person(scene, first.actorId)} ${told(scene, events)} <span class="soft">${moment(scene, first.at)}</span></span>`,
  );
}

function told(scene: Scene, events: readonly [Event, ...Event[]]): Piece {
  const [event] = events;
  switch (event.kind) {
    case "labeled":
    case "unlabeled": {
      const of = (kind: "labeled" | "unlabeled") => events.flatMap((one) => (one.kind === kind ? [one] : []));
      const list = (word: string, some: ReturnType<typeof of>) =>
        some.length === 0 ? null : html`${word} ${some.map((one) => html`${label(one)} `)}`;
      const [added, removed] = [list("added", of("labeled")), list("removed", of("unlabeled"))];
      return html`${added}${added !== null && removed !== null ? "and " : null}${removed}`;
    }
    case "closed":
      return "closed this";
    case "reopened":
      return "reopened this";
    case "merged":
      return html`merged this as <code>${event.oid.slice(0, 7)}</code>`;
    case "convert_to_draft":
      return "made this a draft";
    case "ready_for_review":
      return "marked this as ready for review";
    case "locked":
      return "locked the conversation";
    case "unlocked":
      return "unlocked the conversation";
    case "review_dismissed": {
      const reviewer = [...scene.repository.threads.values()]
        .flatMap((one) => one.pull?.reviews ?? [])
        .find((one) => one.id === event.reviewId);
      return html`dismissed the review of ${person(scene, reviewer?.authorId ?? null)}${event.message === null ? "" : `: ${event.message}`}`;
    }
    case "comment_deleted":
      return html`deleted a comment of ${person(scene, event.authorId)}`;
    case "head_ref_force_pushed":
      return html`force-pushed from <code>${event.before.slice(0, 7)}</code> to <code>${event.after.slice(0, 7)}</code>`;
    case "base_ref_changed":
    case "automatic_base_change_succeeded":
      return html`changed the base branch from <code>${event.from}</code> to <code>${event.to}</code>`;
    case "renamed":
      return html`changed the title from “${event.from}” to “${event.to}”`;
  }
}
