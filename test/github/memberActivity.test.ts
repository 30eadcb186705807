import { beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { Meter, type Spending } from "../../src/github/client/meter.js";
import type { Changes } from "../../src/github/ports.js";
import { MemberActivity } from "../../src/github/read/governance/memberActivity.js";
import { type Gone, type Read, unreadable } from "../../src/github/readResult.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { REPOSITORY, START, snapshot } from "../runtime/fakes.js";
import { changes } from "../support/reader.js";
import { MATRIX } from "../support/rules.js";

const person = (login: string, id: number) => ({ login, id });
const act = (login: string, id: number, at: number) => ({ person: person(login, id), at });

let clock: MovableClock;
let meter: Meter;
let activity: MemberActivity;
/** What GitHub was asked for: lists since when (before START, in days), and pull requests. */
let asked: (readonly ["lists", number, number | undefined] | readonly ["pull", number])[];
let lists: () => Read<Changes> | Gone;
let pulls: (number: number) => ReturnType<typeof read> | ReturnType<typeof unreadable>;

const read = (by: string, id: number, at: number) => {
  const author = { type: "User", ...person(by, id) } as const;
  const { pull } = snapshot();
  return { kind: "read", snapshot: snapshot({ pull: { ...pull, author, createdAt: at } }) } as const;
};
const listed = (more: Partial<Changes> = {}): Read<Changes> =>
  changes({ numbers: [], upTo: clock.now() - MINUTE, ...more });

beforeEach(() => {
  clock = new MovableClock(START);
  meter = new Meter();
  asked = [];
  lists = () => listed();
  pulls = (number) => read("author", number, START);
  activity = new MemberActivity({
    changed: async (_, since, most) => {
      meter.asked();
      asked.push(["lists", since.issues, most]);
      await Promise.resolve();
      return lists();
    },
    pulls: {
      read: async ({ number }) => {
        meter.asked();
        asked.push(["pull", number]);
        await Promise.resolve();
        return pulls(number);
      },
    },
    clock,
    gitHubClock: clock,
    meter,
  });
});

const ask = () => activity.lastActs(REPOSITORY, { rules: MATRIX, adoptedAt: 0 });
const acts = async () => {
  const told = await ask();
  return told.kind === "read" ? told.acts : told.why;
};

describe("absence.eight-weeks: who was seen when", () => {
  it("ninety-eight days are read at first and once a day, in between the news alone, every ten minutes at most", async () => {
    lists = () => listed({ numbers: [5] });
    await ask();
    expect(asked).toEqual([
      ["lists", START - 98 * DAY, 100],
      ["pull", 5],
    ]);
    asked = [];
    lists = () => listed();
    await clock.advance(10 * MINUTE - 1);
    await ask();
    expect(asked).toEqual([]);
    await clock.advance(1);
    await ask();
    // From where the lists ended before.
    expect(asked).toEqual([["lists", START - MINUTE, 30]]);
    asked = [];
    await clock.advance(DAY - 10 * MINUTE);
    await ask();
    expect(asked).toEqual([["lists", START - 97 * DAY, 100]]);
  });

  it("nothing is read while nobody asks, and many who ask at once share one reading", async () => {
    await clock.advance(DAY);
    expect(asked).toEqual([]);
    const told = await Promise.all(Array.from({ length: 10 }, ask));
    expect(asked).toHaveLength(1);
    expect(new Set(told).size).toBe(1);
  });

  it("it is counted for no reconcile", async () => {
    const spending: Spending = {
      ...{ requests: 0, bytes: 0, outsiders: true, background: false },
      mayWriteAt: () => null,
    };
    lists = () => listed({ numbers: [5, 6, 7] });
    await meter.during(spending, ask);
    expect([asked.length, spending.requests]).toEqual([4, 0]);
  });

  it("of each person the newest act is kept, from the lists and from pull requests, whatever was read before", async () => {
    lists = () => listed({ numbers: [5], acts: [act("a", 1, START - DAY), act("b", 2, START - 9 * DAY)] });
    pulls = () => read("b", 2, START - 2 * DAY);
    expect(await acts()).toEqual([act("a", 1, START - DAY), act("b", 2, START - 2 * DAY)]);
    lists = () => listed({ acts: [act("b-renamed", 2, START + MINUTE)] });
    await clock.advance(10 * MINUTE);
    expect(await acts()).toEqual([act("b-renamed", 2, START + MINUTE), act("a", 1, START - DAY)]);
  });

  it("more than is read: it cannot be told, and is asked again with the next whole reading, not before", async () => {
    lists = () => listed({ cutOff: ["issues"] });
    expect(await ask()).toEqual(
      unreadable("more has happened in the repository than the clerk reads", START + DAY),
    );
    asked = [];
    await clock.advance(DAY - 1);
    await ask();
    expect(asked).toEqual([]);
    lists = () => listed();
    await clock.advance(1);
    expect(await acts()).toEqual([]);
  });

  it("news that is more than is read: the same", async () => {
    await ask();
    lists = () => listed({ numbers: Array.from({ length: 1_001 }, (_, at) => at + 1) });
    await clock.advance(10 * MINUTE);
    expect(await acts()).toContain("more has happened");
    asked = [];
    await clock.advance(DAY - 10 * MINUTE - 1);
    await ask();
    expect(asked).toEqual([]);
  });

  it("a whole reading that fails is made again an hour later", async () => {
    lists = () => listed({ failed: { ...unreadable("out of reach", START + MINUTE), lists: ["issues"] } });
    expect(await ask()).toEqual(unreadable("out of reach", START + HOUR));
    asked = [];
    await clock.advance(HOUR - 1);
    await ask();
    expect(asked).toEqual([]);
    lists = () => listed();
    await clock.advance(1);
    expect(await acts()).toEqual([]);
    expect(asked).toEqual([["lists", START + HOUR - 98 * DAY, 100]]);
  });

  it("news that fail are asked for again from the same moment", async () => {
    await ask();
    lists = () => listed({ failed: { ...unreadable("one list of four", null), lists: ["issues/events"] } });
    await clock.advance(10 * MINUTE);
    expect(await acts()).toBe("one list of four");
    asked = [];
    lists = () => listed();
    await clock.advance(10 * MINUTE);
    expect(await acts()).toEqual([]);
    expect(asked).toEqual([["lists", START - MINUTE, 30]]);
  });

  it("a pull request that cannot be read: it cannot be told, and only what was not read is asked for again", async () => {
    lists = () => listed({ numbers: [5, 6, 7], acts: [act("a", 1, START)] });
    pulls = (number) => (number === 6 ? unreadable("too large", null) : read("author", number, START));
    expect(await acts()).toBe("#6: too large");
    asked = [];
    lists = () => listed();
    pulls = (number) => read("author", number, START);
    await clock.advance(10 * MINUTE);
    expect(await acts()).toHaveLength(4);
    expect(asked).toEqual([
      ["lists", START - MINUTE, 30],
      ["pull", 6],
    ]);
  });
});
