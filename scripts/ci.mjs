#!/usr/bin/env node
// @ts-check
/**
 * `npm run ci`: what the CI workflow runs, all of it: the tests, those that are for CI alone (`test:ci`: they need PostgreSQL, kill processes, or
 * take their time), `npm run check`, the smoke test, and the clerk from its package and from its image. Prints each as it comes, then the time of each, and
 * ends with one line that counts the tests of both kinds, `N passed, N failed`; another part that failed counts as one failure more, and one that was skipped
 * as nothing. Exits with 0 only when something ran and nothing failed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** @param {string} command @param {readonly string[]} args @returns {Promise<number | null>} its exit code; null: it has none */
const ran = (command, args) =>
  new Promise((resolve) => {
    console.log(`\n$ ${command} ${args.join(" ")}`);
    const child = spawn(command, [...args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, CI: "true" },
    });
    child.on("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(null);
    });
    child.on("close", resolve);
  });

/**
 * Counts from Vitest's JSON report. A test file that could not even be loaded has no tests in it, and counts as one failure.
 * @param {string} report
 */
function counts(report) {
  try {
    const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    let failed = Number(numFailedTests);
    for (const file of testResults) {
      const name = relative(process.cwd(), file.name);
      /** @type {{ status: string, fullName: string }[]} */
      const tests = file.assertionResults;
      const bad = tests.filter(({ status }) => status === "failed");
      for (const { fullName } of bad) failures.push(`${name}: ${fullName}`);
      if (file.status !== "failed" || bad.length > 0) continue;
      failures.push(`${name}: it could not be run`);
      failed += 1;
    }
    return { passed: Number(passed), failed };
  } catch (error) {
    console.error(`No report of the tests: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 0 };
  }
}

/** @type {{ name: string, seconds: number, failed: number | "skipped" }[]} */
const parts = [];
let passed = 0;
/** The exit code of a part that cannot be had on this machine, and says why. */
const SKIPPED = 77;
/** Named once more before the closing line, where whoever sees only the end of the output finds them. @type {string[]} */
const failures = [];

/** @param {string} name @param {() => Promise<number | "skipped">} work resolves with the number of failures */
async function part(name, work) {
  const began = Date.now();
  const failed = await work();
  parts.push({ name, seconds: (Date.now() - began) / 1000, failed });
}

for (const script of ["test", "test:ci"])
  await part(script, async () => {
    const folder = mkdtempSync(join(tmpdir(), "msc-clerk-ci-"));
    const report = join(folder, "tests.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await ran("npm", ["run", "--silent", script, "--", ...reporters]);
    const counted = counts(report);
    rmSync(folder, { recursive: true, force: true });
    passed += counted.passed;
    // The run can fail without a failing test: an error outside any test, or no test at all.
    return counted.failed === 0 && (code !== 0 || counted.passed === 0) ? 1 : counted.failed;
  });

/** @param {string} script */
const plain = (script) =>
  part(script, async () => {
    const code = await ran("npm", ["run", "--silent", script]);
    if (code === 0) return 0;
    if (code === SKIPPED) return "skipped";
    console.log(`npm run ${script} failed: see above. It counts as one failure.`);
    return 1;
  });
// Side by side: each has stretches in which one core idles or all wait, as the clerk writes once a second. The package and the image need what the smoke test builds.
await Promise.all([
  plain("check"),
  plain("smoke").then(() => Promise.all([plain("package"), plain("image")])),
]);

console.log("");
for (const { name, seconds, failed } of parts)
  console.log(
    `${failed === "skipped" ? "skipped" : failed === 0 ? "ok     " : "FAILED "} ${name.padEnd(14)} ${seconds.toFixed(1)} s`,
  );
if (failures.length > 0) console.log(["", "Failed:", ...failures].join("\n"));
const failed = parts.reduce((sum, one) => sum + (one.failed === "skipped" ? 0 : one.failed), 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`\n${passed} passed, ${failed} failed`);
