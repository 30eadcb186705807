import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const begun = () => {
  r = rehearsal({ pages: true, redeliver: true });
  return r.start();
};

describe("webhooks that did not arrive", () => {
  /** A check that somebody had run again while nothing listened: no list of changes tells of it. */
  async function missed(): Promise<number> {
    await begun();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.kill();
    await r.clock.advance(MINUTE);
    r.as("dbkr").rerunCheck(r.check(n)?.id ?? 0);
    await r.sandbox.idle();
    await r.clock.advance(MINUTE);
    return n;
  }
  const reruns = () =>
    r.sandbox.deliveries.attempts.filter(({ delivery }) => delivery.action === "rerequested");

  test("are asked for again after the start, once, and bring what no resync finds", async () => {
    const n = await missed();
    const [failed] = reruns();
    expect(failed).toMatchObject({ status: null, redelivery: false });
    const before = r.check(n)?.id;
    await r.start();
    expect(reruns()).toHaveLength(1);
    await r.advance(2 * MINUTE);
    expect(reruns().map(({ status, redelivery }) => [status, redelivery])).toEqual([
      [200, true],
      [null, false],
    ]);
    expect(r.check(n)?.id).not.toBe(before);
    const metrics = await (await fetch(`${r.clerk?.pagesAddress}/metrics`)).text();
    const again = r.sandbox.deliveries.attempts.filter(({ redelivery }) => redelivery);
    expect(metrics).toContain(`\nmsc_clerk_redeliveries_total ${again.length}\n`);
    await r.advance(3 * HOUR);
    expect(reruns()).toHaveLength(2);
  });

  test("that fail again are asked for no more, by this clerk nor by the next", async () => {
    await missed();
    await r.start();
    const target = r.sandbox.deliveries.target;
    r.sandbox.webhooksTo("http://127.0.0.1:9/nobody");
    await r.advance(2 * MINUTE);
    expect(reruns()).toHaveLength(2);
    r.sandbox.deliveries.target = target;
    await r.advance(2 * HOUR);
    r.kill();
    await r.start();
    await r.advance(2 * MINUTE);
    expect(reruns()).toHaveLength(2);
  });

  test("are found by the hourly look too, where the clerk was up and what stands before it was not", async () => {
    await begun();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.advance(2 * MINUTE);
    const target = r.sandbox.deliveries.target;
    r.sandbox.webhooksTo("http://127.0.0.1:9/nobody");
    r.as("dbkr").rerunCheck(r.check(n)?.id ?? 0);
    await r.quiet();
    r.sandbox.deliveries.target = target;
    await r.advance(HOUR + MINUTE);
    expect(reruns().map(({ status }) => status)).toEqual([200, null]);
  });

  test("are left alone where GitHub does not say what became of them, and nobody is bothered", async () => {
    await missed();
    r.sandbox.faults.byChance = ({ path }) =>
      path.startsWith("/app/hook/deliveries") ? { kind: "gone", status: 404 } : null;
    const from = r.logged.length;
    await r.start();
    await r.advance(2 * HOUR);
    expect(reruns()).toHaveLength(1);
    expect(r.logged.slice(from)).toEqual([]);
  });
});
