import { describe, expect, it, onTestFinished } from "vitest";
import { AT, asInstallation, smallGitHub } from "./small.js";

async function listening() {
  const made = smallGitHub();
  await made.github.listen();
  const octokit = asInstallation(made.github);
  await octokit.rest.repos.get(AT);
  made.github.requests.clear();
  onTestFinished(() => made.github.close());
  const comment = (body: string) =>
    octokit.rest.issues.createComment({ ...AT, issue_number: made.number, body });
  const bodies = () => made.github.thread(made.number).comments.map((one) => one.body);
  return { ...made, octokit, comment, bodies };
}

interface Failed {
  readonly status?: number;
  readonly message: string;
  readonly response?: { readonly headers: Readonly<Record<string, string>>; readonly data: unknown };
}

async function failed(promise: Promise<unknown>): Promise<Failed> {
  try {
    await promise;
  } catch (thrown) {
    return thrown as Failed;
  }
  throw new Error("nothing failed");
}

describe("faults on demand", () => {
  it("an error before the write leaves nothing, one after it leaves the comment there", async () => {
    const { github, comment, bodies } = await listening();
    github.faults.fail({ kind: "error", status: 500 });
    expect(await failed(comment("lost"))).toMatchObject({ status: 500 });
    expect(bodies()).toEqual([]);
    github.faults.fail({ kind: "error", status: 502, carriedOut: true });
    expect(await failed(comment("there"))).toMatchObject({ status: 502 });
    expect(bodies()).toEqual(["there"]);
    await comment("well again");
    expect(bodies()).toEqual(["there", "well again"]);
  });

  it("a cut connection answers nothing, and the write may have been carried out or not", async () => {
    const { github, comment, bodies } = await listening();
    github.faults.fail({ kind: "cut" });
    await failed(comment("carried out"));
    github.faults.fail({ kind: "cut", carriedOut: false });
    await failed(comment("not carried out"));
    expect(bodies()).toEqual(["carried out"]);
    expect(github.requests.inFlight).toBe(0);
    expect(github.requests.all.map(({ status }) => status)).toEqual([null, null]);
  });

  it("no permission, too many requests and a secondary limit are told apart by status, message and retry-after", async () => {
    const { github, comment, bodies } = await listening();
    github.faults.fail({ kind: "forbidden" });
    const forbidden = await failed(comment("x"));
    expect(forbidden.response?.headers["retry-after"]).toBeUndefined();
    expect(forbidden).toMatchObject({
      status: 403,
      response: { data: { message: "Resource not accessible by integration" } },
    });
    github.faults.fail({ kind: "too-many", retryAfter: 7 });
    expect(await failed(comment("x"))).toMatchObject({
      status: 429,
      response: { headers: { "retry-after": "7" } },
    });
    github.faults.fail({ kind: "secondary", retryAfter: 60 });
    expect(await failed(comment("x"))).toMatchObject({
      status: 403,
      response: {
        headers: { "retry-after": "60" },
        data: { message: expect.stringContaining("secondary rate limit") },
      },
    });
    expect(bodies()).toEqual([]);
  });

  it("a primary limit holds for all requests until its reset by the sandbox's clock, and GraphQL tells of it with status 200", async () => {
    const { github, octokit, comment, clock } = await listening();
    github.faults.fail({ kind: "primary", resetIn: 90_000 });
    const first = await failed(comment("x"));
    expect(first).toMatchObject({ status: 403, response: { headers: { "x-ratelimit-remaining": "0" } } });
    const reset = Number(first.response?.headers["x-ratelimit-reset"]) * 1000;
    expect(reset).toBeGreaterThanOrEqual(clock.now() + 90_000);
    await clock.advance(60_000);
    expect(await failed(comment("x"))).toMatchObject({ status: 403 });
    await clock.setTo(reset);
    expect((await comment("x")).headers["x-ratelimit-remaining"]).toBe("4999");
    github.limits.exhaust("graphql", clock.now() + 60_000);
    expect(await failed(octokit.graphql("{viewer{login}}"))).toMatchObject({
      errors: [{ type: "RATE_LIMITED" }],
    });
  });

  it("GraphQL can answer in part, with data and errors", async () => {
    const { github, octokit, number } = await listening();
    github.faults.fail({ kind: "partial" }, { when: ({ path }) => path === "/graphql" });
    const query = `query Some{viewer{login} repository(owner:"${AT.owner}",name:"${AT.repo}"){pullRequest(number:${number}){title}}}`;
    expect(await failed(octokit.graphql(query))).toMatchObject({
      response: {
        data: { viewer: { login: "msc-clerk[bot]" }, repository: { pullRequest: null } },
        errors: [{ path: ["repository", "pullRequest"] }],
      },
    });
    expect(github.requests.all).toMatchObject([{ kind: "read", operation: "Some", status: 200 }]);
  });

  it("faults are for the requests that fit, as many times as told", async () => {
    const { github, octokit, comment } = await listening();
    github.faults.fail({ kind: "error", status: 503 }, { times: 2, when: ({ kind }) => kind === "write" });
    await octokit.rest.repos.get(AT);
    await failed(comment("1"));
    await failed(comment("2"));
    await comment("3");
    github.faults.fail({ kind: "forbidden" }, { times: Number.POSITIVE_INFINITY });
    await failed(octokit.rest.repos.get(AT));
    github.faults.clear();
    await octokit.rest.repos.get(AT);
  });

  it("reads lag by the clock, in REST and GraphQL alike, and writes do not", async () => {
    const { github, octokit, comment, clock, number } = await listening();
    github.faults.lagSeconds = 3;
    await clock.advance(10_000);
    await comment("new");
    const seen = async () => [
      (await octokit.rest.issues.listComments({ ...AT, issue_number: number })).data.length,
      (
        await octokit.graphql<{ repository: { pullRequest: { comments: { totalCount: number } } } }>(
          `{repository(owner:"${AT.owner}",name:"${AT.repo}"){pullRequest(number:${number}){comments(first:1){totalCount}}}}`,
        )
      ).repository.pullRequest.comments.totalCount,
    ];
    expect(await seen()).toEqual([0, 0]);
    await clock.advance(2_999);
    expect(await seen()).toEqual([0, 0]);
    await clock.advance(1);
    expect(await seen()).toEqual([1, 1]);
  });

  it("content is limited to 80 a minute and 500 an hour, by the clock", async () => {
    const { github, comment, bodies, clock } = await listening();
    for (let i = 0; i < 80; i++) await comment(`${i}`);
    const limited = await failed(comment("one too many"));
    expect(limited).toMatchObject({ status: 403, response: { headers: { "retry-after": "60" } } });
    expect(bodies()).toHaveLength(80);
    await clock.advance(60_000);
    await comment("81");
    expect(github.limits.limits.contentPerHour).toBe(500);
  });
});

describe("the log of requests", () => {
  it("tells reads, writes and tokens apart, and counts what is under way", async () => {
    const { github, octokit, comment } = await listening();
    await comment("x");
    await octokit.rest.repos.get(AT);
    await octokit.graphql("query Who{viewer{login}}");
    await octokit
      .graphql("mutation React($id:ID!){addReaction(input:{subjectId:$id,content:EYES}){reaction{id}}}", {
        id: "nonsense",
      })
      .catch(() => {});
    expect(github.requests.all.map(({ method, kind, operation }) => [method, kind, operation])).toEqual([
      ["POST", "write", null],
      ["GET", "read", null],
      ["POST", "read", "Who"],
      ["POST", "write", "React"],
    ]);
    expect([github.requests.reads.length, github.requests.writes.length]).toEqual([2, 2]);
    const under = octokit.rest.repos.get(AT);
    await under;
    await github.idle();
    expect(github.quiet).toBe(true);
  });
});
