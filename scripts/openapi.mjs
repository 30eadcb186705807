#!/usr/bin/env node
// @ts-check
/**
 * `npm run openapi`: are the clerk's requests, and the sandbox's answers, GitHub's? Runs the stories and tests that speak to the sandbox, writes every
 * exchange down, and judges each by GitHub's published description of its REST API. Prints the counts and everything that is not as described, and
 * exits with 1 where there is any. The description (`@octokit/openapi`, 385 MB) is installed into a temporary folder and removed at the end; OPENAPI_FOLDER
 * names one where it is installed already. For maintainers; some minutes. The GraphQL documents are judged in test/github/queries.test.ts.
 */
import { spawn } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { judgeBy } from "./openapi.judge.mjs";

/** Asked of the sandbox by tests, and no part of GitHub's REST API: its GraphQL, the clerk's own pages, the sandbox's. */
const OURS = /^\/(repos|app|apps|installation|users|user|rate_limit)(\/|$)/;

/** What is not as described and meant to be. @type {readonly { what: RegExp, why: string }[]} */
const MEANT = [
  {
    what: /^GET \/app\/installations: answer 200: \/N\/account /,
    why: "There the description says that an account is a user and an enterprise at once; wherever else it describes an installation, the one or the other.",
  },
  {
    what: /^GET \/repos\/\{owner\}\/\{repo\}\/pulls: answer 200: \/N\/labels\/N\/description must be string/,
    why: "A label without a description has null there, which the description says everywhere but here.",
  },
  {
    what: /^GET \/repos\/\{owner\}\/\{repo\}\/commits\/\{ref\}\/check-runs: answer 200: \/check_runs\/N\/conclusion /,
    why: "GitHub calls a check stale that was not completed for 14 days, which the description leaves out among the conclusions.",
  },
  {
    what: /^POST \/repos\/\{owner\}\/\{repo\}\/check-runs: body \/output\/annotations must NOT have more than 50 items/,
    why: "sandbox/test/contract.test.ts sends 51, to see them refused.",
  },
];

const folder = mkdtempSync(join(tmpdir(), "msc-clerk-openapi-"));
const end = () => rmSync(folder, { recursive: true, force: true });
process.on("exit", end);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));

/** @param {string} command @param {readonly string[]} args @param {import("node:child_process").SpawnOptions} options @returns {Promise<boolean>} */
const ran = (command, args, options) =>
  new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });

/** @param {string} why @returns {never} */
function giveUp(why) {
  console.error(why);
  process.exit(1);
}

const installed = process.env.OPENAPI_FOLDER || folder;
if (installed === folder) {
  console.log("Installing GitHub's description of its API into a temporary folder …");
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "@octokit/openapi"];
  if (!(await ran("npm", args, { cwd: folder })))
    giveUp("@octokit/openapi could not be installed: see above.");
}
const described = join(installed, "node_modules/@octokit/openapi");
const { version } = JSON.parse(readFileSync(join(described, "package.json"), "utf8"));
const description = JSON.parse(readFileSync(join(described, "generated/api.github.com.json"), "utf8"));

const recordings = join(folder, "recordings");
const tests = [
  "vitest",
  "run",
  "--config",
  "scripts/openapi.vitest.ts",
  "--reporter=dot",
  ...process.argv.slice(2),
];
const told = await ran("npx", tests, { env: { ...process.env, OPENAPI_RECORDINGS: recordings } });

if (!existsSync(recordings)) giveUp("No story was run: see above.");
const { judge, findings, seen, judged } = judgeBy(description);
/** One exchange of each kind, to be spoiled. @type {Map<string, import("./openapi.judge.mjs").Exchange>} */
const samples = new Map();
let others = 0;
for (const worker of readdirSync(recordings))
  for (const name of readdirSync(join(recordings, worker)))
    for await (const line of createInterface({ input: createReadStream(join(recordings, worker, name)) })) {
      const exchange = JSON.parse(line);
      if (exchange.request === undefined) continue;
      if (!OURS.test(new URL(exchange.request.url).pathname.replace(/^\/api\/v3(?=\/)/, ""))) {
        others += 1;
        continue;
      }
      judge(exchange);
      if (exchange.answer?.status < 300)
        samples.set(`${exchange.request.method} ${Array.isArray(exchange.answer.body)}`, exchange);
    }

/** A judge that finds no fault in what is spoiled would find none anywhere. */
const control = judgeBy(description);
let caught = 0;
/** @param {import("./openapi.judge.mjs").Exchange} exchange */
const spoiled = (exchange) => {
  const before = control.found();
  control.judge(exchange);
  if (control.found() > before) caught += 1;
};
for (const { request, answer } of samples.values()) {
  spoiled({ request: { ...request, url: request.url.replace(/(:\d+)\//, "$1/nothing/") }, answer });
  spoiled({
    request: { ...request, url: `${request.url}${request.url.includes("?") ? "&" : "?"}spoiled=1` },
    answer,
  });
  spoiled({
    request: { ...request, body: { .../** @type {object | null} */ (request.body), spoiled: 1 } },
    answer,
  });
  if (answer) spoiled({ request, answer: { ...answer, status: 299 } });
  if (answer?.body) spoiled({ request, answer: { ...answer, body: "spoiled" } });
}
if (caught < control.judged())
  giveUp(`Only ${caught} of ${control.judged()} spoiled exchanges were caught: the judge is at fault.`);

/** @param {import("./openapi.judge.mjs").Finding} finding */
const line = ({ where, what, detail, count }) => `${String(count).padStart(7)}  ${where}: ${what} ${detail}`;
const all = [...findings.values()].sort((a, b) => b.count - a.count);
/** @param {import("./openapi.judge.mjs").Finding} finding */
const reason = ({ where, what, detail }) =>
  MEANT.find((one) => one.what.test(`${where}: ${what} ${detail}`))?.why;
const invalid = all.filter((finding) => reason(finding) === undefined);
const meant = all.filter((finding) => reason(finding) !== undefined);
for (const [kind, count] of [...seen].sort()) console.log(`${String(count).padStart(7)}  ${kind}`);
if (meant.length > 0) console.log("\nNot as described, and meant to be:");
for (const finding of meant) console.log(`${line(finding)}\n         ${reason(finding)}`);
if (invalid.length > 0) console.log("\nNot as described:");
for (const finding of invalid)
  console.log(`${line(finding)}${finding.example && `\n         ${finding.example}`}`);
console.log(
  `\n${judged()} exchanges of ${seen.size} kinds, by @octokit/openapi ${version} (api.github.com): ${invalid.length} kinds of fault, ${meant.length} more that are meant; ${others} others (GraphQL, pages). ${caught} of ${control.judged()} spoiled ones caught.`,
);
// What was asked and answered is judged all the same.
if (!told) console.log("Some of the stories failed: see above.");
process.exitCode = invalid.length > 0 || !told ? 1 : 0;
