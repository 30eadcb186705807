import { describe, expect, test } from "vitest";
import { MovableClock } from "../../src/platform/movableClock.js";
import type { Asker } from "../../src/runtime/reconcile/budget.js";
import {
  backOff,
  type ReconcileCause,
  ReconcileQueue,
  type ReconcileResult,
} from "../../src/runtime/reconcile/queue.js";
import { queueing } from "../support/reconciling.js";
import { FakeLog, ref, START, turns, until } from "./fakes.js";

interface Held {
  readonly number: number;
  readonly installation: number;
  readonly at: number;
  readonly cause: ReconcileCause;
  readonly finish: (result?: ReconcileResult) => void;
}

/** A queue whose reconciles last until the test finishes them. */
function heldQueue(concurrency = 4, mayReconcileAt = () => START) {
  const clock = new MovableClock(START);
  const log = new FakeLog();
  const looks: Held[] = [];
  const done: number[] = [];
  const queue = new ReconcileQueue({
    ...queueing(clock),
    log,
    concurrency,
    mayReconcileAt,
    onDone: ({ number }) => done.push(number),
    reconcile: ({ number, installation }, cause) =>
      new Promise((resolve) => {
        looks.push({
          number,
          installation,
          at: clock.now() - START,
          cause,
          finish: (result = { kind: "done" }) => resolve(result),
        });
      }),
  });
  const finish = async (index: number, result?: ReconcileResult) => {
    looks[index]?.finish(result);
    await turns();
  };
  return { clock, log, looks, done, queue, finish };
}

