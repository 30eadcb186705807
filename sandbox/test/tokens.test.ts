import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AT, asInstallation, asPerson, smallGitHub } from "./small.js";

/** What a person's token is for, and what it is not: as a reader of the record has one. */

let at: ReturnType<typeof smallGitHub>;
beforeEach(async () => {
  at = smallGitHub();
  await at.github.listen();
});
afterEach(() => at.github.close());

const status = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    (thrown: { status?: number }) => thrown.status,
  );

describe("a token of somebody who only reads", () => {
  it("reads what everybody sees, and is that person", async () => {
    const { github, number, writer } = at;
    const reader = asPerson(github, "a-reader");
    expect((await reader.rest.users.getAuthenticated()).data.login).toBe("a-reader");
    writer.comment(number, "By somebody else.");
    await reader.rest.issues.createComment({ ...AT, issue_number: number, body: "By the reader." });
    const { viewer, repository } = await reader.graphql<{
      viewer: { login: string };
      repository: { pullRequest: { comments: { nodes: { viewerDidAuthor: boolean }[] } } };
    }>(
      'query($n:Int!){viewer{login}repository(owner:"matrix-org",name:"matrix-spec-proposals"){pullRequest(number:$n){comments(first:9){nodes{viewerDidAuthor}}}}}',
      { n: number },
    );
    expect(viewer.login).toBe("a-reader");
    expect(repository.pullRequest.comments.nodes).toEqual([
      { viewerDidAuthor: false },
      { viewerDidAuthor: true },
    ]);
  });

  it("writes nothing of others', and no check run", async () => {
    const { github, number, writer } = at;
    const reader = asPerson(github, "a-reader");
    const { id: comment_id } = writer.comment(number, "By somebody else.");
    const { headOid } = github.pull(number).pull;
    const calls = [
      () => reader.rest.issues.updateComment({ ...AT, comment_id, body: "Mine." }),
      () => reader.rest.issues.deleteComment({ ...AT, comment_id }),
      () => reader.rest.issues.addLabels({ ...AT, issue_number: number, labels: ["proposal"] }),
      () => reader.rest.pulls.merge({ ...AT, pull_number: number }),
      () => reader.rest.checks.create({ ...AT, name: "msc-clerk", head_sha: headOid }),
    ];
    for (const call of calls) expect(await status(call())).toBe(403);
    expect(github.thread(number).comments.map(({ body }) => body)).toEqual(["By somebody else."]);
  });

  it("is not the App's: it sees no installations, and the App by its name only", async () => {
    const { github } = at;
    const reader = asPerson(github, "a-reader");
    expect(await status(reader.rest.apps.getAuthenticated())).toBe(401);
    expect(await status(reader.rest.apps.getRepoInstallation(AT))).toBe(401);
    expect(await status(reader.rest.apps.listReposAccessibleToInstallation())).toBe(403);
    expect((await reader.rest.apps.getBySlug({ app_slug: "msc-clerk" })).data).toMatchObject({
      id: github.app.id,
    });
    expect(await status(reader.rest.apps.getBySlug({ app_slug: "nobody-s" }))).toBe(404);
    expect((await reader.rest.users.getByUsername({ username: "msc-clerk[bot]" })).data).toMatchObject({
      id: github.app.botId,
      type: "Bot",
    });
  });

  it("is void once it was revoked", async () => {
    const reader = asPerson(at.github, "a-reader");
    at.github.revokeTokens();
    expect(await status(reader.rest.repos.get(AT))).toBe(401);
  });

  it("does not see a private repository, until somebody lets them in", async () => {
    const { github } = at;
    const reader = asPerson(github, "a-reader");
    const asked = () =>
      reader.graphql('query{repository(owner:"matrix-org",name:"matrix-spec-proposals"){isPrivate}}');
    github.setPrivate(true);
    expect(await status(reader.rest.repos.get(AT))).toBe(404);
    await expect(asked()).rejects.toThrow(/Could not resolve to a Repository/);
    expect(await status(asPerson(github, "richvdh").rest.repos.get(AT))).toBe(200);
    expect(await status(asInstallation(github).rest.repos.get(AT))).toBe(200);
    github.setLevel("a-reader", "read");
    expect(await asked()).toEqual({ repository: { isPrivate: true } });
  });
});

describe("another App", () => {
  const RUNS = `query($n:Int!,$app:Int){repository(owner:"matrix-org",name:"matrix-spec-proposals"){pullRequest(number:$n){
    commits(last:1){nodes{commit{checkSuites(first:9,filterBy:{appId:$app,checkName:"msc-clerk"}){nodes{app{slug}}}}}}}}}`;

  it("has check runs of its own, also of the same name", async () => {
    const { github, number } = at;
    const { headOid } = github.pull(number).pull;
    const clerk = asInstallation(github);
    const mine = await clerk.rest.checks.create({ ...AT, name: "msc-clerk", head_sha: headOid });
    const other = github.addApp("another-clerk");
    const theirs = other.check(number, { name: "msc-clerk", conclusion: "success" });
    other.check(number, { name: "lint", conclusion: "success" });
    const slugs = async (app: number | null) => {
      const answer = await asPerson(github, "a-reader").graphql(RUNS, { n: number, app });
      return [...JSON.stringify(answer).matchAll(/"slug":"([^"]+)"/g)].map(([, slug]) => slug);
    };
    expect(await slugs(null)).toEqual(["msc-clerk", "another-clerk"]);
    expect(await slugs(github.app.id)).toEqual(["msc-clerk"]);
    expect(github.checkOn(number)?.id).toBe(mine.data.id);
    const { data } = await clerk.rest.checks.get({ ...AT, check_run_id: theirs.id });
    expect(data.app?.slug).toBe("another-clerk");
    // Nobody writes another App's runs.
    expect(await status(clerk.rest.checks.update({ ...AT, check_run_id: theirs.id, status: "queued" }))).toBe(
      404,
    );
  });
});

describe("who put a reaction on", () => {
  it("names bots among the reactors, and leaves them out of the users", async () => {
    const { github, number, writer } = at;
    const { id } = writer.comment(number, "Look.");
    await asInstallation(github).rest.reactions.createForIssueComment({
      ...AT,
      comment_id: id,
      content: "eyes",
    });
    await asPerson(github, "a-reader").rest.reactions.createForIssueComment({
      ...AT,
      comment_id: id,
      content: "eyes",
    });
    const answer = await asPerson(github, "a-reader").graphql(
      `query($n:Int!){repository(owner:"matrix-org",name:"matrix-spec-proposals"){pullRequest(number:$n){comments(first:1){nodes{
        reactionGroups{content viewerHasReacted users(first:9){totalCount} reactors(first:9){nodes{__typename}}}}}}}}`,
      { n: number },
    );
    expect(JSON.stringify(answer)).toContain(
      '{"content":"EYES","viewerHasReacted":true,"users":{"totalCount":1},"reactors":{"nodes":[{"__typename":"Bot"},{"__typename":"User"}]}}',
    );
  });
});
