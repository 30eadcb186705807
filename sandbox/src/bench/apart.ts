import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createClerk, WEBHOOK_PATH } from "msc-clerk/app.js";
import { shiftedClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Secrets } from "../clerk.js";
import { NO_ROUNDS } from "./events.js";
import type { BenchStage } from "./stage.js";

/** What a process takes, once what it does not need any more is gone. */
export interface Usage {
  /** Megabytes. */
  readonly heap: number;
  readonly resident: number;
  /** Seconds since its start, of all its threads. */
  readonly cpu: number;
}

type Order =
  | {
      readonly kind: "start";
      readonly secrets: Secrets;
      readonly appId: number;
      readonly baseUrl: string;
      /** Milliseconds that the sandbox's time is ahead of the machine's. */
      readonly ahead: number;
    }
  | { readonly kind: "measure" };
type Report =
  | { readonly kind: "listening"; readonly url: string }
  | { readonly kind: "usage"; readonly usage: Usage };

export interface ClerkApart {
  readonly url: string;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

/** A clerk in a process of its own, in the machine's time, so that what is measured is the clerk's alone. */
export async function clerkApart(stage: BenchStage): Promise<ClerkApart> {
  const bench = fileURLToPath(new URL("../bench.js", import.meta.url));
  const child = fork(bench, ["clerk"], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ask = async (order: Order): Promise<Report> => {
    const answer = once(child, "message");
    child.send(order);
    return (await answer)[0] as Report;
  };
  const { secrets, github } = stage;
  const ahead = stage.letGo();
  const started = await ask({ kind: "start", secrets, appId: github.app.id, baseUrl: github.url, ahead });
  if (started.kind !== "listening") throw new Error("the clerk did not start");
  github.webhooksTo(started.url);
  return {
    url: started.url,
    usage: async () => {
      const report = await ask({ kind: "measure" });
      if (report.kind !== "usage") throw new Error("the clerk told something else");
      return report.usage;
    },
    close: async () => {
      github.webhooksTo(null);
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** The other end of it. */
export function serveApart(): void {
  process.on("message", async (order: Order) => {
    const report: Report =
      order.kind === "start" ? await started(order) : { kind: "usage", usage: measured() };
    process.send?.(report);
  });
}

async function started({
  secrets,
  appId,
  baseUrl,
  ahead,
}: Extract<Order, { kind: "start" }>): Promise<Report> {
  const clerk = createClerk({
    ...secrets,
    appId,
    baseUrl,
    clock: shiftedClock(systemClock, () => ahead),
    logger: pinoLog("fatal", true),
    timing: NO_ROUNDS,
    store: inMemoryStore(),
    dryRun: false,
  });
  const url = await clerk.start({ port: 0, host: "127.0.0.1" });
  return { kind: "listening", url: `${url}${WEBHOOK_PATH}` };
}

function measured(): Usage {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { heap: heapUsed / 1e6, resident: rss / 1e6, cpu: (user + system) / 1e6 };
}
