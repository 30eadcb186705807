/**
 * Numeric ids, one count a kind. Comments, reviews, issues and pull requests are past 2³¹ on GitHub, so they are here:
 * whoever keeps them in 32 bits finds out. https://docs.github.com/graphql/reference/interfaces (fullDatabaseId)
 */
const FIRST = {
  account: 41_000_000,
  repository: 30_000_000,
  issue: 2_400_000_001,
  pull: 2_200_000_001,
  comment: 2_600_000_001,
  review: 3_000_000_001,
  inline: 2_150_000_001,
  label: 5_100_000_001,
  event: 15_000_000_001,
  suite: 45_000_000_001,
  run: 50_000_000_001,
  reaction: 260_000_001,
  revision: 900_000_001,
} as const;

export type IdKind = keyof typeof FIRST;

export type NextIds = Readonly<Record<IdKind, number>>;

export class Ids {
  #next: Record<IdKind, number> = { ...FIRST };

  /** What each kind gets next. */
  get all(): NextIds {
    return { ...this.#next };
  }
  set all(next: NextIds) {
    this.#next = { ...next };
  }

  next(kind: IdKind): number {
    const id = this.#next[kind];
    this.#next[kind] = id + 1;
    return id;
  }
}

/** The prefixes GitHub's own node ids have. */
const PREFIX = {
  account: "U",
  bot: "BOT",
  mannequin: "MDk6TWFubmVxdWlu",
  organization: "O",
  repository: "R",
  commit: "C",
  ref: "REF",
  blob: "B",
  label: "LA",
  issue: "I",
  pull: "PR",
  comment: "IC",
  review: "PRR",
  inline: "PRRC",
  inlineThread: "PRRT",
  event: "EV",
  suite: "CS",
  run: "CR",
  reaction: "REA",
  revision: "UCE",
  app: "A",
  installation: "INS",
  queue: "MQ",
  queueEntry: "MQE",
} as const;

export type NodeKind = keyof typeof PREFIX;

/** What a node id stands for: its kind and the path to it (repository id, number, own id; as far as it has them). */
export interface NodePlace {
  readonly kind: NodeKind;
  readonly path: readonly string[];
}

/** Node ids are opaque to whoever uses them; here they hold the place itself, so that no index is needed. */
export function nodeId(kind: NodeKind, ...path: readonly (number | string)[]): string {
  let place = "";
  for (const step of path) place += place === "" ? step : `.${step}`;
  const before = known.get(kind);
  const ids = before === undefined || before.size > 5000 ? new Map<string, string>() : before;
  if (ids !== before) known.set(kind, ids);
  // The same few are asked for again and again.
  const made = ids.get(place);
  if (made !== undefined) return made;
  const id = `${PREFIX[kind]}_kw${Buffer.from(place).toString("base64url")}`;
  ids.set(place, id);
  return id;
}
const known = new Map<NodeKind, Map<string, string>>();

const KINDS = new Map<string, NodeKind>(
  Object.entries(PREFIX).map(([kind, prefix]) => [prefix, kind as NodeKind]),
);

/** null when it is no node id of this sandbox. */
export function placeOf(id: string): NodePlace | null {
  const cut = id.indexOf("_kw");
  const kind = cut < 0 ? undefined : KINDS.get(id.slice(0, cut));
  return kind === undefined
    ? null
    : {
        kind,
        path: Buffer.from(id.slice(cut + 3), "base64url")
          .toString()
          .split("."),
      };
}
