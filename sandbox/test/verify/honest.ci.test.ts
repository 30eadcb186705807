import { parsedRules } from "msc-clerk/cli/parsedRules.js";
import { readRecord } from "msc-clerk/decisions/shape.js";
import { evidenceIn } from "msc-clerk/decisions/verify/caseFile.js";
import { replayRecord } from "msc-clerk/decisions/verify/replay.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { readPackage } from "msc-clerk/platform/package.js";
import { afterEach, describe, expect, it } from "vitest";
import { RECORD_KEYS } from "../../src/clerk.js";
import { RECORD_KEY } from "../../src/roster.js";
import { seat, unseat } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";
import { caseOf, judged, publicHalf } from "../support/verifying.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const ALL = ["erikjohnston", "dbkr", "uhoreg", "turt2live", "anoadragon453", "KitsuneRal"];

/** A proposal that is decided by seven votes of four kinds. */
async function decided(title?: string, path = "proposals/1772-spaces.md"): Promise<number> {
  const n = r.propose(title, { [path]: `# ${title ?? "Spaces"}\n` });
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(() => r.tick("ara4n", n));
  await r.act(() => r.as("erikjohnston").approve(n));
  await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
  await r.act(() => r.as("uhoreg").label(n, "vote:approve"));
  for (const login of ["turt2live", "KitsuneRal"])
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.advance(6 * DAY);
  return n;
}

async function amended(change: (text: string) => string, title = "Amend"): Promise<number> {
  let n = 0;
  await r.act(() => {
    const text = change(r.sandbox.fileText(CONFIG) ?? "");
    n = r.as("richvdh").openPull({ title, body: "Why not.", files: { [CONFIG]: text } }).number;
  });
  await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
  for (const login of [...ALL, "ara4n", "AmandineLP"])
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed as guardians"));
  await r.advance(6 * DAY);
  await r.act(() => r.as("richvdh").merge(n));
  await r.advance(HOUR);
  return n;
}

async function replayed(n: number) {
  const saved = await caseOf(r, n);
  const found = saved.records.at(-1);
  const read = readRecord(found?.json ?? "");
  if (found === undefined || read.kind === "not") throw new Error("no record");
  return replayRecord(
    { ...evidenceIn(saved, found, parsedRules, []), record: read.record },
    readPackage().version,
  );
}

