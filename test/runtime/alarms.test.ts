import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Scheduler } from "../../src/platform/scheduler.js";
import { Deadlines } from "../../src/runtime/schedule/deadlines.js";
import { ref, START, turns } from "./fakes.js";

const DAY = 86_400_000;

function rung(clock: MovableClock) {
  const heard: [string, number][] = [];
  const alarms = new Scheduler<string>(clock, (item) => heard.push([item, clock.now() - START]));
  return { heard, alarms };
}

describe("alarms", () => {
  test("ring in the order of their time, each at its time", async () => {
    const clock = new MovableClock(START);
    const { heard, alarms } = rung(clock);
    for (const [key, at] of [
      ["c", 3000],
      ["a", 1000],
      ["b", 2000],
    ] as const)
      alarms.set(key, START + at, key);
    await clock.advance(10_000);
    expect(heard).toEqual([
      ["a", 1000],
      ["b", 2000],
      ["c", 3000],
    ]);
    expect(alarms.size).toBe(0);
  });

  test("setting a key again moves it, clearing it silences it", async () => {
    const clock = new MovableClock(START);
    const { heard, alarms } = rung(clock);
    alarms.set("later", START + 1000, "later");
    alarms.set("later", START + 5000, "later");
    alarms.set("sooner", START + 9000, "sooner");
    alarms.set("sooner", START + 2000, "sooner");
    alarms.set("never", START + 1500, "never");
    alarms.clear("never");
    await clock.advance(20_000);
    expect(heard).toEqual([
      ["sooner", 2000],
      ["later", 5000],
    ]);
  });

  test("what has passed rings as soon as may be", async () => {
    const clock = new MovableClock(START);
    const { heard, alarms } = rung(clock);
    alarms.set("past", START - DAY, "past");
    await turns();
    expect(heard).toEqual([["past", 0]]);
  });

  test("a far future rings at its moment: no single sleep is longer than setTimeout can count", async () => {
    const clock = new MovableClock(START);
    const asked: number[] = [];
    const watched = {
      now: () => clock.now(),
      sleep: (ms: number, signal?: AbortSignal) => {
        asked.push(ms);
        return clock.sleep(ms, signal);
      },
    };
    const heard: number[] = [];
    const alarms = new Scheduler<string>(watched, () => heard.push(clock.now() - START));
    alarms.set("far", START + 400 * DAY, "far");
    await clock.advance(400 * DAY - 1);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toEqual([400 * DAY]);
    expect(Math.max(...asked)).toBeLessThan(2 ** 31);
  });

  test("stopped alarms ring no more and leave no sleeper", async () => {
    const clock = new MovableClock(START);
    const { heard, alarms } = rung(clock);
    alarms.set("a", START + 1000, "a");
    alarms.stop();
    alarms.set("b", START + 1000, "b");
    await clock.advance(DAY);
    expect(heard).toEqual([]);
    expect(clock.sleepers).toBe(0);
  });

  test("whatever is set, moved and cleared: what stands last rings, in order, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 1, max: 5000 }))), {
          maxLength: 200,
        }),
        async (steps) => {
          const clock = new MovableClock(START);
          const { heard, alarms } = rung(clock);
          const wanted = new Map<string, number>();
          for (const [key, at] of steps) {
            if (at === null) {
              alarms.clear(`k${key}`);
              wanted.delete(`k${key}`);
            } else {
              alarms.set(`k${key}`, START + at, `k${key}`);
              wanted.set(`k${key}`, at);
            }
          }
          expect(alarms.next()).toBe(wanted.size === 0 ? null : START + Math.min(...wanted.values()));
          await clock.advance(6000);
          expect(heard.map(([, at]) => at)).toEqual([...wanted.values()].sort((a, b) => a - b));
          expect(new Map(heard)).toEqual(wanted);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test("fcp.conclude: a deadline looks when it is due, once, and a new one takes the place of the old", async () => {
  const clock = new MovableClock(START);
  const due: [number, number][] = [];
  const deadlines = new Deadlines(clock, ({ number }) => due.push([number, clock.now() - START]));
  deadlines.set(ref(1), START + 5 * DAY);
  deadlines.set(ref(2), START + 3 * DAY);
  deadlines.set(ref(1), START + 6 * DAY);
  deadlines.set(ref(3), START + DAY);
  deadlines.set(ref(3), null);
  expect(deadlines.next()).toBe(START + 3 * DAY);
  await clock.advance(10 * DAY);
  expect(due).toEqual([
    [2, 3 * DAY],
    [1, 6 * DAY],
  ]);
  expect(deadlines.size).toBe(0);
});
