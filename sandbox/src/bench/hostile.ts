import { spawnSync } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { GraphQLApi } from "../graphql/api.js";
import { KINDS, type Kind } from "./kinds.js";
import { BenchStage } from "./stage.js";

/** Real time for one kind, setting the stage included. */
const LONGEST = 240 * SECOND;
const PATIENCE = 2 * HOUR;
const MOTIONS = 12;

/**
 * What one hostile thing of each kind costs in the hour after it, as a table; each in a process of its own, with a time limit. The
 * sandbox is as strict as GitHub with requests and content.
 */
export function hostile(only: readonly string[]): void {
  const wanted = KINDS.filter(({ name }) => only.length === 0 || only.includes(name));
  console.log("| what | requests | MB read | reconciles | CPU, ms each | a vote elsewhere waits |");
  console.log("|---|--:|--:|--:|--:|--:|");
  for (const { name, title } of wanted) {
    const bench = fileURLToPath(new URL("../bench.js", import.meta.url));
    const ran = spawnSync(process.execPath, [bench, "one", name], { timeout: LONGEST, encoding: "utf8" });
    const row = /^\|.*\|$/m.exec(ran.stdout)?.[0];
    const why = ran.signal === null ? "failed" : `not over after ${LONGEST / MINUTE} minutes`;
    console.log(row ?? `| ${title} | ${why} | | | | |`);
    if (row === undefined && ran.signal === null) console.error(ran.stderr.slice(-2000));
  }
}

export async function oneHostile(name: string): Promise<void> {
  const kind = KINDS.find((each) => each.name === name);
  if (kind === undefined) throw new Error(`no such kind: ${name}`);
  const measured = await measure(kind);
  const { requests, bytes, looks, cpu, waited } = measured;
  const waits = waited === null ? `more than ${PATIENCE / HOUR} hours` : `${Math.round(waited / SECOND)} s`;
  const each = looks === 0 ? cpu : cpu / looks;
  console.log(
    `| ${kind.title} | ${requests} | ${(bytes / 1e6).toFixed(1)} | ${looks} | ${Math.round(each)} | ${waits} |`,
  );
}

async function measure(kind: Kind) {
  const stage = new BenchStage();
  const own = sandboxTime();
  const read = bytesAnswered(stage);
  await stage.start({ resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY });
  await stage.settle();
  const motions: number[] = [];
  for (let at = 0; at < MOTIONS; at += 1) {
    const n = stage.propose(`MSC${2000 + at}: Thing`, `proposals/${2000 + at}-thing.md`);
    motions.push(n);
    await stage.settle();
    stage.as("richvdh").comment(n, "@mscbot fcp merge");
    await stage.settle();
  }
  const vote = motions.at(-1) ?? 0;
  await stage.clock.advance(HOUR);
  await stage.settle();
  if (kind.before !== undefined) {
    await stage.clerk?.stop();
    stage.clerk = null;
    stage.github.webhooksTo(null);
    await kind.before(stage);
  }
  const start = {
    requests: stage.requests().length,
    bytes: read(),
    looks: stage.looks,
    cpu: process.cpuUsage(),
    own: own(),
  };
  if (kind.before !== undefined) await stage.start({ resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY });
  // What the hostile themselves do takes time of this process too.
  const doing = process.cpuUsage();
  const taken = await kind.doing?.(stage);
  const done = process.cpuUsage(doing);
  const from = stage.clock.now();
  const { id } = stage.as("dbkr").comment(vote, "@mscbot reviewed");
  const heard = () =>
    stage.github
      .thread(vote)
      .comments.find((comment) => comment.id === id)
      ?.reactions.some(({ content }) => content === "+1");
  let waited: number | null = null;
  while (stage.clock.now() < from + PATIENCE) {
    await stage.clock.advance(SECOND * (stage.clock.now() - from < MINUTE ? 1 : 30));
    await stage.settle(SECOND);
    if (waited === null && heard()) waited = stage.clock.now() - from;
    if (waited !== null && stage.clock.now() >= from + HOUR) break;
  }
  const cpu = process.cpuUsage(start.cpu);
  const byPeople = kind.name === "pushes" || kind.name === "amendments" ? 0 : done.user + done.system;
  const total = (cpu.user + cpu.system - byPeople) / 1000 - (own() - start.own);
  const result = {
    requests: stage.requests().length - start.requests,
    bytes: typeof taken === "number" ? taken : read() - start.bytes,
    looks: stage.looks - start.looks,
    cpu: Math.max(0, total),
    waited,
  };
  await Promise.race([stage.close(), new Promise((resolve) => setTimeout(resolve, 2000))]);
  return result;
}

/** Milliseconds the sandbox itself took to answer queries. */
function sandboxTime(): () => number {
  let spent = 0;
  const { answer } = GraphQLApi.prototype;
  GraphQLApi.prototype.answer = function (this: GraphQLApi, ...asked: Parameters<typeof answer>) {
    const from = performance.now();
    try {
      return answer.apply(this, asked);
    } finally {
      spent += performance.now() - from;
    }
  };
  return () => spent;
}

/** Bytes that the sandbox has answered. */
function bytesAnswered(stage: BenchStage): () => number {
  const before = new WeakMap<object, number>();
  let bytes = 0;
  subscribe("http.server.response.finish", (message) => {
    const { socket, request } = message as {
      socket: Socket;
      request: { headers: { host?: string } };
    };
    if (`http://${request.headers.host}` !== stage.github.url) return;
    bytes += socket.bytesWritten - (before.get(socket) ?? 0);
    before.set(socket, socket.bytesWritten);
  });
  return () => bytes;
}
