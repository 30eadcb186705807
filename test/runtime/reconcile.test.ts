import { describe, expect, test } from "vitest";
import type { Action } from "../../src/domain/model/action.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import type { WriteOutcome } from "../../src/github/ports.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import type { Evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { Reconciler } from "../../src/runtime/reconcile/reconciler.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { motion } from "../support/decision.js";
import { decisions, NOTHING_TO_WRITE, reconciling } from "../support/reconciling.js";
import {
  addLabel,
  check,
  comment,
  FakeGitHub,
  FakeLog,
  HEAD,
  records,
  ref,
  register,
  START,
  snapshot,
} from "./fakes.js";

const LAG = 10_000;
const PLAIN = { forced: false };
const FORCED = { forced: true };

/** A reconciler whose process started `age` milliseconds ago, and whose `evaluate` wants what `wants` says of a snapshot. */
async function clerk(
  wants: (snapshot: Snapshot) => readonly Action[],
  {
    age = 60_000,
    dryRun = false,
    next = null as number | null,
    first = snapshot(),
    store = inMemoryStore(),
    heldSince = (): number | null => Number.NEGATIVE_INFINITY,
    kept = null as Register | null,
  } = {},
) {
  const clock = new MovableClock(START);
  const log = new FakeLog();
  const github = new FakeGitHub(clock, first);
  const deadlines: (number | null)[] = [];
  const lookedAt: number[] = [];
  const judged: Snapshot[] = [];
  const judge: Evaluate = (seen) => {
    judged.push(seen);
    return { ...NOTHING_TO_WRITE, actions: wants(seen), nextCheckAt: next, register: kept };
  };
  const reconciler = new Reconciler({
    ...reconciling(clock),
    reader: github,
    writer: github,
    decisions: decisions(),
    records: records(clock, log, store),
    heldSince,
    evaluate: judge,
    log,
    dryRun,
    lagWindow: LAG,
    setDeadline: (_ref, at) => deadlines.push(at),
    enqueue: ({ number }) => lookedAt.push(number),
  });
  await clock.advance(age);
  const look = (cause = PLAIN) => reconciler.reconcile(ref(), cause);
  const written = () => github.writes.map(({ action }) => action.kind);
  return { clock, log, github, reconciler, look, written, deadlines, lookedAt, judged };
}

const INVALID = {
  kind: "invalid",
  repository: 1,
  commit: "c",
  faults: [{ line: 3, column: 5, path: "teams", message: "No teams." }],
} as const;

const unless = (there: boolean, ...actions: Action[]): readonly Action[] => (there ? [] : actions);
const announces = (seen: Snapshot, key: string) => seen.ownComments.some((own) => own.marker.key === key);

describe("the four outcomes of looking for the config", () => {
  test("config.absent: nothing is read further, nothing is written, no deadline stands", async () => {
    const { github, look, deadlines, judged } = await clerk(() => [comment("x")]);
    github.config_ = { kind: "absent" };
    expect(await look()).toEqual({ kind: "done" });
    expect([github.reads, github.writes, judged]).toEqual([[], [], []]);
    expect(deadlines).toEqual([null]);
  });

  test("config.unreadable: nothing is decided, and it is tried again when GitHub says", async () => {
    const { github, look, deadlines, judged } = await clerk(() => [comment("x")]);
    github.config_ = { kind: "unreadable", why: "500", retryAt: START + 99_000 };
    expect(await look()).toMatchObject({ kind: "again", at: START + 99_000 });
    expect([github.reads, github.writes, judged, deadlines]).toEqual([[], [], [], []]);
  });

  test("config.invalid: no transition, and one failing check on the head that says what is wrong and where", async () => {
    const { github, look, judged } = await clerk(() => [comment("x")]);
    github.config_ = INVALID;
    expect(await look()).toEqual({ kind: "done" });
    expect(judged).toEqual([]);
    expect(github.writes).toHaveLength(1);
    const action = github.writes[0]?.action;
    expect(action).toMatchObject({ kind: "put_check", verdict: "failure", head: HEAD, record: null });
    expect(action?.kind === "put_check" && action.summary).toMatch(/No teams\./);
  });

  test("config.invalid: the check that says so already is left alone, and so is a closed PR", async () => {
    const { github, look } = await clerk(() => []);
    github.config_ = INVALID;
    await look();
    const action = github.writes[0]?.action;
    if (action?.kind !== "put_check") throw new Error("no check");
    const { title, summary } = action;
    const shown = { id: 1, title, summary, startedAt: START, verdict: "failure" };
    github.headOutcome = { kind: "read", head: HEAD, open: true, check: shown };
    await look();
    github.headOutcome = { kind: "read", head: HEAD, open: false, check: null };
    await look();
    expect(github.writes).toHaveLength(1);
  });

  test("config.invalid: a check that could not be written is tried again", async () => {
    const { github, look } = await clerk(() => []);
    github.config_ = INVALID;
    github.answer = () => ({ kind: "later", why: "rate limit", retryAt: START + 70_000 });
    expect(await look()).toMatchObject({ kind: "again", at: START + 70_000 });
  });
});

describe("reading, deciding, writing", () => {
  test("a look that finds nothing to do reads once and writes nothing", async () => {
    const { github, look } = await clerk(() => []);
    expect(await look()).toEqual({ kind: "done" });
    expect([github.reads.length, github.writes.length]).toEqual([1, 0]);
  });

  test("a look that finds something to do reads once and writes it in order", async () => {
    const { github, look, written } = await clerk((seen) =>
      unless(announces(seen, "a"), addLabel("x"), comment("a"), check()),
    );
    expect(await look()).toEqual({ kind: "done" });
    expect(written()).toEqual(["add_label", "create_comment", "put_check"]);
    expect(github.reads).toHaveLength(1);
    expect(github.labelsEnsured).toBe(1);
  });

  test("what cannot be read is tried again, and nothing is decided meanwhile", async () => {
    const { github, look, judged } = await clerk(() => [check()]);
    github.instead.push({ kind: "unreadable", why: "502", retryAt: null });
    expect(await look()).toMatchObject({ kind: "again", at: null });
    expect(judged).toEqual([]);
    expect(await look()).toEqual({ kind: "done" });
  });

  test("a PR that is gone is not tried again", async () => {
    const { github, look, deadlines } = await clerk(() => []);
    github.instead.push({ kind: "gone", why: "deleted" });
    expect(await look()).toEqual({ kind: "done" });
    expect(deadlines).toEqual([null]);
  });

  test("config.lawful: what the rules about the rules need is part of the one read, and unreadable it decides nothing", async () => {
    const clock = new MovableClock(START);
    const github = new FakeGitHub(clock);
    const judged: Snapshot[] = [];
    github.governance = () => ({ kind: "unreadable", why: "502", retryAt: START + 7 });
    const reconciler = new Reconciler({
      ...reconciling(clock),
      reader: github,
      writer: github,
      decisions: decisions(),
      records: records(clock),
      evaluate: (seen) => {
        judged.push(seen);
        return NOTHING_TO_WRITE;
      },
      log: new FakeLog(),
    });
    expect(await reconciler.reconcile(ref(), PLAIN)).toMatchObject({ kind: "again", at: START + 7 });
    expect(judged).toEqual([]);
    github.governance = () => ({ kind: "read", snapshot: snapshot({ labels: ["completed"] }) });
    expect(await reconciler.reconcile(ref(), PLAIN)).toEqual({ kind: "done" });
    expect(judged.map(({ labels }) => labels)).toEqual([["completed"]]);
  });

  test("the moment at which the decision can change by itself becomes its deadline", async () => {
    const { look, deadlines } = await clerk(() => [], { next: START + 60_001 });
    await look();
    expect(deadlines).toEqual([START + 60_001]);
  });

  test("a moment that has passed already does not make it look without end", async () => {
    const { clock, look, deadlines } = await clerk(() => [], { next: START });
    await look();
    expect(deadlines).toEqual([clock.now() + 60_000]);
  });

  test("fcp.latch: after the label that begins FCP it reads again at once and finishes", async () => {
    const { github, look, written } = await clerk((seen) =>
      seen.labels.includes("fcp")
        ? unless(announces(seen, "begun"), comment("begun"))
        : [addLabel("fcp", true), comment("too early")],
    );
    expect(await look()).toEqual({ kind: "done" });
    expect(written()).toEqual(["add_label", "create_comment"]);
    expect(github.comments()).toEqual(["begun"]);
    expect(github.reads).toHaveLength(2);
  });

  describe("fcp.latch: whether the label that begins the period is on has to show before anything is decided again", () => {
    const fcp = { state: "decided", at: START, head: HEAD, decided: null } as const;
    const begins: Register = { ...register(1), motion: motion({ fcp }) };
    const takenBack: Register = { ...register(2), motion: motion() };
    const stored = (store: Store) => store.register({ repository: 1, pull: 3000 });

    test("a process that has just begun does not take back what the one before decided", async () => {
      const store = inMemoryStore();
      const { clock, look } = await clerk(() => [], {
        ...{ age: 0, store, first: snapshot({ register: begins }), kept: takenBack },
      });
      expect(await look()).toMatchObject({ kind: "again", at: START + LAG });
      await clock.advance(LAG - 1);
      expect(await look()).toMatchObject({ kind: "again", at: START + LAG });
      expect(await stored(store)).toMatchObject({ kept: null });
      await clock.advance(1);
      expect(await look()).toEqual({ kind: "done" });
      expect(await stored(store)).toMatchObject({ kept: { sequence: 2 } });
    });

    test("nor does an instance that has the proposal since just now; what else it decided it does", async () => {
      const first = snapshot({ register: begins });
      const heldSince = () => START + 60_000;
      const late = await clerk(() => [], { heldSince, first, kept: takenBack });
      expect(await late.look()).toMatchObject({ kind: "again", at: START + 60_000 + LAG });
      const same = await clerk(() => [], { heldSince, first, kept: { ...begins, seq: 2 } });
      expect(await same.look()).toEqual({ kind: "done" });
    });

    test("while it is not clear whether it was written, nothing is judged", async () => {
      const { clock, github, look, judged } = await clerk(({ labels }) =>
        labels.includes("fcp") ? [] : [addLabel("fcp", true)],
      );
      github.answer = () => ({ kind: "unclear", why: "the line broke" });
      expect(await look()).toMatchObject({ kind: "again" });
      expect(await look()).toMatchObject({ kind: "again" });
      expect(judged).toHaveLength(1);
      await clock.advance(LAG);
      await look();
      expect(judged).toHaveLength(2);
    });
  });

  test("after the clerk closed a PR it reads again at once, as its own closing causes no look", async () => {
    const { look, written } = await clerk((seen) =>
      seen.pull.state === "open"
        ? [{ kind: "close_pull" }]
        : unless(announces(seen, "ended"), comment("ended")),
    );
    await look();
    expect(written()).toEqual(["close_pull", "create_comment"]);
  });

  test("a plan that never becomes empty ends the look after a few rounds, and is looked at again", async () => {
    const { clock, github, look } = await clerk((seen) => [addLabel(`l${seen.labels.length}`, true)]);
    expect(await look()).toMatchObject({ kind: "again" });
    expect(github.writes).toHaveLength(5);
    expect(clock.sleepers).toBe(0);
  });

  test("dry run: the plan is said with its words, and nothing is written", async () => {
    const { github, look, log } = await clerk(() => [addLabel("x"), comment("a"), check("success")], {
      dryRun: true,
      age: 0,
    });
    expect(await look()).toEqual({ kind: "done" });
    expect([github.writes.length, github.labelsEnsured]).toEqual([0, 0]);
    expect(log.of("info")).toEqual([
      "Dry run, would write: label: add x",
      "Dry run, would write: comment: announcement a, new\na",
      expect.stringMatching(/^Dry run, would write: check: success/),
    ]);
  });

  test("check.head: re-running the check posts the same result as a new run, from a cold read", async () => {
    const shown = {
      id: 5,
      verdict: "in_progress",
      own: "in_progress",
      title: "t",
      summary: "s",
      startedAt: START,
    } as const;
    const first = snapshot({ check: shown, register: register(3) });
    const { github, look } = await clerk(() => [], { first });
    await look(FORCED);
    expect(github.forgotten).toEqual([3000]);
    expect(github.writes.map(({ action }) => action)).toEqual([
      {
        kind: "put_check",
        run: null,
        head: HEAD,
        verdict: "in_progress",
        own: "in_progress",
        title: "t",
        summary: "s",
        record: register(3),
        annotations: [],
      },
    ]);
    await look();
    expect(github.writes).toHaveLength(1);
  });

  test("check.head: when its own verdict changes, the other PRs with the same head are looked at, and only then", async () => {
    const first = snapshot({ siblings: [{ number: 3001, verdict: null }] });
    const { clock, look, lookedAt } = await clerk(() => [check("success")], { first });
    await look();
    expect(lookedAt).toEqual([3001]);
    await clock.advance(61_000);
    await look();
    expect(lookedAt).toEqual([3001]);
  });
});

describe("comment.once under lag", () => {
  test("a read that does not show what was just written is never planned from", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")));
    github.lag = 3000;
    await look();
    await clock.advance(500);
    const stale = await look();
    expect(stale).toMatchObject({ kind: "again", at: clock.now() + 2000 });
    await clock.advance(2000);
    expect(await look()).toMatchObject({ kind: "again", at: clock.now() + 4000 });
    await clock.advance(4000);
    expect(await look()).toEqual({ kind: "done" });
    expect(github.comments()).toEqual(["a"]);
  });

  test("an older record than the one written last is never planned from", async () => {
    const update: Action = {
      kind: "update_comment",
      comment: "1",
      marker: { kind: "status", key: "1" },
      body: "",
      record: register(4),
      seq: 0,
    };
    const first = snapshot({ register: register(3) });
    const { clock, github, look, judged } = await clerk(
      (seen) => unless((seen.register?.seq ?? 0) >= 4, update),
      {
        first,
      },
    );
    github.lag = 3000;
    await look();
    await clock.advance(1000);
    expect(await look()).toMatchObject({ kind: "again" });
    await clock.advance(2000);
    expect(await look()).toEqual({ kind: "done" });
    expect(judged.map((seen) => seen.register?.seq)).toEqual([3, 4]);
  });

  test("fcp.latch: a label that shows before its event is lag, and no label set by hand", async () => {
    const { clock, github, look, judged } = await clerk((seen) =>
      unless(seen.labels.includes("fcp"), addLabel("fcp", true)),
    );
    const events = github.truth.events;
    github.answer = (action) => {
      if (action.kind === "add_label") queueMicrotask(() => queueMicrotask(() => github.change({ events })));
      return null;
    };
    expect(await look()).toMatchObject({ kind: "again" });
    expect(judged).toHaveLength(1);
    await clock.advance(61_000);
    expect(await look()).toEqual({ kind: "done" });
    expect(judged).toHaveLength(2);
  });

  test("a label somebody else took off meanwhile is theirs to take off, and no lag", async () => {
    const { clock, github, look, judged } = await clerk((seen) =>
      unless(seen.labels.includes("x") || seen.events.length > 1, addLabel("x")),
    );
    await look();
    await clock.advance(1000);
    const { events } = github.truth;
    github.change({
      labels: [],
      events: [
        ...events,
        {
          kind: "unlabeled",
          id: "E-human",
          at: clock.now(),
          actor: { type: "User", login: "anna", id: 5 },
          byClerk: false,
          label: "X",
        },
      ],
    });
    expect(await look()).toEqual({ kind: "done" });
    expect(judged).toHaveLength(2);
  });

  test("a label added and taken off again in a row is not waited for", async () => {
    const seenLabels: string[][] = [];
    const { look, clock } = await clerk((seen) => {
      seenLabels.push([...seen.labels]);
      if (seenLabels.length === 1) return [addLabel("x")];
      return unless(!seen.labels.includes("x"), { kind: "remove_label", label: "x" });
    });
    for (let n = 0; n < 3; n += 1) {
      expect(await look()).toEqual({ kind: "done" });
      await clock.advance(1000);
    }
    expect(seenLabels).toEqual([[], ["x"], []]);
  });

  test("after a minute GitHub is believed: what is still missing is made again", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")));
    await look();
    github.change({ ownComments: [] });
    for (let waited = 0; waited < 60_000; ) {
      const result = await look();
      if (result.kind !== "again" || result.at === null) throw new Error("It did not wait.");
      waited += result.at - clock.now();
      await clock.setTo(result.at);
    }
    expect(github.writes).toHaveLength(1);
    await look();
    expect(github.writes).toHaveLength(2);
  });

  test("an unclear answer ends the look, and the next reads anew when the lag has passed", async () => {
    const { clock, github, look } = await clerk((seen) =>
      unless(announces(seen, "a"), comment("a"), check("success")),
    );
    github.lag = 3000;
    github.answer = (_action, nth) => (nth === 0 ? "lost" : null);
    expect(await look()).toMatchObject({ kind: "again", at: clock.now() + LAG });
    expect(github.writes).toHaveLength(1);
    expect(github.forgotten).toEqual([3000]);
    await clock.advance(LAG);
    expect(await look()).toEqual({ kind: "done" });
    expect(github.comments()).toEqual(["a"]);
  });

  test("an unclear answer to what did not happen: the next look does it", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")));
    github.answer = (_action, nth) => (nth === 0 ? { kind: "unclear", why: "502" } : null);
    await look();
    await clock.advance(LAG);
    await look();
    expect(github.comments()).toEqual(["a"]);
  });
});

