import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";
import { caseOf, judged } from "../support/verifying.js";

lookFromOutside({ records: 0 });

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;
const PATH = "proposals/1772-spaces.md";

let r: Rehearsal;
afterEach(() => r.close());

async function voted(gates: string, before?: (n: number) => void): Promise<number> {
  r = await rehearsal({ config: `${matrixConfig()}gates:\n${gates}` }).start();
  r.as("ara4n").createLabel("blocked");
  r.sandbox.addUser("triager", { level: "triage" });
  const n = r.propose();
  before?.(n);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  return n;
}

test("gate.begin: resolving the last thread begins FCP by its event, and by the clock where the event is lost", async () => {
  for (const lost of [false, true]) {
    let thread = 0;
    const n = await voted("  - { review_threads: resolved }\n", (number) => {
      thread = r.as("dbkr").inlineComment(number, PATH, 1, "Which spaces?").id;
    });
    expect(r.check(n)?.title).toBe("Waiting for 1 review thread to be resolved.");
    await r.act(() => r.as("ShadowJonathan").resolveThread(thread));
    expect(r.labels(n)).not.toContain("final-comment-period");
    r.sandbox.faults.lose = () => lost;
    await r.act(
      () => r.as("dbkr").resolveThread(thread, false),
      () => r.as("dbkr").resolveThread(thread),
    );
    if (lost) await r.advance(HOUR);
    expect(r.labels(n)).toContain("final-comment-period");
    expect(r.logged).toEqual([]);
    if (!lost) await r.close();
  }
});

test("gate.begin, gate.end: labels by a triager hold and open nothing, and the record of the decision is proven with its gates", async () => {
  const n = await voted(
    "  - { labels_absent: [blocked] }\n  - { review_threads: resolved, before: conclude }\n",
    (number) => r.as("uhoreg").label(number, "blocked"),
  );
  expect(r.check(n)?.title).toBe("Waiting for the label “blocked” to be taken off.");
  await r.act(() => r.as("triager").unlabel(n, "blocked"));
  expect(r.labels(n)).not.toContain("final-comment-period");
  await r.act(() => r.as("dbkr").comment(n, "@mscbot waive blocked: it has been seen working"));
  await r.act(() => r.as("uhoreg").comment(n, "@mscbot second"));
  expect(r.labels(n)).toContain("final-comment-period");
  let thread = 0;
  await r.act(() => {
    thread = r.as("dbkr").inlineComment(n, PATH, 1, "One more thing.").id;
  });
  await r.advance(6 * DAY);
  expect(r.check(n)?.title).toContain("waiting for 1 review thread to be resolved");
  await r.act(() => r.as("dbkr").resolveThread(thread));
  expect(r.labels(n)).toContain("finished-final-comment-period");
  const told = r.said(n).find(({ body }) => body.includes("Decision record"))?.body ?? "";
  expect(told).toContain("seconded by");
  expect(told).toMatch(/"gates":\[\{"at":"[^"]+","before":"begin","gate":"blocked","state":"waived"/);
  const { outcomes, told: findings } = judged(await caseOf(r, n));
  expect(outcomes, findings).toMatchObject({ sources: "proven", counted: "proven", signed: "proven" });
  expect(r.logged).toEqual([]);
});

test("gate.begin: what a proposal depends on is read from its text, and when that is accepted it goes on", async () => {
  r = await rehearsal({
    config: `${matrixConfig()}gates:\n  - { dependencies: accepted }\n  - { form: [heading] }\n`,
  }).start();
  const other = r.propose("MSC1: One", { "proposals/0001-one.md": "# MSC1: One\n" });
  const n = r.propose("MSC2: Two", {
    "proposals/0002-two.md": `# Two\n\n## Dependencies\n\nMSC${other} and MSC999999.\n`,
  });
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  expect(r.check(n)?.title).toContain(`${other} and 999999 to be accepted`);
  expect(r.status(n).body).toContain("The first heading of");
  await r.act(() =>
    r
      .as("ShadowJonathan")
      .push(n, { "proposals/0002-two.md": `# MSC${n}: Two\n\nDepends on: MSC${other}\n` }),
  );
  // During a motion nothing is taken away.
  expect(r.check(n)?.title).toContain(`${other} and 999999 to be accepted`);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp cancel"));
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  expect(r.check(n)?.title).toBe(`Waiting for proposal ${other} to be accepted.`);
  await r.act(() => r.as("richvdh").comment(other, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(other, "@mscbot reviewed")));
  await r.advance(5 * DAY);
  expect(r.labels(other)).toContain("finished-final-comment-period");
  expect(r.labels(n)).toContain("final-comment-period");
  expect(r.logged).toEqual([]);
});
