import { describe, expect, test } from "vitest";
import { Course, outsideOfAll } from "../../src/platform/course.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import {
  joined,
  NO_ORIGIN,
  type Origin,
  ofDelivery,
  origin,
  originFacts,
} from "../../src/platform/origin.js";
import { logThrough, pinoLog } from "../../src/platform/pinoLog.js";
import { Scheduler } from "../../src/platform/scheduler.js";

const byRound: Origin = { ...NO_ORIGIN, round: "changes" };
const burst = (from: number, to: number): Origin =>
  Array.from({ length: to - from }, (_, at) => ofDelivery(`d${from + at}`)).reduce(joined);

describe("what led to it, in the log", () => {
  test.each<[string, Origin, object]>([
    ["nothing is said of nothing", NO_ORIGIN, {}],
    ["one webhook", ofDelivery("d1"), { delivery: "d1" }],
    ["five of a burst, each", burst(1, 6), { delivery: "d1 d2 d3 d4 d5" }],
    ["more than five, and how many", burst(1, 9), { delivery: "d1 d2 d3 d4 d5", deliveries: 8 }],
    ["one that came twice, once", joined(ofDelivery("d1"), ofDelivery("d1")), { delivery: "d1" }],
    ["a round", byRound, { round: "changes" }],
    ["no round where a webhook asked too", joined(byRound, ofDelivery("d1")), { delivery: "d1" }],
    ["no round where a moment asked too", joined(NO_ORIGIN, byRound), {}],
    ["the proposal", { ...byRound, proposal: "a/b#1" }, { round: "changes", proposal: "a/b#1" }],
  ])("%s", (_what, led, facts) => {
    expect(originFacts(led)).toEqual(facts);
  });

  test("what a line says itself goes before what led to it", () => {
    const lines: string[] = [];
    const log = logThrough(pinoLog("info", false, { write: (line: string) => lines.push(line) }));
    origin.during({ ...ofDelivery("d1"), proposal: "a/b#1" }, () => log.info("x", { proposal: "a/b#2" }));
    log.info("y");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ delivery: "d1", proposal: "a/b#2" }),
      expect.not.objectContaining({ delivery: expect.anything() }),
    ]);
  });
});

describe("what goes along", () => {
  test("goes with each of several at once, and beside what else goes along", async () => {
    const [one, other] = [new Course<string>(), new Course<number>()];
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const seen = (name: string) =>
      one.during(name, async () => {
        await turn();
        return other.during(name.length, async () => {
          await turn();
          return [one.current, other.current];
        });
      });
    expect(await Promise.all([seen("a"), seen("bb")])).toEqual([
      ["a", 1],
      ["bb", 2],
    ]);
    expect([one.current, other.current]).toEqual([null, null]);
    expect(one.during("a", () => outsideOfAll(() => one.current))).toBe(null);
  });

  test("an alarm that is set in one's course rings in no one's", async () => {
    const clock = new MovableClock(0);
    const rung: (Origin | null)[] = [];
    const alarms = new Scheduler<string>(clock, () => rung.push(origin.current));
    origin.during(ofDelivery("d1"), () => alarms.set("x", 1000, "x"));
    await clock.advance(1000);
    expect(rung).toEqual([null]);
  });
});
