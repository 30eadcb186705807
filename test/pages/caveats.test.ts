import { describe, expect, test } from "vitest";
import type { Halt } from "../../src/domain/model/publicView.js";
import { MINUTE } from "../../src/domain/text/time.js";
import { type Caveat, caveatSentence } from "../../src/pages/caveats.js";
import { etagOf } from "../../src/pages/conditional.js";
import { siteFiles } from "../../src/pages/files.js";
import { pagesFromStore } from "../../src/pages/fromStore.js";
import { everyRoute } from "../../src/pages/routes.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { wordsOf } from "../support/htmlPages.js";
import { answered } from "./pagesOf.js";
import { BODY, NOW, REPOSITORY, sourceOf } from "./world.js";

const SINCE = Date.parse("2026-12-08T09:30:00Z");
const EACH: readonly Caveat[] = (["invalid", "unlawful", "lost", "unread"] as const).map((why) => ({
  why,
  since: SINCE,
}));

/** Every page, by its path, as it is answered. */
async function everyPage(repository = REPOSITORY): Promise<ReadonlyMap<string, string>> {
  const source = sourceOf({ repositories: [repository], summaries: BODY });
  const pages = new Map<string, string>();
  for (const route of everyRoute) {
    const paths = await route.paths(source, repository);
    if (paths.kind === "unavailable") throw new Error(paths.why);
    for (const path of paths.told) {
      const { type, body } = await answered(source, `/matrix-org/matrix-spec-proposals/${path}`);
      if (type.startsWith("text/html")) pages.set(path, body);
    }
  }
  pages.set("nothing", (await answered(source, "/matrix-org/matrix-spec-proposals/nothing")).body);
  return pages;
}

describe("what stands here may be old, or stands still", () => {
  test("in words: since when, why, and what ends it", () => {
    expect(EACH.map(caveatSentence)).toMatchInlineSnapshot(`
      [
        "The config on the default branch has had faults since 8 December 2026, 09:30 UTC: until it is mended nothing is decided, and what stands here is as it was then.",
        "The config on the default branch was changed on 8 December 2026, 09:30 UTC without an approved amendment: until that is ratified or reverted, nothing begins or concludes that would not by the last lawful config too.",
        "Since 8 December 2026, 09:30 UTC the clerk does not know which config is lawful: until it is confirmed or amended, nothing begins or concludes.",
        "GitHub could not be read since 8 December 2026, 09:30 UTC: what stands here is as it was then.",
      ]
    `);
  });

  test("every page says so, above everything else, and none does where all is well", async () => {
    for (const [path, body] of await everyPage()) expect(body, path).not.toContain("caveat");
    const pages = await everyPage({ ...REPOSITORY, caveats: EACH });
    expect(pages.size).toBeGreaterThan(40);
    for (const [path, body] of pages) {
      const before = wordsOf(body.slice(0, body.indexOf("<h1>")));
      for (const caveat of EACH) expect(before, path).toContain(caveatSentence(caveat));
    }
  });

  test("the API's documents about the whole repository say so too", async () => {
    const source = sourceOf({
      repositories: [{ ...REPOSITORY, caveats: EACH.slice(0, 1) }],
      summaries: BODY,
    });
    for (const name of ["index", "board"]) {
      const { body } = await answered(source, `/matrix-org/matrix-spec-proposals/api/v1/${name}.json`);
      expect(JSON.parse(body).caveats).toEqual([
        { why: "invalid", since: "2026-12-08T09:30:00Z", sentence: EACH.slice(0, 1).map(caveatSentence)[0] },
      ]);
    }
  });
});

describe("from the store", () => {
  async function told({ halt, lookedAt, upTo }: { halt?: Halt; lookedAt?: number; upTo?: number }) {
    const store = inMemoryStore();
    await store.views.putRepository({ repository: 7, owner: "o", name: "r", url: "", isPublic: true });
    if (halt !== undefined) await store.views.putHalt(7, JSON.stringify(halt));
    if (upTo !== undefined) await store.putRound(7, { upTo });
    const source = pagesFromStore({
      ...{
        store,
        reading: () => null,
        lookedAt: () => lookedAt ?? null,
        now: () => NOW,
        roundEvery: 10 * MINUTE,
      },
    });
    const found = await source.repository("o", "r");
    if (found.kind === "unavailable" || found.told === null) throw new Error("It is not told.");
    return { caveats: found.told.caveats, asOf: found.told.asOf };
  }

  test("a config with faults: what stands there is as it was when they came, however often GitHub was read since", async () => {
    const halt: Halt = { why: "invalid", since: SINCE };
    expect(await told({ halt, lookedAt: NOW })).toEqual({ caveats: [halt], asOf: SINCE });
  });

  test("a config that nobody approved keeps nobody from looking", async () => {
    const halt: Halt = { why: "unlawful", since: SINCE };
    expect(await told({ halt, lookedAt: NOW })).toEqual({ caveats: [halt], asOf: NOW });
  });

  test("GitHub could not be read: after half an hour, by this process or any other", async () => {
    const at = NOW - 30 * MINUTE;
    expect(await told({ lookedAt: at })).toEqual({ caveats: [], asOf: at });
    expect(await told({ lookedAt: at - 1 })).toEqual({
      caveats: [{ why: "unread", since: at - 1 }],
      asOf: at - 1,
    });
    expect((await told({ lookedAt: at - 1, upTo: at })).caveats).toEqual([]);
    expect((await told({ upTo: at - 1 })).caveats).toEqual([{ why: "unread", since: at - 1 }]);
  });

  test("of what was never read it is not said", async () => {
    expect((await told({})).caveats).toEqual([]);
  });
});

describe("the moment of the last look", () => {
  const tags = async (asOf: number) =>
    new Map([...(await everyPage({ ...REPOSITORY, asOf }))].map(([path, body]) => [path, etagOf(body)]));

  test("is no part of a page that is kept up to date: its tag is the same as long as what it shows is", async () => {
    expect(await tags(REPOSITORY.asOf + 10 * MINUTE)).toEqual(await tags(REPOSITORY.asOf));
  });

  test("stands on each page of a site of files, which nobody keeps up to date", async () => {
    const repository = { ...REPOSITORY, frozen: true };
    const source = sourceOf({ repositories: [repository], summaries: BODY });
    for await (const file of siteFiles({
      source,
      repository,
      routes: everyRoute,
      now: NOW,
      publicRoot: null,
    })) {
      if (file.kind === "unavailable") throw new Error(file.why);
      if (file.told.path.endsWith(".html"))
        expect(wordsOf(file.told.body), file.told.path).toContain("As of 10 December 2026, 09:58 UTC.");
    }
  });
});
