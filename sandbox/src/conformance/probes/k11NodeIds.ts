import { GRAPHQL, listAt } from "../asking.js";
import type { Kit } from "../kit.js";
import type { Probe } from "../probe.js";

const IDS = `query($owner:String!$repo:String!$number:Int!){repository(owner:$owner name:$repo){pullRequest(number:$number){comments(first:10){nodes{id}}reviews(first:10){nodes{id}}timelineItems(first:20 itemTypes:[LABELED_EVENT CLOSED_EVENT REOPENED_EVENT]){nodes{...on Node{id}}}commits(last:1){nodes{commit{checkSuites(first:5){nodes{checkRuns(first:5){nodes{id}}}}}}}}}}`;
const PATHS = ["comments.nodes", "reviews.nodes", "timelineItems.nodes"];

async function ids(kit: Kit, number: number, headers: Readonly<Record<string, string>>) {
  const answer = await kit.ask("app", GRAPHQL, {
    query: IDS,
    variables: { ...kit.scratch, number },
    headers,
  });
  return PATHS.map((path) => listAt(answer, `repository.pullRequest.${path}`).map(({ id }) => id));
}

export const nodeIds: Probe = {
  id: "K11",
  kind: "node-ids",
  asks: "whether ids of nodes are the same in the old form and the new",
  run: async (kit) => {
    const { number } = await kit.openForkPull("ids");
    await kit.do("app", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      issue_number: number,
      body: kit.name("comment"),
    });
    await kit.do("app", "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      pull_number: number,
      event: "COMMENT",
      body: kit.name("review"),
    });
    for (const state of ["closed", "open"])
      await kit.do("second", "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
        pull_number: number,
        state,
      });
    const plain = await ids(kit, number, {});
    const next = await ids(kit, number, { "X-Github-Next-Global-ID": "1" });
    kit.fact("ids as they are, and as they will be, of comments, reviews and events", {
      counts: plain.map((list) => list.length),
      same: PATHS.map((_, index) => plain[index]?.join() === next[index]?.join()),
    });
  },
};
