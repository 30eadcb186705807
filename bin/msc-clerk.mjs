#!/usr/bin/env node
// @ts-check
/**
 * `msc-clerk`: says what is missing where it cannot run at all, and leaves the rest to what is built. In plain JavaScript, so that it is there in a
 * checkout where nothing is built, and runs on a Node that is too old.
 */
import { existsSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const built = new URL("../dist/cli/cli.js", import.meta.url);

const wrong =
  major < 20 || major === 21 || (major === 20 && minor < 19)
    ? `It needs Node 20.19, 22 or newer, and this is Node ${process.versions.node}.`
    : existsSync(built)
      ? null
      : "Nothing is built here yet: run npm ci and npm run build, and then this again. (npm install --omit=dev msc-clerk, in another folder, brings it built.)";

if (wrong === null) await import(built.href);
else {
  process.stderr.write(`msc-clerk: ${wrong}\n`);
  process.exitCode = 1;
}
