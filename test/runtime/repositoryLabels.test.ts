import { describe, expect, test } from "vitest";
import type { WriteOutcome } from "../../src/github/ports.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Refusals } from "../../src/runtime/reconcile/refusals.js";
import { RepositoryLabels } from "../../src/runtime/reconcile/repositoryLabels.js";
import { VALID as CONFIG, FakeGitHub, FakeLog, REPOSITORY, START } from "./fakes.js";

if (CONFIG.kind !== "valid") throw new Error("the config of these tests is valid");
const VALID = CONFIG;
const DONE: WriteOutcome = { kind: "done", id: null };

function labels(answer: () => Promise<WriteOutcome> = async () => DONE) {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  let asked = 0;
  github.ensureLabels = () => {
    asked += 1;
    return answer();
  };
  const log = new FakeLog();
  const refusals = new Refusals(log);
  const made = new RepositoryLabels({ writer: github, clock, refusals, lagWindow: 10_000 });
  return { made, log, asked: () => asked };
}

describe("label.state: the labels the clerk uses", () => {
  test("label.state: they are made sure of once for each config of a repository", async () => {
    const { made, asked } = labels();
    for (let round = 0; round < 3; round += 1) expect(await made.ensure(REPOSITORY, VALID)).toBeNull();
    expect(asked()).toBe(1);
    await made.ensure(REPOSITORY, { ...VALID, commit: "d".repeat(40) });
    await made.ensure({ ...REPOSITORY, name: "other" }, VALID);
    expect(asked()).toBe(3);
  });

  test("label.state: who asks while they are being made waits for that, and makes none twice", async () => {
    let finish: (outcome: WriteOutcome) => void = () => {};
    const { made, asked } = labels(() => new Promise((resolve) => (finish = resolve)));
    const both = Promise.all([made.ensure(REPOSITORY, VALID), made.ensure(REPOSITORY, VALID)]);
    finish(DONE);
    expect(await both).toEqual([null, null]);
    expect(asked()).toBe(1);
  });

  test("label.state: after one was renamed or deleted they are made sure of again", async () => {
    const { made, asked } = labels();
    await made.ensure(REPOSITORY, VALID);
    made.forget(REPOSITORY);
    await made.ensure(REPOSITORY, VALID);
    expect(asked()).toBe(2);
  });

  test("label.state: what is not clear, or has to wait, is tried again", async () => {
    const outcomes: WriteOutcome[] = [
      { kind: "later", why: "limit", retryAt: START + 60_000 },
      { kind: "unclear", why: "no answer" },
    ];
    const { made, asked } = labels(async () => outcomes.shift() ?? DONE);
    expect(await made.ensure(REPOSITORY, VALID)).toMatchObject({ kind: "again", at: START + 60_000 });
    expect(await made.ensure(REPOSITORY, VALID)).toMatchObject({ kind: "again", at: START + 10_000 });
    expect(await made.ensure(REPOSITORY, VALID)).toBeNull();
    expect(asked()).toBe(3);
  });

  test("label.state: where GitHub refuses them that is said once, and keeps nothing waiting", async () => {
    const { made, log, asked } = labels(async () => ({ kind: "refused", status: 403, why: "no" }));
    expect(await made.ensure(REPOSITORY, VALID)).toBeNull();
    expect(await made.ensure(REPOSITORY, VALID)).toBeNull();
    expect(asked()).toBe(1);
    expect(log.lines.filter((line) => JSON.stringify(line).includes("refused a write"))).toHaveLength(1);
  });
});
