import type { ConfigOutcome } from "../../config/outcome.js";
import type { RepositoryRef, WriteOutcome, Writer } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { ReconcileResult } from "./queue.js";
import type { Refusals } from "./refusals.js";

type ValidConfig = Extract<ConfigOutcome, { kind: "valid" }>;

export interface RepositoryLabelsOptions {
  readonly writer: Writer;
  readonly clock: Clock;
  readonly refusals: Refusals;
  readonly lagWindow: number;
}

/**
 * The labels the clerk uses are made once for each config of a repository, when it is first seen: people find them there to put on, with
 * their colours and what they mean. One that is there stays as it is. What was made sure of is remembered until the clerk ends.
 */
export class RepositoryLabels {
  readonly #options: RepositoryLabelsOptions;
  /** Repositories whose labels were made sure of, with the config's commit they were made sure of for. */
  readonly #ensured = new Map<string, string>();
  /** A round and a reconcile may ask at the same time. */
  readonly #underWay = new Map<string, Promise<WriteOutcome>>();

  constructor(options: RepositoryLabelsOptions) {
    this.#options = options;
  }

  /** A label of the repository was deleted or renamed: make sure of them again. */
  forget(repository: RepositoryRef): void {
    this.#ensured.delete(repositoryKey(repository));
  }

  /** null: they are there, or GitHub will not have them made. */
  async ensure(
    repository: RepositoryRef,
    config: ValidConfig,
  ): Promise<Extract<ReconcileResult, { kind: "again" }> | null> {
    const { clock, refusals, lagWindow } = this.#options;
    const key = repositoryKey(repository);
    if (this.#ensured.get(key) === config.commit) return null;
    const outcome = await this.#make(repository, config);
    switch (outcome.kind) {
      case "refused":
        refusals.sayOf(key, "making the labels the clerk uses", outcome);
        break;
      case "unclear":
        return { kind: "again", at: clock.now() + lagWindow, why: `labels: ${outcome.why}` };
      case "later":
        return { kind: "again", at: outcome.retryAt, why: `labels: ${outcome.why}` };
      case "done":
        break;
    }
    this.#ensured.set(key, config.commit);
    return null;
  }

  #make(repository: RepositoryRef, { rules, commit }: ValidConfig): Promise<WriteOutcome> {
    const key = `${repositoryKey(repository)} ${commit}`;
    const making =
      this.#underWay.get(key) ??
      this.#options.writer.ensureLabels(repository, rules).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, making);
    return making;
  }
}
