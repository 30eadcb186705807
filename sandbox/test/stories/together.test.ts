import { DAY, HOUR, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig, withoutForm } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

/** Requests of the clerk's for this: reads and writes. */
async function cost(doing: () => unknown): Promise<string> {
  await r.advance(30 * SECOND);
  const before = r.sandbox.requests.all.length;
  await r.act(doing);
  const made = r.sandbox.requests.all.slice(before).filter(({ kind }) => kind !== "token");
  const reads = made.filter(({ kind }) => kind === "read").length;
  return `${reads}+${made.length - reads}`;
}

describe("what each event costs, in requests: reads + writes", () => {
  test("the updates of one reconcile are one request; what is made new is one each", async () => {
    r = rehearsal({ timing: { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY } });
    await r.start();
    const n = r.propose();
    await r.advance(HOUR);
    const says = (login: string, text: string) => () => r.as(login).comment(n, text);
    const costs: Record<string, string> = {};
    costs.motion = await cost(says("richvdh", "@mscbot fcp merge"));
    costs["comment without a command"] = await cost(says("passer-by", "Nice."));
    costs["vote by command"] = await cost(says("dbkr", "@mscbot reviewed"));
    costs["vote by review"] = await cost(() => r.as("erikjohnston").approve(n));
    costs["vote by box"] = await cost(() => r.tick("uhoreg", n));
    costs["vote by label"] = await cost(() => r.as("uhoreg").label(n, "vote:approve"));
    costs.concern = await cost(says("dbkr", "@mscbot concern Names"));
    costs.resolve = await cost(says("dbkr", "@mscbot resolve Names"));
    costs.status = await cost(says("dbkr", "@mscbot status"));
    costs["refused, of an outsider"] = await cost(says("passer-by", "@mscbot fcp cancel"));
    costs["deciding votes"] = await cost(() => {
      says("anoadragon453", "@mscbot reviewed")();
      says("turt2live", "@mscbot reviewed")();
    });
    expect(r.labels(n)).toContain("final-comment-period");
    expect(costs).toEqual({
      motion: "1+2",
      "comment without a command": "1+0",
      "vote by command": "1+1",
      "vote by review": "1+1",
      "vote by box": "1+1",
      "vote by label": "1+1",
      concern: "1+1",
      resolve: "1+1",
      status: "1+1",
      "refused, of an outsider": "1+2",
      "deciding votes": "2+4",
    });
    // The end of the period: its announcement is made once what it tells of stands, and the green check last of all.
    await r.advance(5 * DAY - HOUR);
    const before = r.sandbox.requests.writes.length;
    await r.advance(HOUR);
    expect(r.check(n)?.conclusion).toBe("success");
    const about = r.sandbox.requests.writes.slice(before).filter(({ path }) => !path.endsWith("/issues"));
    expect(
      about.map(({ method, path, operation }) => operation ?? `${method} ${path.split("/")[4]}`),
    ).toEqual(["Updates", "POST issues", "PATCH check-runs"]);
  });
});

describe("“Re-run all checks” on a pull request from a fork", () => {
  test("check.head: is answered with a new check, by a read and a write, however many others are open", async () => {
    const timing = { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY };
    r = rehearsal({ timing, config: withoutForm(matrixConfig()) });
    await r.start();
    const numbers = Array.from({ length: 6 }, (_, at) => {
      const file = `proposals/${1800 + at}-one.md`;
      return r.propose(`MSC${1800 + at}: One`, { [file]: "# One\n" });
    });
    await r.advance(HOUR);
    const [n = 0] = numbers;
    const before = r.check(n)?.id;
    expect(await cost(() => r.as("ara4n").rerunChecks(n))).toBe("1+1");
    expect(r.check(n)?.id).toBeGreaterThan(before ?? 0);
  });
});
