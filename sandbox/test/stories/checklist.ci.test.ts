import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";
import { caseOf, judged } from "../support/verifying.js";

lookFromOutside({ records: 0 });

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;
const FILE = "MSC_CHECKLIST.md";
const LIST = `# MSC Checklist

- [ ] Are [implementations](https://spec.example/implementing) named in the description?
- [ ] For each endpoint:
    - [ ] Are its errors specified? @dbkr
- [ ] All threads are resolved
`;

let r: Rehearsal;
afterEach(() => r.close());

async function started(gates: string): Promise<number> {
  r = await rehearsal({ config: `${matrixConfig()}gates:\n${gates}` }).start();
  r.sandbox.addUser("editor", { level: "write" });
  r.as("ara4n").pushTo(null, { [FILE]: LIST }, { message: "A checklist" });
  const n = r.propose();
  await r.settle();
  return n;
}

const list = (n: number) => {
  const found = r.said(n).find(({ body }) => body.startsWith("<!-- msc-clerk:checklist"));
  if (found === undefined) throw new Error("there is no checklist");
  return found;
};

const boxes = (n: number): string =>
  [...list(n).body.matchAll(/- \[([ x])\]/g)].map(([, box]) => box).join("");

/** As GitHub's page does: the whole text is saved with the one box changed. */
function tick(by: string, n: number, item: number): void {
  const { id, body } = list(n);
  const turned = body
    .split("\n")
    .map((line) =>
      line.includes(`<!-- item ${item} -->`)
        ? line.replace(/\[([ x])\]/, (_, box: string) => (box === " " ? "[x]" : "[ ]"))
        : line,
    );
  r.as(by).editComment(id, turned.join("\n"));
}

test("gate.end: members tick a checklist; an emptied file changes nothing, an outsider’s tick is put back, and one whose webhook was lost is found", async () => {
  const n = await started(
    `  - { checklist: ${FILE}, before: conclude }\n  - { review_threads: resolved, before: never }\n`,
  );
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  expect(boxes(n)).toBe("    ");
  expect(list(n).body).toContain("  - [ ] Are its errors specified? @&#8203;dbkr <!-- item 3 -->");
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  expect(r.labels(n)).toContain("final-comment-period");
  expect(r.status(n).body).toContain(`Members tick them [here](${r.sandbox.url}`);
  // Whoever may push there empties the list, and then deletes it.
  await r.act(() => r.as("editor").pushTo(null, { [FILE]: "" }, { message: "Nothing to check" }));
  await r.act(() => r.as("editor").pushTo(null, { [FILE]: null }, { message: "No checklist" }));
  await r.act(() => tick("editor", n, 1));
  expect(boxes(n)).toBe("    ");
  await r.act(() => tick("editor", n, 2));
  expect(boxes(n)).toBe("    ");
  expect(r.said(n).filter(({ body }) => body.includes("the checklist is ticked by members"))).toHaveLength(1);
  await r.act(
    () => tick("dbkr", n, 1),
    () => tick("uhoreg", n, 3),
  );
  expect(boxes(n)).toBe("x x ");
  expect(list(n).body).toContain("— dbkr, 2 March 2026");
  await r.act(() => tick("uhoreg", n, 3));
  expect(boxes(n)).toBe("x   ");
  await r.advance(6 * DAY);
  expect(r.check(n)?.title).toContain("waiting for 3 items of the checklist to be ticked");
  r.sandbox.faults.lose = () => true;
  await r.act(
    () => tick("uhoreg", n, 2),
    () => tick("dbkr", n, 3),
    () => tick("KitsuneRal", n, 4),
  );
  expect(r.labels(n)).toContain("final-comment-period");
  await r.advance(7 * HOUR);
  expect(r.labels(n)).toContain("finished-final-comment-period");
  expect(boxes(n)).toBe("xxxx");
  // None of it was a vote.
  expect(r.status(n).body).not.toMatch(/KitsuneRal.*\(ticked/);
  const { outcomes, told } = judged(await caseOf(r, n));
  expect(outcomes, told).toMatchObject({ sources: "proven", counted: "proven", signed: "proven" });
  expect(r.logged).toEqual([]);
});

test("gate.begin, memory.lost: with the clerk’s disk and every record gone, the list and its ticks are read from its own comment", async () => {
  const n = await started(`  - { checklist: ${FILE} }\n`);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(() => tick("dbkr", n, 1));
  await r.act(() => tick("uhoreg", n, 4));
  await r.act(() => r.as("editor").pushTo(null, { [FILE]: "- [ ] Nothing\n" }, { message: "Shorter" }));
  r.loseStore();
  await r.start();
  await r.act(() => tick("ara4n", n, 2));
  expect(boxes(n)).toBe("xx x");
  await r.act(() => r.as("editor").deleteComment(list(n).id));
  expect(boxes(n)).toBe("xx x");
  expect(list(n).body).toContain("dbkr, 2 March 2026");
});

test("gate.begin: an implementation is linked, checked and found in order, with its labels in their order", async () => {
  const n = await started("  - { implementation: 1 }\n");
  const [needs, checking] = ["needs-implementation", "implementation-needs-checking"];
  expect(r.labels(n)).toContain(needs);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  expect(r.check(n)?.title).toBe("Waiting for 1 implementation to be linked.");
  await r.act(() =>
    r
      .as("ShadowJonathan")
      .edit(n, { body: "A proposal.\n\n## Implementations\n\n- https://a.example/pull/1\n" }),
  );
  expect(r.labels(n)).toContain(checking);
  expect(r.labels(n)).not.toContain(needs);
  await r.act(() => r.as("ShadowJonathan").comment(n, "@mscbot implementation https://b.example/pull/2"));
  expect(r.status(n).body).toContain(
    "Linked: [implementation 1](https://b.example/pull/2) and [implementation 2](https://a.example/pull/1).",
  );
  await r.act(() => r.as("uhoreg").comment(n, "@mscbot implementation ok"));
  expect(r.labels(n)).toContain("final-comment-period");
  for (const label of [needs, checking]) expect(r.labels(n)).not.toContain(label);
  await r.advance(6 * DAY);
  expect(r.labels(n)).toContain("finished-final-comment-period");
  const { outcomes, told } = judged(await caseOf(r, n));
  expect(outcomes, told).toMatchObject({ sources: "proven", counted: "proven", signed: "proven" });
  expect(r.logged).toEqual([]);
});
