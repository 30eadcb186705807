import type { Outline, Overview } from "../../domain/model/outline.js";
import type { EveryOpen, ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import type { ReadResult } from "../../github/readResult.js";
import { repositoryKey } from "../../github/refs.js";

/**
 * remind.digest, remind.mine: what each reconcile has found a proposal to wait for. Nothing is read for it but one list, and of what anybody may ask
 * for not even that: every open pull request is listed, and reconciled, after a start, after a change of the config, and once a day.
 */
export class Outlines {
  readonly #reader: Pick<Reader, "everyOpen">;
  readonly #repositories = new Map<string, Map<number, Outline | null>>();
  readonly #open = new Map<string, EveryOpen>();
  readonly #installationOf = new Map<string, number>();

  constructor(reader: Pick<Reader, "everyOpen">) {
    this.#reader = reader;
  }

  /** @param outline left out: the config asks for none */
  judged(ref: ProposalRef, outline: Outline | null | undefined): void {
    const key = repositoryKey(ref);
    if (outline === undefined) {
      this.#repositories.delete(key);
      return;
    }
    const known = this.#repositories.get(key) ?? new Map<number, Outline | null>();
    this.#installationOf.set(key, ref.installation);
    known.set(ref.number, outline);
    this.#repositories.set(key, known);
  }

  /** Every open pull request was listed. */
  listed(ref: RepositoryRef, { numbers, cutOff }: EveryOpen): void {
    const key = repositoryKey(ref);
    this.#open.set(key, { numbers, cutOff });
    this.#installationOf.set(key, ref.installation);
    const known = this.#repositories.get(key) ?? new Map<number, Outline | null>();
    const open = new Set(numbers);
    for (const [number, outline] of known) if (outline === null && !open.has(number)) known.delete(number);
  }

  /** It was another instance's: what that has seen come to an end is not looked at again here, and would wait for ever. */
  forget(installation: number): void {
    for (const [key, its] of this.#installationOf) {
      if (its !== installation) continue;
      for (const known of [this.#repositories, this.#open, this.#installationOf]) known.delete(key);
    }
  }

  /** By a list that is asked for now. */
  async of(ref: RepositoryRef): Promise<ReadResult<Overview>> {
    const listed = await this.#reader.everyOpen(ref);
    if (listed.kind !== "read") return listed;
    this.listed(ref, listed);
    return { kind: "read", ...this.known(ref) };
  }

  /** By the last list; nothing is asked for. */
  known(ref: RepositoryRef): Overview {
    const key = repositoryKey(ref);
    const known = this.#repositories.get(key) ?? new Map<number, Outline | null>();
    const open = this.#open.get(key) ?? { numbers: [], cutOff: true };
    return {
      // A motion to close or postpone runs on while the pull request is closed.
      outlines: [...known.values()].filter((outline) => outline !== null),
      unread: open.numbers.filter((number) => !known.has(number)),
      more: open.cutOff,
    };
  }
}
