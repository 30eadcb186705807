#!/usr/bin/env node
// @ts-check
/**
 * `npm run smoke`: the built clerk as people start it. It refuses what it should refuse in a plain sentence; without credentials it serves the
 * set-up page; the sandbox shows its page; and the demo tells its story to the end. Works in a folder of its own, so that no `.env` of yours is read or written.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "./steps.mjs";

const root = resolve(import.meta.dirname, "..");
const PATIENCE = 60_000;
/** What the clerk would take from the environment is not handed on. */
const bare = { PATH: process.env.PATH, HOME: process.env.HOME, CI: "true" };

/** @type {{ name: string, test: () => Promise<string | null> }[]} each resolves with what is wrong, null for nothing */
const SMOKE = [
  {
    name: "without a webhook secret it does not start, and says so",
    test: async () => {
      const { code, says } = await startedClerk({ APP_ID: "1" }, () => false);
      if (code === 0 || code === null) return `it ended with ${code}:\n${says}`;
      return /WEBHOOK_SECRET is not set/.test(says) ? null : `it does not name WEBHOOK_SECRET:\n${says}`;
    },
  },
  {
    name: "without credentials it serves the set-up page, and stops when asked",
    test: async () => {
      /** @type {{ status: number, page: string } | null} */
      let answer = null;
      const { code, says } = await startedClerk({ PORT: "0" }, async (soFar) => {
        const address = /http:\/\/\S+:\d+/.exec(soFar)?.[0];
        if (address === undefined || !/No credentials/.test(soFar)) return false;
        const response = await fetch(`${address}/setup`);
        answer = { status: response.status, page: await response.text() };
        return true;
      });
      if (answer === null) return `no page was served:\n${says}`;
      const { status, page } = /** @type {{ status: number, page: string }} */ (answer);
      if (status !== 200 || !/Make the App/.test(page))
        return `the page answered ${status}:\n${page.slice(0, 500)}`;
      return code === 0 || code === null || code === 143 ? null : `it ended with ${code}:\n${says}`;
    },
  },
  {
    name: "the sandbox prints one address, and a page with proposals is there",
    test: async () => {
      let page = "";
      const { says } = await started("sandbox/dist/main.js", { PORT: "0" }, async (soFar) => {
        const address = /Open\s+(http:\/\/\S+)/.exec(soFar)?.[1];
        if (address === undefined) return false;
        page = await (await fetch(address)).text();
        return true;
      });
      return /MSC\d+|proposal/i.test(page)
        ? null
        : `no page with proposals was served:\n${says}\n${page.slice(0, 500)}`;
    },
  },
  {
    name: "the sandbox tells how it is called without starting, and leaves a file alone that is not its own",
    test: async () => {
      const help = await started("sandbox/dist/main.js", {}, () => false, ["--help"]);
      if (help.code !== 0 || !/--without-clerk FILE/.test(help.says)) return `--help: ${help.says}`;
      const taken = ["--without-clerk", "app.yml"];
      const { code, says } = await started("sandbox/dist/main.js", { PORT: "0" }, () => false, taken);
      return code === 1 && /app\.yml is there already/.test(says) ? null : `it ended with ${code}:\n${says}`;
    },
  },
  {
    name: "the demo tells its story to the end",
    test: async () => {
      const { code, says } = await started("sandbox/dist/demo.js", { DEMO_SPEED: "1000" }, () => false);
      return code === 0 ? null : `it ended with ${code}:\n${says}`;
    },
  },
];

/** @param {Record<string, string>} environment @param {(says: string) => boolean | Promise<boolean>} enough */
const startedClerk = (environment, enough) => started("dist/cli/cli.js", environment, enough, ["start"]);

/**
 * Starts a part of the built clerk in an empty folder. Once `enough` is true of what it has said, it is asked to stop.
 * @param {string} part
 * @param {Record<string, string>} environment
 * @param {(says: string) => boolean | Promise<boolean>} enough
 * @param {readonly string[]} words
 * @returns {Promise<{ code: number | null, says: string }>}
 */
function started(part, environment, enough, words = []) {
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-smoke-"));
  cpSync(join(root, "app.yml"), join(folder, "app.yml"));
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, part), ...words], {
      cwd: folder,
      env: { ...bare, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let says = "";
    let asking = false;
    let asked = false;
    const listen = (/** @type {Buffer} */ chunk) => {
      says += chunk.toString();
      if (asking || asked) return;
      asking = true;
      void Promise.resolve(enough(says)).then(
        (so) => {
          asking = false;
          if (!so) return;
          asked = true;
          child.kill("SIGTERM");
        },
        (error) => {
          says += `\n${error}`;
          child.kill("SIGKILL");
        },
      );
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.on("close", (code) => {
      clearTimeout(late);
      rmSync(folder, { recursive: true, force: true });
      done({ code, says });
    });
  });
}

let failed = 0;
const built = await run({
  name: "build",
  command: "npm",
  args: ["run", "--silent", "build", "--workspaces"],
});
if (!built.passed) {
  console.log(`FAILED it builds\n${built.output}`);
  process.exit(1);
}
console.log("ok     it builds");
for (const { name, test } of SMOKE) {
  const wrong = await test();
  console.log(`${wrong === null ? "ok    " : "FAILED"} ${name}${wrong === null ? "" : `\n${wrong}`}`);
  if (wrong !== null) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
