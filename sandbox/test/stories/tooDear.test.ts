import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Failure, TIMED_OUT, TOO_DEAR } from "../../src/faults.js";
import type { RequestEntry } from "../../src/http/requests.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* GitHub gives up on a query that takes too long or too much of its machines (https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/). */

let r: Rehearsal;
afterEach(() => r.close());

/** From now on GitHub gives up on what fits, in this way. */
const giveUp = (failure: Failure, when: (request: RequestEntry) => boolean) => {
  r.sandbox.requests.clear();
  r.sandbox.faults.byChance = (request) => (when(request) ? failure : null);
};
const asked = (operation: string) =>
  r.sandbox.requests.all.filter((request) => request.operation === operation);
const lists = ({ variables }: RequestEntry) =>
  ["comments", "reviews", "threads", "events", "files"].filter((list) => variables[list] === true).length;

const WAYS = [
  ["as a limit of resources", TOO_DEAR],
  ["as a timeout in the answer", TIMED_OUT],
  ["with a 502", { kind: "error", status: 502 }],
] as const satisfies readonly (readonly [string, Failure])[];

describe("act.once: a proposal that GitHub finds too dear to be read at once", () => {
  test.each(WAYS)(
    "is read in smaller pages within a minute, told %s, and GitHub is not asked in vain again",
    async (_, failure) => {
      r = await rehearsal().start();
      giveUp(failure, ({ operation, variables }) => operation === "Cold" && Number(variables.page) > 10);
      const n = r.propose();
      await r.settle(MINUTE);
      expect(r.check(n)?.title).toContain("In review");
      expect(asked("Cold").map(({ variables }) => variables.page)).toEqual([100, 50, 25, 10]);
      // Somebody re-runs the check, which reads everything anew.
      r.sandbox.requests.clear();
      const run = r.check(n);
      await r.act(() => r.as("ara4n").rerunCheck(run?.id ?? 0));
      expect(asked("Cold").map(({ variables }) => variables.page)).toEqual([10]);
      expect(r.logged).toEqual([]);
    },
  );

  test("is read one list a request where even ten entries of each are too much", async () => {
    r = await rehearsal().start();
    giveUp(TOO_DEAR, (request) => request.operation === "Cold" && lists(request) > 1);
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    expect(r.logged).toEqual([]);
  });
});

describe("reply.always: a proposal of which GitHub does not tell at once what is new", () => {
  test.each(WAYS)(
    "is answered within a minute, told %s, and further on with little more asked",
    async (_, failure) => {
      r = await rehearsal().start();
      const n = r.propose();
      await r.settle();
      giveUp(failure, ({ operation }) => operation === "Warm");
      const from = r.clock.now();
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
      expect(r.kinds(n)).toEqual(["status 1"]);
      expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
      r.sandbox.requests.clear();
      for (const login of ["dbkr", "uhoreg"]) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
      await r.advance(HOUR);
      expect(r.status(n).body).toContain("**3 of 6 needed");
      // Once more without the edits of the status comment, as often as any request is sent.
      expect(asked("Warm").length).toBeLessThanOrEqual(3);
      expect(r.logged).toEqual([]);
    },
  );

  test("is asked for the edits of the status comment apart, where they are what is too much", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.act(() => r.as("erikjohnston").comment(n, "@mscbot reviewed"));
    const edits = ({ variables }: RequestEntry) => (variables.status as readonly string[] | undefined) ?? [];
    giveUp(TOO_DEAR, (request) => request.operation === "Warm" && edits(request).length > 0);
    const from = r.clock.now();
    await r.act(() => r.tick("dbkr", n));
    expect(r.clock.now() - from).toBeLessThanOrEqual(MINUTE);
    expect(r.status(n).body).toContain("**3 of 6 needed");
    r.sandbox.requests.clear();
    await r.act(() => r.tick("uhoreg", n));
    await r.clock.advance(SECOND);
    expect(r.status(n).body).toContain("**4 of 6 needed");
    expect(asked("Cold")).toEqual([]);
    expect(asked("Warm").filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });
});
