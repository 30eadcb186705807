import { notFound, Refusal } from "../refusal.js";
import type { Written } from "../state.js";
import { isPull } from "../store.js";
import { type By, demandAuthorOrWriter } from "./by.js";

/**
 * Takes one revision's text out of an edit history. Its editor and time stay, and who took it out; the newest one cannot go.
 * https://docs.github.com/communities/moderating-comments-and-conversations/tracking-changes-in-a-comment#deleting-sensitive-information-from-a-comments-history
 */
export function deleteRevision(by: By, id: number, index: number): void {
  const place = by.store.places.get(id);
  if (place?.repositoryId !== by.repositoryId) throw notFound();
  const strike = <T extends Written>(written: T): T => {
    if (written.id !== id) return written;
    demandAuthorOrWriter(by, written);
    if (index === written.revisions.length - 1)
      throw new Refusal(422, "The most recent revision cannot be deleted");
    if (!written.revisions[index]) throw notFound();
    const at = by.store.stamp();
    const revisions = written.revisions.map((one, i) =>
      i === index ? { ...one, body: null, deletedAt: at, deletedById: by.actor.accountId } : one,
    );
    return { ...written, revisions };
  };
  by.store.changeThread(by.repositoryId, place.number, (thread) => ({
    ...thread,
    comments: thread.comments.map(strike),
    pull: isPull(thread)
      ? { ...thread.pull, reviews: thread.pull.reviews.map(strike), inline: thread.pull.inline.map(strike) }
      : null,
  }));
}
