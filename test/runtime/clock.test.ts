import { beforeEach, describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { limitIn, usedUp } from "../../src/github/client/limits.js";
import { type ClockNews, type GitHubClock, gitHubClock } from "../../src/platform/clock.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { clockSentence } from "../../src/platform/systemClock.js";

const START = Date.UTC(2026, 2, 3, 14, 5, 0);

let machine: MovableClock;
let news: ClockNews[];
let clock: GitHubClock;

beforeEach(() => {
  machine = new MovableClock(START);
  news = [];
  clock = gitHubClock(machine, (one) => news.push(one));
});

const header = (at: number) => new Date(at).toUTCString();

/** An answer whose date was made when GitHub's clock was `ahead` of the machine's; it takes `length` there and back. */
async function answer(ahead: number, length = 0): Promise<void> {
  const hear = clock.asking();
  await machine.advance(length / 2);
  const date = header(machine.now() + ahead);
  await machine.advance(length / 2);
  hear(date);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const off = () => clock.now() - machine.now();

describe("GitHub's time", () => {
  test("whoever sleeps is woken when it is found to be further on than they sleep, and sleeps the rest where it is not", async () => {
    const woken: string[] = [];
    const sleep = (name: string, ms: number, signal?: AbortSignal) =>
      void clock.sleep(ms, signal).then(() => woken.push(name));
    const given = new AbortController();
    sleep("a day", DAY);
    sleep("eleven days", 11 * DAY);
    sleep("given up", 30 * DAY, given.signal);
    await answer(10 * DAY);
    await turn();
    expect(woken).toEqual([]);
    await answer(10 * DAY);
    await turn();
    expect(woken).toEqual(["a day"]);
    given.abort();
    await turn();
    expect(woken).toEqual(["a day", "given up"]);
    await machine.advance(DAY - SECOND);
    expect(woken).toHaveLength(2);
    await machine.advance(2 * SECOND);
    expect(woken).toEqual(["a day", "given up", "eleven days"]);
    expect(machine.sleepers).toBe(0);
  });

  test("is the machine's as long as whole seconds and the way there and back explain the difference", async () => {
    expect(off()).toBe(0);
    for (const [past, length] of [
      [0, 0],
      [1, 0],
      [499, 0],
      [999, 0],
      [0, 9000],
      [700, 3000],
    ] as const) {
      await machine.setTo(Math.ceil(machine.now() / SECOND) * SECOND + past);
      await answer(0, length);
      expect(off()).toBe(0);
    }
    expect(clock.aheadSeconds).toBe(0);
    expect(news).toEqual([]);
  });

  test("is never ahead of GitHub's own, whatever the machine shows and however long answers take", async () => {
    for (const ahead of [
      6 * DAY,
      3 * HOUR + 250,
      61 * SECOND,
      2 * SECOND,
      1,
      -2500,
      -61 * SECOND,
      -6 * DAY,
    ]) {
      machine = new MovableClock(START);
      clock = gitHubClock(machine);
      for (const length of [40, 900, 10_000, 0, 333]) {
        await machine.advance(12_345);
        await answer(-ahead, length);
        const gitHubs = machine.now() - ahead;
        // Whole seconds prove no more than the second itself: a machine right to within one is taken as it is.
        expect(clock.now() - gitHubs).toBeLessThanOrEqual(Math.min(SECOND, Math.max(0, ahead)));
      }
      expect(machine.now() - ahead - clock.now()).toBeLessThanOrEqual(SECOND + 40);
    }
  });

  test("earlier than thought is believed at once, much later when two answers in a row say so", async () => {
    await answer(-6 * DAY);
    expect(off()).toBe(-6 * DAY);
    await answer(0);
    expect(off()).toBe(-6 * DAY);
    await answer(0);
    expect(off()).toBe(0);
    await answer(61 * SECOND);
    expect(off()).toBe(0);
    await answer(61 * SECOND);
    expect(off()).toBe(61 * SECOND);
  });

  test("later by exactly a minute is believed at once", async () => {
    await answer(MINUTE);
    expect(off()).toBe(MINUTE);
  });

  test("one stray date among right ones moves nothing forward, also when two come that do not agree", async () => {
    await answer(0);
    await answer(6 * DAY);
    await answer(0);
    await answer(6 * DAY);
    await answer(12 * DAY);
    expect(off()).toBe(0);
    expect(news).toEqual([]);
  });

  test("stands still rather than going back by less than a minute, and goes back at once by more", async () => {
    await answer(30 * SECOND);
    const shown = clock.now();
    await answer(10 * SECOND);
    expect(clock.now()).toBe(shown);
    await machine.advance(19 * SECOND);
    expect(clock.now()).toBe(shown);
    await machine.advance(2 * SECOND);
    expect(clock.now()).toBe(shown + SECOND);
    await answer(-50 * SECOND);
    expect(off()).toBe(-50 * SECOND);
  });

  test("timers go by the machine's clock", async () => {
    await answer(-6 * DAY);
    let woken = false;
    void clock.sleep(500).then(() => {
      woken = true;
    });
    await machine.advance(500);
    await Promise.resolve();
    expect(woken).toBe(true);
  });

  test.each([
    "",
    "yesterday",
    "2026-03-03T14:05:00Z",
    "0",
    "Tue, 99 Mar 2026 14:05:00 GMT",
    header(START + 367 * DAY),
    header(START - 367 * DAY),
    header(0),
  ])("a date that cannot be right is left out of account, and told of once: %s", async (date) => {
    clock.asking()(date);
    clock.asking()(date);
    expect(off()).toBe(0);
    expect(clock.aheadSeconds).toBe(null);
    expect(news).toEqual([{ kind: "unusable", date }]);
    await answer(0);
    clock.asking()(date);
    expect(news).toHaveLength(2);
    clock.asking()(undefined);
    expect(news).toHaveLength(2);
  });
});

describe("a minute apart", () => {
  test.each([60, -60])("%d seconds are not told of", async (ahead) => {
    for (const past of [0, 1, 400, 999]) {
      await machine.setTo(Math.ceil(machine.now() / SECOND) * SECOND + past);
      await answer(-ahead * SECOND);
      await answer(-ahead * SECOND);
    }
    expect(news).toEqual([]);
    expect(clock.aheadSeconds).toBe(ahead);
  });

  test.each([61, -61, 518_400, -518_400])("%d seconds are told of once", async (ahead) => {
    for (let round = 0; round < 5; round += 1) {
      await machine.advance(777);
      await answer(-ahead * SECOND);
    }
    expect(news).toEqual([{ kind: "apart", aheadSeconds: ahead }]);
    expect(clock.aheadSeconds).toBe(ahead);
  });

  test("its end is told once, when it is well over, and the next time anew", async () => {
    await answer(-90 * SECOND);
    await answer(-58 * SECOND);
    await answer(-62 * SECOND);
    expect(news).toHaveLength(1);
    await answer(-3 * SECOND);
    await answer(-3 * SECOND);
    expect(news.slice(1)).toEqual([{ kind: "together", aheadSeconds: 3 }]);
    await answer(-61 * SECOND);
    expect(news.slice(2)).toEqual([{ kind: "apart", aheadSeconds: 61 }]);
  });

  test("a slow answer is no reason: what its length explains is not counted", async () => {
    await answer(-55 * SECOND, 20 * SECOND);
    expect(news).toEqual([]);
  });
});

test("the budget is whole again when GitHub's clock says so, on a machine whose own is wrong", () => {
  const gitHubs = START;
  const headers = {
    date: header(gitHubs),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String((gitHubs + 20 * MINUTE) / SECOND),
  };
  for (const ahead of [6 * DAY, -6 * DAY, 61 * SECOND, 0]) {
    const now = gitHubs + ahead;
    expect(usedUp(headers, now)?.until).toBe(now + 20 * MINUTE + SECOND);
    expect(limitIn(403, headers, "", now)?.until).toBe(now + 20 * MINUTE + SECOND);
  }
});

test("what is said about the two clocks", () => {
  expect(clockSentence({ kind: "apart", aheadSeconds: 518_400 })).toBe(
    "The clock of this machine is 6 days (518400 seconds) ahead of GitHub's. Decisions go by GitHub's time; set this machine's right.",
  );
  expect(clockSentence({ kind: "apart", aheadSeconds: -61 })).toContain("is 61 seconds behind GitHub's.");
  expect(clockSentence({ kind: "together", aheadSeconds: 3 })).toBe(
    "The clock of this machine and GitHub's agree again to within a minute (3 seconds ahead).",
  );
  expect(clockSentence({ kind: "unusable", date: "yesterday" })).toContain("(yesterday)");
});
