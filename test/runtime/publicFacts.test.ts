import { describe, expect, test } from "vitest";
import type { ValidConfig } from "../../src/config/outcome.js";
import { rulesFingerprint } from "../../src/domain/amendment/differences.js";
import type { ConfigVersion } from "../../src/domain/amendment/history.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import type { ListedProposal, Reader, RepositoryRef } from "../../src/github/ports.js";
import { silentLog } from "../../src/platform/log.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { PublicViews } from "../../src/runtime/reconcile/publicViews.js";
import { PublicFacts } from "../../src/runtime/schedule/publicFacts.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { MATRIX } from "../support/rules.js";
import { START } from "../support/world.js";

const REPOSITORY: RepositoryRef = { installation: 1, owner: "o", name: "r" };
const config = (commit = "c1"): ValidConfig => ({
  ...{ kind: "valid", rules: MATRIX, commit, adoptedAt: START, repository: 7, text: "" },
  shown: { owner: "o", name: "r", url: "", isPublic: true },
});
const listed = (number: number, endedAt: number | null): ListedProposal => ({
  number,
  title: `MSC${number}`,
  url: `https://github.example/o/r/pull/${number}`,
  author: "alice",
  labels: ["proposal", "merged"],
  state: "merged",
  draft: false,
  createdAt: START - 9 * DAY,
  updatedAt: START - 8 * DAY,
  endedAt,
  description: [],
});

const LAWFUL: Awaited<ReturnType<Reader["versions"]>> = { kind: "read", versions: [], lost: false };
const version = (at: number, rules: Rules, approved: boolean): ConfigVersion => ({
  ...{ commit: `c${at}`, at, rules, pull: null, mergedHead: null, author: null, by: null, approved },
});

async function begun() {
  const store = inMemoryStore();
  const { repository: id } = config();
  await store.views.putRepository({ repository: id, owner: "o", name: "r", url: "", isPublic: true });
  const clock = new MovableClock(START + DAY);
  const asked: string[] = [];
  const enqueued: number[] = [];
  const github = {
    fails: false,
    closed: [] as readonly ListedProposal[],
    versions: LAWFUL,
    waits: Promise.resolve(),
  };
  const views = new PublicViews({ store, log: silentLog, dryRun: false, clock });
  const facts = new PublicFacts({
    ...{ store, views, gitHubClock: clock, log: silentLog, dryRun: false },
    enqueue: ({ number }) => enqueued.push(number),
    reader: {
      versions: async () => {
        asked.push("versions");
        return github.fails ? { kind: "unreadable", why: "502", retryAt: null } : github.versions;
      },
      history: async () => {
        asked.push("history");
        await github.waits;
        return github.fails
          ? { kind: "unreadable", why: "502", retryAt: null }
          : { kind: "read", versions: [], lost: false };
      },
      closedProposals: async () => {
        asked.push("closed");
        return github.fails
          ? { kind: "unreadable", why: "502", retryAt: null }
          : { kind: "read", proposals: github.closed };
      },
    },
  });
  const round = async (commit = "c1") => {
    facts.configured(REPOSITORY, config(commit));
    facts.want(REPOSITORY);
    while (!facts.idle()) await new Promise((resolve) => setImmediate(resolve));
  };
  const judged = (pull: number) => views.judged({ repository: id, pull }, null);
  return { store, clock, asked, enqueued, github, round, facts, views, judged };
}

