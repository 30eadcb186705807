import { defineConfig } from "vitest/config";
import { SOURCE } from "./vitest.config.js";

/** What `npm run ci` runs beside the tests: what needs PostgreSQL, kills processes, or takes its time. */
export default defineConfig({
  ssr: { resolve: { conditions: SOURCE } },
  test: {
    include: ["test/**/*.ci.test.ts", "sandbox/test/**/*.ci.test.ts"],
    testTimeout: 60_000,
    // A busy machine can be late once.
    retry: 1,
    hookTimeout: 30_000,
    // Vitest leaves one core free, which on two is half of them.
    maxWorkers: "100%",
  },
});
