import { describe, expect, it } from "vitest";
import type { ConfigOutcome } from "../../src/config/outcome.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { Resync } from "../../src/runtime/schedule/resync.js";
import { newsIn } from "../../src/runtime/server/webhookNews.js";
import { resyncing } from "../support/reconciling.js";
import { FakeGitHub, FakeLog, REPOSITORY, START, turns, VALID } from "./fakes.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

function resync(config: ConfigOutcome) {
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  github.config_ = config;
  github.lists = () => ({ kind: "read", numbers: [], upTo: clock.now() });
  const log = new FakeLog();
  const room = new Resync({ ...resyncing(clock), reader: github, log });
  const told = () =>
    log.lines.filter(({ message }) => /config|Dormant/.test(message)).map(({ message }) => message);
  return { clock, github, log, room, told };
}

const invalid = (message: string, commit = "e".repeat(40)): ConfigOutcome => ({
  kind: "invalid",
  faults: [{ line: 1, column: 1, path: "", message }],
  commit,
  repository: 1,
});

describe("what the log says of each repository's config", () => {
  it("config.source: at the start and whenever the file is another, once", async () => {
    const { clock, github, room, told } = resync(VALID);
    room.start();
    await turns();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain("The config is valid:");
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(10 * MINUTE);
      await turns();
    }
    expect(told()).toHaveLength(1);
    if (VALID.kind === "valid") github.config_ = { ...VALID, commit: "d".repeat(40) };
    await clock.advance(10 * MINUTE);
    await turns();
    expect(told()).toHaveLength(2);
  });

  it("config.invalid: its faults, again only when they are others", async () => {
    const { clock, github, room, told } = resync(invalid("the first"));
    room.start();
    await turns();
    // Another commit with the same file.
    github.config_ = invalid("the first", "f".repeat(40));
    await clock.advance(10 * MINUTE);
    await turns();
    expect(told()).toEqual([
      "The config is invalid, so nothing is decided: 1 fault. line 1, column 1: the first",
    ]);
    github.config_ = invalid("the second");
    await clock.advance(10 * MINUTE);
    await turns();
    github.config_ = VALID;
    await clock.advance(10 * MINUTE);
    await turns();
    expect(told().map((line) => line.slice(0, 21))).toEqual([
      "The config is invalid",
      "The config is invalid",
      "The config is valid: ",
    ]);
  });

  it("config.absent: dormant, with one look for a near miss: at the start, once a day, and when it is asked for", async () => {
    const { clock, github, log, room, told } = resync({ kind: "absent" });
    room.start();
    await turns();
    expect(told()).toEqual(["Dormant: there is no .github/msc-clerk.yml on the default branch."]);
    await clock.advance(30 * MINUTE);
    await turns();
    expect(github.besideAsked).toBe(1);
    github.beside = [".github/msc-clerk.yaml"];
    room.wantRepository(REPOSITORY);
    await turns();
    expect(github.besideAsked).toBe(2);
    expect(told().at(-1)).toContain("There is .github/msc-clerk.yaml:");
    expect(log.lines.at(-1)).toMatchObject({ level: "warn" });
    await clock.advance(DAY);
    await turns();
    expect(github.besideAsked).toBe(3);
    expect(told()).toHaveLength(2);
  });

  it("config.unreadable: nothing is said of a config that could not be read", async () => {
    const { room, told, log } = resync({ kind: "unreadable", why: "502", retryAt: null });
    room.start();
    await turns();
    expect(told().filter((line) => /valid|Dormant/.test(line))).toEqual([]);
    expect(log.lines).toMatchObject([
      { level: "warn", message: expect.stringContaining("could not be read") },
    ]);
  });

  it("config.absent: a push of a near miss is looked at at once", () => {
    const push = (path: string) =>
      newsIn(
        "push",
        {
          ref: "refs/heads/main",
          forced: false,
          created: false,
          commits: [{ added: [path], modified: [], removed: [] }],
          repository: { name: "r", owner: { login: "o" }, default_branch: "main" },
          installation: { id: 1 },
        },
        null,
      ).triggers.length;
    expect(push(".github/msc-clerk.yaml")).toBe(1);
    expect(push(".github/msc-clerk.yml")).toBe(1);
    expect(push(".github/CODEOWNERS")).toBe(0);
  });
});
