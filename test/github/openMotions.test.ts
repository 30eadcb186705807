import { describe, expect, test } from "vitest";
import { Meter } from "../../src/github/client/meter.js";
import { OpenMotions } from "../../src/github/read/governance/openMotions.js";
import type { Pulls } from "../../src/github/read/pulls.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { ref, START, snapshot } from "../runtime/fakes.js";
import { MATRIX } from "../support/rules.js";

const DAY = 24 * 60 * 60 * 1000;
const CONFIG = { rules: MATRIX, adoptedAt: 0 };

const seen = (number: number, parts: Parameters<typeof snapshot>[0] = {}) => {
  const { pull, ...rest } = snapshot(parts);
  return { ...rest, pull: { ...pull, number } };
};

function motions(open: readonly number[] = []) {
  const clock = new MovableClock(START);
  const read: number[] = [];
  let lists = 0;
  const pulls = {
    read: (async ({ number }) => {
      read.push(number);
      return { kind: "read", snapshot: seen(number) };
    }) as Pulls["read"],
  };
  const openMotions = async () => {
    lists += 1;
    return { kind: "read", numbers: open, upTo: 0 } as const;
  };
  const room = new OpenMotions({ pulls, texts: { openMotions }, clock, meter: new Meter() });
  const shown = async (except = 0) => {
    const told = await room.besides(ref(except), CONFIG);
    return told.kind === "unreadable" ? told.kind : told.motions.map(({ pull }) => pull.number);
  };
  return { clock, pulls, read, room, shown, lists: () => lists };
}

describe("amend.preview: the motions that an amendment shows", () => {
  test("what the looks saw is not read again; what none saw is read once", async () => {
    const { read, room, shown, lists } = motions([1, 2, 3]);
    room.judged(ref(2), seen(2), "fcp");
    expect(await shown()).toEqual([1, 2, 3]);
    expect(await shown(2)).toEqual([1, 3]);
    expect(read).toEqual([1, 3]);
    expect(lists()).toBe(1);
  });

  test("the newest look speaks; what is no open motion any more is left out", async () => {
    const { room, shown } = motions([1, 2, 3]);
    expect(await shown()).toEqual([1, 2, 3]);
    room.judged(ref(1), seen(1), "in_review");
    room.judged(ref(2), seen(2, { pull: { ...snapshot().pull, state: "closed" } }), "fcp");
    room.judged(ref(4), seen(4), "proposed");
    expect(await shown()).toEqual([3, 4]);
  });

  test("an amendment is no motion of another's preview", async () => {
    const { room, shown } = motions();
    room.judged(ref(1), seen(1, { amendment: {} as never }), "proposed");
    expect(await shown()).toEqual([]);
  });

  test("sixty motions are shown, and not one more", async () => {
    const { room, shown } = motions();
    for (let number = 1; number <= 61; number += 1) room.judged(ref(number), seen(number), "proposed");
    expect(await shown()).toHaveLength(60);
  });

  test("looks at several amendments at once list the motions once; a list that fails is asked for again", async () => {
    const { pulls, shown, lists } = motions([1]);
    const { read } = pulls;
    pulls.read = async () => ({ kind: "unreadable", why: "502", retryAt: null });
    expect(await shown()).toBe("unreadable");
    pulls.read = read;
    expect(await Promise.all([shown(), shown(), shown()])).toEqual([[1], [1], [1]]);
    expect(lists()).toBe(2);
  });

  test("a day later GitHub is asked again which motions are open", async () => {
    const { clock, shown, lists } = motions([1]);
    await shown();
    await clock.advance(DAY - 1);
    await shown();
    expect(lists()).toBe(1);
    await clock.advance(1);
    await shown();
    expect(lists()).toBe(2);
  });
});
