import { describe, expect, test } from "vitest";
import { HoursLeft } from "../../src/github/client/hours.js";
import type { WriteOutcome, Writer } from "../../src/github/ports.js";
import { joined, NO_ORIGIN, type Origin, ofDelivery, origin } from "../../src/platform/origin.js";
import { newMetrics } from "../support/metrics.js";
import { addLabel, check, ref } from "./fakes.js";

const writer = (outcome: WriteOutcome): Writer => ({
  apply: async () => outcome,
  applyTogether: async (_ref, actions) => actions.map(() => outcome),
  canKeep: () => "kept",
  ensureLabels: async () => outcome,
});
const DONE: WriteOutcome = { kind: "done", id: null };
const byRound: Origin = { ...NO_ORIGIN, round: "night" };

/** How many repairs at night, after these writes in this course. */
async function repairs(led: Origin | null, outcome: WriteOutcome = DONE): Promise<number | undefined> {
  const metrics = newMetrics();
  const counting = metrics.counting(writer(outcome));
  await origin.during(led, async () => {
    await counting.apply(ref(), check());
    await counting.applyTogether(ref(), [addLabel("a"), addLabel("b")]);
  });
  const { values } = (await metrics.registry.getSingleMetric("msc_clerk_repairs_total")?.get()) ?? {
    values: [],
  };
  return values.find(({ labels }) => labels.round === "night")?.value;
}

describe("a repair", () => {
  test("is counted once for all that is written in one course that a round alone led to", async () => {
    expect(await repairs(byRound)).toBe(1);
  });

  test.each<[string, Origin | null, WriteOutcome]>([
    ["a webhook told of it", joined(byRound, ofDelivery("d1")), DONE],
    ["a webhook asked for the round", { ...ofDelivery("d1"), round: "night" }, DONE],
    ["a moment came", NO_ORIGIN, DONE],
    ["nothing is known of how it came", null, DONE],
    ["nothing was written", byRound, { kind: "later", why: "", retryAt: null }],
  ])("is none where %s", async (_what, led, outcome) => {
    expect(await repairs(led, outcome)).toBe(0);
  });
});

test("held proposals are those that are held now", async () => {
  const metrics = newMetrics();
  const held = async () => {
    const found = await metrics.registry.getSingleMetric("msc_clerk_held_proposals")?.get();
    return Object.fromEntries((found?.values ?? []).map(({ labels, value }) => [labels.reason, value]));
  };
  metrics.evaluated(ref(1), { reason: "held", holds: ["draft", "base"] });
  metrics.evaluated(ref(2), { reason: "held", holds: ["draft"] });
  expect(await held()).toEqual({ draft: 2, base: 1 });
  metrics.evaluated(ref(1), { reason: "awaiting_votes", holds: [] });
  expect(await held()).toEqual({ draft: 1 });
});

describe("what GitHub leaves of an hour", () => {
  const headers = (resource: string, remaining: number, reset = 3600) => ({
    ...{ "x-ratelimit-resource": resource, "x-ratelimit-limit": "5000" },
    ...{ "x-ratelimit-remaining": String(remaining), "x-ratelimit-reset": String(reset) },
  });

  test("is that of the last answer, by installation and API, and whole again when the hour is over", () => {
    const hours = new HoursLeft();
    hours.answered(7, headers("core", 4000));
    hours.answered(7, headers("core", 3999));
    hours.answered(7, headers("graphql", 10));
    hours.answered(null, headers("core", 4998));
    hours.answered(7, headers("code_search", 1));
    hours.answered(8, {});
    expect(hours.at(0).map(({ installation, api, remaining }) => [installation, api, remaining])).toEqual([
      [7, "rest", 3999],
      [7, "graphql", 10],
      [null, "rest", 4998],
    ]);
    expect(hours.at(3_600_000).map(({ remaining }) => remaining)).toEqual([5000, 5000, 5000]);
    expect(hours.at(30 * 3_600_000)).toEqual([]);
  });
});
