import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StoreSettings } from "../../src/store/open.js";
import { built } from "../runtime/built.js";

/**
 * A process that keeps one register after the other of one proposal, as fast as it can, and says the number of each once it is kept:
 * whatever it has said must be found later, whatever becomes of it. When the store does not take
 * anything any more it says why on stderr, and ends with exit code 3.
 */
const PROGRAM = `
import { writeSync } from "node:fs";
import { openStore } from "./store/open.js";

const [settings, name, count, step] = JSON.parse(process.argv[2]);
const of = { repository: 7, pull: 12 };
const opened = await openStore(settings);
if (opened.kind === "refused") throw new Error(opened.why);
const { store } = opened;
let refusals = 0;
const refused = (why) => {
  refusals += 1;
  if (refusals < 20) return;
  writeSync(2, why);
  process.exit(3);
};
for (let kept = 0; kept < count; ) {
  const read = await store.register(of);
  if (read.kind === "unavailable") {
    refused(read.why);
    continue;
  }
  const expected = read.kept?.sequence ?? null;
  const sequence = expected === null ? 0 : expected + step;
  const record = (name + " " + sequence + " ").repeat(200);
  const line = { sequence, at: 1, what: name + " after " + expected };
  const put = await store.putRegister(of, { sequence, record }, expected, line);
  if (put.kind === "unavailable") refused(put.why);
  if (put.kind !== "stored") continue;
  refusals = 0;
  kept += 1;
  writeSync(1, sequence + "\\n");
}
await store.close();
`;

export interface Appender {
  readonly child: ChildProcess;
  /** The numbers it has said so far. */
  readonly said: () => readonly number[];
  readonly ended: Promise<{ readonly code: number | null; readonly complaints: string }>;
}

export interface Appenders {
  /** `count`: how many it keeps; `step`: how far apart its numbers are. */
  readonly start: (
    settings: StoreSettings,
    name: string,
    count: number,
    step: number,
    /** In kibibytes, the largest file it may write. */
    largestFile?: number,
  ) => Appender;
  readonly remove: () => void;
}

export const recordOf = (name: string, sequence: number): string => `${name} ${sequence} `.repeat(200);

export function appenders(name: string): Appenders {
  const { directory, remove } = built(name);
  const program = join(directory, "appender.mjs");
  writeFileSync(program, PROGRAM);
  const children: ChildProcess[] = [];
  return {
    start: (settings, who, count, step, largestFile) => {
      const command = [process.execPath, program, JSON.stringify([settings, who, count, step])];
      const limit = largestFile === undefined ? "" : `ulimit -f ${largestFile}; `;
      const child = spawn("bash", ["-c", `${limit}exec "$@"`, "bash", ...command], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      children.push(child);
      let out = "";
      let complaints = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        complaints += text;
      });
      return {
        child,
        // A number without its line end may be half of one.
        said: () => out.split("\n").slice(0, -1).map(Number),
        ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, complaints }))),
      };
    },
    remove: () => {
      for (const child of children) child.kill("SIGKILL");
      remove();
    },
  };
}
