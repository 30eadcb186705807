import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Happening, ProposalSummary } from "../../src/domain/model/publicView.js";
import { DAY, HOUR, type Instant } from "../../src/domain/text/time.js";
import { concernSpans, countedAges, figuresOf, lengthWords, spreadOf } from "../../src/pages/figures.js";
import type { ProposalEvent } from "../../src/pages/source.js";

const NOW = Date.parse("2026-03-15T12:00:00Z");
const at = (text: string): Instant => Date.parse(text);

const summary = (number: number, over: Partial<ProposalSummary> = {}): ProposalSummary => ({
  number,
  title: "",
  url: "",
  author: null,
  authors: [],
  shepherd: null,
  documentation: [],
  labels: [],
  state: "open",
  draft: false,
  createdAt: at("2026-03-01T00:00:00Z"),
  updatedAt: NOW,
  endedAt: null,
  known: "clerk",
  amendment: false,
  place: "in_review",
  sentence: "",
  motion: null,
  teams: [],
  concerns: [],
  gates: [],
  fcp: null,
  turn: null,
  since: NOW,
  ...over,
});

let ids = 0;
const event = (number: number, when: string, what: Happening, by: string | null = "ann"): ProposalEvent => {
  ids += 1;
  return { number, id: String(ids), at: at(when), by, url: null, what };
};
const motion = (motionNumber: number): Happening => ({
  kind: "motion",
  motion: motionNumber,
  disposition: "merge",
});
const begun = (motionNumber: number): Happening => ({
  kind: "fcp_begun",
  motion: motionNumber,
  disposition: "merge",
  endsAt: NOW,
});
const vote = (choice: "yes" | "abstain" | "retracted", team = "core"): Happening => ({
  kind: "vote",
  motion: 1,
  team,
  choice,
  via: "command",
  text: "",
});

describe("the middle of lengths of time", () => {
  test.each([
    { of: [], middle: null },
    { of: [5], middle: { lower: 5, median: 5, upper: 5 } },
    { of: [4, 2], middle: { lower: 2.5, median: 3, upper: 3.5 } },
    { of: [9, 1, 5], middle: { lower: 3, median: 5, upper: 7 } },
    { of: [-3, 1], middle: { lower: 0.25, median: 0.5, upper: 0.75 } },
  ])("of $of it is $middle", ({ of, middle }) => {
    expect(spreadOf(of).middle).toEqual(middle);
  });

  test("never lies outside of what there is, and is never no number", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1 }), (lengths) => {
        const { middle } = spreadOf(lengths);
        const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
        for (const value of [middle?.lower, middle?.median, middle?.upper])
          expect(value !== undefined && value >= least && value <= most).toBe(true);
      }),
    );
  });
});

test("without a proposal there is nothing yet, and no number that is none", () => {
  const figures = figuresOf([], [], NOW);
  expect(figures.counted).toBe(0);
  for (const spread of [figures.toMotion, figures.toFcp, figures.toMerge, figures.openAge])
    expect(spread).toEqual({ lengths: [], middle: null });
  expect(figures.votes).toHaveLength(24);
  expect(JSON.stringify(figures)).not.toMatch(/NaN/);
});

test("the first motion counts from the opening, each period from its own motion, the last period to the merge", () => {
  const figures = figuresOf(
    [summary(1, { state: "merged", endedAt: at("2026-03-14T00:00:00Z") })],
    [
      event(1, "2026-03-03T00:00:00Z", motion(1)),
      event(1, "2026-03-04T00:00:00Z", { kind: "cancelled", motion: 1, how: "command" }),
      event(1, "2026-03-05T00:00:00Z", motion(2)),
      event(1, "2026-03-06T12:00:00Z", begun(2)),
      event(1, "2026-03-13T12:00:00Z", { kind: "merged" }),
    ],
    NOW,
  );
  expect(figures.toMotion.lengths).toEqual([2 * DAY]);
  expect(figures.toFcp.lengths).toEqual([1.5 * DAY]);
  expect(figures.toMerge.lengths).toEqual([7 * DAY]);
  expect(figures.openAge.lengths).toEqual([]);
});

