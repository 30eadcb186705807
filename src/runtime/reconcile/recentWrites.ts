import type { Action } from "../../domain/model/action.js";
import { sameLogin } from "../../domain/model/people.js";
import type { Snapshot, TimelineEvent } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { Lagging, ProposalRef } from "../../github/ports.js";
import { proposalKey } from "../../github/refs.js";

/** How long GitHub's lag is taken for the reason when a read does not show what was written; after that GitHub is believed. */
export const LAG_PATIENCE = MINUTE;

/**
 * What this process wrote lately, per proposal, so that a read which does not show it yet is known for what it is
 * (comment.once): planning from it would write the same again, or take back what a vote has just brought about.
 *
 * Only what does harm when repeated is remembered. A reaction is idempotent, and so is an edit without a record.
 */
export class RecentWrites {
  readonly #of = new Map<string, Written>();

  /** Notes one action that GitHub confirmed, planned from `snapshot`. `id`: what GitHub calls the thing that was made. */
  note(ref: ProposalRef, action: Action, id: string | null, snapshot: Snapshot | null, now: Instant): void {
    this.#prune(now);
    const key = proposalKey(ref);
    const written = this.#of.get(key) ?? { traces: [], staleReads: 0 };
    const traces = tracesOf(action, id, snapshot, now);
    const replaced = new Set(traces.map((trace) => trace.subject));
    written.traces = [...written.traces.filter((trace) => !replaced.has(trace.subject)), ...traces];
    written.staleReads = 0;
    if (written.traces.length > 0) this.#of.set(key, written);
  }

  /**
   * What the snapshot does not show yet of what was written, in words, and when to read again: after 2, 4, 8 … seconds, and
   * at the end of the patience at the latest. null: it shows everything, or the patience is over.
   */
  missing(ref: ProposalRef, snapshot: Snapshot, now: Instant): Lagging | null {
    this.#prune(now);
    const written = this.#of.get(proposalKey(ref));
    if (written === undefined) return null;
    const unseen = written.traces.filter((trace) => !trace.seen(snapshot));
    const first = unseen[0];
    if (first === undefined) {
      written.staleReads = 0;
      return null;
    }
    written.staleReads += 1;
    const patienceEnds = Math.max(...unseen.map((trace) => trace.at)) + LAG_PATIENCE;
    return {
      kind: "lagging",
      why: `GitHub does not show yet ${first.what}`,
      readAt: Math.min(
        now + SECOND * 2 ** Math.min(written.staleReads, 6),
        Math.max(patienceEnds, now + SECOND),
      ),
    };
  }

  get size(): number {
    return this.#of.size;
  }

  #prune(now: Instant): void {
    for (const [key, written] of this.#of) {
      written.traces = written.traces.filter((trace) => now < trace.at + LAG_PATIENCE);
      if (written.traces.length === 0) this.#of.delete(key);
    }
  }
}

interface Written {
  traces: readonly Trace[];
  staleReads: number;
}

/** One thing a fresh snapshot must show. A later write about the same subject takes its place. */
interface Trace {
  readonly subject: string;
  readonly at: Instant;
  readonly what: string;
  readonly seen: (snapshot: Snapshot) => boolean;
}

function tracesOf(
  action: Action,
  id: string | null,
  planned: Snapshot | null,
  at: Instant,
): readonly Trace[] {
  const traces: Trace[] = [];
  const add = (subject: string, what: string, seen: Trace["seen"]) =>
    traces.push({ subject, at, what, seen });
  if ("record" in action && action.record !== null) {
    const { seq } = action.record;
    add(
      "record",
      "the record as it was last written",
      ({ register }) => register !== null && register.seq >= seq,
    );
  }
  switch (action.kind) {
    case "create_comment":
      if (id !== null) {
        add(`comment ${id}`, "a comment just made", ({ ownComments }) =>
          ownComments.some((own) => own.id === id),
        );
      }
      break;
    case "delete_comment": {
      const { comment } = action;
      add(`comment ${comment}`, "that a comment is gone", ({ ownComments }) =>
        ownComments.every((own) => own.id !== comment),
      );
      break;
    }
    case "add_label":
    case "remove_label": {
      const { label } = action;
      const wanted = action.kind === "add_label";
      const since = newTo(planned);
      add(
        `label ${label.toLowerCase()}`,
        `the label ${label} ${wanted ? "added" : "taken off"}`,
        (snapshot) =>
          snapshot.labels.some((name) => sameLogin(name, label)) === wanted ||
          since(snapshot).some((event) => !event.byClerk && isAbout(event, label)),
      );
      if (action.kind === "add_label" && action.latch) {
        // fcp.latch: the event is the start. A list of labels ahead of the list of events would look like a label set by hand.
        add(`latch ${label.toLowerCase()}`, `the event of the label ${label}`, (snapshot) =>
          since(snapshot).some((event) => event.kind === "labeled" && event.byClerk && isAbout(event, label)),
        );
      }
      break;
    }
    case "put_check":
      if (action.run === null && id !== null) {
        add(
          "check",
          "a check run just made",
          ({ check, pull }) => pull.head !== action.head || (check !== null && check.id >= Number(id)),
        );
      }
      break;
    case "close_pull": {
      const since = newTo(planned);
      add(
        "state",
        "that the pull request is closed",
        (snapshot) =>
          snapshot.pull.state !== "open" || since(snapshot).some((event) => event.kind === "reopened"),
      );
      break;
    }
    case "merge_pull":
      add("state", "that the pull request is merged", ({ pull }) => pull.state === "merged");
      break;
    case "update_comment":
    case "react":
    // The writer tells the reader itself what it has shown (`OwnForms`).
    case "put_form":
      break;
  }
  return traces;
}

/** The events that the snapshot planned from did not show. What others did since is theirs, and no lag. */
function newTo(planned: Snapshot | null): (snapshot: Snapshot) => readonly TimelineEvent[] {
  const known = new Set(planned?.events.map((event) => event.id));
  return ({ events }) => events.filter((event) => !known.has(event.id));
}

const isAbout = (event: TimelineEvent, label: string): boolean =>
  (event.kind === "labeled" || event.kind === "unlabeled") &&
  event.label !== null &&
  sameLogin(event.label, label);
