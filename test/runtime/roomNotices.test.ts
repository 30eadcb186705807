import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Happening } from "../../src/domain/model/publicView.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { CLERK, type HomeserverFault, TOKEN } from "../support/homeserver.js";
import { RoomLife } from "../support/roomLife.js";

let life: RoomLife;
beforeEach(async () => {
  life = await new RoomLife().open();
});
afterEach(() => life.close());

const MOTION: Happening = { kind: "motion", motion: 1, disposition: "merge" };
const CONCERN = (number: number): Happening => ({ kind: "concern", number, text: "it leaks", of: "spoken" });
const RESOLVED = (number: number): Happening => ({ kind: "resolved", number });
const resolved = (...numbers: readonly number[]) =>
  numbers.map((n) => `#1 “MSC1”: alice resolved concern C${n}.`);

/** At work, and everything from now on is news. */
async function atWork(): Promise<void> {
  life.start();
  await life.advance(2 * SECOND);
}

describe("what a room is told", () => {
  test("what moves a decision, from when a room was first configured; not what happened before, and not each vote", async () => {
    await life.happens(MOTION, { at: life.at() - 1 });
    await atWork();
    await life.happens({ kind: "vote", motion: 1, team: "sct", choice: "yes", via: "tick", text: "" });
    await life.happens({ kind: "closed" });
    await life.happens(CONCERN(1), { by: "dbkr" });
    await life.passes(MINUTE);
    expect(life.said).toEqual(["#1 “MSC1”: dbkr raised concern C1: “it leaks”"]);
    expect(life.logged).toEqual([
      'info: Notices go to a Matrix room. {"room":"!decisions:example.org","as":"@clerk:example.org"}',
    ]);
    expect([life.sent, life.notices.waiting]).toEqual([1, 0]);
  });

  test("of the same second: first what led to it", async () => {
    await atWork();
    const at = life.at();
    await life.happens({ kind: "merged" }, { at });
    await life.happens({ kind: "concluded", motion: 1, disposition: "merge", turnout: [] }, { at });
    await life.happens(RESOLVED(1), { at });
    await life.passes(MINUTE);
    expect(life.said.map((one) => one.replace(/^.*: /, ""))).toEqual([
      "alice resolved concern C1.",
      "it is accepted.",
      "alice merged the pull request.",
    ]);
  });

  test("of several repositories each notice says which; of one alone it does not", async () => {
    await atWork();
    await life.happens(MOTION);
    await life.passes(MINUTE);
    await life.shown(8);
    await life.passes(MINUTE);
    await life.happens(MOTION, {}, { repository: 8, pull: 3 });
    await life.passes(MINUTE);
    expect(life.said).toEqual([
      "#1 “MSC1”: alice moved to merge it.",
      "o/r8#3 “MSC3”: alice moved to merge it.",
    ]);
  });

  test("of a private repository nothing; once it is public what happens from then on", async () => {
    await life.shown(7, false);
    await atWork();
    await life.happens(RESOLVED(1));
    await life.passes(DAY);
    await life.shown(7);
    await life.passes(MINUTE);
    await life.happens(RESOLVED(2));
    await life.passes(MINUTE);
    expect(life.said).toEqual(resolved(2));
  });

  test("made private while a notice waits, it is told nothing", async () => {
    await atWork();
    life.server.fault = () => ({ kind: "down" });
    await life.happens(RESOLVED(1));
    await life.passes(MINUTE);
    await life.shown(7, false);
    life.server.fault = () => null;
    await life.passes(DAY);
    expect(life.said).toEqual([]);
  });

  test("what happened while it was private is not told when it is public again, the digest neither", async () => {
    await atWork();
    await life.shown(7, false);
    await life.happens(RESOLVED(1));
    await life.notices.digest(7, { due: life.at(), outlines: [], unread: [], more: false }, "https://x.org");
    await life.passes(MINUTE);
    await life.shown(7);
    await life.passes(MINUTE);
    await life.happens(RESOLVED(2));
    await life.passes(MINUTE);
    expect(life.said).toEqual(resolved(2));
  });

  test("nor where the homeserver had asked for patience all that while", async () => {
    await atWork();
    const limit = {
      kind: "status",
      status: 429,
      body: { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 2 * HOUR },
    } as const;
    life.server.fault = () => limit;
    await life.happens(RESOLVED(1));
    await life.passes(MINUTE);
    life.server.fault = () => null;
    await life.shown(7, false);
    await life.happens(RESOLVED(2));
    await life.passes(MINUTE);
    await life.shown(7);
    await life.passes(MINUTE);
    await life.happens(RESOLVED(3));
    await life.passes(3 * HOUR);
    expect(life.said).toEqual(resolved(3));
  });

  test("what another instance has the installation of is that one’s to tell", async () => {
    life.ours = () => false;
    await atWork();
    await life.happens(RESOLVED(1));
    await life.passes(HOUR);
    expect([life.said, life.server.asked]).toEqual([[], []]);
    life.ours = () => true;
    await life.passes(MINUTE);
    await life.happens(RESOLVED(2));
    await life.passes(MINUTE);
    expect(life.said).toEqual(resolved(2));
  });

  test("a title that was corrected before a notice was sent is told as it is then", async () => {
    await atWork();
    life.server.fault = () => ({ kind: "down" });
    await life.happens(RESOLVED(1));
    await life.passes(MINUTE);
    await life.keeps(undefined, "MSC1: Spaces");
    life.server.fault = () => null;
    await life.passes(HOUR);
    expect(life.said).toEqual(["#1 “MSC1: Spaces”: alice resolved concern C1."]);
  });

  test("a notice that the homeserver refuses by itself is told in the log, and the next ones go", async () => {
    await atWork();
    life.server.fault = (method) =>
      method === "PUT" && life.server.asked.filter((one) => one.method === "PUT").length === 1
        ? { kind: "status", status: 413, body: { errcode: "M_TOO_LARGE" } }
        : null;
    await life.happens(RESOLVED(1));
    await life.happens(RESOLVED(2), { at: life.at() + 1 });
    await life.passes(MINUTE);
    await life.passes(HOUR);
    expect(life.said).toEqual(resolved(2));
    expect(life.logged.slice(1)).toEqual([
      'error: The homeserver refuses a notice, which is not sent. {"repository":"o/r7","pull":1,"event":"resolved 0","code":"M_TOO_LARGE"}',
    ]);
  });
});

