import { describe, expect, test } from "vitest";
import { Resync } from "../../src/runtime/resync.js";
import { MovableClock } from "../../src/sandbox/clock.js";
import { FakeGitHub, FakeLog, REPOSITORY, START, turns, VALID } from "./fakes.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

function resync() {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  const looked: { readonly number: number; readonly at: number }[] = [];
  const asked: { readonly since: number | null; readonly at: number }[] = [];
  github.lists = (since) => {
    asked.push({ since: since === null ? null : since - START, at: clock.now() - START });
    return { kind: "read", numbers: since === null ? [1, 2, 3] : [2], upTo: clock.now() - 1000 };
  };
  const log = new FakeLog();
  const room = new Resync({
    reader: github,
    clock,
    log,
    lookAt: ({ number }) => looked.push({ number, at: clock.now() - START }),
  });
  return { clock, github, looked, asked, log, room };
}

const REACH = -(30 + 5) * DAY;

describe("resync finds what webhooks did not tell", () => {
  test("at the start every open PR is looked at, and those changed lately that may be closed by now", async () => {
    const { looked, asked, room } = resync();
    expect(room.idle()).toBe(false);
    room.start();
    await turns();
    expect(asked).toEqual([
      { since: null, at: 0 },
      { since: REACH, at: 0 },
    ]);
    expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(room.endedAt).toBe(START);
    expect(room.idle()).toBe(true);
  });

  test("every ten minutes only what has changed since", async () => {
    const { clock, looked, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(20 * MINUTE);
    await turns();
    expect(asked.slice(2)).toEqual([
      { since: -1000, at: 10 * MINUTE },
      { since: 10 * MINUTE - 1000, at: 20 * MINUTE },
    ]);
    expect(looked.slice(3).map(({ number }) => number)).toEqual([2, 2]);
  });

  test("once a day every open PR again", async () => {
    const { clock, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(DAY);
    await turns();
    const whole = asked.filter(({ since }) => since === null).map(({ at }) => at);
    expect(whole).toEqual([0, DAY]);
  });

  test("config.absent: nothing is listed in a repository without a config, until it has one", async () => {
    const { clock, github, asked, room } = resync();
    github.config_ = { kind: "absent" };
    room.start();
    await turns();
    expect(asked).toEqual([]);
    expect(room.endedAt).toBe(START);
    github.config_ = VALID;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.map(({ since }) => since)).toEqual([null, REACH + 10 * MINUTE]);
  });

  test("a config that has changed without a webhook looks at every open PR", async () => {
    const { clock, github, asked, room } = resync();
    room.start();
    await turns();
    github.config_ = VALID.kind === "valid" ? { ...VALID, commit: "d".repeat(40) } : VALID;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(asked.slice(2).map(({ since }) => since)).toEqual([null, -1000]);
  });

  test("a repository asked for is looked at whole at once, without listing the others", async () => {
    const { clock, github, asked, room } = resync();
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.repositoriesOutcome = { kind: "unreadable", why: "must not be asked", retryAt: null };
    room.wantRepository(REPOSITORY);
    expect(room.idle()).toBe(false);
    await turns();
    expect(asked.slice(2)).toEqual([
      { since: null, at: MINUTE },
      { since: -1000, at: MINUTE },
    ]);
    expect(room.idle()).toBe(true);
  });

  test("what is asked for during a round is done after it", async () => {
    const { clock, asked, room } = resync();
    room.start();
    room.wantRepository(REPOSITORY);
    await turns();
    await clock.advance(0);
    await turns();
    expect(asked.filter(({ since }) => since === null)).toHaveLength(2);
  });

  test("an installation asked for is listed anew, and only its repositories are looked at whole", async () => {
    const { clock, github, looked, room } = resync();
    const other = { installation: 8, owner: "else", name: "where" };
    github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY] };
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.repositoriesOutcome = { kind: "read", repositories: [REPOSITORY, other] };
    room.wantInstallation(8);
    await turns();
    expect(looked.slice(3).map(({ number }) => number)).toEqual([2, 1, 2, 3]);
  });

  test("what could not be read is tried again soon, when GitHub says, and whole", async () => {
    const { clock, github, asked, log, room } = resync();
    const { lists } = github;
    github.lists = (since) => {
      lists(since);
      return { kind: "unreadable", why: "502", retryAt: START + 3 * MINUTE };
    };
    room.start();
    await turns();
    expect([room.endedAt, room.idle()]).toEqual([null, false]);
    expect(log.of("warn")).toHaveLength(1);
    github.lists = lists;
    await clock.advance(3 * MINUTE);
    await turns();
    expect(asked.map(({ since, at }) => [since, at])).toEqual([
      [null, 0],
      [null, 3 * MINUTE],
      [REACH + 3 * MINUTE, 3 * MINUTE],
    ]);
    expect(room.idle()).toBe(true);
  });

  test("one repository that cannot be read does not keep the others from being looked at", async () => {
    const { clock, github, looked, room } = resync();
    const broken = { ...REPOSITORY, name: "broken" };
    github.repositoriesOutcome = { kind: "read", repositories: [broken, REPOSITORY] };
    const config = github.config.bind(github);
    github.config = (async (repository: typeof REPOSITORY) =>
      repository.name === "broken"
        ? { kind: "unreadable", why: "500", retryAt: null }
        : config()) as typeof config;
    room.start();
    await turns();
    expect(looked.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(room.endedAt).toBeNull();
    await clock.advance(MINUTE);
    expect(room.idle()).toBe(false);
  });

  test("a repository that cannot be read and is no longer listed is let go", async () => {
    const { clock, github, room } = resync();
    room.start();
    await turns();
    await clock.advance(MINUTE);
    github.config_ = { kind: "unreadable", why: "404", retryAt: null };
    github.repositoriesOutcome = { kind: "read", repositories: [] };
    room.wantRepository(REPOSITORY);
    await turns();
    expect(room.idle()).toBe(false);
    await clock.advance(MINUTE);
    await turns();
    expect(room.idle()).toBe(true);
  });

  test("stopped, it asks nothing more", async () => {
    const { clock, asked, room } = resync();
    room.start();
    await turns();
    await room.stop();
    room.wantRepository(REPOSITORY);
    await clock.advance(2 * DAY);
    await turns();
    expect(asked).toHaveLength(2);
    expect(clock.sleepers).toBe(0);
  });
});
