import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY } from "../../src/domain/text/time.js";
import { answerTo } from "../../src/pages/answering.js";
import { pagesFromStore } from "../../src/pages/fromStore.js";
import { everyRoute, pageAround } from "../../src/pages/routes.js";
import { openStore } from "../../src/store/open.js";
import { manyProposals, NOW } from "./world.js";

const middle = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;

test("a board of 1,000 proposals is made from the store in under 50 ms, and is under 200 kB", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "msc-clerk-pages-"));
  const opened = await openStore({ dataDirectory, databaseUrl: undefined });
  if (opened.kind === "refused") throw new Error(opened.why);
  const { store } = opened;
  await store.views.putRepository({
    ...{ repository: 7, owner: "matrix-org", name: "matrix-spec-proposals" },
    ...{ url: "https://github.com/matrix-org/matrix-spec-proposals", isPublic: true },
  });
  for (const summary of manyProposals(1_000))
    await store.views.putView(
      { repository: 7, pull: summary.number },
      { summary: JSON.stringify(summary), detail: "" },
      [],
    );
  const source = pagesFromStore({
    store,
    reading: () => null,
    lookedAt: () => NOW,
    now: () => NOW,
    roundEvery: DAY,
  });
  const options = { source, routes: everyRoute, now: () => NOW, publicUrl: null, page: pageAround };
  const times: number[] = [];
  for (let run = 0; run < 15; run += 1) {
    const began = process.cpuUsage();
    const { status, body } = await answerTo("/matrix-org/matrix-spec-proposals/", "", options);
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1_000);
    expect(status).toBe(200);
    expect(Buffer.byteLength(body)).toBeLessThan(200_000);
  }
  await store.close();
  console.log(`from the store: median ${middle(times).toFixed(1)} ms, first ${times[0]?.toFixed(1)} ms`);
  expect(middle(times)).toBeLessThan(50);
});