describe("comment.once after a kill: until the lag has passed since the start", () => {
  test("no comment is made, but what stands before it in the plan is", async () => {
    const { github, look, written } = await clerk(
      (seen) => unless(announces(seen, "a"), addLabel("x"), comment("a"), check()),
      { age: 2000 },
    );
    expect(await look()).toMatchObject({ kind: "again", at: START + LAG });
    expect(written()).toEqual(["add_label"]);
    expect(github.forgotten).toEqual([3000]);
  });

  test("a comment that the instance before it made shows up and is not made again", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")), {
      age: 0,
    });
    github.lag = 3000;
    await github.apply(ref(), comment("a"));
    const result = await look();
    expect(result).toMatchObject({ kind: "again", at: START + LAG });
    await clock.setTo(START + LAG);
    expect(await look()).toEqual({ kind: "done" });
    expect(github.comments()).toEqual(["a"]);
  });

  test("a comment that is really missing is made from a read after that moment", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")), {
      age: 0,
    });
    await look();
    await clock.setTo(START + LAG);
    await look();
    expect(github.writes.map(({ at }) => at)).toEqual([START + LAG]);
  });

  test("a read begun before that moment does not make one, however long it took", async () => {
    const { clock, github, look } = await clerk((seen) => unless(announces(seen, "a"), comment("a")), {
      age: LAG - 1,
    });
    github.hold = async () => {
      github.hold = () => Promise.resolve();
      await clock.advance(5000);
    };
    expect(await look()).toMatchObject({ kind: "again", at: START + LAG });
    expect(github.writes).toEqual([]);
  });
});

