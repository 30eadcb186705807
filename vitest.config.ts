import { configDefaults, defineConfig } from "vitest/config";

/** The sandbox and its tests find the clerk in its source, as `package.json` exports it, never in a `dist` of before. */
export const SOURCE = ["source", "module", "node", "development|production"];

/** What `npm test` runs; the rest is in vitest.ci.config.ts. */
export default defineConfig({
  ssr: { resolve: { conditions: SOURCE } },
  test: {
    include: ["test/**/*.test.ts", "sandbox/test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.ci.test.ts"],
    testTimeout: 90_000,
    hookTimeout: 30_000,
    // The modules are loaded once for each core, not for each file, which was a third of the time: they hold no state.
    isolate: false,
    // Vitest leaves one core free, which on two is half of them.
    maxWorkers: "100%",
  },
});
