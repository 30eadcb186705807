import { expect, test } from "vitest";
import { decisionsRoute, yearRoute } from "../../src/pages/decisionsPage.js";
import { figuresRoute } from "../../src/pages/figuresPage.js";
import { proposalRoute } from "../../src/pages/proposalPage.js";
import { everyRoute } from "../../src/pages/routes.js";
import { teamsOnRoute, teamsRoute } from "../../src/pages/teamsPage.js";
import { answerOf, pathsOf } from "./asked.js";
import { BUSY, NOW } from "./detailed.js";

/** Where a link of a page leads, below the repository; null: to somebody else's. */
function aim(href: string, path: string): string | null {
  const base = `https://here.example/o/r/${path}`;
  const to = new URL(href, base);
  return to.origin === "https://here.example" ? to.pathname.replace(/^\/o\/r\//, "") : null;
}

const HERE = new Set([proposalRoute, decisionsRoute, yearRoute, teamsRoute, teamsOnRoute, figuresRoute]);

test("as files, no link of a proposal, of decisions, teams and figures leads nowhere", async () => {
  const all = new Map(
    await Promise.all(everyRoute.map(async (route) => [route, await pathsOf(route, BUSY)] as const)),
  );
  const known = new Set([...all.values()].flat());
  const dead = new Set<string>();
  for (const [route, paths] of all) {
    if (!HERE.has(route)) continue;
    for (const path of paths) {
      const answer = await answerOf(route, path, BUSY, NOW, { live: false });
      expect(answer?.status, path).toBe(200);
      if (answer?.type.startsWith("text/html") !== true) continue;
      for (const [, href = ""] of answer.body.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        const to = aim(href.replaceAll("&amp;", "&"), path);
        if (to !== null && !known.has(to)) dead.add(`${path} → ${to}`);
      }
    }
  }
  expect([...dead]).toEqual([]);
});
