import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, test, vi } from "vitest";
import { Meter } from "../../src/github/client/meter.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import {
  type Asker,
  Budgets,
  HOURLY,
  STRANGERS_HOURLY,
  STRANGERS_WAIT,
} from "../../src/runtime/reconcile/budget.js";
import { rules } from "../support/rules.js";
import { REPOSITORY, ref, START, snapshot } from "./fakes.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OUTSIDER = { type: "User" as const, login: "passer-by", id: 7_777 };
const MEMBER = { login: "richvdh", id: 103 };

function budgets() {
  const clock = new MovableClock(START);
  const meter = new Meter();
  const room = new Budgets(clock, meter);
  const spend = (requests: number, bytes = 0, by: Asker = "outsiders") =>
    room.measure(ref(), by, async () => {
      for (let at = 0; at < requests; at += 1) meter.asked();
      meter.answered("x".repeat(Math.max(0, bytes - 2)));
    });
  const waits = () => room.mayReconcileAt(ref()) - clock.now();
  return { clock, meter, room, spend, waits };
}

describe("what an outsider's pull request may cost", () => {
  test("what fits into the hour's requests goes on at once, one more than fits waits until the first of them is an hour ago", async () => {
    const { clock, spend, waits } = budgets();
    for (let look = 0; look < 14; look += 1) {
      await spend(4);
      await clock.advance(MINUTE);
    }
    // 56 so far, and a reconcile takes four.
    expect(waits()).toBe(0);
    await spend(4);
    expect(waits()).toBe(HOUR - 14 * MINUTE);
    await clock.advance(HOUR - 14 * MINUTE - 1);
    expect(waits()).toBe(1);
    await clock.advance(1);
    expect(waits()).toBe(0);
  });

  test("in no hour more than sixty requests are spent, whatever the looks cost", async () => {
    const { clock, spend, waits } = budgets();
    const spent: { at: number; requests: number }[] = [];
    for (let minute = 0; minute < 600; minute += 1) {
      if (waits() === 0) {
        const requests = 1 + (minute % 4);
        await spend(requests);
        spent.push({ at: clock.now(), requests });
      }
      await clock.advance(MINUTE);
    }
    for (const { at } of spent) {
      const hour = spent.filter((each) => each.at >= at && each.at < at + HOUR);
      expect(hour.reduce((sum, { requests }) => sum + requests, 0)).toBeLessThanOrEqual(HOURLY.requests);
    }
    expect(spent.length).toBeGreaterThan(150);
  });

  test("a look that costs three hours' share is paid for by three hours", async () => {
    const { clock, spend, waits } = budgets();
    await spend(180);
    expect(waits()).toBe(3 * HOUR);
    await clock.advance(3 * HOUR);
    expect(waits()).toBe(0);
  });

  test("five megabytes are the share of an hour, to the byte", async () => {
    const { spend, waits } = budgets();
    await spend(1, HOURLY.bytes - 1);
    expect(waits()).toBe(HOUR);
    const other = budgets();
    await other.spend(1, HOURLY.bytes / 2);
    expect(other.waits()).toBe(0);
    await other.spend(1, HOURLY.bytes / 2 + 1);
    expect(other.waits()).toBe(HOUR);
  });

  test("writing stops at the share, in the middle of a look; what is read to decide does not", async () => {
    const { meter, room } = budgets();
    let written = 0;
    await room.measure(ref(), "outsiders", async () => {
      for (let at = 0; at < 10; at += 1) meter.asked();
      for (; written < 500; written += 1) {
        const spending = meter.current;
        if (spending === null || spending.mayWriteAt(spending) !== null) break;
        meter.asked();
      }
    });
    expect(written).toBe(HOURLY.requests - 10);
  });

  test("two looks at once are counted each for itself", async () => {
    const { meter, room } = budgets();
    const counts: number[] = [];
    const look = (number: number, requests: number) =>
      room.measure(ref(number), "outsiders", async () => {
        for (let at = 0; at < requests; at += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          meter.asked();
        }
        await meter.apart(async () => meter.asked());
        counts.push(meter.current?.requests ?? -1);
      });
    await Promise.all([look(1, 3), look(2, 5)]);
    expect(counts).toEqual([3, 5]);
  });

  test("two clerks in one process count each for itself, in one storage", async () => {
    const entered = vi.spyOn(AsyncLocalStorage.prototype, "run");
    const [one, other] = [budgets(), budgets()];
    const seen = await one.room.measure(ref(), "outsiders", async () => {
      one.meter.asked();
      other.meter.asked();
      return [one.meter.current?.requests, other.meter.current];
    });
    await other.spend(1);
    expect(seen).toEqual([1, null]);
    // Each storage that was ever entered makes every promise of the process dearer.
    expect(new Set(entered.mock.contexts).size).toBe(1);
    entered.mockRestore();
  });

  test("somebody on the roster lifts it: by what the look finds, and by asking for it", async () => {
    const { meter, room, spend, waits } = budgets();
    await spend(60);
    expect(waits()).toBe(HOUR);
    room.judged(ref(), snapshot({ pull: { ...snapshot().pull, author: OUTSIDER } }), rules());
    expect([waits(), room.isMembers(ref())]).toEqual([HOUR, false]);
    await room.measure(ref(), "roster", async () => {
      const spending = meter.current;
      expect([spending?.outsiders, spending?.mayWriteAt(spending)]).toEqual([false, null]);
    });
    const author = { type: "User" as const, login: "RichVdH", id: 103 };
    room.judged(ref(), snapshot({ pull: { ...snapshot().pull, author } }), rules());
    expect([waits(), room.isMembers(ref())]).toEqual([0, true]);
  });

  test("who sends a webhook is on the roster, or is not, or may be while the roster is not known", () => {
    const { room } = budgets();
    expect(room.mayBeMember(REPOSITORY, OUTSIDER)).toBe(true);
    room.judged(ref(), snapshot(), rules());
    expect(room.mayBeMember(REPOSITORY, OUTSIDER)).toBe(false);
    expect(room.mayBeMember(REPOSITORY, MEMBER)).toBe(true);
    expect(room.mayBeMember(REPOSITORY, null)).toBe(true);
  });
});

