import { HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { openPull } from "../../src/doings/pulls.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const FILE = "proposals/1772-spaces.md";

/** A proposal under a motion whose head others have too: so many older pull requests, and one newer that is no proposal. */
async function onOneHead(older: number): Promise<number> {
  r = rehearsal();
  // The text of some earlier proposal, so that changing it adds nothing under the proposal paths.
  r.as("ara4n").pushTo(null, { [FILE]: "# Spaces\n" });
  await r.start();
  const author = r.as("ShadowJonathan");
  const forked = author.fork();
  const home = author.in(forked.id);
  const head = home.pushTo("b0", { [FILE]: "# Spaces, changed\n" }).oid;
  const by = {
    store: r.sandbox.store,
    actor: { accountId: author.id, app: null },
    repositoryId: r.sandbox.repositoryId,
  };
  const open = (at: number) => {
    const branch = `b${at}`;
    if (at > 0) {
      home.pushTo(branch, {});
      home.pointBranch(branch, head);
    }
    return openPull(by, { title: `From ${branch}`, headRepositoryId: forked.id, headRef: branch }).number;
  };
  for (let at = 0; at < older; at += 1) open(at + 1);
  const proposal = open(0);
  await r.settle();
  await r.act(() => r.as("uhoreg").label(proposal, "proposal"));
  await r.act(() => r.as("richvdh").comment(proposal, "@mscbot fcp merge"));
  expect(r.check(proposal)?.conclusion).toBe(null);
  await r.act(() => open(90));
  await r.advance(10 * HOUR);
  return proposal;
}

describe("a head that many pull requests share", () => {
  test.each([0, 18, 19, 20, 21])(
    "check.head: with %d older ones and a newer one, the check of the proposal that waits is never neutral",
    async (older) => {
      const proposal = await onOneHead(older);
      expect(r.check(proposal)).toMatchObject({ status: "in_progress", conclusion: null });
    },
  );
});