describe("one look at a time per proposal, bursts coalesced, nothing dropped", () => {
  test("a burst of ten webhooks is one look", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    for (let n = 0; n < 10; n += 1) queue.trigger(ref());
    await clock.advance(500);
    await turns();
    await finish(0);
    await clock.advance(60_000);
    expect(looks.map((look) => look.at)).toEqual([500]);
    expect(queue.idle()).toBe(true);
  });

  test("a steady stream of triggers does not put the look off", async () => {
    const { clock, looks, queue } = heldQueue();
    for (let n = 0; n < 10; n += 1) {
      queue.trigger(ref());
      await clock.advance(100);
    }
    await turns();
    expect(looks[0]?.at).toBe(500);
  });

  test("triggers during a look cause exactly one more look, after it", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    await clock.advance(500);
    await turns();
    for (let n = 0; n < 5; n += 1) queue.trigger(ref());
    await clock.advance(10_000);
    await turns();
    expect(looks).toHaveLength(1);
    await finish(0);
    await clock.advance(500);
    await turns();
    expect(looks).toHaveLength(2);
    await finish(1);
    await clock.advance(60_000);
    await turns();
    expect(looks).toHaveLength(2);
    expect(queue.idle()).toBe(true);
  });

  test("different proposals are looked at side by side, never more at once than the limit", async () => {
    const { clock, looks, queue, finish } = heldQueue(2);
    for (const number of [1, 2, 3]) queue.trigger(ref(number));
    await clock.advance(500);
    await turns();
    expect(looks.map((look) => look.number)).toEqual([1, 2]);
    await finish(0);
    expect(looks.map((look) => look.number)).toEqual([1, 2, 3]);
  });

  test("names of repositories are the same in any case", async () => {
    const { clock, looks, queue } = heldQueue();
    queue.trigger(ref());
    queue.trigger({ ...ref(), owner: "Matrix-Org" });
    await clock.advance(500);
    await turns();
    expect(looks).toHaveLength(1);
  });

  test("what people do goes before what a resync lines up", async () => {
    const { clock, looks, queue, finish } = heldQueue(1);
    for (const number of [1, 2, 3]) queue.trigger(ref(number), { background: true });
    await clock.advance(500);
    await turns();
    queue.trigger(ref(3));
    await finish(0);
    await finish(1);
    expect(looks.map((look) => look.number)).toEqual([1, 3, 2]);
  });

  test("a look that failed is tried again, later each time, and not dropped", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    for (let n = 0; n < 4; n += 1) {
      await until(clock, () => looks.length === n + 1);
      await finish(n, { kind: "again", at: null, why: "500" });
      expect(queue.length).toBe(1);
    }
    await until(clock, () => looks.length === 5);
    const gaps = looks.slice(1).map((look, index) => look.at - (looks[index]?.at ?? 0));
    expect(gaps).toEqual([2000, 4000, 8000, 16_000]);
    await finish(4);
    expect(queue.idle()).toBe(true);
  });

  test("after a success the back-off begins from the start", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    await until(clock, () => looks.length === 1);
    await finish(0, { kind: "again", at: null, why: "500" });
    await until(clock, () => looks.length === 2);
    await finish(1, { kind: "again", at: null, why: "500" });
    await until(clock, () => looks.length === 3);
    queue.trigger(ref());
    await finish(2);
    await until(clock, () => looks.length === 4);
    const failedAt = clock.now() - START;
    await finish(3, { kind: "again", at: null, why: "500" });
    await until(clock, () => looks.length === 5);
    expect((looks[4]?.at ?? 0) - failedAt).toBe(2000);
  });

  test("a time GitHub named is waited for, also when further webhooks come in", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    await until(clock, () => looks.length === 1);
    await finish(0, { kind: "again", at: START + 3_600_000, why: "rate limit" });
    queue.trigger(ref());
    await clock.advance(3_000_000);
    await turns();
    expect(looks).toHaveLength(1);
    await clock.setTo(START + 3_600_000);
    await turns();
    expect(looks).toHaveLength(2);
  });

  test("what waits for room while nobody waits for it is looked at again at once when somebody does, once", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    const wait = {
      kind: "again",
      at: START + 3_600_000,
      why: "what is left of the hour is for people",
    } as const;
    queue.trigger(ref(), { background: true });
    await clock.advance(500);
    await turns();
    await finish(0, wait);
    queue.trigger(ref(), { background: true });
    await clock.advance(10_000);
    expect(looks).toHaveLength(1);
    queue.trigger(ref());
    await clock.advance(500);
    await turns();
    expect(looks.map(({ at }) => at)).toEqual([500, 11_000]);
    // Where there is no room for anybody, impatience does not help.
    await finish(1, wait);
    queue.trigger(ref());
    await clock.advance(60_000);
    await turns();
    expect(looks).toHaveLength(2);
  });

  test("a time that is now, again and again, is not a loop without a pause", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    for (let n = 0; n < 5; n += 1) {
      await until(clock, () => looks.length === n + 1);
      await finish(n, { kind: "again", at: clock.now(), why: "the config has changed" });
    }
    await until(clock, () => looks.length === 6);
    const gaps = looks.slice(1).map((look, index) => look.at - (looks[index]?.at ?? 0));
    expect(gaps).toEqual([500, 500, 2000, 4000, 8000]);
  });

  test("a look that throws is said as a fault and tried again", async () => {
    const clock = new MovableClock(START);
    const log = new FakeLog();
    let looks = 0;
    const queue = new ReconcileQueue({
      ...queueing(clock),
      log,
      reconcile: async () => {
        looks += 1;
        if (looks === 1) throw new Error("a fault");
        return { kind: "done" };
      },
    });
    queue.trigger(ref());
    await until(clock, () => looks === 2 && queue.idle());
    expect(log.lines.find((line) => line.level === "error")?.facts).toEqual({
      proposal: "matrix-org/matrix-spec-proposals#3000",
      error: "a fault",
    });
  });

  test("a forced look stays forced until one has succeeded, and once only", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    queue.trigger(ref());
    queue.trigger(ref(), { forced: true });
    await until(clock, () => looks.length === 1);
    await finish(0, { kind: "again", at: null, why: "500" });
    await until(clock, () => looks.length === 2);
    queue.trigger(ref());
    await finish(1);
    await until(clock, () => looks.length === 3);
    expect(looks.map((look) => look.cause.forced)).toEqual([true, true, false]);
  });

  test("stopping takes no new looks, drops the waiting ones, and waits for those under way", async () => {
    const { clock, looks, queue, finish } = heldQueue(1);
    queue.trigger(ref(1));
    queue.trigger(ref(2));
    await clock.advance(500);
    await turns();
    let stopped = false;
    void queue.stop().then(() => {
      stopped = true;
    });
    queue.trigger(ref(3));
    await turns();
    expect(stopped).toBe(false);
    await finish(0, { kind: "again", at: null, why: "500" });
    await clock.advance(600_000);
    await turns();
    expect(stopped).toBe(true);
    expect(looks.map((look) => look.number)).toEqual([1]);
    expect(queue.idle()).toBe(true);
  });

  test("what a look was about is told to be done; one that stopping cut short, or that was asked for anew, is not", async () => {
    const { clock, looks, done, queue, finish } = heldQueue();
    queue.trigger(ref(1));
    await clock.advance(500);
    await turns();
    await finish(0);
    expect(done).toEqual([1]);
    queue.trigger(ref(2));
    await clock.advance(500);
    await turns();
    expect(looks).toHaveLength(2);
    queue.trigger(ref(2));
    void queue.stop();
    // As a reconcile ends that may begin no new action.
    await finish(1);
    expect(done).toEqual([1]);
  });

  test("thousands of proposals leave nothing behind once looked at", async () => {
    const clock = new MovableClock(START);
    let looks = 0;
    const queue = new ReconcileQueue({
      ...queueing(clock),
      log: new FakeLog(),
      reconcile: async () => {
        looks += 1;
        return { kind: "done" };
      },
    });
    for (let number = 1; number <= 5000; number += 1) queue.trigger(ref(number), { background: true });
    await until(clock, () => queue.idle());
    expect(looks).toBe(5000);
    expect(clock.sleepers).toBe(0);
  });
});

