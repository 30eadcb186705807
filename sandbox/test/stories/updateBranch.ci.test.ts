import { DAY, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;
const EVERYBODY = [...VOTERS, "richvdh", "anoadragon453", "KitsuneRal"] as const;
const TEXT = "proposals/1772-spaces.md";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function inFcp(): Promise<number> {
  r = rehearsal();
  await r.start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  return n;
}

/** GitHub's button "Update branch": a merge commit of the default branch into the head, and nothing else. */
function updateBranch(by: string, n: number, besides: Record<string, string> = {}): void {
  const { state } = r.sandbox.store;
  const { pull } = r.sandbox.pull(n);
  const tip = r.sandbox.repository.branches.get(r.sandbox.repository.defaultBranch) ?? "";
  const [ours, theirs] = [state.commits.get(pull.headOid), state.commits.get(tip)];
  const files: Record<string, string> = {};
  for (const [path, file] of theirs?.files ?? [])
    if (ours?.files.get(path)?.oid !== file.oid) files[path] = file.text;
  r.as(by).push(
    n,
    { ...files, ...besides },
    { onto: [pull.headOid, tip], message: "Merge branch 'main' into it" },
  );
}

/** Another proposal is merged: a commit of this member's on the default branch, nothing to do with ours. */
function elsewhere(login: string): void {
  const who = { name: login, accountId: r.as(login).id };
  const files = { [`proposals/9-by-${login}.md`]: `# ${login}\n` };
  r.as("ara4n").pushTo(null, files, { author: who, committer: who });
}

describe("in a repository that requires branches to be up to date", () => {
  test("text.same: three updates with everybody's commits in them, and green without a new approval", async () => {
    const n = await inFcp();
    for (const some of [EVERYBODY.slice(0, 3), EVERYBODY.slice(3, 6), EVERYBODY.slice(6)]) {
      for (const login of some) await r.act(() => elsewhere(login));
      await r.act(() => updateBranch("ShadowJonathan", n));
    }
    expect(
      r
        .said(n)
        .map(({ body }) => body)
        .join("\n"),
    ).not.toContain("earlier revision");
    await r.advance(6 * DAY);
    expect(r.check(n)?.conclusion).toBe("success");
  });

  test("fcp.after: a text changed inside such a merge waits for two approvals of it", async () => {
    const n = await inFcp();
    await r.act(() => elsewhere("dbkr"));
    await r.act(() => updateBranch("ShadowJonathan", n, { [TEXT]: "# Something else\n" }));
    await r.advance(6 * DAY);
    expect(r.check(n)?.conclusion).toBe(null);
    await r.act(() => r.as("dbkr").approve(n));
    expect(r.check(n)?.conclusion).toBe(null);
    await r.act(() => r.as("uhoreg").approve(n));
    expect(r.check(n)?.conclusion).toBe("success");
  });

  test("text.same: where the default branch has changed that very file, it is another text", async () => {
    const n = await inFcp();
    const base = { [TEXT]: "# The base has it too\n" };
    await r.act(() => r.as("ara4n").pushTo(null, base));
    await r.act(() => updateBranch("ShadowJonathan", n, { [TEXT]: "# Both\n" }));
    await r.advance(6 * DAY);
    expect(r.check(n)?.conclusion).toBe(null);
  });

  test("text.same: rewritten by force into one commit with another message, it is the same text, also after a restart", async () => {
    const n = await inFcp();
    const { pull } = r.sandbox.pull(n);
    const { state } = r.sandbox.store;
    const parent = state.commits.get(pull.headOid)?.parents[0] ?? "";
    const file = state.commits.get(pull.headOid)?.files.get(TEXT);
    await r.act(() =>
      r.as("ShadowJonathan").push(n, { [TEXT]: file?.text ?? "" }, { onto: [parent], message: "Signed off" }),
    );
    expect(r.sandbox.pull(n).pull.headOid).not.toBe(pull.headOid);
    r.kill();
    await r.start();
    await r.advance(6 * DAY);
    expect(r.check(n)?.conclusion).toBe("success");
  });

  test("text.same: brought up to date once it is accepted, it is green within seconds, though GitHub does not know the fork's commit yet", async () => {
    const n = await inFcp();
    await r.advance(6 * DAY);
    await r.act(() => elsewhere("dbkr"));
    r.sandbox.store.forkLagSeconds = 8;
    updateBranch("ShadowJonathan", n);
    await r.quiet();
    for (let seconds = 0; seconds < 12; seconds += 1) {
      await r.clock.advance(SECOND);
      await r.quiet();
    }
    expect(r.check(n)?.conclusion).toBe("success");
  });
});
