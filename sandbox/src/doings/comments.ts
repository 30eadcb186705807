import { demand } from "../permissions.js";
import { invalid, notFound } from "../refusal.js";
import type { Comment, Thread } from "../state.js";
import { checkBody } from "../store.js";
import { type By, demandAuthorOrWriter, demandUnlocked, edited, repositoryOf, startWriting } from "./by.js";

export function addComment(by: By, number: number, body: string): Comment {
  const thread = by.store.thread(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "comment");
  demandUnlocked(by, thread);
  if (body.trim() === "")
    throw invalid({
      resource: "IssueComment",
      code: "missing_field",
      field: "body",
      message: "body cannot be blank",
    });
  checkBody(body, "IssueComment");
  const comment: Comment = {
    ...startWriting(by, body),
    id: by.store.ids.next("comment"),
    minimized: null,
    viaApp: by.actor.app !== null,
  };
  by.store.places.set(comment.id, { repositoryId: by.repositoryId, number });
  by.store.changeThread(by.repositoryId, number, (now) => ({
    ...now,
    comments: [...now.comments, comment],
    updatedAt: comment.createdAt,
  }));
  by.store.tell({
    event: "issue_comment",
    action: "created",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    comment,
  });
  return comment;
}

export function findComment(by: By, id: number): { number: number; comment: Comment } {
  const place = by.store.places.get(id);
  if (place?.repositoryId !== by.repositoryId) throw notFound();
  const comment = by.store.thread(by.repositoryId, place.number).comments.find((one) => one.id === id);
  if (!comment) throw notFound();
  return { number: place.number, comment };
}

/** Does not move the thread's own `updatedAt`: edits are found by looking at the comments. */
export function editComment(by: By, id: number, body: string): Comment {
  const { number, comment } = findComment(by, id);
  demandAuthorOrWriter(by, comment);
  demandUnlocked(by, by.store.thread(by.repositoryId, number));
  checkBody(body, "IssueComment");
  const after = edited(by, comment, body);
  if (after === comment) return comment;
  replaceComment(by, number, after);
  by.store.tell({
    event: "issue_comment",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    comment: after,
    changes: { body: { from: comment.body } },
  });
  return after;
}

export function replaceComment(by: By, number: number, comment: Comment): void {
  by.store.changeThread(by.repositoryId, number, (thread) => ({
    ...thread,
    comments: thread.comments.map((one) => (one.id === comment.id ? comment : one)),
  }));
}

export function deleteComment(by: By, id: number): void {
  const { number, comment } = findComment(by, id);
  demandAuthorOrWriter(by, comment);
  demandUnlocked(by, by.store.thread(by.repositoryId, number));
  by.store.changeThread(by.repositoryId, number, (thread: Thread) => ({
    ...thread,
    comments: thread.comments.filter((one) => one.id !== id),
  }));
  by.store.addEvent(by.repositoryId, number, by.actor, {
    kind: "comment_deleted",
    commentId: id,
    authorId: comment.authorId,
  });
  by.store.tell({
    event: "issue_comment",
    action: "deleted",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    number,
    comment,
  });
}

/** Hides a comment; `reason` as GitHub's menu has it. It stays there and readable. No webhook tells of it. */
export function minimizeComment(by: By, id: number, reason: string | null): Comment {
  const { number, comment } = findComment(by, id);
  demand(by.actor, repositoryOf(by), "moderate");
  const after = { ...comment, minimized: reason };
  replaceComment(by, number, after);
  return after;
}