describe("what GitHub will not do", () => {
  const later = { kind: "later", why: "rate limit", retryAt: START + 120_000 } as const;
  const refused = { kind: "refused", status: 403, why: "Resource not accessible by integration" } as const;

  test("later: the plan stops there and is tried again when GitHub says", async () => {
    const { github, look, written } = await clerk(() => [addLabel("x"), addLabel("y"), check("success")]);
    github.answer = (_action, nth) => (nth === 1 ? later : null);
    expect(await look()).toMatchObject({ kind: "again", at: START + 120_000 });
    expect(written()).toEqual(["add_label", "add_label"]);
  });

  test("refused: what reports is done all the same, what begins, ends or announces anything is not", async () => {
    const status: Action = {
      kind: "update_comment",
      comment: "1",
      marker: { kind: "status", key: "1" },
      body: "",
      record: null,
      seq: 0,
    };
    const { github, look } = await clerk(
      () => [
        addLabel("x"),
        addLabel("y"),
        addLabel("fcp", true),
        status,
        { kind: "close_pull" },
        comment("begun"),
        check("in_progress"),
        check("success"),
      ],
      { next: START + 5_000_000 },
    );
    github.answer = (action) => (action.kind === "add_label" && action.label === "x" ? refused : null);
    expect(await look()).toEqual({ kind: "done" });
    expect(
      github.writes.map(({ action }) => (action.kind === "add_label" ? action.label : action.kind)),
    ).toEqual(["x", "y", "update_comment", "put_check"]);
  });

  test("refused: it is tried again after a while, and said once, with what to do", async () => {
    const { clock, github, look, log, deadlines } = await clerk(() => [addLabel("x")]);
    github.answer = () => refused;
    await look();
    expect(deadlines.at(-1)).toBe(clock.now() + 15 * 60_000);
    await look();
    expect(deadlines.at(-1)).toBe(clock.now() + 30 * 60_000);
    const errors = log.lines.filter((line) => line.level === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/permissions/);
    expect(errors[0]?.facts).toMatchObject({ what: "label: add x", status: 403 });
  });

  test("refused: an earlier deadline stands", async () => {
    const { look, github, deadlines } = await clerk(() => [addLabel("x")], { next: START + 61_000 });
    github.answer = () => refused;
    await look();
    expect(deadlines.at(-1)).toBe(START + 61_000);
  });

  test("refused: without the record nothing else is done", async () => {
    const { github, look, written } = await clerk(() => [
      comment("status", register(2)),
      addLabel("x"),
      check(),
    ]);
    github.answer = () => refused;
    expect(await look()).toEqual({ kind: "done" });
    expect(written()).toEqual(["create_comment"]);
  });

  test("a comment deleted between read and write is read again, not given up", async () => {
    const update: Action = {
      kind: "update_comment",
      comment: "1",
      marker: { kind: "status", key: "1" },
      body: "",
      record: register(2),
      seq: 0,
    };
    const { github, look, log } = await clerk(() => [update]);
    github.answer = () => ({ kind: "refused", status: 404, why: "Not Found" });
    expect(await look()).toMatchObject({ kind: "again", at: null });
    expect(log.of("error")).toEqual([]);
  });

  test("a reaction to a comment deleted meanwhile stops nothing", async () => {
    const react: Action = {
      kind: "react",
      on: { kind: "comment", id: "1", nodeId: "n" },
      reaction: "thumbsUp",
    };
    const { github, look, written } = await clerk(() => [react, check("success")]);
    github.answer = (action) =>
      action.kind === "react" ? { kind: "refused", status: 404, why: "Not Found" } : null;
    await look();
    expect(written()).toEqual(["react", "put_check"]);
  });
});

