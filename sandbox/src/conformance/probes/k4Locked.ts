import type { Kit } from "../kit.js";
import type { Probe } from "../probe.js";

/** Everything the clerk writes to a pull request, one after the other. */
async function writes(kit: Kit, when: string, number: number, head: string, comment: number): Promise<void> {
  const on = { issue_number: number };
  await kit.see(`${when}: a comment`, "app", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...on,
    body: kit.name("comment"),
  });
  await kit.see(
    `${when}: an edit of its own comment`,
    "app",
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: comment, body: kit.name("edited") },
  );
  await kit.see(
    `${when}: a reaction`,
    "app",
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    { comment_id: comment, content: "+1" },
  );
  const label = kit.name("label");
  kit.undo(`the label ${label}`, "app", "DELETE /repos/{owner}/{repo}/labels/{name}", { name: label });
  await kit.do("app", "POST /repos/{owner}/{repo}/labels", { name: label, color: "2ea44f" });
  await kit.see(`${when}: a label`, "app", "POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
    ...on,
    labels: [label],
  });
  await kit.see(`${when}: a check run`, "app", "POST /repos/{owner}/{repo}/check-runs", {
    name: kit.name("check"),
    head_sha: head,
    status: "completed",
    conclusion: "neutral",
  });
  await kit.see(
    `${when}: deletion of its own comment`,
    "app",
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    { comment_id: comment },
  );
}

async function ownComment(kit: Kit, number: number): Promise<number> {
  const { data } = await kit.do("app", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: number,
    body: kit.name("comment"),
  });
  return (data as { id: number }).id;
}

export const locked: Probe = {
  id: "K4",
  kind: "locked",
  asks: "what an App may write in a locked conversation, and where interactions are limited",
  run: async (kit) => {
    const { number, head } = await kit.openForkPull("locked");
    await kit.untilKnown(head);
    const comment = await ownComment(kit, number);
    const lock = { issue_number: number };
    kit.undo(
      `the lock of #${number}`,
      "second",
      "DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock",
      lock,
    );
    await kit.do("second", "PUT /repos/{owner}/{repo}/issues/{issue_number}/lock", lock);
    await writes(kit, "locked", number, head, comment);
    await kit.do("second", "DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock", lock);
    const again = await ownComment(kit, number);
    kit.undo("the interaction limit", "second", "DELETE /repos/{owner}/{repo}/interaction-limits");
    await kit.do("second", "PUT /repos/{owner}/{repo}/interaction-limits", {
      limit: "collaborators_only",
      expiry: "one_day",
    });
    await writes(kit, "interactions limited", number, head, again);
  },
};
