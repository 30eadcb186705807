import { addCommit, mergedTree } from "../commits.js";
import { demand } from "../permissions.js";
import { Refusal } from "../refusal.js";
import type { QueueEntry, Repository } from "../state.js";
import { withoutEntry } from "../store.js";
import { type By, repositoryOf } from "./by.js";
import { markMerged, moveBranch, signatureOf } from "./pushes.js";

/** GitHub's default: a group whose required check does not report within this is thrown out of the queue. */
const TIMEOUT = 3_600_000;

/** What a rule for the default branch requires of a merge group. */
const REQUIRED = "msc-clerk";

/** As it shows at `now`: the first whose time was up took those behind it out of their groups, so nothing behind it stands. */
export function shownQueue({ queue }: Repository, now: number): readonly QueueEntry[] {
  const late = queue.findIndex(({ enqueuedAt }) => now - enqueuedAt >= TIMEOUT);
  return late === -1 ? queue : queue.slice(0, late);
}

/**
 * "Merge when ready": GitHub makes the group's own commit, asks for its checks and waits for them. Each group holds those before it.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
export function enqueue(by: By, number: number): QueueEntry {
  const thread = by.store.pull(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "merge");
  const repository = withoutLate(by);
  const { pull } = thread;
  if (thread.state !== "open" || pull.draft || pull.base !== repository.defaultBranch)
    throw new Refusal(422, "Pull Request is not mergeable");
  if (outcomeOf(repository, pull.headOid) !== "passed")
    throw new Refusal(422, `Required status check "${REQUIRED}" is expected.`);
  const baseOid = repository.queue.at(-1)?.headOid ?? repository.branches.get(pull.base) ?? "";
  return addEntry(by, number, baseOid, by.store.stamp());
}

function addEntry(by: By, number: number, baseOid: string, enqueuedAt: number): QueueEntry {
  const { headOid: tip, base } = by.store.pull(by.repositoryId, number).pull;
  const files = mergedTree(by.store.state, baseOid, tip);
  if (files === null) throw new Refusal(422, "Pull Request has merge conflicts");
  const signature = signatureOf(by);
  const { oid } = addCommit(by.store, {
    parents: [baseOid, tip],
    files,
    message: `Merge pull request #${number}`,
    author: signature,
    committer: { ...signature, name: "GitHub", email: "noreply@github.com", accountId: null },
  });
  const branch = `gh-readonly-queue/${base}/pr-${number}-${baseOid}`;
  const entry = { number, enqueuedById: by.actor.accountId, enqueuedAt, branch, headOid: oid, baseOid };
  by.store.changeRepository(by.repositoryId, (now) => ({ ...now, queue: [...now.queue, entry] }));
  moveBranch(by, branch, oid);
  tell(by, "checks_requested", entry);
  return entry;
}

/** A check has reported: what has passed at the head of the queue is merged, what has failed leaves it. */
export function progress(by: By): void {
  for (let [first] = withoutLate(by).queue; first !== undefined; [first] = repositoryOf(by).queue) {
    const outcome = outcomeOf(repositoryOf(by), first.headOid);
    if (outcome === "waits") return;
    const merger: By = { ...by, actor: { accountId: first.enqueuedById, app: null } };
    if (outcome === "failed") {
      leave(merger, first, "dequeued");
      continue;
    }
    const { base } = by.store.pull(by.repositoryId, first.number).pull;
    take(merger, first, "merged");
    markMerged(merger, first.number, first.headOid);
    moveBranch(merger, base, first.headOid);
  }
}

/** Those behind it stood on its commit: each gets a group anew, and its checks are asked for again. */
function leave(by: By, gone: QueueEntry, reason: "invalidated" | "dequeued"): void {
  const { queue, branches, defaultBranch } = repositoryOf(by);
  const behind = queue.slice(queue.indexOf(gone) + 1);
  take(by, gone, reason);
  for (const entry of behind) take(by, entry, "invalidated");
  for (const { number, enqueuedById } of behind) {
    const baseOid = repositoryOf(by).queue.at(-1)?.headOid ?? branches.get(defaultBranch) ?? "";
    addEntry({ ...by, actor: { accountId: enqueuedById, app: null } }, number, baseOid, by.store.stamp());
  }
}

function take(by: By, entry: QueueEntry, reason: "merged" | "invalidated" | "dequeued"): void {
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    queue: now.queue.filter((one) => one !== entry),
    branches: withoutEntry(now.branches, entry.branch),
  }));
  tell(by, "destroyed", entry, reason);
}

/** What has waited too long is thrown out when somebody next looks. */
function withoutLate(by: By): Repository {
  const now = by.store.clock.now();
  const late = repositoryOf(by).queue.find(({ enqueuedAt }) => now - enqueuedAt >= TIMEOUT);
  if (late === undefined) return repositoryOf(by);
  leave({ ...by, actor: { accountId: late.enqueuedById, app: null } }, late, "dequeued");
  return withoutLate(by);
}

function outcomeOf({ runs, suites }: Repository, oid: string): "passed" | "failed" | "waits" {
  const run = [...runs.values()]
    .filter(
      ({ headOid, name, suiteId }) =>
        headOid === oid && name === REQUIRED && suites.get(suiteId)?.appId === null,
    )
    .at(-1);
  if (run?.status !== "completed") return "waits";
  return run.conclusion === "success" || run.conclusion === "neutral" ? "passed" : "failed";
}

function tell(
  by: By,
  action: "checks_requested" | "destroyed",
  entry: QueueEntry,
  reason?: "merged" | "invalidated" | "dequeued",
): void {
  by.store.tell({
    event: "merge_group",
    action,
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    entry,
    ...(reason !== undefined && { reason }),
  });
}
