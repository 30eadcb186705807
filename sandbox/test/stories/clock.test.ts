import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
let ahead: number;
afterEach(async () => {
  await r.close();
});

/** A clerk on a machine whose clock is wrong, and a proposal in FCP; resolves with its number. */
async function inFcp(machineAhead: number): Promise<{ readonly n: number; readonly end: number }> {
  ahead = machineAhead;
  r = await rehearsal({ machineAhead: () => ahead }).start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"]) {
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  }
  expect(r.labels(n)).toContain("final-comment-period");
  const began = r.sandbox
    .thread(n)
    .events.filter((event) => event.kind === "labeled")
    .at(-1)?.at;
  return { n, end: (began ?? Number.NaN) + 5 * DAY };
}

const concluded = (n: number) => r.labels(n).includes("finished-final-comment-period");
const healthz = async () => {
  const { origin } = new URL(r.sandbox.deliveries.target?.url ?? "");
  return (await fetch(`${origin}/healthz`)).json();
};
const told = (word: RegExp) => r.logged.filter((line) => word.test(line));

describe("the machine's clock is wrong", () => {
  test.each([
    ["six days ahead", 6 * DAY],
    ["six days behind", -6 * DAY],
    ["ninety seconds ahead", 90 * SECOND],
    ["a minute ahead, which nobody is told of", MINUTE],
  ])(
    "fcp.conclude: a machine whose clock runs %s concludes nothing early, and nothing late",
    async (_how, by) => {
      const { n, end } = await inFcp(by);
      await r.advance(3 * DAY);
      await r.act(() => r.as("ShadowJonathan").comment(n, "Any news?"));
      expect(concluded(n)).toBe(false);
      await r.clock.setTo(end - 2 * SECOND);
      await r.act(() => r.as("ShadowJonathan").comment(n, "And now?"));
      await r.clock.setTo(end - 1);
      await r.quiet();
      expect(concluded(n)).toBe(false);
      await r.clock.setTo(end + SECOND);
      await r.settle();
      expect(concluded(n)).toBe(true);
      expect(r.kinds(n).filter((kind) => kind === "announce 1:concluded")).toHaveLength(1);
      expect(told(/clock of this machine/)).toHaveLength(Math.abs(by) > MINUTE ? 1 : 0);
    },
  );

  test("fcp.conclude: a clock that leaps six days ahead while an FCP runs concludes nothing, and is told of at both ends", async () => {
    const { n, end } = await inFcp(0);
    await r.advance(DAY);
    ahead = 6 * DAY;
    await r.advance(2 * HOUR);
    await r.act(() => r.as("dbkr").comment(n, "Is it over?"));
    expect(concluded(n)).toBe(false);
    expect(told(/6 days \(518400 seconds\) ahead/)).toHaveLength(1);
    expect(await healthz()).toMatchObject({ ok: true, clockSkewSeconds: 6 * 86_400 });
    ahead = 0;
    await r.act(() => r.as("dbkr").comment(n, "And now?"));
    await r.act(() => r.as("dbkr").comment(n, "Or now?"));
    expect(told(/agree again/)).toHaveLength(1);
    await r.clock.setTo(end - SECOND);
    await r.settle();
    expect(concluded(n)).toBe(false);
    await r.advance(2 * HOUR);
    expect(concluded(n)).toBe(true);
  });

  test("the healthy machine is neither corrected nor told of", async () => {
    await inFcp(0);
    await r.clock.advance(1234);
    await r.act(() => undefined);
    expect(r.logged).toEqual([]);
    expect(await healthz()).toMatchObject({ clockSkewSeconds: 0 });
  });
});
