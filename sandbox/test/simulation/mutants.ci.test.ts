import { expect, it } from "vitest";
import { MUTANTS } from "../../src/simulation/mutants.js";
import { runStory } from "../../src/simulation/run.js";
import { storyOf } from "../../src/simulation/weave.js";

it("there are at least twenty faulty clerks, each with a name of its own", () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(20);
});

it.each(MUTANTS)("a clerk that $name is found out", async ({ caughtBy, make }) => {
  const { wrong } = await runStory(storyOf(caughtBy), make());
  expect(wrong).not.toBeNull();
  expect(wrong).not.toContain("it failed");
});

it.each([...new Set(MUTANTS.map(({ caughtBy }) => caughtBy))])(
  "the clerk as it is passes seed %i, which shows such faults",
  async (seed) => {
    expect((await runStory(storyOf(seed))).wrong).toBeNull();
  },
);
