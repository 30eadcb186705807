import { HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

const QUEUE = "proposal-ready-for-review";
const CONFIG = `${matrixConfig()}named_authors: true
ready_label: ${QUEUE}
obsolete_label: obsolete
filled_placeholder: { take_off: [action-required] }
welcome: { process: "https://spec.matrix.org/proposals/" }
`;
const TEXT = { "proposals/xxxx-thing.md": "# A thing\n" };

let r: Rehearsal;
afterEach(() => r.close());

const visible = (body: string) =>
  body
    .split("\n")
    .filter((line) => !line.startsWith("<!-- "))
    .join("\n")
    .trim();

test("said.welcome, proposal.ready, author.hand-over, proposal.superseded: a newcomer’s proposal, from a draft to another that takes its place", async () => {
  r = await rehearsal({ config: CONFIG }).start();
  const other = r.propose();
  await r.settle();
  let n = 0;
  await r.act(() => {
    n = r.as("newcomer").openPull({
      title: "[WIP] MSCXXXX: A thing",
      body: "[Rendered](https://example.org)\n\nAuthor: @sandhose\n",
      draft: true,
      files: TEXT,
    }).number;
  });
  expect(r.said(n)).toEqual([]);
  await r.act(() => r.as("uhoreg").label(n, "proposal"));
  expect(r.kinds(n)).toEqual(["announce welcome"]);
  expect(visible(r.said(n)[0]?.body ?? "").split("\n")).toHaveLength(5);
  expect(r.said(n)[0]?.body).toContain(
    "**To put right first:** `proposals/xxxx-thing.md` does not carry its number yet, which is that of this pull request: 2. Rename it: `git mv",
  );

  await r.act(() => r.as("newcomer").comment(n, "@mscbot ready"));
  expect(r.labels(n)).toEqual(["proposal"]);
  await r.act(
    () => r.as("newcomer").ready(n),
    () => r.as("sandhose").comment(n, "@mscbot ready"),
  );
  expect(r.labels(n)).toEqual(["proposal", QUEUE]);
  expect(r.check(n)?.summary).toContain("when [sandhose said](");
  expect(r.check(n)?.summary).toContain("sandhose ([named by the description](");

  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  expect(r.labels(n)).toEqual(["disposition-merge", "proposal", "proposed-final-comment-period"]);
  await r.act(() => r.as("newcomer").comment(n, "@mscbot hand over to @kegsay"));
  await r.act(() => r.as("newcomer").comment(n, "@mscbot withdraw"));
  expect(r.labels(n)).toContain("proposed-final-comment-period");
  expect(r.status(n)?.body).toContain("kegsay ([handed over to them](");
  await r.act(() => r.as("kegsay").comment(n, `@mscbot superseded by ${other}`));
  expect(r.labels(n)).toEqual(["obsolete", "proposal"]);
  expect(visible(r.said(n).at(-1)?.body ?? "")).toContain(`It is superseded by [${other}](`);
  expect(r.kinds(n).filter((kind) => kind === "announce welcome")).toHaveLength(1);
  expect(r.sandbox.thread(n).state).toBe("open");
  expect(r.logged).toEqual([]);
});

test("proposal.ready, said.welcome: with every message of GitHub’s lost, resync brings the same, and what a maintainer deletes stays gone", async () => {
  r = await rehearsal({ config: CONFIG }).start();
  r.sandbox.faults.lose = () => true;
  let n = 0;
  await r.act(() => {
    n = r.as("newcomer").openPull({ title: "MSC1: A thing", body: "A thing.", files: TEXT }).number;
  });
  await r.advance(7 * HOUR);
  await r.act(
    () => r.as("uhoreg").label(n, "proposal"),
    () => r.as("newcomer").comment(n, "@mscbot ready"),
  );
  await r.advance(7 * HOUR);
  expect(r.kinds(n)).toEqual(["announce welcome"]);
  expect(r.labels(n)).toEqual(["proposal", QUEUE]);
  await r.act(() => r.as("richvdh").deleteComment(r.said(n)[0]?.id ?? 0));
  await r.act(() => r.as("uhoreg").unlabel(n, QUEUE));
  await r.advance(7 * HOUR);
  expect(r.said(n)).toEqual([]);
  expect(r.labels(n)).toEqual(["proposal"]);
  expect(r.logged).toEqual([]);
});

test("proposal.placeholder: a placeholder that receives a text becomes a proposal by the push alone", async () => {
  r = await rehearsal({ config: CONFIG }).start();
  r.as("ara4n").createLabel("action-required");
  let n = 0;
  await r.act(() => {
    n = r.as("newcomer").openPull({
      title: "[WIP] MSC1: A secret",
      body: "To come.",
      draft: true,
      files: { "placeholder.txt": "soon\n" },
    }).number;
    r.as("uhoreg").label(n, "proposal-placeholder", "action-required");
  });
  expect(r.labels(n)).toEqual(["action-required", "proposal-placeholder"]);
  await r.act(() => r.as("newcomer").push(n, TEXT));
  expect(r.labels(n)).toEqual(["proposal"]);
  expect([...r.kinds(n)].sort()).toEqual(["announce placeholder-filled", "announce welcome"]);
  expect(r.check(n)?.title).not.toContain("placeholder");
  await r.act(() => r.as("uhoreg").label(n, "proposal-placeholder"));
  expect(r.labels(n)).toContain("proposal-placeholder");
  expect(r.logged).toEqual([]);
});
