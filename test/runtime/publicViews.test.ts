import { describe, expect, test } from "vitest";
import type { PublicEvent, PublicView } from "../../src/domain/model/publicView.js";
import { silentLog } from "../../src/platform/log.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { PublicViews } from "../../src/runtime/reconcile/publicViews.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";

/** Its installation. */
const ON = { installation: 1 };
const OF = { repository: 7, pull: 12 };
const SHOWN = { owner: "o", name: "r", url: "https://github.com/o/r", isPublic: true };

/** Only what is kept of it matters here. */
const view = (title: string, ...ids: readonly string[]): PublicView => ({
  summary: { title } as PublicView["summary"],
  detail: {} as PublicView["detail"],
  events: ids.map((id): PublicEvent => ({ id, at: 5, by: null, url: null, what: { kind: "opened" } })),
});

function begun(options: { readonly dryRun?: boolean } = {}) {
  const store = inMemoryStore();
  const asked: string[] = [];
  const clock = new MovableClock(5);
  let down = false;
  const views = new Proxy(store.views, {
    get:
      (target, name: keyof Store["views"]) =>
      async (...given: readonly unknown[]) => {
        asked.push(name);
        if (down) return { kind: "unavailable", why: "the disk is full" };
        return Reflect.apply(target[name], target, given);
      },
  });
  const room = new PublicViews({
    store: { views },
    log: silentLog,
    dryRun: false,
    clock,
    ...options,
  });
  return {
    ...{ room, store, asked, clock },
    fail: (now: boolean) => {
      down = now;
    },
    kept: async () => {
      const read = await store.views.view(OF);
      return read.kind === "stored" ? (read.kept?.summary ?? null) : read.why;
    },
    isPublic: async () => {
      const read = await store.views.repositories();
      return read.kind === "stored" ? read.kept.map((one) => one.isPublic) : read.why;
    },
  };
}

describe("what a reconcile found, for the pages", () => {
  test("is kept once: what is as it was is not written again, and what happened is not lost with what takes its place", async () => {
    const { room, asked, store } = begun();
    expect(await room.judged(OF, view("one", "opened"))).toBe(true);
    expect(await room.judged(OF, view("one", "opened"))).toBe(true);
    expect(asked).toEqual(["putView"]);
    await room.judged(OF, view("one", "opened", "vote"));
    await room.judged(OF, view("two", "vote"));
    expect(asked).toEqual(["putView", "putView", "putView"]);
    const events = await store.views.eventsOf(OF);
    expect(events.kind === "stored" && events.kept.map(({ id }) => id)).toEqual(["opened", "vote"]);
  });

  test("what is no proposal any more is shown no more, and again when it is one again", async () => {
    const { room, asked, kept } = begun();
    await room.judged(OF, view("one"));
    await room.judged(OF, null);
    await room.judged(OF, null);
    expect(await kept()).toBeNull();
    await room.judged(OF, view("one"));
    expect(await kept()).toBe('{"title":"one"}');
    expect(asked).toEqual(["putView", "dropView", "putView"]);
  });

  test("while the store takes nothing it says so, and keeps it when it is told again", async () => {
    const { room, fail, kept } = begun();
    fail(true);
    expect(await room.judged(OF, view("one"))).toBe(false);
    expect(await room.judged(OF, null)).toBe(false);
    fail(false);
    expect(await room.judged(OF, view("one"))).toBe(true);
    expect(await kept()).toBe('{"title":"one"}');
  });

  test("a dry run keeps nothing", async () => {
    const { room, asked } = begun({ dryRun: true });
    await room.shown(ON, 7, SHOWN, true);
    expect(await room.judged(OF, view("one"))).toBe(true);
    expect(asked).toEqual([]);
  });
});

test("what the App left and came back to is kept again, though it is as it was", async () => {
  const { room, store, kept } = begun();
  await room.shown(ON, 7, SHOWN, true);
  await room.judged(OF, view("one"));
  await room.present({ repositories: [], ids: [], unread: [] });
  await store.keepRowsOf([]);
  await room.shown(ON, 7, SHOWN, true);
  await room.judged(OF, view("one"));
  expect(await kept()).toBe('{"title":"one"}');
});

