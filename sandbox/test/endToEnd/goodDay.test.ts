import { expect, test } from "vitest";
import { ENDED, FAIR, played } from "./play.js";

test("over HTTP, from motion to conclusion, on a good day: each transition's comment once, and nothing to warn of", async () => {
  const play = await played(1, FAIR);
  expect(play.seen()).toEqual(ENDED);
  expect(play.logged).toEqual([]);
  await play.close();
});
