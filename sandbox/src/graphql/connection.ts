import { type Node, problem } from "./context.js";

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const MOST = 100;

/**
 * One page of a list. Cursors hold the place in the list's order, not a count, so that a page goes on in the right place
 * also when entries before it went away. https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
 */
export function connection<T>(
  name: string,
  all: readonly T[],
  args: PageArguments,
  node: (item: T) => Node,
  /** Where an item stands; the list is in rising order of it (falling with `falling`). */
  place: (item: T, index: number) => readonly number[] = (_, index) => [index],
  falling = false,
  extra: Node = {},
): Node {
  checkBounds(name, args);
  const { first, last, after, before } = args;
  const sign = falling ? -1 : 1;
  const from = after == null ? null : placeIn(after);
  const to = before == null ? null : placeIn(before);
  const start = from ? all.filter((item, index) => sign * order(place(item, index), from) <= 0).length : 0;
  const end = to ? all.filter((item, index) => sign * order(place(item, index), to) < 0).length : all.length;
  let low = start;
  let high = end;
  if (first != null) high = Math.min(high, low + first);
  if (last != null) low = Math.max(low, high - last);
  const page = all.slice(low, Math.max(low, high));
  // Hardly anybody asks for them.
  const cursorAt = (index: number) => () => {
    const item = page[index];
    return item === undefined ? null : cursorOf(place(item, low + index));
  };
  return {
    totalCount: all.length,
    pageInfo: () => ({
      hasNextPage: high < all.length,
      hasPreviousPage: low > 0,
      startCursor: cursorAt(0),
      endCursor: cursorAt(page.length - 1),
    }),
    nodes: () => page.map((item) => node(item)),
    edges: () => page.map((item, index) => ({ cursor: cursorAt(index), node: node(item) })),
    ...extra,
  };
}

function checkBounds(name: string, { first, last }: PageArguments): void {
  if (first == null && last == null)
    throw problem(
      "MISSING_PAGINATION_BOUNDARIES",
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  for (const [which, asked] of [
    ["first", first],
    ["last", last],
  ] as const) {
    if (asked == null) continue;
    if (asked > MOST)
      throw problem(
        "EXCESSIVE_PAGINATION",
        `Requesting ${asked} records on the \`${name}\` connection exceeds the \`${which}\` limit of ${MOST} records.`,
      );
    if (asked < 0)
      throw problem(
        "MISSING_PAGINATION_BOUNDARIES",
        `\`${which}\` on the \`${name}\` connection cannot be less than zero.`,
      );
  }
}

function order(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const cursorOf = (at: readonly number[]): string =>
  Buffer.from(`cursor:v2:${at.join(",")}`).toString("base64");

function placeIn(cursor: string): readonly number[] {
  const text = Buffer.from(cursor, "base64").toString();
  const numbers = text.startsWith("cursor:v2:") ? text.slice(10).split(",").map(Number) : [];
  if (numbers.length === 0 || numbers.some(Number.isNaN))
    throw problem("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
  return numbers;
}
