import { expect, test } from "vitest";
import type { ConfigOutcome } from "../../src/config/outcome.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { DutyScheduler } from "../../src/runtime/schedule/duties.js";
import { FakeGitHub, FakeLog, REPOSITORY, START, turns } from "./fakes.js";

/** The rounds of repositories without a config, each held until it is let go. */
function rounds() {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  const held: (() => void)[] = [];
  const asked: string[] = [];
  github.config = async (repository = REPOSITORY): Promise<ConfigOutcome> => {
    asked.push(repository.name);
    await new Promise<void>((resolve) => held.push(resolve));
    return { kind: "absent" };
  };
  const unused = {} as never;
  const room = new DutyScheduler({
    onDigest: async () => true,
    reader: github,
    issues: unused,
    records: unused,
    decisions: unused,
    outlines: unused,
    clock,
    gitHubClock: clock,
    log: new FakeLog(),
    login: () => "msc-clerk[bot]",
    dryRun: false,
    lagWindow: 0,
    heldSince: () => Number.NEGATIVE_INFINITY,
  });
  const another = { ...REPOSITORY, name: "another" };
  return { room, asked, another, letGo: () => held.shift()?.() };
}

test("the standing duties: stopped, it waits for the round under way and begins no other", async () => {
  const { room, asked, another, letGo } = rounds();
  room.want(REPOSITORY);
  room.want(another);
  let ended = false;
  const stopped = room.stop().then(() => {
    ended = true;
  });
  await turns();
  expect([ended, room.idle()]).toEqual([false, false]);
  room.want(another);
  letGo();
  await stopped;
  expect(room.idle()).toBe(true);
  await turns();
  expect(asked).toEqual([REPOSITORY.name]);
});

test("the standing duties: one round at a time, each repository in its turn", async () => {
  const { room, asked, another, letGo } = rounds();
  room.want(REPOSITORY);
  room.want(another);
  await turns();
  expect(asked).toEqual([REPOSITORY.name]);
  letGo();
  await turns();
  expect(asked).toEqual([REPOSITORY.name, "another"]);
  letGo();
  await turns();
  expect(room.idle()).toBe(true);
  await room.stop();
});
