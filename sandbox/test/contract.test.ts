import { createSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse, print, separateOperations } from "graphql";
import { DAY } from "msc-clerk/domain/text/time.js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { AT, asApp, asInstallation, asPerson, KEY, listener, OWNER, REPO, smallGitHub } from "./small.js";

/** What GitHub documents, held against the sandbox through GitHub's own client. */
async function listening(options: Parameters<typeof smallGitHub>[0] = {}) {
  const made = smallGitHub(options);
  await made.github.listen();
  onTestFinished(() => made.github.close());
  return {
    ...made,
    octokit: asInstallation(made.github),
    app: asApp(made.github),
    person: (login: string) => asPerson(made.github, login),
  };
}

interface RequestFault {
  readonly status: number;
  readonly response: {
    readonly data: { readonly message: string; readonly errors?: unknown };
    readonly headers: Record<string, string>;
  };
}

async function refusal(
  promise: Promise<unknown>,
): Promise<{ status: number; message: string; errors: unknown; headers: Record<string, string> }> {
  try {
    await promise;
  } catch (thrown) {
    const { status, response } = thrown as RequestFault;
    return {
      status,
      message: response.data.message,
      errors: response.data.errors,
      headers: response.headers,
    };
  }
  throw new Error("nothing was refused");
}

describe("signing in", () => {
  it("the App signs in with its key and sees its installation and repositories", async () => {
    const { app, octokit, github } = await listening();
    expect((await app.rest.apps.getAuthenticated()).data).toMatchObject({
      id: github.app.id,
      slug: "msc-clerk",
      permissions: { contents: "read", checks: "write" },
    });
    expect((await app.rest.apps.listInstallations()).data.map(({ id }) => id)).toEqual([
      github.app.installationId,
    ]);
    expect((await app.rest.apps.getRepoInstallation(AT)).data.id).toBe(github.app.installationId);
    const { data } = await octokit.rest.apps.listReposAccessibleToInstallation();
    expect(data).toMatchObject({ total_count: 1, repositories: [{ full_name: `${OWNER}/${REPO}` }] });
  });

  it("answers under /api/v3 and /api/graphql as well, the way an Enterprise Server does", async () => {
    const { github, person } = await listening();
    const octokit = person("richvdh");
    const { data } = await octokit.request("GET /user", { baseUrl: `${github.url}/api/v3` });
    expect(data.login).toBe("richvdh");
    const answer = await octokit.graphql<{ viewer: { login: string } }>("{viewer{login}}", {
      baseUrl: `${github.url}/api/v3`,
    });
    expect(answer.viewer.login).toBe("richvdh");
  });

  it("a JWT of another key, another App, past its time or for too long is turned away", async () => {
    const { github } = await listening();
    const now = Math.floor(Date.now() / 1000);
    const jwt = (claims: object, tamper = false) => {
      const text = [{ alg: "RS256", typ: "JWT" }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
        .join(".");
      const signature = createSign("RSA-SHA256")
        .update(tamper ? `${text}x` : text)
        .sign(KEY, "base64url");
      return `${text}.${signature}`;
    };
    const status = async (token: string) =>
      (await fetch(`${github.url}/app`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await status(jwt({ iat: now - 30, exp: now + 570, iss: github.app.id }))).toBe(200);
    expect(await status(jwt({ iat: now - 30, exp: now + 570, iss: github.app.id }, true))).toBe(401);
    expect(await status(jwt({ iat: now - 900, exp: now - 300, iss: github.app.id }))).toBe(401);
    expect(await status(jwt({ iat: now, exp: now + 3600, iss: github.app.id }))).toBe(401);
    expect(await status(jwt({ iat: now - 30, exp: now + 570, iss: 4711 }))).toBe(404);
    expect(await status("nonsense")).toBe(401);
  });

  it("a token that is void gets a 401, and no token none of the writes", async () => {
    const { github, octokit, number } = await listening();
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const post = (authorization?: string) =>
      fetch(`${github.url}/repos/${OWNER}/${REPO}/issues/${number}/comments`, {
        method: "POST",
        body: JSON.stringify({ body: "x" }),
        headers: authorization === undefined ? {} : { authorization },
      });
    expect((await post(`token ${token}`)).status).toBe(201);
    github.revokeTokens();
    const refused = await post(`token ${token}`);
    expect([refused.status, await refused.json()]).toMatchObject([401, { message: "Bad credentials" }]);
    expect((await post()).status).toBe(401);
  });

  it("a suspended installation gets no token", async () => {
    const { github, app } = await listening();
    github.setSuspended(true);
    const ask = () =>
      app.rest.apps.createInstallationAccessToken({ installation_id: github.app.installationId });
    expect(await refusal(ask())).toMatchObject({
      status: 403,
      message: "This installation has been suspended",
    });
    github.setSuspended(false);
    expect((await ask()).status).toBe(201);
  });

  it("what the App has no permission for is a 403, what it is not installed on a 404", async () => {
    const { octokit, github, number, outsider } = await listening({
      permissions: { metadata: "read", pull_requests: "read" },
    });
    expect(
      await refusal(octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "x" })),
    ).toMatchObject({ status: 403, message: "Resource not accessible by integration" });
    expect(
      await refusal(
        octokit.rest.checks.create({ ...AT, name: "x", head_sha: github.pull(number).pull.headOid }),
      ),
    ).toMatchObject({ status: 403 });
    expect(await refusal(octokit.rest.repos.getContent({ ...AT, path: "README.md" }))).toMatchObject({
      status: 403,
      headers: { "x-accepted-github-permissions": "contents=read" },
    });
    const fork = outsider.fork();
    expect(await refusal(octokit.rest.repos.get({ owner: "newcomer", repo: fork.name }))).toMatchObject({
      status: 404,
    });
    github.setInstalled(false);
    expect(await refusal(octokit.rest.pulls.get({ ...AT, pull_number: number }))).toMatchObject({
      status: 404,
    });
  });
});

