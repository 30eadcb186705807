/** Paging as GitHub's connections do it. https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Connection<T> {
  readonly totalCount: number;
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * A page of a list. The cursor holds the item's own key, not its place, so that what is added or taken away between two pages
 * shifts nothing. `make` is called for the items of the page only.
 */
export function connection<S, T>(
  all: readonly S[],
  args: PageArguments,
  keyOf: (item: S) => string | number,
  make: (item: S) => T,
  name: string,
): Connection<T> {
  const { first, last, after, before } = args;
  if (first == null && last == null) {
    throw new Error(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  for (const [value, which] of [
    [first, "first"],
    [last, "last"],
  ] as const) {
    if (value != null && value > 100) {
      throw new Error(
        `Requesting ${value} records on the \`${name}\` connection exceeds the \`${which}\` limit of 100 records.`,
      );
    }
    if (value != null && value < 1) {
      throw new Error(`\`${which}\` on the \`${name}\` connection cannot be less than 1.`);
    }
  }
  const placeOf = (cursor: string) => {
    const key = Buffer.from(cursor, "base64").toString();
    const at = all.findIndex((item) => `cursor:${keyOf(item)}` === key);
    if (at < 0) throw new Error(`\`${cursor}\` does not appear to be a valid cursor.`);
    return at;
  };
  let from = after == null ? 0 : placeOf(after) + 1;
  let to = before == null ? all.length : placeOf(before);
  if (first != null) to = Math.min(to, from + first);
  if (last != null) from = Math.max(from, to - last);
  const page = all.slice(from, to);
  const edges = page.map((item) => ({
    node: make(item),
    cursor: Buffer.from(`cursor:${keyOf(item)}`).toString("base64"),
  }));
  return {
    totalCount: all.length,
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: {
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
