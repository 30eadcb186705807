import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { afterAll } from "vitest";
import { silentLog } from "../src/platform/log.js";
import { systemClock } from "../src/platform/systemClock.js";
import { Recorder } from "../src/runtime/server/recorder.js";

/** Whatever a test asks of the sandbox, as the clerk or as a person, is written down for openapi.mjs. */
const out = globalThis.fetch;
const recorder = new Recorder({
  directory: join(process.env.OPENAPI_RECORDINGS ?? "", `${process.pid}-${threadId}`),
  clock: systemClock,
  log: silentLog,
  baseUrl: "",
  version: "",
  secrets: [],
  mostBytes: Number.POSITIVE_INFINITY,
});
globalThis.fetch = recorder.fetching(out);
afterAll(async () => {
  globalThis.fetch = out;
  await recorder.close();
});