describe("permissions", () => {
  it("nobody approves or requests changes on their own pull request; a comment is allowed", async () => {
    const { person, number } = await listening();
    const at = { ...AT, pull_number: number };
    const own = person("newcomer").rest.pulls;
    expect(await refusal(own.createReview({ ...at, event: "APPROVE" }))).toMatchObject({
      status: 422,
      errors: ["Can not approve your own pull request"],
    });
    expect(await refusal(own.createReview({ ...at, event: "REQUEST_CHANGES", body: "no" }))).toMatchObject({
      status: 422,
      errors: ["Can not request changes on your own pull request"],
    });
    expect((await own.createReview({ ...at, event: "COMMENT", body: "hm" })).data.state).toBe("COMMENTED");
    expect((await person("uhoreg").rest.pulls.createReview({ ...at, event: "APPROVE" })).data.state).toBe(
      "APPROVED",
    );
  });

  it("an outsider may comment, and neither label nor change what others wrote; triage may label, not edit", async () => {
    const { person, number, writer } = await listening();
    const { id } = writer.comment(number, "mine");
    const issues = person("newcomer").rest.issues;
    expect((await issues.createComment({ ...AT, issue_number: number, body: "hello" })).status).toBe(201);
    expect(
      await refusal(issues.addLabels({ ...AT, issue_number: number, labels: ["proposal"] })),
    ).toMatchObject({ status: 403 });
    expect(await refusal(issues.updateComment({ ...AT, comment_id: id, body: "yours" }))).toMatchObject({
      status: 403,
    });
    expect(await refusal(issues.deleteComment({ ...AT, comment_id: id }))).toMatchObject({ status: 403 });
    const triage = person("uhoreg").rest.issues;
    expect(
      (await triage.addLabels({ ...AT, issue_number: number, labels: ["proposal"] })).data.map(
        ({ name }) => name,
      ),
    ).toEqual(["proposal"]);
    expect(await refusal(triage.updateComment({ ...AT, comment_id: id, body: "yours" }))).toMatchObject({
      status: 403,
    });
    expect(await refusal(triage.createLabel({ ...AT, name: "new" }))).toMatchObject({ status: 403 });
  });

  it("who may write edits anyone's comment, the App's too, and the App may edit others'", async () => {
    const { octokit, person, number, outsider } = await listening();
    const { data: own } = await octokit.rest.issues.createComment({
      ...AT,
      issue_number: number,
      body: "by the App",
    });
    expect(own.user).toMatchObject({ login: "msc-clerk[bot]", type: "Bot" });
    expect(
      (await person("richvdh").rest.issues.updateComment({ ...AT, comment_id: own.id, body: "changed" })).data
        .body,
    ).toBe("changed");
    const { id } = outsider.comment(number, "hello");
    expect(
      (await octokit.rest.issues.updateComment({ ...AT, comment_id: id, body: "moderated" })).data.user
        ?.login,
    ).toBe("newcomer");
  });

  it("only Apps write check runs, and merging needs the permission to write contents", async () => {
    const { octokit, person, number, github } = await listening();
    const { headOid } = github.pull(number).pull;
    expect(
      await refusal(person("ara4n").rest.checks.create({ ...AT, name: "x", head_sha: headOid })),
    ).toMatchObject({ status: 403 });
    expect(await refusal(octokit.rest.pulls.merge({ ...AT, pull_number: number }))).toMatchObject({
      status: 403,
    });
    expect(await refusal(person("newcomer").rest.pulls.merge({ ...AT, pull_number: number }))).toMatchObject({
      status: 403,
    });
    expect(
      await refusal(person("richvdh").rest.pulls.merge({ ...AT, pull_number: number, sha: "0".repeat(40) })),
    ).toMatchObject({ status: 409 });
    expect(
      (await person("richvdh").rest.pulls.merge({ ...AT, pull_number: number, sha: headOid })).data.merged,
    ).toBe(true);
    expect(await refusal(person("richvdh").rest.pulls.merge({ ...AT, pull_number: number }))).toMatchObject({
      status: 405,
    });
    expect((await octokit.rest.pulls.get({ ...AT, pull_number: number })).data).toMatchObject({
      merged: true,
      state: "closed",
      merged_by: { login: "richvdh" },
    });
    expect(github.fileText("proposals/1-text.md")).toBe("One.\n");
  });

  it("an App with contents write may merge", async () => {
    const { octokit, number } = await listening({
      permissions: { metadata: "read", contents: "write", pull_requests: "write" },
    });
    expect(
      (await octokit.rest.pulls.merge({ ...AT, pull_number: number, merge_method: "squash" })).data.merged,
    ).toBe(true);
  });

  it("an App reacts on a pull request with pull_requests write, and with issues write alone it does not", async () => {
    const alone = await listening({ permissions: { metadata: "read", issues: "write" } });
    const at = { ...AT, content: "+1" } as const;
    const comment = alone.outsider.comment(alone.number, "x").id;
    expect(
      await refusal(alone.octokit.rest.reactions.createForIssueComment({ ...at, comment_id: comment })),
    ).toMatchObject({ status: 403 });
    const { octokit, outsider, number } = await listening({
      permissions: { metadata: "read", pull_requests: "write" },
    });
    const other = outsider.comment(number, "x").id;
    expect((await octokit.rest.reactions.createForIssueComment({ ...at, comment_id: other })).status).toBe(
      201,
    );
  });

  it("with Issues off none is made, and no label by an App", async () => {
    const { octokit, github, person, number } = await listening();
    github.setIssues(false);
    expect(await refusal(person("richvdh").rest.issues.create({ ...AT, title: "x" }))).toMatchObject({
      status: 410,
    });
    expect(await refusal(octokit.rest.issues.create({ ...AT, title: "x" }))).toMatchObject({ status: 410 });
    expect(await refusal(octokit.rest.issues.createLabel({ ...AT, name: "new" }))).toMatchObject({
      status: 403,
    });
    expect(
      (await octokit.rest.issues.addLabels({ ...AT, issue_number: number, labels: ["proposal"] })).status,
    ).toBe(200);
  });

  it("in a locked conversation only those who may write comment", async () => {
    const { person, admin, number } = await listening();
    admin.lock(number);
    const at = { ...AT, issue_number: number, body: "x" };
    expect(await refusal(person("uhoreg").rest.issues.createComment(at))).toMatchObject({ status: 403 });
    expect((await person("richvdh").rest.issues.createComment(at)).status).toBe(201);
  });

  it("in a locked conversation no App says anything, and nobody reacts", async () => {
    const { octokit, person, admin, number } = await listening();
    const own = (await octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "x" })).data.id;
    admin.lock(number);
    const at = { ...AT, comment_id: own };
    for (const refused of [
      () => octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "y" }),
      () => octokit.rest.issues.updateComment({ ...at, body: "y" }),
      () => octokit.rest.issues.deleteComment(at),
      () => octokit.rest.reactions.createForIssueComment({ ...at, content: "+1" }),
      () => person("richvdh").rest.reactions.createForIssueComment({ ...at, content: "+1" }),
    ])
      expect(await refusal(refused())).toMatchObject({ status: 403 });
    expect(
      (await octokit.rest.issues.addLabels({ ...AT, issue_number: number, labels: ["proposal"] })).status,
    ).toBe(200);
  });

  it("a review is dismissed by who may write, and by its own author", async () => {
    const { person, triager, number } = await listening();
    const at = { ...AT, pull_number: number, message: "old" };
    const one = triager.approve(number);
    expect(
      await refusal(person("newcomer").rest.pulls.dismissReview({ ...at, review_id: one.id })),
    ).toMatchObject({ status: 403 });
    expect((await person("uhoreg").rest.pulls.dismissReview({ ...at, review_id: one.id })).data.state).toBe(
      "DISMISSED",
    );
    expect(
      await refusal(person("richvdh").rest.pulls.dismissReview({ ...at, review_id: one.id })),
    ).toMatchObject({ status: 422 });
    const two = triager.requestChanges(number, "no");
    expect((await person("richvdh").rest.pulls.dismissReview({ ...at, review_id: two.id })).data.state).toBe(
      "DISMISSED",
    );
  });
});

