import { expect, test } from "vitest";
import { Share } from "../../../src/pages/share.js";

/** A thread that works or rests as it is told. */
function thread() {
  let [now, worked] = [5_000, 3_000];
  return {
    clock: { now: () => now, worked: () => worked },
    works: (milliseconds: number) => {
      now += milliseconds;
      worked += milliseconds;
    },
    rests: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test("however much is asked for, answers take a quarter of the thread's time", () => {
  const { clock, works, rests } = thread();
  const share = new Share(clock);
  const before = clock.now();
  let taken = 0;
  for (let round = 0; round < 1_000; round += 1) {
    rests(share.pause);
    share.begin();
    works(80);
    share.end();
    taken += 80;
  }
  // A second of it was there from the beginning.
  expect((taken - 1_000) / (clock.now() - before)).toBeCloseTo(0.25, 2);
});

test("what the clerk does meanwhile for itself is charged to nobody", () => {
  const { clock, works } = thread();
  const share = new Share(clock);
  works(60_000);
  expect(share.pause).toBe(0);
});

test("waiting for the store costs nothing, and of two answers at a time the work is charged once", () => {
  const { clock, works, rests } = thread();
  const share = new Share(clock);
  share.begin();
  share.begin();
  rests(10_000);
  expect(share.pause).toBe(0);
  works(600);
  expect(share.pause).toBe(0);
  works(800);
  expect(share.pause).toBeGreaterThan(0);
  share.end();
  share.end();
  rests(share.pause);
  expect(share.pause).toBe(0);
});

test("an answer that hangs while the clerk works for itself leaves no debt that lasts", () => {
  const { clock, works } = thread();
  const share = new Share(clock);
  share.begin();
  works(3_600_000);
  share.end();
  expect(share.pause).toBeLessThan(5_000);
});
