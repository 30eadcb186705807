import { expect, test } from "vitest";
import { Share } from "../../../src/pages/share.js";

/** A thread that works or rests as it is told, on time that passes where everybody waits for it. */
function thread() {
  let [now, worked] = [5_000, 3_000];
  const alarms: { readonly at: number; readonly ring: () => void }[] = [];
  const sleep = (milliseconds: number) =>
    new Promise<void>((ring) => {
      alarms.push({ at: now + milliseconds, ring });
    });
  return {
    clock: { now: () => now, worked: () => worked, sleep },
    sleep,
    works: (milliseconds: number) => {
      now += milliseconds;
      worked += milliseconds;
    },
    /** Until this is done, or the time is up. */
    until: async (isDone: () => boolean, end = Number.POSITIVE_INFINITY) => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone()) return;
        alarms.sort((a, b) => a.at - b.at);
        if ((alarms[0]?.at ?? Number.POSITIVE_INFINITY) > end) return;
        const next = alarms.shift();
        if (next === undefined) throw new Error("Nobody waits for anything any more.");
        now = Math.max(now, next.at);
        next.ring();
      }
    },
  };
}

/** Fifty who ask again as soon as they are answered, for so long; tells which part of the thread's time it took. */
async function partTaken(answer: { readonly work: number; readonly waits: number }, length = 120_000) {
  const { clock, sleep, works, until } = thread();
  const share = new Share(clock);
  const began = clock.now();
  let taken = 0;
  const asks = async () => {
    for (;;)
      await share.take(async () => {
        // The store is asked first, and what it answers is the work.
        if (answer.waits > 0) await sleep(answer.waits);
        works(answer.work);
        taken += answer.work;
      });
  };
  for (let who = 0; who < 50; who += 1) void asks();
  await until(() => clock.now() - began >= length);
  // A second of it was there from the beginning, and the last answer may have taken more than there was.
  return (taken - 1_000 - answer.work) / (clock.now() - began);
}

test.each([
  { work: 80, waits: 0 },
  { work: 80, waits: 1 },
  { work: 40, waits: 100 },
  { work: 400, waits: 20 },
  { work: 1_500, waits: 300 },
])(
  "however much is asked for, and however long the store takes, answers take a quarter of the thread's time: %o",
  async (answer) => {
    const part = await partTaken(answer);
    expect(part).toBeLessThan(0.255);
    // And no less, where there is that much to do.
    if (answer.work > answer.waits) expect(part).toBeGreaterThan(0.23);
  },
);

test("what the clerk does meanwhile for itself is charged to nobody", async () => {
  const { clock, works, until } = thread();
  const share = new Share(clock);
  works(60_000);
  const at = clock.now();
  let isMade = false;
  void share.take(async () => {
    isMade = true;
  });
  await until(() => isMade);
  expect(clock.now()).toBe(at);
});

test("an answer that hangs while the clerk works for itself leaves no debt that lasts, and holds the others up for seconds only", async () => {
  const { clock, works, sleep, until } = thread();
  const share = new Share(clock);
  let hasBegun = false;
  void share.take(() => sleep(3_600_000));
  void share.take(async () => {
    hasBegun = true;
  });
  await until(() => false, clock.now() + 4_999);
  expect(hasBegun).toBe(false);
  works(60_000);
  const at = clock.now();
  await until(() => hasBegun);
  expect(clock.now() - at).toBeLessThan(10_000);
});

test("an answer that cannot be made is no burden on the next", async () => {
  const { clock } = thread();
  const share = new Share(clock);
  await expect(share.take(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await share.take(async () => "yes")).toBe("yes");
});
