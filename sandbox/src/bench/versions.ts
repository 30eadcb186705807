import { monitorEventLoopDelay } from "node:perf_hooks";
import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import { matrixConfig, withoutForm } from "../roster.js";
import { type Cost, type Counted, costRows, Meter } from "./cost.js";
import type { Goal, Row, Scope } from "./row.js";
import { BenchStage, CONFIG } from "./stage.js";

/** Rounds that fall into a start would be counted with it. */
const EVERY = 2 * DAY;
/** Every tenth came by a pull request, the others were pushed. */
const BY_PULL = 10;
/** Lines of comment in each, so that it is as long as a config may well be. */
const LINES = 500;

/** Starts in a repository whose config has had so many versions, one a day. */
export async function versions(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of scope === "few" ? [30] : [30, 300]) rows.push(...(await over(size)));
  return rows;
}

async function over(size: number): Promise<Row[]> {
  const stage = new BenchStage();
  const meter = new Meter(stage);
  const rows: Row[] = [];
  const note = (name: string, cost: Cost, goals: Partial<Record<Counted, Goal>> = {}) =>
    rows.push(...costRows(name, size, cost, goals));
  const store = inMemoryStore();
  const begin = () => stage.start({ resyncEvery: EVERY, fullResyncEvery: EVERY }, store);
  const admin = stage.as("ara4n");
  for (let at = 0; at < size; at += 1) {
    const text = `${withoutForm(matrixConfig())}\n${`# Version ${at}, of which much is said.\n`.repeat(LINES)}`;
    if (at % BY_PULL === 0)
      admin.merge(admin.openPull({ title: `Version ${at}`, files: { [CONFIG]: text } }).number);
    else admin.pushTo(null, { [CONFIG]: text });
    await stage.clock.advance(DAY);
  }
  stage.proposeMany(10);
  await stage.clock.advance(DAY);
  const first = longestBlock();
  note("the very first start", await meter.cost(() => begin(), DAY), {
    reads: { most: 90 + (2 * size) / 50 + size / BY_PULL },
  });
  rows.push({ name: "the very first start", size, unit: "ms blocked", value: first() });
  await stage.clock.advance(10 * MINUTE);
  await stage.settle();
  await stage.stop();
  await stage.clock.advance(10 * MINUTE);
  const again = longestBlock();
  note("a start with the store", await meter.cost(() => begin(), DAY), {
    requests: { most: 25 + size / 50 },
    writes: { most: 0 },
  });
  rows.push({ name: "a start with the store", size, unit: "ms blocked", value: again() });
  await stage.close();
  return rows;
}

/** Milliseconds for which nothing else could be done, at the longest; the sandbox's own work is in them. */
function longestBlock(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  return () => {
    delay.disable();
    return Math.round(delay.max / 1e6);
  };
}
