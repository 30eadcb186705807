import { afterAll, describe, expect, test } from "vitest";
import { type Lost, lostCopies } from "./lostCopies.js";

const SEEDS = Array.from({ length: 4 }, (_, at) => at + 1);
let killed = 0;

describe.each(SEEDS)("copies of the record lost, seed %i", (seed) => {
  const whole = lostCopies(seed, "nothing", false);

  test.each<Lost>(["nothing", "the store", "GitHub's copy"])(
    "memory.kept: with %s lost and the process killed between store and GitHub, all is as without, and nothing is held",
    async (lost) => {
      const run = await lostCopies(seed, lost, true);
      killed += run.kills;
      expect(run.held).toBe(false);
      expect(run.steps).toEqual((await whole).steps);
    },
    60_000,
  );

  test("memory.lost: with both lost it is held, and never green where a run without loss was not", async () => {
    const run = await lostCopies(seed, "both", true);
    killed += run.kills;
    expect(run.held).toBe(true);
    const reference = (await whole).steps;
    for (const [step, { green }] of run.steps.entries()) if (green) expect(reference[step]?.green).toBe(true);
    expect(run.steps.at(-1)).toEqual(reference.at(-1));
  }, 60_000);
});

// Where nothing was killed, nothing was shown.
afterAll(() => expect(killed).toBeGreaterThan(SEEDS.length));
