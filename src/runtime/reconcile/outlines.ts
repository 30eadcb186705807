import type { Outline } from "../../domain/model/outline.js";
import type { ProposalRef, Reader, RepositoryRef } from "../../github/ports.js";
import type { ReadResult } from "../../github/readResult.js";
import { repositoryKey } from "../../github/refs.js";

/** What every open pull request of a repository waits for, as its last reconcile found. */
export interface Overview {
  readonly outlines: readonly Outline[];
  /** Open pull requests that were not reconciled yet. */
  readonly unread: readonly number[];
  readonly more: boolean;
}

/**
 * remind.digest: what each reconcile has found a proposal to wait for. Nothing is read for it but one list: every open pull request is
 * reconciled after a start, after a change of the config, and once a day.
 */
export class Outlines {
  readonly #reader: Pick<Reader, "changed">;
  readonly #repositories = new Map<string, Map<number, Outline | null>>();

  constructor(reader: Pick<Reader, "changed">) {
    this.#reader = reader;
  }

  /** @param outline left out: the config asks for no digest */
  judged(ref: ProposalRef, outline: Outline | null | undefined): void {
    const key = repositoryKey(ref);
    if (outline === undefined) {
      this.#repositories.delete(key);
      return;
    }
    const known = this.#repositories.get(key) ?? new Map<number, Outline | null>();
    known.set(ref.number, outline);
    this.#repositories.set(key, known);
  }

  async of(ref: RepositoryRef): Promise<ReadResult<Overview>> {
    const listed = await this.#reader.changed(ref, null);
    if (listed.kind !== "read") return listed;
    const known = this.#repositories.get(repositoryKey(ref)) ?? new Map<number, Outline | null>();
    const open = new Set(listed.numbers);
    for (const [number, outline] of known) if (outline === null && !open.has(number)) known.delete(number);
    return {
      kind: "read",
      // A motion to close or postpone runs on while the pull request is closed.
      outlines: [...known.values()].filter((outline) => outline !== null),
      unread: [...open].filter((number) => !known.has(number)),
      more: listed.cutOff,
    };
  }
}
