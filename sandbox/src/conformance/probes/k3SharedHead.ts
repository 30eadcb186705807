import { cold, errorsIn, GRAPHQL, listAt } from "../asking.js";
import type { Probe } from "../probe.js";

const ASSOCIATED = `query($owner:String!$repo:String!$oid:GitObjectID!){repository(owner:$owner name:$repo){object(oid:$oid){...on Commit{associatedPullRequests(first:10){nodes{number}}}}}}`;

export const sharedHead: Probe = {
  id: "K3",
  kind: "shared-head",
  asks: "which pull requests a commit names, where two from a fork have it as their head",
  run: async (kit) => {
    const fork = await kit.fork();
    const { number, head } = await kit.openForkPull("shared");
    const other = kit.name("shared");
    await kit.do("second", "POST /repos/{owner}/{repo}/git/refs", {
      ...fork.at,
      ref: `refs/heads/${other}`,
      sha: head,
    });
    kit.undo(`the branch ${other}`, "second", `DELETE /repos/{owner}/{repo}/git/refs/heads/${other}`, {
      ...fork.at,
    });
    const second = await kit.openPull("shared", `${fork.at.owner}:${other}`);
    await kit.untilKnown(head);
    const which = (numbers: readonly unknown[]) => ({
      first: numbers.includes(number),
      second: numbers.includes(second),
    });
    await kit.see(
      "REST: the pull requests of the commit",
      "app",
      "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
      { commit_sha: head },
      {
        facts: ({ data }) => which((data as { number: number }[]).map((one) => one.number)),
      },
    );
    await kit.see(
      "GraphQL: the pull requests of the commit",
      "app",
      GRAPHQL,
      { query: ASSOCIATED, variables: { ...kit.scratch, oid: head } },
      {
        facts: (answer) => ({
          errors: errorsIn(answer),
          ...which(listAt(answer, "repository.object.associatedPullRequests.nodes").map((one) => one.number)),
        }),
      },
    );
    for (const [which, one] of [
      ["first", number],
      ["second", second],
    ] as const)
      await kit.see(
        `the ${which} pull request`,
        "app",
        GRAPHQL,
        cold(kit.place.appId, { ...kit.scratch, number: one }),
        {
          facts: (answer) => ({
            errors: errorsIn(answer),
            heads: listAt(answer, "repository.pullRequest.commits.nodes").length,
          }),
        },
      );
  },
};
