import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Happening, PublicEvent } from "../../src/domain/model/publicView.js";
import { DAY, HOUR, type Instant } from "../../src/domain/text/time.js";
import { lyingBars, monthBars } from "../../src/pages/drawing/bars.js";
import { clustered, packedRows } from "../../src/pages/drawing/clusters.js";
import { type Life, lifeDrawing } from "../../src/pages/drawing/lifeDrawing.js";
import { periodsOf } from "../../src/pages/drawing/periods.js";
import { stripDrawing } from "../../src/pages/drawing/strip.js";
import { tickWords } from "../../src/pages/drawing/timeAxis.js";
import { concernSpans, spreadOf } from "../../src/pages/figures.js";

const START = Date.parse("2026-03-02T09:00:00Z");

/** Every tag is closed in its order, every attribute stands in quotes, and none holds what is no number. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)(\/?)>/g,
    (_, end: string, name: string, __, alone: string) => {
      if (end !== "") expect(open.pop()).toBe(name);
      else if (alone === "") open.push(name);
      return "";
    },
  );
  return open.length === 0 && !/[<>]/.test(rest) && !/NaN|Infinity|undefined|null/.test(svg);
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>(
    { kind: "opened" },
    { kind: "ready" },
    { kind: "merged" },
    { kind: "closed" },
    { kind: "reopened" },
    { kind: "obsolete", by: null },
    { kind: "new_text", commit: "abc" },
    { kind: "spec_merged" },
    { kind: "review", verdict: "changes_requested", dismissed: false, text: "</svg>" },
    { kind: "waived", gate: '"', reason: "<" },
  ),
  fc.record({
    kind: fc.constant("motion" as const),
    motion: fc.nat(3),
    disposition: fc.constantFrom("merge" as const, "close" as const),
  }),
  fc.record({
    kind: fc.constant("vote" as const),
    motion: fc.nat(3),
    team: fc.string(),
    choice: fc.constantFrom("yes" as const, "abstain" as const, "retracted" as const),
    via: fc.constant("command" as const),
    text: fc.string(),
  }),
  fc.record({
    kind: fc.constant("concern" as const),
    number: fc.nat(30),
    text: fc.string(),
    of: fc.constant("spoken" as const),
  }),
  fc.record({ kind: fc.constant("resolved" as const), number: fc.nat(30) }),
  fc.record({
    kind: fc.constant("fcp_begun" as const),
    motion: fc.nat(3),
    disposition: fc.constant("merge" as const),
    endsAt: fc.integer({ min: 0, max: 4e12 }),
  }),
  fc.record({
    kind: fc.constant("cancelled" as const),
    motion: fc.nat(3),
    how: fc.constant("command" as const),
  }),
);

const life = (events: readonly Pick<PublicEvent, "at" | "what">[], over: Partial<Life> = {}): Life => ({
  number: 7,
  from: START,
  endedAt: null,
  now: START + DAY,
  events,
  concerns: concernSpans(events),
  ...over,
});

const votes = (many: number, apart: number) =>
  Array.from({ length: many }, (_, index) => ({
    at: START + index * apart,
    what: { kind: "vote", motion: 1, team: "core", choice: "yes", via: "tick", text: "" } as const,
  }));

describe("the drawing of a life", () => {
  test("is well formed, without a number that is none, whatever has happened and whenever", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: 0, max: 4e12 }), what: happening }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 4e12 }),
        fc.option(fc.integer({ min: 0, max: 4e12 })),
        (events, from, endedAt) => {
          const sorted = [...events].sort((a, b) => a.at - b.at);
          expect(wellFormed(lifeDrawing(life(sorted, { from, endedAt })).text)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("of two hours has its axis in hours, of two years in months and years", () => {
    const hours = lifeDrawing(life(votes(3, 40 * 60_000), { endedAt: START + 2 * HOUR })).text;
    expect(hours).toContain(">10:00</text>");
    const years = lifeDrawing(life(votes(3, 300 * DAY), { endedAt: START + 730 * DAY })).text;
    expect(years).toContain(">2027</text>");
    expect(years).toContain(">Oct</text>");
  });

  test("of three hundred votes has marks that do not lie upon each other, and all of them counted", () => {
    const { text } = lifeDrawing(life(votes(300, DAY), { endedAt: START + 300 * DAY }));
    const middles = Array.from(text.matchAll(/<circle cx="([\d.]+)"/g), ([, x]) => Number(x));
    expect(middles.length).toBeGreaterThan(10);
    for (const [index, x] of middles.slice(1).entries())
      expect(x - (middles[index] ?? 0)).toBeGreaterThan(17);
    const told = Array.from(text.matchAll(/text-anchor="middle">(\d+)<\/text><\/g>/g), ([, many]) =>
      Number(many),
    );
    expect(told.reduce((sum, many) => sum + many, 0)).toBe(300);
  });

  test("a running period is drawn up to its end to come, one that ended as far as it ran", () => {
    const begun = {
      at: START,
      what: { kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: START + 5 * DAY } as const,
    };
    expect(lifeDrawing(life([begun])).text).toContain('class="span ahead"');
    const ended = { at: START + 2 * HOUR, what: { kind: "cancelled", motion: 1, how: "command" } as const };
    expect(lifeDrawing(life([begun, ended])).text).not.toContain('class="span ahead"');
    expect(periodsOf([begun, ended])).toEqual([
      { motion: 1, from: START, endsAt: START + 5 * DAY, to: START + 2 * HOUR },
    ]);
  });

  test("concerns beyond eight at a time are told by their number", () => {
    const events = Array.from({ length: 12 }, (_, index) => ({
      at: START + index,
      what: { kind: "concern", number: index + 1, text: "<b>", of: "spoken" } as const,
    }));
    const { text } = lifeDrawing(life(events));
    expect(text.match(/class="span open"/g)).toHaveLength(8);
    expect(text).toContain("and 4 more concerns at the same times");
  });
});

test("marks are put together until none lie nearer than asked, and none is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 700, noNaN: true })), (places) => {
      const groups = clustered(
        places.map((x) => ({ x })),
        18,
      );
      expect(groups.flatMap(({ marks }) => marks)).toHaveLength(places.length);
      for (const [index, { x }] of groups.slice(1).entries())
        expect(x - (groups[index]?.x ?? 0)).toBeGreaterThanOrEqual(18 - 1e-6);
    }),
  );
});

test("spans of one row never touch", () => {
  const spans = [
    { from: 0, to: 5 },
    { from: 3, to: 4 },
    { from: 5, to: 9 },
    { from: 6, to: 7 },
    { from: 6, to: 7 },
  ];
  expect(packedRows(spans, 2)).toEqual([0, 1, 1, 0, null]);
});

test.each([
  ["2026-01-01T00:00:00Z", "2026"],
  ["2026-03-01T00:00:00Z", "Mar"],
  ["2026-03-03T00:00:00Z", "3 Mar"],
  ["2026-03-03T14:05:00Z", "14:05"],
  ["2026-03-03T14:05:07Z", "14:05:07"],
])("the line at %s is named %s", (moment, words) => {
  expect(tickWords(new Date(moment))).toBe(words);
});

describe("the drawings of figures", () => {
  test("nothing is drawn of nothing", () => {
    expect(stripDrawing("a", "A", spreadOf([]))).toBe(null);
  });

  test("are well formed of whatever lengths and numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 as Instant }), { minLength: 1 }), (lengths) => {
        expect(wellFormed(stripDrawing("a", "A", spreadOf(lengths))?.text ?? "")).toBe(true);
        const named = { id: "b", title: "<B>", description: "&" };
        const bars = lengths.map((value, index) => ({
          name: `<${index}>`,
          parts: [{ look: "first" as const, value }],
        }));
        expect(wellFormed(lyingBars(named, bars).text)).toBe(true);
        const months = [...new Set(lengths.map((at) => new Date(at).toISOString().slice(0, 7)))];
        expect(
          wellFormed(
            monthBars(
              named,
              months.map((month) => ({ month, value: 3 })),
            ).text,
          ),
        ).toBe(true);
      }),
    );
  });

  test("a single length has its median, and nothing that is no number", () => {
    const { text = "" } = stripDrawing("a", "A", spreadOf([3 * DAY])) ?? {};
    expect(text).toContain("median 3 days");
    expect(wellFormed(text)).toBe(true);
  });
});
