import { at, cold, GRAPHQL, listAt } from "../asking.js";
import type { Kit } from "../kit.js";
import type { AnswerSeen } from "../place.js";
import type { Probe } from "../probe.js";

const PULL = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const MERGE = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";
const HISTORY = `query($owner:String!$repo:String!$path:String!){repository(owner:$owner name:$repo){defaultBranchRef{target{...on Commit{history(first:20 path:$path){nodes{oid associatedPullRequests(first:5){nodes{number merged}}}}}}}}}`;

/** Two pull requests, one upon the other; the lower is merged and its branch deleted. */
async function stacked(kit: Kit, main: string): Promise<number> {
  const lower = kit.name("lower");
  await kit.branch("second", kit.scratch, main, lower);
  const lowerPull = await kit.openPull("lower", lower, main);
  const upper = kit.name("upper");
  await kit.branch("second", kit.scratch, lower, upper);
  const number = await kit.openPull("upper", upper, lower);
  const asked = { pull_number: number, event: "APPROVE", body: kit.name("approval") };
  await kit.see(
    "the App approves the upper one",
    "app",
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    asked,
  );
  await kit.see("the lower one is merged", "second", MERGE, {
    pull_number: lowerPull,
    merge_method: "merge",
  });
  await kit.see("its branch is deleted", "second", `DELETE /repos/{owner}/{repo}/git/refs/heads/{branch}`, {
    branch: lower,
  });
  await kit.wait(5000);
  return number;
}

const eventsOf = (answer: AnswerSeen, names: ReadonlyMap<string, string>) => {
  const called = (value: unknown) =>
    typeof value === "string" ? (names.get(value) ?? "another branch") : null;
  return listAt(answer, "repository.pullRequest.timelineItems.nodes").map((event) => ({
    kind: event.__typename,
    actor: (event.actor as { __typename?: string } | null)?.__typename ?? null,
    from: called(event.oldBase ?? event.previousRefName),
    to: called(event.newBase ?? event.currentRefName),
    message: event.dismissalMessage ?? null,
    commit: event.pullRequestCommit == null ? null : "a commit",
  }));
};

/** A file is changed by three merges, one of each kind; the rebase brings two commits. */
async function threeMerges(kit: Kit, main: string): Promise<void> {
  const path = `${kit.name("file")}.yml`;
  const merged: number[] = [];
  for (const method of ["merge", "squash", "rebase"] as const) {
    const branch = kit.name(method);
    await kit.branch("second", kit.scratch, main, branch, { [path]: `${method}: 1\n` });
    if (method === "rebase") await kit.commit("second", kit.scratch, branch, path, "rebase: 2\n");
    const number = await kit.openPull(method, branch, main);
    await kit.wait(2000);
    await kit.see(`the file is changed by a ${method}`, "second", MERGE, {
      pull_number: number,
      merge_method: method,
    });
    merged.push(number);
  }
  await kit.wait(3000);
  await kit.see(
    "the history of the file",
    "app",
    GRAPHQL,
    { query: HISTORY, variables: { ...kit.scratch, path } },
    {
      facts: (answer) =>
        listAt(answer, "repository.defaultBranchRef.target.history.nodes").map(
          ({ associatedPullRequests }) => {
            const { nodes } = associatedPullRequests as { nodes: readonly { number: number }[] };
            return nodes.map(
              ({ number }) => ["merge", "squash", "rebase"][merged.indexOf(number)] ?? "another",
            );
          },
        ),
    },
  );
}

export const bases: Probe = {
  id: "K10",
  kind: "bases",
  asks: "what becomes of pull requests when their base is merged, deleted or renamed, and which one brought a commit",
  run: async (kit) => {
    const main = await kit.defaultBranch();
    const { data } = await kit.do("second", "GET /repos/{owner}/{repo}/branches/{branch}", { branch: main });
    kit.undo("what was merged", "second", `PATCH /repos/{owner}/{repo}/git/refs/heads/${main}`, {
      sha: (data as { commit: { sha: string } }).commit.sha,
      force: true,
    });
    const upper = await stacked(kit, main);
    const asked = cold(kit.place.appId, { ...kit.scratch, number: upper });
    const seen = await kit.ask("app", GRAPHQL, asked);
    const lower = listAt(seen, "repository.pullRequest.timelineItems.nodes").find(
      ({ oldBase }) => oldBase !== undefined,
    )?.oldBase;
    const names = new Map([
      [main, "the default branch"],
      [String(lower), "the lower branch"],
    ]);
    kit.note("the upper one, after that", "app", GRAPHQL, seen, {
      facts: (answer) => ({
        base:
          at(answer, "repository.pullRequest.baseRefName") === main ? "the default branch" : "another branch",
        state: at(answer, "repository.pullRequest.state"),
        events: eventsOf(answer, names),
        reviews: listAt(answer, "repository.pullRequest.reviews.nodes").map(({ state }) => state),
      }),
    });
    await threeMerges(kit, main);
    const landed = kit.name("landed");
    await kit.branch("second", kit.scratch, main, landed);
    const merged = await kit.openPull("landed", landed, main);
    await kit.wait(2000);
    await kit.do("second", MERGE, { pull_number: merged });
    const renamed = kit.name("main");
    kit.undo(
      `the name of the branch ${main}`,
      "second",
      `POST /repos/{owner}/{repo}/branches/{branch}/rename`,
      { branch: renamed, new_name: main },
    );
    await kit.see(
      "the default branch is renamed",
      "second",
      "POST /repos/{owner}/{repo}/branches/{branch}/rename",
      { branch: main, new_name: renamed },
    );
    await kit.wait(5000);
    const baseOf = ({ data }: AnswerSeen) => {
      const { ref } = (data as { base: { ref: string } }).base;
      return ref === renamed ? "the new name" : ref === main ? "the old name" : "another branch";
    };
    await kit.see("an open pull request, after that", "app", PULL, { pull_number: upper }, { facts: baseOf });
    await kit.see(
      "a merged pull request, after that",
      "app",
      PULL,
      { pull_number: merged },
      { facts: baseOf },
    );
  },
};
