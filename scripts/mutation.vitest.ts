import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The code with its switches, by file; mutate.mjs leaves it there. */
const at = process.env.MUTATION;
const code: Record<string, string> =
  at === undefined ? {} : JSON.parse(readFileSync(`${dirname(at)}/code.json`, "utf8"));

class TrialLast extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const last = ({ moduleId }: TestSpecification) => Number(moduleId.endsWith("mutation.all.ts"));
    return [...files].sort((a, b) => last(a) - last(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** The sentences about the pure part, in one thread, for mutate.mjs. */
export default defineConfig({
  plugins: [{ name: "mutants", enforce: "pre", load: (id) => code[id.split("?")[0] ?? ""] }],
  test: {
    include: [
      "test/{domain,process,messages}/**/*.test.ts",
      "test/github/record{,Shape}.test.ts",
      "scripts/mutation.all.ts",
    ],
    // What measures how long something takes, and would take longer than all the rest.
    exclude: ["test/**/*.ci.test.ts", "test/**/{strangersCost,hostile,badInput}.test.ts"],
    runner: "scripts/mutation.runner.ts",
    testTimeout: 3_600_000,
    isolate: false,
    pool: "threads",
    maxWorkers: 1,
    sequence: { sequencer: TrialLast },
  },
});
