import { checkpointSigner, readCheckpoint } from "msc-clerk/decisions/checkpoint.js";
import { recordInComment } from "msc-clerk/decisions/inComment.js";
import { readRegisterPage } from "msc-clerk/decisions/registerText.js";
import { readRecord } from "msc-clerk/decisions/shape.js";
import { isSignedBy } from "msc-clerk/decisions/signingKeys.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { RECORD_KEY } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

async function decided(title?: string, path = "proposals/1772-spaces.md"): Promise<number> {
  const n = r.propose(title, { [path]: `# ${title ?? "Spaces"}\n` });
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  return n;
}

const conclusion = (n: number) =>
  r.said(n).find(({ body }) => /announce \d+:(concluded|overridden) -->/.test(body))?.body ?? "";
const recordOf = (n: number) => {
  const found = recordInComment(conclusion(n));
  const read = readRecord(found?.json ?? "");
  if (found === null || read.kind === "not")
    throw new Error(`#${n}: ${read.kind === "not" ? read.why : "none"}`);
  return { ...found, record: read.record };
};
const registerIssues = () =>
  [...r.sandbox.repository.threads.values()].filter(({ title }) => title.startsWith("Register of decisions"));

describe("record.signed, over HTTP", () => {
  it("the conclusion carries the record: canonical, signed with a key that the config lists, and with what decided", async () => {
    r = await rehearsal().start();
    const n = await decided();
    await r.advance(6 * DAY);
    if (process.env.SHOW) console.log(conclusion(n));
    const { json, record, signature, checkpoint, hash } = recordOf(n);
    expect(signature?.key).toBe(RECORD_KEY);
    expect(isSignedBy(json, RECORD_KEY, signature?.value ?? "")).toBe(true);
    expect(checkpointSigner(checkpoint ?? "", [RECORD_KEY])).toBe(RECORD_KEY);
    expect(readCheckpoint(checkpoint ?? "")).toMatchObject({ size: 1, hash });
    expect(record).toMatchObject({ number: 1, previous: null, outcome: "merge", proposal: { number: n } });
    const [team] = record.teams;
    expect(team?.votes?.filter(({ choice }) => choice === "yes")).toHaveLength(6);
  });

  it("two conclusions in the same second get two numbers and one chain, and the register lists both", async () => {
    r = await rehearsal().start();
    const first = await decided();
    const second = await decided("Threads", "proposals/3440-threads.md");
    await r.advance(6 * DAY + HOUR);
    const records = [recordOf(first), recordOf(second)].sort((a, b) => a.record.number - b.record.number);
    expect(records.map(({ record }) => record.number)).toEqual([1, 2]);
    expect(records[1]?.record.previous).toBe(records[0]?.hash);
    const [issue] = registerIssues();
    if (process.env.SHOW) console.log(issue?.body);
    const page = readRegisterPage(issue?.body ?? "");
    expect(page.lines.map(({ hash }) => hash)).toEqual(records.map(({ hash }) => hash));
    expect(page.lines.map(({ url }) => url)).toEqual(
      records.map(() => expect.stringMatching(/pull\/\d+#issuecomment-\d+$/)),
    );
    expect(readCheckpoint(page.checkpoint ?? "")).toMatchObject({ size: 2, hash: records[1]?.hash });
  });
});
