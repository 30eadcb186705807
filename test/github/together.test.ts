import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Action } from "../../src/domain/model/action.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { WriteOutcome } from "../../src/github/ports.js";
import { openRecord } from "../../src/github/record/seal.js";
import { documentOf, MUTATIONS, type Update } from "../../src/github/write/together.js";
import { API, type Connected, connect, HEAD, KEYS, REF, REPOSITORY_ID, TestClock } from "./fakeGitHub.js";

const REPO = "/repos/matrix-org/proposals";
const register = { ...emptyRegister, seq: 6 };
const status: Action = {
  kind: "update_comment",
  comment: "12",
  marker: { kind: "status", key: "1" },
  body: "2 of 6",
  record: register,
  seq: 6,
};
const thumbsUp: Action = {
  kind: "react",
  on: { kind: "comment", id: "13", nodeId: "IC_13" },
  reaction: "thumbsUp",
};
const check: Action = {
  kind: "put_check",
  run: 5,
  head: HEAD,
  verdict: "in_progress",
  own: "in_progress",
  title: "Waiting",
  summary: "…",
  record: register,
  annotations: [],
};
const add: Action = { kind: "add_label", key: "unresolved_concerns", label: "Concerns", latch: false };
const remove: Action = { kind: "remove_label", label: "proposed" };
const ALL = [status, remove, add, thumbsUp, check] as const;

