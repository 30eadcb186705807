import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PublicEvent } from "../../src/domain/model/publicView.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { answerTo } from "../../src/pages/answering.js";
import { pagesFromStore } from "../../src/pages/fromStore.js";
import { everyRoute, pageAround } from "../../src/pages/routes.js";
import { keptEvent } from "../../src/runtime/reconcile/publicViews.js";
import { openStore } from "../../src/store/open.js";
import { voteOf } from "./detailed.js";
import { manyProposals, NOW } from "./world.js";

const ROOT = "/matrix-org/matrix-spec-proposals/";
const PAGES = ["", "feed.atom", "fcp.ics", "api/v1/events.json", "decisions/", "figures/", "1007/"];

/** Thirty of one proposal: a motion, votes with words, concerns, a period. */
function eventsOf(number: number): readonly PublicEvent[] {
  const from = NOW - 900 * DAY + number * HOUR;
  const url = (n: number) =>
    `https://github.com/matrix-org/matrix-spec-proposals/pull/${number}#issuecomment-${n}`;
  const event = (
    n: number,
    what: PublicEvent["what"],
    by: string | null = `member${n % 9}`,
  ): PublicEvent => ({
    ...{ id: `${what.kind} ${n}`, at: from + n * DAY, by, url: url(n), what },
  });
  const turnout = [{ team: "spec-core-team", title: "Spec Core Team", yes: 6, abstained: 1, size: 8 }];
  return [
    event(0, { kind: "opened" }),
    event(1, { kind: "motion", motion: 1, disposition: "merge" }),
    ...Array.from({ length: 20 }, (_, n) =>
      event(n + 2, voteOf("yes", `What I think of it, in some words: ${n}.`)),
    ),
    ...[1, 2].flatMap((n) => [
      event(21 + n, {
        kind: "concern",
        number: n,
        text: "This does not work in encrypted rooms.",
        of: "spoken",
      }),
      event(23 + n, { kind: "resolved", number: n }),
    ]),
    event(26, { kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: from + 31 * DAY }, null),
    event(31, { kind: "concluded", motion: 1, disposition: "merge", turnout }, null),
    event(32, { kind: "merged" }),
    event(33, { kind: "spec_missing" }, null),
  ];
}

test("of 30,000 events what one reconcile kept is read again, and no more", async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "msc-clerk-pages-"));
  const opened = await openStore({ dataDirectory, databaseUrl: process.env.BENCH_DATABASE_URL });
  if (opened.kind === "refused") throw new Error(opened.why);
  const { store } = opened;
  await store.views.putRepository({
    ...{ repository: 7, owner: "matrix-org", name: "matrix-spec-proposals" },
    ...{ url: "https://github.com/matrix-org/matrix-spec-proposals", isPublic: true },
  });
  const all = manyProposals(1_000);
  const put = (number: number, more: readonly PublicEvent[] = []) =>
    store.views.putView(
      { repository: 7, pull: number },
      { summary: JSON.stringify(all.find((one) => one.number === number)), detail: "" },
      [...eventsOf(number), ...more].map(keptEvent),
    );
  for (const { number } of all) await put(number);
  const source = pagesFromStore({
    store,
    reading: () => null,
    lookedAt: () => NOW,
    now: () => NOW,
    roundEvery: DAY,
  });
  const options = { source, routes: everyRoute, now: () => NOW, publicUrl: null, page: pageAround };
  const timed = async (path: string) => {
    const began = process.cpuUsage();
    const { status } = await answerTo(`${ROOT}${path}`, "", options);
    const { user, system } = process.cpuUsage(began);
    expect(status).toBe(200);
    return (user + system) / 1_000;
  };
  for (const path of PAGES) {
    const first = await timed(path);
    const times: number[] = [];
    for (let run = 0; run < 7; run += 1) {
      await put(1_000 + run, [{ id: `x ${run}`, at: NOW, by: null, url: null, what: { kind: "opened" } }]);
      times.push(await timed(path));
    }
    const middle = times.toSorted((a, b) => a - b)[3] ?? 0;
    // The feed is the first that needs all events, and reads them.
    if (path === "feed.atom") expect(middle).toBeLessThan(first / 2);
    console.log(`${path}: first ${first.toFixed(0)} ms, after a change ${middle.toFixed(1)} ms`);
  }
  await store.close();
});
