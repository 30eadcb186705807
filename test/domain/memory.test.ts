import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Act } from "../../src/domain/acts/act.js";
import { MEMORY_SIZE, memoryOf as memoryIn, remembering, rosterKeys } from "../../src/domain/acts/memory.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Account } from "../../src/domain/model/people.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, SECOND } from "../../src/domain/text/time.js";
import { MATRIX, rules } from "../support/rules.js";

const T = 1_772_000_000_000;
const user = (id: number, login = `user${id}`): Account => ({ type: "User", login, id });
const DBKR = user(104, "dbkr");
const UHOREG = user(105, "uhoreg");
const MALLORY = user(666, "mallory");

let serial = 0;
const act = (by: Account | null, at: number, key = `key${serial++}`, kind: Act["kind"] = "closed"): Act =>
  ({ key, former: key, at, by, url: "", kind }) as Act;

/** As after a reconcile that judged these. */
function judged(acts: readonly Act[], standing: Rules = MATRIX, before: Register = emptyRegister): Register {
  const memory = remembering(before, rosterKeys(standing));
  for (const one of acts) memory.add(one);
  return memory.into(before);
}

const memoryOf = (register: Register) => memoryIn(register).holds;

const flood = (by: Account, count: number, at: number, step = 0) =>
  Array.from({ length: count }, (_, n) => act(by, at + n * step));

const size = ({ judged: list }: Register) =>
  list.reduce((sum, one) => sum + 1 + (one.except?.length ?? 0), 0);