describe("lists", () => {
  it("are paged at 30 by default and 100 at most, with Link headers to the others", async () => {
    const { octokit, github, number, writer } = await listening();
    for (let i = 1; i <= 105; i++) writer.comment(number, `${i}`);
    const at = { ...AT, issue_number: number };
    const first = await octokit.rest.issues.listComments({ ...at });
    expect(first.data).toHaveLength(30);
    expect(first.headers.link).toContain('rel="next"');
    expect((await octokit.rest.issues.listComments({ ...at, per_page: 500 })).data).toHaveLength(100);
    const last = await octokit.rest.issues.listComments({ ...at, per_page: 100, page: 2 });
    expect(last.data.map(({ body }) => body)).toEqual(["101", "102", "103", "104", "105"]);
    expect(last.headers.link).toContain('rel="prev"');
    expect(last.headers.link).not.toContain('rel="next"');
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...at, per_page: 50 });
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 105 }, (_, i) => `${i + 1}`));
    for (let i = 0; i < 120; i++) github.as("ara4n").createLabel(`l${i}`);
    expect(
      await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { ...AT, per_page: 100 }),
    ).toHaveLength(121);
  });

  it("`since` gives what changed at that second or later, for issues, comments and inline comments", async () => {
    const { octokit, clock, number, writer } = await listening();
    const old = writer.comment(number, "old");
    const inline = writer.inlineComment(number, "proposals/1-text.md", 1, "old too");
    await clock.advance(10_000);
    const since = new Date(clock.now()).toISOString();
    const list = async () => [
      (await octokit.rest.issues.listForRepo({ ...AT, since, state: "all" })).data.map((one) => one.number),
      (await octokit.rest.issues.listCommentsForRepo({ ...AT, since })).data.map(({ id }) => id),
      (await octokit.rest.pulls.listReviewCommentsForRepo({ ...AT, since })).data.map(({ id }) => id),
    ];
    expect(await list()).toEqual([[], [], []]);
    await clock.advance(1_000);
    writer.editComment(old.id, "new");
    writer.editInline(inline.id, "new too");
    writer.unlabel(number, await labelOf(writer, number));
    expect(await list()).toEqual([[number], [old.id], [inline.id]]);
  });

  it("issue events of the whole repository come newest first", async () => {
    const { octokit, writer, number } = await listening();
    writer.label(number, "proposal");
    writer.close(number);
    const { data } = await octokit.rest.issues.listEventsForRepo(AT);
    expect(data.map(({ event, actor, issue }) => [event, actor?.login, issue?.number])).toEqual([
      ["closed", "richvdh", number],
      ["labeled", "richvdh", number],
    ]);
  });
});

async function labelOf(writer: ReturnType<typeof smallGitHub>["writer"], number: number): Promise<string> {
  writer.label(number, "proposal");
  return "proposal";
}

describe("issues", () => {
  it("are listed by who opened them, the App by its login with [bot]; labels come along for who may label", async () => {
    const { octokit, person, number } = await listening();
    const { data } = await octokit.rest.issues.create({
      ...AT,
      title: "Due",
      body: "b",
      labels: ["proposal"],
    });
    expect(data.labels).toMatchObject([{ name: "proposal" }]);
    expect(
      (await person("newcomer").rest.issues.create({ ...AT, title: "Q", labels: ["proposal"] })).data.labels,
    ).toEqual([]);
    const of = async (creator: string) =>
      (await octokit.rest.issues.listForRepo({ ...AT, creator, state: "all" })).data.map((one) => one.number);
    expect(await of("msc-clerk[bot]")).toEqual([data.number]);
    expect(await of("newcomer")).toContain(number);
    expect(await of("nobody")).toEqual([]);
    const { data: labelled } = await octokit.rest.issues.listForRepo({ ...AT, labels: "Proposal" });
    expect(labelled.map((one) => one.number)).toEqual([data.number]);
  });
});

describe("what GitHub refuses", () => {
  it("names the field: a label there is already, a body too long, a comment without one", async () => {
    const { octokit, number } = await listening();
    expect(await refusal(octokit.rest.issues.createLabel({ ...AT, name: "PROPOSAL" }))).toMatchObject({
      status: 422,
      message: "Validation Failed",
      errors: [{ resource: "Label", code: "already_exists", field: "name" }],
    });
    const at = { ...AT, issue_number: number };
    expect((await octokit.rest.issues.createComment({ ...at, body: "x".repeat(65_536) })).status).toBe(201);
    expect(
      await refusal(octokit.rest.issues.createComment({ ...at, body: "x".repeat(65_537) })),
    ).toMatchObject({ status: 422 });
    expect(await refusal(octokit.rest.issues.createComment({ ...at, body: " " }))).toMatchObject({
      status: 422,
    });
    expect(
      await refusal(octokit.rest.issues.createComment({ ...AT, issue_number: 999, body: "x" })),
    ).toMatchObject({ status: 404 });
    expect(
      await refusal(octokit.rest.issues.updateComment({ ...AT, comment_id: 1, body: "x" })),
    ).toMatchObject({ status: 404 });
    expect(await refusal(octokit.rest.issues.removeLabel({ ...at, name: "proposal" }))).toMatchObject({
      status: 404,
      message: "Label does not exist",
    });
  });

  it("a check run's summary has 65,535 bytes at most, and a request 50 annotations", async () => {
    const { octokit, github, number } = await listening();
    const at = { ...AT, name: "msc-clerk", head_sha: github.pull(number).pull.headOid };
    const annotation = {
      path: "a",
      start_line: 1,
      end_line: 1,
      annotation_level: "failure" as const,
      message: "m",
    };
    expect(
      (
        await octokit.rest.checks.create({
          ...at,
          output: {
            title: "t",
            summary: `${"…".repeat(21_844)}xxx`,
            annotations: Array(50).fill(annotation),
          },
        })
      ).data.output.annotations_count,
    ).toBe(50);
    expect(
      await refusal(
        octokit.rest.checks.create({ ...at, output: { title: "t", summary: "…".repeat(21_846) } }),
      ),
    ).toMatchObject({
      status: 422,
      errors: [{ message: "summary exceeds a maximum bytesize of 65535" }],
    });
    expect(
      await refusal(
        octokit.rest.checks.create({
          ...at,
          output: { title: "t", summary: "x", annotations: Array(51).fill(annotation) },
        }),
      ),
    ).toMatchObject({ status: 422 });
    expect(await refusal(octokit.rest.checks.create({ ...at, head_sha: "0".repeat(40) }))).toMatchObject({
      status: 422,
    });
  });

  it("an archived repository takes no writes", async () => {
    const { octokit, github, number } = await listening();
    github.setArchived(true);
    expect(
      await refusal(octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "x" })),
    ).toMatchObject({ status: 403, message: "Repository was archived so is read-only." });
  });
});

