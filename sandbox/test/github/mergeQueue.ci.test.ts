import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/*
 * A merge queue waits for the required check on the merge group's own commit, and throws the entry out after an hour:
 * https://github.com/dcoapp/app/issues/199, https://github.com/microsoft/apm/issues/921
 */

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function accepted(path = "proposals/1772-spaces.md"): Promise<number> {
  const n = r.propose("A proposal", { [path]: "# Text\n" });
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of VOTERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.advance(5 * DAY + MINUTE);
  expect(r.check(n)?.conclusion).toBe("success");
  return n;
}

/** Something that needs no decision: its check is neutral, and GitHub takes it into the queue as well. */
function chore(name: string): number {
  return r.as("uhoreg").openPull({ title: name, files: { [`${name}.md`]: "x\n" }, fork: true }).number;
}

const runsOn = (head: string) =>
  [...r.sandbox.repository.runs.values()].filter((run) => run.headOid === head);

test("check.queue: the commit of a merge group gets the check within seconds, and what was accepted is merged", async () => {
  r = await rehearsal().start();
  const n = await accepted();
  const began = r.clock.now();
  let group = "";
  await r.act(() => (group = r.as("richvdh").enqueue(n)));
  expect(runsOn(group)).toMatchObject([{ name: "msc-clerk", conclusion: "success" }]);
  expect(r.clock.now() - began).toBeLessThan(30 * SECOND);
  expect(r.sandbox.queued()).toEqual([]);
  expect(r.sandbox.pull(n).pull.mergedAt).not.toBeNull();
  expect(r.logged).toEqual([]);
});

test("check.queue: a group shows the strictest of the pull requests in it, and is answered anew when that changes", async () => {
  r = await rehearsal().start();
  const n = await accepted();
  const other = chore("tidy");
  await r.settle();
  const heads: string[] = [];
  await r.act(() => {
    r.as("erikjohnston").comment(n, "@mscbot concern One more thing");
    heads.push(r.as("richvdh").enqueue(n), r.as("richvdh").enqueue(other));
  });
  const newest = () => heads.map((head) => runsOn(head).at(-1)?.conclusion ?? runsOn(head).at(-1)?.status);
  expect(r.check(other)?.conclusion).toBe("neutral");
  expect(newest()).toEqual(["in_progress", "in_progress"]);
  expect(runsOn(heads[1] ?? "").at(-1)).toMatchObject({
    title: expect.stringMatching(new RegExp(`^Pull request ${n}: .*C1`)),
    summary: expect.stringContaining(`${other} (no proposal)`),
  });
  await r.act(() => r.as("erikjohnston").comment(n, "@mscbot resolve C1"));
  expect(newest()).toEqual(["success", "neutral"]);
  expect(r.sandbox.queued()).toEqual([]);
});

test("check.queue: what is not decided keeps the queue waiting, until GitHub throws it out after an hour", async () => {
  r = await rehearsal().start();
  const n = await accepted();
  await r.act(() => {
    r.as("erikjohnston").comment(n, "@mscbot concern One more thing");
    r.as("richvdh").enqueue(n);
  });
  expect(r.sandbox.queued()).toEqual([n]);
  await r.advance(HOUR);
  expect(r.sandbox.queued()).toEqual([]);
  expect(r.sandbox.pull(n).pull.mergedAt).toBeNull();
});

test("check.queue, config.invalid: with a faulty config the group is refused, with what is wrong", async () => {
  r = await rehearsal().start();
  const n = await accepted();
  await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: "version: 9\n" }));
  // GitHub shows the failure on the pull request as well; an administrator goes past it.
  r.sandbox.store.changeRepository(r.sandbox.repositoryId, (now) => ({
    ...now,
    runs: new Map(
      [...now.runs].map(([id, run]) => [
        id,
        run.headOid === r.sandbox.pull(n).pull.headOid
          ? { ...run, status: "completed" as const, conclusion: "success" as const }
          : run,
      ]),
    ),
  }));
  let group = "";
  await r.act(() => (group = r.as("ara4n").enqueue(n)));
  expect(runsOn(group)).toMatchObject([
    { conclusion: "failure", title: expect.stringContaining("config file") },
  ]);
});

test("check.queue: a group that no webhook told is found by the next start", async () => {
  r = await rehearsal().start();
  const n = await accepted();
  await r.settle();
  r.sandbox.faults.lose = ({ event }) => event === "merge_group";
  const heads: string[] = [];
  await r.act(() => {
    r.as("erikjohnston").comment(n, "@mscbot concern One more thing");
    heads.push(r.as("richvdh").enqueue(n));
  });
  expect(heads.flatMap(runsOn)).toEqual([]);
  await r.clerk?.stop();
  await r.start();
  expect(heads.flatMap(runsOn)).toMatchObject([{ status: "in_progress" }]);
});

test("check.queue: where there has been a queue, a group that no webhook told is found by the next round", async () => {
  r = await rehearsal({ timing: { resyncEvery: 50 * MINUTE } }).start();
  const n = await accepted();
  const other = chore("tidy");
  await r.settle();
  const heads: string[] = [];
  await r.act(() => {
    r.as("erikjohnston").comment(n, "@mscbot concern One more thing");
    heads.push(r.as("richvdh").enqueue(n));
  });
  r.sandbox.faults.lose = ({ event }) => event === "merge_group";
  await r.act(() => void heads.push(r.as("richvdh").enqueue(other)));
  expect(heads.map((head) => runsOn(head).length)).toEqual([1, 0]);
  await r.advance(51 * MINUTE);
  expect(heads.map((head) => runsOn(head).length)).toEqual([1, 1]);
});
