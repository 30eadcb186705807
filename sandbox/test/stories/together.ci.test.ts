import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const VOTERS = ["dbkr", "erikjohnston", "uhoreg", "anoadragon453"];

/** What people see in the end: without times and numbers of the record. */
function shown(n: number) {
  const { title, conclusion, status } = r.check(n) ?? {};
  return {
    labels: r.labels(n),
    check: { title: title?.replace(/\d\d:\d\d UTC/, ""), conclusion, status },
    kinds: r.kinds(n).map((kind) => kind.replace(/\d{6,}/, "N")),
    counts: /\*\*\d of \d needed, of \d\*\*/.exec(r.status(n).body)?.[0],
    reactions: r.sandbox.thread(n).comments.map(({ reactions }) => reactions.map(({ content }) => content)),
  };
}

/** A motion with four of six votes; each of these then does something, an hour apart. */
const STORY: readonly (readonly [string, (n: number) => unknown])[] = [
  ["a vote", (n) => r.as("AndrewMorgan2").comment(n, "@mscbot reviewed")],
  ["a concern", (n) => r.as("dbkr").comment(n, "@mscbot concern Names")],
  ["it is resolved", (n) => r.as("dbkr").comment(n, "@mscbot resolve Names")],
  ["the deciding vote", (n) => r.as("turt2live").comment(n, "@mscbot reviewed")],
  ["cancelled", (n) => r.as("richvdh").comment(n, "@mscbot fcp cancel")],
];

async function story(disturb: (step: number) => void, after: (step: number) => Promise<void>) {
  r = rehearsal();
  await r.start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(() => {
    for (const login of VOTERS) r.as(login).comment(n, "@mscbot reviewed");
  });
  await r.advance(5 * MINUTE);
  const seen: unknown[] = [];
  for (const [step, [, doing]] of STORY.entries()) {
    disturb(step);
    await r.act(() => doing(n));
    await after(step);
    r.sandbox.faults.clear();
    await r.advance(5 * MINUTE);
    seen.push(shown(n));
  }
  return seen;
}

const nothing = async () => {};
let undisturbed: readonly unknown[] | null = null;
const whole = async () => {
  undisturbed ??= await story(() => {}, nothing);
  await r.close();
  return undisturbed;
};

describe("a document of updates that GitHub breaks off", () => {
  test.each([0, 1, 2])(
    "before its part %i, and answers nothing: the clerk asks again, and all is as it would have been",
    async (at) => {
      const expected = await whole();
      let stops = 0;
      const seen = await story(() => {
        let left = 1;
        r.sandbox.faults.part = (_, place) => {
          if (place !== at || left === 0) return null;
          left -= 1;
          stops += 1;
          return { kind: "stop" };
        };
      }, nothing);
      expect(seen).toEqual(expected);
      expect(stops).toBeGreaterThan(1);
    },
  );

  test.each([0, 1, 2])(
    "before its part %i, and the machine loses its power then: the next start finishes it",
    async (at) => {
      const expected = await whole();
      let kills = 0;
      const seen = await story(
        () => {
          r.sandbox.faults.part = (_, place) => {
            if (place !== at) return null;
            kills += 1;
            r.kill();
            return { kind: "stop" };
          };
        },
        async () => {
          r.sandbox.faults.clear();
          if (r.clerk !== null) return;
          await r.advance(MINUTE);
          await r.start();
        },
      );
      expect(seen).toEqual(expected);
      expect(kills).toBeGreaterThan(1);
    },
  );

  test.each([0, 1, 2])(
    "which refuses its part %i once: that one is done by itself, and all is as it would have been",
    async (at) => {
      const expected = await whole();
      const refused: string[] = [];
      const seen = await story(() => {
        r.sandbox.faults.part = (mutation, place) => {
          if (place !== at) return null;
          refused.push(mutation);
          return { kind: "refused", type: "NOT_FOUND", message: "Could not resolve to a node" };
        };
      }, nothing);
      expect(seen).toEqual(expected);
      expect(refused.length).toBeGreaterThan(1);
    },
  );

  test("the status comment is deleted in that moment: a new one is made, and nothing is said twice", async () => {
    r = rehearsal();
    await r.start();
    const n = r.propose();
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.advance(HOUR);
    r.sandbox.faults.part = () => {
      r.sandbox.faults.clear();
      r.as("ara4n").deleteComment(r.status(n).id);
      return null;
    };
    await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
    await r.advance(HOUR);
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(r.status(n).body).toContain("**2 of 6 needed, of 8**");
  });
});