describe("a config that is not valid, where GitHub refuses the check that says so", () => {
  const forbidden = { kind: "refused", status: 403, why: "Resource not accessible by integration" } as const;

  test("config.invalid: it is tried again after a while, later each time in a row, and said in the log once", async () => {
    const { clock, github, look, log, deadlines } = await clerk(() => []);
    github.config_ = INVALID;
    github.answer = () => forbidden;
    for (const minutes of [15, 30, 60]) {
      expect(await look()).toEqual({ kind: "done" });
      expect(deadlines.at(-1)).toBe(clock.now() + minutes * 60_000);
    }
    expect(log.of("error")).toHaveLength(1);
  });

  test("config.invalid: once it is taken, a later refusal is the first in a row again", async () => {
    const { clock, github, look, deadlines } = await clerk(() => []);
    github.config_ = INVALID;
    github.answer = () => forbidden;
    await look();
    github.answer = () => null;
    await look();
    expect(deadlines.at(-1)).toBeNull();
    github.answer = () => forbidden;
    await look();
    expect(deadlines.at(-1)).toBe(clock.now() + 15 * 60_000);
    // Nor is there anything to wait for where it stands already.
    const written = github.writes[0]?.action;
    if (written?.kind !== "put_check") throw new Error("no check");
    const shown = { id: 1, title: written.title, summary: written.summary, startedAt: START };
    github.headOutcome = { kind: "read", head: HEAD, open: true, check: { ...shown, verdict: "failure" } };
    await look();
    github.headOutcome = { kind: "read", head: HEAD, open: true, check: null };
    await look();
    expect(deadlines.at(-1)).toBe(clock.now() + 15 * 60_000);
  });
});

