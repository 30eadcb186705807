import { afterEach, describe, expect, test } from "vitest";
import type { Store, Stored } from "../../src/store/port.js";
import type { KeptEvent, KeptRepository } from "../../src/store/views.js";

/** What every store does alike of what the pages are made from. `open`: a new, empty one. */
export function viewContract(name: string, open: () => Promise<Store>): void {
  const opened: Store[] = [];
  const fresh = async () => {
    const store = await open();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  describe(`the store ${name}: what the pages are made from`, () => {
    test("nothing is kept before anything was", async () => {
      const { views } = await fresh();
      expect(await views.repositories()).toEqual(kept([]));
      expect(await views.roster(7)).toEqual(kept(null));
      expect(await views.summaries(7, [12])).toEqual(kept([]));
      expect(await views.editions(7)).toEqual(kept([]));
      expect(await views.view(OF)).toEqual(kept(null));
      expect(await views.eventsOf(OF)).toEqual(kept([]));
      expect(await views.events(7, [12])).toEqual(kept([]));
    });

    test("a repository has one name at a time, and keeps its roster when it is renamed", async () => {
      const { views } = await fresh();
      await views.putRepository(repository(8));
      expect(await views.putRepository(repository(7))).toEqual(kept(null));
      await views.putRoster(7, { commit: "c1", history: "one" });
      await views.putRoster(7, { commit: "c2", history: "two\u0000" });
      await views.putListed(7, 5);
      const renamed = repository(7, { name: "another", isPublic: false });
      await views.putRepository(renamed);
      expect(await views.repositories()).toEqual(kept([told(renamed), told(repository(8))]));
      expect(await views.roster(7)).toEqual(kept({ commit: "c2", history: "two\u0000" }));
      expect(await views.roster(8)).toEqual(kept(null));
      expect(await views.listed(7)).toEqual(kept(5));
      expect(await views.listed(8)).toEqual(kept(null));
    });

    test("the roster of a repository that nobody told of is not kept", async () => {
      const { views } = await fresh();
      expect(await views.putRoster(9, { commit: "c", history: "h" })).toEqual(kept(null));
      expect(await views.putListed(9, 5)).toEqual(kept(null));
      expect(await views.listed(9)).toEqual(kept(null));
      expect(await views.roster(9)).toEqual(kept(null));
    });

    test("a view stands in the place of the one before it; what happened is added, and never changed or taken away", async () => {
      const { views } = await fresh();
      expect(await views.putView(OF, view("one"), [event("vote 1", 5), event("opened", 1)])).toEqual(
        kept(null),
      );
      const later = { ...event("opened", 1), event: "otherwise", at: 2 };
      await views.putView(OF, { ...view("two"), detail: "" }, [event("vote 2", 5), later]);
      expect(await views.view(OF)).toEqual(kept({ ...view("two"), detail: "" }));
      expect(await views.eventsOf(OF)).toEqual(
        kept([event("opened", 1), event("vote 1", 5), event("vote 2", 5)]),
      );
      expect(await views.summaries(7, [12])).toEqual(kept([{ pull: 12, summary: "summary two" }]));
      expect(await views.summaries(8, [12])).toEqual(kept([]));
    });

    test("words follow what is told: they change with it, and are forgotten with what is told no more", async () => {
      const { views } = await fresh();
      await views.putView(OF, view("one"), [event("a", 1, "one\u0000"), event("b", 2, "two"), event("c", 3)]);
      await views.putView(OF, view("one"), [event("a", 1, "other"), event("c", 3, "now")]);
      expect(await views.eventsOf(OF)).toEqual(
        kept([event("a", 1, "other"), event("b", 2), event("c", 3, "now")]),
      );
      await views.putView(OF, view("one"), []);
      expect(await views.eventsOf(OF)).toEqual(kept([event("a", 1), event("b", 2), event("c", 3)]));
    });

    test("lines and events are told of those that are asked for, one proposal after the other", async () => {
      const { views } = await fresh();
      await views.putView({ repository: 7, pull: 2 }, view("2"), [event("b", 5), event("a", 9)]);
      await views.putView({ repository: 7, pull: 1 }, view("1"), [event("c", 5)]);
      await views.putView({ repository: 7, pull: 3 }, view("3"), [event("d", 5)]);
      await views.putView({ repository: 8, pull: 1 }, view("8"), [event("e", 5)]);
      await views.dropView({ repository: 7, pull: 3 });
      expect(await views.events(7, [2, 1, 9])).toEqual(
        kept([
          { pull: 1, ...event("c", 5) },
          { pull: 2, ...event("b", 5) },
          { pull: 2, ...event("a", 9) },
        ]),
      );
      expect(await views.summaries(7, [2, 3])).toEqual(kept([{ pull: 2, summary: "summary 2" }]));
      for (const none of [await views.events(7, []), await views.summaries(7, [])])
        expect(none).toEqual(kept([]));
      expect(await views.view({ repository: 7, pull: 3 })).toEqual(kept(null));
      expect(await views.eventsOf({ repository: 7, pull: 3 })).toEqual(kept([event("d", 5)]));
    });

    test("whatever is kept of a proposal, its edition is another one than before; that of no other changes", async () => {
      const { views } = await fresh();
      const editions = async () => {
        const read = await views.editions(7);
        return new Map(read.kind === "stored" ? read.kept.map(({ pull, edition }) => [pull, edition]) : []);
      };
      await views.putView(OF, view("one"), [event("a", 1, "words")]);
      await views.putView({ repository: 7, pull: 13 }, view("other"), []);
      const seen = [await editions()];
      await views.putView(OF, view("one"), [event("a", 1, "others")]);
      seen.push(await editions());
      await views.dropView(OF);
      expect([...(await editions()).keys()]).toEqual([13]);
      await views.putView(OF, view("one"), [event("b", 2)]);
      seen.push(await editions());
      expect(new Set(seen.map((one) => one.get(12))).size).toBe(3);
      expect(new Set(seen.map((one) => one.get(13))).size).toBe(1);
    });

    test("what holds a repository stays through a rename, until it is told that nothing does", async () => {
      const { views } = await fresh();
      const halts = async () => {
        const read = await views.repositories();
        return read.kind === "stored" ? read.kept.map(({ halt }) => halt) : read.why;
      };
      await views.putHalt(7, "before it was told of");
      await views.putRepository(repository(7));
      expect(await halts()).toEqual([""]);
      await views.putHalt(7, '{"why":"invalid\u0000"}');
      await views.putRepository(repository(7, { name: "another" }));
      expect(await halts()).toEqual(['{"why":"invalid\u0000"}']);
      await views.putHalt(7, "");
      expect(await halts()).toEqual([""]);
    });

    test("nothing is shown of a repository that the App is not on any more; what happened there stays", async () => {
      const store = await fresh();
      for (const id of [7, 8]) {
        await store.views.putRepository(repository(id));
        await store.views.putRoster(id, { commit: "c", history: "h" });
        await store.views.putView({ repository: id, pull: 12 }, view("one"), [event("opened", 1)]);
      }
      await store.keepRowsOf([8]);
      expect(await store.views.repositories()).toEqual(kept([told(repository(8))]));
      expect(await store.views.roster(7)).toEqual(kept(null));
      expect(await store.views.view(OF)).toEqual(kept(null));
      expect(await store.views.eventsOf(OF)).toEqual(kept([event("opened", 1)]));
      expect(await store.views.summaries(8, [12])).toEqual(kept([{ pull: 12, summary: "summary one" }]));
    });

    test.each(["", "x".repeat(201), "vote “1”", "a\nb"])(
      "an event named %j is not kept, and nothing with it",
      async (id) => {
        const { views } = await fresh();
        expect((await views.putView(OF, view("one"), [event("opened", 1), event(id, 1)])).kind).toBe(
          "unavailable",
        );
        expect(await views.view(OF)).toEqual(kept(null));
        expect(await views.eventsOf(OF)).toEqual(kept([]));
      },
    );
  });
}

const OF = { repository: 7, pull: 12 };
const kept = <T>(of: T): Stored<T> => ({ kind: "stored", kept: of });
const view = (text: string) => ({ summary: `summary ${text}`, detail: `detail ${text}` });
const event = (id: string, at: number, words = ""): KeptEvent => ({ id, at, event: `{"id":"${id}"}`, words });
const told = (one: KeptRepository) => ({ ...one, halt: "" });
const repository = (id: number, differs: Partial<KeptRepository> = {}): KeptRepository => ({
  ...{ repository: id, owner: "o", name: `r${id}`, url: `https://github.com/o/r${id}`, isPublic: true },
  ...differs,
});
