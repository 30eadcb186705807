import { describe, expect, test } from "vitest";
import type { ValidConfig } from "../../src/config/outcome.js";
import { DAY } from "../../src/domain/text/time.js";
import type { ListedProposal, RepositoryRef } from "../../src/github/ports.js";
import { silentLog } from "../../src/platform/log.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { PublicFacts } from "../../src/runtime/schedule/publicFacts.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
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

async function begun() {
  const store = inMemoryStore();
  const { repository: id } = config();
  await store.views.putRepository({ repository: id, owner: "o", name: "r", url: "", isPublic: true });
  const clock = new MovableClock(START + DAY);
  const asked: string[] = [];
  const enqueued: number[] = [];
  const github = { fails: false, closed: [] as readonly ListedProposal[] };
  const facts = new PublicFacts({
    store,
    gitHubClock: clock,
    log: silentLog,
    dryRun: false,
    enqueue: ({ number }) => enqueued.push(number),
    reader: {
      history: async () => {
        asked.push("history");
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
    await facts.round(REPOSITORY);
  };
  return { store, clock, asked, enqueued, github, round };
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
    const summaries = await store.views.summaries(7);
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
    expect(asked).toEqual(["history", "closed", "history", "closed"]);
    expect(await store.views.listed(7)).toEqual({ kind: "stored", kept: START + DAY });
  });
});
