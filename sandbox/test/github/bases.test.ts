import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { seat } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* What GitHub itself does to the base of a pull request: https://github.com/PriorLabs/TabPFN/pull/1228, https://github.com/Mergifyio/mergify/issues/4168 */

const SEVEN = [
  "ara4n",
  "erikjohnston",
  "dbkr",
  "uhoreg",
  "anoadragon453",
  "turt2live",
  "KitsuneRal",
] as const;

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const issues = () => [...r.sandbox.repository.threads.values()].filter((thread) => !thread.pull);
const countOf = (n: number) => /\*\*(\d+ of \d+ needed)/.exec(r.status(n).body)?.[1];

/** A proposal that builds on another one, and is aimed at its branch by hand. */
async function stacked(): Promise<{ lower: number; upper: number }> {
  r = await rehearsal().start();
  const upper = r.propose();
  await r.settle();
  const lower = r.as("uhoreg").openPull({
    title: "What it builds on",
    branch: "feature",
    fork: false,
    files: { "tools/x.md": "x\n" },
  }).number;
  await r.act(() => r.as("ara4n").edit(upper, { base: "feature" }));
  return { lower, upper };
}

test("motion.open: a proposal that GitHub retargeted to the default branch can be moved", async () => {
  const { lower, upper } = await stacked();
  await r.act(() => r.as("richvdh").comment(upper, "@mscbot fcp merge"));
  expect(r.labels(upper)).not.toContain("proposed-final-comment-period");
  await r.act(() => {
    r.as("richvdh").merge(lower);
    r.as("richvdh").deleteBranch("feature");
  });
  expect(r.sandbox.pull(upper).pull.base).toBe("main");
  await r.act(() => r.as("richvdh").comment(upper, "@mscbot fcp merge"));
  expect(r.labels(upper)).toContain("proposed-final-comment-period");
});

test("ballot.review.changes: an approval that GitHub dismissed for a changed base, in the reviewer's own name, still counts", async () => {
  const { lower, upper } = await stacked();
  // The motion is open already when it is aimed at the other branch.
  await r.act(() => r.as("ara4n").edit(upper, { base: "main" }));
  await r.act(() => r.as("richvdh").comment(upper, "@mscbot fcp merge"));
  await r.act(() => r.as("ara4n").edit(upper, { base: "feature" }));
  await r.act(() => r.as("dbkr").approve(upper));
  expect(countOf(upper)).toBe("2 of 6 needed");
  r.sandbox.setLevel("dbkr", "write");
  await r.act(() => {
    r.as("dbkr").merge(lower);
    r.as("dbkr").deleteBranch("feature");
  });
  expect(r.sandbox.pull(upper).pull.reviews).toMatchObject([{ state: "DISMISSED" }]);
  await r.act(() => r.as("turt2live").comment(upper, "@mscbot reviewed"));
  expect(countOf(upper)).toBe("3 of 6 needed");
});

test("ballot.review.changes: the reviewer's own dismissal still retracts, whatever words it has", async () => {
  r = await rehearsal().start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  let id = 0;
  await r.act(() => (id = r.as("dbkr").approve(n).id));
  expect(countOf(n)).toBe("2 of 6 needed");
  await r.act(() => r.as("dbkr").dismiss(id, "The base branch was changed."));
  expect(countOf(n)).toBe("1 of 6 needed");
});

test("config.lawful: with the default branch renamed, what was approved before stays lawful and decides", async () => {
  r = rehearsal();
  for (const [login, id] of [
    ["clokep", 50_000_001],
    ["second", 50_000_002],
  ] as const)
    r.sandbox.addUser(login, { id });
  await r.start();
  const amend = (login: string, id: number) =>
    r.as("richvdh").openPull({
      title: `Add ${login}`,
      body: "why",
      files: { [CONFIG]: seat(login, id)(r.sandbox.fileText(CONFIG) ?? "") },
    }).number;
  let first = 0;
  await r.act(() => (first = amend("clokep", 50_000_001)));
  await r.act(() => r.as("richvdh").comment(first, "@mscbot propose"));
  for (const login of SEVEN) await r.act(() => r.as(login).approve(first));
  expect(r.check(first)?.conclusion).toBe("success");
  await r.act(() => r.as("richvdh").merge(first));
  const n = r.propose();
  await r.settle();
  await r.act(() => r.sandbox.renameDefaultBranch("trunk"));
  expect(r.sandbox.pull(first).pull.base).toBe("main");
  await r.clerk?.stop();
  r.clerk = null;
  await r.start();
  await r.advance(2 * DAY);
  expect(issues().map(({ title }) => title)).toEqual(["Register of decisions"]);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  expect(countOf(n)).toBe("1 of 7 needed");
  let next = 0;
  await r.act(() => (next = amend("second", 50_000_002)));
  await r.advance(HOUR);
  const { summary } = r.check(next) ?? {};
  expect(summary).toContain("second");
  // The consent of the member added before is asked for, and their seat is no part of this change.
  expect(summary).toContain("of 9");
  expect(summary).not.toMatch(/clokep (joins|is added)|[Aa]dd.*clokep/);
});
