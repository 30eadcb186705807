import { describe, expect, test } from "vitest";
import { figuresRoute } from "../../src/pages/figuresPage.js";
import { foreignIn, pageOf, pathsOf, wordsOf } from "./asked.js";
import { BUSY, NOW, summaryOf } from "./detailed.js";
import { HOSTILE_TEXTS, hostileSummary } from "./world.js";

describe("the page of figures", () => {
  test("with nothing to tell says so, and draws nothing", async () => {
    const page = await pageOf(figuresRoute, "figures/", {}, NOW);
    expect(wordsOf(page).match(/Nothing yet\./g)).toHaveLength(5);
    expect(wordsOf(page)).toContain("Age of what is open Nothing is open.");
    expect(page).not.toMatch(/NaN|Infinity|<svg/);
  });

  test("tells each figure in a sentence, draws it, and has its numbers in a table", async () => {
    const page = await pageOf(figuresRoute, "figures/", BUSY, NOW);
    const words = wordsOf(page);
    expect(words).toContain(
      "Half take up to 70 days; the middle half between 37 days and 105 days. 48 of 50 proposals that the clerk counts got there.",
    );
    expect(words).toContain("Of 43 motions whose period began.");
    expect(words).toContain("271 votes in the last 24 months");
    expect(words).toContain("17 concerns.");
    expect(page.match(/<svg class="drawing/g)).toHaveLength(6);
    expect(page.match(/<details><summary>The numbers/g)).toHaveLength(6);
    expect(page).not.toMatch(/NaN|Infinity/);
  });

  test("of a single proposal says that it is the only one", async () => {
    const words = wordsOf(
      await pageOf(
        figuresRoute,
        "figures/",
        {
          summaries: [summaryOf(1, { createdAt: NOW - 86_400_000 * 5 })],
          events: [
            {
              number: 1,
              id: "m",
              at: NOW - 86_400_000 * 2,
              by: "x",
              url: null,
              what: { kind: "motion", motion: 1, disposition: "merge" },
            },
          ],
        },
        NOW,
      ),
    );
    expect(words).toContain(
      "From opening to motion One so far: 3 days. 1 of 1 proposal that the clerk counts got there.",
    );
    expect(words).toContain("1 proposal open; half of them for up to 5 days.");
  });

  test("is one page", async () => {
    expect(await pathsOf(figuresRoute, BUSY)).toEqual(["figures/"]);
  });

  test("no text of anybody comes into it", async () => {
    for (const text of HOSTILE_TEXTS) {
      const page = await pageOf(figuresRoute, "figures/", { summaries: [hostileSummary(1, text)] }, NOW);
      expect(foreignIn(page)).toEqual([]);
    }
  });
});