test("the back-off doubles up to five minutes", () => {
  expect([1, 2, 3, 8, 9, 50, 10_000].map(backOff)).toEqual([
    2000, 4000, 8000, 256_000, 300_000, 300_000, 300_000,
  ]);
});

describe("several installations", () => {
  test("three hundred slow looks of one keep another's first waiting no longer than the next free lane", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    for (let number = 1; number <= 300; number += 1) queue.trigger(ref(number));
    await clock.advance(500);
    await turns();
    queue.trigger({ installation: 8, owner: "w3c", name: "standards", number: 1 }, { background: true });
    await clock.advance(500);
    await turns();
    expect(looks.map((look) => look.installation)).toEqual([7, 7, 7, 7]);
    await finish(0);
    await finish(1);
    expect(looks.map((look) => look.installation)).toEqual([7, 7, 7, 7, 8, 7]);
    expect(looks.at(-1)?.number).toBe(5);
  });
});

describe("outsiders' affairs", () => {
  const by = "outsiders" as const;

  test("leave one lane free for what the roster waits for, and take the others in order", async () => {
    const { clock, looks, queue, finish } = heldQueue(3);
    for (const number of [1, 2, 3, 4]) queue.trigger(ref(number), { by });
    await clock.advance(500);
    await turns();
    expect(looks.map((look) => look.number)).toEqual([1, 2]);
    queue.trigger(ref(9));
    await clock.advance(500);
    await turns();
    expect(looks.map((look) => look.number)).toEqual([1, 2, 9]);
    await finish(2);
    expect(looks).toHaveLength(3);
    await finish(0);
    await finish(1);
    expect(looks.map((look) => look.number)).toEqual([1, 2, 9, 3, 4]);
  });

  test("with one lane only they are looked at all the same, after what the roster waits for", async () => {
    const { clock, looks, queue, finish } = heldQueue(1);
    queue.trigger(ref(1), { by });
    queue.trigger(ref(2), { by });
    queue.trigger(ref(3));
    await clock.advance(500);
    await turns();
    await finish(0);
    await finish(1);
    expect(looks.map((look) => look.number)).toEqual([1, 3, 2]);
  });

  test("one that waits for a lane is looked at once somebody on the roster asks for it", async () => {
    const { clock, looks, queue } = heldQueue(2);
    queue.trigger(ref(1), { by });
    queue.trigger(ref(2), { by });
    await clock.advance(500);
    await turns();
    queue.trigger(ref(2));
    await turns();
    expect(looks.map((look) => look.number)).toEqual([1, 2]);
  });

  /** One whose budget has room again after a minute. */
  function poor() {
    const clock = new MovableClock(START);
    const log = new FakeLog();
    const looks: { readonly at: number; readonly by: Asker }[] = [];
    let result: ReconcileResult = { kind: "done" };
    const queue = new ReconcileQueue({
      ...queueing(clock),
      log,
      mayReconcileAt: () => START + 60_000,
      reconcile: async (_ref, _cause, by) => {
        looks.push({ at: clock.now() - START, by });
        return result;
      },
    });
    const failing = (answer: ReconcileResult) => {
      result = answer;
    };
    return { clock, log, looks, queue, failing };
  }

  test("beyond the budget a look is put off, said in the log, and made when there is room", async () => {
    const { clock, log, looks, queue } = poor();
    queue.trigger(ref(), { by });
    await clock.advance(500);
    await turns();
    queue.trigger(ref(), { by });
    expect([queue.length, queue.idle()]).toEqual([1, true]);
    expect(log.of("info")).toHaveLength(1);
    await clock.advance(59_500);
    await turns();
    expect(looks).toEqual([{ at: 60_000, by }]);
    expect(queue.length).toBe(0);
  });

  test("an act of somebody on the roster lifts it, also where a look had to stop for it", async () => {
    const { clock, looks, queue, failing } = poor();
    queue.trigger(ref(), { by });
    await clock.advance(5_000);
    queue.trigger(ref());
    await clock.advance(500);
    await turns();
    expect(looks).toEqual([{ at: 5_500, by: "roster" }]);

    failing({ kind: "again", at: START + 3_600_000, why: "its share is used up" });
    queue.trigger(ref(), { by });
    await clock.advance(60_000);
    await turns();
    expect(looks).toHaveLength(2);
    failing({ kind: "done" });
  });

  test("a failure that is GitHub's is waited out, whoever asks", async () => {
    const { clock, looks, queue, failing } = poor();
    failing({ kind: "again", at: START + 30_000, why: "rate limit" });
    queue.trigger(ref());
    await clock.advance(500);
    await turns();
    queue.trigger(ref());
    await clock.advance(10_000);
    await turns();
    expect(looks).toHaveLength(1);
  });
});

