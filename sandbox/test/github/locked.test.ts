import { DAY } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* GitHub shuts an App out of a locked conversation: https://github.com/renovatebot/renovate/issues/6215, https://github.com/probot/stale/issues/25 */

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function proposed(): Promise<number> {
  r = await rehearsal().start();
  const n = r.propose();
  await r.settle();
  return n;
}

test("said.locked: locked before the motion, votes are counted, and labels and check say so", async () => {
  const n = await proposed();
  await r.act(() => r.as("ara4n").lock(n));
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of VOTERS.slice(1)) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("proposed-final-comment-period");
  expect(r.check(n)?.title).toContain("1 more approval");
  expect(r.check(n)?.summary).toMatch(/locked.*comments and reactions follow/s);
  expect(r.check(n)?.summary).toMatch(/yes from .*dbkr/);
  await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  expect(r.kinds(n)).toEqual([]);
  expect(r.logged).toEqual([]);
});

test("said.locked: a proposal that was locked during its vote is green at its end", async () => {
  const n = await proposed();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(() => r.as("ara4n").lock(n));
  for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.advance(6 * DAY);
  expect(r.labels(n)).toContain("finished-final-comment-period");
  expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });
  expect(r.kinds(n)).toEqual(["status 1"]);
  expect(r.logged).toEqual([]);
});

test("said.locked: what was not said while it was locked follows when it is unlocked", async () => {
  const n = await proposed();
  await r.act(() => r.as("ara4n").lock(n));
  const made: number[] = [];
  await r.act(() => made.push(r.as("richvdh").comment(n, "@mscbot fcp merge").id));
  await r.act(() => made.push(r.as("dbkr").comment(n, "@mscbot revewed").id));
  expect(made.flatMap((id) => r.reactions(id))).toEqual([]);
  await r.act(() => r.as("ara4n").unlock(n));
  expect(r.kinds(n)).toEqual(["status 1", expect.stringMatching(/^reply/)]);
  expect(made.map((id) => r.reactions(id))).toEqual([["+1"], ["confused"]]);
  expect(r.check(n)?.summary).not.toContain("locked");
  expect(r.logged).toEqual([]);
});

test("said.locked, memory.kept: the check carries the record, so that a lost store is no lost vote", async () => {
  const n = await proposed();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(() => r.as("ara4n").lock(n));
  for (const login of VOTERS.slice(0, 3)) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  r.loseStore();
  await r.start();
  await r.act(() => r.as("ara4n").unlock(n));
  expect(r.check(n)?.title).toContain("2 more approvals");
  expect(r.status(n).body).toContain("4 of 6 needed");
});

test("said.locked: locked while the clerk is about to speak, it is no fault, and nothing is said twice", async () => {
  const n = await proposed();
  r.sandbox.faults.byChance = ({ method, path }) => {
    if (method === "POST" && /\/issues\/\d+\/comments$/.test(path)) {
      r.sandbox.faults.byChance = () => null;
      r.as("ara4n").lock(n);
    }
    return null;
  };
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  expect(r.labels(n)).toContain("proposed-final-comment-period");
  expect(r.check(n)?.summary).toContain("locked");
  await r.act(() => r.as("ara4n").unlock(n));
  expect(r.kinds(n)).toEqual(["status 1"]);
  expect(r.logged).toEqual([]);
});
