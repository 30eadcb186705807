import { MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* For some seconds after a push to a fork REST does not know its commit (https://github.com/home-assistant/service-hub/pull/394). */

let r: Rehearsal;
afterEach(() => r.close());

async function lagging(seconds: number): Promise<void> {
  r = await rehearsal().start();
  r.sandbox.store.forkLagSeconds = seconds;
}

/** Seconds until the head of #`n` has its check. */
async function untilChecked(n: number): Promise<number> {
  const from = r.clock.now();
  await r.quiet();
  while (r.check(n) === null && r.clock.now() - from < 20 * MINUTE) {
    await r.clock.advance(SECOND / 2);
    await r.quiet();
  }
  return (r.clock.now() - from) / SECOND;
}

describe("check.head: a pull request from a fork", () => {
  test.each([3, 8])(
    "is checked within ten seconds of its opening when GitHub lags %i seconds",
    async (lag) => {
      await lagging(lag);
      const n = r.propose();
      expect(await untilChecked(n)).toBeLessThanOrEqual(10);
      expect(r.logged).toEqual([]);
    },
  );

  test("is checked within ten seconds of the push when GitHub lags eight seconds", async () => {
    await lagging(8);
    const n = r.propose();
    await r.settle();
    expect(r.check(n)).not.toBeNull();
    await r.clock.advance(3 * MINUTE);
    r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# More spaces\n" });
    expect(r.check(n)).toBeNull();
    expect(await untilChecked(n)).toBeLessThanOrEqual(10);
    expect(r.logged).toEqual([]);
  });

  test("waits no longer than a minute after a lag of a minute, and the log says it once, without alarm", async () => {
    await lagging(60);
    const n = r.propose();
    expect(await untilChecked(n)).toBeLessThanOrEqual(120);
    expect(r.logged).toHaveLength(1);
    expect(r.logged[0]).toContain("GitHub does not know the commit yet");
  });

  test("whose commit GitHub never comes to know is reported as refused, and is no burden", async () => {
    await lagging(1e9);
    r.propose();
    await r.settle();
    await r.advance(20 * MINUTE);
    const asked = r.sandbox.requests.writes.filter(({ path }) => path.endsWith("/check-runs")).length;
    expect(asked).toBeLessThanOrEqual(14);
    expect(r.logged.filter((line) => line.includes("GitHub refused a write"))).toHaveLength(1);
  });
});
