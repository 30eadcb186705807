import { describe, expect, test } from "vitest";
import { Lanes } from "../../src/runtime/reconcile/lanes.js";
import { turns } from "./fakes.js";

/**
 * What begins, in order. `+a1` lines up the first of tenant `a`, `+a1o` an outsiders' one, `+a1b` one in the background; once more, it moves.
 * `-a1` ends it.
 */
async function begun(lanes: number, steps: string): Promise<string> {
  const items = new Map<string, { readonly name: string }>();
  const ends = new Map<string, () => void>();
  const order: string[] = [];
  const under = new Lanes<{ readonly name: string }>(lanes, ({ name }) => {
    order.push(name);
    return new Promise((resolve) => ends.set(name, resolve));
  });
  for (const [, sign, name = "", kinds = ""] of steps.matchAll(/([+-])([a-z]\d+)([ob]*)/g)) {
    if (sign === "-") {
      ends.get(name)?.();
      await turns(1);
      continue;
    }
    const item = items.get(name) ?? { name };
    items.set(name, item);
    under.add(item, name.charCodeAt(0), { outsiders: kinds.includes("o"), background: kinds.includes("b") });
  }
  return order.join(" ");
}

describe("a free lane", () => {
  test.each([
    ["goes to the tenant with the fewest running", 2, "+a1 +a2 +a3 +b1 -a1", "a1 a2 b1"],
    ["goes back to the first where the second has as many", 2, "+a1 +a2 +a3 +b1 +b2 -a1 -a2", "a1 a2 b1 a3"],
    ["among equals goes to who has waited longest", 1, "+a1 +c1 +b1 -a1", "a1 c1"],
    [
      "goes round: having many that wait is not having waited longer",
      1,
      "+a1 +a2 +a3 +a4 +b1 +c1 -a1 -a2 -b1 -c1",
      "a1 a2 b1 c1 a3",
    ],
    ["is not later there for who asks for more", 1, "+a1 +b1 +c1 +b2 -a1", "a1 b1"],
    ["is there again for what had one before", 1, "+a1 -a1 +a1", "a1 a1"],
    ["is not given twice for one end", 2, "+a1 +a2 +a3 +a4 -a1 -a1", "a1 a2 a3"],
    [
      "goes to members' affairs, outsiders', the background",
      1,
      "+a1 +a2b +a3o +a4 -a1 -a4 -a3",
      "a1 a4 a3 a2",
    ],
    ["in the background too goes to members' affairs first", 1, "+a1 +a2ob +a3b -a1 -a3", "a1 a3 a2"],
    ["goes to another's background before a third of one's own", 2, "+a1 +a2 +a3 +b1b -a1", "a1 a2 b1"],
    ["is never the last one for outsiders", 3, "+a1o +a2o +a3o", "a1 a2"],
    ["is the background's for half of them", 4, "+a1b +a2ob +a3b +a4ob", "a1 a2"],
    ["is never the last one for the background and outsiders", 4, "+a1b +a2ob +a3o +a4o", "a1 a2 a3"],
    ["that the background leaves goes to members", 3, "+a1b +a2b +a3b +a4", "a1 a4"],
    ["that outsiders leave goes to members", 3, "+a1o +a2o +a3o +a4 -a4", "a1 a2 a4"],
    ["of outsiders goes to the tenant with the fewest running", 3, "+a1o +a2o +a3o +b1o -a1", "a1 a2 b1"],
    ["passes over a tenant whose outsiders may not have it", 2, "+a1o +b1o +a2", "a1 a2"],
    ["that is the only one is outsiders' too", 1, "+a1o +a2o -a1", "a1 a2"],
    ["goes to what moved up", 1, "+a1 +a2o +a3ob +a3 -a1", "a1 a3"],
    ["is there at once for what is outsiders' no longer", 2, "+a1o +a2o +a2", "a1 a2"],
    ["is not sooner there for who moves up within a tenant", 1, "+a1 +a2 +b1b +b1 -a1", "a1 a2"],
    ["keeps the order where nothing moves", 1, "+a1 +a2 +a3 +a2 -a1", "a1 a2"],
  ])("%s", async (_, lanes, steps, order) => {
    expect(await begun(lanes, steps)).toBe(order);
  });

  test("goes by the tenant that something belongs to now", async () => {
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const lanes = new Lanes<{ readonly name: string }>(1, ({ name }) => {
      order.push(name);
      return new Promise((resolve) => ends.push(resolve));
    });
    const standing = { outsiders: false, background: false };
    const [first, moved, other] = [{ name: "first" }, { name: "moved" }, { name: "other" }];
    lanes.add(first, 1, standing);
    lanes.add(moved, 2, standing);
    lanes.add(other, 1, standing);
    lanes.add(moved, 1, standing);
    ends[0]?.();
    await turns(1);
    ends[1]?.();
    await turns(1);
    expect(order).toEqual(["first", "other", "moved"]);
  });
});

test("what waits in the background shares a lane, so many at once, and nothing else does", async () => {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const run = (one: { readonly name: string }) => {
    order.push(one.name);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const lanes = new Lanes<{ readonly name: string }>(2, run, 3);
  const [background, members] = [
    { outsiders: false, background: true },
    { outsiders: false, background: false },
  ];
  lanes.add({ name: "first" }, 1, background);
  for (const name of ["b", "c", "d", "e"]) lanes.add({ name }, 1, background);
  lanes.add({ name: "vote" }, 1, members);
  lanes.add({ name: "another vote" }, 1, members);
  expect(order).toEqual(["first", "vote"]);
  ends[1]?.();
  await turns(1);
  expect(order).toEqual(["first", "vote", "another vote"]);
  ends[0]?.();
  await turns(1);
  expect(order.slice(3)).toEqual(["b", "c", "d"]);
  for (const end of ends.slice(3, 5)) end();
  await turns(1);
  expect(order).toHaveLength(6);
  ends[5]?.();
  await turns(1);
  expect(order.slice(6)).toEqual(["e"]);
});

test("stopping forgets what waits and awaits what runs", async () => {
  const order: number[] = [];
  let end = () => {};
  const lanes = new Lanes<{ readonly n: number }>(1, ({ n }) => {
    order.push(n);
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  for (const n of [1, 2]) lanes.add({ n }, n, { outsiders: false, background: false });
  let stopped = false;
  const stop = lanes.stop().then(() => {
    stopped = true;
  });
  await turns(1);
  expect(stopped).toBe(false);
  end();
  await stop;
  expect(order).toEqual([1]);
});