describe("an honest record is proven", () => {
  it("record.signed: by votes of four kinds, and its replay comes to the same", async () => {
    r = await rehearsal().start();
    const n = await decided();
    const { code, told } = judged(await caseOf(r, n));
    if (process.env.SHOW) console.log(told);
    expect(code, told).toBe(0);
    const replay = await replayed(n);
    if (process.env.SHOW) console.log(replay?.text);
    expect(replay?.differences).toEqual([]);
  });

  it("record.signed: after an amendment, by the signed record that leads to the new config; so is the amendment itself", async () => {
    r = await rehearsal().start();
    const amendment = await amended(seat("sandhose", 40_000_022));
    const longer = await amended(
      (text) => text.replace("final_comment_period: 5 days", "final_comment_period: 4 days"),
      "Shorter",
    );
    const n = await decided();
    for (const number of [amendment, longer, n]) {
      const { code, told } = judged(await caseOf(r, number));
      if (process.env.SHOW) console.log(number, told);
      expect(code, told).toBe(0);
      expect((await replayed(number))?.differences).toEqual([]);
    }
    expect(judged(await caseOf(r, n)).told).toContain(`came by the amendment #${longer}`);
  });

  it("record.signed: after a key rotation the old record is good by the old key, and the new one by the new", async () => {
    r = await rehearsal().start();
    const old = await decided();
    const NEW = "a new secret that replaces the one of before";
    await r.clerk?.stop();
    r.recordKeys = `${NEW}, ${RECORD_KEYS}`;
    await r.start();
    const rotation = await amended((text) => text.replace(RECORD_KEY, publicHalf(NEW)), "Another key");
    await r.clerk?.stop();
    r.recordKeys = NEW;
    await r.start();
    const young = await decided("Threads", "proposals/3440-threads.md");
    for (const [number, key] of [
      [old, RECORD_KEY],
      [rotation, RECORD_KEY],
      [young, publicHalf(NEW)],
    ] as const) {
      const { code, told } = judged(await caseOf(r, number));
      if (process.env.SHOW) console.log(number, told);
      expect(code, told).toBe(0);
      expect(told).toContain(`The signature of ${key} holds`);
    }
  });

  it("record.signed: signed with a key that only the next lawful config lists, as one was lost before the other was voted on", async () => {
    r = await rehearsal().start();
    const NEW = "a new secret since the old one is lost";
    await r.clerk?.stop();
    r.recordKeys = NEW;
    await r.start();
    const between = await decided();
    expect(judged(await caseOf(r, between))).toMatchObject({ code: 4, outcomes: { signed: "contradicted" } });
    const rotation = await amended((text) => text.replace(RECORD_KEY, publicHalf(NEW)), "Another key");
    for (const number of [between, rotation]) {
      const { code, told } = judged(await caseOf(r, number));
      expect(code, told).toBe(0);
      expect(told).toContain("The next lawful config");
    }
  });

  it("record.signed: after a rename of the repository, of the member who moved it, and of who has left the team since", async () => {
    r = await rehearsal().start();
    const n = await decided();
    r.sandbox.renameRepository("spec-proposals");
    await amended(unseat("turt2live"));
    r.sandbox.renameUser("richvdh", "richvdh-elsewhere");
    const { code, told } = judged(await caseOf(r, n));
    expect(code, told).toBe(0);
  });

  it("record.signed: after a motion that was cancelled, with concerns, votes taken back and given anew, pushes, and changes in FCP", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    const says = (login: string, text: string) => r.act(() => r.as(login).comment(n, `@mscbot ${text}`));
    await says("richvdh", "fcp close");
    await says("dbkr", "reviewed");
    await says("richvdh", "fcp cancel");
    await r.act(() => r.as("erikjohnston").approve(n));
    await r.act(() => r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces, again\n" }));
    await says("richvdh", "fcp merge");
    await says("ara4n", "concern it leaks");
    await says("dbkr", "abstain");
    await says("dbkr", "reviewed");
    await says("uhoreg", "reviewed");
    await says("uhoreg", "retract");
    await r.act(() => r.as("anoadragon453").requestChanges(n, "no"));
    await r.act(() => r.tick("turt2live", n));
    await says("erikjohnston", "reviewed");
    await says("KitsuneRal", "reviewed");
    await says("ara4n", "resolve C1");
    await r.act(() => r.as("anoadragon453").approve(n));
    await says("ara4n", "resolve all");
    await says("ara4n", "reviewed");
    await r.advance(DAY);
    expect(r.labels(n)).toContain("final-comment-period");
    await says("dbkr", "retract");
    await says("uhoreg", "reviewed");
    await r.act(() =>
      r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces, once more\n" }),
    );
    await amended(unseat("turt2live"));
    await r.advance(6 * DAY);
    const saved = await caseOf(r, n);
    const { code, told } = judged(saved);
    if (process.env.SHOW) console.log(told);
    expect(code, told).toBe(0);
    expect((await replayed(n))?.differences).toEqual([]);
  });

  it("record.signed: an override, by its lead and the second, and its replay", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.act(() => r.as("ara4n").comment(n, "@mscbot override finished: agreed under embargo"));
    await r.act(() => r.as("dbkr").comment(n, "@mscbot second"));
    await r.advance(HOUR);
    const { code, told } = judged(await caseOf(r, n));
    if (process.env.SHOW) console.log(told);
    expect(code, told).toBe(0);
    expect((await replayed(n))?.differences).toEqual([]);
  });
});

describe("where evidence is missing, it is told what", () => {
  it("record.signed: a deleted comment is named, with who deleted it", async () => {
    r = await rehearsal().start();
    const n = await decided();
    const vote = r.sandbox
      .thread(n)
      .comments.find(({ body, authorId }) => body === "@mscbot reviewed" && authorId === r.as("dbkr").id);
    await r.act(() => r.as("dbkr").deleteComment(vote?.id ?? 0));
    const { code, outcomes, told } = judged(await caseOf(r, n));
    expect(code, told).toBe(3);
    expect(outcomes).toMatchObject({ signed: "proven", counted: "proven", sources: "missing" });
    expect(told).toMatch(
      /Gone from GitHub: the vote of dbkr \(comment:\d+, .*dbkr deleted a comment of theirs/,
    );
  });

  it("record.signed: a member's account is gone", async () => {
    r = await rehearsal().start();
    const n = await decided();
    r.sandbox.deleteUser("dbkr");
    const { code, told } = judged(await caseOf(r, n));
    expect(code, told).toBe(3);
    expect(told).toContain("The account is gone, so nobody can tell whose it was: the vote of dbkr");
  });

  it("record.signed: a clerk without keys: not signed, and all else is proven", async () => {
    r = await rehearsal({ recordKeys: "" }).start();
    const { code, outcomes } = judged(await caseOf(r, await decided()));
    expect([code, outcomes]).toMatchObject([3, { signed: "missing", counted: "proven", sources: "proven" }]);
  });
});
