import { expect, test } from "vitest";
import { ENDED, inFoulWeather } from "./play.js";

const PLAYS = 6;

test("comment.once: with the process killed while a request is under way, done or not, the end is the same", async () => {
  const { ends, kills } = await inFoulWeather(1, PLAYS);
  expect(ends).toEqual(Array.from({ length: PLAYS }, (_, index) => ({ seed: 1 + index, ...ENDED })));
  expect(kills).toBeGreaterThan(PLAYS);
}, 120_000);
