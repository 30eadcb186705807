import { defineConfig } from "vitest/config";

/** The tests of the pure part only: thousands of runs must be quick, and the others start servers. */
export default defineConfig({
  test: { include: ["test/{domain,process,words}/**/*.test.ts"], testTimeout: 30_000 },
});
