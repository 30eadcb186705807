import { LRUCache } from "lru-cache";
import { sameLogin } from "../../domain/model/people.js";
import type { Snapshot, TimelineEvent } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { ProposalRef } from "../../github/ports.js";
import { proposalKey } from "../../github/refs.js";
import { atMost } from "../../platform/atMost.js";

/**
 * What a webhook says that a read will show. It decides nothing: GitHub's answers can lag behind its webhooks, and a reconcile
 * that does not see yet what it was called for is run again instead of leaving that to the next resync.
 */
export type Expectation =
  | { readonly kind: "utterance"; readonly id: string }
  | { readonly kind: "edit"; readonly comment: string; readonly at: Instant }
  | {
      readonly kind: "event";
      readonly events: readonly TimelineEvent["kind"][];
      readonly label: string | null;
      readonly at: Instant;
    }
  | { readonly kind: "head"; readonly oid: string };

/** After this GitHub is believed: what was announced may have been deleted again, or put back. */
const PATIENCE = MINUTE;
const FIRST_WAIT = 3 * SECOND;
/** Between the time stamps of a webhook and of the event it tells of. */
const SLACK = 5 * SECOND;
const MOST = 50;
const MOST_PROPOSALS = 2000;

interface Waiting {
  readonly expectation: Expectation;
  readonly since: Instant;
}

/** What webhooks have announced and no read has shown yet, for each proposal. */
export class PendingWebhookFacts {
  // Facts about what is never read (no config, a PR that is gone) must not gather here; a lost one costs no more than a resync.
  readonly #waiting = new LRUCache<string, Waiting[]>(atMost(MOST_PROPOSALS));

  note(ref: ProposalRef, expectation: Expectation, now: Instant): void {
    const key = proposalKey(ref);
    const waiting = this.#waiting.get(key) ?? [];
    // Of a flood the newest are enough: the reconcile they cause reads everything.
    this.#waiting.set(key, [...waiting, { expectation, since: now }].slice(-MOST));
  }

  /** When to reconcile again because something announced does not show yet; null: everything shows, or is given up. */
  lookAgainAt(ref: ProposalRef, snapshot: Snapshot, now: Instant): Instant | null {
    const key = proposalKey(ref);
    const waiting = (this.#waiting.get(key) ?? []).filter(
      ({ expectation, since }) => now - since < PATIENCE && !shows(expectation, snapshot),
    );
    if (waiting.length === 0) {
      this.#waiting.delete(key);
      return null;
    }
    this.#waiting.set(key, waiting);
    const longest = Math.max(...waiting.map(({ since }) => now - since));
    return now + Math.max(FIRST_WAIT, longest);
  }
}

function shows(expected: Expectation, snapshot: Snapshot): boolean {
  switch (expected.kind) {
    case "utterance":
      return (
        snapshot.utterances.some(({ id }) => id === expected.id) ||
        [...snapshot.ownComments, ...snapshot.legacyComments].some(
          ({ id }) => expected.id.endsWith(`:${id}`) || id === expected.id,
        )
      );
    case "edit":
      return snapshot.ownComments.some(
        ({ id, revisions }) => id === expected.comment && revisions.some(({ at }) => at >= expected.at),
      );
    case "event":
      return snapshot.events.some(
        (event) =>
          expected.events.includes(event.kind) &&
          event.at >= expected.at - SLACK &&
          (expected.label === null ||
            ("label" in event && event.label !== null && sameLogin(event.label, expected.label))),
      );
    case "head":
      return snapshot.pull.head === expected.oid;
  }
}
