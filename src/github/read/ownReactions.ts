import { LRUCache } from "lru-cache";
import type { ReactionSubject } from "../../domain/model/action.js";
import { atMost } from "../../platform/atMost.js";
import type { ProposalRef } from "../ports.js";

/** As GraphQL names them; REST has `+1`, `confused` and `eyes`. */
export const REACTIONS = { thumbsUp: "THUMBS_UP", confused: "CONFUSED", eyes: "EYES" } as const;

const REMEMBERED = 5000;

/**
 * Reactions this process put on. A warm read does not ask again about old comments, so that what the clerk did itself must be
 * remembered between them. Nobody but the clerk can take its reactions off.
 */
export class OwnReactions {
  readonly #on = new LRUCache<string, ReadonlySet<string>>(atMost(REMEMBERED));

  note(ref: ProposalRef, { kind, id }: ReactionSubject, reaction: keyof typeof REACTIONS): void {
    const key = keyOf(ref, `${kind}:${id}`);
    const before = this.#on.get(key) ?? [];
    this.#on.set(key, new Set([...before, REACTIONS[reaction]]));
  }

  on(ref: ProposalRef, utterance: string): ReadonlySet<string> {
    return this.#on.get(keyOf(ref, utterance)) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();

const keyOf = ({ owner, name }: ProposalRef, utterance: string): string =>
  `${owner}/${name} ${utterance}`.toLowerCase();
