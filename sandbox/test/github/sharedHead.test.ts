import { DAY } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { openPull } from "../../src/doings/pulls.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/*
 * Of a fork's commit GitHub names no pull requests: https://github.com/palantir/bulldozer/issues/563,
 * https://github.com/google/go-github/issues/2241, https://github.com/HypothesisWorks/hypothesis/issues/4840
 */

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const TEXT = "proposals/1-old.md";

/** A labelled proposal from a fork that changes a standing text, under a motion; and the same commit at another branch of the fork. */
async function proposal(): Promise<{ n: number; again: () => number }> {
  r = rehearsal();
  r.as("ara4n").pushTo(null, { [TEXT]: "# Old\n" });
  await r.start();
  const n = r.propose("Revised", { [TEXT]: "# Old, changed\n" });
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  const { headOid, headRepositoryId } = r.sandbox.pull(n).pull;
  const author = r.as("ShadowJonathan");
  const again = () => {
    const home = author.in(headRepositoryId ?? 0);
    home.pushTo("second", {});
    home.pointBranch("second", headOid);
    const by = {
      store: r.sandbox.store,
      actor: { accountId: author.id, app: null },
      repositoryId: r.sandbox.repositoryId,
    };
    return openPull(by, { title: "Once more", headRepositoryId: headRepositoryId ?? 0, headRef: "second" })
      .number;
  };
  return { n, again };
}

test("check.head: a fork's head that waits is not called neutral by a second pull request that is no proposal", async () => {
  const { n, again } = await proposal();
  let other = 0;
  await r.act(() => (other = again()));
  expect(r.sandbox.pull(other).pull.headOid).toBe(r.sandbox.pull(n).pull.headOid);
  expect(r.check(n)).toMatchObject({ status: "in_progress", conclusion: null });
  await r.advance(DAY);
  expect(r.check(n)).toMatchObject({ status: "in_progress", conclusion: null });
  expect(r.check(n)?.summary).toMatch(/Another open pull request has the same head commit/);
});

test("check.head: once the second is closed, or has another head, it shares nothing any more", async () => {
  const { n, again } = await proposal();
  let other = 0;
  await r.act(() => (other = again()));
  await r.act(() => r.as("ShadowJonathan").close(other));
  await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
  const own = [...r.sandbox.repository.runs.values()].findLast(({ externalId }) =>
    externalId.startsWith(`${n}:`),
  );
  expect(own?.summary).not.toMatch(/the same head commit/);
});

test("check.head: one that was opened at the same head and closed again does not hide that the proposal is accepted", async () => {
  const { n, again } = await proposal();
  let other = 0;
  await r.act(() => (other = again()));
  await r.act(() => r.as("ShadowJonathan").close(other));
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.advance(6 * DAY);
  expect(r.labels(n)).toContain("finished-final-comment-period");
  expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });
  const runs = r.sandbox.repository.runs.size;
  await r.advance(2 * DAY);
  expect(r.sandbox.repository.runs.size).toBe(runs);
});
