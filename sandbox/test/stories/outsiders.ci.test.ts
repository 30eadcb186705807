import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { STRANGERS_HOURLY, STRANGERS_WAIT } from "msc-clerk/runtime/reconcile/budget.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

/** Minutes until the motion that somebody on the roster proposes now has its status comment. */
async function motionWaits(n: number): Promise<number> {
  const said = r.clock.now();
  r.as("richvdh").comment(n, "@mscbot fcp merge");
  while (r.said(n).length === 0 && r.clock.now() - said < 2 * HOUR) {
    await r.clock.advance(MINUTE);
    await r.settle(SECOND);
  }
  return Math.round((r.clock.now() - said) / MINUTE);
}

const requests = () => r.sandbox.requests.all.filter(({ kind }) => kind !== "token").length;

describe("what an outsider does to their own pull request", () => {
  test("check.head: 520 pushes keep no motion elsewhere waiting, cost sixty requests an hour, and the last head is answered", async () => {
    r = rehearsal();
    await r.start();
    const n = r.propose();
    await r.settle();
    const { number: junk } = r.as("passer-by").openPull({ title: "Junk", files: { "junk.txt": "0" } });
    await r.settle();
    const before = requests();
    const from = r.clock.now();
    for (let pushes = 0; pushes < 520 && r.clock.now() - from < 50 * MINUTE; pushes += 1) {
      r.as("passer-by").push(junk, { "junk.txt": String(pushes) });
      await r.clock.advance(4 * SECOND);
      await r.settle(SECOND);
    }
    expect(requests() - before).toBeLessThanOrEqual(62);
    expect(await motionWaits(n)).toBeLessThan(2);
    await r.advance(HOUR);
    expect(r.check(junk)).toMatchObject({ conclusion: "neutral" });
  }, 120_000);

  test("reply.always: hundreds of commands in many pull requests leave room for a motion's comment", async () => {
    r = rehearsal();
    await r.start();
    const n = r.propose();
    await r.settle();
    for (let at = 0; at < 300; at += 1) {
      const { number } = r
        .as("passer-by")
        .openPull({ title: `Junk ${at}`, branch: `j${at}`, files: { [`j${at}`]: "" } });
      r.as("passer-by").comment(number, "@mscbot fcp merge");
      await r.clock.advance(5 * SECOND);
      await r.settle(SECOND);
    }
    expect(await motionWaits(n)).toBeLessThan(2);
  }, 120_000);

  test("act.durable: forty comments edited a hundred times at full length cost what they hold now, and a vote among them is heard", async () => {
    r = rehearsal();
    await r.start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.sandbox.webhooksTo(null);
    const [comments, edits, size] = [40, 100, 20_000];
    for (let at = 0; at < comments; at += 1) {
      const { id } = r.as("passer-by").comment(n, "@mscbot hello");
      for (let edit = 0; edit < edits; edit += 1)
        r.as("passer-by").editComment(id, `@mscbot hello ${at} ${edit} ${"x".repeat(size)}`);
    }
    r.kill();
    const asked = r.sandbox.requests.all.length;
    await r.start();
    let vote = 0;
    await r.act(() => {
      vote = r.as("dbkr").comment(n, "@mscbot reviewed").id;
    });
    await r.advance(20 * MINUTE);
    expect(r.reactions(vote)).toContain("+1");
    const bytes = r.sandbox.requests.all.slice(asked).map((entry) => entry.bytes ?? 0);
    expect(Math.max(...bytes)).toBeLessThan(3_000_000);
    // Read from the beginning once, and the newest few now and then: not the eighty megabytes of their edits.
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(10 * comments * size);
  }, 120_000);

  test("what somebody on the roster says on an outsider's pull request that was put off is heard at once", async () => {
    r = rehearsal();
    await r.start();
    const { number: junk } = r.as("passer-by").openPull({ title: "Junk", files: { "junk.txt": "0" } });
    await r.settle();
    for (let at = 0; at < 70; at += 1) {
      r.as("passer-by").comment(junk, `Comment ${at}`);
      await r.clock.advance(10 * SECOND);
      await r.settle(SECOND);
    }
    const asked = requests();
    r.as("passer-by").comment(junk, "One more");
    await r.advance(MINUTE);
    expect(requests()).toBe(asked);
    r.as("richvdh").comment(junk, "Thank you for this.");
    await r.advance(5 * SECOND);
    expect(requests()).toBeGreaterThan(asked);
  }, 60_000);
});

describe("what somebody on no team with triage rights does on a motion", () => {
  test("ballot.command: a member's vote among 300 flips of a label is counted at once, and the flips cost an hour's share and one look in ten minutes", async () => {
    r = rehearsal();
    r.sandbox.addUser("tina", { id: 50_000_777, level: "triage" });
    await r.start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    const flip = async (times: number) => {
      for (let at = 0; at < times; at += 1) {
        if (at % 2 === 0) r.as("tina").label(n, "client-server");
        else r.as("tina").unlabel(n, "client-server");
        await r.clock.advance(3 * SECOND);
        await r.settle(SECOND);
      }
    };
    const before = requests();
    await flip(270);
    expect(requests() - before).toBeLessThanOrEqual(STRANGERS_HOURLY.requests);

    const spent = requests();
    await flip(10);
    expect(requests()).toBe(spent);
    const { id } = r.as("dbkr").comment(n, "@mscbot reviewed");
    await r.advance(5 * SECOND);
    expect(r.reactions(id)).toContain("+1");
    const counted = requests();

    await flip(20);
    expect(requests()).toBe(counted);
    // At most ten minutes later what it has come to is seen: the label is off.
    await r.advance(STRANGERS_WAIT);
    expect(requests()).toBeGreaterThan(counted);
    expect(requests() - counted).toBeLessThan(10);
  }, 120_000);
});
