import { errorMessage } from "msc-clerk/platform/log.js";
import { Arena } from "./arena.js";
import { Wrong } from "./judge.js";
import type { Mutation } from "./machine.js";
import type { DrawnStory } from "./story.js";

export interface StoryOutcome {
  /** null: all was as the rules have it. */
  readonly wrong: string | null;
  /** At which step it showed. */
  readonly at: number;
  readonly begun: number;
  readonly concluded: number;
  readonly lost: number;
  readonly writes: number;
  /** Amendments that were merged with their votes, and without. */
  readonly amended: number;
  readonly unlawful: number;
}

/** One story, to its end or to the first thing that is wrong. `logged`: gets the steps' numbers and the clerk's own log. */
export async function runStory(
  story: DrawnStory,
  mutation: Mutation = {},
  logged: ((line: string) => void) | null = null,
): Promise<StoryOutcome> {
  const place = new Arena(story, mutation, logged);
  let at = 0;
  let wrong: string | null = null;
  try {
    await place.run((_, step) => {
      at = step;
    });
  } catch (thrown) {
    wrong =
      thrown instanceof Wrong
        ? thrown.message
        : `it failed: ${thrown instanceof Error ? (thrown.stack ?? "") : errorMessage(thrown)}`;
  } finally {
    place.end();
  }
  const { begun, concluded, lost } = place.judge;
  const merged = place.amendment?.merged ?? null;
  return {
    wrong,
    at,
    begun,
    concluded,
    lost: lost.size,
    writes: place.writes,
    amended: merged?.lawfully === true ? 1 : 0,
    unlawful: merged?.lawfully === false ? 1 : 0,
  };
}

/** The same story without what is not needed for something to be wrong in it, whatever that is then. At most `tries` runs. */
export async function shortest(
  story: DrawnStory,
  mutation: Mutation = {},
  tries = 150,
): Promise<{ readonly story: DrawnStory; readonly outcome: StoryOutcome }> {
  let left = tries;
  let outcome = await runStory(story, mutation);
  let steps = story.steps.slice(0, outcome.at + 1);
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1 && left > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < steps.length && left > 0; ) {
      const without = [...steps.slice(0, from), ...steps.slice(from + size)];
      const tried =
        without.length === steps.length ? null : await runStory({ ...story, steps: without }, mutation);
      left -= 1;
      if (tried === null || tried.wrong === null) from += size;
      else {
        outcome = tried;
        steps = without.slice(0, tried.at + 1);
      }
    }
  }
  return { story: { ...story, steps }, outcome };
}