let connected: Connected;
let clock: TestClock;
beforeEach(() => {
  nock.disableNetConnect();
  clock = new TestClock();
  connected = connect({ clock });
  nock(API).get(REPO).optionally().reply(200, { id: REPOSITORY_ID });
  const { nodeIds } = connected;
  nodeIds.note(REF, { kind: "repository" }, "R_1");
  nodeIds.note(REF, { kind: "pull", id: REF.number }, "PR_1");
  nodeIds.note(REF, { kind: "comment", id: "12" }, "IC_12");
  nodeIds.note(REF, { kind: "run", id: 5 }, "CR_5");
  nodeIds.note(REF, { kind: "label", name: "concerns" }, "LA_1");
  nodeIds.note(REF, { kind: "label", name: "proposed" }, "LA_2");
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

type Sent = { readonly query: string; readonly variables: Record<string, Record<string, unknown>> };

/** GitHub answers the next document with this; what was sent. */
function answering(body: object, status = 200): Sent[] {
  const sent: Sent[] = [];
  nock(API)
    .post("/graphql", (given) => {
      sent.push(given);
      return true;
    })
    .reply(status, body);
  return sent;
}

const worn = { labelable: { labels: { nodes: [{ name: "proposal" }, { name: "concerns" }] } } };
const DONE = { part0: {}, part1: {}, part2: worn, part3: {}, part4: {} };
const together = (actions: readonly [Action, ...Action[]] = ALL) =>
  connected.writer.applyTogether(REF, actions);
const kinds = (outcomes: readonly WriteOutcome[]) => outcomes.map(({ kind }) => kind);

describe("several updates in one document", () => {
  test("comment, labels, reaction and check go in one request, in the order of the plan, each with what its own would have", async () => {
    const [sent] = [answering({ data: DONE })];
    expect(kinds(await together())).toEqual(["done", "done", "done", "done", "done"]);
    const [document] = sent;
    expect(document?.query.match(/(?<=part\d:)\w+/g)).toEqual([
      "updateIssueComment",
      "removeLabelsFromLabelable",
      "addLabelsToLabelable",
      "addReaction",
      "updateCheckRun",
    ]);
    const { input0, input1, input2, input3, input4 } = document?.variables ?? {};
    expect(input0).toMatchObject({ id: "IC_12", body: expect.stringContaining("2 of 6") });
    const here = { repository: REPOSITORY_ID, pull: REF.number };
    expect(openRecord(String(input0?.body), KEYS, here)).toEqual(register);
    expect(input1).toEqual({ labelableId: "PR_1", labelIds: ["LA_2"] });
    expect(input2).toEqual({ labelableId: "PR_1", labelIds: ["LA_1"] });
    expect(input3).toEqual({ subjectId: "IC_13", content: "THUMBS_UP" });
    expect(input4).toMatchObject({
      repositoryId: "R_1",
      checkRunId: "CR_5",
      name: "msc-clerk",
      externalId: `${REF.number}:in_progress`,
      status: "IN_PROGRESS",
      output: { title: "Waiting" },
    });
    const output = input4?.output as { readonly text: string } | undefined;
    expect(openRecord(output?.text ?? "", KEYS, here)).toEqual(register);
  });

  test("every document of them is valid by GitHub's schema", () => {
    const schema = buildSchema(published.idl, { assumeValidSDL: true });
    const request = {} as Update["request"];
    const updates = Object.keys(MUTATIONS).map(
      (mutation): Update => ({ mutation: mutation as Update["mutation"], input: {}, request, label: null }),
    );
    for (const some of [updates, updates.slice(0, 2), [...updates, ...updates]])
      expect(validate(schema, parse(documentOf(some).query))).toEqual([]);
  });

  test("it goes alone, as ever: the only one, what something is made by, and what has an id nobody has told yet", async () => {
    const patched = () => nock(API).patch(`${REPO}/issues/comments/12`).reply(200, { id: 12 });
    patched();
    expect(await together([status])).toEqual([{ kind: "done", id: "12" }]);
    patched();
    expect(await together([status, { ...check, run: null } as Action])).toEqual([{ kind: "done", id: "12" }]);
    patched();
    expect(await together([status, { ...add, label: "unheard-of" } as Action])).toEqual([
      { kind: "done", id: "12" },
    ]);
    const other = { ...status, comment: "99" } as Action;
    nock(API).patch(`${REPO}/issues/comments/99`).reply(200, { id: 99 });
    expect(await together([other, thumbsUp])).toEqual([{ kind: "done", id: "99" }]);
  });
});

/** How REST answers the one that is sent again. */
const ALONE: readonly (readonly [string, number, () => nock.Interceptor])[] = [
  ["the comment", 0, () => nock(API).patch(`${REPO}/issues/comments/12`)],
  ["the label taken off", 1, () => nock(API).delete(`${REPO}/issues/1779/labels/proposed`)],
  ["the label put on", 2, () => nock(API).post(`${REPO}/issues/1779/labels`)],
  ["the reaction", 3, () => nock(API).post(`${REPO}/issues/comments/13/reactions`)],
  ["the check", 4, () => nock(API).patch(`${REPO}/check-runs/5`)],
];

describe.each(ALONE)("one of them fails: %s", (_, at, alone) => {
  const failing = (type: string, message: string) =>
    answering({
      data: { ...DONE, [`part${at}`]: null },
      errors: [{ type, path: [`part${at}`], message }],
    });
  const others = (outcomes: readonly WriteOutcome[]) => kinds(outcomes.filter((_, index) => index !== at));

  test.each([
    ["no permission", "FORBIDDEN", 403, "Resource not accessible by integration"],
    ["a locked conversation", "UNPROCESSABLE", 403, "Unable to create reaction because issue is locked."],
    ["what GitHub does not take", "UNPROCESSABLE", 422, "Validation Failed"],
  ])("%s is refused in REST's words, and the others are done", async (_name, type, code, message) => {
    failing(type, message);
    alone().reply(code, { message });
    const outcomes = await together();
    expect(outcomes[at]).toMatchObject({
      kind: "refused",
      status: code,
      why: expect.stringContaining(message),
    });
    expect("locked" in (outcomes[at] ?? {})).toBe(/locked/.test(message));
    expect(others(outcomes)).toEqual(["done", "done", "done", "done"]);
  });

  test("what is gone is refused as gone, but for a label, which is off then or is put on by its name", async () => {
    failing("NOT_FOUND", "Could not resolve to a node with the global id of 'X'");
    if (at === 2) alone().reply(200, []);
    else alone().reply(404, { message: "Not Found" });
    const outcomes = await together();
    const isLabel = at === 1 || at === 2;
    expect(outcomes[at]).toMatchObject(isLabel ? { kind: "done" } : { kind: "refused", status: 404 });
    expect(others(outcomes)).toEqual(["done", "done", "done", "done"]);
  });

  test("GitHub breaks off before it: those before are done, the rest is asked for again later", async () => {
    const data = Object.fromEntries(
      Object.entries(DONE).map(([name, its], index) => [name, index < at ? its : null]),
    );
    answering({ data, errors: [{ message: "Something went wrong while executing your query." }] });
    const outcomes = await together();
    expect(kinds(outcomes)).toEqual(ALL.map((_one, index) => (index < at ? "done" : "later")));
  });

  test("a limit that was met before it: those before are done, the rest waits as long as GitHub says", async () => {
    const data = Object.fromEntries(
      Object.entries(DONE).map(([name, its], index) => [name, index < at ? its : null]),
    );
    answering({ data, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] });
    const outcomes = await together();
    expect(kinds(outcomes)).toEqual(ALL.map((_one, index) => (index < at ? "done" : "later")));
    // And everything after it.
    expect((await connected.writer.apply(REF, thumbsUp)).kind).toBe("later");
  });
});

describe("all of them fail", () => {
  test("no answer, three times: none is clear, and as each is the same when done twice, all are asked for later", async () => {
    for (let times = 0; times < 3; times += 1) answering({ message: "Server Error" }, 502);
    const outcomes = await together();
    expect(kinds(outcomes)).toEqual(["later", "later", "later", "later", "later"]);
    expect(nock.isDone()).toBe(true);
  });

  test("the answer of a limit says so of all, and nothing is sent by itself", async () => {
    answering({ errors: [{ type: "RATE_LIMITED", message: "API rate limit already exceeded" }] });
    expect(kinds(await together())).toEqual(["later", "later", "later", "later", "later"]);
  });

  test("a refusal of the whole is asked about by the first alone", async () => {
    answering({ message: "Forbidden by an administrator" }, 403);
    nock(API).patch(`${REPO}/issues/comments/12`).reply(200, { id: 12 });
    expect(await together()).toEqual([{ kind: "done", id: "12" }]);
  });

  test("a GitHub that does not know one of the mutations is asked one by one from then on", async () => {
    const message = "Field 'updateCheckRun' doesn't exist on type 'Mutation'";
    answering({
      errors: [{ path: ["mutation Updates", "part4"], extensions: { code: "undefinedField" }, message }],
    });
    for (let times = 0; times < 2; times += 1) {
      nock(API).patch(`${REPO}/issues/comments/12`).reply(200, { id: 12 });
      expect(await together()).toEqual([{ kind: "done", id: "12" }]);
    }
  });

  test("a label that was renamed is not the one that was meant: it is put on by its name", async () => {
    const renamed = { labelable: { labels: { nodes: [{ name: "open-questions" }] } } };
    answering({ data: { ...DONE, part2: renamed } });
    const named = nock(API)
      .post(`${REPO}/issues/1779/labels`, { labels: ["Concerns"] })
      .reply(200, []);
    expect(kinds(await together())).toEqual(["done", "done", "done", "done", "done"]);
    expect(named.isDone()).toBe(true);
  });
});

describe("what GitHub never gets done in one document", () => {
  test("memory.kept: where it does not say what became of it, the next try sends them one by one, so that the plan goes on", async () => {
    const gaveUp = "Something went wrong while executing your query. This may be the result of a timeout.";
    const sent = answering({ data: null, errors: [{ message: gaveUp }] });
    expect(new Set(kinds(await together()))).toEqual(new Set(["later"]));
    nock(API).patch(`${REPO}/issues/comments/12`).reply(200, { id: 12 });
    expect(await together()).toEqual([{ kind: "done", id: "12" }]);
    expect(sent).toHaveLength(1);
  });
});
