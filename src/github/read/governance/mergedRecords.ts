import type { ReadingConfig } from "../../../config/outcome.js";
import type { MergedRecord } from "../../../domain/amendment/lawful.js";
import { decide } from "../../../domain/decide.js";
import type { Rules } from "../../../domain/model/rules.js";
import type { AmendmentFacts, Snapshot } from "../../../domain/model/snapshot.js";
import type { ProposalRef } from "../../ports.js";
import type { Read, ReadResult, Unreadable } from "../../readResult.js";
import { proposalKey } from "../../refs.js";
import type { Pulls } from "../pulls.js";

/** The clerk's own records of PRs other than the one being reconciled. Those of merged ones are remembered. */
export class MergedRecords {
  readonly #pulls: Pick<Pulls, "read">;
  readonly #merged = new Map<string, MergedRecord>();

  constructor(pulls: Pick<Pulls, "read">) {
    this.#pulls = pulls;
  }

  read(ref: ProposalRef, config: ReadingConfig): Promise<ReadResult<{ snapshot: Snapshot }>> {
    return this.#pulls.read(ref, config);
  }

  /** `record` null: it is not merged, or there is no such PR any more. */
  async ofMerged(
    ref: ProposalRef,
    config: ReadingConfig,
  ): Promise<Read<{ record: MergedRecord | null }> | Unreadable> {
    const known = this.#merged.get(proposalKey(ref));
    if (known !== undefined) return { kind: "read", record: known };
    const read = await this.read(ref, config);
    if (read.kind === "unreadable") return read;
    return {
      kind: "read",
      record: read.kind === "read" ? this.merged(ref, read.snapshot, config.rules) : null,
    };
  }

  merged(ref: ProposalRef, snapshot: Snapshot, rules: Rules): MergedRecord | null {
    const { pull, register } = snapshot;
    if (pull.state !== "merged" || pull.mergedAt === null) return null;
    const record: MergedRecord = {
      // What was said before the merge counts, even where the clerk has not reconciled it since (amend.own-word).
      register:
        register?.lastSeen === undefined
          ? register
          : decide(asMerged(snapshot, rules), rules, pull.mergedAt).register,
      head: pull.head,
      at: pull.mergedAt,
    };
    // Until it has been reconciled after its merge, earlier acts may still come to light.
    if (register === null || register.motion === null || register.motion.end !== null)
      this.#merged.set(proposalKey(ref), record);
    return record;
  }
}

/** Merged, an amendment has no difference left to weigh: its record has what was found before. */
function asMerged(snapshot: Snapshot, rules: Rules): Snapshot {
  const amendment: AmendmentFacts = {
    head: { kind: "valid", rules },
    upToDate: true,
    forkedFrom: null,
    accounts: [],
    tooManySeats: null,
    statesWhy: false,
    quiet: [],
    landedOtherwise: false,
    openMotions: [],
  };
  return { ...snapshot, amendment };
}
