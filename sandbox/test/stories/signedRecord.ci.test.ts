import { checkpointSigner, readCheckpoint } from "msc-clerk/decisions/checkpoint.js";
import { recordInComment } from "msc-clerk/decisions/inComment.js";
import { readRegisterPage } from "msc-clerk/decisions/registerText.js";
import { readRecord } from "msc-clerk/decisions/shape.js";
import { isSignedBy } from "msc-clerk/decisions/signingKeys.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { matrixConfig, RECORD_KEY } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

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
    const page = readRegisterPage(issue?.body ?? "");
    expect(page.lines.map(({ hash }) => hash)).toEqual(records.map(({ hash }) => hash));
    expect(page.lines.map(({ url }) => url)).toEqual(
      records.map(() => expect.stringMatching(/pull\/\d+#issuecomment-\d+$/)),
    );
    expect(readCheckpoint(page.checkpoint ?? "")).toMatchObject({ size: 2, hash: records[1]?.hash });
  });

  it("an override and an adopted amendment have their records in the same chain", async () => {
    r = await rehearsal().start();
    const first = r.propose();
    await r.act(() => r.as("ara4n").comment(first, "@mscbot override finished: agreed under embargo"));
    await r.act(() => r.as("dbkr").comment(first, "@mscbot second"));
    expect(recordOf(first).record).toMatchObject({
      number: 1,
      outcome: "override finished",
      override: {
        by: { login: "ara4n" },
        reason: "agreed under embargo",
        seconds: [{ member: { login: "dbkr" } }],
      },
    });
    const before = matrixConfig();
    const after = before.replace("final_comment_period: 5 days", "final_comment_period: 6 days");
    expect(after).not.toBe(before);
    let n = 0;
    await r.act(() => {
      n = r
        .as("richvdh")
        .openPull({ title: "Longer periods", body: "Why not.", files: { [CONFIG]: after } }).number;
    });
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    for (const login of [...VOTERS, "AmandineLP"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed as guardians"));
    await r.advance(6 * DAY);
    const { record } = recordOf(n);
    expect(record).toMatchObject({ number: 2, previous: recordOf(first).hash, outcome: "amendment" });
    expect(record.amendment?.makes).not.toBe(record.amendment?.base);
    expect(record.teams.map(({ team }) => team)).toEqual(["spec-core-team", "guardians"]);
  });

  it("killed between the number and the comment, the next start publishes the same record and no second one", async () => {
    r = await rehearsal().start();
    const n = await decided();
    const { store } = r;
    let killed = false;
    r.store = {
      ...store,
      putDecision: async (...given) => {
        const done = await store.putDecision(...given);
        if (killed) return done;
        killed = true;
        r.kill();
        return new Promise(() => {});
      },
    };
    await r.clerk?.stop();
    await r.start();
    await r.clock.advance(6 * DAY);
    await r.quiet();
    expect(killed).toBe(true);
    expect(conclusion(n)).toBe("");
    await r.start();
    await r.advance(HOUR);
    expect(recordOf(n).record.number).toBe(1);
    const kept = await store.decisions(recordOf(n).record.repository.id);
    expect(kept.kind === "stored" && kept.kept).toMatchObject([
      { number: 1, pull: n, url: expect.stringContaining("#issuecomment-") },
    ]);
  });

  it("with its store lost the chain goes on from the register on GitHub; the issue that somebody changed is put right", async () => {
    r = await rehearsal().start();
    const first = await decided();
    await r.advance(6 * DAY);
    r.loseStore();
    await r.start();
    const second = await decided("Threads", "proposals/3440-threads.md");
    await r.advance(6 * DAY);
    expect(recordOf(second).record).toMatchObject({ number: 2, previous: recordOf(first).hash });
    const [issue] = registerIssues();
    const right = issue?.body ?? "";
    expect(readRegisterPage(right).lines).toHaveLength(2);
    await r.act(() => r.as("ara4n").edit(issue?.number ?? 0, { body: right.replace(/^\| 1 .*\n/m, "") }));
    await r.advance(2 * DAY);
    expect(registerIssues()[0]?.body).toBe(right);
  });

  it("with its store lost and the register on GitHub rewritten, no number is given out, nothing is announced, and the log says what to do", async () => {
    r = await rehearsal().start();
    await decided();
    await r.advance(6 * DAY);
    const [issue] = registerIssues();
    const right = issue?.body ?? "";
    r.loseStore();
    r.as("ara4n").edit(issue?.number ?? 0, {
      body: right.replace(/`[0-9a-f]{64}`/, `\`${"0".repeat(64)}\``),
    });
    await r.start();
    const second = await decided("Threads", "proposals/3440-threads.md");
    await r.advance(5 * DAY + HOUR);
    expect(conclusion(second)).toBe("");
    expect(r.labels(second)).toContain("finished-final-comment-period");
    expect(r.logged.join()).toContain("the register of decisions on GitHub is not as the clerk left it");
    r.as("ara4n").edit(issue?.number ?? 0, { body: right });
    await r.advance(HOUR);
    expect(recordOf(second).record.number).toBe(2);
  });

  it("a clerk whose key is not listed, or that has none, decides on, and says so", async () => {
    r = await rehearsal({ recordKeys: "a key that no config lists at all" }).start();
    const n = await decided();
    await r.advance(6 * DAY);
    expect(recordOf(n).signature?.key).not.toBe(RECORD_KEY);
    expect(conclusion(n)).toContain("a key that `record_keys` in the config does not list");
    await r.clerk?.stop();
    r.recordKeys = "";
    await r.start();
    const second = await decided("Threads", "proposals/3440-threads.md");
    await r.advance(6 * DAY);
    expect(recordOf(second)).toMatchObject({ signature: null, checkpoint: null, record: { number: 2 } });
    expect(conclusion(second)).toContain("It is not signed, as this clerk has no `RECORD_KEYS`.");
    expect(registerIssues()[0]?.body).toContain("There is no checkpoint");
  });

  it("the public halves of its keys are told at /.well-known/msc-clerk.json, where the webhooks come and where the pages are", async () => {
    r = await rehearsal({
      pages: true,
      recordKeys: `the sandbox signs with what everybody knows, and one of before it`,
    }).start();
    const webhooksPort = new URL(r.sandbox.deliveries.target?.url ?? "").origin;
    // A proxy may hand everything but the webhooks to the pages' port (docs/hosting.md).
    for (const base of [webhooksPort, r.clerk?.pagesAddress ?? ""]) {
      const answer = await fetch(`${base}/.well-known/msc-clerk.json`);
      expect(answer.headers.get("content-type")).toContain("application/json");
      const told = (await answer.json()) as { name: string; record_keys: string[] };
      expect(told).toMatchObject({
        name: "msc-clerk",
        record_keys: [RECORD_KEY, expect.stringMatching(/^ed25519:/)],
      });
    }
  });
});
