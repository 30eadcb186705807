import { expect, it } from "vitest";
import { runStory } from "../../src/simulation/run.js";
import { storyOf } from "../../src/simulation/weave.js";

/** How many in all: each takes a fifth of a second of a core. `SEEDS=2000 npm run test:ci -- simulation` */
const MANY = Number(process.env.SEEDS ?? 500);
export const FILES = 2;

/** A part of the seeds, by their rest, in a file of its own, as files run side by side. */
export function seeds(rest: number): void {
  it(`whatever people do and whatever goes wrong, GitHub shows what the rules make of it, seeds 1 to ${MANY}`, async () => {
    const wrong: string[] = [];
    let concluded = 0;
    for (let seed = 1; seed <= MANY; seed += 1) {
      if (seed % FILES !== rest) continue;
      const outcome = await runStory(storyOf(seed));
      if (outcome.wrong !== null) wrong.push(`seed ${seed}: ${outcome.wrong}`);
      concluded += outcome.concluded;
    }
    expect(wrong).toEqual([]);
    // Stories in which nothing is ever decided would show nothing.
    expect(concluded).toBeGreaterThan(MANY / FILES / 10);
  }, 600_000);
}
