import { specLink } from "../../domain/messages/spec.js";
import type { LinkSpecPull } from "../../domain/model/action.js";
import { SECOND } from "../../domain/text/time.js";
import type { Caller } from "../client/call.js";
import type { RepositoryRef, WriteOutcome } from "../ports.js";
import { linkKey, linksTo, readSpecPull, type SpecComment } from "../read/specPull.js";
import { compose } from "../record/marker.js";
import { proposalKey } from "../refs.js";
import type { WriteRequest } from "./requests.js";

interface Parts {
  readonly caller: Caller;
  readonly send: (ref: RepositoryRef, request: WriteRequest) => Promise<WriteOutcome>;
}

/** How long GitHub's answers may not show yet what was written (see `LAG_WINDOW` of the runtime). */
const LAG = 10 * SECOND;
const PERMISSION = "Pull requests: write";

/**
 * spec.linked: the comment on a pull request of the specification, one for all proposals it is for. Several proposals may come to it at once:
 * one after the other looks at what stands there, and adds itself. A comment is made once: while GitHub may not show it yet, nobody makes another.
 */
export class SpecLinks {
  readonly #parts: Parts;
  readonly #turns = new Map<string, Promise<unknown>>();
  /** What was made or changed lately, or may have been (null). */
  readonly #lately = new Map<string, { readonly until: number; readonly comment: SpecComment | null }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async apply(action: LinkSpecPull): Promise<WriteOutcome> {
    const key = `${proposalKey(action.to)} ${action.from.id}`;
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(() => this.#inTurn(key, action));
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }

  async #inTurn(key: string, { to, proposal, from }: LinkSpecPull): Promise<WriteOutcome> {
    const { caller } = this.#parts;
    const now = caller.now();
    for (const [each, { until }] of this.#lately) if (until <= now) this.#lately.delete(each);
    const lately = this.#lately.get(key);
    if (lately?.comment === null)
      return { kind: "later", why: "it is not clear yet whether it was made", retryAt: lately.until };
    let standing = lately?.comment ?? null;
    let others: readonly SpecComment[] = [];
    if (standing === null) {
      const read = await readSpecPull(caller, to);
      if (read.kind === "gone") return { kind: "refused", status: 404, why: read.why };
      if (read.kind !== "read") return { kind: "later", why: read.why, retryAt: read.retryAt };
      if (read.links === null)
        return { kind: "refused", status: 422, why: "there are more comments than the clerk looks at" };
      [standing = null, ...others] = linksTo(read.links, from.id);
    }
    const all = [standing, ...others].flatMap((one) => one?.proposals ?? []);
    const proposals = [...new Set([...all, proposal])];
    const lacks = proposals.some((one) => standing?.proposals.includes(one) !== true);
    const outcome = lacks
      ? await this.#put(key, { to, proposals, from, standing })
      : ({ kind: "done", id: standing?.id ?? null } as const);
    if (outcome.kind !== "done") return outcome;
    // comment.once: should there ever be two, the older stays.
    for (const { id } of others) {
      const gone = await this.#parts.send(to, {
        route: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
        parameters: { owner: to.owner, repo: to.name, comment_id: id },
        repeatable: true,
        creates: false,
        permission: PERMISSION,
        alsoDone: [404, 410],
      });
      if (gone.kind !== "done") return gone;
    }
    return outcome;
  }

  /** The comment with these proposals: made, or changed where it stands. */
  async #put(
    key: string,
    {
      to,
      proposals,
      from,
      standing,
    }: Pick<LinkSpecPull, "to" | "from"> & {
      readonly proposals: readonly number[];
      readonly standing: SpecComment | null;
    },
  ): Promise<WriteOutcome> {
    const { caller, send } = this.#parts;
    const body = compose({ kind: "spec", key: linkKey(from.id, proposals) }, specLink(proposals, from), null);
    const repo = { owner: to.owner, repo: to.name };
    const outcome = await send(
      to,
      standing === null
        ? {
            route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
            parameters: { ...repo, issue_number: to.number, body },
            repeatable: false,
            creates: true,
            permission: PERMISSION,
            alsoDone: [],
          }
        : {
            route: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
            parameters: { ...repo, comment_id: standing.id, body },
            repeatable: true,
            creates: false,
            permission: PERMISSION,
            alsoDone: [],
          },
    );
    if (outcome.kind === "unclear") this.#lately.set(key, { until: caller.now() + LAG, comment: null });
    if (outcome.kind === "done" && outcome.id !== null) {
      const comment = { id: outcome.id, repository: from.id, proposals };
      this.#lately.set(key, { until: caller.now() + LAG, comment });
    }
    return outcome;
  }
}
