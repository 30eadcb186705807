import { LRUCache } from "lru-cache";
import type { ShownForm } from "../../domain/model/form.js";
import { atMost } from "../../platform/atMost.js";
import type { ProposalRef } from "../ports.js";

/** form.check: another name than the decision's run, which is all that those are looked for by. */
export const FORM_RUN = "msc-clerk: form";

/** Whose run it is. It does not begin with the number, as that of the decision's run does: neither is taken for the other. */
export const formExternalId = (pull: number): string => `form:${pull}`;

const REMEMBERED = 5000;

/**
 * The form checks this process has written. A read that finds nothing changed does not ask for them again; and only the clerk writes its
 * runs.
 */
export class OwnForms {
  readonly #of = new LRUCache<string, { readonly head: string; readonly shown: ShownForm }>({
    ...atMost(REMEMBERED),
  });

  note(ref: ProposalRef, head: string, shown: ShownForm): void {
    this.#of.set(keyOf(ref), { head, shown });
  }

  /** The newest of what was written and what was read. */
  newest(ref: ProposalRef, head: string, read: ShownForm | null): ShownForm | null {
    const noted = this.#of.get(keyOf(ref));
    return noted !== undefined && noted.head === head && noted.shown.id >= (read?.id ?? 0)
      ? noted.shown
      : read;
  }
}

const keyOf = ({ owner, name, number }: ProposalRef): string => `${owner}/${name}#${number}`.toLowerCase();
