import { MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(() => r.close());

/** How many tokens were asked for. */
const tokens = () => r.sandbox.requests.all.filter(({ kind }) => kind === "token").length;

describe("reply.always: a member is answered within a minute", () => {
  test("where GitHub does not know yet what a new token may do, and nobody is sent to look at permissions", async () => {
    r = rehearsal();
    r.sandbox.tokenLagSeconds = 3;
    await r.open();
    const n = r.propose();
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    const from = r.clock.now();
    await r.start();
    await r.settle(MINUTE);
    expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    expect(r.logged).toEqual([]);
  });

  test("where its first write with a new token is refused once", async () => {
    r = rehearsal();
    await r.open();
    const n = r.propose();
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    r.sandbox.faults.fail({ kind: "forbidden" }, { when: ({ kind }) => kind === "write" });
    const from = r.clock.now();
    await r.start();
    await r.settle(MINUTE);
    expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    expect(r.logged).toEqual([]);
  });

  test("but a permission that is missing is told at once by a token that is not new", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    r.sandbox.requests.clear();
    await r.advance(MINUTE);
    r.sandbox.faults.byChance = ({ kind }) => (kind === "write" ? { kind: "forbidden" } : null);
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.sandbox.requests.writes).toHaveLength(1);
    expect(r.logged[0]).toContain("Compare the App's permissions");
    r.labelsCannot = "GitHub refuses every write";
  });

  test("where the token is void before its hour is over", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    r.sandbox.revokeTokens();
    r.sandbox.requests.clear();
    const from = r.clock.now();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(tokens()).toBe(1);
    // Of a token made seconds ago auth-app itself tries a 401 again, by the machine's own clock, and says so.
    expect(r.logged.filter((line) => !line.includes("[@octokit/auth-app]"))).toEqual([]);
  });

  test("where the installation was suspended and is not any more", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    r.sandbox.setSuspended(true);
    await r.act(() => r.as("dbkr").comment(n, "Hello."));
    r.sandbox.setSuspended(false);
    await r.clock.advance(SECOND);
    const from = r.clock.now();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
    expect(r.kinds(n)).toEqual(["status 1"]);
  });
});
