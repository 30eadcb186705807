import type { ReadingConfig } from "../../../config/outcome.js";
import { rulesFingerprint } from "../../../domain/amendment/differences.js";
import type { ConfigVersion } from "../../../domain/amendment/history.js";
import { type ChainPlace, type PassedStep, passedStep } from "../../../domain/amendment/lawful.js";
import type { RepositoryRef } from "../../ports.js";
import type { Read, Unreadable } from "../../readResult.js";
import type { ConfigHistory } from "./configHistory.js";
import type { MergedRecords } from "./mergedRecords.js";

/** So many versions back is asked who approved them, at most. */
const MOST_STEPS = 50;

/** The merged amendments that had passed, by the clerk's own records of them (config.lawful). */
export class PassedSteps {
  readonly #registers: MergedRecords;
  readonly #texts: ConfigHistory;

  constructor({ registers, texts }: { readonly registers: MergedRecords; readonly texts: ConfigHistory }) {
    this.#registers = registers;
    this.#texts = texts;
  }

  /** The merged amendments that had passed and that the history names, back to the lawful config. */
  async named(
    ref: RepositoryRef,
    config: ReadingConfig,
    { number }: ChainPlace,
    versions: readonly ConfigVersion[],
  ): Promise<Read<{ steps: readonly PassedStep[] }> | Unreadable> {
    const steps: PassedStep[] = [];
    const byPulls = versions.flatMap(({ pull, rules }) =>
      pull === null ? [] : [{ pull, landedAs: rules === null ? null : rulesFingerprint(rules) }],
    );
    for (const { pull, landedAs } of byPulls.reverse().slice(0, MOST_STEPS)) {
      const read = await this.#stepOf(ref, config, pull, landedAs);
      if (read.kind === "unreadable") return read;
      const { step } = read;
      if (step === null) continue;
      steps.push(step);
      // What was judged by an earlier lawful config is behind this one, and so is all before it.
      if (step.judgedBy !== null && step.judgedBy.number < number) break;
    }
    return { kind: "read", steps };
  }

  /** Recently merged ones that the history does not name: rewriting it takes nothing away. */
  async others(
    ref: RepositoryRef,
    config: ReadingConfig,
    versions: readonly ConfigVersion[],
  ): Promise<Read<{ steps: readonly PassedStep[] }> | Unreadable> {
    const lately = await this.#texts.lately(ref);
    if (lately.kind === "unreadable") return lately;
    const merged = lately.kind === "read" ? lately.pulls.filter((pull) => pull.merged) : [];
    const steps: PassedStep[] = [];
    for (const { number } of merged.filter((one) => !versions.some(({ pull }) => pull === one.number))) {
      const read = await this.#stepOf(ref, config, number, null);
      if (read.kind === "unreadable") return read;
      if (read.step !== null) steps.push(read.step);
    }
    return { kind: "read", steps };
  }

  async #stepOf(
    ref: RepositoryRef,
    config: ReadingConfig,
    pull: number,
    landedAs: string | null,
  ): Promise<Read<{ step: PassedStep | null }> | Unreadable> {
    const read = await this.#registers.ofMerged({ ...ref, number: pull }, config);
    if (read.kind !== "read") return read;
    const step = read.record === null ? null : passedStep(read.record, { pull, landedAs });
    return { kind: "read", step };
  }
}
