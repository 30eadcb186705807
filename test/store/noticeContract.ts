import { afterEach, describe, expect, test } from "vitest";
import type { Store, Stored } from "../../src/store/port.js";

/** What every store does alike of what a Matrix room was told. `open`: a new, empty one. */
export function noticeContract(name: string, open: () => Promise<Store>): void {
  const opened: Store[] = [];
  const fresh = async () => {
    const store = await open();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  const filled = async () => {
    const store = await fresh();
    await store.views.putView(OF, VIEW, [event("b", 5), event("a", 5), event("early", 4)]);
    await store.views.putView({ ...OF, pull: 3 }, VIEW, [event("c", 5, "words\u0000"), event("late", 9)]);
    await store.views.putView({ repository: 8, pull: 12 }, VIEW, [event("elsewhere", 9)]);
    return store;
  };

  describe(`the store ${name}: what a Matrix room was told`, () => {
    test("nothing is to be told before a mark was set", async () => {
      const { notices } = await filled();
      expect(await notices.marks()).toEqual(kept([]));
      expect(await notices.untold(7)).toEqual(kept([]));
    });

    test("what happened from the mark on, at that very moment too, by time; of that repository alone", async () => {
      const { notices } = await filled();
      expect(await notices.putMark({ repository: 7, since: 5 })).toEqual(kept(null));
      expect(await notices.untold(7)).toEqual(
        kept([
          { pull: 3, ...event("c", 5, "words\u0000"), transaction: null },
          { pull: 12, ...event("a", 5), transaction: null },
          { pull: 12, ...event("b", 5), transaction: null },
          { pull: 3, ...event("late", 9), transaction: null },
        ]),
      );
      expect(await notices.untold(8)).toEqual(kept([]));
    });

    test("what was begun says so until it is over, and its first attempt stays", async () => {
      const { notices } = await filled();
      await notices.putMark({ repository: 7, since: 6 });
      const of = { repository: 7, pull: 3 };
      const attempt = { event: "late", at: 9, transaction: "t\u0000" };
      expect(await notices.begin(of, attempt)).toEqual(kept(null));
      await notices.begin(of, { ...attempt, transaction: "another" });
      expect(await notices.untold(7)).toEqual(
        kept([{ pull: 3, ...event("late", 9), transaction: "t\u0000" }]),
      );
      expect(await notices.end(of, "late")).toEqual(kept(null));
      await notices.begin(of, attempt);
      expect(await notices.untold(7)).toEqual(kept([]));
      expect(await notices.end(of, "never begun")).toEqual(kept(null));
    });

    test("something of the repository and of no proposal is told like an event, the first of its id; pages show nothing of it", async () => {
      const store = await filled();
      await store.notices.putMark({ repository: 7, since: 6 });
      const added = { id: "digest 1", at: 7, event: "the first\u0000" };
      expect(await store.notices.add(7, added)).toEqual(kept(null));
      await store.notices.add(7, { ...added, event: "another" });
      await store.notices.add(7, { ...added, id: "early", at: 5 });
      await store.notices.add(8, added);
      expect(await store.notices.untold(7)).toEqual(
        kept([
          { pull: 0, ...added, words: "", transaction: null },
          { pull: 3, ...event("late", 9), transaction: null },
        ]),
      );
      const of = { repository: 7, pull: 0 };
      await store.notices.begin(of, { event: "digest 1", at: 7, transaction: "t" });
      await store.notices.end(of, "digest 1");
      expect(await store.notices.untold(7)).toEqual(
        kept([{ pull: 3, ...event("late", 9), transaction: null }]),
      );
      expect((await store.views.summaries(7, [3])).kind === "stored" && (await store.views.view(of))).toEqual(
        kept(null),
      );
      const shown = await store.views.editions(7);
      expect(shown.kind === "stored" && shown.kept.some(({ pull }) => pull === 0)).toBe(false);
    });

    test("a mark is never moved back, and the proposal has to have a view", async () => {
      const { notices, views } = await filled();
      await notices.putMark({ repository: 7, since: 9 });
      await notices.putMark({ repository: 7, since: 1 });
      expect(await notices.marks()).toEqual(kept([{ repository: 7, since: 9 }]));
      await views.dropView({ repository: 7, pull: 3 });
      expect(await notices.untold(7)).toEqual(kept([]));
    });

    test("what was told of before the mark is forgotten, and not told again", async () => {
      const { notices } = await filled();
      await notices.putMark({ repository: 7, since: 5 });
      await notices.begin(OF, { event: "a", at: 5, transaction: "t" });
      await notices.begin({ repository: 7, pull: 3 }, { event: "late", at: 9, transaction: "t" });
      await notices.end({ repository: 7, pull: 3 }, "late");
      await notices.putMark({ repository: 7, since: 6 });
      expect(await notices.untold(7)).toEqual(kept([]));
    });

    test("of a repository that the App is not on any more nothing is known, and what happens there is no news", async () => {
      const store = await filled();
      for (const repository of [7, 8]) await store.notices.putMark({ repository, since: 5 });
      await store.keepRowsOf([8]);
      expect(await store.notices.marks()).toEqual(kept([{ repository: 8, since: 5 }]));
      expect(await store.notices.untold(7)).toEqual(kept([]));
    });

    test.each([
      ["a mark at no whole moment", (s: Store) => s.notices.putMark({ repository: 7, since: 0.5 })],
      [
        "an attempt at an event of no name",
        (s: Store) => s.notices.begin(OF, { event: "", at: 1, transaction: "t" }),
      ],
    ])("%s is not kept", async (_what, put) => {
      const store = await fresh();
      expect((await put(store)).kind).toBe("unavailable");
    });
  });
}

const OF = { repository: 7, pull: 12 };
const VIEW = { summary: "{}", detail: "" };
const kept = <T>(of: T): Stored<T> => ({ kind: "stored", kept: of });
const event = (id: string, at: number, words = "") => ({ id, at, event: `{"id":"${id}"}`, words });
