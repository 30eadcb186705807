import { describe, expect, test } from "vitest";
import type { Changes, Since } from "../../src/github/ports.js";
import type { Read } from "../../src/github/readResult.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Resync } from "../../src/runtime/schedule/resync.js";
import { resyncing } from "../support/reconciling.js";
import { FakeGitHub, FakeLog, REPOSITORY, START, turns, VALID } from "./fakes.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 86_400_000;

function resync() {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  const looked: { readonly number: number; readonly at: number }[] = [];
  const asked: { readonly since: number | null; readonly at: number }[] = [];
  github.lists = (since) => {
    asked.push({ since: since === null ? null : since - START, at: clock.now() - START });
    return { kind: "read", numbers: since === null ? [1, 2, 3] : [2], upTo: clock.now() - 1000 };
  };
  /** Which configs it was told of, and how many PRs had been asked for by then. */
  const configs: { readonly commit: string; readonly looked: number }[] = [];
  const log = new FakeLog();
  /** Which installations were told to be there. */
  const told: (readonly number[])[] = [];
  const parts = resyncing(clock);
  const room = new Resync({
    ...parts,
    ownership: {
      holds: () => true,
      among: async (installations) => {
        told.push(installations);
        return new Set(installations);
      },
    },
    reader: github,
    log,
    enqueue: ({ number }) => {
      const at = clock.now() - START;
      // The queue makes one reconcile of what it is told within a moment.
      if (!looked.some((one) => one.number === number && one.at === at)) looked.push({ number, at });
    },
    onConfig: async (_repository, { commit }) => {
      configs.push({ commit, looked: looked.length });
    },
  });
  return { clock, github, looked, asked, configs, log, told, room, settled: parts.settled };
}

const REACH = -(30 + 5) * DAY;

