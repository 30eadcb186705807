import { LRUCache } from "lru-cache";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { atMost } from "../../platform/atMost.js";
import type { Caller } from "../client/call.js";
import { pages } from "../client/rest.js";
import type { ProposalRef } from "../ports.js";
import { type Read, type Unreadable, unreadable } from "../readResult.js";

const REMEMBERED = 200;

/**
 * decision.needs: a PR's GraphQL list of files hides where a renamed file came from, so that a protected text could be renamed away
 * unseen. REST tells it; asked once for each head, and only where a renamed file could matter to a path rule.
 * https://docs.github.com/rest/pulls/pulls#list-pull-requests-files
 */
export class Renames {
  readonly #caller: Caller;
  readonly #known = new LRUCache<string, ReadonlyMap<string, string>>(atMost(REMEMBERED));

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The snapshot with the old path beside each renamed file; or why it could not be read. */
  async complete(
    ref: ProposalRef,
    snapshot: Snapshot,
    rules: Rules,
  ): Promise<Read<{ snapshot: Snapshot }> | Unreadable> {
    const { proposals, decisions } = rules;
    const inAnyWay = proposals === "labelled" || proposals === "changed";
    const matters = inAnyWay || decisions.some(({ match }) => match.paths.length > 0);
    if (!matters || !snapshot.files.some(({ change }) => change === "renamed"))
      return { kind: "read", snapshot };
    const asked = await this.#ask(ref, snapshot.pull.head);
    if (asked.kind === "unreadable") return asked;
    const files = snapshot.files.map((file) => {
      const from = asked.previous.get(file.path);
      return from === undefined ? file : { ...file, previous: from };
    });
    return { kind: "read", snapshot: { ...snapshot, files } };
  }

  async #ask(
    ref: ProposalRef,
    head: string,
  ): Promise<Read<{ previous: ReadonlyMap<string, string> }> | Unreadable> {
    const key = `${ref.owner}/${ref.name}#${ref.number} ${head}`.toLowerCase();
    const known = this.#known.get(key);
    if (known !== undefined) return { kind: "read", previous: known };
    const listed = await pages(
      this.#caller,
      ref.installation,
      "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
      { owner: ref.owner, repo: ref.name, pull_number: ref.number },
    );
    if (listed.kind === "gone") return unreadable(listed.why, null);
    if (listed.kind === "unreadable") return listed;
    const previous = new Map(
      listed.items.flatMap(({ filename, previous_filename: from }) =>
        from === undefined ? [] : [[filename, from] as const],
      ),
    );
    this.#known.set(key, previous);
    return { kind: "read", previous };
  }
}
