#!/usr/bin/env node
// @ts-check
/**
 * `npm run mutate -- [--sample N] [--seed S] [--slow MS] [--patience MS] PATH…`: changes these files of src here and there (without a
 * path, all of src/domain) and tells which changes no test notices. What is changed is the meaning, so string literals are left out. Each PATH is a room with its own score.
 *
 * All changes (mutants) are put into the code at once, each behind a switch. The tests are loaded once, and mutation.runner.ts turns one switch
 * after the other and runs the tests that come by it, until one fails: a few milliseconds for each.
 * Tests that take longer than `--slow MS` (150) are left out and listed; a mutant that none has noticed after `--patience MS` (4000) counts as
 * living. Both by the processor's clock. What runs only while the code is loaded (a table) cannot be switched
 * later: it is counted apart.
 * `--again` tries those of the last run that lived, and takes the others' deaths as known.
 * `--sample N` tries N mutants, drawn evenly from all of them; the same seed draws the same. The whole list: reports/mutation.json.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
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
    slow: { type: "string", default: "150" },
    again: { type: "boolean", default: false },
    patience: { type: "string", default: "4000" },
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

/** What is changed into what; `key` tells it from any other, also when lines have moved. */
const times = new Map();
const all = made.mutants
  .filter(({ status }) => status !== "Ignored")
  .map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => {
    const original = readFileSync(fileName, "utf8")
      .split("\n")
      .slice(start.line, end.line + 1)
      .map((line, index, { length }) =>
        line.slice(index === 0 ? start.column : 0, index === length - 1 ? end.column : undefined),
      )
      .join("\n");
    const file = relative(".", fileName);
    const same = [file, mutatorName, original, replacement].join(" | ");
    times.set(same, (times.get(same) ?? 0) + 1);
    return { id, key: `${same} | ${times.get(same)}`, file, line: start.line + 1, original, replacement };
  });

const REPORT = "reports/mutation.json";
const hashOf = (/** @type {string} */ file) => createHash("sha1").update(readFileSync(file)).digest("hex");
const hashes = Object.fromEntries(files.map((file) => [relative(".", file), hashOf(file)]));
/** The last run, where it counts: a file that has changed since is tried anew. */
const last = values.again ? JSON.parse(readFileSync(REPORT, "utf8")) : null;
const before = new Map(last?.results.map((/** @type {any} */ one) => [one.key, one]));
const isDead = (/** @type {any} */ one) => ["killed", "ended"].includes(one?.status);
const dead = new Map(
  all.flatMap(({ id, key, file }) =>
    isDead(before.get(key)) && last.hashes[file] === hashes[file] ? [[id, before.get(key)]] : [],
  ),
);

const sample = last
  ? all.filter(({ key }) => before.has(key))
  : values.sample === undefined
    ? all
    : drawn(all, Number(values.sample), Number(values.seed)).sort((a, b) => Number(a.id) - Number(b.id));
console.log(
  `${all.length} mutants in ${files.length} files; ${sample.length < all.length ? `a sample of ${sample.length}, seed ${last?.seed ?? values.seed}` : "all tried"}`,
);

/** The tests that noticed a mutant's neighbours in the last run, the nearest first. */
function likely(/** @type {string} */ id) {
  const mutant = all.find((one) => one.id === id);
  const near = (/** @type {any} */ one) => Math.abs(one.line - (mutant?.line ?? 0));
  const neighbours = [...before.values()].filter((one) => one.by && one.file === mutant?.file);
  const names = neighbours.sort((a, b) => near(a) - near(b)).map((one) => one.by);
  return [...new Set(names)].slice(0, 30);
}

