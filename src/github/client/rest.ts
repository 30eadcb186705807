import { type NotRead, type ReadResult, unreadable } from "../readResult.js";
import { type Answer, type Caller, SOON } from "./call.js";
import type { DataOf, ItemOf, ParametersOf, Route } from "./routes.js";

const MOST_PAGES = 100;

/** All pages of a REST list, or none: half a list is no list. `listOf`: where the answer is no list itself, but has one. */
export async function pages<R extends Route, Item = ItemOf<R>>(
  caller: Caller,
  installation: number | null,
  route: R,
  parameters: ParametersOf<R>,
  listOf?: (data: DataOf<R>) => readonly Item[],
): Promise<ReadResult<{ items: readonly Item[] }>> {
  const options = listOf === undefined ? {} : { listOf };
  const read = await firstPages<R, Item>(caller, installation, route, parameters, options);
  if (read.failure !== null) return read.failure;
  return read.more
    ? unreadable("the list does not come to an end", caller.now() + SOON)
    : { kind: "read", items: read.items };
}

export interface FirstPages<Item> {
  readonly items: readonly Item[];
  /** The list goes on beyond what was read. */
  readonly more: boolean;
  /** What kept the next page from being read; null: nothing. */
  readonly failure: NotRead | null;
}

/** As much of a list as `most` pages hold, for callers to whom its beginning is enough. `stop`: this page holds the last entry that is wanted. */
export async function firstPages<R extends Route, Item = ItemOf<R>>(
  caller: Caller,
  installation: number | null,
  route: R,
  parameters: ParametersOf<R>,
  options: {
    readonly listOf?: (data: DataOf<R>) => readonly Item[];
    readonly stop?: (page: readonly Item[]) => boolean;
    readonly most?: number;
  } = {},
): Promise<FirstPages<Item>> {
  const { listOf = itself, stop = () => false, most = MOST_PAGES } = options;
  const all: Item[] = [];
  for (let page = 1; page <= most; page += 1) {
    const answer = await caller.call(
      installation,
      route,
      { ...parameters, per_page: 100, page },
      { repeatable: true, write: "no" },
    );
    if (answer.kind !== "ok") return { items: all, more: true, failure: notRead(caller, answer) };
    let items: readonly Item[];
    try {
      items = listOf(answer.data);
    } catch {
      const why = "GitHub's list has a shape the clerk does not know";
      return { items: all, more: true, failure: unreadable(why, caller.now() + SOON) };
    }
    all.push(...items);
    // GitHub says it in this header; without the header, a page that is not full is the last.
    const link = answer.headers.link;
    const more = typeof link === "string" ? link.includes('rel="next"') : items.length === 100;
    if (!more || stop(items)) return { items: all, more: false, failure: null };
  }
  return { items: all, more: true, failure: null };
}

/** A single thing, not a list. */
export async function readOne<R extends Route>(
  caller: Caller,
  installation: number | null,
  route: R,
  parameters: ParametersOf<R>,
): Promise<ReadResult<{ data: DataOf<R> }>> {
  const answer = await caller.call(installation, route, parameters, { repeatable: true, write: "no" });
  return answer.kind === "ok" ? { kind: "read", data: answer.data } : notRead(caller, answer);
}

export function notRead(caller: Caller, answer: Exclude<Answer, { kind: "ok" }>): NotRead {
  switch (answer.kind) {
    case "later":
      return unreadable(answer.why, answer.retryAt);
    case "unclear":
      return unreadable(answer.why, caller.now() + SOON);
    case "no":
      if (
        answer.status === 404 ||
        answer.status === 410 ||
        answer.status === 451 ||
        answer.at === "sign-in"
      ) {
        return {
          kind: "gone",
          why: answer.at === "sign-in" ? "the App is not installed there any more, or suspended" : answer.why,
        };
      }
      return unreadable(`GitHub answered ${answer.status}: ${answer.why}`, caller.now() + SOON);
  }
}

function itself<Item>(data: unknown): readonly Item[] {
  if (!Array.isArray(data)) throw new Error("not a list");
  return data;
}
