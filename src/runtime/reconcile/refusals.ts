import { LRUCache } from "lru-cache";
import { describeAction } from "../../domain/messages/action.js";
import type { Action } from "../../domain/model/action.js";
import { HOUR, MINUTE } from "../../domain/text/time.js";
import type { ProposalRef, WriteOutcome } from "../../github/ports.js";
import { proposalKey, proposalName } from "../../github/refs.js";
import { atMost } from "../../platform/atMost.js";
import type { Log } from "../../platform/log.js";

type Refused = Extract<WriteOutcome, { kind: "refused" }>;

/** How many refusals are remembered as said; older ones would be said again. */
const REMEMBERED = 1000;

/** A refusal is final for GitHub, not for the people who can grant the permission. */
const FIRST_PAUSE = 15 * MINUTE;
const LONGEST_PAUSE = 4 * HOUR;

/** What GitHub refuses for good is said in the log once, with what to do, and not again at every reconcile. */
export class Refusals {
  readonly #log: Log;
  readonly #said = new LRUCache<string, true>(atMost(REMEMBERED));
  readonly #inARow = new LRUCache<string, number>(atMost(REMEMBERED));

  constructor(log: Log) {
    this.#log = log;
  }

  /** How long to wait before what was refused is tried again, in milliseconds: longer each time in a row. */
  pause(ref: ProposalRef): number {
    const key = proposalKey(ref);
    const before = this.#inARow.get(key) ?? 0;
    this.#inARow.set(key, before + 1);
    return Math.min(FIRST_PAUSE * 2 ** Math.min(before, 8), LONGEST_PAUSE);
  }

  /** It was reconciled without a refusal. */
  over(ref: ProposalRef): void {
    this.#inARow.delete(proposalKey(ref));
  }

  say(ref: ProposalRef, action: Action, refused: Refused): void {
    this.sayOf(proposalName(ref), describeAction(action), refused);
  }

  /** `where`: a proposal or a repository. */
  sayOf(where: string, what: string, { status, why }: Refused): void {
    const key = `${where} ${status} ${what}`;
    if (this.#said.has(key)) return;
    this.#said.set(key, true);
    this.#log.error(`GitHub refused a write. ${whatToDo(status)}`, { where, what, status, why });
  }
}

function whatToDo(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return "Compare the App's permissions on its installation page with those in docs/security.md, and see that the repository is not archived.";
    case 404:
    case 410:
      return "What it was meant for is gone, or the App may not see it: see that the App is installed on this repository.";
    default:
      return "The clerk asked for something GitHub does not take; please report this line as a fault.";
  }
}

/**
 * Which actions of a plan are left out after an earlier one was refused.
 *
 * A plan is in order: what announces success goes last, because it says that what stands before it has happened. So after a
 * refused label, check, close or merge nothing that begins, ends or announces anything is done: no latch, no closing, no
 * merging, no announcement, no green check. What only reports (the record and the status comment, replies, reactions, a
 * check that is not green, the other labels) is done all the same: a missing permission for one label must not silence the
 * clerk, and an act that was not recorded could be lost. A refused comment that carries the record ends the plan at once,
 * as the rest would tell of a record that was not kept. A refused reaction (its comment was deleted meanwhile) stops nothing.
 */
export function stopsAt(action: Action): boolean {
  switch (action.kind) {
    case "add_label":
      return action.latch;
    case "close_pull":
    case "merge_pull":
      return true;
    case "create_comment":
      return action.marker.kind === "announce";
    case "put_check":
      return action.verdict === "success";
    // What was refused of the decision's own check would be of this one.
    case "put_form":
      return true;
    // Nothing hangs on it.
    case "link_spec_pull":
    case "update_comment":
    case "delete_comment":
    case "remove_label":
    case "react":
      return false;
  }
}