describe("what people on no team do on a members' affair", () => {
  const by = "strangers" as const;

  /** Their share is used up: at most once in ten minutes. */
  function spent() {
    const clock = new MovableClock(START);
    const log = new FakeLog();
    const looks: { readonly at: number; readonly by: Asker }[] = [];
    let over = START;
    const queue = new ReconcileQueue({
      ...queueing(clock),
      log,
      mayReconcileAt: () => over + 600_000,
      reconcile: async (_ref, _cause, asker) => {
        looks.push({ at: clock.now() - START, by: asker });
        await clock.sleep(2_000);
        over = clock.now();
        return { kind: "done" };
      },
    });
    return { clock, log, looks, queue };
  }

  test("waits beyond its share, said in the log once, however often they do it", async () => {
    const { clock, log, looks, queue } = spent();
    for (let second = 0; second < 1_200; second += 1) {
      queue.trigger(ref(), { by });
      await clock.advance(1_000);
      await turns(2);
    }
    expect(looks).toEqual([{ at: 600_000, by }]);
    expect(log.of("info")).toEqual(
      Array(2).fill(expect.stringContaining("Nobody on the roster asks for it")),
    );
  });

  test.each([
    ["a member's act", {}],
    ["a deadline", { by: "roster" }],
    ["a resync", { background: true, by: "roster" }],
  ] as const)("is no reason for %s to wait", async (_, urgency) => {
    const { clock, looks, queue } = spent();
    queue.trigger(ref(), { by });
    await clock.advance(60_000);
    await turns();
    queue.trigger(ref(), urgency);
    await clock.advance(500);
    await turns();
    expect(looks).toEqual([{ at: 60_500, by: "roster" }]);
  });

  test("waits again after a member's act, also what they did while that was looked at", async () => {
    const { clock, looks, queue } = spent();
    queue.trigger(ref());
    for (let at = 0; at < 600; at += 1) {
      await clock.advance(500);
      await turns(2);
      queue.trigger(ref(), { by });
    }
    expect(looks).toEqual([{ at: 500, by: "roster" }]);
  });

  test("is not put off where a look failed: GitHub's time is waited for", async () => {
    let at = START;
    const { clock, looks, queue, finish } = heldQueue(4, () => at);
    queue.trigger(ref(), { by });
    await until(clock, () => looks.length === 1);
    at = START + 60_000;
    await finish(0, { kind: "again", at: START + 3_600_000, why: "rate limit" });
    await clock.advance(120_000);
    await turns();
    expect(looks).toHaveLength(1);
    await clock.setTo(START + 3_600_000);
    await turns();
    expect(looks).toHaveLength(2);
  });

  test("takes every lane: only outsiders' affairs leave one free", async () => {
    const { clock, looks, queue } = heldQueue(2);
    for (const number of [1, 2]) queue.trigger(ref(number), { by });
    await clock.advance(500);
    await turns();
    expect(looks.map((look) => look.number)).toEqual([1, 2]);
  });
});

