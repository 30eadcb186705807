import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What somebody sees who starts something before what it needs is there: a sentence, and no stack. */

const { scripts, bin } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
const BIN = "bin/msc-clerk.mjs";

/** A checkout with these files of the project and nothing installed. */
function bare(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-bare-"));
  for (const file of files) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    copyFileSync(file, join(folder, file));
  }
  return folder;
}

function run(cwd: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

test("npm start and npx msc-clerk in a checkout where nothing is built say what to run", () => {
  expect([bin["msc-clerk"], scripts.start]).toEqual([BIN, `node ${BIN} start`]);
  expect(run(bare(BIN), BIN, "start")).toEqual({
    code: 1,
    out: "",
    err: "msc-clerk: Nothing is built here yet: run npm ci and npm run build, and then this again. (npm install --omit=dev msc-clerk, in another folder, brings it built.)\n",
  });
});

test("a build without the compiler, and all that begins with one, says that it was left out", () => {
  expect(scripts.build).toBe("node scripts/build.mjs");
  for (const name of ["sandbox", "demo", "simulate", "bench"])
    expect(scripts[name]).toMatch(/^npm run --silent build -w sandbox && /);
  expect(readFileSync("sandbox/package.json", "utf8")).toContain('"build": "node ../scripts/build.mjs"');
  const { code, out, err } = run(bare("scripts/build.mjs"), "scripts/build.mjs");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^The compiler is not installed, .* run npm ci, without --omit=dev .*\n$/);
});

test("a Node that is too old is told the one that is needed", () => {
  const folder = bare();
  const old = readFileSync(BIN, "utf8").replaceAll("process.versions.node", '"20.18.3"');
  writeFileSync(join(folder, "old.mjs"), old);
  expect(run(folder, "old.mjs")).toMatchObject({
    code: 1,
    err: "msc-clerk: It needs Node 20.19, 22 or newer, and this is Node 20.18.3.\n",
  });
});
