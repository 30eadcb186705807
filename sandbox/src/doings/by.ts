import type { Actor } from "../permissions.js";
import { may, refused } from "../permissions.js";
import { Refusal } from "../refusal.js";
import type { Label, Repository, Thread, Written } from "../state.js";
import type { Store } from "../store.js";

/** Who does it, and in which repository. Every doing takes one; what GitHub refuses is thrown as a `Refusal`. */
export interface By {
  readonly store: Store;
  readonly actor: Actor;
  readonly repositoryId: number;
}

export const repositoryOf = (by: By): Repository => by.store.repository(by.repositoryId);

/**
 * In a locked conversation only people who may write speak. An App does not, whatever its permissions: it is no collaborator
 * (https://github.com/renovatebot/renovate/issues/6215, https://github.com/open-telemetry/opentelemetry-dotnet/issues/6554). Whether it may
 * edit or delete there is not known: refused as well, so that nothing is built on it.
 */
export function demandUnlocked(by: By, thread: Thread): void {
  if (thread.locked && (by.actor.app !== null || !may(by.actor, repositoryOf(by), "moderate")))
    throw new Refusal(403, "Unable to create comment because issue is locked.");
}

/** What somebody wrote can be changed by its author and by whoever may write. */
export function demandAuthorOrWriter(by: By, written: Written): void {
  const repository = repositoryOf(by);
  if (repository.archived) throw new Refusal(403, "Repository was archived so is read-only.");
  if (may(by.actor, repository, "moderate")) return;
  if (by.actor.app || written.authorId !== by.actor.accountId) throw refused(by.actor, "moderate");
}

export function startWriting(by: By, body: string): Omit<Written, "id"> {
  const at = by.store.stamp();
  return {
    authorId: by.actor.accountId,
    body,
    createdAt: at,
    updatedAt: at,
    editorId: null,
    lastEditedAt: null,
    revisions: [],
    reactions: [],
  };
}

/**
 * The edit GitHub keeps: the first one also makes the creation a revision. The same text again is no edit.
 * https://docs.github.com/communities/moderating-comments-and-conversations/tracking-changes-in-a-comment
 */
export function edited<T extends Written>(by: By, written: T, body: string): T {
  if (body === written.body) return written;
  const at = by.store.stamp();
  const revision = (editorId: number | null, when: number, text: string) => ({
    id: by.store.ids.next("revision"),
    editorId,
    at: when,
    body: text,
    deletedAt: null,
    deletedById: null,
  });
  const before =
    written.revisions.length > 0
      ? written.revisions
      : [revision(written.authorId, written.createdAt, written.body)];
  const revisions = [...before, revision(by.actor.accountId, at, body)];
  return { ...written, body, updatedAt: at, lastEditedAt: at, editorId: by.actor.accountId, revisions };
}

/** Label names are matched without regard to case. */
export function labelNamed(repository: Repository, name: string): Label | undefined {
  const wanted = name.toLowerCase();
  for (const label of repository.labels.values()) if (label.name.toLowerCase() === wanted) return label;
  return undefined;
}
