import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});
const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;

async function begun(): Promise<number> {
  r = await rehearsal().start();
  const n = r.propose();
  await r.settle();
  return n;
}
async function inFcp(how = "merge"): Promise<number> {
  const n = await begun();
  await r.act(() => r.as("richvdh").comment(n, `@mscbot fcp ${how}`));
  for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  return n;
}
const writes = () => r.sandbox.requests.writes.length;

describe("hostile days over HTTP", () => {
  it("fcp.after: the status comment deleted and a rewrite pushed by force: not green without a fresh approval", async () => {
    const n = await inFcp();
    await r.act(
      () => r.as("ara4n").deleteComment(r.status(n).id),
      () => r.as("ShadowJonathan").forcePush(n, { "proposals/1772-spaces.md": "# Something else\n" }),
    );
    await r.advance(6 * DAY);
    expect(r.check(n)?.status).toBe("in_progress");
    expect(r.kinds(n).filter((k) => k.startsWith("announce"))).toEqual([
      "announce 1:fcp_begun",
      "announce 1:concluded",
    ]);
    await r.act(() => r.as("dbkr").approve(n));
    expect(r.check(n)?.conclusion).toBe(null);
    await r.act(() => r.as("uhoreg").approve(n));
    expect(r.check(n)?.conclusion).toBe("success");
  });

  it("act.once: an outsider's request for changes before a motion does not wake up after a forced push when they join", async () => {
    const n = await begun();
    await r.act(() => r.as("kegsay").requestChanges(n, "No."));
    await r.act(() => r.as("dbkr").comment(n, "@mscbot status"));
    await r.act(() =>
      r.as("ShadowJonathan").forcePush(n, { "proposals/1772-spaces.md": "# Something else\n" }),
    );
    const kegsay = r.as("kegsay").id;
    const joined = matrixConfig().replace(
      /^( *- )(\{ login: richvdh,.*)$/m,
      `$1{ login: kegsay, id: ${kegsay} }\n$1$2`,
    );
    expect(joined).not.toBe(matrixConfig());
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: joined }));
    await r.advance(HOUR);
    expect(r.labels(n)).toEqual(["proposal"]);
  });

  it("config.absent: the file deleted and put back: dormant meanwhile, and nothing lost", async () => {
    const n = await inFcp();
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: null }));
    const before = writes();
    await r.act(() => r.as("dbkr").comment(n, "@mscbot concern too fast"));
    await r.advance(6 * DAY);
    expect(writes()).toBe(before);
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() }));
    await r.advance(HOUR);
    expect(r.labels(n)).toContain("unresolved-concerns");
    expect(r.labels(n)).toContain("final-comment-period");
    await r.act(() => r.as("dbkr").comment(n, "@mscbot resolve C1"));
    expect(r.labels(n)).toContain("finished-final-comment-period");
  });

  it("check.head: of two PRs with one head the other is judged alone again once the first is closed", async () => {
    r = await rehearsal().start();
    const author = r.as("uhoreg");
    const a = author.openPull({ title: "MSC1: a", files: { "docs/a.txt": "a" }, branch: "one" }).number;
    await r.settle();
    expect(r.check(a)?.conclusion).toBe("neutral");
    const b = author.openPull({ title: "MSC1: b", files: {}, branch: "two" }).number;
    author.pointBranch("two", r.sandbox.pull(a).pull.headOid);
    author.label(b, "proposal");
    await r.settle();
    expect(r.check(a)?.status).toBe("in_progress");
    await r.act(() => author.close(b));
    await r.advance(2 * HOUR);
    expect(r.check(a)?.conclusion).toBe("neutral");
  });

  it("check.head: over forty quiet days the check never goes stale, and little is written", async () => {
    const n = await begun();
    const before = writes();
    for (let day = 0; day < 40; day++) {
      await r.advance(DAY);
      expect(r.check(n)?.conclusion).not.toBe("stale");
    }
    expect(writes() - before).toBeLessThan(6);
    await r.act(() => r.as("ShadowJonathan").close(n));
    await r.advance(20 * DAY);
    await r.act(() => r.as("ShadowJonathan").reopen(n));
    expect(r.check(n)?.status).toBe("in_progress");
    expect(r.check(n)?.conclusion).toBe(null);
  });

  it("label.state: a label renamed in the repository during FCP", async () => {
    const n = await inFcp();
    await r.act(() => r.as("ara4n").renameLabel("final-comment-period", "fcp"));
    await r.advance(HOUR);
    const before = writes();
    await r.advance(DAY);
    expect(writes() - before).toBeLessThan(3);
    await r.advance(6 * DAY);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    expect(r.labels(n)).not.toContain("final-comment-period");
  });

  it("label.state: who takes a label off twenty times a day is not fought", async () => {
    const n = await inFcp();
    for (let i = 0; i < 20; i++)
      await r.act(
        () => r.labels(n).includes("final-comment-period") && r.as("dbkr").unlabel(n, "final-comment-period"),
      );
    const before = writes();
    await r.advance(12 * HOUR);
    expect(writes() - before).toBeLessThan(3);
    await r.advance(6 * DAY);
    expect(r.labels(n)).toContain("finished-final-comment-period");
  });

  it("fcp.conclude: the repository renamed during FCP", async () => {
    const n = await inFcp();
    await r.act(() => r.sandbox.renameRepository("proposals"));
    await r.advance(6 * DAY);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    expect(r.kinds(n).filter((k) => k.startsWith("announce"))).toEqual([
      "announce 1:fcp_begun",
      "announce 1:concluded",
    ]);
    expect(r.kinds(n).filter((k) => k.startsWith("status"))).toHaveLength(1);
  });

  it("fcp.conclude: archived at the end, unarchived later", async () => {
    const n = await inFcp();
    r.sandbox.setArchived(true);
    await r.settle();
    await r.advance(6 * DAY);
    r.sandbox.setArchived(false);
    await r.advance(DAY);
    expect(r.labels(n)).toContain("finished-final-comment-period");
  });

  it("fcp.conclude: a merge that GitHub refuses is not tried without end", async () => {
    const config = matrixConfig().replace(
      /^conclude:.*$/m,
      "conclude: { merge: squash, close: close, postpone: close }",
    );
    r = await rehearsal({ config }).start();
    const n = r.propose();
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(5 * DAY + HOUR);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    const before = writes();
    await r.advance(DAY);
    expect(writes() - before).toBeLessThan(15);
  });

  it("act.identity: a member renamed on GitHub during the motion votes on", async () => {
    const n = await begun();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.sandbox.renameUser("dbkr", "dave");
    await r.act(() => r.tick("dave", n, "dbkr"));
    expect(r.status(n).body).toContain("**2 of 6 needed, of 8**");
    await r.act(() => r.as("dave").comment(n, "@mscbot retract"));
    expect(r.status(n).body).toContain("**1 of 6 needed, of 8**");
  });

  it("reply.always: limits in the middle of a plan lose nothing and double nothing", async () => {
    const n = await begun();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    let count = 0;
    r.sandbox.faults.byChance = (request) =>
      request.kind === "write" && ++count % 3 === 0 ? { kind: "secondary", retryAfter: 61 } : null;
    for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(HOUR);
    r.sandbox.faults.clear();
    await r.advance(HOUR);
    expect(r.labels(n)).toContain("final-comment-period");
    expect(r.kinds(n)).toEqual(["status 1", "announce 1:fcp_begun"]);
  });

  it("label.state: GitHub forbids one label; the rest is done all the same, and no label is hammered", async () => {
    const n = await begun();
    r.sandbox.faults.byChance = (request) =>
      request.method === "DELETE" && request.path.includes("/labels/") ? { kind: "forbidden" } : null;
    r.sandbox.faults.part = (mutation) =>
      mutation === "removeLabelsFromLabelable"
        ? { kind: "refused", type: "FORBIDDEN", message: "Resource not accessible by integration" }
        : null;
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.act(() => r.as("dbkr").label(n, "vote:approve"));
    expect(r.status(n).body).toContain("**2 of 6 needed, of 8**");
    const before = writes();
    await r.advance(HOUR);
    expect(writes() - before).toBeLessThan(10);
    r.labelsCannot = "GitHub forbids taking one off";
  });
});
