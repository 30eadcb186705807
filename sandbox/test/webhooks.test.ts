import { createHmac } from "node:crypto";
import { schemas } from "@octokit/openapi-webhooks";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Delivery } from "../src/webhooks/delivery.js";
import { AT, asInstallation, listener, SECRET, smallGitHub } from "./small.js";

interface Published {
  readonly webhooks: Readonly<
    Record<
      string,
      {
        readonly post: {
          readonly requestBody: {
            readonly content: { readonly "application/json": { readonly schema: object } };
          };
        };
      }
    >
  >;
}

const published = schemas["api.github.com"] as unknown as Published;
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv
  .addFormat("uri-template", true)
  .addFormat("repo.nwo", true)
  .addFormat("int64", true)
  .addFormat("int32", true)
  .addFormat("uri", true);
ajv.addSchema({ ...published, $id: "https://github.test/webhooks" });

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with it by the schema GitHub publishes for its event and action. */
function faultsOf({ event, action, payload }: Delivery): readonly string[] {
  const name = [event, action].filter(Boolean).join("-").replaceAll("_", "-");
  const hook = published.webhooks[name];
  if (!hook) return [`GitHub publishes no webhook ${name}`];
  const check =
    compiled.get(name) ?? ajv.compile(pointed(hook.post.requestBody.content["application/json"].schema));
  compiled.set(name, check);
  check(JSON.parse(JSON.stringify(payload)));
  return (
    (check.errors ?? [])
      // Of a fork that is gone GitHub sends null, whatever its schema says.
      .filter(
        ({ instancePath, message }) =>
          !(instancePath === "/pull_request/head/repo" && message === "must be object"),
      )
      // Its list of an App's events is older than merge queues.
      .filter(
        ({ instancePath, keyword }) => !(/\/app\/events\/\d+$/.test(instancePath) && keyword === "enum"),
      )
      .map(
        ({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
      )
  );
}

const pointed = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"https://github.test/webhooks#/components'));

/** A sandbox in which everything that a webhook tells of has happened once. */
async function everything() {
  const made = smallGitHub();
  const { github, admin, writer, outsider, number, clock } = made;
  await github.listen();
  const later = () => clock.advance(1500);
  const msc = { "proposals/1-text.md": "Two.\n" };
  await later();
  writer.label(number, "proposal");
  writer.unlabel(number, "proposal");
  outsider.push(number, msc);
  await later();
  outsider.forcePush(number, { "proposals/1-text.md": "Three.\n" });
  outsider.edit(number, { title: "MSC1: a text", body: "" });
  admin.pushTo("unstable", { "x.md": "x" });
  outsider.edit(number, { base: "unstable" });
  outsider.edit(number, { base: "main" });
  outsider.toDraft(number);
  outsider.ready(number);
  outsider.close(number);
  outsider.reopen(number);
  admin.lock(number);
  admin.unlock(number);
  const comment = outsider.comment(number, "Hello");
  await later();
  writer.editComment(comment.id, "Hello, you");
  writer.deleteComment(comment.id);
  const review = writer.review(number, {
    event: "APPROVE",
    body: "Good",
    comments: [{ path: "proposals/1-text.md", line: 1, body: "Nice" }],
  });
  writer.editReview(review.id, "Very good");
  admin.dismiss(review.id);
  const inline = outsider.inlineComment(number, "proposals/1-text.md", 1, "Why?");
  writer.replyInline(number, inline.id, "Because.");
  outsider.editInline(inline.id, "Why not?");
  const thread = outsider.inlineComment(number, "proposals/1-text.md", 1, "Sure?");
  outsider.resolveThread(thread.id);
  outsider.resolveThread(thread.id, false);
  outsider.deleteInline(inline.id);
  admin.createLabel("kind:core");
  admin.renameLabel("kind:core", "kind:feature");
  admin.deleteLabel("kind:feature");
  admin.pushTo(null, { ".github/msc-clerk.yml": "version: 1\n", "README.md": null });
  const issue = outsider.openIssue("A question");
  outsider.comment(issue.number, "Nobody?");
  const octokit = asInstallation(github);
  const run = await octokit.rest.checks.create({
    ...AT,
    name: "msc-clerk",
    head_sha: github.pull(number).pull.headOid,
    status: "in_progress",
  });
  await octokit.rest.checks.update({
    ...AT,
    check_run_id: run.data.id,
    conclusion: "success",
    output: { title: "t", summary: "s" },
  });
  const queued = { ...AT, name: "msc-clerk", head_sha: admin.enqueue(number) };
  await octokit.rest.checks.create({ ...queued, conclusion: "failure" });
  admin.rerunCheck(run.data.id);
  admin.rerunChecks(number);
  github.setDefaultBranch("unstable");
  github.setDefaultBranch("main");
  github.renameRepository("proposals");
  github.setArchived(true);
  github.setArchived(false);
  github.setInstalled(false);
  github.setInstalled(true);
  github.deleteUser("newcomer");
  writer.label(number, "proposal");
  writer.merge(number);
  admin.deleteBranch("unstable");
  const own = writer.openPull({ title: "MSC2: own", files: { "proposals/2.md": "x" }, branch: "msc2" });
  github.setDismissStaleReviews(true);
  admin.approve(own.number);
  writer.push(own.number, { "proposals/2.md": "y" });
  const lost = github
    .addUser("leaver")
    .openPull({ title: "MSC3: lost fork", files: { "proposals/3.md": "x" } });
  github.deleteRepository(lost.pull.headRepositoryId ?? 0);
  writer.label(lost.number, "proposal");
  await github.close();
  return made;
}

describe("webhooks", async () => {
  const { github } = await everything();
  const { log } = github.deliveries;
  const names = [
    ...new Set(log.map(({ event, action }) => [event, action].filter(Boolean).join("."))),
  ].sort();

  it("the sandbox tells of everything the App subscribes to", () => {
    expect(names).toEqual([
      "check_run.completed",
      "check_run.created",
      "check_run.rerequested",
      "check_suite.requested",
      "check_suite.rerequested",
      "installation_repositories.added",
      "installation_repositories.removed",
      "issue_comment.created",
      "issue_comment.deleted",
      "issue_comment.edited",
      "label.created",
      "label.deleted",
      "label.edited",
      "merge_group.checks_requested",
      "merge_group.destroyed",
      "pull_request.closed",
      "pull_request.converted_to_draft",
      "pull_request.edited",
      "pull_request.labeled",
      "pull_request.locked",
      "pull_request.opened",
      "pull_request.ready_for_review",
      "pull_request.reopened",
      "pull_request.synchronize",
      "pull_request.unlabeled",
      "pull_request.unlocked",
      "pull_request_review.dismissed",
      "pull_request_review.edited",
      "pull_request_review.submitted",
      "pull_request_review_comment.created",
      "pull_request_review_comment.deleted",
      "pull_request_review_comment.edited",
      "pull_request_review_thread.resolved",
      "pull_request_review_thread.unresolved",
      "push",
      "repository.archived",
      "repository.edited",
      "repository.renamed",
      "repository.unarchived",
    ]);
  });

  it.each(names)("%s is as GitHub's published webhook schema has it", (name) => {
    const these = log.filter(({ event, action }) => [event, action].filter(Boolean).join(".") === name);
    expect([...new Set(these.flatMap(faultsOf))]).toEqual([]);
  });

  it("a wrong payload does not pass that schema", () => {
    const labeled = log.find(({ event, action }) => event === "pull_request" && action === "labeled");
    if (!labeled) throw new Error("nothing was labelled");
    expect(faultsOf({ ...labeled, payload: { ...labeled.payload, number: "1" } })).not.toEqual([]);
  });
});

describe("delivery", () => {
  it("is signed, named and numbered as GitHub does it, to the byte", async () => {
    const ear = await listener();
    const { github, outsider, number } = smallGitHub({ webhookUrl: ear.url });
    outsider.comment(number, "Größe 🙂");
    await github.idle();
    const heard = ear.heard.find(({ headers }) => headers["x-github-event"] === "issue_comment");
    expect(heard?.headers["x-hub-signature-256"]).toBe(
      `sha256=${createHmac("sha256", SECRET)
        .update(heard?.text ?? "")
        .digest("hex")}`,
    );
    expect(heard?.headers["x-github-delivery"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(heard?.text ?? "")).toMatchObject({
      action: "created",
      comment: { body: "Größe 🙂" },
      installation: { id: github.app.installationId },
    });
    ear.close();
  });

  it("a webhook that is refused is never sent again", async () => {
    const ear = await listener(500);
    const { github, outsider, number } = smallGitHub();
    github.webhooksTo(ear.url);
    outsider.comment(number, "one");
    await github.idle();
    expect(ear.heard).toHaveLength(1);
    expect(github.deliveries.log.at(-1)).toMatchObject({ outcome: "failed", status: 500 });
    ear.close();
  });

  it("can be lost, doubled, and held back to come in any order", async () => {
    const ear = await listener();
    const { github, outsider, number } = smallGitHub();
    github.webhooksTo(ear.url);
    github.faults.lose = ({ sequence }) => sequence % 2 === 0;
    const before = github.deliveries.log.length;
    for (let i = 0; i < 4; i++) outsider.comment(number, `${i}`);
    await github.idle();
    expect(ear.heard).toHaveLength(2);
    expect(github.deliveries.log.slice(before).filter(({ outcome }) => outcome === "lost")).toHaveLength(2);

    github.faults.clear();
    github.faults.double = () => true;
    ear.heard.length = 0;
    outsider.comment(number, "twice");
    await github.idle();
    expect(ear.heard.map(({ headers }) => headers["x-github-delivery"])).toHaveLength(2);
    expect(new Set(ear.heard.map(({ headers }) => headers["x-github-delivery"])).size).toBe(1);

    github.faults.clear();
    github.faults.holdWebhooks = true;
    ear.heard.length = 0;
    for (const body of ["a", "b", "c"]) outsider.comment(number, body);
    await github.idle();
    expect(ear.heard).toEqual([]);
    await github.deliverHeld(() => 0.99);
    const bodies = ear.heard.map(
      ({ text }) => (JSON.parse(text) as { comment: { body: string } }).comment.body,
    );
    expect([...bodies].sort()).toEqual(["a", "b", "c"]);
    expect(github.deliveries.held).toEqual([]);
    ear.close();
  });

  it("nothing is told to an App that is not installed, or of an event it has not subscribed to", async () => {
    const { github, outsider, number } = smallGitHub({ events: ["issue_comment"] });
    const before = github.deliveries.log.length;
    outsider.toDraft(number);
    expect(github.deliveries.log).toHaveLength(before);
    outsider.comment(number, "x");
    expect(github.deliveries.log).toHaveLength(before + 1);
    github.setInstalled(false);
    outsider.comment(number, "y");
    expect(github.deliveries.log.slice(before + 1).map(({ event }) => event)).toEqual([
      "installation_repositories",
    ]);
  });
});