describe("pushes in a row", () => {
  test("each waits twice as long as the one before, a minute at most; after two minutes' rest it begins anew", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    for (let at = 0; at < 150; at += 1) {
      queue.trigger(ref(), { push: true });
      await clock.advance(4_000);
      await turns();
      for (const index of looks.keys()) await finish(index);
    }
    const gaps = looks.map(({ at }, index) => at - (looks[index - 1]?.at ?? 0));
    expect(looks.length).toBeLessThan(20);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(64_000);
    await clock.advance(180_000);
    await turns();
    for (const index of looks.keys()) await finish(index);
    const before = looks.length;
    const now = clock.now() - START;
    queue.trigger(ref(), { push: true });
    await clock.advance(500);
    await turns();
    expect(looks[before]?.at).toBe(now + 500);
  });

  test("do not keep a vote waiting", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    for (let at = 0; at < 8; at += 1) {
      queue.trigger(ref(), { push: true });
      await clock.advance(50_000);
      await turns();
      for (const index of looks.keys()) await finish(index);
    }
    const before = looks.length;
    const now = clock.now() - START;
    queue.trigger(ref(), { push: true });
    queue.trigger(ref());
    await clock.advance(500);
    await turns();
    expect(looks.length).toBeGreaterThan(before - 1);
    expect(looks.at(-1)?.at).toBe(now + 500);
  });

  test("of one proposal do not slow another", async () => {
    const { clock, looks, queue, finish } = heldQueue();
    for (let at = 0; at < 8; at += 1) {
      queue.trigger(ref(1), { push: true });
      await clock.advance(1_000);
      await turns();
      for (const index of looks.keys()) await finish(index);
    }
    const now = clock.now() - START;
    queue.trigger(ref(2), { push: true });
    await clock.advance(500);
    await turns();
    expect(looks.find(({ number }) => number === 2)?.at).toBe(now + 500);
  });
});
