import { configDefaults, defineConfig } from "vitest/config";
import { SOURCE } from "../vitest.config.js";

/** The stories and tests that speak to the sandbox over HTTP, written down as they go, for openapi.mjs. */
export default defineConfig({
  ssr: { resolve: { conditions: SOURCE } },
  test: {
    include: ["sandbox/test/**/*.test.ts"],
    // Of those that take long, what the conformance kit asks GitHub.
    exclude: [...configDefaults.exclude, "sandbox/test/!(conformance)/*.ci.test.ts", "**/command.ci.test.ts"],
    setupFiles: ["scripts/openapi.recording.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    isolate: false,
    maxWorkers: "100%",
  },
});
