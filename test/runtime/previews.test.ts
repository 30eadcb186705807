import { describe, expect, test } from "vitest";
import type { ConfigHistoryReader } from "../../src/github/ports.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Previews } from "../../src/runtime/governance/previews.js";
import { FakeGitHub, REPOSITORY, ref, START, snapshot, turns } from "./fakes.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CONFIG = { rules: {} as never, adoptedAt: 0 };

const seen = (number: number, parts: Parameters<typeof snapshot>[0] = {}) => {
  const { pull, ...rest } = snapshot(parts);
  return { ...rest, pull: { ...pull, number } };
};

function previews(open: readonly number[] = []) {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  const looked: [number, number][] = [];
  let lists = 0;
  const texts = {
    openMotions: async () => {
      lists += 1;
      return { kind: "read", numbers: open, upTo: 0 };
    },
  } as unknown as ConfigHistoryReader;
  github.proposal = async ({ number }) => {
    github.reads.push({ at: clock.now() - START, number });
    return { kind: "read", snapshot: seen(number) };
  };
  const room = new Previews({
    reader: github,
    texts,
    clock,
    enqueue: ({ number }) => looked.push([number, clock.now() - START]),
  });
  const vote = (number: number) => {
    room.judged(ref(number), seen(number), "proposed");
    room.written(ref(number));
  };
  const shown = async (except = 0) => {
    const read = await room.motions(ref(except), CONFIG);
    return read.kind === "unreadable" ? read.kind : read.motions.map(({ pull }) => pull.number);
  };
  return { clock, github, looked, room, vote, shown, lists: () => lists };
}

describe("previews of amendments", () => {
  test("what the looks saw is not read again; what none saw is read once", async () => {
    const { github, room, shown, lists } = previews([1, 2, 3]);
    room.judged(ref(2), seen(2), "fcp");
    expect(await shown()).toEqual([1, 2, 3]);
    expect(await shown(2)).toEqual([1, 3]);
    expect(github.reads.map(({ number }) => number)).toEqual([1, 3]);
    expect(lists()).toBe(1);
  });

  test("the newest look speaks; what is no open motion any more is left out", async () => {
    const { room, shown } = previews([1, 2, 3]);
    expect(await shown()).toEqual([1, 2, 3]);
    room.judged(ref(1), seen(1), "in_review");
    room.judged(ref(2), seen(2, { pull: { ...snapshot().pull, state: "closed" } }), "fcp");
    room.judged(ref(4), seen(4), "proposed");
    expect(await shown()).toEqual([3, 4]);
  });

  test("an amendment is no motion of another's preview", async () => {
    const { room, shown } = previews();
    room.judged(ref(1), seen(1, { amendment: {} as never }), "proposed");
    expect(await shown()).toEqual([]);
  });

  test("sixty motions are shown, and not one more", async () => {
    const { room, shown } = previews();
    for (let number = 1; number <= 61; number += 1) room.judged(ref(number), seen(number), "proposed");
    expect(await shown()).toHaveLength(60);
  });

  test("looks at several amendments at once list the motions once; a list that fails is asked for again", async () => {
    const { github, shown, lists } = previews([1]);
    const read = github.proposal;
    github.proposal = async () => ({ kind: "unreadable", why: "502", retryAt: null });
    expect(await shown()).toBe("unreadable");
    github.proposal = read;
    expect(await Promise.all([shown(), shown(), shown()])).toEqual([[1], [1], [1]]);
    expect(lists()).toBe(2);
  });

  test("a day later GitHub is asked again which motions are open", async () => {
    const { clock, shown, lists } = previews([1]);
    await shown();
    await clock.advance(DAY - 1);
    await shown();
    expect(lists()).toBe(1);
    await clock.advance(1);
    await shown();
    expect(lists()).toBe(2);
  });

  describe("after a vote", () => {
    test("the roster's amendments are looked at once, soon, and not again within three minutes", async () => {
      const { clock, looked, room, vote } = previews();
      room.amends(ref(50), "members");
      room.amends(ref(51), "members");
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
      const { clock, looked, room, vote } = previews();
      for (let number = 50; number < 75; number += 1) room.amends(ref(number), "outsiders");
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
      const { clock, looked, room } = previews();
      room.amends(ref(50), "members");
      room.amends(ref(51), "members");
      room.judged(ref(1), seen(1), "in_review");
      room.written(ref(1));
      room.judged(ref(51), seen(51, { amendment: {} as never }), "proposed");
      room.written(ref(51));
      await clock.advance(HOUR);
      expect(looked).toEqual([]);
    });

    test("a motion that ends makes them out of date too", async () => {
      const { clock, looked, room } = previews();
      room.amends(ref(50), "members");
      room.judged(ref(1), seen(1), "proposed");
      room.judged(ref(1), seen(1), "in_review");
      room.written(ref(1));
      await clock.advance(MINUTE);
      expect(looked).toEqual([[50, 10 * SECOND]]);
    });

    test("what is closed, or of another repository, is not looked at", async () => {
      const { clock, looked, room, vote } = previews();
      room.amends(ref(50), "members");
      room.amends(ref(50), null);
      room.amends({ ...REPOSITORY, name: "other", number: 51 }, "members");
      vote(1);
      await clock.advance(HOUR);
      expect(looked).toEqual([]);
    });

    test("stopped, nothing is looked at any more", async () => {
      const { clock, looked, room, vote } = previews();
      room.amends(ref(50), "members");
      vote(1);
      room.stop();
      await clock.advance(HOUR);
      await turns();
      expect(looked).toEqual([]);
    });
  });
});
