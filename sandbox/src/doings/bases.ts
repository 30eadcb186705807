import { demand } from "../permissions.js";
import { invalid } from "../refusal.js";
import { isPull, type PullThread, withEntry, withoutEntry } from "../store.js";
import { type By, repositoryOf } from "./by.js";
import { close } from "./pulls.js";
import { deleteBranch } from "./pushes.js";
import { dismissForBase } from "./reviews.js";

/**
 * Deletes a branch. Pull requests that aim at it follow to where it was merged, or are closed where it was not.
 * https://docs.github.com/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-branches#working-with-branches
 */
export function dropBranch(by: By, branch: string): void {
  const merged = pullsOf(by).find(
    ({ pull }) =>
      pull.headRepositoryId === by.repositoryId && pull.headRef === branch && pull.mergedAt !== null,
  );
  deleteBranch(by, branch);
  for (const { number } of openOn(by, branch)) {
    if (merged) retarget(by, number, merged.pull.base);
    else close(by, number);
  }
}

/**
 * Renames the default branch: open pull requests follow, those merged before keep the old name
 * (https://github.com/github/renaming, https://github.com/Mergifyio/mergify/issues/4168).
 */
export function renameDefaultBranch(by: By, to: string): void {
  const { defaultBranch: from, branches } = repositoryOf(by);
  demand(by.actor, repositoryOf(by), "administer");
  const tip = branches.get(from);
  if (tip === undefined || branches.has(to))
    throw invalid({ resource: "Branch", code: "invalid", field: "new_name" });
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    defaultBranch: to,
    branches: withEntry(withoutEntry(now.branches, from), to, tip),
    updatedAt: by.store.stamp(),
  }));
  for (const { number } of openOn(by, from)) retarget(by, number, to);
  by.store.tell({
    event: "repository",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    changes: { default_branch: { from } },
  });
}

/** GitHub's own doing, in the name of whoever caused it: an event of another kind than a person's, and no webhook. */
function retarget(by: By, number: number, to: string): void {
  const { base: from, baseOid } = by.store.pull(by.repositoryId, number).pull;
  const tip = repositoryOf(by).branches.get(to) ?? baseOid;
  by.store.changePull(by.repositoryId, number, () => ({ base: to, baseOid: tip }));
  by.store.addEvent(by.repositoryId, number, by.actor, { kind: "automatic_base_change_succeeded", from, to });
  // The same commits under another name make nothing stale.
  if (tip !== baseOid) dismissForBase(by, number);
}

const pullsOf = (by: By): readonly PullThread[] => [...repositoryOf(by).threads.values()].filter(isPull);

const openOn = (by: By, branch: string): readonly PullThread[] =>
  pullsOf(by).filter(({ state, pull }) => state === "open" && pull.base === branch);
