// @ts-check
/** Settings of `npm run mutate` (mutate.mjs). */
export default {
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutation.vitest.ts" },
  mutate: ["src/domain/**/*.ts"],
  mutator: { excludedMutations: ["StringLiteral"] },
  plugins: ["@stryker-mutator/vitest-runner"],
  reporters: ["clear-text", "progress", "html"],
  htmlReporter: { fileName: "reports/mutation/mutation.html" },
  clearTextReporter: { allowColor: false, logTests: false },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: 2,
  tempDirName: ".stryker-tmp",
  cleanTempDir: "always",
  thresholds: { high: 90, low: 80, break: null },
};
