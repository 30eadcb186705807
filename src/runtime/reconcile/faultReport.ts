import type { InvalidConfig } from "../../config/outcome.js";
import { describeAction, dryRunText } from "../../domain/messages/action.js";
import { configInvalidCheck } from "../../domain/messages/configCheck.js";
import type { Action } from "../../domain/model/action.js";
import type { Instant } from "../../domain/text/time.js";
import type { ProposalRef, Reader, Writer } from "../../github/ports.js";
import { proposalName } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { ReconcileResult } from "./queue.js";
import type { Refusals } from "./refusals.js";

interface Parts {
  readonly reader: Pick<Reader, "head">;
  readonly writer: Pick<Writer, "apply">;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  readonly dryRun: boolean;
  readonly lagWindow: number;
  readonly setDeadline: (ref: ProposalRef, at: Instant | null) => void;
  readonly refusals: Refusals;
  readonly stopping: () => boolean;
}

const DONE: ReconcileResult = { kind: "done" };

/** config.invalid: no transition; the check on the head says what is wrong and where. */
export class FaultReport {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async report(ref: ProposalRef, config: InvalidConfig): Promise<ReconcileResult> {
    const { reader, writer, clock, gitHubClock, log, dryRun, lagWindow, setDeadline, refusals } = this.#parts;
    setDeadline(ref, null);
    const read = await reader.head(ref);
    if (read.kind === "unreadable") {
      return { kind: "again", at: read.retryAt, why: `it could not be read: ${read.why}` };
    }
    if (read.kind === "gone" || !read.open) return DONE;
    const { title, summary } = configInvalidCheck(config.faults);
    const { check } = read;
    if (check !== null && check.verdict === "failure" && check.title === title && check.summary === summary) {
      refusals.over(ref);
      return DONE;
    }
    // A new run, so that the record sealed in the text of the one before stays where it is.
    const action: Action = {
      kind: "put_check",
      run: null,
      head: read.head,
      verdict: "failure",
      own: "failure",
      title,
      summary,
      record: null,
      annotations: [],
    };
    const proposal = proposalName(ref);
    if (dryRun) {
      log.info(dryRunText(action), { proposal });
      return DONE;
    }
    if (this.#parts.stopping()) return DONE;
    const outcome = await writer.apply(ref, action);
    switch (outcome.kind) {
      case "done":
        log.info(describeAction(action), { proposal });
        refusals.over(ref);
        return DONE;
      case "unclear":
        return { kind: "again", at: clock.now() + lagWindow, why: outcome.why };
      case "later":
        return { kind: "again", at: outcome.retryAt, why: outcome.why };
      case "refused":
        refusals.say(ref, action, outcome);
        setDeadline(ref, gitHubClock.now() + refusals.pause(ref));
        return DONE;
    }
  }
}