test("what another instance has kept since is overwritten once this one has the installation back", async () => {
  const { room, store, kept } = begun();
  await room.judged(OF, view("proposed"));
  await store.views.putView(OF, { summary: '{"title":"in its period"}', detail: "{}" }, []);
  room.forget();
  await room.judged(OF, view("proposed"));
  expect(await kept()).toBe('{"title":"proposed"}');
});

test("a view that the store did not take is kept after a later round", async () => {
  const { room, fail, kept } = begun();
  fail(true);
  await room.judged(OF, view("one"));
  fail(false);
  expect(await kept()).toBeNull();
  await room.shown(ON, 7, SHOWN, true);
  expect(await kept()).toBe('{"title":"one"}');
});

describe("which repositories everybody may see", () => {
  test("it is hidden whatever this process remembers, as another one may have told otherwise", async () => {
    for (const hide of [
      (room: PublicViews) => room.shown(ON, 7, { ...SHOWN, isPublic: false }, true),
      (room: PublicViews) => room.hidden({ installation: 1, owner: "o", name: "r" }),
      (room: PublicViews) => room.present({ repositories: [], ids: [7], notPublic: [7], unread: [] }),
    ]) {
      const { room, store, isPublic } = begun();
      await room.shown(ON, 7, SHOWN, true);
      await room.shown(ON, 7, { ...SHOWN, isPublic: false }, true);
      await store.views.putRepository({ repository: 7, ...SHOWN });
      await hide(room);
      expect(await isPublic()).toEqual([false]);
    }
  });

  test("of an installation that was listed what is missing is hidden, also while another cannot be listed", async () => {
    const { room, isPublic } = begun();
    await room.shown({ installation: 1 }, 7, SHOWN, true);
    await room.shown({ installation: 2 }, 8, { ...SHOWN, name: "s" }, true);
    const unread = [{ installation: 2, why: "502", retryAt: null }];
    await room.present({ repositories: [], ids: [], unread });
    expect(await isPublic()).toEqual([false, true]);
  });

  test("as GitHub tells at each round, written once", async () => {
    const { room, asked, isPublic } = begun();
    await room.shown(ON, 7, SHOWN, true);
    await room.shown(ON, 7, SHOWN, true);
    expect(asked).toEqual(["putRepository", "repositories"]);
    await room.shown(ON, 7, { ...SHOWN, isPublic: false }, true);
    expect(await isPublic()).toEqual([false]);
    await room.shown(ON, 7, SHOWN, true);
    expect(await isPublic()).toEqual([true]);
  });

  test("one of which GitHub does not tell is hidden, one without a config by its name, in whatever case, an archived one by the list", async () => {
    for (const hide of [
      (room: PublicViews) => room.shown(ON, 7, undefined, true),
      (room: PublicViews) => room.hidden({ installation: 1, owner: "O", name: "R" }),
      (room: PublicViews) => room.present({ repositories: [], ids: [7], notPublic: [7], unread: [] }),
    ]) {
      const { room, isPublic } = begun();
      await room.shown(ON, 7, SHOWN, true);
      await hide(room);
      expect(await isPublic()).toEqual([false]);
      await room.shown(ON, 7, SHOWN, true);
      expect(await isPublic()).toEqual([true]);
    }
  });

  test("one that the App left and came back to is told of anew; not so where a list could not be read", async () => {
    const { room, asked } = begun();
    await room.shown(ON, 7, SHOWN, true);
    const unread = [{ installation: 1, why: "502", retryAt: null }];
    await room.present({ repositories: [], ids: [], unread });
    await room.shown(ON, 7, SHOWN, true);
    expect(asked.filter((name) => name === "putRepository")).toHaveLength(1);
    await room.present({ repositories: [], ids: [], unread: [] });
    await room.shown(ON, 7, SHOWN, true);
    // Hidden meanwhile, and shown again.
    expect(asked.filter((name) => name === "putRepository")).toHaveLength(3);
  });
});

