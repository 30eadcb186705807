import { describe, expect, test } from "vitest";
import type { Phase } from "../../src/domain/model/decision.js";
import { OpenMotions } from "../../src/github/read/governance/openMotions.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Previews } from "../../src/runtime/schedule/previews.js";
import { MATRIX } from "../support/rules.js";
import { REPOSITORY, ref, START, snapshot, turns } from "./fakes.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const seen = (number: number, parts: Parameters<typeof snapshot>[0] = {}) => {
  const { pull, ...rest } = snapshot(parts);
  return { ...rest, pull: { ...pull, number } };
};

function previews() {
  const clock = new MovableClock(START);
  const looked: [number, number][] = [];
  const room = new Previews({
    reader: new OpenMotions({} as never),
    clock,
    enqueue: ({ number }) => looked.push([number, clock.now() - START]),
  });
  const judged = (number: number, phase: Phase, parts: Parameters<typeof snapshot>[0] = {}) =>
    room.judged(ref(number), seen(number, parts), phase, MATRIX);
  const vote = (number: number) => {
    judged(number, "proposed");
    room.written(ref(number));
  };
  /** An open amendment, of a member or of somebody on no team. */
  const amends = (number: number, by: "members" | "outsiders", of = ref(number)) => {
    const author = by === "members" ? { type: "User" as const, login: "richvdh", id: 103 } : null;
    const pull = { ...snapshot().pull, number, author };
    room.judged(of, snapshot({ pull, amendment: {} as never }), "in_review", MATRIX);
  };
  return { clock, looked, room, judged, vote, amends };
}

describe("previews of amendments", () => {
  describe("after a vote", () => {
    test("the roster's amendments are looked at once, soon, and not again within three minutes", async () => {
      const { clock, looked, room, vote, amends } = previews();
      amends(50, "members");
      amends(51, "members");
      vote(1);
      expect(room.idle()).toBe(false);
      await clock.advance(5 * SECOND);
      vote(2);
      expect(looked).toEqual([]);
      await clock.advance(5 * SECOND);
      expect(looked).toEqual([
        [50, 10 * SECOND],
        [51, 10 * SECOND],
      ]);
      expect(room.idle()).toBe(true);
      vote(1);
      await clock.advance(3 * MINUTE - 1);
      expect(looked).toHaveLength(2);
      await clock.advance(1);
      expect(looked.slice(2)).toEqual([
        [50, 10 * SECOND + 3 * MINUTE],
        [51, 10 * SECOND + 3 * MINUTE],
      ]);
    });

    test("of those nobody on the roster had a hand in three are, after five minutes, and every half hour at most", async () => {
      const { clock, looked, room, vote, amends } = previews();
      for (let number = 50; number < 75; number += 1) amends(number, "outsiders");
      vote(1);
      expect(room.idle()).toBe(true);
      for (let minute = 0; minute < 60; minute += 1) {
        await clock.advance(MINUTE);
        vote(1);
      }
      const rounds = [5 * MINUTE, 35 * MINUTE];
      expect(looked).toEqual(rounds.flatMap((at) => [50, 51, 52].map((number) => [number, at])));
    });

    test("writing about what is no motion, or about an amendment, makes nothing out of date", async () => {
      const { clock, looked, room, judged, amends } = previews();
      amends(50, "members");
      amends(51, "members");
      judged(1, "in_review");
      room.written(ref(1));
      judged(51, "proposed", { amendment: {} as never });
      room.written(ref(51));
      await clock.advance(HOUR);
      expect(looked).toEqual([]);
    });

    test("a motion that ends makes them out of date too", async () => {
      const { clock, looked, room, judged, amends } = previews();
      amends(50, "members");
      judged(1, "proposed");
      judged(1, "in_review");
      room.written(ref(1));
      await clock.advance(MINUTE);
      expect(looked).toEqual([[50, 10 * SECOND]]);
    });

    test("what is closed, or of another repository, is not looked at", async () => {
      const { clock, looked, judged, vote, amends } = previews();
      amends(50, "members");
      judged(50, "ended", { pull: { ...snapshot().pull, state: "closed" }, amendment: {} as never });
      amends(51, "members", { ...REPOSITORY, name: "other", number: 51 });
      vote(1);
      await clock.advance(HOUR);
      expect(looked).toEqual([]);
    });

    test("stopped, nothing is looked at any more", async () => {
      const { clock, looked, room, vote, amends } = previews();
      amends(50, "members");
      vote(1);
      room.stop();
      await clock.advance(HOUR);
      await turns();
      expect(looked).toEqual([]);
    });
  });
});
