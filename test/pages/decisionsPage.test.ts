import { describe, expect, test } from "vitest";
import { endedMotions } from "../../src/pages/decided.js";
import { decisionsRoute, yearRoute } from "../../src/pages/decisionsPage.js";
import type { DecidedLine, ProposalEvent } from "../../src/pages/source.js";
import { foreignIn, pageOf, pathsOf, wordsOf } from "./asked.js";
import { at, BUSY, eventAt, NOW, summaryOf } from "./detailed.js";
import { HOSTILE_TEXTS, hostileSummary } from "./world.js";

const line = (number: number, pull: number, when: string, over: Partial<DecidedLine> = {}): DecidedLine => ({
  ...{ number, pull, motion: 1, outcome: "merge", at: at(when), hash: "0".repeat(64) },
  url: `https://github.com/matrix-org/matrix-spec-proposals/pull/${pull}#issuecomment-5`,
  ...over,
});
const event = (
  number: number,
  when: string,
  what: ProposalEvent["what"],
  by: string | null = "uhoreg",
): ProposalEvent => ({
  ...eventAt(when, by, what),
  number,
});
const concluded = (disposition: "merge" | "close" | "postpone"): ProposalEvent["what"] => ({
  kind: "concluded",
  motion: 1,
  disposition,
  turnout: [
    { team: "core", title: "Spec Core Team", yes: 6, abstained: 1, size: 8 },
    { team: "guardians", title: "Guardians", yes: 2, abstained: 0, size: 2 },
  ],
});

