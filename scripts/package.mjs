#!/usr/bin/env node
// @ts-check
/**
 * `npm run package`: the package as people get it. It is packed, installed in an empty folder without what only developers need, and started there
 * with `npx msc-clerk start`; the first proposal is decided. Prints how large it all is. Needs what was built (`npm run build --workspaces`).
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begun, firstDecision } from "./firstDecision.mjs";
import { run } from "./steps.mjs";

const MOST_BYTES = 1_000_000;
const WANTED = [
  "bin/msc-clerk.mjs",
  "dist/cli/cli.js",
  "app.yml",
  "deploy/msc-clerk.service",
  "docs/hosting.md",
];
const STRAY = /^(?:src|test|sandbox|scripts)\/|\.map$|\.test\./;

const folder = mkdtempSync(join(tmpdir(), "msc-clerk-package-"));
try {
  const wrong = await packedAndPlayed();
  if (wrong !== null) {
    console.log(`FAILED the package: ${wrong}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @returns {Promise<string | null>} what is wrong, null for nothing */
async function packedAndPlayed() {
  if (!existsSync("dist/cli/cli.js")) return "nothing is built: npm run build --workspaces";
  const packed = await run({
    name: "pack",
    command: "npm",
    args: ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
  });
  if (!packed.passed) return packed.output;
  const [{ filename, size, files }] = JSON.parse(packed.output.slice(packed.output.indexOf("[")));
  /** @type {readonly string[]} */
  const paths = files.map((/** @type {{ path: string }} */ { path }) => path);
  const stray = paths.filter((path) => STRAY.test(path));
  const missing = WANTED.filter((path) => !paths.includes(path));
  if (size > MOST_BYTES || stray.length > 0 || missing.length > 0)
    return `${size} bytes; it lacks: ${missing.join(", ")}; it should not hold: ${stray.join(", ")}`;

  const home = join(folder, "home");
  mkdirSync(home);
  const installed = await run({
    name: "install",
    command: "npm",
    args: ["install", "--prefix", home, "--omit=dev", "--prefer-offline", join(folder, filename)],
  });
  if (!installed.passed) return installed.output;
  const { output } = await run({ name: "size", command: "du", args: ["-sm", home] });
  console.log(
    `ok     ${filename}: ${Math.round(size / 1000)} kB, ${paths.length} files; installed ${output.split("\t")[0]} MB in ${installed.seconds.toFixed(1)} s`,
  );

  const began = Date.now();
  const wrong = await firstDecision(({ environmentFile, port }) => {
    copyFileSync(environmentFile, join(home, ".env"));
    const variables = { HOST: "127.0.0.1", PORT: String(port) };
    return begun("npx", ["--no-install", "msc-clerk", "start"], { cwd: home, variables });
  });
  if (wrong === null)
    console.log(
      `ok     npx msc-clerk start: the first proposal is decided, in ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
  return wrong;
}
