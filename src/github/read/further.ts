import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import { type ReadResult, unreadable } from "../readResult.js";
import { type EventNode, eventsIn, type PullHead } from "./nodes.js";
import { isTooLong, MOST_ENTRIES, step } from "./paging.js";
import {
  type EditListFragment,
  FURTHER_EDITS,
  FURTHER_INLINE,
  type InlineListFragment,
  MORE_EVENTS,
} from "./queries/generated.js";

/** Where the reading of one list goes on. */
export interface PageStart {
  readonly id: string;
  readonly after: string | null;
}

/** What came for each place; null: there is no such list any more. */
type Further<List> = ReadResult<{ lists: readonly (List | null)[] }>;

/** Further pages of the comments of review threads, each from its own place. */
export async function furtherInline(
  caller: Caller,
  installation: number,
  starts: readonly PageStart[],
): Promise<Further<InlineListFragment>> {
  const { query, variables } = numbered(FURTHER_INLINE, startsOf(starts));
  const answered = await ask(caller, installation, query, variables);
  if (answered.kind !== "read") return answered;
  const lists = numberedParts(answered.data, starts.length).map((part) => part?.comments ?? null);
  return { kind: "read", lists };
}

/** And of edit lists. */
export async function furtherEdits(
  caller: Caller,
  installation: number,
  starts: readonly PageStart[],
  first: number,
): Promise<Further<EditListFragment>> {
  const { query, variables } = numbered(FURTHER_EDITS, startsOf(starts));
  const answered = await ask(caller, installation, query, { ...variables, first });
  if (answered.kind !== "read") return answered;
  const lists = numberedParts(answered.data, starts.length).map((part) => part?.userContentEdits ?? null);
  return { kind: "read", lists };
}

/**
 * New events after the first page of them, page by page. The labels are those of the last page: to be held against all events, those of
 * the first would be too old where somebody labels meanwhile.
 */
export async function furtherEvents(
  caller: Caller,
  ref: ProposalRef,
  since: string | null,
  after: string | null,
): Promise<ReadResult<{ events: readonly EventNode[]; labels: PullHead["labels"] }>> {
  const events: EventNode[] = [];
  let labels: PullHead["labels"] = null;
  for (const place = { after, done: false, asked: 0 }; !place.done; ) {
    if (isTooLong(place, MOST_ENTRIES))
      return unreadable(`there are more than ${MOST_ENTRIES} new events`, null);
    const variables = { owner: ref.owner, repo: ref.name, number: ref.number, since, after: place.after };
    const answered = await ask(caller, ref.installation, MORE_EVENTS, variables);
    if (answered.kind !== "read") return answered;
    const pull = answered.data.repository?.pullRequest;
    if (!pull) return { kind: "gone", why: "there is no such pull request" };
    events.push(...eventsIn(pull.timelineItems.nodes));
    labels = pull.labels;
    step(place, pull.timelineItems.pageInfo, 100);
  }
  return { kind: "read", events, labels };
}

const startsOf = (starts: readonly PageStart[]): readonly PageStart[] =>
  starts.map(({ id, after }) => ({ id, after }));
