#!/usr/bin/env node
// @ts-check
/**
 * `npm run build`: compiles the package in the present folder. The compiler is for developers: where it was left out at the installation, this says so,
 * instead of a shell that does not find it.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** @returns {string | null} */
function compiler() {
  try {
    return join(dirname(resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    return null;
  }
}

const tsc = compiler();
if (tsc === null) {
  process.stderr.write(
    "The compiler is not installed, and nothing can be built without it: run npm ci, without --omit=dev and without NODE_ENV=production. To run the clerk and build nothing: npm install --omit=dev msc-clerk, in another folder.\n",
  );
  process.exitCode = 1;
} else {
  const { status } = spawnSync(process.execPath, [tsc, "-b", "tsconfig.build.json"], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
