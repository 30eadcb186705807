import nock from "nock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Action, PutCheck } from "../../src/domain/model/action.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { LABELS, LIFE_LABELS } from "../../src/domain/model/labels.js";
import type { Register } from "../../src/domain/model/register.js";
import { HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { scarce } from "../../src/github/client/limits.js";
import { Pace } from "../../src/github/client/pace.js";
import { COMMENT_ROOM, partsOf } from "../../src/github/record/marker.js";
import { openRecord, shownSeq } from "../../src/github/record/seal.js";
import type { Log } from "../../src/platform/log.js";
import { MATRIX } from "../support/rules.js";
import {
  API,
  type Connected,
  connect,
  HEAD,
  KEYS,
  REF,
  REPOSITORY_ID,
  START,
  TestClock,
} from "./fakeGitHub.js";

const REPO = "/repos/matrix-org/proposals";
const HERE = { repository: REPOSITORY_ID, pull: 1779 };
const register: Register = { ...emptyRegister, seq: 6 };
const comment: Action = {
  kind: "create_comment",
  marker: { kind: "announce", key: "1:fcp-begun" },
  body: "FCP begins.",
  record: null,
  seq: 0,
};
const check: PutCheck = {
  kind: "put_check",
  run: null,
  head: HEAD,
  verdict: "in_progress",
  own: "success",
  title: "Waiting for 2 more votes",
  summary: "…",
  record: register,
  annotations: [],
};
const huge: Register = {
  ...register,
  judged: Array.from({ length: 9000 }, (_, i) => ({
    key: `${(i * 2654435761) % 4294967296}${(i * 40503 * 65537) % 999999937}`,
    at: (i * 7919) % 1e9,
  })),
};

describe("carrying out an action", () => {
  let connected: Connected;
  let clock: TestClock;
  beforeEach(() => {
    nock.disableNetConnect();
    clock = new TestClock();
    connected = connect({ clock });
    nock(API).get(REPO).optionally().reply(200, { id: REPOSITORY_ID });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    nock.cleanAll();
    nock.enableNetConnect();
  });
  const apply = (action: Action) => connected.writer.apply(REF, action);

  it("creates a comment with the marker first, the record last, and answers with its id", async () => {
    let body = "";
    nock(API)
      .post(`${REPO}/issues/1779/comments`, (sent) => {
        body = sent.body;
        return Object.keys(sent).join() === "body";
      })
      .reply(201, `{"id": 90071992547409931}`, { "content-type": "application/json" });
    expect(await apply({ ...comment, record: register })).toEqual({ kind: "done", id: "90071992547409931" });
    expect(body.split("\n")[0]).toBe("<!-- msc-clerk:announce 1:fcp-begun -->");
    expect(partsOf(body).visible).toBe("FCP begins.");
    expect(openRecord(body, KEYS, HERE)).toEqual(register);
  });

  it("updates and deletes comments; one that is gone already is deleted", async () => {
    nock(API)
      .patch(`${REPO}/issues/comments/12`, /msc-clerk:status 1/)
      .reply(200, { id: 12 });
    nock(API).delete(`${REPO}/issues/comments/13`).reply(204);
    nock(API).delete(`${REPO}/issues/comments/14`).reply(404, { message: "Not Found" });
    const update: Action = {
      kind: "update_comment",
      comment: "12",
      marker: { kind: "status", key: "1" },
      body: "x",
      record: null,
      seq: 0,
    };
    expect(await apply(update)).toEqual({ kind: "done", id: "12" });
    expect(await apply({ kind: "delete_comment", comment: "13", why: "duplicate" })).toEqual({
      kind: "done",
      id: null,
    });
    expect(await apply({ kind: "delete_comment", comment: "14", why: "duplicate" })).toEqual({
      kind: "done",
      id: null,
    });
  });

  it("says that a comment to update is gone", async () => {
    nock(API).patch(`${REPO}/issues/comments/12`).reply(404, { message: "Not Found" });
    const update: Action = {
      kind: "update_comment",
      comment: "12",
      marker: { kind: "status", key: "1" },
      body: "x",
      record: null,
      seq: 0,
    };
    expect(await apply(update)).toMatchObject({ kind: "refused", status: 404 });
  });

  it("label.single: adds and removes labels one by one; one that is off already is off", async () => {
    nock(API)
      .post(`${REPO}/issues/1779/labels`, { labels: ["final-comment-period"] })
      .reply(200, []);
    nock(API).delete(`${REPO}/issues/1779/labels/vote%3Aapprove`).reply(200, []);
    nock(API).delete(`${REPO}/issues/1779/labels/gone`).reply(404, { message: "Label does not exist" });
    expect(
      await apply({ kind: "add_label", key: "fcp", label: "final-comment-period", latch: true }),
    ).toMatchObject({ kind: "done" });
    expect(await apply({ kind: "remove_label", label: "vote:approve" })).toMatchObject({ kind: "done" });
    expect(await apply({ kind: "remove_label", label: "gone" })).toMatchObject({ kind: "done" });
  });

  it("reply.always: reacts to comments and inline comments by REST, to reviews by GraphQL", async () => {
    nock(API).post(`${REPO}/issues/comments/1/reactions`, { content: "+1" }).reply(201, { id: 5 });
    nock(API).post(`${REPO}/pulls/comments/2/reactions`, { content: "confused" }).reply(201, { id: 6 });
    nock(API)
      .post("/graphql", (body) => body.variables.id === "R_3" && body.variables.content === "EYES")
      .reply(200, { data: { addReaction: { reaction: { id: "x" } } } });
    const react = (
      kind: "comment" | "inline" | "review",
      id: string,
      reaction: "thumbsUp" | "confused" | "eyes",
    ) => apply({ kind: "react", on: { kind, id, nodeId: `R_${id}` }, reaction });
    expect(await react("comment", "1", "thumbsUp")).toMatchObject({ kind: "done" });
    expect(await react("inline", "2", "confused")).toMatchObject({ kind: "done" });
    expect(await react("review", "3", "eyes")).toMatchObject({ kind: "done" });
    nock(API)
      .post("/graphql")
      .reply(200, { data: null, errors: [{ type: "FORBIDDEN", message: "no" }] });
    expect(await react("review", "4", "eyes")).toMatchObject({ kind: "refused", status: 403 });
    nock(API)
      .post("/graphql")
      .reply(200, { data: null, errors: [{ type: "NOT_FOUND", message: "no" }] });
    expect(await react("review", "4", "eyes")).toMatchObject({ kind: "refused", status: 404 });
  });

  it("check.head: a waiting check has no conclusion, and carries PR, own verdict and record", async () => {
    let sent: Record<string, unknown> & { output?: { text: string } } = {};
    nock(API)
      .post(`${REPO}/check-runs`, (body) => {
        sent = body;
        return true;
      })
      .reply(201, { id: 77 });
    expect(await apply(check)).toEqual({ kind: "done", id: "77" });
    expect(sent).toMatchObject({
      name: "msc-clerk",
      head_sha: HEAD,
      external_id: "1779:success",
      status: "in_progress",
    });
    expect(sent).not.toHaveProperty("conclusion");
    expect(openRecord(sent.output?.text ?? "", KEYS, HERE)).toEqual(register);

    nock(API)
      .patch(
        `${REPO}/check-runs/77`,
        (body) => body.status === "completed" && body.conclusion === "success" && !("head_sha" in body),
      )
      .reply(200, { id: 77 });
    expect(await apply({ ...check, run: 77, verdict: "success" })).toEqual({ kind: "done", id: "77" });
  });

  it("sends annotations 50 a request, on a new run, as GitHub would add them to those of an old one", async () => {
    const annotations = Array.from({ length: 120 }, (_, i) => ({
      path: ".github/msc-clerk.yml",
      line: i + 1,
      column: 3,
      message: `fault ${i}`,
    }));
    const counts: number[] = [];
    const count = (body: { output: { annotations: unknown[] } }) =>
      counts.push(body.output.annotations.length) > 0;
    nock(API).post(`${REPO}/check-runs`, count).reply(201, { id: 78 });
    nock(API).patch(`${REPO}/check-runs/78`, count).times(2).reply(200, { id: 78 });
    expect(await apply({ ...check, run: 77, annotations })).toEqual({ kind: "done", id: "78" });
    expect(counts).toEqual([50, 50, 20]);
  });

  it("closes a pull request, and merges the very head that was decided on", async () => {
    nock(API).patch(`${REPO}/pulls/1779`, { state: "closed" }).reply(200, { id: 1 });
    nock(API)
      .put(`${REPO}/pulls/1779/merge`, { merge_method: "squash", sha: HEAD })
      .reply(409, { message: "Head branch was modified" });
    expect(await apply({ kind: "close_pull" })).toMatchObject({ kind: "done" });
    expect(await apply({ kind: "merge_pull", method: "squash", head: HEAD })).toMatchObject({
      kind: "refused",
      status: 409,
    });
  });

  it("a record that does not fit leaves its number in the comment, and says so", async () => {
    let body = "";
    nock(API)
      .post(`${REPO}/issues/1779/comments`, (sent) => {
        body = sent.body;
        return true;
      })
      .reply(201, { id: 1 });
    expect(await apply({ ...comment, record: huge })).toEqual({ kind: "done", id: "1", recordLeftOut: true });
    expect(body.length).toBeLessThan(500);
    expect(shownSeq(body, KEYS, HERE)).toBe(6);
  });

  it("what is longer than GitHub takes is refused without a call, and nothing is cut off", async () => {
    expect(await apply({ ...comment, body: "x".repeat(COMMENT_ROOM) })).toMatchObject({
      kind: "refused",
      status: 422,
    });
  });

  describe("what GitHub may have done is not done again", () => {
    it("comment.once: a 500 for a new comment is unclear, and it is sent once", async () => {
      nock(API).post(`${REPO}/issues/1779/comments`).reply(500);
      const second = nock(API).post(`${REPO}/issues/1779/comments`).reply(201, { id: 2 });
      expect(await apply(comment)).toMatchObject({ kind: "unclear" });
      expect(second.isDone()).toBe(false);
    });

    it("comment.once: so is a line that breaks", async () => {
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
      expect(await apply(comment)).toMatchObject({ kind: "unclear" });
    });

    it("comment.once: so is an answer that does not come", async () => {
      // The time is over once the comment has arrived, however slow the machine is.
      const over = new AbortController();
      const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(over.signal);
      connected = connect({ clock, timeout: 5000 });
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .reply(() => {
          over.abort();
          return new Promise(() => {});
        });
      expect(await apply(comment)).toMatchObject({ kind: "unclear", why: "no answer within 5 seconds" });
      expect(timeout).toHaveBeenCalledWith(5000);
    });

    it("a new check run and a reaction neither", async () => {
      nock(API).post(`${REPO}/check-runs`).reply(502);
      expect(await apply(check)).toMatchObject({ kind: "unclear" });
      nock(API).post(`${REPO}/issues/comments/1/reactions`).reply(503);
      const on = { kind: "comment", id: "1", nodeId: "x" } as const;
      expect(await apply({ kind: "react", on, reaction: "eyes" })).toMatchObject({ kind: "unclear" });
    });

    it("what cannot be reached at all was not done", async () => {
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .replyWithError(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
      expect(await apply(comment)).toMatchObject({ kind: "later" });
    });

    it("what is the same twice is tried three times, with growing pauses, and may be tried later", async () => {
      nock(API)
        .post(`${REPO}/issues/1779/labels`)
        .times(2)
        .reply(502)
        .post(`${REPO}/issues/1779/labels`)
        .reply(200, []);
      const add: Action = { kind: "add_label", key: "fcp", label: "x", latch: false };
      expect(await apply(add)).toMatchObject({ kind: "done" });
      expect(clock.slept).toContain(SECOND);
      expect(clock.slept).toContain(2 * SECOND);
      nock(API).post(`${REPO}/issues/1779/labels`).times(3).reply(502);
      expect(await apply(add)).toMatchObject({ kind: "later" });
    });
  });

  describe("no permission, and a limit, are told apart", () => {
    it("a 403 without a limit is refused, saying what permission is missing", async () => {
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .reply(
          403,
          { message: "Resource not accessible by integration" },
          { "x-ratelimit-remaining": "4000", "x-accepted-github-permissions": "issues=write" },
        );
      expect(await apply(comment)).toEqual({
        kind: "refused",
        status: 403,
        why: expect.stringMatching(/Issues: write.*issues=write.*grant it/),
      });
    });

    it("a locked conversation is said to be locked", async () => {
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .reply(403, { message: "Unable to create comment because issue is locked." });
      expect(await apply(comment)).toMatchObject({
        kind: "refused",
        why: expect.stringContaining("conversation is locked"),
        locked: true,
      });
    });

    it.each([404, 410, 422])("a %i is refused", async (status) => {
      nock(API).post(`${REPO}/issues/1779/comments`).reply(status, { message: "no" });
      expect(await apply(comment)).toMatchObject({ kind: "refused", status });
    });

    it("credentials that GitHub does not accept after signing in anew are tried later", async () => {
      nock(API).post(`${REPO}/issues/1779/comments`).times(2).reply(401, { message: "Bad credentials" });
      expect(await apply(comment)).toMatchObject({
        kind: "later",
        why: expect.stringContaining("credentials"),
      });
    });

    it("a spent hour is waited out, and no further call is made before", async () => {
      const reset = (START + 20 * MINUTE) / 1000;
      nock(API)
        .post(`${REPO}/issues/1779/comments`)
        .reply(
          403,
          { message: "API rate limit exceeded" },
          {
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": String(reset),
            "x-ratelimit-resource": "core",
          },
        );
      expect(await apply(comment)).toMatchObject({ kind: "later", retryAt: reset * 1000 + SECOND });
      expect(await apply({ kind: "close_pull" })).toMatchObject({
        kind: "later",
        retryAt: reset * 1000 + SECOND,
      });
      clock.at = reset * 1000 + 2 * SECOND;
      nock(API).patch(`${REPO}/pulls/1779`).reply(200, { id: 1 });
      expect(await apply({ kind: "close_pull" })).toMatchObject({ kind: "done" });
    });

    it("the last call of the hour holds the next one back before GitHub must", async () => {
      const reset = (START + 20 * MINUTE) / 1000;
      nock(API)
        .patch(`${REPO}/pulls/1779`)
        .reply(
          200,
          { id: 1 },
          {
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": String(reset),
            "x-ratelimit-resource": "core",
          },
        );
      expect(await apply({ kind: "close_pull" })).toMatchObject({ kind: "done" });
      expect(await apply({ kind: "close_pull" })).toMatchObject({
        kind: "later",
        retryAt: reset * 1000 + SECOND,
      });
    });

    it.each([
      [403, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "90" }, 90 * SECOND],
      [429, { message: "slow down" }, { "retry-after": "7" }, 7 * SECOND],
      [429, { message: "slow down" }, {}, MINUTE],
      [403, { message: "You have triggered an abuse detection mechanism" }, {}, MINUTE],
    ])("a secondary limit (%i %j %j) is waited out", async (status, body, headers, wait) => {
      nock(API).post(`${REPO}/issues/1779/comments`).reply(status, body, headers);
      const outcome = await apply(comment);
      expect(outcome).toMatchObject({ kind: "later" });
      expect(outcome.kind === "later" && outcome.retryAt).toBe(clock.at + wait);
      expect(await connected.reader.everyOpen(REF)).toMatchObject({ kind: "unreadable" });
    });

    it("a limit of one installation holds back no other", async () => {
      nock(API).patch(`${REPO}/pulls/1779`).reply(429, {}, { "retry-after": "90" });
      expect(await apply({ kind: "close_pull" })).toMatchObject({ kind: "later" });
      nock(API).patch(`${REPO}/pulls/1779`).reply(200, { id: 1 });
      expect(await connected.writer.apply({ ...REF, installation: 8 }, { kind: "close_pull" })).toMatchObject(
        { kind: "done" },
      );
    });
  });

  describe("pace", () => {
    it("one write a second, also when asked for all at once", async () => {
      const at: number[] = [];
      nock(API)
        .post(`${REPO}/issues/1779/labels`)
        .times(5)
        .reply(() => {
          at.push(clock.at);
          return [200, []];
        });
      const add: Action = { kind: "add_label", key: "fcp", label: "x", latch: false };
      await Promise.all(Array.from({ length: 5 }, () => apply(add)));
      expect(at).toEqual([0, 1, 2, 3, 4].map((second) => START + second * SECOND));
    });

    it("what creates content stays below 80 a minute and 500 an hour", async () => {
      const at: number[] = [];
      nock(API)
        .persist()
        .post(`${REPO}/issues/1779/comments`)
        .reply(() => {
          at.push(clock.at);
          return [201, { id: at.length }];
        });
      while (clock.at < START + 2 * HOUR) {
        const outcome = await apply(comment);
        if (outcome.kind === "later") clock.at = Math.max(clock.at + SECOND, outcome.retryAt ?? 0);
        else expect(outcome.kind).toBe("done");
      }
      const most = (window: number) =>
        Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + window).length));
      expect(at.length).toBeGreaterThan(900);
      expect(most(MINUTE)).toBeLessThan(80);
      expect(most(HOUR)).toBeLessThan(500);
    });

    it("check runs and reactions are paced, and are no content: they keep no comment waiting", async () => {
      nock(API).persist().post(`${REPO}/check-runs`).reply(201, { id: 1 });
      nock(API).persist().post(`${REPO}/issues/1779/comments`).reply(201, { id: 2 });
      for (let at = 0; at < 600; at += 1) expect((await apply(check)).kind).toBe("done");
      expect(clock.at).toBeGreaterThanOrEqual(START + 599 * SECOND);
      expect((await apply(comment)).kind).toBe("done");
    });

    it("outsiders' comments take half of the hour, and the other half is there for members'", async () => {
      const pace = new Pace(clock);
      const create = (outsiders: boolean) =>
        pace.write(true, "core", async () => "made", outsiders ? "outsiders" : "people");
      const made = { outsiders: 0, members: 0 };
      while (clock.at < START + 30 * MINUTE) {
        if ((await create(true)) === "made") made.outsiders += 1;
        else clock.at += 10 * SECOND;
      }
      expect(made.outsiders).toBe(240);
      for (let at = 0; at < 75; at += 1) if ((await create(false)) === "made") made.members += 1;
      expect(made.members).toBe(75);
      expect(await create(true)).toMatchObject({ kind: "wait" });
    });
  });

  describe("people first", () => {
    it("a write that somebody waits for comes before a hundred that nobody does, however long they have waited", async () => {
      const pace = new Pace(clock);
      const order: string[] = [];
      const write = (name: string, rank: "people" | "background" | "outsiders") =>
        pace.write(
          false,
          "core",
          async () => void order.push(`${name} ${(clock.at - START) / SECOND}`),
          rank,
        );
      const all = Array.from({ length: 100 }, (_, at) =>
        write("b", at % 2 === 0 ? "background" : "outsiders"),
      );
      all.push(write("p", "people"));
      await Promise.all(all);
      expect(order.slice(0, 3)).toEqual(["b 0", "p 1", "b 2"]);
      expect(order.at(-1)).toBe("b 100");
    });

    it("a clock that was put back holds no write up for as long", async () => {
      const pace = new Pace(clock);
      const write = () => pace.write(false, "core", async () => "written");
      await write();
      const back = clock.at - 60 * MINUTE;
      clock.at = back;
      expect(await write()).toBe("written");
      expect(clock.at - back).toBeLessThanOrEqual(SECOND);
    });

    it("in the background no more than three quarters of an hour's content is created, and nobody is held up by it", async () => {
      const pace = new Pace(clock);
      const create = (rank: "people" | "background") => pace.write(true, "core", async () => "made", rank);
      let made = 0;
      while (clock.at < START + 30 * MINUTE) {
        const before = clock.at;
        if ((await create("background")) === "made") made += 1;
        else {
          expect(clock.at - before).toBeLessThanOrEqual(SECOND);
          clock.at += 10 * SECOND;
        }
      }
      expect(made).toBe(360);
      expect(await create("people")).toBe("made");
    });

    it("what is left of the hour's requests, once it is little, is for people", async () => {
      const pace = new Pace(clock);
      const at = (left: number, resource = "graphql") =>
        pace.spare(
          resource,
          scarce(
            {
              "x-ratelimit-limit": "5000",
              "x-ratelimit-remaining": String(left),
              "x-ratelimit-resource": resource,
              "x-ratelimit-reset": String((clock.at + HOUR) / SECOND),
            },
            clock.at,
          ),
        );
      const may = () => [pace.ask("graphql").kind, pace.ask("graphql", "background").kind];
      at(750);
      expect(may()).toEqual(["go", "go"]);
      at(749);
      expect(may()).toEqual(["go", "wait"]);
      expect(pace.ask("core", "background").kind).toBe("go");
      clock.at += HOUR + 2 * SECOND;
      expect(may()).toEqual(["go", "go"]);
    });
  });

  it("no token, body or record goes into a log", async () => {
    const lines: string[] = [];
    const note = (message: string, facts?: unknown) => lines.push(message + JSON.stringify(facts ?? {}));
    const log: Log = { debug: note, info: note, warn: note, error: note };
    connected = connect({ clock, log });
    nock(API).get(REPO).reply(200, { id: REPOSITORY_ID });
    nock(API).post(`${REPO}/issues/1779/comments`).reply(500, { message: "boom" });
    nock(API).post(`${REPO}/issues/1779/comments`).reply(201, { id: 1 });
    await apply({ ...comment, body: "the words of a comment", record: huge });
    await apply({ ...comment, body: "the words of a comment", record: huge });
    nock(API)
      .post("/graphql")
      .reply(200, { data: { viewer: {}, repository: { pullRequest: {} } } });
    await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("\n")).not.toMatch(/token-that|the words of|msc-clerk:record/);
  });

  describe("ensuring labels", () => {
    const listed = (names: readonly string[]) => names.map((name) => ({ name }));

    it("makes what is missing, by pages and without regard to case, with colour and description", async () => {
      const names = LABELS.map(({ key }) => MATRIX.labels[key] ?? "");
      const many = Array.from({ length: 100 }, (_, i) => `other ${i}`);
      nock(API)
        .get(`${REPO}/labels`)
        .query({ per_page: 100, page: 1 })
        .reply(200, listed(many), { link: '<x>; rel="next"' })
        .get(`${REPO}/labels`)
        .query({ per_page: 100, page: 2 })
        .reply(200, listed(names.slice(2).map((name) => name.toUpperCase())));
      const made: unknown[] = [];
      nock(API)
        .post(`${REPO}/labels`, (body) => made.push(body) > 0)
        .times(2)
        .reply(201, { id: 1 });
      expect(await connected.writer.ensureLabels(REF, MATRIX)).toEqual({ kind: "done", id: null });
      expect(made).toEqual([
        { name: "proposal", color: "d4d4d4", description: "A proposal to be decided" },
        {
          name: "proposal-placeholder",
          color: "eeeeee",
          description: "Holds a number for a proposal still to be written",
        },
      ]);
    });

    it("proposal.ready, proposal.superseded: makes those that have keys of their own, where the config has them", async () => {
      const made: unknown[] = [];
      const names = Object.values(MATRIX.labels).map((name) => ({ name }));
      nock(API).get(`${REPO}/labels`).query(true).reply(200, names);
      nock(API)
        .post(`${REPO}/labels`, (body) => made.push(body) > 0)
        .times(2)
        .reply(201, {});
      const rules = { ...MATRIX, readyLabel: "in-the-queue", obsoleteLabel: "obsolete" };
      expect(await connected.writer.ensureLabels(REF, rules)).toEqual({ kind: "done", id: null });
      expect(made).toMatchObject([{ name: "in-the-queue" }, { name: "obsolete" }]);
    });

    it("bears one that came into being meanwhile, and says what it may not make", async () => {
      nock(API).persist().get(`${REPO}/labels`).query(true).reply(200, []);
      nock(API)
        .post(`${REPO}/labels`)
        .reply(422, {
          message: "Validation Failed",
          errors: [{ resource: "Label", code: "already_exists", field: "name" }],
        })
        .post(`${REPO}/labels`)
        .reply(403, { message: "Resource not accessible by integration" });
      expect(await connected.writer.ensureLabels(REF, MATRIX)).toMatchObject({
        kind: "refused",
        status: 403,
        why: expect.stringContaining("Issues: write"),
      });
    });

    it("waits where the list cannot be read", async () => {
      nock(API).persist().get(`${REPO}/labels`).query(true).reply(502);
      expect(await connected.writer.ensureLabels(REF, MATRIX)).toMatchObject({ kind: "later" });
    });

    it("every label has a colour, and a description that GitHub takes", () => {
      for (const { colour, description } of [...LABELS, ...LIFE_LABELS]) {
        expect(colour).toMatch(/^[0-9a-f]{6}$/);
        expect(description.length).toBeLessThanOrEqual(100);
      }
    });
  });
});