/** What the workers have written so far. */
function known(/** @type {number} */ shard) {
  const found = {
    killed: new Map(),
    reached: new Set(),
    loaded: new Set(),
    unused: new Set(),
    gaveUp: new Set(),
  };
  let text = "";
  try {
    text = readFileSync(`${folder}/${shard}.log`, "utf8");
  } catch {}
  for (const line of text.split("\n").filter(Boolean)) {
    const { id, by, reached = [], loaded = [], unused, gaveUp } = JSON.parse(line);
    if (gaveUp && !by) found.gaveUp.add(id);
    if (by) found.killed.set(id, by);
    for (const one of reached) found.reached.add(one);
    for (const one of loaded) found.loaded.add(one);
    if (unused) found.unused.add(unused);
  }
  return found;
}

/** One process, again after each mutant that hangs or crashes it: that one counts as noticed. */
async function worker(/** @type {number} */ shard, /** @type {readonly string[]} */ ids) {
  const ended = /** @type {string[]} */ ([]);
  const now = () => readFileSync(`${folder}/${shard}.now`, "utf8");
  for (;;) {
    writeFileSync(`${folder}/${shard}.now`, "");
    const rest = ids.filter((id) => !ended.includes(id)).map((id) => ({ id, likely: likely(id) }));
    writeFileSync(`${folder}/${shard}.json`, JSON.stringify(rest));
    const child = spawn(
      process.execPath,
      ["node_modules/vitest/vitest.mjs", "run", "--config", "scripts/mutation.vitest.ts"],
      {
        env: {
          ...process.env,
          CI: "1",
          MUTATION: `${folder}/${shard}`,
          MUTATION_SLOW: values.slow,
          MUTATION_PATIENCE: values.patience,
        },
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
      sample
        .map(({ id }) => id)
        .filter((id) => !dead.has(id))
        .filter((_, index) => index % shards === shard),
    ),
  ),
).finally(() => process.on("exit", () => rmSync(folder, { recursive: true, force: true })));

const killed = new Map(found.flatMap((f) => [...f.killed]));
const ended = new Set(found.flatMap((f) => f.ended));
const reached = new Set(found.flatMap((f) => [...f.reached]));
const gaveUp = new Set(found.flatMap((f) => [...f.gaveUp]));
const loaded = new Set(found.flatMap((f) => [...f.loaded]));
const statusOf = (/** @type {string} */ id) =>
  killed.has(id)
    ? "killed"
    : ended.has(id)
      ? "ended"
      : reached.has(id)
        ? "survived"
        : loaded.has(id)
          ? "loaded"
          : "unreached";
const results = sample.map((mutant) => {
  const { id } = mutant;
  const known = dead.get(id);
  const status = known?.status ?? statusOf(id);
  return { ...mutant, status, by: known?.by ?? killed.get(id), gaveUp: gaveUp.has(id) };
});
mkdirSync("reports", { recursive: true });
writeFileSync(REPORT, JSON.stringify({ seed: last?.seed ?? values.seed, hashes, results }, null, 1));

const short = (/** @type {string} */ text) => text.replace(/\s+/g, " ").slice(0, 110);
for (const r of results.filter(({ status }) => status === "survived" || status === "unreached"))
  console.log(
    `${r.status === "unreached" ? "never run" : r.gaveUp ? "lives so far" : "lives"}  ${r.file}:${r.line}  ${short(r.original)}  →  ${short(r.replacement)}`,
  );
for (const room of rooms) {
  const of = new Set(filesOf(room).map((file) => relative(".", resolve(file))));
  const here = results.filter(({ file }) => of.has(file));
  const count = (/** @type {string} */ status) => here.filter((r) => r.status === status).length;
  const tried = here.length - count("loaded");
  const died = count("killed") + count("ended");
  console.log(
    `${room}: ${tried} tried, ${died} killed (${count("ended")} by hanging), ${count("survived")} live, ${count("unreached")} never run by a test: ${((100 * died) / tried).toFixed(1)}%; ${count("loaded")} run only at load`,
  );
}
const unused = [...new Set(found.flatMap((f) => [...f.unused]))];
if (unused.length > 0) console.log(`Tests not used:\n  ${unused.join("\n  ")}`);
console.log(`${((Date.now() - started) / 1000).toFixed(0)} s`);
