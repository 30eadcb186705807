import { createsContent } from "../http/limits.js";
import type { RequestEntry } from "../http/requests.js";
import type { Goal, Row } from "./row.js";
import type { BenchStage } from "./stage.js";

/** What something took, in requests to GitHub; tokens, which are fetched once an hour, are left out. */
export interface Cost {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** Of the writes, those that GitHub counts as new content: what notifies people. */
  readonly creating: number;
  readonly rest: number;
  /** Of REST, what had not changed: it takes nothing of the hour's requests. */
  readonly unchanged: number;
  readonly graphql: number;
  /** Of GraphQL, as GitHub counts them. */
  readonly points: number;
  /** Milliseconds of the sandbox's clock. */
  readonly took: number;
}

const UNITS = {
  requests: "requests",
  reads: "reads",
  writes: "writes",
  creating: "creating",
  rest: "REST",
  unchanged: "304",
  graphql: "GraphQL",
  points: "points",
} as const;

export type Counted = keyof typeof UNITS;

export const costRows = (
  name: string,
  size: number | null,
  cost: Cost,
  goals: Partial<Record<Counted, Goal>> = {},
): Row[] =>
  (Object.keys(UNITS) as Counted[]).map((key) => {
    const goal = goals[key];
    return { name, size, unit: UNITS[key], value: cost[key], ...(goal !== undefined && { goal }) };
  });

/** What the clerk asks of GitHub while something is done, and until it has nothing left to do. */
export class Meter {
  readonly #stage: BenchStage;
  #points = 0;

  constructor(stage: BenchStage) {
    this.#stage = stage;
    const { limits } = stage.github;
    const spend = limits.spend.bind(limits);
    limits.spend = (resource, points) => {
      if (resource === "graphql") this.#points += points;
      spend(resource, points);
    };
  }

  /** `patience`: how far the clock may move for what the clerk puts off. */
  async cost(doing: () => unknown, patience?: number): Promise<Cost> {
    const stage = this.#stage;
    const points = this.#points;
    const before = stage.requests().length;
    const from = stage.clock.now();
    await doing();
    await stage.settle(patience);
    const made = stage.requests().slice(before);
    return { ...counts(made), points: this.#points - points, took: stage.clock.now() - from };
  }
}

function counts(made: readonly RequestEntry[]): Omit<Cost, "points" | "took"> {
  const many = (test: (entry: RequestEntry) => boolean) => made.filter(test).length;
  const reads = many(({ kind }) => kind === "read");
  const graphql = many(({ path }) => path === "/graphql");
  return {
    requests: made.length,
    reads,
    writes: made.length - reads,
    creating: many(createsContent),
    rest: made.length - graphql,
    unchanged: many(({ status }) => status === 304),
    graphql,
  };
}

export const sum = (costs: readonly Cost[]): Cost =>
  costs.reduce((all, one) => ({
    requests: all.requests + one.requests,
    reads: all.reads + one.reads,
    writes: all.writes + one.writes,
    creating: all.creating + one.creating,
    rest: all.rest + one.rest,
    unchanged: all.unchanged + one.unchanged,
    graphql: all.graphql + one.graphql,
    points: all.points + one.points,
    took: all.took + one.took,
  }));