describe("the page of decisions", () => {
  test("tells of a decision what it was, when, by how many, where its record stands, and how to prove it", async () => {
    const page = await pageOf(
      decisionsRoute,
      "decisions/",
      {
        summaries: [summaryOf(1772)],
        events: [event(1772, "2026-03-06T09:00:00Z", concluded("merge"))],
        decisions: [line(4, 1772, "2026-03-06T09:00:00Z")],
      },
      NOW,
    );
    const words = wordsOf(page);
    expect(words).toContain(
      "#1772 MSC1772: Matrix spaces Accepted on 6 March 2026, 09:00 UTC, moved to merge",
    );
    expect(words).toContain("Spec Core Team: 6 yes, 1 abstained, of 8");
    expect(words).toContain("Guardians: 2 yes, of 2");
    expect(words).toContain("npx msc-clerk verify matrix-org/matrix-spec-proposals#1772");
    expect(page).toContain(
      'href="https://github.com/matrix-org/matrix-spec-proposals/pull/1772#issuecomment-5" rel="noreferrer nofollow ugc">Record 4</a>',
    );
    expect(page).toContain('href="../api/v1/decisions/4.json"');
    expect(page).toContain('href="../1772/"');
  });

  test("tells what was cancelled, decided elsewhere, merged undecided and corrected, with why", async () => {
    const words = wordsOf(
      await pageOf(
        decisionsRoute,
        "decisions/",
        {
          summaries: [1, 2, 3, 4].map((number) => summaryOf(number)),
          events: [
            event(1, "2026-01-01T00:00:00Z", { kind: "cancelled", motion: 1, how: "closed" }),
            event(2, "2026-01-02T00:00:00Z", {
              kind: "overridden",
              motion: 1,
              outcome: "cancelled",
              reason: "The board said so.",
            }),
            event(3, "2026-01-03T00:00:00Z", { kind: "merged_undecided", motion: 1 }),
            event(4, "2026-01-04T00:00:00Z", concluded("close")),
            event(
              4,
              "2026-01-05T00:00:00Z",
              { kind: "corrected", motion: 1, reason: "A vote was counted twice." },
              "ara4n",
            ),
          ],
          decisions: [
            line(1, 2, "2026-01-02T00:00:00Z", { outcome: "override cancelled" }),
            line(2, 4, "2026-01-04T00:00:00Z", { outcome: "close" }),
          ],
        },
        NOW,
      ),
    );
    expect(words).toContain(
      "Cancelled: it was closed on 1 January 2026, 00:00 UTC Where it ended; nothing was decided, so there is no record.",
    );
    expect(words).toContain(
      "Cancelled by a decision elsewhere on 2 January 2026, 00:00 UTC The board said so.",
    );
    expect(words).toContain("Merged without a decision on 3 January 2026");
    expect(words).toContain(
      "Rejected on 4 January 2026, 00:00 UTC, moved to close Marked as wrong by ara4n on 5 January 2026: A vote was counted twice.",
    );
  });

  test("lists what was decided before the clerk came by its labels, and marks it: no record", async () => {
    const page = await pageOf(yearRoute, "decisions/2023/", BUSY, NOW);
    const words = wordsOf(page);
    expect(words).toContain(
      "Told by their labels, 8 proposals ended in 2023. No record: decided before the clerk came.",
    );
    expect(words).toContain("#28 MSC28: An early idea Accepted, closed on 13 December 2023, no record");
    expect(page).not.toContain("verify matrix-org/matrix-spec-proposals#28");
    expect(page).toContain('href="../../28/"');
  });

  test("has a page for each year, the newest first and in full, and none for a year without any", async () => {
    expect(await pathsOf(yearRoute, BUSY)).toEqual([
      "decisions/2026/",
      "decisions/2025/",
      "decisions/2024/",
      "decisions/2023/",
    ]);
    const page = await pageOf(decisionsRoute, "decisions/", BUSY, NOW);
    expect(page).toContain('<a href="../decisions/2026/" aria-current="page">2026</a>');
    await expect(pageOf(yearRoute, "decisions/2019/", BUSY, NOW)).rejects.toThrow();
  });

  test("with nothing decided says so", async () => {
    expect(wordsOf(await pageOf(decisionsRoute, "decisions/", {}, NOW))).toContain(
      "Nothing has been decided yet.",
    );
  });

  test("a motion is told once, by its record where there is one; an amendment is called approved", () => {
    const facts = [event(9, "2026-03-06T09:00:00Z", concluded("merge"))];
    const known = [summaryOf(9, { amendment: true })];
    expect(endedMotions(known, facts, [])).toMatchObject([{ outcome: "Amendment approved", record: null }]);
    expect(
      endedMotions(known, facts, [line(1, 9, "2026-03-06T09:00:00Z", { outcome: "amendment" })]),
    ).toMatchObject([
      {
        outcome: "Amendment approved",
        how: "concluded",
        record: { number: 1 },
        turnout: [{ yes: 6 }, { yes: 2 }],
      },
    ]);
  });

  test("an outcome of a release to come is told as it stands there, and years turn in UTC", () => {
    const told = endedMotions(
      [],
      [],
      [
        line(1, 9, "2025-12-31T23:59:59Z", { outcome: "shelved" }),
        line(2, 9, "2026-01-01T00:00:00Z", { motion: 2 }),
      ],
    );
    expect(told.map(({ outcome }) => outcome)).toEqual(["Accepted", "shelved"]);
  });

  test.each([...HOSTILE_TEXTS.entries()])(
    "texts of people are text: the hostile text %i",
    async (_, text) => {
      const page = await pageOf(
        decisionsRoute,
        "decisions/",
        {
          summaries: [
            hostileSummary(7, text),
            { ...hostileSummary(8, text, "merged"), known: "labels", endedAt: at("2026-01-01T00:00:00Z") },
          ],
          events: [
            event(7, "2026-01-04T00:00:00Z", {
              kind: "concluded",
              motion: 1,
              disposition: "merge",
              turnout: [{ team: text, title: text, yes: 1, abstained: 0, size: 1 }],
            }),
            event(7, "2026-01-05T00:00:00Z", { kind: "corrected", motion: 1, reason: text }, text),
            event(
              7,
              "2026-01-06T00:00:00Z",
              { kind: "overridden", motion: 2, outcome: "finished", reason: text },
              text,
            ),
          ],
          decisions: [line(1, 7, "2026-01-04T00:00:00Z", { outcome: text, url: `javascript:${text}` })],
        },
        NOW,
      );
      expect(foreignIn(page)).toEqual([]);
    },
  );
});
