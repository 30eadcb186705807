import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore, type StoreSettings } from "../../src/store/open.js";
import { type Appenders, appenders, recordOf } from "./appender.js";
import { OF, stored } from "./contract.js";
import { opened } from "./opened.js";

const ROUNDS = 20;
const EACH = 200;

/**
 * What is kept when processes are killed or get in each other's way. `fresh`: the settings of a new, empty store. `quiet`: a server may
 * still be at what a killed process asked of it last; resolves when it is not.
 */
export function crashContract(
  name: string,
  fresh: () => Promise<StoreSettings>,
  quiet: (settings: StoreSettings) => Promise<void> = async () => undefined,
): void {
  describe(`the store ${name}, and processes that come and go`, () => {
    let writers: Appenders;
    beforeAll(() => {
      writers = appenders(`crash-${name.replaceAll(" ", "-")}`);
    });
    afterAll(() => writers.remove());

    test("kill -9 in the middle of appends: all that was acknowledged is there, and no more than one beyond it", async () => {
      const settings = await fresh();
      let acknowledged = -1;
      for (let round = 0; round < ROUNDS; round += 1) {
        const { child, said, ended } = writers.start(settings, "writer", Number.MAX_SAFE_INTEGER, 1);
        // Killed at another point of an append each time.
        while (said().length < 3 && child.exitCode === null) await wait(1);
        await wait(Math.random() * 30);
        child.kill("SIGKILL");
        const { complaints } = await ended;
        expect(complaints).toBe("");
        acknowledged = said().at(-1) ?? -1;
        await quiet(settings);
        // Every other time the next writer finds what the killed one has left.
        if (round % 2 === 0) acknowledged = await holds(settings, acknowledged);
      }
      expect(await holds(settings, acknowledged)).toBeGreaterThanOrEqual(3 * ROUNDS - 1);
    });

    test("two processes that append at once, in steps of their own: each follows on what was kept, and no change is lost", async () => {
      const settings = await fresh();
      const two = [1, 2].map((step) => ({
        who: `${step}`,
        ...writers.start(settings, `${step}`, EACH, step),
      }));
      for (const { ended } of two) expect(await ended).toEqual({ code: 0, complaints: "" });
      const given = two.flatMap(({ who, said }) => said().map((sequence) => ({ sequence, who })));
      given.sort((a, b) => a.sequence - b.sequence);
      expect(given).toHaveLength(2 * EACH);
      const store = opened(await openStore(settings));
      expect(await store.transitions(OF)).toEqual(
        stored(
          given.map(({ sequence, who }, index) => ({
            sequence,
            at: 1,
            what: `${who} after ${given[index - 1]?.sequence ?? null}`,
          })),
        ),
      );
      const { sequence, who } = given.at(-1) ?? { sequence: 0, who: "" };
      expect(await store.register(OF)).toEqual(stored({ sequence, record: recordOf(who, sequence) }));
      await store.close();
    });
  });
}

/** The newest register is the last acknowledged or the next, whole, and there is a line for each number up to it. */
export async function holds(settings: StoreSettings, acknowledged: number): Promise<number> {
  const store = opened(await openStore(settings));
  const register = await store.register(OF);
  if (register.kind === "unavailable" || register.kept === null) throw new Error(JSON.stringify(register));
  const { sequence, record } = register.kept;
  expect([acknowledged, acknowledged + 1]).toContain(sequence);
  expect(record).toBe(recordOf("writer", sequence));
  const lines = Array.from({ length: sequence + 1 }, (_, n) => ({
    sequence: n,
    at: 1,
    what: `writer after ${n === 0 ? null : n - 1}`,
  }));
  expect(await store.transitions(OF)).toEqual(stored(lines));
  await store.close();
  return sequence;
}
