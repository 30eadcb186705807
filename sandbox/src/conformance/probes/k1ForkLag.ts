import type { Kit } from "../kit.js";
import { Unsettled } from "../kit.js";
import type { Probe } from "../probe.js";

const ROUTE = "POST /repos/{owner}/{repo}/check-runs";
const BETWEEN = 250;
const LONGEST = 60_000;

/** Puts a check on a commit that has just come, again and again until GitHub lets it. */
async function known(kit: Kit, what: string, head: string): Promise<void> {
  const run = { name: kit.name("check"), head_sha: head, status: "completed", conclusion: "neutral" };
  const began = kit.place.now();
  for (let refusals = 0; ; refusals += 1) {
    const answer = await kit.ask("app", ROUTE, run);
    if (answer.status === 201) {
      kit.note(`${what}: the check, once GitHub has the commit`, "app", ROUTE, answer);
      return kit.measure(
        `${what}: known after`,
        `${((kit.place.now() - began) / 1000).toFixed(1)} s, ${refusals} refusals`,
      );
    }
    if (refusals === 0)
      kit.note(`${what}: the check, before that`, "app", ROUTE, answer, { sometimes: true });
    if (kit.place.now() - began > LONGEST)
      throw new Unsettled(`the commit was not known after a minute (${answer.status})`);
    await kit.wait(BETWEEN);
  }
}

export const forkLag: Probe = {
  id: "K1",
  kind: "fork-lag",
  asks: "how long REST does not know a commit that came by a fork, and in which words it says so",
  run: async (kit) => {
    const { head, branch } = await kit.openForkPull("lag");
    await known(kit, "a new pull request", head);
    const fork = await kit.fork();
    await known(kit, "a push", await kit.commit("second", fork.at, branch, `${branch}.md`, "Pushed.\n"));
    const other = kit.name("lag");
    const rewritten = await kit.branch("second", fork.at, fork.defaultBranch, other);
    await kit.do("second", `PATCH /repos/{owner}/{repo}/git/refs/heads/${branch}`, {
      ...fork.at,
      sha: rewritten,
      force: true,
    });
    await known(kit, "a forced push", rewritten);
  },
};
