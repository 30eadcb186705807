import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { QueueEntry, RepositoryRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { present } from "./nodes.js";
import { MERGE_QUEUE } from "./queries/generated.js";

/** A queue is some dozen entries long; of one that is longer its end is not known, and nothing in it is told from what is. */
const PAGES = 5;

/** The entries of the merge queue of a branch, in their order; none where it has no queue. */
export async function mergeQueue(
  caller: Caller,
  { installation, owner, name }: RepositoryRef,
  branch: string | null,
): Promise<ReadResult<{ entries: readonly QueueEntry[] }>> {
  const pageAfter = (cursor: string | null) =>
    ask(caller, installation, MERGE_QUEUE, { owner, repo: name, branch, after: cursor });
  const entries: QueueEntry[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const answered = await pageAfter(after);
    if (answered.kind !== "read") return answered;
    const list = answered.data.repository?.mergeQueue?.entries;
    for (const { position, headCommit, pullRequest } of present(list?.nodes))
      entries.push({ position, head: headCommit?.oid ?? null, pull: pullRequest?.number ?? null });
    if (list?.pageInfo.hasNextPage !== true) break;
    after = list.pageInfo.endCursor;
  }
  return { kind: "read", entries: entries.sort((a, b) => a.position - b.position) };
}