describe("labels", () => {
  it("are matched without regard to case, added and removed one by one, and make one event each", async () => {
    const { octokit, github, writer, number } = await listening();
    const at = { ...AT, issue_number: number };
    await octokit.rest.issues.addLabels({ ...at, labels: ["Proposal"] });
    await octokit.rest.issues.addLabels({ ...at, labels: ["proposal"] });
    writer.createLabel("other");
    writer.label(number, "other");
    expect(
      (await octokit.rest.issues.removeLabel({ ...at, name: "pRoposal" })).data.map(({ name }) => name),
    ).toEqual(["other"]);
    expect(github.thread(number).events.map(({ kind }) => kind)).toEqual(["labeled", "labeled", "unlabeled"]);
  });

  it("replacing the set loses what others added in between", async () => {
    const { octokit, github, writer, number } = await listening();
    writer.createLabel("other");
    writer.label(number, "other");
    await octokit.rest.issues.setLabels({ ...AT, issue_number: number, labels: ["proposal"] });
    expect(github.labelsOn(number)).toEqual(["proposal"]);
  });
});

describe("check runs", () => {
  it("belong to a commit, take updates, and turn stale after 14 days", async () => {
    const { octokit, github, clock, outsider, number } = await listening();
    const { headOid } = github.pull(number).pull;
    const { data: run } = await octokit.rest.checks.create({
      ...AT,
      name: "msc-clerk",
      head_sha: headOid,
      status: "in_progress",
      external_id: `${number}`,
      output: { title: "Waiting", summary: "s", text: "t" },
    });
    expect(run).toMatchObject({
      status: "in_progress",
      conclusion: null,
      started_at: "2026-03-02T09:00:00Z",
      external_id: `${number}`,
      pull_requests: [],
    });
    const list = async () =>
      (await octokit.rest.checks.listForRef({ ...AT, ref: headOid })).data.check_runs.map(
        ({ status, conclusion }) => [status, conclusion],
      );
    await clock.advance(14 * DAY - 1000);
    expect(await list()).toEqual([["in_progress", null]]);
    await clock.advance(1000);
    expect(await list()).toEqual([["completed", "stale"]]);
    await octokit.rest.checks.update({ ...AT, check_run_id: run.id, conclusion: "success" });
    expect(await list()).toEqual([["completed", "success"]]);
    outsider.push(number, { "proposals/1-text.md": "Two.\n" });
    expect(github.checkOn(number)).toBeNull();
  });
});

describe("contents and commits", () => {
  it("a file is read at any commit, and a comparison says who wrote the commits between", async () => {
    const { octokit, github, outsider, number, clock } = await listening();
    const before = github.pull(number).pull.headOid;
    await clock.advance(1000);
    outsider.push(
      number,
      { "proposals/1-text.md": "Two.\n" },
      { committer: { name: "GitHub", email: "noreply@github.com", accountId: null } },
    );
    const head = github.pull(number).pull.headOid;
    const { data: file } = await octokit.rest.repos.getContent({
      ...AT,
      path: "proposals/1-text.md",
      ref: head,
    });
    expect("content" in file && Buffer.from(file.content, "base64").toString()).toBe("Two.\n");
    expect(
      await refusal(octokit.rest.repos.getContent({ ...AT, path: "proposals/1-text.md" })),
    ).toMatchObject({ status: 404 });
    const { data: range } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...AT,
      basehead: `${before}...${head}`,
    });
    expect(range).toMatchObject({
      status: "ahead",
      ahead_by: 1,
      total_commits: 1,
      commits: [{ sha: head, author: { login: "newcomer" }, committer: null }],
      files: [{ filename: "proposals/1-text.md", status: "modified" }],
    });
  });
});

const look = readFileSync(new URL("./look.graphql", import.meta.url), "utf8");
const texts = new Map(
  [...Object.entries(separateOperations(parse(look)))].map(([name, document]) => [name, print(document)]),
);
const whole = {
  owner: OWNER,
  repo: REPO,
  cfg: ".github/msc-clerk.yml",
  appId: 1779,
  head: true,
  c: true,
  r: true,
  t: true,
  e: true,
  f: true,
};
const text = (name: string): string => texts.get(name) ?? "";
const QUERIES = { look: text("Look"), edits: text("Edits"), react: text("React"), cfg: text("Cfg") };

interface Looked {
  readonly viewer: { readonly login: string; readonly databaseId: number };
  readonly rateLimit: { readonly cost: number };
  readonly repository: {
    readonly defaultBranchRef: object;
    readonly pullRequest: Readonly<Record<string, unknown>>;
  };
}

