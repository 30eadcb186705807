import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig, withoutForm } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* What rounds, starts and the end of a period cost, in requests: docs/operating.md has the figures for 1,000 proposals. */

const N = 60;
let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const reads = (from: number) => r.sandbox.requests.all.slice(from).filter(({ kind }) => kind === "read");
const writes = (from: number) => r.sandbox.requests.all.slice(from).filter(({ kind }) => kind === "write");
const now = () => r.sandbox.requests.all.length;
const count = (from: number, operation: string) =>
  reads(from).filter((request) => request.operation === operation).length;

/** Proposals with some comments, all done by the clerk. */
async function many(): Promise<void> {
  r = rehearsal({ config: withoutForm(matrixConfig()), timing: { resyncEvery: 10 * MINUTE } });
  for (let at = 0; at < N; at += 1) {
    const n = r.propose(`MSC${5000 + at}: One of many`, { [`proposals/${5000 + at}-many.md`]: "# Many\n" });
    for (let said = 0; said < 5; said += 1) r.as("passer-by").comment(n, `Thing ${said}.`);
  }
  await r.start();
  for (let round = 0; round < 3; round += 1) await r.advance(11 * MINUTE);
}

describe("with many proposals", () => {
  test("a quiet round is five requests, and once an hour two more", async () => {
    await many();
    const from = now();
    await r.advance(60 * MINUTE);
    const rounds = count(from, "Config");
    expect(rounds).toBeGreaterThanOrEqual(5);
    expect(reads(from).length).toBeLessThanOrEqual(5 * rounds + 2);
    expect(writes(from)).toEqual([]);
  });

  test("after a burst a round reads what changed, and the next one nothing", async () => {
    await many();
    r.sandbox.webhooksTo(null);
    for (const n of [3, 4, 5]) r.as("passer-by").comment(n, "Something.");
    const from = now();
    await r.advance(11 * MINUTE);
    expect(count(from, "Warm") + count(from, "Cold")).toBeLessThanOrEqual(6);
    const next = now();
    await r.advance(21 * MINUTE);
    expect(count(next, "Warm") + count(next, "Cold")).toBeLessThanOrEqual(3);
  });

  test("after a burst six of what changed are read by one request, each still seen for itself", async () => {
    await many();
    r.sandbox.webhooksTo(null);
    const changed = Array.from({ length: 30 }, (_, at) => at + 3);
    for (const n of changed) r.as("passer-by").comment(n, "Something.");
    // And one that counts, among them.
    r.as("richvdh").comment(20, "@mscbot fcp merge");
    const from = now();
    await r.advance(11 * MINUTE);
    expect(count(from, "Warm")).toBeLessThanOrEqual(Math.ceil(changed.length / 6) + 3);
    expect(r.labels(20)).toContain("proposed-final-comment-period");
  });

  test("where GitHub finds the news of several too dear, each is read alone", async () => {
    await many();
    r.sandbox.webhooksTo(null);
    for (let n = 3; n < 21; n += 1) r.as("passer-by").comment(n, "Something.");
    r.sandbox.faults.fail(
      { kind: "error", status: 502 },
      { when: ({ variables }) => "number1" in variables, times: 1000 },
    );
    r.as("richvdh").comment(20, "@mscbot fcp merge");
    await r.advance(11 * MINUTE);
    expect(r.labels(20)).toContain("proposed-final-comment-period");
  });

  test("a start reads fifty at a glance where the store knows them, and six by a request where it does not", async () => {
    await many();
    r.kill();
    await r.clock.advance(HOUR);
    const from = now();
    await r.start();
    await r.advance(30 * SECOND);
    expect(count(from, "Open")).toBe(Math.ceil(N / 50));
    expect(count(from, "Warm") + count(from, "Cold") + count(from, "ColdSeveral")).toBe(0);
    expect(reads(from).length).toBeLessThanOrEqual(20);
    expect(writes(from)).toEqual([]);

    r.loseStore();
    await r.clock.advance(HOUR);
    const again = now();
    await r.start();
    await r.advance(30 * SECOND);
    expect(count(again, "ColdSeveral")).toBeLessThanOrEqual(Math.ceil(N / 6) + 2);
    expect(count(again, "Cold")).toBeLessThanOrEqual(2);
    expect(writes(again)).toEqual([]);
  });

  test("where GitHub finds several too dear, each is read alone", async () => {
    await many();
    r.loseStore();
    r.sandbox.faults.fail(
      { kind: "error", status: 502 },
      { when: ({ operation }) => operation === "ColdSeveral", times: 1000 },
    );
    const from = now();
    await r.start();
    await r.advance(MINUTE);
    expect(count(from, "Cold")).toBe(N);
    expect(writes(from)).toEqual([]);
  });

  test("a list of the open ones that breaks off goes on where it was", async () => {
    await many();
    r.kill();
    let pages = 0;
    r.sandbox.faults.fail(
      { kind: "too-many", retryAfter: 20 },
      {
        when: ({ operation }) => {
          if (operation === "Open") pages += 1;
          return operation === "Open" && pages === 2;
        },
      },
    );
    const from = now();
    await r.start();
    await r.advance(5 * MINUTE);
    const asked = reads(from).filter(({ operation }) => operation === "Open");
    const after = asked.map(({ variables }) => (variables as { readonly after: string | null }).after);
    expect(after.filter((cursor) => cursor === null)).toHaveLength(1);
    expect(count(from, "Cold") + count(from, "ColdSeveral")).toBe(0);
  });
});

describe("of one proposal", () => {
  test("fcp.conclude: the end of a period is two reads where one page holds the thread: all of it, and the register of decisions", async () => {
    r = rehearsal({
      config: withoutForm(matrixConfig()),
      timing: { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY },
    });
    await r.start();
    const costs: number[] = [];
    // The duties of each day fall elsewhere.
    await r.advance(3 * HOUR);
    for (const at of [0, 1]) {
      const n = r.propose(`MSC${1772 + at}: Spaces`, { [`proposals/${1772 + at}-spaces.md`]: "# Spaces\n" });
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
      for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"])
        await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
      await r.advance(5 * DAY - 10 * MINUTE);
      const from = now();
      await r.advance(20 * MINUTE);
      expect(r.labels(n)).toContain("finished-final-comment-period");
      costs.push(reads(from).length);
    }
    // Before the first decision it is asked besides whether one was announced whose line in the register got lost.
    expect(costs).toEqual([3, 2]);
  });

  test("a look at a motion whose status comment has 400 edits is one request of less than 30 kB", async () => {
    r = rehearsal({
      config: withoutForm(matrixConfig()),
      timing: { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY },
    });
    await r.start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.kill();
    r.sandbox.webhooksTo(null);
    for (let at = 0; at < 400; at += 1) {
      await r.clock.advance(SECOND);
      r.as("ara4n").editComment(r.status(n).id, r.status(n).body.replace(/\n*$/, "\n".repeat(1 + (at % 2))));
    }
    await r.start();
    await r.act(() => r.as("passer-by").comment(n, "Nice."));
    await r.advance(MINUTE);
    const from = now();
    await r.act(() => r.as("passer-by").comment(n, "Very nice."));
    expect(reads(from)).toHaveLength(1);
    expect(reads(from)[0]?.bytes).toBeLessThan(30_000);
  });
});
