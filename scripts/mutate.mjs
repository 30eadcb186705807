#!/usr/bin/env node
// @ts-check
/**
 * `npm run mutate -- [--sample N] [--seed S] [--slow MS] PATH…`: changes these files of src here and there (without a path, all of src/domain) and tells
 * which changes no test notices. What is changed is the meaning, so string literals are left out. Each PATH is a room with its own score.
 *
 * All changes (mutants) are put into the code at once, each behind a switch. The tests are loaded once, and mutation.runner.ts runs each of
 * them again and again, with one switch after the other turned, as long as the mutant lives: a few milliseconds for each.
 * Tests that take longer than `--slow MS` (60) are left out and listed. What runs only while the code is loaded (a table) cannot be switched
 * later: it is counted apart.
 * `--sample N` tries N mutants, drawn evenly from all of them; the same seed draws the same. The whole list: reports/mutation.json.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    slow: { type: "string", default: "60" },
  },
});
const rooms = positionals.length > 0 ? positionals : ["src/domain"];
const filesOf = (/** @type {string} */ room) =>
  statSync(room).isFile()
    ? [room]
    : readdirSync(room, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => join(room, name));
const files = [...new Set(rooms.flatMap(filesOf).map((file) => resolve(file)))];

/** Where parent and workers leave each other what they know; a folder each run. */
const folder = resolve(`.mutation/${process.pid}`);
mkdirSync(folder, { recursive: true });

const quiet = /** @type {any} */ ({ debug() {}, info() {}, warn() {}, isDebugEnabled: () => false });
const made = await new Instrumenter(quiet).instrument(
  files.map((name) => ({ name, mutate: true, content: readFileSync(name, "utf8") })),
  { plugins: null, excludedMutations: ["StringLiteral"], ignorers: [] },
);
writeFileSync(
  `${folder}/code.json`,
  JSON.stringify(Object.fromEntries(made.files.map((f) => [f.name, f.content]))),
);

/** Evenly, and again the same with the same seed (mulberry32). */
function drawn(/** @type {any[]} */ from, /** @type {number} */ count, /** @type {number} */ seed) {
  let state = seed;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const rest = [...from];
  return Array.from({ length: Math.min(count, rest.length) }, () =>
    rest.splice(Math.floor(chance() * rest.length), 1).at(0),
  );
}

const all = made.mutants.filter(({ status }) => status !== "Ignored");
const sample = values.sample === undefined ? all : drawn(all, Number(values.sample), Number(values.seed));
console.log(
  `${all.length} mutants in ${files.length} files; ${sample.length < all.length ? `a sample of ${sample.length}, seed ${values.seed}` : "all tried"}`,
);

/** What the workers have written so far. */
function known(/** @type {number} */ shard) {
  const found = { killed: new Map(), reached: new Set(), loaded: new Set(), slow: new Set(), tests: 0 };
  let text = "";
  try {
    text = readFileSync(`${folder}/${shard}.log`, "utf8");
  } catch {}
  for (const line of text.split("\n").filter(Boolean)) {
    const { test, killed, reached, loaded, skipped } = JSON.parse(line);
    for (const id of killed) found.killed.set(id, test);
    for (const id of reached) found.reached.add(id);
    for (const id of loaded) found.loaded.add(id);
    if (skipped) found.slow.add(`${skipped}: ${test}`);
    found.tests++;
  }
  return found;
}

/** One process, again after each mutant that hangs or crashes it: that one counts as noticed. */
async function worker(/** @type {number} */ shard, /** @type {readonly string[]} */ ids) {
  const ended = /** @type {string[]} */ ([]);
  const now = () => readFileSync(`${folder}/${shard}.now`, "utf8");
  for (;;) {
    writeFileSync(`${folder}/${shard}.now`, "");
    writeFileSync(`${folder}/${shard}.json`, JSON.stringify(ids.filter((id) => !ended.includes(id))));
    const child = spawn(
      process.execPath,
      ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/mutation.vitest.ts"],
      {
        env: { ...process.env, CI: "1", MUTATION: `${folder}/${shard}`, MUTATION_SLOW: values.slow },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    let seen = "";
    const watch = setInterval(() => {
      const is = now();
      if (is === seen && /^\d+ \d/.test(is)) child.kill("SIGKILL");
      seen = is;
    }, 20_000);
    const code = await new Promise((done) => child.on("close", done));
    clearInterval(watch);
    const at = /^\d+ (\d+)/.exec(now())?.[1];
    if (code === 0) return { ...known(shard), ended };
    if (at === undefined) throw new Error(`The tests fail by themselves:\n${output}`);
    ended.push(at);
  }
}

const shards = Math.max(1, Number(process.env.MUTATION_WORKERS ?? availableParallelism()));
const started = Date.now();
const found = await Promise.all(
  Array.from({ length: shards }, (_, shard) =>
    worker(
      shard,
      sample.map(({ id }) => id).filter((_, index) => index % shards === shard),
    ),
  ),
).finally(() => process.on("exit", () => rmSync(folder, { recursive: true, force: true })));

const killed = new Map(found.flatMap((f) => [...f.killed]));
const ended = new Set(found.flatMap((f) => f.ended));
const reached = new Set(found.flatMap((f) => [...f.reached]));
const loaded = new Set(found.flatMap((f) => [...f.loaded]));
const results = sample.map(({ id, fileName, location, mutatorName, replacement }) => {
  const status = killed.has(id)
    ? "killed"
    : ended.has(id)
      ? "ended"
      : reached.has(id)
        ? "survived"
        : loaded.has(id)
          ? "loaded"
          : "unreached";
  const lines = readFileSync(fileName, "utf8").split("\n");
  const { start, end } = location;
  const original = lines
    .slice(start.line, end.line + 1)
    .map((line, index, { length }) =>
      line.slice(index === 0 ? start.column : 0, index === length - 1 ? end.column : undefined),
    )
    .join("\n");
  const file = relative(".", fileName);
  return { file, line: start.line + 1, mutatorName, original, replacement, status, by: killed.get(id) };
});
mkdirSync("reports", { recursive: true });
writeFileSync("reports/mutation.json", JSON.stringify(results, null, 1));

const short = (/** @type {string} */ text) => text.replace(/\s+/g, " ").slice(0, 110);
for (const r of results.filter(({ status }) => status === "survived" || status === "unreached"))
  console.log(
    `${r.status === "survived" ? "lives" : "never run"}  ${r.file}:${r.line}  ${short(r.original)}  →  ${short(r.replacement)}`,
  );
for (const room of rooms) {
  const of = new Set(filesOf(room).map((file) => relative(".", resolve(file))));
  const here = results.filter(({ file }) => of.has(file));
  const count = (/** @type {string} */ status) => here.filter((r) => r.status === status).length;
  const tried = here.length - count("loaded");
  const dead = count("killed") + count("ended");
  console.log(
    `${room}: ${tried} tried, ${dead} killed (${count("ended")} by hanging), ${count("survived")} live, ${count("unreached")} never run by a test: ${((100 * dead) / tried).toFixed(1)}%; ${count("loaded")} run only at load`,
  );
}
const slow = [...new Set(found.flatMap((f) => [...f.slow]))];
if (slow.length > 0) console.log(`Tests not used:\n  ${slow.join("\n  ")}`);
console.log(`${((Date.now() - started) / 1000).toFixed(0)} s`);