describe("GraphQL", () => {
  it("shows one pull request with all that people did to it", async () => {
    const { octokit, github, admin, writer, triager, outsider, number, clock } = await listening();
    admin.pushTo(null, { ".github/msc-clerk.yml": "version: 1\n" });
    writer.label(number, "proposal");
    const approval = triager.approve(number, "Yes");
    const comment = outsider.comment(number, "Hello");
    const inline = writer.inlineComment(number, "proposals/1-text.md", 1, "Why?");
    outsider.replyInline(number, inline.id, "Because.");
    await clock.advance(5000);
    writer.editComment(comment.id, "Hello, all");
    admin.dismiss(approval.id);
    const gone = outsider.comment(number, "Oops");
    writer.deleteComment(gone.id);
    const before = github.pull(number).pull.headOid;
    outsider.forcePush(number, { "proposals/1-text.md": "Two.\n" });
    const head = github.pull(number).pull.headOid;
    await octokit.rest.checks.create({
      ...AT,
      name: "msc-clerk",
      head_sha: head,
      status: "in_progress",
      external_id: `${number}`,
      output: { title: "Waiting", summary: "s" },
    });
    await octokit.rest.reactions.createForIssueComment({ ...AT, comment_id: comment.id, content: "+1" });
    const answer = await octokit.graphql<Looked>(QUERIES.look, { ...whole, number });
    expect(answer.viewer).toEqual({ login: "msc-clerk[bot]", databaseId: github.app.botId });
    expect(answer.rateLimit.cost).toBeLessThanOrEqual(2);
    expect(answer.repository.defaultBranchRef).toMatchObject({
      name: "main",
      target: {
        file: { mode: 0o100644, type: "blob", object: { text: "version: 1\n", isTruncated: false } },
      },
    });
    expect(answer.repository.pullRequest).toMatchObject({
      number,
      state: "OPEN",
      isDraft: false,
      isCrossRepository: true,
      headRefOid: head,
      author: { __typename: "User", login: "newcomer" },
      labels: { totalCount: 1, nodes: [{ name: "proposal" }] },
      commits: {
        nodes: [
          {
            commit: {
              oid: head,
              checkSuites: {
                nodes: [
                  { checkRuns: { nodes: [{ name: "msc-clerk", status: "IN_PROGRESS", title: "Waiting" }] } },
                ],
              },
            },
          },
        ],
      },
      comments: {
        totalCount: 1,
        nodes: [
          {
            fullDatabaseId: `${comment.id}`,
            body: "Hello, all",
            includesCreatedEdit: true,
            viewerDidAuthor: false,
            author: { login: "newcomer" },
            editor: { login: "richvdh" },
            createdAt: "2026-03-02T09:00:00Z",
            lastEditedAt: "2026-03-02T09:00:05Z",
            reactionGroups: expect.arrayContaining([
              { content: "THUMBS_UP", viewerHasReacted: true },
              { content: "CONFUSED", viewerHasReacted: false },
            ]),
          },
        ],
      },
      reviews: {
        totalCount: 3,
        nodes: [
          { state: "DISMISSED", body: "Yes", commit: { oid: before }, author: { login: "uhoreg" } },
          { state: "COMMENTED", body: "" },
          { state: "COMMENTED" },
        ],
      },
      reviewThreads: {
        totalCount: 1,
        nodes: [
          {
            isResolved: false,
            comments: {
              nodes: [
                { body: "Why?", replyTo: null },
                { body: "Because.", replyTo: { fullDatabaseId: `${inline.id}` } },
              ],
            },
          },
        ],
      },
      timelineItems: {
        totalCount: 4,
        nodes: [
          { __typename: "LabeledEvent", actor: { login: "richvdh" }, label: { name: "proposal" } },
          {
            __typename: "ReviewDismissedEvent",
            actor: { login: "ara4n" },
            previousReviewState: "APPROVED",
            pullRequestCommit: null,
          },
          {
            __typename: "CommentDeletedEvent",
            actor: { login: "richvdh" },
            deletedCommentAuthor: { login: "newcomer" },
          },
          {
            __typename: "HeadRefForcePushedEvent",
            actor: { login: "newcomer" },
            beforeCommit: { oid: before },
            afterCommit: { oid: head },
          },
        ],
      },
      files: { nodes: [{ path: "proposals/1-text.md", changeType: "ADDED" }] },
    });
  });

  it("keeps every edit with its editor and the whole body after it, and hides a revision that was deleted", async () => {
    const { octokit, writer, outsider, number } = await listening();
    const comment = outsider.comment(number, "one");
    const { data } = await octokit.rest.issues.getComment({ ...AT, comment_id: comment.id });
    const read = async () => {
      const { nodes } = await octokit.graphql<{
        nodes: {
          userContentEdits: {
            nodes: { diff: string | null; editor: { login: string }; deletedBy: { login: string } | null }[];
          };
        }[];
      }>(QUERIES.edits, { ids: [data.node_id] });
      return nodes[0]?.userContentEdits.nodes.map(({ diff, editor, deletedBy }) => [
        diff,
        editor.login,
        deletedBy?.login ?? null,
      ]);
    };
    expect(await read()).toEqual([]);
    writer.editComment(comment.id, "two");
    outsider.editComment(comment.id, "three");
    expect(await read()).toEqual([
      ["three", "newcomer", null],
      ["two", "richvdh", null],
      ["one", "newcomer", null],
    ]);
    outsider.deleteRevision(comment.id, 1);
    expect((await read())?.[1]).toEqual([null, "richvdh", "newcomer"]);
  });

  it("gives a text by its path at a commit and by its own id, from a fork too, and none where there is none", async () => {
    const { octokit, github, number } = await listening();
    const { headOid: head } = github.pull(number).pull;
    const ask = (asked: string) =>
      octokit.graphql<{ repository: Record<string, unknown> }>(
        `query($owner:String!,$repo:String!){repository(owner:$owner,name:$repo){${asked}}}`,
        { ...AT },
      );
    const atCommit = `object(oid:"${head}"){... on Commit{file(path:"proposals/1-text.md"){oid size object{... on Blob{text}}}}}`;
    const { repository } = await ask(atCommit);
    expect(repository.object).toMatchObject({ file: { size: 5, object: { text: "One.\n" } } });
    const oid = (repository.object as { file: { oid: string } }).file.oid;
    const blob = "{__typename ... on Blob{text byteSize isBinary isTruncated}}";
    const both = await ask(`a:object(oid:"${oid}")${blob} b:object(oid:"${"0".repeat(40)}")${blob}`);
    expect(both.repository).toEqual({
      a: { __typename: "Blob", text: "One.\n", byteSize: 5, isBinary: false, isTruncated: false },
      b: null,
    });
  });

  it("a deleted account is null, and its words stay; a renamed one keeps its id", async () => {
    const { octokit, github, writer, outsider, number } = await listening();
    outsider.comment(number, "still here");
    writer.comment(number, "me");
    github.deleteUser("newcomer");
    github.renameUser("richvdh", "rich");
    const answer = await octokit.graphql<Looked>(QUERIES.look, { ...whole, number });
    expect(answer.repository.pullRequest).toMatchObject({
      author: null,
      comments: {
        nodes: [{ author: null, body: "still here" }, { author: { login: "rich", databaseId: writer.id } }],
      },
    });
    expect(
      (await octokit.rest.issues.listComments({ ...AT, issue_number: number })).data[0]?.user?.login,
    ).toBe("ghost");
  });

  it("names the App's account without [bot] among authors, and REST with it", async () => {
    const { octokit, number } = await listening();
    await octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "by the App" });
    const answer = await octokit.graphql<Looked>(QUERIES.look, { ...whole, number });
    expect(answer.repository.pullRequest).toMatchObject({
      comments: { nodes: [{ author: { __typename: "Bot", login: "msc-clerk" }, viewerDidAuthor: true }] },
    });
  });

  it("pages by cursor, forwards and backwards, also when an entry before the cursor is deleted meanwhile", async () => {
    const { octokit, writer, number } = await listening();
    const comments = Array.from({ length: 7 }, (_, i) => writer.comment(number, `${i}`));
    const page = async (args: string) => {
      const { repository } = await octokit.graphql<{
        repository: {
          pullRequest: {
            comments: {
              totalCount: number;
              pageInfo: { hasNextPage: boolean; endCursor: string };
              nodes: { body: string }[];
            };
          };
        };
      }>(
        `{repository(owner:"${OWNER}",name:"${REPO}"){pullRequest(number:${number}){comments(${args}){totalCount pageInfo{hasNextPage endCursor} nodes{body}}}}}`,
      );
      const { nodes, pageInfo, totalCount } = repository.pullRequest.comments;
      return { bodies: nodes.map(({ body }) => body).join(""), ...pageInfo, totalCount };
    };
    const first = await page("first:3");
    expect(first).toMatchObject({ bodies: "012", hasNextPage: true, totalCount: 7 });
    writer.deleteComment(comments[1]?.id ?? 0);
    expect(await page(`first:3,after:"${first.endCursor}"`)).toMatchObject({
      bodies: "345",
      hasNextPage: true,
      totalCount: 6,
    });
    expect(await page("last:2")).toMatchObject({ bodies: "56" });
    writer.editComment(comments[2]?.id ?? 0, "2");
    writer.editComment(comments[2]?.id ?? 0, "two");
    expect((await page("first:100,orderBy:{field:UPDATED_AT,direction:DESC}")).bodies).toBe("6543two0");
  });

  it("events are filtered by kind and by time, and a deleted label leaves them without one", async () => {
    const { octokit, admin, writer, number, clock } = await listening();
    writer.label(number, "proposal");
    await clock.advance(60_000);
    writer.close(number);
    const look = (variables: object) =>
      octokit.graphql<Looked>(QUERIES.look, { ...whole, number, ...variables });
    expect((await look({ eSince: "2026-03-02T09:00:30Z" })).repository.pullRequest).toMatchObject({
      timelineItems: { totalCount: 1, nodes: [{ __typename: "ClosedEvent" }] },
    });
    admin.deleteLabel("proposal");
    const answered = await look({}).catch((thrown: { response: unknown }) => thrown.response);
    expect(answered).toMatchObject({
      data: {
        repository: {
          pullRequest: {
            labels: { totalCount: 0 },
            timelineItems: {
              nodes: [{ __typename: "LabeledEvent", label: null }, { __typename: "ClosedEvent" }],
            },
          },
        },
      },
      errors: [{ path: ["repository", "pullRequest", "timelineItems", "nodes", 0, "label"] }],
    });
  });

  it("a push may dismiss approvals, with the pusher as actor and the commit named", async () => {
    const { octokit, github, triager, outsider, number } = await listening();
    github.setDismissStaleReviews(true);
    triager.approve(number);
    outsider.push(number, { "proposals/1-text.md": "Two.\n" });
    const answer = await octokit.graphql<Looked>(QUERIES.look, { ...whole, number });
    expect(answer.repository.pullRequest).toMatchObject({
      reviews: { nodes: [{ state: "DISMISSED" }] },
      timelineItems: {
        nodes: [
          {
            __typename: "ReviewDismissedEvent",
            actor: { login: "newcomer" },
            pullRequestCommit: { commit: { oid: github.pull(number).pull.headOid } },
          },
        ],
      },
    });
  });

  it("tells how the config came to the default branch, and shows the new path only of a renamed file", async () => {
    const { octokit, github, writer, number, clock } = await listening();
    const config = ".github/msc-clerk.yml";
    const adoption = writer.openPull({ title: "Adopt", files: { [config]: "version: 1\n" } });
    await clock.advance(1000);
    writer.merge(adoption.number);
    await clock.advance(1000);
    writer.pushTo(null, { "README.md": "x" });
    const renaming = writer.openPull({
      title: "Rename",
      files: { [config]: null, ".github/clerk.yml": "version: 1\n" },
    });
    const { headOid } = github.pull(renaming.number).pull;
    const answer = await octokit.graphql<{
      repository: {
        object: unknown;
        defaultBranchRef: {
          target: { history: { nodes: { oid: string; associatedPullRequests: unknown }[] } };
        };
      };
    }>(QUERIES.cfg, { owner: OWNER, repo: REPO, cfg: config, sha: headOid });
    expect(answer.repository.object).toEqual({ file: null });
    expect(answer.repository.defaultBranchRef.target.history.nodes).toMatchObject([
      {
        associatedPullRequests: {
          nodes: [{ number: adoption.number, merged: true, mergedBy: { login: "richvdh" } }],
        },
      },
    ]);
    const looked = await octokit.graphql<Looked>(QUERIES.look, { ...whole, number: renaming.number });
    expect(looked.repository.pullRequest).toMatchObject({
      files: { nodes: [{ path: ".github/clerk.yml", changeType: "RENAMED" }] },
    });
    expect(
      (await octokit.graphql<Looked>(QUERIES.look, { ...whole, number })).repository.pullRequest.number,
    ).toBe(number);
  });

  it("takes a reaction to a review, once", async () => {
    const { octokit, github, triager, number } = await listening();
    const review = triager.approve(number, "@msc-clerk reviewed");
    const { data } = await octokit.rest.pulls.listReviews({ ...AT, pull_number: number });
    const variables = { id: data[0]?.node_id, c: "THUMBS_UP" };
    const first = await octokit.graphql<{ addReaction: { reaction: { id: string } } }>(
      QUERIES.react,
      variables,
    );
    expect(await octokit.graphql(QUERIES.react, variables)).toEqual(first);
    expect(github.pull(number).pull.reviews.find(({ id }) => id === review.id)?.reactions).toHaveLength(1);
  });

  it("runs the mutations of one document in order, each whether or not the one before failed, and names the alias of each that did", async () => {
    const { octokit, github, number } = await listening();
    const comment = await octokit.rest.issues.createComment({ ...AT, issue_number: number, body: "One" });
    const { headOid } = github.pull(number).pull;
    const run = await octokit.rest.checks.create({ ...AT, name: "msc-clerk", head_sha: headOid });
    const [label] = (await octokit.rest.issues.listLabelsForRepo(AT)).data;
    const repository = (await octokit.rest.repos.get(AT)).data.node_id;
    const pull = (await octokit.rest.pulls.get({ ...AT, pull_number: number })).data.node_id;
    const document = (id: string) => `mutation {
      a: updateIssueComment(input: {id: "${id}", body: "Two"}) { issueComment { body } }
      b: addLabelsToLabelable(input: {labelableId: "${pull}", labelIds: ["${label?.node_id}"]}) {
        labelable { labels(first: 9) { nodes { name } } }
      }
      c: addReaction(input: {subjectId: "${comment.data.node_id}", content: THUMBS_UP}) { clientMutationId }
      d: updateCheckRun(input: {
        repositoryId: "${repository}", checkRunId: "${run.data.node_id}", status: COMPLETED, conclusion: NEUTRAL,
        output: {title: "T", summary: "S", text: ""}, clientMutationId: "x"
      }) { clientMutationId checkRun { conclusion title } }
      e: removeLabelsFromLabelable(input: {labelableId: "${pull}", labelIds: ["${label?.node_id}"]}) {
        labelable { labels(first: 9) { nodes { name } } }
      }
      f: removeLabelsFromLabelable(input: {labelableId: "${pull}", labelIds: ["${label?.node_id}"]}) { clientMutationId }
    }`;
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const ask = async (id: string) =>
      (
        await fetch(`${github.url}/graphql`, {
          method: "POST",
          headers: { authorization: `token ${token}` },
          body: JSON.stringify({ query: document(id) }),
        })
      ).json();
    const rest = {
      b: { labelable: { labels: { nodes: [{ name: "proposal" }] } } },
      c: { clientMutationId: null },
      d: { clientMutationId: "x", checkRun: { conclusion: "NEUTRAL", title: "T" } },
      e: { labelable: { labels: { nodes: [] } } },
      f: { clientMutationId: null },
    };
    expect(await ask(comment.data.node_id)).toEqual({
      data: { a: { issueComment: { body: "Two" } }, ...rest },
    });
    expect(await ask("IC_kwnothing")).toMatchObject({
      data: { a: null, ...rest },
      errors: [{ type: "NOT_FOUND", path: ["a"] }],
    });
    github.faults.part = (_, at) => (at === 2 ? { kind: "stop" } : null);
    github.as("richvdh").editComment(comment.data.id, "Three");
    await expect(ask(comment.data.node_id)).rejects.toThrow();
    expect(github.thread(number).comments.at(-1)?.body).toBe("Two");
    expect(github.labelsOn(number)).toEqual(["proposal"]);
  });

  it("answers 200 with errors: nothing there, no page size, too large a page, a field GitHub has not", async () => {
    const { github, octokit, number } = await listening();
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const ask = async (query: string, variables = {}) => {
      const response = await fetch(`${github.url}/graphql`, {
        method: "POST",
        headers: { authorization: `token ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return {
        status: response.status,
        ...((await response.json()) as {
          data?: unknown;
          errors?: { type?: string; path?: unknown; message: string }[];
        }),
      };
    };
    expect(await ask(`{repository(owner:"${OWNER}",name:"nope"){id}}`)).toMatchObject({
      status: 200,
      data: { repository: null },
      errors: [{ type: "NOT_FOUND", path: ["repository"] }],
    });
    expect(
      await ask(`{repository(owner:"${OWNER}",name:"${REPO}"){pullRequest(number:999){id}}}`),
    ).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: "NOT_FOUND", path: ["repository", "pullRequest"] }],
    });
    const on = (comments: string) =>
      `{repository(owner:"${OWNER}",name:"${REPO}"){pullRequest(number:${number}){${comments}}}}`;
    expect(await ask(on("comments{totalCount}"))).toMatchObject({
      status: 200,
      errors: [{ type: "MISSING_PAGINATION_BOUNDARIES" }],
    });
    expect(await ask(on("comments(first:101){totalCount}"))).toMatchObject({
      errors: [{ type: "EXCESSIVE_PAGINATION" }],
    });
    expect(await ask(on("votes"))).toMatchObject({
      errors: [{ message: expect.stringContaining('Cannot query field "votes" on type "PullRequest".') }],
    });
    expect(await ask('{nodes(ids:["PR_kwnope"]){id}}')).toMatchObject({
      data: { nodes: [null] },
      errors: [{ type: "NOT_FOUND", path: ["nodes", 0] }],
    });
    expect(await ask("{rateLimit{cost} viewer{login}}")).toMatchObject({ data: { rateLimit: { cost: 1 } } });
  });
});

/* https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests, https://github.com/github/docs/issues/34689 */
describe("conditional requests", () => {
  async function asking() {
    const { github, octokit } = await listening();
    const { token } = (await octokit.auth({ type: "installation" })) as { token: string };
    const labels = (etag: string | null, authorization = `token ${token}`) =>
      fetch(`${github.url}/repos/${OWNER}/${REPO}/labels`, {
        headers: { authorization, ...(etag !== null && { "if-none-match": etag }) },
      });
    return { github, labels };
  }

  it("what has not changed is a 304 without a body, and is not counted", async () => {
    const { github, labels } = await asking();
    const first = await labels(null);
    const etag = first.headers.get("etag");
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const left = github.limits.remaining("core");
    const again = await labels(etag);
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    expect(again.headers.get("x-ratelimit-remaining")).not.toBeNull();
    expect(github.limits.remaining("core")).toBe(left);
    await labels(null);
    expect(github.limits.remaining("core")).toBe(left - 1);
  });

  it("what has changed is told whole, and another token knows none of the tags", async () => {
    const { github, labels } = await asking();
    const etag = (await labels(null)).headers.get("etag");
    expect((await labels(etag, `token ${github.tokenFor("richvdh")}`)).status).toBe(200);
    github.as("ara4n").createLabel("another", "2ea44f", "");
    const changed = await labels(etag);
    expect(changed.status).toBe(200);
    expect(((await changed.json()) as { name: string }[]).map(({ name }) => name)).toContain("another");
    expect(changed.headers.get("etag")).not.toBe(etag);
  });

  it("an error has no tag", async () => {
    const { github } = await asking();
    expect((await fetch(`${github.url}/repos/${OWNER}/nothing`)).headers.get("etag")).toBeNull();
  });
});

describe("the API's version", () => {
  it.each([
    [undefined, 200],
    ["2022-11-28", 200],
    ["2022-11-27", 400],
  ])("asked for as %s: %i", async (version, status) => {
    const { github } = await listening();
    const headers: Record<string, string> = version === undefined ? {} : { "x-github-api-version": version };
    expect((await fetch(`${github.url}/users/richvdh`, { headers })).status).toBe(status);
  });

  it("an Enterprise Server says which one it is, and github.com has none", async () => {
    const { github } = await listening();
    const meta = async (path: string) => (await fetch(`${github.url}${path}`)).json();
    expect(await meta("/api/v3/meta")).toMatchObject({ installed_version: "3.20.1" });
    expect(await meta("/meta")).not.toHaveProperty("installed_version");
  });
});

/* https://docs.github.com/rest/apps/webhooks */
describe("the App's webhook", () => {
  it("its address and that it has a secret are told to the App alone", async () => {
    const { app, person, github } = await listening({ webhookUrl: "http://127.0.0.1:9/hooks" });
    expect((await app.rest.apps.getWebhookConfigForApp()).data).toEqual({
      content_type: "json",
      insecure_ssl: "0",
      secret: "********",
      url: "http://127.0.0.1:9/hooks",
    });
    const asked = person("richvdh").rest.apps.getWebhookConfigForApp();
    expect(await refusal(asked)).toMatchObject({ status: 401 });
    github.webhooksTo(null);
    expect((await app.rest.apps.getWebhookConfigForApp()).data).not.toHaveProperty("url");
  });

  it("its deliveries are listed with what came of each, newest first, by a cursor", async () => {
    const { app, github, admin, number } = await listening();
    const down = await listener(503);
    onTestFinished(down.close);
    github.webhooksTo(down.url);
    for (const name of ["one", "two", "three"]) admin.createLabel(name, "2ea44f", "");
    admin.label(number, "one");
    await vi.waitFor(() => expect(github.deliveries.attempts).toHaveLength(4));
    const first = await app.rest.apps.listWebhookDeliveries({ per_page: 3 });
    expect(first.data).toHaveLength(3);
    expect(first.data[0]).toMatchObject({
      status_code: 503,
      status: "Invalid HTTP Response: 503",
      redelivery: false,
      installation_id: github.app.installationId,
      repository_id: github.repositoryId,
    });
    const cursor = new URL(/<([^>]+)>; rel="next"/.exec(first.headers.link ?? "")?.[1] ?? "").searchParams;
    const rest = await app.rest.apps.listWebhookDeliveries({
      per_page: 3,
      cursor: cursor.get("cursor") ?? "",
    });
    const ids = [...first.data, ...rest.data].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(rest.data).toHaveLength(1);
    expect(rest.headers.link).toBeUndefined();
  });

  it("one that failed can be asked for again for three days: a new delivery of the same id", async () => {
    const { app, github, admin, clock } = await listening();
    github.webhooksTo("http://127.0.0.1:9/hooks");
    admin.createLabel("one", "2ea44f", "");
    await vi.waitFor(() => expect(github.deliveries.attempts).toHaveLength(1));
    const [failed] = (await app.rest.apps.listWebhookDeliveries()).data;
    expect(failed).toMatchObject({ status: "failed to connect to host", event: "label", action: "created" });
    const up = await listener();
    onTestFinished(up.close);
    github.webhooksTo(up.url);
    const again = () => app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    expect((await again()).status).toBe(202);
    await vi.waitFor(() => expect(up.heard).toHaveLength(1));
    await vi.waitFor(() => expect(github.deliveries.attempts).toHaveLength(2));
    expect((await app.rest.apps.listWebhookDeliveries()).data[0]).toMatchObject({
      guid: failed?.guid,
      redelivery: true,
      status: "OK",
      status_code: 200,
    });
    await clock.advance(3 * DAY + 1000);
    expect(await refusal(again())).toMatchObject({ status: 404 });
    expect((await app.rest.apps.listWebhookDeliveries()).data).toEqual([]);
  });

  it("what its settings ask for is the App's, what an owner has accepted the installation's", async () => {
    const { app, github } = await listening();
    github.setAsked({ ...github.app.permissions, contents: "write" });
    expect((await app.rest.apps.getAuthenticated()).data?.permissions).toMatchObject({ contents: "write" });
    expect((await app.rest.apps.listInstallations()).data[0]).toMatchObject({
      permissions: { contents: "read" },
      suspended_at: null,
    });
    github.setSuspended(true);
    expect((await app.rest.apps.listInstallations()).data[0]?.suspended_at).toMatch(/^2026-/);
  });
});

/* https://docs.github.com/rest/repos/rules#get-rules-for-a-branch, https://github.com/isaacs/github/issues/1940 */
describe("what protects the default branch, to who may not administer the repository", () => {
  it("the rules of rulesets, each with its ruleset, without who may go round them", async () => {
    const { octokit, github } = await listening();
    const { data } = await octokit.rest.repos.getBranchRules({ ...AT, branch: "main" });
    expect(data).toEqual([]);
    github.setRules([
      { kind: "required_status_checks", rulesetId: 7, checks: [{ name: "msc-clerk", appId: github.app.id }] },
      { kind: "merge_queue", rulesetId: 7 },
    ]);
    const rules = (await octokit.rest.repos.getBranchRules({ ...AT, branch: "main" })).data;
    expect(rules).toMatchObject([
      {
        type: "required_status_checks",
        ruleset_id: 7,
        ruleset_source: `${OWNER}/${REPO}`,
        parameters: {
          required_status_checks: [{ context: "msc-clerk", integration_id: github.app.id }],
        },
      },
      { type: "merge_queue", parameters: { check_response_timeout_minutes: 60 } },
    ]);
    expect(JSON.stringify(rules)).not.toContain("bypass");
    expect((await octokit.rest.repos.getBranchRules({ ...AT, branch: "other" })).data).toEqual([]);
  });

  it.each([
    [true, "everyone"],
    [false, "non_admins"],
  ])("of the older protection its checks, and whether admins are bound (%s)", async (admins, level) => {
    const { octokit, github } = await listening();
    github.setRules([], { admins, checks: [{ name: "msc-clerk", appId: null }] });
    const { data } = await octokit.rest.repos.getBranch({ ...AT, branch: "main" });
    expect(data).toMatchObject({
      protected: true,
      protection: {
        enabled: true,
        required_status_checks: {
          enforcement_level: level,
          contexts: ["msc-clerk"],
          checks: [{ context: "msc-clerk", app_id: null }],
        },
      },
    });
  });

  it("nothing protects it: the branch says so, and one that is not there is a 404", async () => {
    const { octokit } = await listening();
    const { data } = await octokit.rest.repos.getBranch({ ...AT, branch: "main" });
    expect(data).toMatchObject({ protected: false, protection: { enabled: false } });
    expect(await refusal(octokit.rest.repos.getBranch({ ...AT, branch: "nothing" }))).toMatchObject({
      status: 404,
    });
  });
});

it("to ask for the limits is not counted", async () => {
  const { octokit } = await listening();
  const left = async () => (await octokit.rest.rateLimit.get()).data.resources.core.remaining;
  expect(await left()).toBe(await left());
});
