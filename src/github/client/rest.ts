import type { Unreadable } from "../ports.js";
import { type Answer, type Caller, SOON } from "./call.js";
import { unreadable } from "./graphql.js";

const MOST_PAGES = 100;

export type RestRead<T> =
  | { readonly kind: "data"; readonly data: T }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

/** All pages of a REST list, or none: half a list is no list. */
export async function pages<T>(
  caller: Caller,
  installation: number | null,
  route: string,
  parameters: Record<string, unknown>,
  listOf: (data: unknown) => readonly T[] = (data) => (Array.isArray(data) ? data : bad()),
): Promise<RestRead<readonly T[]>> {
  const read = await firstPages(caller, installation, route, parameters, { listOf });
  if (read.failure !== null) return read.failure;
  return read.more
    ? unreadable("the list does not come to an end", caller.now() + SOON)
    : { kind: "data", data: read.items };
}

export interface FirstPages<T> {
  readonly items: readonly T[];
  /** The list goes on beyond what was read. */
  readonly more: boolean;
  /** What kept the next page from being read; null: nothing. */
  readonly failure: Exclude<RestRead<never>, { kind: "data" }> | null;
}

/** As much of a list as `most` pages hold, for callers to whom its beginning is enough. `stop`: this page holds the last entry that is wanted. */
export async function firstPages<T>(
  caller: Caller,
  installation: number | null,
  route: string,
  parameters: Record<string, unknown>,
  options: {
    readonly listOf?: (data: unknown) => readonly T[];
    readonly stop?: (page: readonly T[]) => boolean;
    readonly most?: number;
  } = {},
): Promise<FirstPages<T>> {
  const {
    listOf = (data) => (Array.isArray(data) ? data : bad()),
    stop = () => false,
    most = MOST_PAGES,
  } = options;
  const all: T[] = [];
  for (let page = 1; page <= most; page += 1) {
    const answer = await caller.call(
      installation,
      route,
      { ...parameters, per_page: 100, page },
      { repeatable: true, write: "no" },
    );
    if (answer.kind !== "ok") return { items: all, more: true, failure: unread(caller, answer) };
    let items: readonly T[];
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

export function unread(
  caller: Caller,
  answer: Exclude<Answer, { kind: "ok" }>,
): Exclude<RestRead<never>, { kind: "data" }> {
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

const bad = (): never => {
  throw new Error("not a list");
};
