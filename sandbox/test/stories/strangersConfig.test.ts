import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* A stranger with a fork opens a pull request whose config names thousands; the clerk goes on for everybody else. */

let r: Rehearsal;
afterEach(() => r.close());

const crowd = (count: number, member: (at: number) => string): string => {
  const base = r.sandbox.fileText(CONFIG) ?? "";
  const members = Array.from({ length: count }, (_, at) => member(at)).join(", ");
  return base.replace("\ndecisions:", `\n  crowd:\n    members: [${members}]\ndecisions:`);
};
const asked = (path: RegExp, from = 0) =>
  r.sandbox.requests.all.slice(from).filter((request) => path.test(request.path)).length;

describe("an amendment that seats thousands", () => {
  test.each([
    [
      "config.invalid: of 20,000 logins",
      20_000,
      (at: number) => `z${at.toString(36)}`,
      /has one fault|1 fault/,
    ],
    [
      "amend.identity: of 900 people with ids",
      900,
      (at: number) => `{ login: z${at}, id: ${at + 1} }`,
      /split it into several/,
    ],
    [
      "amend.identity: of 41",
      41,
      (at: number) => `{ login: z${at}, id: ${at + 1} }`,
      /split it into several/,
    ],
  ] as const)(
    "%s costs a few requests, looks nobody up, and says what to do",
    async (_, count, member, says) => {
      r = rehearsal();
      await r.start();
      const n = r.propose();
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
      const text = crowd(count, member);
      const before = r.sandbox.requests.all.length;
      let amendment = 0;
      await r.act(() => {
        amendment = r.as("passer-by").openPull({ title: "More people", files: { [CONFIG]: text } }).number;
      });
      expect(asked(/^\/users\//, before)).toBe(0);
      expect(r.sandbox.requests.all.length - before).toBeLessThan(30);
      expect(r.check(amendment)).toMatchObject({
        conclusion: "failure",
        summary: expect.stringMatching(says),
      });

      let vote = 0;
      await r.act(() => {
        vote = r.as("dbkr").comment(n, "@mscbot reviewed").id;
      });
      expect(r.reactions(vote)).toEqual(["+1"]);
      await r.advance(3 * HOUR);
      expect(asked(/^\/users\//, before)).toBe(0);
      expect(r.sandbox.requests.all.length - before).toBeLessThan(60);
    },
  );

  test("act.adoption: the first config seats whom it wants", async () => {
    r = rehearsal({ config: null });
    await r.start();
    const seats = Array.from({ length: 1000 }, (_, at) => `{ login: z${at}, id: ${at + 1} }`).join(", ");
    await r.act(() =>
      r.as("ara4n").pushTo(null, {
        [CONFIG]: `version: 1\nteams: { core: { members: [${seats}] } }\ndecisions: [{ name: d, approval: { core: 75% } }]\n`,
      }),
    );
    const n = r.propose();
    await r.advance(10 * MINUTE);
    expect(r.check(n)?.title).toMatch(/In review/);
    expect(asked(/^\/users\//)).toBe(0);
  });
});
