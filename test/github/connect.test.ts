import { generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { pino } from "pino";
import { Probot } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ClerkOctokit, connectGitHub, requestsThrough } from "../../src/github/connect.js";
import { connecting } from "../support/connecting.js";
import { KEYS, REF, REPOSITORY_ID, TestClock } from "./fakeGitHub.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const NONE_OPEN = {
  data: { repository: { pullRequests: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } },
};
const TOKEN = "ghs_the_installation_token";

describe("speaking to GitHub through Probot", () => {
  const logged: string[] = [];
  beforeEach(() => {
    nock.disableNetConnect();
    logged.length = 0;
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  function connected(baseUrl: string) {
    const log = pino({ level: "trace" }, { write: (line: string) => logged.push(line) > 0 });
    const probot = new Probot({
      appId: 99,
      privateKey: PEM,
      secret: "s",
      baseUrl,
      log,
      Octokit: ClerkOctokit,
    });
    return connectGitHub({
      auth: (installation) => probot.auth(installation),
      appId: 99,
      keys: KEYS,
      ...connecting(new TestClock()),
    });
  }

  const signsIn = (base: string) =>
    nock(base)
      .post("/app/installations/7/access_tokens")
      .reply(201, {
        token: TOKEN,
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
        permissions: {},
        repository_selection: "all",
      });

  it("signs in once for many calls, and says who the clerk is", async () => {
    const base = "https://api.github.com";
    const { reader, identify } = connected(base);
    const token = signsIn(base);
    nock(base, { reqheaders: { authorization: `token ${TOKEN}` } })
      .post("/graphql")
      .times(2)
      .reply(200, NONE_OPEN);
    nock(base, { reqheaders: { authorization: /^bearer /i } })
      .get("/app")
      .reply(200, { id: 99, slug: "msc-clerk" });
    expect(await reader.everyOpen(REF)).toMatchObject({ kind: "read" });
    expect(await reader.everyOpen(REF)).toMatchObject({ kind: "read" });
    expect(token.isDone()).toBe(true);
    expect(await identify()).toEqual({ id: 99, slug: "msc-clerk" });
  });

  it("of several requests that meet a void token at once one signs in anew, and all are asked again", async () => {
    let made = 0;
    const requestFor = requestsThrough(async () => {
      made += 1;
      const request = Object.assign(async () => ({ status: 200, headers: {}, data: made }), {
        endpoint: { DEFAULTS: { baseUrl: "https://api.github.com" } },
      });
      return { request };
    });
    const first = await requestFor(7);
    const anew = await Promise.all([requestFor(7, first), requestFor(7, first), requestFor(7, first)]);
    expect(made).toBe(2);
    expect(new Set(anew).size).toBe(1);
    expect(await requestFor(7)).toBe(anew[0]);
    expect(await requestFor(7, first)).toBe(anew[0]);
  });

  it.each([
    ["beside /api/v3 on an Enterprise Server", "https://ghe.example/api/v3", "/api/graphql"],
    ["with data residency", "https://api.octo.ghe.com", "/graphql"],
    ["behind a proxy with a path", "https://proxy.example/gh", "/gh/graphql"],
  ])("finds GraphQL %s", async (_where, base, path) => {
    const { reader } = connected(base);
    signsIn(base);
    nock(new URL(base).origin)
      .post(path)
      .reply(200, { data: { repository: null }, errors: [{ type: "NOT_FOUND", path: ["repository"] }] });
    expect(await reader.config(REF)).toEqual({ kind: "absent" });
  });

  it("comment.once: no plugin of Octokit's sends a comment twice, or holds it back", async () => {
    const base = "https://api.github.com";
    const { writer } = connected(base);
    signsIn(base);
    nock(base).get("/repos/matrix-org/proposals").reply(200, { id: REPOSITORY_ID });
    nock(base).post("/repos/matrix-org/proposals/issues/1779/comments").reply(500, {});
    const second = nock(base).post("/repos/matrix-org/proposals/issues/1779/comments").reply(201, { id: 1 });
    const comment = {
      kind: "create_comment",
      marker: { kind: "reply", key: "k" },
      body: "words nobody may log",
      record: null,
      seq: 0,
    } as const;
    expect(await writer.apply(REF, comment)).toMatchObject({ kind: "unclear" });
    expect(second.isDone()).toBe(false);
    nock.cleanAll();
    nock(base)
      .post("/repos/matrix-org/proposals/issues/1779/comments")
      .reply(403, { message: "secondary rate limit" }, { "retry-after": "30" });
    expect(await writer.apply(REF, comment)).toMatchObject({ kind: "later" });
    expect(logged.join("")).not.toMatch(/words nobody|ghs_the|BEGIN RSA/);
  });

  it("an App that is not installed any more finds the repository gone", async () => {
    const base = "https://api.github.com";
    const { reader } = connected(base);
    nock(base).post("/app/installations/7/access_tokens").times(3).reply(404, { message: "Not Found" });
    expect(await reader.everyOpen(REF)).toMatchObject({
      kind: "gone",
      why: expect.stringContaining("not installed"),
    });
  });

  it("signing in that fails for GitHub's reasons is no unclear write", async () => {
    const base = "https://api.github.com";
    const { writer } = connected(base);
    nock(base).post("/app/installations/7/access_tokens").reply(503, {});
    expect(await writer.apply(REF, { kind: "merge_pull", method: "merge", head: "a" })).toMatchObject({
      kind: "later",
    });
  });

  it("one bad minute makes no installation deaf: where signing in failed, the next call signs in anew", async () => {
    const base = "https://api.github.com";
    const probot = new Probot({ appId: 99, privateKey: PEM, secret: "s", log: pino({ level: "silent" }) });
    let asked = 0;
    const { reader } = connectGitHub({
      auth: (installation) => {
        asked += 1;
        return asked === 1 ? Promise.reject(new Error("a bad minute")) : probot.auth(installation);
      },
      appId: 99,
      keys: KEYS,
      ...connecting(new TestClock()),
    });
    signsIn(base);
    const list = nock(base).post("/graphql").reply(200, NONE_OPEN);
    expect(await reader.everyOpen(REF)).toMatchObject({ kind: "read" });
    expect(list.isDone()).toBe(true);
    expect(asked).toBe(2);
  });
});