describe("the weekly digest, remind.digest", () => {
  const due = Date.UTC(2026, 2, 9, 8);
  const facts = { due, outlines: [], unread: [], more: false };
  const url = "https://github.com/o/r7/issues/3";

  test("is told of once a week, however often it is tried, and after what happened before", async () => {
    await atWork();
    await life.happens(RESOLVED(1));
    expect(await life.notices.digest(7, facts, url)).toBe(true);
    await life.passes(MINUTE);
    await life.notices.digest(7, facts, url);
    await life.passes(MINUTE);
    await life.shown(8);
    await life.passes(MINUTE);
    await life.notices.digest(8, { ...facts, due: due + 7 * DAY }, url);
    await life.passes(MINUTE);
    expect(life.server.said).toEqual([
      expect.stringContaining("alice resolved concern C1."),
      `What waits for whom: Nothing waits for anybody. ${url}`,
      `What waits for whom in o/r8: Nothing waits for anybody. ${url}`,
    ]);
  });
});

describe("a homeserver that does not take it now", () => {
  test("down for an hour: all is told then, each once, oldest first, and the log says so once", async () => {
    await atWork();
    life.server.fault = () => ({ kind: "down" });
    for (const n of [1, 2, 3]) {
      await life.happens(RESOLVED(n));
      await life.passes(20 * MINUTE);
    }
    expect([life.said, life.notices.waiting]).toEqual([[], 3]);
    life.server.fault = () => null;
    await life.passes(10 * MINUTE);
    expect(life.said).toEqual(resolved(1, 2, 3));
    expect(life.logged.slice(1)).toEqual([
      expect.stringMatching(
        /^warn: No notice goes to the Matrix room\. The homeserver http:\S+ cannot be asked: the connection fails/,
      ),
      "info: Notices go to the Matrix room again.",
    ]);
    expect(life.notices.waiting).toBe(0);
  });

  test("what happened a week ago to the millisecond is told, what happened before is not, and the log says how many", async () => {
    await atWork();
    await life.advance(HOUR);
    await life.happens(RESOLVED(1));
    await life.advance(1);
    await life.happens(RESOLVED(2));
    await life.advance(1);
    const weekLater = life.at() + 7 * DAY;
    await life.happens(RESOLVED(3));
    // Nobody could send anything meanwhile.
    life.kill();
    await life.advance(weekLater - SECOND - life.at());
    life.start();
    await life.advance(2 * SECOND);
    await life.passes(DAY);
    expect(life.said).toEqual(resolved(3));
    expect(life.logged.filter((line) => line.includes("week"))).toEqual([
      'warn: What happened more than a week ago is not told to the Matrix room any more. {"notices":2}',
    ]);
    expect(life.notices.waiting).toBe(0);
  });

  test("a limit is waited out to its end, and nothing is asked before", async () => {
    await atWork();
    life.server.fault = (method) =>
      method === "PUT"
        ? { kind: "status", status: 429, body: { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 90_000 } }
        : null;
    await life.happens(RESOLVED(1));
    await life.advance(2 * SECOND);
    life.server.fault = () => null;
    const before = life.server.asked.length;
    await life.happens(RESOLVED(2));
    await life.passes(80 * SECOND);
    expect([life.server.asked.length, life.said]).toEqual([before, []]);
    await life.passes(10 * SECOND);
    expect(life.said).toEqual(resolved(1, 2));
    expect(life.logged).toHaveLength(1);
  });

  test.each<[string, () => void, () => void, RegExp]>([
    [
      "an encrypted room",
      () => {
        life.server.encrypted = true;
      },
      () => {
        life.server.encrypted = false;
      },
      /is encrypted, and the clerk cannot encrypt, so nothing is sent to it\. .*make a room without it/,
    ],
    [
      "a room it is not in",
      () => void life.server.members.delete(CLERK),
      () => void life.server.members.set(CLERK, "invite"),
      /@clerk:example\.org is not in the room .*, and may not join it\. Invite @clerk/,
    ],
    [
      "a room it was removed from",
      () => void life.server.members.set(CLERK, "leave"),
      () => void life.server.members.set(CLERK, "join"),
      /@clerk:example\.org may not send messages to the room .*invite it again/,
    ],
    [
      "a token that is not known",
      () => void life.server.tokens.clear(),
      () => void life.server.tokens.set(TOKEN, { user: CLERK, device: "CLERK1" }),
      /does not take MATRIX_TOKEN\. .*set MATRIX_TOKEN to the new access token/,
    ],
  ])(
    "%s: one line in the log, however many notices wait, and all go once it is mended",
    async (_what, breaks, mends, says) => {
      await atWork();
      breaks();
      for (const n of [1, 2, 3]) {
        await life.happens(RESOLVED(n));
        await life.passes(HOUR);
      }
      expect(life.said).toEqual([]);
      mends();
      await life.passes(10 * MINUTE);
      expect(life.said).toEqual(resolved(1, 2, 3));
      expect(life.logged.slice(1)).toEqual([
        expect.stringMatching(says),
        "info: Notices go to the Matrix room again.",
      ]);
      expect(life.logged.join()).not.toContain(TOKEN);
    },
  );

  test("what is wrong with the room is told at the start, before there is anything to tell", async () => {
    life.server.encrypted = true;
    await atWork();
    expect(life.logged).toEqual([
      expect.stringMatching(/^warn: No notice goes to the Matrix room\. .*encrypted/),
    ]);
    life.server.encrypted = false;
    await life.passes(10 * MINUTE);
    expect(life.logged.slice(1)).toEqual([
      expect.stringMatching(/^info: Notices go to a Matrix room\./),
      "info: Notices go to the Matrix room again.",
    ]);
  });
});

