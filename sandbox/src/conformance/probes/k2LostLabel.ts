import { cold, errorsIn, GRAPHQL, listAt } from "../asking.js";
import type { Probe } from "../probe.js";

export const lostLabel: Probe = {
  id: "K2",
  kind: "lost-label",
  asks: "whether errors stand beside the event of a label that was deleted since",
  run: async (kit) => {
    const { number } = await kit.openForkPull("label");
    const name = kit.name("label");
    await kit.see("a label is made", "app", "POST /repos/{owner}/{repo}/labels", { name, color: "2ea44f" });
    kit.undo(`the label ${name}`, "app", "DELETE /repos/{owner}/{repo}/labels/{name}", { name });
    await kit.see("it is put on", "app", "POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
      issue_number: number,
      labels: [name],
    });
    await kit.see("it is deleted", "app", "DELETE /repos/{owner}/{repo}/labels/{name}", { name });
    const asked = cold(kit.place.appId, { ...kit.scratch, number });
    await kit.see("the pull request, read after that", "app", GRAPHQL, asked, {
      facts: (answer) => ({
        errors: errorsIn(answer),
        events: listAt(answer, "repository.pullRequest.timelineItems.nodes").map(({ __typename, label }) => ({
          kind: __typename,
          label: label === null ? null : "a label",
        })),
      }),
    });
  },
};
