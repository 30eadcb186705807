// @ts-check
/**
 * `npm run mutate`: changes src/domain here and there and tells which changes no test notices. Takes long; for one file:
 * `npm run mutate -- --mutate src/domain/decide/tally.ts`. The report is reports/mutation/mutation.html.
 */
export default {
  testRunner: "vitest",
  vitest: { configFile: "scripts/mutation.vitest.ts" },
  mutate: ["src/domain/**/*.ts"],
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
