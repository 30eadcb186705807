#!/usr/bin/env node
// @ts-check
/**
 * `npm run check`: everything that can be said about the code without running it. All steps run, side by side, so that one run
 * shows every fault; each is also an npm script of its own.
 */
import { run } from "./steps.mjs";

const STEPS = ["format", "lint", "types", "unused", "layers", "purity", "keys", "names", "graphql", "rules"];

const results = await Promise.all(
  STEPS.map((name) => run({ name, command: "npm", args: ["run", "--silent", `check:${name}`] })),
);
for (const { step, passed, output } of results)
  if (!passed) console.log(`── ${step.name} ──\n${output.trimEnd()}\n`);
for (const { step, passed, seconds } of results)
  console.log(`${passed ? "ok    " : "FAILED"} ${step.name.padEnd(14)} ${seconds.toFixed(1)} s`);
const failed = results.filter((result) => !result.passed).map((result) => result.step.name);
if (failed.length > 0) {
  console.log(
    `\nRun one alone with \`npm run check:${failed[0]}\`. \`npm run fix\` puts right what can be put right by itself.`,
  );
  process.exitCode = 1;
}
