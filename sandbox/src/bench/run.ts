import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BENCHMARKS } from "./benchmarks.js";
import { writeTableInDocs } from "./limits.js";
import { ANEW, againstRecord, type Counts, countsOf, readRecord, writeRecord } from "./record.js";
import { type Benchmark, judged, type Row } from "./row.js";
import { tableOf } from "./table.js";

export interface Wanted {
  /** None: all. */
  readonly names: readonly string[];
  readonly json: string | null;
  readonly record: boolean;
}

/** How many that only count run side by side. */
const SIDE_BY_SIDE = 2;

interface Ran {
  readonly benchmark: Benchmark;
  readonly rows: readonly Row[] | null;
  readonly seconds: number;
}

/** Runs benchmarks, each in a process of its own, and prints their tables; what failed makes the exit code 1. */
export async function run({ names, json, record }: Wanted): Promise<void> {
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0)
    throw new Error(
      `no such benchmark: ${unknown.join(", ")}; there are ${BENCHMARKS.map(({ name }) => name).join(", ")}`,
    );
  const wanted = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));
  const begun = performance.now();
  const ran: Ran[] = [];
  const todo = wanted.filter(({ kind }) => kind === "counts");
  const next = async () => {
    for (let one = todo.shift(); one !== undefined; one = todo.shift()) ran.push(await apart(one));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  for (const one of wanted.filter(({ kind }) => kind === "times")) ran.push(await apart(one));
  tell(ran, begun);
  if (json !== null) writeFileSync(json, `${JSON.stringify(inJson(ran), null, 2)}\n`);
  if (record) keep(ran);
  if (ran.some(({ rows }) => rows === null)) process.exitCode = 1;
}

function apart(benchmark: Benchmark): Promise<Ran> {
  const begun = performance.now();
  const bench = fileURLToPath(new URL("../bench.js", import.meta.url));
  return new Promise((resolve) => {
    let rows: readonly Row[] | null = null;
    const child = fork(bench, ["rows", benchmark.name], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.on("message", (told) => {
      rows = told as readonly Row[];
    });
    child.once("exit", () => {
      const seconds = Math.round((performance.now() - begun) / 1000);
      const ran = { benchmark, rows, seconds };
      console.log(rows === null ? `${benchmark.name} failed` : `${tableOf(benchmark, rows)}\n`);
      resolve(ran);
    });
  });
}

/** One benchmark, in the process that was made for it. */
export async function rowsOf(name: string): Promise<void> {
  const benchmark = BENCHMARKS.find((one) => one.name === name);
  const rows = await benchmark?.run("all");
  await new Promise((resolve) => process.send?.(rows ?? [], resolve));
}

function tell(ran: readonly Ran[], begun: number): void {
  const rows = ran.flatMap((one) => one.rows ?? []);
  const goals = rows.map(judged).filter((judgement) => judgement !== null);
  const held = goals.filter((judgement) => judgement.held).length;
  const times = ran.map(({ benchmark, seconds }) => `${benchmark.name} ${seconds}`).join(", ");
  console.log(`${goals.length} goals: ${held} held, ${goals.length - held} missed.`);
  console.log(`${Math.round((performance.now() - begun) / 1000)} seconds: ${times}.`);
  for (const { benchmark, rows: found } of ran) {
    if (found === null || benchmark.kind === "times") continue;
    const { grown, shrunk, missing } = againstRecord(readRecord(), benchmark.name, found);
    for (const sentence of [...grown, ...shrunk]) console.log(sentence);
    if (missing.length > 0) console.log(`${benchmark.name}: ${missing.length} counts are not in the record.`);
    if (grown.length + missing.length > 0) console.log(ANEW);
  }
}

const inJson = (ran: readonly Ran[]) => ({
  format: "msc-clerk bench 1",
  node: process.version,
  benchmarks: ran.map(({ benchmark: { name, title, sizes, kind }, rows, seconds }) => ({
    name,
    title,
    sizes,
    kind,
    seconds,
    rows: rows?.map((row) => {
      const judgement = judged(row);
      return judgement === null ? row : { ...row, ...judgement };
    }),
  })),
});

/** The record of what was run is replaced; the table of docs/operating.md is made of it. */
function keep(ran: readonly Ran[]): void {
  const counts: Record<string, Counts[string]> = { ...readRecord() };
  for (const { benchmark, rows } of ran)
    if (rows !== null && benchmark.kind === "counts") counts[benchmark.name] = countsOf(rows);
  writeRecord(counts);
  writeTableInDocs(counts);
}
