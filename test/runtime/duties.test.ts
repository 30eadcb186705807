import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConfigOutcome, ValidConfig } from "../../src/config/outcome.js";
import type { ConfigVersion } from "../../src/domain/amendment/history.js";
import type { IssueAction, OwnIssue } from "../../src/domain/duties/duties.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { digestDue } from "../../src/domain/reminders/week.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import type { Reader, WriteOutcome } from "../../src/github/ports.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import type { Outlines } from "../../src/runtime/reconcile/outlines.js";
import { DutyScheduler, type DutySchedulerOptions } from "../../src/runtime/schedule/duties.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { threshold } from "../support/amendmentWorld.js";
import { decisions } from "../support/reconciling.js";
import { MATRIX } from "../support/rules.js";
import { FakeLog, REPOSITORY, records, START, turns, VALID } from "./fakes.js";

const LAG = 30 * SECOND;
const HERE = VALID.kind === "valid" ? VALID.repository : 0;
const OF = { repository: HERE, pull: 0 };

const version = (rules: ConfigVersion["rules"], at: number): ConfigVersion => ({
  commit: `${at}`.padEnd(40, "0"),
  at,
  rules,
  pull: null,
  mergedHead: null,
  author: null,
  by: "ara4n",
  approved: false,
});
/** Somebody changed the config without a vote: one issue is due. */
const VERSIONS = [version(MATRIX, START - 9 * DAY), version(threshold(1, 2)(MATRIX), START - DAY)];

let clock: MovableClock;
let listed: OwnIssue[];
let posted: IssueAction[];
let rounds: DutyScheduler;

beforeEach(() => {
  clock = new MovableClock(START);
  listed = [];
  posted = [];
});
afterEach(() => rounds.stop());

type LastActs = Awaited<ReturnType<Reader["lastActs"]>>;
interface More {
  readonly before?: () => Promise<void>;
  readonly config?: ConfigOutcome;
  readonly lastActs?: () => LastActs;
  readonly log?: FakeLog;
  readonly versions?: readonly ConfigVersion[];
  /** GitHub lists at once what was written, as issue 7. */
  readonly shows?: true;
  readonly heldSince?: () => number | null;
  /** What every proposal waits for. */
  readonly overview?: () => Awaited<ReturnType<Outlines["of"]>>;
  /** Whoever is told of the digest. */
  readonly onDigest?: DutySchedulerOptions["onDigest"];
}

/** A clerk whose POST comes to `answer`; `before` sees the moment right before it. */
function clerk(
  store: Store,
  answer: WriteOutcome,
  {
    before = async () => {},
    config = VALID,
    lastActs = () => ({ kind: "read", acts: [] }),
    log = new FakeLog(),
    versions = VERSIONS,
    shows,
    heldSince = () => Number.NEGATIVE_INFINITY,
    overview = () => ({ kind: "read", outlines: [], unread: [], more: false }),
    onDigest = async () => true,
  }: More = {},
): void {
  rounds = new DutyScheduler({
    onDigest,
    reader: {
      config: async () => config,
      lastActs: async () => lastActs(),
      versions: async () => ({ kind: "read", versions, lost: false }),
      history: async () => ({ kind: "read", versions, lost: false }),
    },
    issues: {
      issues: async () => ({ kind: "read", issues: listed }),
      comments: async () => ({ kind: "read", comments: [] }),
      apply: async (_, action) => {
        await before();
        posted.push(action);
        if (shows && action.kind !== "close_issue") listed = [{ number: 7, open: true, ...action }];
        return answer;
      },
    },
    decisions: decisions(),
    outlines: { of: async () => overview() },
    records: records(clock, new FakeLog(), store),
    clock,
    gitHubClock: clock,
    log,
    login: () => "msc-clerk[bot]",
    dryRun: false,
    lagWindow: LAG,
    heldSince,
  });
}
/** Two rounds at least, the first of which waits for what was written before the start. */
async function run(howLong: number): Promise<void> {
  rounds.want(REPOSITORY);
  await turns();
  await clock.advance(howLong);
  await turns();
}
const intents = async (store: Store) => {
  const read = await store.intents(OF);
  return read.kind === "stored" ? read.kept.map(({ subject }) => subject) : read.why;
};

