import nock from "nock";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Action } from "../../src/domain/model/action.js";
import { oursOnly } from "../../src/runtime/reconcile/oursOnly.js";
import { API, connect, REF, TestClock } from "../github/fakeGitHub.js";

const COMMENT: Action = {
  kind: "create_comment",
  marker: { kind: "announce", key: "1:fcp-begun" },
  body: "FCP begins.",
  record: null,
  seq: 0,
};

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** A clerk whose installation is another instance's from `lostAt` on, by a clock that only waiting moves. */
function clerk(lostAt: number) {
  const clock = new TestClock();
  const began = clock.now();
  const { writer } = connect({ clock });
  const nothing = {
    issues: () => Promise.reject(new Error("none")),
    comments: () => Promise.reject(new Error("none")),
    apply: () => Promise.reject(new Error("none")),
  };
  nock(API)
    .persist()
    .get(/^\/repos\/[^/]+\/[^/]+$/)
    .reply(200, { id: 4242 });
  const sent: string[] = [];
  nock(API)
    .persist()
    .post(/comments$/, ({ body }) => sent.push(body) > 0)
    .reply(201, { id: 5 });
  const ownership = { holds: () => clock.now() - began < lostAt };
  return { writer: oursOnly({ writer, issues: nothing }, ownership, clock).writer, sent };
}

test("what waited for its turn while the installation was given away does not leave any more", async () => {
  const { writer, sent } = clerk(500);
  const [first, second] = await Promise.all([writer.apply(REF, COMMENT), writer.apply(REF, COMMENT)]);
  expect(first).toMatchObject({ kind: "done" });
  expect(second).toMatchObject({ kind: "later", why: "another instance has taken this over" });
  expect(sent).toHaveLength(1);
});

test("what is this instance's is written, also after waiting", async () => {
  const { writer, sent } = clerk(60_000);
  await Promise.all([writer.apply(REF, COMMENT), writer.apply(REF, COMMENT)]);
  expect(sent).toHaveLength(2);
});
