import { HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* One of the lists that the resync goes by can be missing for good: where issues are switched off, or GitHub has blocked something. */

let r: Rehearsal;
afterEach(() => r.close());

const told = () => r.logged.filter((line) => line.includes("does not have a list here"));

/** No webhook comes, and one list is not there: what the resync finds, and what it says of it. */
async function withoutList(list: string, status: 404 | 410 | 451): Promise<number> {
  r = await rehearsal({ timing: { resyncEvery: HOUR / 6 } }).start();
  const n = r.propose();
  await r.settle();
  r.sandbox.webhooksTo(null);
  r.sandbox.faults.byChance = ({ method, path }) =>
    method === "GET" && path.endsWith(`/matrix-spec-proposals/${list}`) ? { kind: "gone", status } : null;
  r.as("richvdh").comment(n, "@mscbot fcp merge");
  await r.advance(2 * HOUR);
  return n;
}

describe("reply.always: what no webhook told is found although GitHub does not have", () => {
  test.each([
    ["issues", 410],
    ["issues/comments", 404],
    ["issues/events", 451],
  ] as const)("the list of %s (%i), and the log says so once", async (list, status) => {
    const n = await withoutList(list, status);
    expect(r.kinds(n)).toEqual(["status 1"]);
    await r.advance(5 * HOUR);
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain(
      `asks for: ${list}. Once an hour every open pull request is looked at instead.`,
    );
    expect(r.logged).toHaveLength(1);
  });
});