describe("where several instances share the installations", () => {
  it("an issue waits until what the owner before may have opened would show", async () => {
    let since = START;
    clerk(inMemoryStore(), { kind: "done", id: "1" }, { heldSince: () => since });
    await clock.advance(HOUR);
    since = clock.now();
    await run(SECOND);
    expect(posted).toEqual([]);
    await run(LAG + SECOND);
    expect(posted).toHaveLength(1);
  });

  it("of what is another instance's nothing is read, and nothing asked again each minute", async () => {
    const asked: number[] = [];
    const before = async () => {
      asked.push(clock.now());
    };
    const refused = { kind: "later", why: "another instance has taken this over", retryAt: null } as const;
    clerk(inMemoryStore(), refused, { before, heldSince: () => null });
    await run(HOUR);
    expect(asked).toEqual([]);
  });
});

describe("memory.kept: a standing duty's issue", () => {
  it("is opened once it is kept that it will be, and no intent is left when GitHub has answered", async () => {
    const store = inMemoryStore();
    let kept: unknown = null;
    clerk(
      store,
      { kind: "done", id: "1" },
      {
        before: async () => {
          kept = await intents(store);
        },
      },
    );
    await run(2 * MINUTE);
    expect(posted).toMatchObject([{ kind: "create_issue", key: "unlawful-config" }]);
    expect(kept).toEqual(["issue unlawful-config"]);
    expect(await intents(store)).toEqual([]);
  });

  it("stays intended while it is unclear whether it was opened", async () => {
    const store = inMemoryStore();
    clerk(store, { kind: "unclear", why: "the line broke" });
    await run(LAG + SECOND);
    expect(posted).toHaveLength(1);
    expect(await intents(store)).toEqual(["issue unlawful-config"]);
  });

  it("that another process was about to open is waited for, and not opened a second time", async () => {
    const store = inMemoryStore();
    clerk(store, { kind: "done", id: "2" });
    await clock.advance(LAG);
    await store.intend(OF, { subject: "issue unlawful-config", at: clock.now() - SECOND, by: "the other" });
    await run(LAG - 2 * SECOND);
    expect(posted).toEqual([]);
    listed = [{ number: 7, key: "unlawful-config", title: "", body: "", open: true }];
    await clock.advance(5 * MINUTE);
    await turns();
    expect(posted.map(({ kind }) => kind)).not.toContain("create_issue");
    expect(await intents(store)).toEqual([]);
  });

  it("that another process never came to open is opened when GitHub's lists have caught up", async () => {
    const store = inMemoryStore();
    clerk(store, { kind: "done", id: "2" });
    await clock.advance(LAG);
    await store.intend(OF, { subject: "issue unlawful-config", at: clock.now(), by: "the other" });
    await run(LAG - SECOND);
    expect(posted).toEqual([]);
    await clock.advance(5 * MINUTE);
    await turns();
    expect(posted).toMatchObject([{ kind: "create_issue" }]);
    expect(await intents(store)).toEqual([]);
  });

  it("remind.digest, config.lawful: that GitHub refuses keeps no other from being written", async () => {
    const rules: Rules = { ...MATRIX, reminders: { digest: true, mentionAfter: null } };
    const config: ConfigOutcome = VALID.kind === "valid" ? { ...VALID, rules } : VALID;
    const versions = [version(MATRIX, START - 9 * DAY), version(rules, START - DAY)];
    const refused = (status: number): WriteOutcome => ({ kind: "refused", status, why: "locked" });
    clerk(inMemoryStore(), refused(403), { config, versions });
    await run(2 * MINUTE);
    const all = [{ key: "unlawful-config" }, { key: "digest" }];
    expect(posted).toMatchObject(all);
    await clock.advance(HOUR);
    await turns();
    expect(posted).toHaveLength(2);
    await rounds.stop();
    posted = [];
    // Issues are switched off: one warning says all.
    clerk(inMemoryStore(), refused(410), { config, versions });
    await run(2 * MINUTE);
    expect(posted).toHaveLength(1);
  });

  it("waits while the store cannot be written", async () => {
    const store = inMemoryStore();
    const full: Store = {
      ...store,
      intend: async () => ({ kind: "unavailable", why: "the disk is full" }),
    };
    clerk(full, { kind: "done", id: "1" });
    await run(10 * MINUTE);
    expect(posted).toEqual([]);
  });
});

