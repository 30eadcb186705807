import type { NodeKind } from "../ids.js";
import { demand } from "../permissions.js";
import { notFound, Refusal } from "../refusal.js";
import type { Reaction, ReactionContent, Written } from "../state.js";
import { isPull } from "../store.js";
import { type By, repositoryOf } from "./by.js";

export type ReactionTarget = Extract<NodeKind, "issue" | "pull" | "comment" | "review" | "inline">;

/** One person's reaction of a kind counts once: reacting again gives back the first. Nothing's `updatedAt` moves, no webhook tells. */
export function react(
  by: By,
  kind: ReactionTarget,
  number: number,
  id: number,
  content: ReactionContent,
): { reaction: Reaction; fresh: boolean } {
  const thread = by.store.thread(by.repositoryId, number);
  // On a pull request it is that permission an App needs, also for what is an issue’s comment (openab#1413, ravel#347).
  demand(by.actor, repositoryOf(by), thread.pull ? "review" : "comment");
  // Nobody reacts in a locked conversation: https://docs.github.com/communities/moderating-comments-and-conversations/locking-conversations
  if (thread.locked) throw new Refusal(403, "Unable to create reaction because issue is locked.");
  let outcome: { reaction: Reaction; fresh: boolean } | undefined;
  const on = <T extends Written>(written: T): T => {
    if (written.id !== id) return written;
    const same = written.reactions.find(
      (one) => one.authorId === by.actor.accountId && one.content === content,
    );
    if (same) {
      outcome = { reaction: same, fresh: false };
      return written;
    }
    const reaction = {
      id: by.store.ids.next("reaction"),
      authorId: by.actor.accountId,
      content,
      createdAt: by.store.stamp(),
    };
    outcome = { reaction, fresh: true };
    return { ...written, reactions: [...written.reactions, reaction] };
  };
  by.store.changeThread(by.repositoryId, number, (now) => {
    if (kind === "comment") return { ...now, comments: now.comments.map(on) };
    if (kind === "review" && isPull(now))
      return { ...now, pull: { ...now.pull, reviews: now.pull.reviews.map(on) } };
    if (kind === "inline" && isPull(now))
      return { ...now, pull: { ...now.pull, inline: now.pull.inline.map(on) } };
    return kind === "issue" || kind === "pull" ? on(now) : now;
  });
  if (!outcome) throw notFound();
  return outcome;
}
