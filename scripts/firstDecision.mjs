// @ts-check
/**
 * One decision from a motion to its end, by a clerk that somebody else starts: from the package, in a container, as a service. The sandbox is its
 * GitHub, in a process of its own, as `npm run sandbox -- --without-clerk` starts it; everybody is played through its page.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** In milliseconds, for each thing that is waited for. */
const PATIENCE = 30_000;
const SANDBOX = join(import.meta.dirname, "../sandbox/dist/main.js");
const REPOSITORY = "/matrix-org/matrix-spec-proposals";
const NUMBER = 1772;
/** Six of eight. */
const MEMBERS = ["richvdh", "erikjohnston", "dbkr", "uhoreg", "anoadragon453", "ara4n"];
/** The Final Comment Period is five days. */
const HOURS = 121;

/**
 * @typedef {object} Running a clerk that was started
 * @property {() => string} says what it has printed
 * @property {() => Promise<void>} stop asks it to stop; resolves once it has ended
 */

/**
 * Resolves with what is wrong in one text, null for nothing. Needs the built sandbox (`npm run build --workspaces`).
 * @param {(given: { readonly environmentFile: string, readonly port: number }) => Running} start starts the clerk with the variables in that file, listening on that port of 127.0.0.1
 * @returns {Promise<string | null>}
 */
export async function firstDecision(start) {
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-first-"));
  const environmentFile = join(folder, "clerk.env");
  const port = await freePort();
  const sandbox = begun(process.execPath, [
    SANDBOX,
    "--without-clerk",
    environmentFile,
    "--webhooks",
    `http://127.0.0.1:${port}/api/github/webhooks`,
  ]);
  /** @type {Running | null} */
  let clerk = null;
  try {
    await until("the sandbox is ready", () => /Ctrl-C stops it/.test(sandbox.says()));
    const page = found(sandbox.says(), /Open\s+(http:\S+)/);
    const api = found(sandbox.says(), /GITHUB_API_URL=(\S+)/);
    const token = found(sandbox.says(), /GITHUB_TOKEN=(\S+)/);
    clerk = start({ environmentFile, port });
    await until("the clerk has looked at every proposal", async () => {
      const health = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
      /** @type {any} */
      const told = health?.status === 200 ? await health.json() : { lastResync: null };
      return told.lastResync !== null;
    });
    const labels = async () => {
      const headers = { authorization: `token ${token}` };
      /** @type {any} */
      const issue = await (await fetch(`${api}/repos${REPOSITORY}/issues/${NUMBER}`, { headers })).json();
      return issue.labels.map((/** @type {{ name: string }} */ { name }) => name);
    };
    const post = async (
      /** @type {string} */ path,
      /** @type {Record<string, string>} */ fields,
      login = "",
    ) => {
      const body = new URLSearchParams(fields);
      const answer = await fetch(`${page}${path}`, {
        method: "POST",
        body,
        headers: { cookie: `you=${login}` },
        redirect: "manual",
      });
      if (answer.status !== 303) throw new Error(`The sandbox answered ${answer.status} to ${path}.`);
    };
    const says = (/** @type {string} */ login, /** @type {string} */ body) =>
      post(`${REPOSITORY}/pull/${NUMBER}/comment`, { body }, login);

    const [mover = "", ...others] = MEMBERS;
    await says(mover, "@mscbot fcp merge");
    await Promise.all(others.map((login) => says(login, "@mscbot reviewed")));
    await until("the Final Comment Period begins", async () =>
      (await labels()).includes("final-comment-period"),
    );
    await post("/clock", { hours: String(HOURS) });
    // The clerk hears with its next requests that it is five days later.
    await says("passer-by", "Is it decided?");
    await until("the proposal is decided", async () =>
      (await labels()).includes("finished-final-comment-period"),
    );
    await clerk.stop();
    // Its own word, not the exit code: npx ends at the same signal, with one of its own.
    return /Stopped\./.test(clerk.says()) ? null : `Asked to stop, the clerk did not:\n${clerk.says()}`;
  } catch (thrown) {
    await clerk?.stop();
    return `${thrown instanceof Error ? thrown.message : thrown}\n${sandbox.says()}\n${clerk?.says() ?? ""}`;
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A process that runs until it is asked to stop, with all that it has started (npx hands no signal on); ten seconds later they are ended.
 * @param {string} command @param {readonly string[]} words
 * @param {{ readonly cwd?: string, readonly variables?: Readonly<Record<string, string>> }} options
 * @returns {Running}
 */
export function begun(command, words, { cwd, variables = {} } = {}) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(command, [...words], {
    cwd,
    env: { PATH, HOME, PORT: "0", PAGES_PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (/** @type {Buffer} */ chunk) => {
      said += chunk.toString();
    });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      said += `${command} could not be started: ${error.message}\n`;
      resolve();
    });
    child.on("close", () => resolve());
  });
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // They have ended already.
    }
  };
  return {
    says: () => said,
    stop: async () => {
      signal("SIGTERM");
      const late = setTimeout(() => signal("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** @param {string} what @param {() => boolean | Promise<boolean>} holds */
async function until(what, holds) {
  for (const began = Date.now(); !(await holds()); await wait(100))
    if (Date.now() - began > PATIENCE) throw new Error(`Waited ${PATIENCE / 1000} s in vain until ${what}.`);
}

/** @param {string} text @param {RegExp} pattern */
const found = (text, pattern) => pattern.exec(text)?.[1] ?? "";

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
