import { defineConfig } from "vitest/config";

/** The sentences about the pure part only: there are thousands of runs to make. Properties take seconds each, the other rooms start servers. */
export default defineConfig({
  test: {
    include: ["test/{domain,process,messages}/**/*.test.ts"],
    exclude: ["test/**/*.ci.test.ts"],
    testTimeout: 30_000,
  },
});
