import { appendFileSync, openSync, readFileSync, writeSync } from "node:fs";
import fc from "fast-check";
import { TestRunner } from "vitest";

/** What the switches in the code look at; the names are Stryker's. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number;
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}
type Test = Parameters<TestRunner["onBeforeTryTask"]>[0];
interface Trial {
  readonly id: string;
  /** The tests that noticed its neighbours in the last run. */
  readonly likely: readonly string[];
}
interface Known {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  readonly took: number;
  /** How often it comes by each mutant. */
  readonly hits: Readonly<Record<string, number>>;
}

const AT = process.env.MUTATION ?? "";
/** A test that takes longer than this is too dear to be run for each mutant; it is listed. */
const SLOW_MS = Number(process.env.MUTATION_SLOW);
/** So much is spent on one mutant. */
const PATIENCE_MS = Number(process.env.MUTATION_PATIENCE);
/** By the processor's clock: a busy machine makes no test slow. */
const cpu = (): number => process.cpuUsage().user / 1000;

// Enough to notice a mutant, and the same each time; what is rare is for the real run.
fc.configureGlobal({ numRuns: 25, seed: 1, interruptAfterTimeLimit: 200 });

/** One for the process: the tests share their modules, and so the switches. */
const shared = globalThis as unknown as { __stryker__?: Switches; mutationTests?: Known[] };
shared.__stryker__ ??= { mutantCoverage: { static: {}, perTest: {} } };
shared.mutationTests ??= [];
const switches = shared.__stryker__;
const tests = shared.mutationTests;
const tell = (line: object): void => appendFileSync(`${AT}.log`, `${JSON.stringify(line)}\n`);

async function passes({ run, hits }: Known, mutant?: string): Promise<boolean> {
  switches.activeMutant = mutant;
  switches.hitCount = 0;
  // An endless loop comes by its mutant again and again.
  switches.hitLimit = 1000 + 20 * (hits[mutant ?? ""] ?? 0);
  try {
    await run();
    return true;
  } catch {
    return false;
  } finally {
    switches.activeMutant = undefined;
  }
}

/** With all tests known: each mutant is run by those that come by it, until one fails. */
async function tryAll(): Promise<void> {
  switches.currentTestId = "again";
  tell({ loaded: Object.keys(switches.mutantCoverage.static) });
  tell({ reached: [...new Set(tests.flatMap(({ hits }) => Object.keys(hits)))] });
  const usable = new Set<Known>();
  for (const test of tests) {
    if (test.took > SLOW_MS) tell({ unused: `slow: ${test.name}` });
    else usable.add(test);
  }
  // The quickest first; but what noticed the neighbours of a mutant comes before.
  let order = [...usable].sort((a, b) => a.took - b.took);
  const now = openSync(`${AT}.now`, "w");
  let tries = 0;
  const says = (what: string) => writeSync(now, `${tries++} ${what}          \n`, 0);
  const done = new Set(
    readFileSync(`${AT}.log`, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { id?: string }).id),
  );
  for (const { id, likely } of JSON.parse(readFileSync(`${AT}.json`, "utf8")) as Trial[]) {
    if (done.has(id)) continue;
    let by: Known | undefined;
    let gaveUp = false;
    const from = cpu();
    const first = likely.flatMap((name) => order.filter((test) => test.name === name));
    for (const test of new Set([...first, ...order])) {
      gaveUp = cpu() - from > PATIENCE_MS;
      if (gaveUp) break;
      if (test.hits[id] === undefined || !usable.has(test)) continue;
      says(id);
      if (await passes(test, id)) continue;
      says("none");
      // Nothing is noticed by a test that fails by itself when it is run again, or after what a mutant left behind.
      if (await passes(test)) by = test;
      else {
        usable.delete(test);
        tell({ unused: `cannot be run again: ${test.name}` });
      }
      if (by !== undefined) break;
    }
    says("none");
    tell({ id, by: by?.name ?? null, gaveUp });
    const killer = by;
    if (killer !== undefined) order = [killer, ...order.filter((test) => test !== killer)];
  }
}

/** Runs each test once, and keeps it with what it comes by. The last file, this one's neighbour, has them all tried. */
export default class MutationRunner extends TestRunner {
  async runTask(test: Test): Promise<void> {
    if (test.file.filepath.endsWith("mutation.all.ts")) return tryAll();
    const name = `${test.file.name} ${test.name}`;
    const run = TestRunner.getTestFn(test);
    switches.currentTestId = test.id;
    const from = cpu();
    await run();
    const took = cpu() - from;
    switches.currentTestId = undefined;
    tests.push({ name, run: async () => run(), took, hits: switches.mutantCoverage.perTest[test.id] ?? {} });
  }
}