test("what is known by its labels only, and amendments, tell no times; but what is open has an age", () => {
  const figures = figuresOf(
    [summary(1, { known: "labels" }), summary(2, { amendment: true })],
    [event(1, "2026-03-03T00:00:00Z", motion(1)), event(2, "2026-03-03T00:00:00Z", motion(1))],
    NOW,
  );
  expect(figures.counted).toBe(0);
  expect(figures.toMotion.lengths).toEqual([]);
  expect(figures.openAge.lengths).toEqual([14.5 * DAY]);
});

describe("votes a month", () => {
  test("a month begins and ends in UTC", () => {
    const { votes } = figuresOf(
      [summary(1)],
      [
        event(1, "2026-01-31T23:59:59Z", vote("yes")),
        event(1, "2026-02-01T00:00:00Z", vote("yes")),
        event(1, "2026-02-28T23:59:59Z", vote("abstain")),
        event(1, "2026-03-01T00:00:00Z", vote("yes")),
        event(1, "2024-03-31T23:59:59Z", vote("yes")),
        event(1, "2024-04-01T00:00:00Z", vote("yes")),
      ],
      NOW,
    );
    expect(votes.filter((month) => month.votes > 0)).toEqual([
      { month: "2024-04", votes: 1 },
      { month: "2026-01", votes: 1 },
      { month: "2026-02", votes: 2 },
      { month: "2026-03", votes: 1 },
    ]);
    expect(votes[0]?.month).toBe("2024-04");
    expect(votes.at(-1)?.month).toBe("2026-03");
  });

  test("one word for two teams is one vote, and a vote taken back is none", () => {
    const { votes } = figuresOf(
      [summary(1)],
      [
        event(1, "2026-03-02T09:00:00Z", vote("yes", "core")),
        event(1, "2026-03-02T09:00:00Z", vote("yes", "guardians")),
        event(1, "2026-03-02T10:00:00Z", vote("retracted")),
        event(1, "2026-03-02T09:00:00Z", vote("yes"), "bob"),
      ],
      NOW,
    );
    expect(votes.at(-1)?.votes).toBe(2);
  });
});

test("a concern is resolved, open, or was left when its proposal ended; raised again it is one, and open again", () => {
  const concern = (number: number): Happening => ({ kind: "concern", number, text: "", of: "spoken" });
  const [spoken, requested] = figuresOf(
    [summary(1), summary(2, { state: "closed" })],
    [
      event(1, "2026-03-02T00:00:00Z", concern(1)),
      event(1, "2026-03-04T00:00:00Z", { kind: "resolved", number: 1 }),
      event(1, "2026-03-05T00:00:00Z", concern(2)),
      event(1, "2026-03-06T00:00:00Z", { kind: "resolved", number: 2 }),
      event(1, "2026-03-07T00:00:00Z", concern(2)),
      event(2, "2026-03-02T00:00:00Z", concern(1)),
    ],
    NOW,
  ).concerns;
  expect(spoken).toMatchObject({ kind: "spoken", raised: 3, resolved: 1, open: 1, left: 1 });
  expect(spoken?.toResolve.middle?.median).toBe(2 * DAY);
  expect(requested).toMatchObject({ kind: "changes_requested", raised: 0, toResolve: { middle: null } });
});

test("a resolution of what nobody had raised is none", () => {
  expect(concernSpans([event(1, "2026-03-02T00:00:00Z", { kind: "resolved", number: 7 })])).toEqual([]);
});

test.each([
  [7 * DAY - 1, "under a week"],
  [7 * DAY, "1 to 4 weeks"],
  [730 * DAY - 1, "1 to 2 years"],
  [40 * 365 * DAY, "4 years or more"],
])("an age of %d is put with %s", (length, words) => {
  expect(countedAges([length]).filter(({ count }) => count > 0)).toEqual([{ words, count: 1 }]);
});

test.each([
  [0, "under an hour"],
  [HOUR, "1 hour"],
  [1.4 * HOUR, "1 hour"],
  [47 * HOUR, "47 hours"],
  [2 * DAY, "2 days"],
  [3.54 * DAY, "3.5 days"],
  [12.4 * DAY, "12 days"],
  [1234 * DAY, "1,234 days"],
])("%d is told as %s", (length, words) => {
  expect(lengthWords(length)).toBe(words);
});
