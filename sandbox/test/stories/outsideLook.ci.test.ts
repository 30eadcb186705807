import { it } from "vitest";
import { lookFromOutside } from "../support/outsideLook.js";
import { badWeek } from "./badWeek.js";

/* Bad weeks as somebody without the App's key sees them. The stories look for themselves. */

const look = lookFromOutside({ records: 3 });

it.each([1, 2, 3])(
  "memory.kept, record.signed: in a bad week a reader's answer is the clerk's at every calm, and no record contradicted, seed %i",
  async (seed) => {
    await badWeek(seed, look);
  },
  60_000,
);
