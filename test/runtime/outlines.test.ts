import { expect, test } from "vitest";
import type { Outline } from "../../src/domain/model/outline.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Outlines } from "../../src/runtime/reconcile/outlines.js";
import { Reconciler } from "../../src/runtime/reconcile/reconciler.js";
import { Resync } from "../../src/runtime/schedule/resync.js";
import { NOTHING_TO_WRITE, reconciling, resyncing } from "../support/reconciling.js";
import { FakeGitHub, FakeLog, REPOSITORY, records, START, snapshot, turns } from "./fakes.js";

const pull = (number: number) => ({ ...REPOSITORY, number });
const outline = (number: number): Outline => ({
  ...{ number, title: `MSC${number}`, url: "", author: null, since: START },
  ...{ waits: { kind: "quiet", turn: "team", why: "motion" }, concerns: [], gates: [] },
});
const unasked = {
  everyOpen: async () => {
    throw new Error("GitHub was asked");
  },
};

test("remind.mine: before the open pull requests are listed, it is told that there may be more", () => {
  const outlines = new Outlines(unasked);
  outlines.judged(pull(2), outline(2));
  expect(outlines.known(REPOSITORY)).toEqual({ outlines: [outline(2)], unread: [], more: true });
});

test("remind.mine: what is listed and was not looked at is told, and GitHub is not asked for it", () => {
  const outlines = new Outlines(unasked);
  outlines.listed(REPOSITORY, { numbers: [1, 2, 3], cutOff: false });
  outlines.judged(pull(1), null);
  outlines.judged(pull(2), outline(2));
  expect(outlines.known(REPOSITORY)).toEqual({ outlines: [outline(2)], unread: [3], more: false });
  outlines.judged(pull(3), null);
  outlines.judged(pull(2), null);
  expect(outlines.known(REPOSITORY)).toEqual({ outlines: [], unread: [], more: false });
});

test("remind.mine: where the config has no use for it nothing is kept, and the list is when it has again", () => {
  const outlines = new Outlines(unasked);
  outlines.listed(REPOSITORY, { numbers: [1, 2], cutOff: false });
  outlines.judged(pull(1), outline(1));
  outlines.judged(pull(1), undefined);
  expect(outlines.known(REPOSITORY)).toEqual({ outlines: [], unread: [1, 2], more: false });
});

test("several instances: what was known of an installation before it was another's is not told when it is back", () => {
  const outlines = new Outlines(unasked);
  const elsewhere = { installation: 8, owner: "else", name: "where" };
  for (const ref of [REPOSITORY, elsewhere]) {
    outlines.listed(ref, { numbers: [2], cutOff: false });
    outlines.judged({ ...ref, number: 2 }, outline(2));
  }
  outlines.forget(REPOSITORY.installation);
  expect(outlines.known(REPOSITORY)).toEqual({ outlines: [], unread: [], more: true });
  expect(outlines.known(elsewhere)).toEqual({ outlines: [outline(2)], unread: [], more: false });
});

test("remind.digest, remind.mine: what is listed for the digest is known to both", async () => {
  const outlines = new Outlines({ everyOpen: async () => ({ kind: "read", numbers: [7, 8], cutOff: true }) });
  outlines.judged(pull(8), outline(8));
  const overview = { outlines: [outline(8)], unread: [7], more: true };
  expect(await outlines.of(REPOSITORY)).toEqual({ kind: "read", ...overview });
  expect(outlines.known(REPOSITORY)).toEqual(overview);
});

test("remind.mine: every full round tells which pull requests are open", async () => {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  github.lists = (since) => ({ kind: "read", numbers: since === null ? [1, 2] : [2], upTo: clock.now() });
  const told: unknown[] = [];
  const room = new Resync({
    ...resyncing(clock),
    reader: github,
    log: new FakeLog(),
    onOpen: async (_, { numbers }) => void told.push(numbers),
    enqueue: ({ number }) => told.push(number),
  });
  room.start();
  await turns();
  expect(told).toEqual([1, 2, [1, 2], 2]);
  await room.stop();
});

test("remind.mine: the overview is handed in where an answer asks for it, this proposal in it, and else not", async () => {
  for (const asks of [true, false]) {
    const clock = new MovableClock(START);
    const github = new FakeGitHub(clock, snapshot());
    const outlines = new Outlines(unasked);
    const seen: unknown[] = [];
    const reconciler = new Reconciler({
      ...reconciling(clock),
      reader: github,
      writer: github,
      records: records(clock, new FakeLog()),
      log: new FakeLog(),
      evaluate: ({ overview }) => {
        seen.push(overview);
        return { ...NOTHING_TO_WRITE, outline: outline(9), asksForOverview: asks && overview === undefined };
      },
      onEvaluated: (ref, _snapshot, evaluation) => outlines.judged(ref, evaluation.outline),
      overview: (repository) => outlines.known(repository),
    });
    await reconciler.reconcile(pull(9), { forced: false });
    expect(seen).toEqual(
      asks ? [undefined, { outlines: [outline(9)], unread: [], more: true }] : [undefined],
    );
    expect(github.reads).toHaveLength(1);
  }
});
