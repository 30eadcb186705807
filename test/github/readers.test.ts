import { readFileSync } from "node:fs";
import { Octokit } from "@octokit/rest";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import type { ValidConfig } from "../../src/config/outcome.js";
import { parseConfig } from "../../src/config/parse.js";
import { rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { escaped, quote } from "../../src/domain/messages/escape.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { connectByToken, type ReadingConnection } from "../../src/github/connectByToken.js";
import { RecordKeys } from "../../src/github/record/keys.js";
import { COMMENT_ROOM, compose } from "../../src/github/record/marker.js";
import { openRecord, sealedLineOf, sealRecord, sealSeq, shownSeq } from "../../src/github/record/seal.js";
import { byAuthorship } from "../../src/github/record/trust.js";
import { connecting } from "../support/connecting.js";
import { MATRIX } from "../support/rules.js";
import {
  API,
  APP_ID,
  CLERK,
  FakeGitHub,
  HEAD,
  iso,
  KEYS,
  REF,
  REPOSITORY_ID,
  START,
  TestClock,
  user,
} from "./fakeGitHub.js";

/** Reading as somebody who is not the clerk (`byAuthorship`, `asSeenBy`, `whoIsTheClerk`). */

const HERE = { repository: REPOSITORY_ID, pull: 1779 };
const record = (seq: number) => ({ ...emptyRegister, seq });
const sealed = (seq: number) => sealRecord(record(seq), KEYS, HERE, COMMENT_ROOM).line;

describe("memory.kept: a record believed by who wrote it", () => {
  const among = (...texts: readonly string[]) =>
    byAuthorship.among(() => texts.flatMap((text) => sealedLineOf(text, HERE) ?? []));

  it("is any that the App itself saved here, wherever it stands", () => {
    const trust = among(`Told.\n\n${sealed(3)}`, `Told.\n\n${sealSeq(4, KEYS, HERE)}`);
    expect(openRecord(sealed(3), trust, HERE)).toEqual(record(3));
    expect(shownSeq(sealSeq(4, KEYS, HERE), trust, HERE)).toBe(4);
  });

  it("is none that it did not save, be it signed", () => {
    const trust = among(`Told.\n\n${sealed(3)}`);
    expect(openRecord(sealed(5), trust, HERE)).toBeNull();
    expect(shownSeq(sealSeq(3, KEYS, HERE), trust, HERE)).toBeNull();
    expect(openRecord(sealed(3), trust, { ...HERE, pull: 2 })).toBeNull();
    expect(openRecord(sealed(3), among("Told."), HERE)).toBeNull();
  });

  it("is none with another number, version or signature", () => {
    const line = sealed(3);
    const trust = among(line);
    for (const other of [
      line.replace(/ v(\d+) /, (_, version) => ` v${Number(version) + 1} `),
      line.replace(/\.[A-Za-z0-9+/]{4}/, ".AAAA"),
    ]) {
      expect(other).not.toBe(line);
      expect(openRecord(other, trust, HERE)).toBeNull();
    }
    expect(
      shownSeq(sealSeq(4, KEYS, HERE).replace("v1 4.", "v1 9."), among(sealSeq(4, KEYS, HERE)), HERE),
    ).toBeNull();
  });

  it("is no line of somebody's that the clerk repeats", () => {
    const line = sealed(9);
    expect(sealedLineOf(line, HERE)).not.toBeNull();
    for (const repeated of [escaped(line), quote(line, 10_000)])
      expect(sealedLineOf(`You said:\n${repeated}`, HERE)).toBeNull();
  });

  it("seals nothing: that takes keys", () => {
    expectTypeOf(byAuthorship).not.toExtend<RecordKeys>();
    expectTypeOf(byAuthorship.among(() => [])).not.toExtend<RecordKeys>();
    expectTypeOf<Parameters<typeof sealRecord>[1]>().toEqualTypeOf<RecordKeys>();
    expectTypeOf<ReadingConnection>().not.toHaveProperty("writer");
    // @ts-expect-error: no keys
    expect(() => sealSeq(1, byAuthorship, HERE)).toThrow();
  });
});

const reader = user("a-reader", 71);
const APP = { databaseId: APP_ID, slug: "msc-clerk" };

describe("what somebody else reads, as the clerk would have read it", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    nock(API).persist().get("/repos/matrix-org/proposals").reply(200, { id: REPOSITORY_ID });
    nock(API).persist().get("/users/msc-clerk%5Bbot%5D").reply(200, { id: 900, type: "Bot" });
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  /** The fake answers as the clerk's own GitHub would: here it answers somebody else, and tells which Apps there are and who reacted. */
  function answersReader(
    apps: readonly (typeof APP)[],
    reactors: Record<string, readonly unknown[]> = {},
  ): void {
    github.warp = ({ data, ...rest }) => {
      if (data === undefined) return rest;
      if ("viewer" in data) data.viewer = { login: reader.login, databaseId: reader.databaseId };
      return { data, ...rest };
    };
    const suites = apps.map((app) => ({ app, checkRuns: { totalCount: 1 } }));
    const pulls = { commits: { nodes: [{ commit: { checkSuites: { nodes: suites } } }] } };
    nock.cleanAll();
    nock(API).persist().get("/repos/matrix-org/proposals").reply(200, { id: REPOSITORY_ID });
    nock(API).persist().get("/users/msc-clerk%5Bbot%5D").reply(200, { id: 900, type: "Bot" });
    nock(API)
      .persist()
      .post("/graphql", (body: { query: string }) => /query Clerks/.test(body.query))
      .reply(200, { data: { repository: { pullRequest: pulls, pullRequests: { nodes: [pulls] } } } });
    nock(API)
      .persist()
      .post("/graphql", (body: { query: string }) => /query Reactors/.test(body.query))
      .reply(200, (_uri, raw) => ({
        data: {
          nodes: (raw as { variables: { ids: string[] } }).variables.ids.map((id) => ({
            id,
            reactionGroups: [{ content: "THUMBS_UP", reactors: { nodes: reactors[id] ?? [] } }],
          })),
        },
      }));
    github.serve();
  }

  const TEXT = readFileSync("docs/examples/matrix.yml", "utf8");
  const parsed = parseConfig(TEXT);
  const CONFIG: ValidConfig = {
    kind: "valid",
    repository: REPOSITORY_ID,
    commit: "c".repeat(40),
    text: TEXT,
    rules: parsed.ok ? parsed.rules : MATRIX,
    adoptedAt: START - 10_000_000,
  };

  async function connect(where: { readonly app?: string } = {}) {
    const parts = connecting(new TestClock());
    const { rules, commit, text, adoptedAt } = CONFIG;
    // Where nothing is kept as lawful the whole repository would be searched.
    const kept = { number: 1, fingerprint: rulesFingerprint(rules), commit, text, adoptedAt };
    await parts.lawful.putLawful(REPOSITORY_ID, kept, null);
    const client = new Octokit({ auth: "a-token", log: { debug() {}, info() {}, warn() {}, error() {} } });
    return connectByToken(
      { ...parts, client },
      { owner: "matrix-org", name: "proposals", number: 1779, app: where.app ?? null },
    );
  }

  async function snapshot() {
    const connected = await connect();
    if (connected.kind !== "read") throw new Error(JSON.stringify(connected));
    const read = await connected.connection.reader.proposal(REF, CONFIG, () => null);
    if (read.kind !== "read") throw new Error(`${read.kind}: ${"why" in read ? read.why : ""}`);
    return read.snapshot;
  }

  it("the clerk's comments are its own, the reader's are not", async () => {
    github.comment(CLERK, compose({ kind: "status", key: "1" }, "- [ ] @richvdh", sealed(3)), {
      viewerDidAuthor: false,
    });
    github.comment(reader, compose({ kind: "status", key: "1" }, "forged", sealed(9)), {
      viewerDidAuthor: true,
    });
    answersReader([APP]);
    const read = await snapshot();
    expect(read.clerk).toEqual({ login: "msc-clerk", id: 900 });
    expect(read.utterances.map(({ byClerk }) => byClerk)).toEqual([true, false]);
    expect(read.ownComments).toHaveLength(1);
    expect(read.register).toEqual(record(3));
  });

  it("the clerk's reactions are its own, the reader's are not", async () => {
    const [first, second] = ["one", "two"].map((text) => github.comment(user("dbkr", 5), text));
    Object.assign(second ?? {}, { reactionGroups: [{ content: "THUMBS_UP", viewerHasReacted: true }] });
    Object.assign(first ?? {}, { reactionGroups: [{ content: "THUMBS_UP", viewerHasReacted: false }] });
    answersReader([APP], { [first?.id ?? ""]: [reader, CLERK], [second?.id ?? ""]: [reader] });
    const read = await snapshot();
    expect(read.utterances.map(({ reactions }) => reactions.thumbsUp)).toEqual([true, false]);
  });

  it("what the reader has drafted and not submitted is not said", async () => {
    const inline = (submittedAt: string | null) =>
      github.said("PullRequestReviewComment", user("richvdh", 7), "@mscbot reviewed", {
        publishedAt: submittedAt,
        pullRequestReview: { submittedAt },
      });
    github.threads.push(
      { id: "T1", comments: [inline(iso(github.at)), inline(null)] },
      { id: "T2", comments: [inline(null)] },
    );
    answersReader([APP]);
    expect((await snapshot()).utterances).toHaveLength(1);
  });

  it("an older record sealed with a key the clerk has no more is believed all the same", async () => {
    const former = RecordKeys.from({ recordKeys: "a key that was changed for another" });
    github.run(HEAD, { text: `Told.\n\n${sealRecord(record(2), former, HERE, COMMENT_ROOM).line}` });
    answersReader([APP]);
    expect((await snapshot()).register).toEqual(record(2));
  });

  it.each([
    [
      [],
      /^no App has a check run msc-clerk on what changed last in matrix-org\/proposals: say which App is the clerk with --app SLUG/,
    ],
    [
      [APP, { databaseId: 7, slug: "b" }],
      /^several Apps have a check run msc-clerk in matrix-org\/proposals \(b, msc-clerk\): say which/,
    ],
  ])("which App is the clerk is not guessed: %j", async (apps, why) => {
    answersReader(apps);
    expect(await connect()).toEqual({ kind: "unclear", why: expect.stringMatching(why) });
  });

  it("an App that somebody has named is looked up where no check run shows it", async () => {
    answersReader([]);
    nock(API).get("/apps/msc-clerk").reply(200, { id: APP_ID, slug: "msc-clerk" });
    nock(API).get("/apps/nobody-s").reply(404, { message: "Not Found" });
    expect(await connect({ app: "nobody-s" })).toMatchObject({ kind: "unclear" });
    expect(await connect({ app: "msc-clerk" })).toMatchObject({ kind: "read" });
  });

  it.each<[number, object, Record<string, string>, object]>([
    [
      401,
      { message: "Bad credentials" },
      {},
      { kind: "denied", why: "it is mistyped, was revoked, or has run out" },
    ],
    [404, { message: "Not Found" }, {}, { kind: "hidden" }],
    [
      403,
      { message: "Resource protected by organization SAML enforcement." },
      {},
      { kind: "denied", why: "Resource protected by organization SAML enforcement." },
    ],
    [
      403,
      { message: "API rate limit exceeded" },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1772370000" },
      { kind: "unreadable", why: "the hourly rate limit is used up" },
    ],
    [502, {}, {}, { kind: "unreadable", why: "GitHub does not answer" }],
  ])("GitHub's %i before anything else is told for what it is", async (status, body, headers, told) => {
    nock.cleanAll();
    nock(API).get("/repos/matrix-org/proposals").reply(status, body, headers);
    expect(await connect()).toMatchObject(told);
  });
});
