import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { SOURCE } from "./vitest.config.js";

const ALL = ["test/**/*.ci.test.ts", "sandbox/test/**/*.ci.test.ts"];
/** What measures what something costs, and is to have a process for itself. */
const APART = [
  "test/**/growth.ci.test.ts",
  "sandbox/test/bench.ci.test.ts",
  "sandbox/test/bench/*.ci.test.ts",
  "sandbox/test/simulation/*.ci.test.ts",
];
/** The longest first, so that none of them is left over at the end; the very first waits most of its minutes, and others go on meanwhile. */
const LONGEST = [
  "endToEnd/instances",
  "simulation/",
  "pages/browser",
  "stories/actions",
  "page/browser",
  "endToEnd/doctor",
  "store/postgres",
  "endToEnd/verify",
  "conformance/command",
  "worstWeeks",
  "runtime/start",
  "stories/memory",
  "runtime/cli",
  "stories/lostCopies",
  "stories/shadow",
  "store/ownership",
  "growth",
  "bench/core",
  "sandbox/test/bench",
  "stories/amendments",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((part) => moduleId.includes(part));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** What `npm run ci` runs beside the tests: what needs PostgreSQL, kills processes, or takes its time. */
export default defineConfig({
  ssr: { resolve: { conditions: SOURCE } },
  test: {
    testTimeout: 60_000,
    // A busy machine can be late once.
    retry: 1,
    hookTimeout: 30_000,
    // One more than there are cores: many wait for processes, PostgreSQL or the real time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "apart", include: APART, isolate: true } },
      {
        extends: true,
        test: {
          name: "together",
          include: ALL,
          exclude: [...configDefaults.exclude, ...APART],
          // The modules are loaded once for each worker, not for each file: they hold no state.
          isolate: false,
        },
      },
    ],
  },
});