describe("stopping", () => {
  test("the action in hand is finished, and no further one is begun", async () => {
    const { github, look, reconciler, written } = await clerk(() => [addLabel("x"), addLabel("y"), check()]);
    github.answer = () => {
      reconciler.stop();
      return null;
    };
    expect(await look()).toEqual({ kind: "done" });
    expect(written()).toEqual(["add_label"]);
  });

  test("no new look is begun", async () => {
    const { github, look, reconciler } = await clerk(() => [check()]);
    reconciler.stop();
    await look();
    expect(github.reads).toEqual([]);
  });
});

test("wherever it is stopped, looking again comes to the same end with each comment once", async () => {
  const wants = (seen: Snapshot): readonly Action[] => [
    ...unless(seen.labels.includes("proposed"), addLabel("proposed")),
    ...unless(announces(seen, "status"), comment("status")),
    ...(seen.labels.includes("fcp")
      ? unless(announces(seen, "begun"), comment("begun"))
      : [addLabel("fcp", true)]),
    ...unless(seen.check !== null, check()),
  ];
  for (let cut = 0; cut < 8; cut += 1) {
    const { clock, github, look } = await clerk(wants);
    github.lag = 3000;
    github.answer = (_action, nth) =>
      nth === cut ? (cut % 2 === 0 ? "lost" : { kind: "later", why: "", retryAt: null }) : null;
    for (let n = 0; n < 20; n += 1) {
      const result = await look();
      if (result.kind === "done" && n > 10) break;
      await clock.advance(result.kind === "again" && result.at !== null ? result.at - clock.now() : 2000);
    }
    expect([...github.comments()].sort()).toEqual(["begun", "status"]);
    expect(github.truth.labels).toEqual(["proposed", "fcp"]);
    expect(github.truth.check).not.toBeNull();
  }
});

