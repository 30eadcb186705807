import { expect, test } from "vitest";
import { byEdition } from "../../src/pages/byEdition.js";

/** A store of texts by number, and what of it was asked for. */
function begun(texts: Iterable<readonly [number, string]>) {
  const kept = new Map([...texts].map(([pull, text]) => [pull, { text, edition: "1" }]));
  const asked: (readonly number[])[] = [];
  let isDown = false;
  let puts = 1;
  const all = byEdition<string, readonly string[]>({
    editions: async () =>
      isDown
        ? { kind: "unavailable", why: "no" }
        : { kind: "stored", kept: [...kept].map(([pull, { edition }]) => ({ pull, edition })) },
    read: async (_, pulls) => {
      asked.push(pulls);
      if (isDown) return { kind: "unavailable", why: "no" };
      const found = pulls.flatMap((pull) => {
        const one = kept.get(pull);
        return one === undefined ? [] : [[pull, one.text] as const];
      });
      return { kind: "told", told: new Map(found) };
    },
    together: (each) => each,
  });
  return {
    asked,
    kept,
    put: (pull: number, text: string) => {
      puts += 1;
      kept.set(pull, { text, edition: String(puts) });
    },
    fail: (now: boolean) => {
      isDown = now;
    },
    all: async () => {
      const told = await all(7);
      return told.kind === "told" ? told.told : told.why;
    },
  };
}

test("what was kept anew is read again, and nothing else; what is gone is told no more", async () => {
  const { asked, kept, put, all } = begun([
    [1, "a"],
    [2, "b"],
    [3, "c"],
  ]);
  expect(await all()).toEqual(["a", "b", "c"]);
  const known = await all();
  expect(await all()).toBe(known);
  put(2, "B");
  kept.delete(3);
  put(4, "d");
  expect(await all()).toEqual(["a", "B", "d"]);
  kept.delete(4);
  expect(await all()).toEqual(["a", "B"]);
  // Dropped and kept again: it is another edition.
  put(4, "e");
  expect(await all()).toEqual(["a", "B", "e"]);
  expect(asked).toEqual([[1, 2, 3], [2, 4], [4]]);
});

test("what cannot be read now is asked for again, and nothing is lost meanwhile", async () => {
  const { put, all, fail } = begun([[1, "a"]]);
  expect(await all()).toEqual(["a"]);
  put(1, "A");
  fail(true);
  expect(await all()).toBe("no");
  fail(false);
  expect(await all()).toEqual(["A"]);
});

test("many at once are read in portions, and whoever asks at the same time reads none of them again", async () => {
  const { asked, all } = begun(Array.from({ length: 120 }, (_, n) => [n + 1, `${n}`] as const));
  const [one, other] = await Promise.all([all(), all()]);
  expect(one).toHaveLength(120);
  expect(other).toBe(one);
  expect(asked.map(({ length }) => length)).toEqual([50, 50, 20]);
});

test("one that goes away while it is read is left out until it is kept again", async () => {
  const { kept, all, put } = begun([[1, "a"]]);
  const read = all();
  kept.delete(1);
  expect(await read).toEqual([]);
  put(1, "a");
  expect(await all()).toEqual(["a"]);
});