describe("what the pages need that no reconcile finds", () => {
  test("the roster's history is read when the config has changed, and not otherwise", async () => {
    const { asked, round, store } = await begun();
    await round();
    await round();
    await round("c2");
    expect(asked.filter((what) => what === "history")).toHaveLength(2);
    expect(await store.views.roster(7)).toEqual({
      kind: "stored",
      kept: { commit: "c2", history: '{"versions":[]}' },
    });
  });

  test("the closed proposals are listed once a month: at 30 days, and not a moment before", async () => {
    const { asked, round, clock } = await begun();
    const lists = () => asked.filter((what) => what === "closed").length;
    await round();
    await clock.advance(30 * DAY - 1);
    await round();
    expect(lists()).toBe(1);
    await clock.advance(1);
    await round();
    expect(lists()).toBe(2);
  });

  test("act.adoption: what ended before is shown by its labels; what ended at that very moment or since is read, unless it has its view", async () => {
    const { github, round, store, enqueued } = await begun();
    github.closed = [
      listed(1, START - 1),
      listed(2, START),
      listed(3, START + 1),
      listed(4, START + 1),
      listed(5, null),
    ];
    await store.views.putView({ repository: 7, pull: 4 }, { summary: "{}", detail: "{}" }, []);
    await round();
    expect(enqueued).toEqual([2, 3, 5]);
    const summaries = await store.views.summaries(7, [1, 2, 3, 4, 5]);
    expect(summaries.kind === "stored" && summaries.kept.map(({ pull }) => pull)).toEqual([1, 4]);
    const view = await store.views.view({ repository: 7, pull: 1 });
    expect(view.kind === "stored" && JSON.parse(view.kept?.summary ?? "")).toMatchObject({
      known: "labels",
      place: "merged",
      title: "MSC1",
    });
    const events = await store.views.eventsOf({ repository: 7, pull: 1 });
    expect(events.kind === "stored" && events.kept.map(({ id }) => id)).toEqual(["opened"]);
  });

  test("what cannot be read now is read after a later round", async () => {
    const { github, round, asked, store } = await begun();
    github.fails = true;
    await round();
    expect(await store.views.roster(7)).toEqual({ kind: "stored", kept: null });
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: null });
    github.fails = false;
    await round();
    expect(asked.filter((what) => what !== "versions")).toEqual(["history", "closed", "history", "closed"]);
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: START + DAY });
  });

  test("the closed ones are listed again by the next start while some of them were not read, and not before", async () => {
    const { github, round, store, asked, judged } = await begun();
    github.closed = [listed(2, START), listed(3, START)];
    await round();
    await judged(2);
    await round();
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: null });
    await judged(3);
    await round();
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: START + DAY });
    expect(asked.filter((what) => what === "closed")).toHaveLength(1);
  });

  test("no round waits for it: what GitHub does not answer keeps nobody", async () => {
    const { github, facts, asked, store } = await begun();
    let answer = () => {};
    github.waits = new Promise((resolve) => {
      answer = resolve;
    });
    facts.configured(REPOSITORY, config());
    expect(facts.want(REPOSITORY)).toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toContain("history");
    expect(facts.idle()).toBe(false);
    // Meanwhile asked for again, it is read once more and not at the same time.
    facts.want(REPOSITORY);
    facts.want(REPOSITORY);
    answer();
    while (!facts.idle()) await new Promise((resolve) => setImmediate(resolve));
    expect(asked.filter((what) => what === "history")).toHaveLength(1);
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: START + DAY });
  });

  test("config.invalid: of a config with faults nothing is asked", async () => {
    const { facts, asked } = await begun();
    facts.configured(REPOSITORY, config());
    facts.configured(REPOSITORY, null);
    facts.want(REPOSITORY);
    while (!facts.idle()) await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([]);
  });
});

describe("config.lawful, for the pages", () => {
  const halt = async (store: Store) => {
    const read = await store.views.repositories();
    return read.kind === "stored" ? read.kept[0]?.halt : read.why;
  };
  const other: Rules = { ...MATRIX, finalCommentPeriod: 9 * DAY };

  test("GitHub is not asked while the present config is the very one that is kept as lawful", async () => {
    const { store, round, asked } = await begun();
    const kept = {
      number: 1,
      fingerprint: rulesFingerprint(MATRIX),
      commit: "c",
      text: "",
      adoptedAt: START,
    };
    await store.putLawful(7, kept, null);
    await round();
    expect(asked).not.toContain("versions");
    expect(await halt(store)).toBe("");
  });

  test("a change that nobody approved is told from when it came, until the present one is lawful again", async () => {
    const { store, round, github } = await begun();
    github.versions = {
      kind: "read",
      versions: [
        version(START, other, true),
        version(START + 5, MATRIX, false),
        version(START + 9, MATRIX, false),
      ],
      lost: false,
    };
    await round();
    expect(await halt(store)).toBe(JSON.stringify({ why: "unlawful", since: START + 5 }));
    github.fails = true;
    await round();
    expect(await halt(store)).toBe(JSON.stringify({ why: "unlawful", since: START + 5 }));
    github.fails = false;
    github.versions = {
      kind: "read",
      versions: [version(START, other, true), version(START + 5, MATRIX, true)],
      lost: false,
    };
    await round();
    expect(await halt(store)).toBe("");
  });

  test("where nobody knows which is lawful, that is told since it was found", async () => {
    const { store, round, github } = await begun();
    github.versions = { kind: "read", versions: [version(START, MATRIX, false)], lost: true };
    await round();
    expect(await halt(store)).toBe(JSON.stringify({ why: "lost", since: START + DAY }));
  });
});
