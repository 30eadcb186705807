import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Comment, Thread } from "../state.js";
import { type Cost, type Counted, costRows, Meter } from "./cost.js";
import type { Goal, Row, Scope } from "./row.js";
import { BenchStage } from "./stage.js";

/** Of the closed ones so many are newer than a start looks back, however many there are. */
const LATELY = 100;
/** So many of the closed ones are commented on in a day: more than a list of changes is read. */
const COMMENTED = 3500;
/** On one plain issue. */
const LONG_ISSUE = 10_100;
const EVERY = 10 * MINUTE;
/** Between two rounds as at night. */
const FULL = 3 * HOUR;

/** Starts and rounds over a few open proposals, beside ever more pull requests that are closed: nothing may grow with these. */
export async function beside(scope: Scope): Promise<readonly Row[]> {
  const rows = await over(10, 1000, false);
  if (scope === "all") rows.push(...(await over(10, 100_000, false)), ...(await over(300, 100_000, true)));
  return rows;
}

/** `burst`: with lists of changes that are longer than is read. */
async function over(open: number, closed: number, burst: boolean): Promise<Row[]> {
  const stage = new BenchStage();
  const meter = new Meter(stage);
  const rows: Row[] = [];
  const note = (what: string, cost: Cost, goals: Partial<Record<Counted, Goal>> = {}) =>
    rows.push(...costRows(`${what}, ${open} open`, closed, cost, goals));
  const store = inMemoryStore();
  const begin = (of = store) => stage.start({ resyncEvery: EVERY, fullResyncEvery: FULL }, of);
  const old = manyClosed(stage, closed);
  stage.proposeMany(open);
  const issue = stage.as("passer-by").openIssue("Some issue").number;
  comment(stage, [issue], LONG_ISSUE);
  await stage.clock.advance(2 * DAY);

  const glance = Math.ceil(open / 50);
  const six = Math.ceil((open + LATELY) / 6);
  note("the very first start", await meter.cost(() => begin(), DAY), { reads: { most: 60 + open + six } });
  await pass(stage, 3);
  note("a quiet round", await meter.cost(() => stage.clock.advance(EVERY)), { requests: { most: 5 } });
  const commented = old.slice(0, COMMENTED);
  // Two of the lists are read as far as that is done, and of what they name six by a request.
  const most = 2 * 30 + 3000 / 6 + glance + 15;
  if (burst) {
    comment(stage, commented, 1);
    const round = await meter.cost(() => stage.clock.advance(EVERY), HOUR);
    note("the round after 3,500 closed ones were commented on", round, { requests: { most } });
    const next = await meter.cost(() => stage.clock.advance(EVERY));
    note("the next round", next, { requests: { most: 7 } });
  }
  const night = await meter.cost(() => stage.clock.advance(FULL), HOUR);
  const quiet = 5 * (FULL / EVERY) + 2 * (FULL / HOUR);
  note("three hours and a night's round in them", night, { requests: { most: quiet + glance + 10 } });
  await stage.stop();
  await stage.clock.advance(EVERY);
  note("a start with the store", await meter.cost(() => begin(), DAY), {
    requests: { most: 20 + glance },
    writes: { most: 0 },
  });
  await pass(stage, 1);
  await stage.stop();
  if (burst) {
    comment(stage, commented, 1);
    await stage.clock.advance(EVERY);
    const start = await meter.cost(() => begin(), DAY);
    note("a start with the store after as many again", start, { requests: { most: most + 20 } });
  }
  await stage.close();
  return rows;
}

/** Closed pull requests, made at once of one, over the years. Their numbers. */
function manyClosed(stage: BenchStage, count: number): readonly number[] {
  const { store, repositoryId } = stage.github;
  const first = stage.propose("MSC1000: One of many", "proposals/1000-many.md");
  stage.as("ShadowJonathan").close(first);
  const now = store.stamp();
  const of = store.thread(repositoryId, first);
  const made = Array.from({ length: count }, (_, at): Thread => {
    const number = first + 1 + at;
    // The first of them long ago, the last a day ago.
    const age = at < count - LATELY ? 40 * DAY + ((count - at) * 2000 * DAY) / count : 30 * DAY;
    const moment = Math.floor((now - age) / 1000) * 1000;
    const pull = of.pull === null ? null : { ...of.pull, id: store.ids.next("pull") };
    return {
      ...of,
      ...{ id: store.ids.next("issue"), number, title: `MSC${number}: One of many`, pull },
      ...{ createdAt: moment, updatedAt: moment, closedAt: moment },
      events: of.events.map((event) => ({ ...event, id: store.ids.next("event"), at: moment })),
    };
  });
  store.changeRepository(repositoryId, (now) => ({
    ...now,
    threads: new Map([...now.threads, ...made.map((thread) => [thread.number, thread] as const)]),
    nextNumber: first + 1 + count,
  }));
  return made.map(({ number }) => number);
}

/** So many comments on each, at once, of which no webhook tells. */
function comment(stage: BenchStage, numbers: readonly number[], each: number): void {
  const { store, repositoryId } = stage.github;
  const [first] = numbers;
  if (first === undefined) return;
  const { target } = stage.github.deliveries;
  stage.github.webhooksTo(null);
  stage.as("passer-by").comment(first, "Some thing.");
  stage.github.deliveries.target = target;
  const of = store.thread(repositoryId, first).comments.at(-1);
  if (of === undefined) return;
  const another = (number: number): Comment => {
    const id = store.ids.next("comment");
    store.places.set(id, { repositoryId, number });
    return { ...of, id };
  };
  const threads = new Map(store.repository(repositoryId).threads);
  for (const number of numbers) {
    const thread = threads.get(number);
    if (thread === undefined) continue;
    const comments = [...thread.comments, ...Array.from({ length: each }, () => another(number))];
    threads.set(number, { ...thread, comments, updatedAt: of.createdAt });
  }
  store.changeRepository(repositoryId, (now) => ({ ...now, threads }));
}

async function pass(stage: BenchStage, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    await stage.clock.advance(EVERY + MINUTE);
    await stage.settle();
  }
}