describe("absence.eight-weeks: when the members were last seen cannot be told", () => {
  const watching = (rules: Rules): Rules => ({ ...rules, duties: { ...rules.duties, absence: true } });
  const config: ConfigOutcome = VALID.kind === "valid" ? { ...VALID, rules: watching(VALID.rules) } : VALID;
  const versions = VERSIONS.map((one) => ({ ...one, rules: one.rules && watching(one.rules) }));

  it("a list too long: it is logged, nobody is named, and the config that nobody approved is reported all the same", async () => {
    const log = new FakeLog();
    const asked: number[] = [];
    const lastActs = (): LastActs => {
      asked.push(clock.now());
      return { kind: "unreadable", why: "more than the clerk reads", retryAt: START + 23 * HOUR };
    };
    clerk(inMemoryStore(), { kind: "done", id: "1" }, { config, lastActs, log, versions });
    await run(2 * MINUTE);
    expect(posted).toMatchObject([{ kind: "create_issue", key: "unlawful-config" }]);
    expect(log.of("warn").join()).toContain("cannot be told");
    // Not again before it may be told.
    const before = asked.length;
    await clock.setTo(START + 23 * HOUR - SECOND);
    await turns();
    expect(asked).toHaveLength(before);
    await clock.advance(SECOND);
    await turns();
    expect(asked).toHaveLength(before + 1);
  });
});

describe("the weekly digest", () => {
  const WEEKLY: Rules = {
    ...MATRIX,
    duties: { ...MATRIX.duties, lead_confidence: false, unlawful_config: false },
    reminders: { digest: true, mentionAfter: null },
  };
  const weekly = { shows: true as const, versions: [version(WEEKLY, START - 9 * DAY)] };
  /** Of which week each that was written is. */
  const weeks = () =>
    posted.map((action) =>
      action.kind === "close_issue" ? "closed" : `${action.kind} ${action.body.slice(9, 19)}`,
    );
  const monday = (weeksOn: number) =>
    new Date(digestDue(START) + weeksOn * 7 * DAY).toISOString().slice(0, 10);

  it("remind.digest: it is written once a week, and what was missed while the clerk was down is made up for once", async () => {
    const store = inMemoryStore();
    const start = () => clerk(store, { kind: "done", id: "7" }, weekly);
    start();
    await run(14 * DAY);
    const first = [`create_issue ${monday(0)}`, `update_issue ${monday(1)}`, `update_issue ${monday(2)}`];
    expect(weeks()).toEqual(first);
    await rounds.stop();
    await clock.advance(21 * DAY);
    start();
    await run(6 * HOUR);
    await run(6 * HOUR);
    expect(weeks()).toEqual([...first, `update_issue ${monday(5)}`]);
  });

  it("remind.digest: a room is told of each before it is written, with where it stands, and it waits for a store that does not take that", async () => {
    const told: string[] = [];
    let takes = true;
    const shown = { owner: "o", name: "r", url: "https://github.com/o/r", isPublic: true };
    const onDigest: DutySchedulerOptions["onDigest"] = async (repository, { due }, url) => {
      told.push(`${repository} ${new Date(due).toISOString().slice(0, 10)} ${url} ${posted.length}`);
      return takes;
    };
    clerk(
      inMemoryStore(),
      { kind: "done", id: "7" },
      { ...weekly, config: { ...(VALID as ValidConfig), shown }, onDigest },
    );
    await run(12 * HOUR);
    const [first] = told;
    expect(new Set(told)).toEqual(new Set([first]));
    expect(first).toBe(`1 ${monday(0)} https://github.com/o/r/issues 0`);
    takes = false;
    await run(3 * DAY);
    expect([posted.length, told.at(-1)]).toEqual([1, `1 ${monday(1)} https://github.com/o/r/issues/7 1`]);
    takes = true;
    await run(HOUR);
    expect(posted).toHaveLength(2);
  });

  it("remind.digest: after a start it waits for what is not reconciled yet, an hour at most", async () => {
    let unread: readonly number[] = [3, 4];
    clerk(
      inMemoryStore(),
      { kind: "done", id: "7" },
      {
        ...weekly,
        overview: () => ({ kind: "read", outlines: [], unread, more: false }),
      },
    );
    await run(50 * MINUTE);
    expect(posted).toEqual([]);
    unread = [4];
    await run(20 * MINUTE);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ kind: "create_issue", key: "digest" });
    expect(JSON.stringify(posted[0])).toContain("1 open pull request could not be read: 4.");
  });
});
