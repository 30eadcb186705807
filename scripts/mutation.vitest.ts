import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The code with its switches, by file; mutate.mjs leaves it there. */
const at = process.env.MUTATION;
const code: Record<string, string> =
  at === undefined ? {} : JSON.parse(readFileSync(`${dirname(at)}/code.json`, "utf8"));

/** What takes long comes last: most mutants are dead by then. */
const LATE = /badInput|moments|hostile|strangersCost|text|decided|readings|amendments|phaseByEvent|escape/;
class FastFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const late = ({ moduleId }: TestSpecification) => Number(LATE.test(moduleId));
    return [...files].sort((a, b) => late(a) - late(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

/** The sentences about the pure part, in one thread, for mutate.mjs. */
export default defineConfig({
  plugins: [{ name: "mutants", enforce: "pre", load: (id) => code[id.split("?")[0] ?? ""] }],
  test: {
    include: ["test/{domain,process,messages}/**/*.test.ts", "test/github/record{,Shape}.test.ts"],
    exclude: ["test/**/*.ci.test.ts"],
    runner: "scripts/mutation.runner.ts",
    testTimeout: 3_600_000,
    isolate: false,
    pool: "threads",
    maxWorkers: 1,
    sequence: { sequencer: FastFirst },
  },
});