describe("the memory of judged acts", () => {
  test("act.once: exactly as many acts as it holds are all kept by name", () => {
    const acts = flood(MALLORY, MEMORY_SIZE, T);
    const register = judged(acts);
    expect(register.judged).toHaveLength(MEMORY_SIZE);
    expect(register.judged.every(({ key }) => key !== "")).toBe(true);
    expect(memoryOf(register)(act(MALLORY, T))).toBe(false);
  });

  test("act.once: one more, and the flooder's own count as judged up to that second; nobody else's do", () => {
    const acts = flood(MALLORY, MEMORY_SIZE + 1, T);
    const known = memoryOf(judged(acts));
    expect(acts.every(known)).toBe(true);
    expect(known(act(MALLORY, T))).toBe(true);
    expect(known(act(MALLORY, T + SECOND))).toBe(false);
    for (const at of [T - SECOND, T]) {
      expect(known(act(DBKR, at))).toBe(false);
      expect(known(act(user(777), at))).toBe(false);
      expect(known(act(null, at))).toBe(false);
    }
  });

  test("act.once: members' acts keep their names through a flood of outsiders, in whatever order they came", () => {
    const votes = [act(DBKR, T), act(UHOREG, T + SECOND), act(DBKR, T + 2 * SECOND)];
    const acts = [...flood(MALLORY, 300, T), ...votes, ...flood(user(667), 300, T)];
    const register = judged(acts);
    expect(size(register)).toBeLessThanOrEqual(MEMORY_SIZE);
    for (const { key } of votes) expect(register.judged.some((one) => one.key === key)).toBe(true);
    expect(acts.every(memoryOf(register))).toBe(true);
  });

  test("act.once: the newest acts of a flooder keep their names, as far as there is room", () => {
    const acts = flood(MALLORY, 1000, T, SECOND);
    const register = judged(acts);
    expect(register.judged).toHaveLength(MEMORY_SIZE);
    expect(memoryOf(register)(act(MALLORY, T + 999 * SECOND))).toBe(false);
    expect(memoryOf(register)(act(MALLORY, T + 600 * SECOND))).toBe(true);
  });

  test("act.once: a crowd of a thousand outsiders is remembered as such: who joins later stays refused, no member's act is lost", () => {
    const crowd = Array.from({ length: 1000 }, (_, n) => act(user(10_000 + n), T));
    const register = judged([...crowd, act(UHOREG, T)]);
    expect(size(register)).toBeLessThanOrEqual(MEMORY_SIZE);
    const known = memoryOf(register);
    expect(crowd.every(known)).toBe(true);
    expect(known(act(DBKR, T))).toBe(false);
    const [team, ...others] = MATRIX.teams;
    const members = (team?.members ?? []).map((one) => ({ ...one }));
    const joined = { login: "user10003", id: 10_003, since: null, domains: [], away: null };
    const later = rules({ teams: team ? [{ ...team, members: [...members, joined] }, ...others] : [] });
    const next = judged([act(joined as unknown as Account, T + DAY / 2)], later, register);
    expect(memoryOf(next)(act(user(10_003), T))).toBe(true);
    // Another crowd does not let them out of the first.
    const second = judged(
      Array.from({ length: 1000 }, (_, n) => act(user(20_000 + n), T + 10 * SECOND)),
      later,
      next,
    );
    expect(size(second)).toBeLessThanOrEqual(MEMORY_SIZE);
    expect(memoryOf(second)(act(user(10_003), T))).toBe(true);
    expect(memoryOf(second)(act(DBKR, T + 10 * SECOND))).toBe(false);
  });

  test("act.once: of a crowd of outsiders the newest keep their names, as far as there is room", () => {
    const register = judged(
      Array.from({ length: 1000 }, (_, n) => act(user(10_000 + n), T + n * SECOND, `crowd${n}`)),
    );
    expect(size(register)).toBeLessThanOrEqual(MEMORY_SIZE);
    const known = memoryOf(register);
    for (const n of [0, 600]) expect(known(act(user(10_000 + n), T + n * SECOND))).toBe(true);
    for (const n of [700, 999]) {
      expect(register.judged.some(({ key }) => key === `crowd${n}`)).toBe(true);
      // What GitHub first shows late of that time was not judged.
      expect(known(act(user(30_000), T + n * SECOND))).toBe(false);
    }
  });

  test("act.once: of more happenings than it holds the newest keep their names, and only what is before them counts as judged", () => {
    const register = judged(
      Array.from({ length: 500 }, (_, n) => act(null, T + n * SECOND, `latch${n}`, "latch")),
    );
    expect(register.judged).toHaveLength(MEMORY_SIZE);
    const known = memoryOf(register);
    expect(known(act(DBKR, T + 100 * SECOND))).toBe(true);
    expect(known(act(DBKR, T + 101 * SECOND))).toBe(false);
    expect(known(act(null, T + 499 * SECOND, "latch499", "latch"))).toBe(true);
  });

  test("act.once: a member who floods loses names of their own acts, and of nobody else's", () => {
    const acts = [act(UHOREG, T), ...flood(DBKR, 900, T), act(MALLORY, T)];
    const register = judged(acts);
    expect(size(register)).toBeLessThanOrEqual(MEMORY_SIZE);
    const known = memoryOf(register);
    expect(acts.every(known)).toBe(true);
    expect(known(act(DBKR, T))).toBe(true);
    expect(known(act(UHOREG, T))).toBe(false);
  });

  test("act.once: a merge that GitHub shows late is not lost to a flood by who merged", () => {
    const known = memoryOf(judged(flood(MALLORY, 900, T)));
    expect(known(act(MALLORY, T, "merge", "merged"))).toBe(false);
    const crowded = memoryOf(judged(Array.from({ length: 900 }, (_, n) => act(user(10_000 + n), T))));
    expect(crowded(act(null, T, "merge", "merged"))).toBe(false);
    expect(crowded(act(MALLORY, T, "latch", "latch"))).toBe(false);
  });

  test("act.once: a member known by login alone is kept apart too; who takes an id later is the same", () => {
    const [team, ...others] = MATRIX.teams;
    const members = (id: number | null) => [{ login: "Solo", id, since: null, domains: [], away: null }];
    const byLogin = rules({ teams: team ? [{ ...team, members: members(null) }, ...others] : [] });
    const acts = [...flood(user(55, "solo"), 10, T), ...flood(MALLORY, 500, T)];
    const register = judged(acts, byLogin);
    expect(register.judged.filter(({ by }) => by === "solo")).toHaveLength(10);
    expect(memoryOf(register)(act(user(55, "SOLO"), T))).toBe(false);
    const folded = judged(flood(user(55, "solo"), 500, T), byLogin);
    expect(memoryOf(folded)(act(user(55, "solo"), T))).toBe(true);
  });

  test("act.once: what an older record counts as judged for everybody stays so", () => {
    const register: Register = { ...emptyRegister, judgedUpTo: T, judged: [{ key: "", at: T }] };
    expect(memoryOf(register)(act(DBKR, T))).toBe(true);
    expect(memoryOf(register)(act(DBKR, T + SECOND))).toBe(false);
  });

  test("act.once: whoever does however much, all that was judged stays judged, and there is never more than it holds", () => {
    const doer = fc.constantFrom(DBKR, UHOREG, MALLORY, ...[1, 2, 3].map((n) => user(9000 + n)));
    const deed = fc.record({
      by: doer,
      count: fc.integer({ min: 1, max: 500 }),
      at: fc.integer({ min: 0, max: 100 }),
      step: fc.constantFrom(0, SECOND),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), (deeds) => {
        let register = emptyRegister;
        const all: Act[] = [];
        for (const { by, count, at, step } of deeds) {
          const acts = flood(by, count, T + at * SECOND, step);
          const known = memoryOf(register);
          const fresh = acts.filter((one) => !known(one));
          all.push(...fresh);
          register = judged(fresh, MATRIX, register);
          expect(size(register)).toBeLessThanOrEqual(MEMORY_SIZE);
          // No act of a member who did little counts as judged that was not.
          const little = [DBKR, UHOREG].filter((one) => all.filter((done) => done.by === one).length < 50);
          for (const member of little) expect(memoryOf(register)(act(member, T + at * SECOND))).toBe(false);
        }
        expect(all.every(memoryOf(register))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("takes no time over a flood of thousands", () => {
    const began = performance.now();
    judged(flood(MALLORY, 6000, T));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
