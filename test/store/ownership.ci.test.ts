import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import type { Clock } from "../../src/platform/clock.js";
import { silentLog } from "../../src/platform/log.js";
import { systemClock } from "../../src/platform/systemClock.js";
import { openPostgresStore } from "../../src/store/postgres.js";
import { PostgresOwnership } from "../../src/store/postgresOwnership.js";
import { asked, cutOff, withPostgres } from "./database.js";
import { Line } from "./line.js";
import { opened } from "./opened.js";

const INSTALLATIONS = [1, 2, 3, 4, 5, 6];

await withPostgres("what is whose among several instances on one PostgreSQL", ({ fresh }) => {
  let url: string;
  const all: Instance[] = [];

  class Instance {
    readonly gained: number[] = [];
    readonly heard: string[] = [];
    readonly ownership: PostgresOwnership<string>;

    constructor(options: { readonly url?: string; readonly clock?: Clock } = {}) {
      this.ownership = new PostgresOwnership<string>({
        url: options.url ?? url,
        clock: options.clock ?? systemClock,
        log: silentLog,
        encode: (news) => news,
        decode: (text) => (text === "unreadable" ? null : text),
        merge: (earlier, later) => `${earlier}+${later}`,
      });
      this.ownership.start({
        gained: (installation) => this.gained.push(installation),
        heard: ({ subject, news }) => {
          this.heard.push(`${subject}: ${news}`);
        },
      });
      all.push(this);
    }

    get ours(): readonly number[] {
      return INSTALLATIONS.filter((installation) => this.ownership.holds(installation));
    }
  }

  const until = async (holds: () => boolean | Promise<boolean>, seconds = 8) => {
    for (let waited = 0; !(await holds()); waited += 20) {
      if (waited > seconds * 1000)
        throw new Error(`It never came to be so: ${all.map(({ ours }) => `[${ours}]`)}`);
      await wait(20);
    }
  };
  const started = async (count: number) => {
    url = await fresh();
    await opened(await openPostgresStore(url)).close();
    const instances = Array.from({ length: count }, () => new Instance());
    for (const { ownership } of instances) await ownership.among(INSTALLATIONS);
    return instances;
  };
  const each = () => {
    const ours = all.flatMap((one) => one.ours);
    expect(new Set(ours).size, "each is one instance's at most").toBe(ours.length);
    return ours.length;
  };
  const rows = async () => {
    const schema = /search_path%3D(\w+)/.exec(url)?.[1];
    return asked(`SELECT subject FROM ${schema}.clerk_due ORDER BY subject`);
  };
  afterEach(async () => {
    await Promise.all(all.splice(0).map(({ ownership }) => ownership.stop()));
  });

  test("each installation is one instance's, and they share them out", async () => {
    await started(3);
    await until(() => each() === 6 && all.every(({ ours }) => ours.length === 2));
  });

  test("one that ends is followed at once, one whose sessions are cut takes up what is its own again", async () => {
    const [first, second] = await started(2);
    await until(() => each() === 6);
    await first?.ownership.stop();
    await until(() => second?.ours.length === 6);
    await cutOff(url);
    await until(() => second?.ours.length === 6);
    expect(second?.gained.length).toBeGreaterThanOrEqual(9);
  });

  test("one that GitHub has not told yet what there is has no share: nobody gives up anything for it", async () => {
    const [one] = await started(1);
    const blind = new Instance();
    await wait(1500);
    expect(one?.ours).toEqual(INSTALLATIONS);
    expect(blind.ours).toEqual([]);
    await blind.ownership.among(INSTALLATIONS);
    await until(() => each() === 6 && blind.ours.length === 3);
  });

  test("one whose line broke unseen by the server does not wait for its own former session to end", async () => {
    await started(0);
    const line = await Line.to(url);
    try {
      const one = new Instance({ url: line.url });
      await one.ownership.among(INSTALLATIONS);
      expect(one.ours).toEqual(INSTALLATIONS);
      line.breakUnseen();
      await until(() => one.gained.length === 12);
    } finally {
      line.close();
    }
  });

  test("what one hears reaches the one whose it is, a burst as one, and is gone once it is done", async () => {
    const [first, second] = await started(2);
    await until(() => each() === 6);
    const theirs = second?.ours[0] ?? 0;
    for (const news of ["a", "b", "c"]) first?.ownership.hand({ installation: theirs, subject: "x", news });
    await until(() => second?.heard.length === 1);
    expect(second?.heard).toEqual(["x: a+b+c"]);
    first?.ownership.hand({ installation: theirs, subject: "x", news: "d" });
    await until(() => second?.heard.length === 2);
    expect(second?.heard[1]).toBe("x: a+b+c+d");
    expect(await rows()).toHaveLength(1);
    second?.ownership.done("x");
    await until(async () => (await rows()).length === 0);
    expect(first?.heard).toEqual([]);
  });

  test("what came after it was taken is not done with it", async () => {
    const [one] = await started(1);
    await until(() => each() === 6);
    one?.ownership.hand({ installation: 1, subject: "x", news: "a" });
    await until(() => one?.heard.length === 1);
    const other = new Instance();
    other.ownership.hand({ installation: 1, subject: "x", news: "b" });
    await wait(5);
    // Whether it was told of the second or not yet: it is not lost.
    one?.ownership.done("x");
    await until(() => one?.heard.length === 2 || other.heard.length === 1);
  });

  test("what is told anew after its row was taken away is heard, though the one before it is not done yet", async () => {
    const [one] = await started(1);
    await until(() => each() === 6);
    one?.ownership.hand({ installation: 1, subject: "x", news: "a" });
    await until(() => one?.heard.length === 1);
    // As a `done` does that was under way while the row was read once more.
    const schema = /search_path%3D(\w+)/.exec(url)?.[1];
    await asked(`DELETE FROM ${schema}.clerk_due`);
    one?.ownership.hand({ installation: 1, subject: "x", news: "b" });
    await until(() => one?.heard.length === 2);
    expect(one?.heard[1]).toBe("x: b");
  });

  test("what was not done is told to whoever follows", async () => {
    const [first, second] = await started(2);
    await until(() => each() === 6);
    const mine = first?.ours[0] ?? 0;
    second?.ownership.hand({ installation: mine, subject: "x", news: "a" });
    await until(() => first?.heard.length === 1);
    await first?.ownership.stop();
    await until(() => second?.heard.length === 1);
    expect(second?.heard).toEqual(["x: a"]);
  });

  test("an installation that nobody has listed is taken by whoever can, once something is heard of it", async () => {
    const [one] = await started(1);
    one?.ownership.hand({ installation: 77, subject: "new", news: "a" });
    await until(() => one?.heard.length === 1);
    expect(one?.gained).toContain(77);
  });

  test("five hundred that wait for long hold up nothing that is heard after them", async () => {
    const [one] = await started(1);
    await until(() => each() === 6);
    const schema = /search_path%3D(\w+)/.exec(url)?.[1];
    await asked(
      `INSERT INTO ${schema}.clerk_due SELECT 'print ' || n, 'slow ' || n, 1, 'a', 0, n FROM generate_series(1, 500) AS n`,
    );
    one?.ownership.hand({ installation: 2, subject: "x", news: "a" });
    await until(() => one?.heard.includes("x: a") === true);
    expect(one?.heard).toHaveLength(501);
  });

  test("two thousand installations and much that was heard, over a slow line: it shows all along that it lives", async () => {
    const many = Array.from({ length: 2000 }, (_, at) => at + 1);
    await started(0);
    const line = await Line.to(url, 5);
    try {
      const one = new Instance({ url: line.url });
      await one.ownership.among(many);
      expect(many.every((each) => one.ownership.holds(each))).toBe(true);
      for (const each of many.slice(0, 60))
        one.ownership.hand({ installation: each, subject: `x ${each}`, news: "a" });
      await until(() => one.heard.length > 0, 4);
    } finally {
      await Promise.all(all.splice(0).map(({ ownership }) => ownership.stop()));
      line.close();
    }
  });

  test("what cannot be read is taken off, and holds nothing up", async () => {
    const [one] = await started(1);
    one?.ownership.hand({ installation: 1, subject: "from a newer clerk", news: "unreadable" });
    one?.ownership.hand({ installation: 1, subject: "x", news: "a" });
    await until(() => one?.heard.length === 1);
    await until(async () => (await rows()).length === 1);
  });

  test("without the database nothing is anybody's, what is heard is kept, and goes on when it is back", async () => {
    const [one] = await started(1);
    await until(() => each() === 6);
    const schema = /search_path%3D(\w+)/.exec(url)?.[1];
    await asked(`ALTER TABLE ${schema}.clerk_instances RENAME TO away`);
    await until(() => one?.ours.length === 0);
    one?.ownership.hand({ installation: 1, subject: "x", news: "a" });
    await wait(100);
    expect(one?.heard).toEqual([]);
    await asked(`ALTER TABLE ${schema}.away RENAME TO clerk_instances`);
    await until(() => one?.heard.length === 1);
  });

  describe("one that hangs", () => {
    test("its machine asleep, in which only the clock on the wall goes on: nothing is its own when it wakes, until it has it anew", async () => {
      await started(0);
      let slept = 0;
      const clock = { ...systemClock, now: () => Date.now() + slept };
      const sleeper = new Instance({ clock });
      await sleeper.ownership.among(INSTALLATIONS);
      expect(sleeper.ours).toEqual(INSTALLATIONS);
      slept = 60_000;
      expect(sleeper.ours).toEqual([]);
      await until(() => sleeper.ours.length === 6);
      expect(sleeper.gained, "whoever had it meanwhile may have changed everything").toHaveLength(12);
    });

    test("what it took before and let lie as nothing was certainly its own is told once more", async () => {
      await started(0);
      let slept = 0;
      const clock = { ...systemClock, now: () => Date.now() + slept };
      const sleeper = new Instance({ clock });
      await sleeper.ownership.among(INSTALLATIONS);
      sleeper.ownership.hand({ installation: 1, subject: "x", news: "a" });
      await until(() => sleeper.heard.length === 1);
      slept = 12_000;
      await until(() => sleeper.heard.length === 2);
    });

    test("its session is ended in the same breath as it is struck off: nobody would look for it again", async () => {
      await started(0);
      const schema = /search_path%3D(\w+)/.exec(url)?.[1];
      const hanging = new pg.Client({ connectionString: url });
      const ended = new Promise((resolve) => hanging.on("error", resolve));
      await hanging.connect();
      await hanging.query(
        `INSERT INTO ${schema}.clerk_instances SELECT 'hanging', pid || ' ' || extract(epoch FROM backend_start), 0
         FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
      );
      const line = await Line.to(url);
      try {
        line.breakAfter("DELETE FROM clerk_instances WHERE seen_at");
        new Instance({ url: line.url });
        await ended;
      } finally {
        line.close();
      }
    });

    test("is told by its silence: its session is ended, and others follow", async () => {
      const [hanging] = await started(1);
      await until(() => each() === 6);
      const schema = /search_path%3D(\w+)/.exec(url)?.[1];
      // As if it had shown nothing for a while; what it does in the same moment may come before or after.
      const other = new Instance();
      await until(async () => {
        await asked(`UPDATE ${schema}.clerk_instances SET seen_at = seen_at - 30000`);
        return other.ours.length > 0 || (hanging?.gained.length ?? 0) > 6;
      });
      each();
    });
  });
});