describe("updates that go to GitHub together", () => {
  const update: Action = {
    kind: "update_comment",
    comment: "1",
    marker: { kind: "status", key: "1" },
    body: "now",
    record: register(2),
    seq: 2,
  };
  const react: Action = {
    kind: "react",
    on: { kind: "comment", id: "9", nodeId: "IC_9" },
    reaction: "thumbsUp",
  };
  const off: Action = { kind: "remove_label", label: "proposed" };
  const run = (verdict: "success" | "in_progress"): Action => ({ ...check(verdict), run: 5 }) as Action;
  const nothing = { kind: "done", id: null } as const;

  /** What was asked for together, each time; `answers` one after the other. */
  async function asked(actions: readonly Action[], ...answers: (readonly WriteOutcome[])[]) {
    const made = await clerk(() => actions);
    const groups: (readonly string[])[] = [];
    made.github.applyTogether = async (_ref, some) => {
      groups.push(some.map(({ kind }) => kind));
      return answers.shift() ?? some.map(() => nothing);
    };
    const result = await made.look();
    return { ...made, groups, result };
  }

  test("all updates in a row do; what is made new, what begins, ends or announces something goes alone, in its place", async () => {
    const closing: Action = { kind: "close_pull" };
    const { groups, written } = await asked([
      ...[update, off, addLabel("concerns"), react, run("in_progress")],
      ...[comment("1:fcp_begun"), react, off],
      ...[run("success")],
    ]);
    expect(groups).toEqual([
      ["update_comment", "remove_label", "add_label", "react", "put_check"],
      ["react", "remove_label"],
    ]);
    expect(written()).toEqual(["create_comment", "put_check"]);
    const latched = await asked([update, off, addLabel("fcp", true), react]);
    expect(latched.groups[0]).toEqual(["update_comment", "remove_label"]);
    expect(latched.written()[0]).toBe("add_label");
    expect((await asked([update, off, closing])).groups[0]).toEqual(["update_comment", "remove_label"]);
    const annotated: Action = {
      ...(run("in_progress") as Extract<Action, { kind: "put_check" }>),
      annotations: [{ path: "a", line: 1, column: 1, message: "x" }],
    };
    for (const alone of [check(), annotated, run("success")])
      expect((await asked([off, react, alone])).groups).toEqual([["remove_label", "react"]]);
  });

  test("the writer may take fewer: the rest comes next", async () => {
    const { groups, written } = await asked([update, off, react], [nothing]);
    expect(groups).toEqual([
      ["update_comment", "remove_label", "react"],
      ["remove_label", "react"],
    ]);
    expect(written()).toEqual([]);
  });

  test("a refused label leaves out what announces success, and nothing else", async () => {
    const refused = { kind: "refused", status: 403, why: "no" } as const;
    const { groups, written, log } = await asked(
      [update, off, react, comment("1:fcp_ended"), react, off, run("success")],
      [nothing, refused, nothing],
    );
    expect(groups).toEqual([
      ["update_comment", "remove_label", "react"],
      ["react", "remove_label"],
    ]);
    expect(written()).toEqual([]);
    expect(log.of("error")).toEqual([expect.stringContaining("GitHub refused a write")]);
  });

  test("where the comment with the record is refused, nothing comes after the request it was in, and what was done in it is told", async () => {
    const gone = { kind: "refused", status: 404, why: "gone" } as const;
    const first = await asked([update, react, comment("1:fcp_begun")], [gone, nothing]);
    expect(first.result).toMatchObject({ kind: "again", why: expect.stringContaining("deleted meanwhile") });
    expect(first.written()).toEqual([]);
    const forbidden = { kind: "refused", status: 403, why: "no" } as const;
    const second = await asked([update, react, comment("1:fcp_begun")], [forbidden, nothing]);
    expect(second.result).toEqual({ kind: "done" });
    expect(second.written()).toEqual([]);
  });

  test("comment.once: what was done before it broke off is waited for in the next read, the rest is done then", async () => {
    const later = { kind: "later", why: "no answer", retryAt: START + 90_000 } as const;
    const { result, look, github } = await asked([off, react], [nothing, later]);
    expect(result).toMatchObject({ kind: "again", at: START + 90_000 });
    github.change({ labels: ["proposed"] });
    expect(await look()).toMatchObject({ kind: "again", why: expect.stringContaining("taken off") });
  });
});

describe("where several instances share the installations", () => {
  test("an installation that was another's in between: the rest of a plan from before is not carried out", async () => {
    let since = START;
    const { github, look, written } = await clerk(() => [check(), comment("1:fcp-begun")], {
      heldSince: () => since,
    });
    // Stopped in the middle of the first write, and woken after another instance had it, and gave it back.
    github.answer = () => {
      since += 60_000;
      return { kind: "done", id: "1" };
    };
    expect(await look()).toMatchObject({ kind: "again" });
    expect(written()).toEqual(["put_check"]);
  });

  test("a reconcile that was another instance's before it had judged keeps nothing in the store", async () => {
    const store = inMemoryStore();
    let since: number | null = START;
    const { look } = await clerk(
      () => {
        since = null;
        return [];
      },
      { heldSince: () => since, store, kept: register(1) },
    );
    expect(await look()).toMatchObject({ kind: "again" });
    expect(await store.register({ repository: 1, pull: 3000 })).toMatchObject({ kind: "stored", kept: null });
  });
});
