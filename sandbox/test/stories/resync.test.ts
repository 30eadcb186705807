import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

/** An FCP whose end passes while the clerk is down, and meanwhile somebody makes a list of changes long. */
async function overThere(flood: (issue: number) => void, disposition = "merge"): Promise<number> {
  r = rehearsal();
  await r.start();
  const n = r.propose();
  await r.act(() => r.as("richvdh").comment(n, `@mscbot fcp ${disposition}`));
  for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"])
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  // A motion to close runs on while its pull request is closed.
  if (disposition === "close") await r.act(() => r.as("ShadowJonathan").close(n));
  r.kill();
  r.sandbox.webhooksTo(null);
  const issue = r.as("passer-by").openIssue("Some issue").number;
  await r.clock.advance(6 * DAY);
  flood(issue);
  await r.clock.advance(HOUR);
  await r.start();
  await r.advance(HOUR / 3);
  return n;
}

const events = (issue: number) => {
  for (let at = 0; at < 1600; at += 1) {
    r.as("ara4n").label(issue, "client-server");
    r.as("ara4n").unlabel(issue, "client-server");
  }
};

describe("a start after a flood", () => {
  test("fcp.conclude: with more events than are read, the period that ended while the clerk was down is concluded", async () => {
    const n = await overThere(events);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    const lists = r.sandbox.requests.all.filter(({ path }) => path.endsWith("/issues/events"));
    expect(lists.length).toBeLessThanOrEqual(40);
  });

  test("fcp.conclude: with more comments on a plain issue than are read, too, and the round ends", async () => {
    const n = await overThere((issue) => {
      for (let at = 0; at < 3100; at += 1) r.as("passer-by").comment(issue, `Number ${at}.`);
    });
    expect(r.labels(n)).toContain("finished-final-comment-period");
    expect(r.clerk?.idle()).toBe(true);
  });

  test("fcp.conclude: a decision to close whose pull request is closed already is found all the same", async () => {
    const n = await overThere(events, "close");
    expect(r.labels(n)).not.toContain("final-comment-period");
    expect(r.kinds(n).some((kind) => kind.includes("concluded"))).toBe(true);
  });
});
