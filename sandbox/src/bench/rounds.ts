import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import { type Cost, type Counted, costRows, Meter } from "./cost.js";
import type { Goal, Row, Scope } from "./row.js";
import { BenchStage } from "./stage.js";

/** Comments on each proposal. */
const ITEMS = 50;
/** Between two proposals: a list of what has changed since some moment is not to hold all of them. */
const BETWEEN = DAY;
/** Proposals that are commented on in the same moment, at most. */
const BURST = 300;
const EVERY = 10 * MINUTE;

/** Starts and rounds over so many open proposals, under GitHub's own limits. */
export async function rounds(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of scope === "few" ? [10] : [10, 100, 300, 1000]) rows.push(...(await over(size)));
  return rows;
}

async function over(size: number): Promise<Row[]> {
  const stage = new BenchStage();
  const meter = new Meter(stage);
  const rows: Row[] = [];
  const note = (name: string, cost: Cost, goals: Partial<Record<Counted, Goal>> = {}) =>
    rows.push(
      ...costRows(name, size, cost, goals),
      { name, size, unit: "refused", value: refused(stage) },
      { name, size, unit: "minutes", value: Math.round(cost.took / MINUTE) },
    );
  const store = inMemoryStore();
  const begin = (of = store) => stage.start({ resyncEvery: EVERY, fullResyncEvery: DAY }, of);
  const pulls: number[] = [];
  for (let at = 0; at < size; at += 1) {
    const pull = stage.propose(`MSC${5000 + at}: One of many`, `proposals/${5000 + at}-many.md`);
    stage.chat(pull, ITEMS);
    pulls.push(pull);
    await stage.clock.advance(BETWEEN);
  }

  note("the very first start", await meter.cost(() => begin(), DAY));
  await pass(stage, 3);
  note("a quiet round", await meter.cost(() => stage.clock.advance(EVERY)), { requests: { most: 5 } });
  stage.github.webhooksTo(null);
  for (const pull of pulls.slice(0, 10)) stage.as("passer-by").comment(pull, "Nobody heard of this.");
  stage.github.webhooksTo(stage.url);
  note("a round that finds ten comments", await meter.cost(() => stage.clock.advance(EVERY)), {
    requests: { most: 15 },
  });
  await pass(stage, 1);
  const burst = pulls.slice(0, BURST);
  for (const pull of burst) stage.as("passer-by").comment(pull, "And one more.");
  await stage.settle();
  note("the round after a burst of comments", await meter.cost(() => stage.clock.advance(EVERY)), {
    requests: { most: 5 + Math.ceil(burst.length / 100) },
  });
  note("the second round after it", await meter.cost(() => stage.clock.advance(EVERY)), {
    requests: { most: 5 },
  });
  await pass(stage, 2);
  await stage.stop();
  await stage.clock.advance(EVERY);
  note("a start with the store", await meter.cost(() => begin(), DAY), {
    requests: { most: 60 },
    writes: { most: 0 },
  });
  await stage.stop();
  await stage.clock.advance(EVERY);
  note("a start without it", await meter.cost(() => begin(inMemoryStore()), DAY), {
    requests: { most: 250 },
    writes: { most: 0 },
  });
  await stage.close();
  return rows;
}

async function pass(stage: BenchStage, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    await stage.clock.advance(EVERY + MINUTE);
    await stage.settle();
  }
}

/** Requests that GitHub refused for being too many, so far. */
const refused = (stage: BenchStage): number =>
  stage.requests().filter(({ status }) => status === 403 || status === 429).length;
