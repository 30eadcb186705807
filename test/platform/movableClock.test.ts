import { describe, expect, it } from "vitest";
import { MovableClock } from "../../src/platform/movableClock.js";

describe("the movable clock", () => {
  it("stands still until it is moved, and never goes back", async () => {
    const clock = new MovableClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.advance(500);
    await clock.setTo(1200);
    expect(clock.now()).toBe(1500);
  });

  it("wakes sleepers in the order of their time, each at its time", async () => {
    const clock = new MovableClock(0);
    const woken: [string, number][] = [];
    const sleep = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push([name, clock.now()]));
    void sleep("late", 300);
    void sleep("early", 100);
    void sleep("early too", 100);
    void sleep("never", 5000);
    expect([clock.nextWake(), clock.sleepers]).toEqual([100, 4]);
    await clock.advance(1000);
    expect(woken).toEqual([
      ["early", 100],
      ["early too", 100],
      ["late", 300],
    ]);
    expect([clock.now(), clock.nextWake(), clock.sleepers]).toEqual([1000, 5000, 1]);
  });

  it("lets a woken sleeper sleep again within the same move", async () => {
    const clock = new MovableClock(0);
    const at: number[] = [];
    const work = async () => {
      for (let i = 0; i < 3; i++) {
        await clock.sleep(100);
        at.push(clock.now());
      }
    };
    void work();
    await clock.advance(1000);
    expect(at).toEqual([100, 200, 300]);
  });

  it("ends a sleep at once when it is aborted, before or during", async () => {
    const clock = new MovableClock(0);
    const stop = new AbortController();
    const sleeping = clock.sleep(100, stop.signal);
    stop.abort();
    await sleeping;
    await clock.sleep(100, stop.signal);
    expect([clock.now(), clock.sleepers]).toEqual([0, 0]);
  });
});
