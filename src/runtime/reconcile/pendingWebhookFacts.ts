import { LRUCache } from "lru-cache";
import { sameLogin } from "../../domain/model/people.js";
import type { Snapshot, TimelineEvent } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { ProposalRef } from "../../github/ports.js";
import { proposalKey } from "../../github/refs.js";

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
  readonly #waiting = new LRUCache<string, Waiting[]>({ max: MOST_PROPOSALS });

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

type Fields = Readonly<Record<string, unknown>>;
const at = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const idIn = (value: unknown): string | null => (typeof value === "number" ? String(value) : null);

/**
 * What this webhook announces, if it can be told from a read. `self`: the clerk's login, to know its own comments by.
 * https://docs.github.com/webhooks/webhook-events-and-payloads
 */
export function expectationOf(name: string, payload: unknown, self: string | null): Expectation | null {
  const event = at(payload);
  const { action } = event;
  switch (name) {
    case "issue_comment": {
      const comment = at(event.comment);
      const id = idIn(comment.id);
      if (id === null) return null;
      if (action === "created") return { kind: "utterance", id: `comment:${id}` };
      const own = self !== null && at(comment.user).login === self;
      const edited = typeof comment.updated_at === "string" ? Date.parse(comment.updated_at) : Number.NaN;
      return action === "edited" && own && !Number.isNaN(edited)
        ? { kind: "edit", comment: id, at: edited }
        : null;
    }
    case "pull_request_review": {
      const id = idIn(at(event.review).id);
      return action === "submitted" && id !== null ? { kind: "utterance", id: `review:${id}` } : null;
    }
    case "pull_request_review_comment": {
      const id = idIn(at(event.comment).id);
      return action === "created" && id !== null ? { kind: "utterance", id: `inline:${id}` } : null;
    }
    case "pull_request":
      return ofPull(action, event);
    default:
      return null;
  }
}

function ofPull(action: unknown, event: Fields): Expectation | null {
  const pull = at(event.pull_request);
  const updated = typeof pull.updated_at === "string" ? Date.parse(pull.updated_at) : Number.NaN;
  const happens = (
    events: readonly TimelineEvent["kind"][],
    label: string | null = null,
  ): Expectation | null => (Number.isNaN(updated) ? null : { kind: "event", events, label, at: updated });
  switch (action) {
    case "labeled":
    case "unlabeled": {
      const { name } = at(event.label);
      return typeof name === "string" ? happens([action], name) : null;
    }
    case "synchronize": {
      const { sha } = at(pull.head);
      return typeof sha === "string" ? { kind: "head", oid: sha } : null;
    }
    case "closed":
      return happens(["closed", "merged"]);
    case "reopened":
      return happens(["reopened"]);
    case "converted_to_draft":
      return happens(["to_draft"]);
    case "ready_for_review":
      return happens(["ready_for_review"]);
    default:
      return null;
  }
}
