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

const AT = process.env.MUTATION ?? "";
/** A test that takes longer than this is too dear to be run for each mutant; it is listed. */
const SLOW_MS = Number(process.env.MUTATION_SLOW);

// Enough to notice a mutant, and the same each time; what is rare is for the real run.
fc.configureGlobal({ numRuns: 25, seed: 1 });

const lines = (): string[] => {
  try {
    return readFileSync(`${AT}.log`, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
};

/** One for the process: the tests share their modules, and so the switches. */
function begin() {
  const switches: Switches = { mutantCoverage: { static: {}, perTest: {} } };
  const before = lines().map((line) => JSON.parse(line) as { test: string; killed: string[] });
  const alive = new Set(JSON.parse(readFileSync(`${AT}.json`, "utf8")) as string[]);
  for (const { killed } of before) for (const id of killed) alive.delete(id);
  const now = openSync(`${AT}.now`, "w");
  return {
    switches,
    alive,
    now,
    done: new Set(before.map(({ test }) => test)),
    reached: new Set<string>(),
    loaded: new Set<string>(),
    tries: 0,
  };
}
const shared = globalThis as unknown as { mutation?: ReturnType<typeof begin>; __stryker__?: Switches };
shared.mutation ??= begin();
const memory = shared.mutation;
const { switches, alive, now, done, reached, loaded } = memory;
shared.__stryker__ = switches;

/** Runs each test once as it is, and then with each mutant that it reaches and that still lives. */
export default class MutationRunner extends TestRunner {
  async runTask(test: Test): Promise<void> {
    const name = `${test.file.name} ${test.id} ${test.name}`;
    if (done.has(name)) return;
    const run = async (): Promise<boolean> => {
      try {
        this.onBeforeTryTask(test);
        await TestRunner.getTestFn(test)();
        return true;
      } catch {
        return false;
      }
    };

    switches.currentTestId = name;
    const from = performance.now();
    await TestRunner.getTestFn(test)();
    const took = performance.now() - from;
    const hits = switches.mutantCoverage.perTest[name] ?? {};
    switches.currentTestId = "again";
    const fresh = Object.keys(hits).filter((id) => !reached.has(id));
    for (const id of fresh) reached.add(id);
    const atLoad = Object.keys(switches.mutantCoverage.static).filter((id) => !loaded.has(id));
    for (const id of atLoad) loaded.add(id);

    const todo = Object.keys(hits).filter((id) => alive.has(id));
    let skipped =
      todo.length === 0 ? "" : took > SLOW_MS ? "slow" : (await run()) ? "" : "cannot be run twice";
    const killed: string[] = [];
    for (const id of skipped ? [] : todo) {
      writeSync(now, `${memory.tries++} ${id}          \n`, 0);
      switches.activeMutant = id;
      switches.hitCount = 0;
      switches.hitLimit = 1000 + 20 * (hits[id] ?? 0);
      if (!(await run())) killed.push(id);
      switches.activeMutant = undefined;
    }
    writeSync(now, `${memory.tries++} none          \n`, 0);
    // A mutant that left something behind would make the test fail for the next one too.
    if (killed.length > 0 && !(await run())) {
      skipped = "cannot be run again";
      killed.length = 0;
    }
    for (const id of killed) alive.delete(id);
    this.onBeforeTryTask(test);
    switches.currentTestId = undefined;
    switches.mutantCoverage.perTest = {};
    appendFileSync(
      `${AT}.log`,
      `${JSON.stringify({ test: name, killed, reached: fresh, loaded: atLoad, skipped })}\n`,
    );
  }
}