describe("resync finds what webhooks did not tell", () => {
  test("at the start every open PR is looked at, and those changed lately that may be closed by now", async () => {
    const { looked, asked, room } = resync();
    expect(room.idle()).toBe(false);
    room.start();
    await turns();
    expect(asked).toEqual([
      { since: null, at: 0 },
      { since: REACH, at: 0 },
    ]);
    expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(room.endedAt).toBe(START);
    expect(room.idle()).toBe(true);
  });

  test("label.state: a valid config is told before anything is reconciled, so that its labels are there; any other is not", async () => {
    const { clock, github, configs, room } = resync();
    room.start();
    await turns();
    expect(configs).toEqual([{ commit: "c".repeat(40), looked: 0 }]);
    github.config_ = { kind: "absent" };
    await clock.advance(10 * MINUTE);
    await turns();
    expect(configs).toHaveLength(1);
  });

  test("every ten minutes only what has changed since", async () => {
    const { clock, looked, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(20 * MINUTE);
    await turns();
    expect(asked.slice(2)).toEqual([
      { since: -1000, at: 10 * MINUTE },
      { since: 10 * MINUTE - 1000, at: 20 * MINUTE },
    ]);
    expect(looked.slice(3).map(({ number }) => number)).toEqual([2, 2]);
  });

  test("what changed between two lists of one round is asked for again: the earliest of them counts", async () => {
    const { clock, github, asked, room } = resync();
    const { lists } = github;
    const ends = (open: number, changed: number) => {
      github.lists = (since) => {
        const list = lists(since);
        return list.kind === "read" ? { ...list, upTo: START + (since === null ? open : changed) } : list;
      };
    };
    ends(-5000, 2000);
    room.start();
    await turns();
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.at(-1)?.since).toBe(-5000);
    // The other way round, when everything is listed again.
    ends(DAY + 7000, DAY + 3000);
    await clock.advance(DAY - 10 * MINUTE);
    await turns();
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.at(-1)?.since).toBe(DAY + 3000);
  });

  test("once a day every open PR again", async () => {
    const { clock, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(DAY);
    await turns();
    const whole = asked.filter(({ since }) => since === null).map(({ at }) => at);
    expect(whole).toEqual([0, DAY]);
  });

  test("config.absent: nothing is listed in a repository without a config, until it has one", async () => {
    const { clock, github, asked, room } = resync();
    github.config_ = { kind: "absent" };
    room.start();
    await turns();
    expect(asked).toEqual([]);
    expect(room.endedAt).toBe(START);
    github.config_ = VALID;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.map(({ since }) => since)).toEqual([null, REACH + 10 * MINUTE]);
  });

  test("a config that has changed without a webhook looks at every open PR", async () => {
    const { clock, github, asked, room } = resync();
    room.start();
    await turns();
    github.config_ = VALID.kind === "valid" ? { ...VALID, commit: "d".repeat(40) } : VALID;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.slice(2).map(({ since }) => since)).toEqual([null, -1000]);
  });

  test("a repository asked for is looked at whole at once, without listing the others", async () => {
    const { clock, github, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.repositoriesOutcome = { kind: "unreadable", why: "must not be asked", retryAt: null };
    room.wantRepository(REPOSITORY);
    expect(room.idle()).toBe(false);
    await turns();
    expect(asked.slice(2)).toEqual([
      { since: null, at: MINUTE },
      { since: -1000, at: MINUTE },
    ]);
    expect(room.idle()).toBe(true);
  });

  test("what is asked for during a round is done after it", async () => {
    const { clock, asked, room } = resync();
    room.start();
    room.wantRepository(REPOSITORY);
    await turns();
    await clock.advance(0);
    await turns();
    expect(asked.filter(({ since }) => since === null)).toHaveLength(2);
  });

  test("an installation asked for is listed anew, and only its repositories are looked at whole", async () => {
    const { clock, github, looked, room } = resync();
    const other = { installation: 8, owner: "else", name: "where" };
    github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY] };
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY, other] };
    room.wantInstallation(8);
    await turns();
    expect(looked.slice(3).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test("what could not be read is tried again soon, when GitHub says, and whole", async () => {
    const { clock, github, asked, log, room } = resync();
    const { lists } = github;
    github.lists = (since) => {
      lists(since);
      return { kind: "unreadable", why: "502", retryAt: START + 3 * MINUTE };
    };
    room.start();
    await turns();
    expect([room.endedAt, room.idle()]).toEqual([null, false]);
    expect(log.of("warn")).toHaveLength(1);
    github.lists = lists;
    await clock.advance(3 * MINUTE);
    await turns();
    expect(asked.map(({ since, at }) => [since, at])).toEqual([
      [null, 0],
      [REACH, 0],
      [null, 3 * MINUTE],
      [REACH, 3 * MINUTE],
    ]);
    expect(room.idle()).toBe(true);
  });

  test("one repository that cannot be read does not keep the others from being looked at", async () => {
    const { clock, github, looked, room } = resync();
    const broken = { ...REPOSITORY, name: "broken" };
    github.repositoriesOutcome = { kind: "read", repositories: [broken, REPOSITORY] };
    const config = github.config.bind(github);
    github.config = (async (repository: typeof REPOSITORY) =>
      repository.name === "broken"
        ? { kind: "unreadable", why: "500", retryAt: null }
        : config()) as typeof config;
    room.start();
    await turns();
    expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(room.endedAt).toBeNull();
    await clock.advance(MINUTE);
    expect(room.idle()).toBe(false);
  });

  test("one in which the clerk meets what it does not expect keeps no other from its part of the round", async () => {
    const { clock, github, looked, log, room } = resync();
    const broken = { ...REPOSITORY, name: "broken" };
    github.repositoriesOutcome = { kind: "read", repositories: [broken, REPOSITORY] };
    const config = github.config.bind(github);
    github.config = (async (repository: typeof REPOSITORY) => {
      if (repository.name === "broken") throw new Error("of another shape");
      return config();
    }) as typeof config;
    room.start();
    await turns();
    expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(log.of("error").join()).toContain("does not expect");
    await clock.advance(20 * MINUTE);
    await turns();
    expect(looked.slice(3).map(({ number }) => number)).toEqual([2, 2]);
    github.config = config;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(room.idle()).toBe(true);
  });

  test("a repository that cannot be read and is no longer listed is let go", async () => {
    const { clock, github, room } = resync();
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.config_ = { kind: "unreadable", why: "404", retryAt: null };
    github.repositoriesOutcome = { kind: "read", repositories: [] };
    room.wantRepository(REPOSITORY);
    await turns();
    expect(room.idle()).toBe(false);
    await clock.advance(MINUTE);
    await turns();
    expect(room.idle()).toBe(true);
  });

  describe("a list of changes that is longer than is read", () => {
    const long = (parts: ReturnType<typeof resync>, more: Partial<Read<Changes>>) => {
      const { lists } = parts.github;
      parts.github.lists = (since) => {
        const list = lists(since);
        return since === null || list.kind !== "read" ? list : { ...list, ...more };
      };
    };

    test("is answered by a look at every open PR, and goes on from there", async () => {
      const parts = resync();
      parts.room.start();
      await turns();
      long(parts, { cutOff: ["pulls/comments"] });
      await parts.clock.advance(HOUR);
      await turns();
      // In the first hour after the open ones were listed nothing is passed over, and not all of them reconciled again.
      expect(parts.asked.slice(2, 7).map(({ since }) => since)).toEqual([-1000, -1000, -1000, -1000, -1000]);
      expect(parts.asked.slice(7).map(({ since }) => since)).toEqual([-1000, null]);
      expect(parts.looked.filter(({ at }) => at === HOUR).map(({ number }) => number)).toEqual([1, 2, 3]);
      await parts.clock.advance(10 * MINUTE);
      await turns();
      expect(parts.asked.at(-1)?.since).toBe(HOUR - 1000);
      expect(parts.room.endedAt).toBe(START + HOUR + 10 * MINUTE);
    });

    test("a second before the hour is over it is not yet, however often somebody makes it long", async () => {
      const parts = resync();
      parts.room.start();
      await turns();
      long(parts, { cutOff: ["pulls/comments"] });
      await parts.clock.advance(DAY - 1);
      await turns();
      const sweeps = parts.asked.slice(2).filter(({ since }) => since === null).length;
      expect(sweeps).toBeLessThanOrEqual(23);
    });

    test("brings closed PRs under a motion too, at the start and later", async () => {
      const parts = resync();
      const github = Object.assign(parts.github, {
        closedMotions: async () => ({ kind: "read", numbers: [77], upTo: 0 }) as const,
      });
      expect(github.closedMotions).toBeDefined();
      long(parts, { cutOff: ["pulls/comments"] });
      parts.room.start();
      await turns();
      expect(parts.looked.map(({ number }) => number)).toEqual([1, 2, 3, 77]);
      expect(parts.room.idle()).toBe(true);
    });

    test("and is not passed over where the closed ones cannot be listed: only they are asked for again", async () => {
      const parts = resync();
      let down = true;
      Object.assign(parts.github, {
        closedMotions: async () =>
          down ? { kind: "unreadable", why: "502", retryAt: null } : { kind: "read", numbers: [77], upTo: 0 },
      });
      long(parts, { cutOff: ["pulls/comments"] });
      parts.room.start();
      await turns();
      expect(parts.looked.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(parts.room.idle()).toBe(false);
      down = false;
      await parts.clock.advance(MINUTE);
      await turns();
      expect(parts.looked.map(({ number }) => number).slice(3)).toEqual([77, 2]);
      expect(parts.asked.filter(({ since }) => since === null)).toHaveLength(1);
      expect(parts.room.idle()).toBe(true);
    });

    test("one that fails takes nothing from the others, is asked again soon, and from the same moment", async () => {
      const parts = resync();
      parts.room.start();
      await turns();
      const { lists } = parts.github;
      long(parts, { failed: { kind: "unreadable", why: "502", retryAt: null, lists: ["issues"] } });
      await parts.clock.advance(10 * MINUTE);
      await turns();
      expect(parts.looked.slice(3).map(({ number, at }) => [number, at])).toEqual([[2, 10 * MINUTE]]);
      expect(parts.room.idle()).toBe(false);
      parts.github.lists = lists;
      await parts.clock.advance(MINUTE);
      await turns();
      expect(parts.asked.slice(2).map(({ since }) => since)).toEqual([-1000, -1000]);
      expect(parts.room.idle()).toBe(true);
    });

    test("one that goes on failing for an hour is given up: every open PR is looked at, and it goes on", async () => {
      const parts = resync();
      parts.room.start();
      await turns();
      long(parts, { failed: { kind: "unreadable", why: "403", retryAt: null, lists: ["issues"] } });
      await parts.clock.advance(2 * HOUR);
      await turns();
      const moments = new Set(parts.asked.slice(2).map(({ since }) => since));
      expect(moments.has(null)).toBe(true);
      expect(Math.max(...[...moments].map((since) => since ?? 0))).toBeGreaterThan(HOUR);
      expect(parts.asked.filter(({ since }) => since === null)).toHaveLength(2);
    });
  });

  test("one too long that a glance makes up for is answered at once, and does not put off what needs more", async () => {
    const parts = resync();
    parts.room.start();
    await turns();
    const { lists } = parts.github;
    parts.github.lists = (since) => {
      const list = lists(since);
      return since === null || list.kind !== "read"
        ? list
        : { ...list, cutOff: ["issues", "issues/comments"] };
    };
    await parts.clock.advance(20 * MINUTE);
    await turns();
    const since = 10 * MINUTE - 1000;
    expect(parts.asked.slice(2).map((one) => one.since)).toEqual([-1000, null, since, null]);
    parts.github.lists = (of) => {
      const list = lists(of);
      return of === null || list.kind !== "read" ? list : { ...list, cutOff: ["issues/events"] };
    };
    await parts.clock.advance(40 * MINUTE);
    await turns();
    expect(parts.asked.filter((one) => one.since === null && one.at > 20 * MINUTE)).toEqual([
      { since: null, at: HOUR },
    ]);
  });

  describe("the list of the open ones breaks off", () => {
    /** Pages of two, of which one cannot be read while `down`. */
    function paged(parts: ReturnType<typeof resync>) {
      const asked: (string | null)[] = [];
      const state = { down: true };
      parts.github.openNumbers = async (_repository, after) => {
        asked.push(after);
        const from = Number(after ?? 0);
        if (from === 4 && state.down) return { kind: "unreadable", why: "502", retryAt: null };
        const next = from < 6 ? String(from + 2) : null;
        return { kind: "read", numbers: [from + 1, from + 2], next, upTo: parts.clock.now() - 7000 };
      };
      return { asked, state };
    }

    test("what was read is looked at at once, how far it is told, and it goes on from there, the rest of the round done", async () => {
      const parts = resync();
      const { asked, state } = paged(parts);
      parts.room.start();
      await turns();
      expect(parts.looked.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(parts.asked).toEqual([{ since: REACH, at: 0 }]);
      expect(parts.log.of("info").join()).toContain("breaks off after 4 of them");
      expect([parts.room.endedAt, parts.room.idle()]).toEqual([null, false]);
      state.down = false;
      await parts.clock.advance(MINUTE);
      await turns();
      expect(asked).toEqual([null, "2", "4", "4", "6"]);
      expect(parts.looked.filter(({ at }) => at > 0).map(({ number }) => number)).toEqual([5, 6, 7, 8, 2]);
      expect(parts.room.idle()).toBe(true);
      // What happened to those that were reconciled first is asked for from when they were listed.
      await parts.clock.advance(10 * MINUTE);
      await turns();
      expect(parts.asked.at(-1)?.since).toBe(-7000);
    });

    test("one that has not come back for hours begins anew", async () => {
      const parts = resync();
      const { asked, state } = paged(parts);
      parts.room.start();
      await turns();
      await parts.clock.advance(3 * HOUR);
      await turns();
      expect(asked.filter((after) => after === null)).toHaveLength(2);
      state.down = false;
      await parts.clock.advance(10 * MINUTE);
      await turns();
      expect(parts.looked.map(({ number }) => number)).toContain(8);
    });

    test("a stop in the middle tells the store of nothing as read that was not", async () => {
      const parts = resync();
      const { state } = paged(parts);
      parts.room.start();
      await turns();
      expect(await parts.settled.upTo(VALID.kind === "valid" ? VALID.repository : 0)).toBeNull();
      state.down = false;
      await parts.clock.advance(MINUTE);
      await turns();
      expect(await parts.settled.upTo(VALID.kind === "valid" ? VALID.repository : 0)).toBe(START - 7000);
    });
  });

  test("of four lists of changes of which one fails, the next try asks only that one from before", async () => {
    const parts = resync();
    const asked: Since[] = [];
    const changed = parts.github.changed.bind(parts.github);
    let down = false;
    parts.github.changed = async (repository, since) => {
      asked.push(since);
      const list = await changed(repository, since);
      if (list.kind !== "read" || !down) return list;
      return { ...list, failed: { kind: "unreadable", why: "502", retryAt: null, lists: ["issues/events"] } };
    };
    parts.room.start();
    await turns();
    down = true;
    await parts.clock.advance(10 * MINUTE);
    await turns();
    down = false;
    await parts.clock.advance(MINUTE);
    await turns();
    const later = 10 * MINUTE - 1000;
    expect(asked.slice(1).map((since) => [since.issues - START, since["issues/events"] - START])).toEqual([
      [-1000, -1000],
      [later, -1000],
    ]);
    expect(parts.room.idle()).toBe(true);
  });

  describe("several installations", () => {
    const OTHER = { installation: 8, owner: "else", name: "where" };

    test("one that cannot be listed keeps no other from being looked at, and is tried again by itself", async () => {
      const { clock, github, looked, asked, log, room } = resync();
      const unread = [{ installation: 8, why: "its budget is used up", retryAt: START + 5 * MINUTE }];
      github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY], unread };
      room.start();
      await turns();
      expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(log.of("warn")).toHaveLength(1);
      expect([room.endedAt, room.idle()]).toEqual([null, false]);
      await clock.advance(5 * MINUTE - 1);
      await turns();
      expect(asked).toHaveLength(2);
      github.repositoriesOutcome = { kind: "read", repositories: [OTHER] };
      await clock.advance(1);
      await turns();
      expect(asked.slice(2).map(({ at }) => at)).toEqual([5 * MINUTE, 5 * MINUTE]);
      expect([room.endedAt, room.idle()]).toEqual([START + 5 * MINUTE, true]);
    });

    test("one that cannot be listed is there all the same: it is somebody's, or nobody would try it again", async () => {
      const { github, room, told } = resync();
      const unread = [{ installation: 8, why: "502", retryAt: null }];
      github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY], unread };
      room.start();
      await turns();
      expect(told).toEqual([[REPOSITORY.installation, 8]]);
    });

    test("one that stays out of reach does not make the others' rounds more frequent, or rarer", async () => {
      const { clock, github, asked, room } = resync();
      github.repositoriesOutcome = {
        kind: "read",
        repositories: [REPOSITORY],
        unread: [{ installation: 8, why: "suspended", retryAt: null }],
      };
      room.start();
      await turns();
      for (let at = 0; at < 60; at += 1) {
        await clock.advance(MINUTE);
        await turns();
      }
      expect(asked.slice(2).map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6].map((nth) => nth * 10 * MINUTE));
    });

    test("a webhook of a healthy one is heard while another fails", async () => {
      const { clock, github, asked, room } = resync();
      const unread = [{ installation: 8, why: "500", retryAt: START + HOUR }];
      github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY], unread };
      room.start();
      await turns();
      await clock.advance(MINUTE);
      room.wantRepository(REPOSITORY);
      room.wantRepository(OTHER);
      await turns();
      expect(asked.slice(2).map(({ since }) => since)).toEqual([null, -1000]);
      expect(room.idle()).toBe(false);
    });

    test("a repository that fails is tried again alone, not with its neighbours", async () => {
      const { clock, github, room } = resync();
      const broken = { ...REPOSITORY, name: "broken" };
      const read: string[] = [];
      let down = true;
      github.repositoriesOutcome = { kind: "read", repositories: [broken, REPOSITORY, OTHER] };
      github.config = (async ({ name }: typeof REPOSITORY) => {
        read.push(name);
        return name === "broken" && down ? { kind: "unreadable", why: "500", retryAt: null } : VALID;
      }) as typeof github.config;
      room.start();
      await turns();
      expect(read).toEqual(["broken", REPOSITORY.name, "where"]);
      down = false;
      await clock.advance(MINUTE);
      await turns();
      expect(read.slice(3)).toEqual(["broken"]);
      expect(room.idle()).toBe(true);
    });

    test("while what there is cannot be listed, what a webhook asks for is looked at all the same", async () => {
      const { github, asked, room } = resync();
      github.repositoriesOutcome = { kind: "unreadable", why: "502", retryAt: START + HOUR };
      room.start();
      await turns();
      expect(asked).toEqual([]);
      room.wantRepository(REPOSITORY);
      await turns();
      expect(asked.map(({ since }) => since)).toEqual([null, REACH]);
      expect(room.endedAt).toBeNull();
    });
  });

  test("stopped, it asks nothing more", async () => {
    const { clock, asked, room } = resync();
    room.start();
    await turns();
    await room.stop();
    room.wantRepository(REPOSITORY);
    await clock.advance(2 * DAY);
    await turns();
    expect(asked).toHaveLength(2);
    expect(clock.sleepers).toBe(0);
  });
});
