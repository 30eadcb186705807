import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { specChange } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

/** Open motions, and open amendments by somebody; then an hour of quiet. */
async function opened(amendments: number, motions: number, by: string): Promise<readonly number[]> {
  r = rehearsal();
  await r.start();
  const numbers: number[] = [];
  for (let at = 0; at < motions; at += 1) {
    const n = r.propose(`MSC${2000 + at}: Thing`, { [`proposals/${2000 + at}-thing.md`]: "# Thing\n" });
    numbers.push(n);
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  }
  const base = r.sandbox.fileText(CONFIG) ?? "";
  for (let at = 0; at < amendments; at += 1) {
    const files = { [CONFIG]: specChange(`${40 + at}%`)(base) };
    await r.act(() => r.as(by).openPull({ title: `Amendment ${at}`, branch: `a${at}`, files }));
  }
  await r.advance(HOUR);
  return numbers;
}

const costOf = async (doing: () => Promise<void>): Promise<number> => {
  const before = r.sandbox.requests.all.length;
  await doing();
  return r.sandbox.requests.all.length - before;
};

describe("amendments left open", () => {
  test("amend.preview: with twenty-five of an outsider's and twelve motions, a vote costs what it costs without them", async () => {
    const [n = 0] = await opened(25, 12, "passer-by");
    expect(await costOf(() => r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed")))).toBeLessThan(10);
    // And all of it, with the three that are brought up to date after a while.
    expect(await costOf(() => r.advance(HOUR / 2))).toBeLessThan(60);
  }, 120_000);

  test("amend.preview: a vote shows in an outsider's amendment within five minutes, in a member's within one", async () => {
    const [n = 0] = await opened(1, 2, "passer-by");
    const own = specChange("41%")(r.sandbox.fileText(CONFIG) ?? "");
    await r.act(() => r.as("richvdh").openPull({ title: "Ours", branch: "ours", files: { [CONFIG]: own } }));
    const [theirs, ours] = [n + 2, n + 3];
    await r.advance(HOUR);
    for (const amendment of [theirs, ours]) expect(r.check(amendment)?.summary).toContain("MSC2000: Thing](");
    const has = (amendment: number, votes: number) =>
      new RegExp(`MSC2000.*\\b${votes} of `).test(r.check(amendment)?.summary ?? "");
    r.as("dbkr").comment(n, "@mscbot reviewed");
    await r.advance(MINUTE);
    expect([has(ours, 2), has(theirs, 2)]).toEqual([true, false]);
    await r.advance(5 * MINUTE);
    expect(has(theirs, 2)).toBe(true);
  });
});
