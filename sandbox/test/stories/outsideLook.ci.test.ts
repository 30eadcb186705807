import { describe, it } from "vitest";
import { lookFromOutside } from "../support/outsideLook.js";
import { badWeek } from "./badWeek.js";

/* The stories of `npm test` once more, and bad weeks, as somebody without the App's key sees them. Those that CI alone runs look for themselves. */

const look = lookFromOutside({ records: 10 });

describe.each(["main.test.js", "elsewhere.test.js", "moments.test.js"])("%s", async (file) => {
  await import(`./${file}`);
});

it.each([1, 2, 3])(
  "memory.kept, record.signed: in a bad week a reader's answer is the clerk's at every calm, and no record contradicted, seed %i",
  async (seed) => {
    await badWeek(seed, look);
  },
  60_000,
);
