import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, test, vi } from "vitest";
import { MovableClock } from "../../src/platform/movableClock.js";
import { readiness, whatIsMissing } from "../../src/runtime/server/ready.js";

const READY = { stopping: false, gitHubAnswered: true, firstRoundDone: true };

describe("what is missing, in plain words", () => {
  test.each<[string, Partial<typeof READY>, string | null, readonly string[]]>([
    ["nothing", {}, null, []],
    ["it stops", { stopping: true }, null, ["The clerk is stopping: it takes no more webhooks."]],
    [
      "the store",
      {},
      "The disk is full.",
      ["The store cannot be read or written, so nothing is acted on: The disk is full."],
    ],
    [
      "everything else",
      { gitHubAnswered: false, firstRoundDone: false },
      null,
      [
        "GitHub has not answered yet: the log says why, and it is asked again.",
        "The first round, which looks at every open proposal, is not done yet.",
      ],
    ],
  ])("%s", (_what, changed, trouble, sentences) => {
    expect(whatIsMissing({ ...READY, ...changed }, trouble)).toEqual(sentences);
  });
});

test("the store is proven once in ten seconds, however many ask, and one that never answers is told of", async () => {
  const clock = new MovableClock(0);
  let proofs = 0;
  let answers = true;
  const ready = readiness({
    clock,
    state: () => READY,
    proveStore: () => {
      proofs += 1;
      return answers ? Promise.resolve(null) : new Promise(() => {});
    },
  });
  const ask = async () => {
    let told = "";
    let status = 0;
    const response = {
      writeHead: (given: number) => {
        status = given;
        return response;
      },
      end: (body: string) => {
        told = body;
      },
    };
    await ready({ method: "GET", url: "/readyz" } as IncomingMessage, response as unknown as ServerResponse);
    return [status, JSON.parse(told)];
  };
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill([200, { ready: true }]));
  await clock.advance(9_999);
  await ask();
  expect(proofs).toBe(1);
  answers = false;
  await clock.advance(1);
  vi.useFakeTimers();
  const asked = ask();
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  expect(await asked).toEqual([
    503,
    {
      ready: false,
      missing: [
        "The store cannot be read or written, so nothing is acted on: it has not answered within 5 seconds.",
      ],
    },
  ]);
  expect(proofs).toBe(2);
});
