import type { Caller } from "../client/call.js";
import { ask, numbered, numberedParts } from "../client/graphql.js";
import type { ReadResult } from "../readResult.js";
import {
  type EditListFragment,
  FURTHER_EDITS,
  FURTHER_INLINE,
  type InlineListFragment,
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

const startsOf = (starts: readonly PageStart[]): readonly PageStart[] =>
  starts.map(({ id, after }) => ({ id, after }));
