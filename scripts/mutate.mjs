#!/usr/bin/env node
// @ts-check
/**
 * `npm run mutate -- PATH…`: changes these files of src/domain here and there (without a path, all of them) and tells which changes no test
 * notices. What is changed is the meaning, so string literals are left out. Settings: mutation.config.mjs; the report:
 * reports/mutation/mutation.html.
 */
import { spawnSync } from "node:child_process";

const paths = process.argv.slice(2);
const files = paths.map((path) => (/\.ts$/.test(path) ? path : `${path.replace(/\/$/, "")}/**/*.ts`));
const only = files.length === 0 ? [] : ["--mutate", files.join(",")];
const { status } = spawnSync("npx", ["stryker", "run", "scripts/mutation.config.mjs", ...only], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