describe("what people on no team may cost on a members' affair", () => {
  function motion() {
    const all = budgets();
    const author = { type: "User" as const, ...MEMBER };
    all.room.judged(ref(), snapshot({ pull: { ...snapshot().pull, author } }), rules());
    return all;
  }

  test("is four times what outsiders may on their own; the next waits until the first of it is an hour ago, ten minutes at most", async () => {
    const { clock, spend, waits } = motion();
    for (let look = 0; look < 60; look += 1) {
      expect(waits()).toBe(0);
      await spend(4, 0, "strangers");
      await clock.advance(50_000);
    }
    // All of it within fifty minutes, the last 50 seconds ago.
    expect(waits()).toBe(STRANGERS_WAIT - 50_000);
    await clock.advance(STRANGERS_WAIT - 50_001);
    expect(waits()).toBe(1);
    await clock.advance(1);
    expect(waits()).toBe(0);
    await spend(4, 0, "strangers");
    // The first two of it are an hour ago then.
    expect(waits()).toBe(100_000);
  });

  test("is not diminished by what the roster asks for", async () => {
    const { spend, waits } = motion();
    await spend(5_000, 300_000_000, "roster");
    expect(waits()).toBe(0);
    await spend(STRANGERS_HOURLY.requests - 4, 0, "strangers");
    expect(waits()).toBe(0);
    await spend(3, 0, "strangers");
    expect(waits()).toBe(STRANGERS_WAIT);
  });

  test("in megabytes too is an hour's share", async () => {
    const { spend, waits } = motion();
    await spend(1, STRANGERS_HOURLY.bytes - HOURLY.bytes, "strangers");
    expect(waits()).toBe(0);
    await spend(1, HOURLY.bytes, "strangers");
    expect(waits()).toBe(STRANGERS_WAIT);
  });

  test("never stops a look half-way", async () => {
    const { meter, room } = motion();
    await room.measure(ref(), "strangers", async () => {
      for (let at = 0; at < 1_000; at += 1) meter.asked();
      const spending = meter.current;
      expect([spending?.outsiders, spending?.mayWriteAt(spending)]).toEqual([false, null]);
    });
  });

  test("is asked for by whoever is on no team, where the last look found somebody on the roster involved", () => {
    const { room } = motion();
    expect(room.askerOf(ref(), OUTSIDER)).toBe("strangers");
    expect(room.askerOf(ref(1), OUTSIDER)).toBe("outsiders");
    expect([room.askerOf(ref(), MEMBER), room.askerOf(ref(1), MEMBER)]).toEqual(["roster", "roster"]);
    expect(room.askerOf(ref(), null)).toBe("roster");
  });
});