describe("what is told once", () => {
  test("with the store lost nothing is told again", async () => {
    await atWork();
    await life.happens(RESOLVED(1));
    await life.passes(MINUTE);
    life.kill();
    life.store = inMemoryStore();
    await life.shown(7);
    await life.keeps();
    life.server.forgetTransactions();
    await atWork();
    await life.passes(HOUR);
    await life.happens(RESOLVED(2));
    await life.passes(MINUTE);
    expect(life.said).toEqual(resolved(1, 2));
  });

  test("with an older copy of the store, another token and a homeserver that has forgotten, nothing is told twice", async () => {
    await atWork();
    await life.advance(MINUTE);
    const mark = await life.store.notices.marks();
    await life.happens(RESOLVED(1));
    await life.passes(MINUTE);
    life.kill();
    await life.happens(RESOLVED(2));
    life.store = inMemoryStore();
    await life.shown(7);
    for (const one of mark.kind === "stored" ? mark.kept : []) await life.store.notices.putMark(one);
    await life.keeps();
    life.server.forgetTransactions();
    life.server.tokens.clear();
    life.token = "another";
    life.server.tokens.set(life.token, { user: CLERK, device: "CLERK2" });
    await atWork();
    await life.passes(HOUR);
    expect(life.said).toEqual(resolved(1, 2));
  });

  test("an answer that was lost, and a homeserver that has forgotten the transaction by the next attempt", async () => {
    await atWork();
    life.server.fault = (method) => (method === "PUT" ? { kind: "answer_lost" } : null);
    await life.happens(RESOLVED(1));
    await life.passes(30 * SECOND);
    expect(life.said).toEqual(resolved(1));
    life.server.fault = () => null;
    life.server.forgetTransactions();
    await life.passes(HOUR);
    expect([life.said, life.notices.waiting]).toEqual([resolved(1), 0]);
  });

  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("happens" as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("killed" as const), after: fc.nat(30) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("down" as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("faults" as const),
        each: fc.array(
          fc.constantFrom<HomeserverFault["kind"] | "limit" | null>("down", "answer_lost", "limit", null),
          { maxLength: 8 },
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("forgets" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("passes" as const),
        minutes: fc.integer({ min: 1, max: 90 }),
      }),
    },
  );

  test("whatever is killed between any two steps, lost, refused and forgotten: each once, in order", async () => {
    let kills = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (script) => {
        const one = await new RoomLife().open();
        one.start();
        await one.advance(2 * SECOND);
        const faults: (HomeserverFault | null)[] = [];
        const limited: HomeserverFault = {
          kind: "status",
          status: 429,
          body: { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 3_000 },
        };
        let down = false;
        one.server.fault = () => {
          // Before it is done, and after.
          if (one.step()) return { kind: "down" };
          if (down) return { kind: "down" };
          if (one.step()) return { kind: "answer_lost" };
          return faults.shift() ?? null;
        };
        let happened = 0;
        for (const doing of script) {
          switch (doing.kind) {
            case "happens":
              happened += 1;
              await one.happens(RESOLVED(happened));
              await one.passes(5 * SECOND);
              break;
            case "killed":
              one.killAfter = doing.after;
              break;
            case "down":
              down = true;
              await one.passes(HOUR);
              down = false;
              break;
            case "faults":
              faults.push(
                ...doing.each.map((kind): HomeserverFault | null =>
                  kind === "limit" ? limited : kind === "down" || kind === "answer_lost" ? { kind } : null,
                ),
              );
              break;
            case "forgets":
              one.server.forgetTransactions();
              break;
            case "passes":
              await one.passes(doing.minutes * MINUTE);
              break;
          }
          if (!one.running) one.start();
        }
        faults.length = 0;
        one.killAfter = Number.POSITIVE_INFINITY;
        if (!one.running) one.start();
        await one.passes(HOUR);
        kills += one.kills;
        const { said } = one;
        await one.close();
        expect(said).toEqual(resolved(...Array.from({ length: happened }, (_, n) => n + 1)));
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(kills).toBeGreaterThan(15);
  });
});
