import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { WARM, type WarmQuery } from "./queries/generated.js";
import { SameMoment } from "./sameMoment.js";

type Repository = NonNullable<WarmQuery["repository"]>;

/** The newest of each list of one pull request. */
export interface Newest {
  readonly viewer: WarmQuery["viewer"];
  readonly repository: Omit<Repository, "part0">;
  readonly pull: NonNullable<Repository["part0"]>;
  readonly edits: WarmQuery["edits"];
}

interface Wanted {
  readonly ref: ProposalRef;
  /** Events from then on; null: all. */
  readonly since: string | null;
  /** Comments whose newest edits are wanted. */
  readonly status: readonly string[];
}

/** Asks for it; for several of one repository in the same moment by one request (`sameMoment.ts`). */
export class NewestOf {
  readonly #caller: Caller;
  readonly #appId: number;
  readonly #together: SameMoment<Wanted, Newest>;

  constructor(caller: Caller, appId: number) {
    this.#caller = caller;
    this.#appId = appId;
    this.#together = new SameMoment(caller, (wanted) => this.#ask(wanted, false));
  }

  async read(wanted: Wanted): Promise<ReadResult<{ newest: Newest }>> {
    const together = await this.#together.read(wanted);
    if (together !== null) return { kind: "read", newest: together };
    const alone = await this.#ask([wanted], true);
    if (alone.kind !== "read") return alone;
    const [newest] = alone.parts;
    return newest ? { kind: "read", newest } : { kind: "gone", why: "there is no such pull request" };
  }

  async #ask(
    wanted: readonly Wanted[],
    repeatable: boolean,
  ): Promise<ReadResult<{ parts: readonly (Newest | null)[] }>> {
    const [first] = wanted;
    if (first === undefined) return { kind: "read", parts: [] };
    const { owner, name: repo, installation } = first.ref;
    const { query, variables } = numbered(
      WARM,
      wanted.map(({ ref, since }) => ({ number: ref.number, since })),
    );
    const status = wanted.flatMap((one) => one.status);
    const named = { owner, repo, config: CONFIG_FILE, appId: this.#appId, status };
    const answered = await ask(this.#caller, installation, query, { ...named, ...variables }, { repeatable });
    if (answered.kind !== "read") return answered;
    const { viewer, repository, edits } = answered.data;
    const parts = numberedParts(repository, wanted.length).map((pull, at): Newest | null => {
      const own = new Set(wanted[at]?.status);
      return repository && pull
        ? { viewer, repository, pull, edits: edits.filter((node) => node !== null && own.has(node.id)) }
        : null;
    });
    return { kind: "read", parts };
  }
}