describe("what holds a repository", () => {
  const halt = async (store: Store) => {
    const read = await store.views.repositories();
    const kept = read.kind === "stored" ? (read.kept[0]?.halt ?? "none") : read.why;
    return kept === "" ? null : JSON.parse(kept);
  };

  test("config.invalid: since the first look that found faults, whatever is found later and by which process, until it is valid", async () => {
    const { room, store, clock } = begun();
    await room.shown(ON, 7, SHOWN, true);
    expect(await halt(store)).toBeNull();
    await room.shown(ON, 7, SHOWN, false);
    await clock.advance(60_000);
    await room.shown(ON, 7, SHOWN, false);
    room.forget();
    await room.shown(ON, 7, SHOWN, false);
    expect(await halt(store)).toEqual({ why: "invalid", since: 5 });
    room.forget();
    await room.shown(ON, 7, SHOWN, true);
    expect(await halt(store)).toBeNull();
  });

  test("config.lawful: a valid config says nothing of whether it is lawful; that is told since the change of which the history tells", async () => {
    const { room, store, clock } = begun();
    await room.shown(ON, 7, SHOWN, true);
    await room.halted(7, { why: "unlawful", since: 3 });
    await room.shown(ON, 7, SHOWN, true);
    expect(await halt(store)).toEqual({ why: "unlawful", since: 3 });
    await room.halted(7, { why: "unlawful", since: 4 });
    expect(await halt(store)).toEqual({ why: "unlawful", since: 4 });
    await room.halted(7, { why: "lost", since: 9 });
    await clock.advance(60_000);
    await room.halted(7, { why: "lost", since: 60_009 });
    expect(await halt(store)).toEqual({ why: "lost", since: 9 });
    await room.halted(7, null);
    expect(await halt(store)).toBeNull();
  });

  test("what the store does not take is told again", async () => {
    const { room, store, fail } = begun();
    await room.shown(ON, 7, SHOWN, true);
    fail(true);
    await room.shown(ON, 7, SHOWN, false);
    fail(false);
    expect(await halt(store)).toBeNull();
    await room.shown(ON, 7, SHOWN, false);
    expect(await halt(store)).toEqual({ why: "invalid", since: 5 });
  });

  test("of what not everybody may see nothing is kept, and it is told when it is shown", async () => {
    const { room, store } = begun();
    await room.shown(ON, 7, { ...SHOWN, isPublic: false }, false);
    await room.shown(ON, 7, SHOWN, false);
    expect(await halt(store)).toEqual({ why: "invalid", since: 5 });
  });
});

test("what is shown is as of the last look: a round, or a pull request", async () => {
  const { room } = begun();
  expect(room.lookedAt(7)).toBeNull();
  await room.shown(ON, 7, SHOWN, true);
  await room.judged({ repository: 8, pull: 1 }, view("one"));
  expect([room.lookedAt(7), room.lookedAt(8), room.lookedAt(9)]).toEqual([5, 5, null]);
});

describe("how far the first reading has come", () => {
  test("counts what has no view yet, and is over with the last, a proposal or none", async () => {
    const { room } = begun();
    expect(room.reading(7)).toBeNull();
    await room.judged({ repository: 7, pull: 1 }, view("known"));
    await room.listed(7, [1, 2, 3, 4]);
    expect(room.reading(7)).toEqual({ read: 1, of: 4 });
    await room.judged({ repository: 7, pull: 2 }, view("two"));
    await room.judged({ repository: 7, pull: 3 }, null);
    expect(room.reading(7)).toEqual({ read: 3, of: 4 });
    room.leftAlone(7, 4);
    expect(room.reading(7)).toBeNull();
  });

  test("closed ones that have to be read again are counted with the open ones, each once, and hold its end up", async () => {
    const { room } = begun();
    await room.listed(7, [1, 2]);
    room.listedClosed(7, [2, 8, 9]);
    expect(room.reading(7)).toEqual({ read: 0, of: 4 });
    for (const pull of [1, 2, 8]) await room.judged({ repository: 7, pull }, view("read"));
    expect(room.reading(7)).toEqual({ read: 3, of: 4 });
    await room.judged({ repository: 7, pull: 9 }, null);
    expect(room.reading(7)).toBeNull();
    room.listedClosed(8, []);
    expect(room.reading(8)).toBeNull();
  });
});
