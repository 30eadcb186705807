import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { HOUR, SECOND } from "msc-clerk/domain/text/time.js";
import { type ClerkApart, clerkApart } from "./apart.js";
import { NO_ROUNDS, PLENTY } from "./events.js";
import type { Row } from "./row.js";
import { BenchStage } from "./stage.js";

/** Webhooks on their way at the same time. */
const AT_ONCE = 16;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A stage whose proposals a clerk has seen, then a clerk in a process of its own and in the machine's time. */
async function loaded(proposals: number, doing: (stage: BenchStage, number: number) => unknown = () => {}) {
  const stage = new BenchStage(PLENTY);
  const numbers = stage.proposeMany(proposals);
  await stage.start(NO_ROUNDS);
  await stage.settle(HOUR);
  for (const number of numbers) doing(stage, number);
  await stage.settle(HOUR);
  await stage.clock.advance(HOUR);
  await stage.stop();
  const clerk = await clerkApart(stage);
  await calm(stage);
  return { stage, numbers, clerk };
}

/** Until nothing has been asked of the sandbox for two seconds. */
async function calm(stage: BenchStage): Promise<void> {
  for (let before = -1, since = Date.now(); Date.now() - since < 2 * SECOND; await pause(50))
    if (stage.github.requests.begun !== before || !stage.github.quiet) {
      before = stage.github.requests.begun;
      since = Date.now();
    }
}

const A_SECOND = 100;
const SECONDS = 20;
const LATEST = 100 * SECOND;

/**
 * From a concern to its label, while a hundred things happen each second, of which one is a concern. Not a motion: one a second would be seven
 * times the comments that GitHub allows in an hour.
 */
export async function labelTimes(): Promise<readonly Row[]> {
  const { stage, numbers, clerk } = await loaded(SECONDS + 10, (there, number) =>
    there.as("richvdh").comment(number, "@mscbot fcp merge"),
  );
  const motions = numbers.slice(0, SECONDS);
  const others = numbers.slice(SECONDS);
  const moved = new Map<number, number>();
  const times: number[] = [];
  stage.github.store.onHappening((happening) => {
    if (happening.event !== "pull_request" || happening.action !== "labeled") return;
    const from = moved.get(happening.number);
    if (from === undefined || happening.senderId !== stage.github.app.botId) return;
    moved.delete(happening.number);
    times.push(performance.now() - from);
  });
  const begun = performance.now();
  for (let at = 0; at < SECONDS * A_SECOND; at += 1) {
    const early = begun + (at * SECOND) / A_SECOND - performance.now();
    if (early > 1) await pause(early);
    const motion = at % A_SECOND === A_SECOND / 2 ? motions[Math.floor(at / A_SECOND)] : undefined;
    if (motion !== undefined) {
      moved.set(motion, performance.now());
      stage.as("dbkr").comment(motion, "@mscbot concern it is too large");
    } else stage.as("passer-by").comment(others[at % others.length] ?? 0, `And another thing (${at}).`);
  }
  const until = performance.now() + LATEST;
  while (moved.size > 0 && performance.now() < until) await pause(20);
  for (const from of moved.values()) times.push(performance.now() - from);
  await clerk.close();
  await stage.close();
  times.sort((one, other) => one - other);
  const quantile = (of: number) =>
    (times[Math.min(times.length - 1, Math.ceil(of * times.length) - 1)] ?? 0) / 1000;
  const name = "from webhook to label";
  return [50, 95, 99].map((of) => ({
    name,
    size: null,
    unit: `p${of} s`,
    value: Math.round(quantile(of / 100) * 100) / 100,
    goal: { most: 10 },
  }));
}

interface Hook {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The last webhook, as it would be sent. */
function lastOf(stage: BenchStage): Hook {
  const last = stage.github.deliveries.log.at(-1);
  if (last === undefined) throw new Error("nothing has happened yet");
  return { event: last.event, payload: last.payload };
}

/** Sends so many, each made by `hookAt`, as fast as they are taken; how many were. */
async function send(
  stage: BenchStage,
  { url }: ClerkApart,
  count: number,
  hookAt: (at: number) => { readonly event: string; readonly text: string },
  signed = true,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  let taken = 0;
  const one = async () => {
    for (let at = next++; at < count; at = next++) {
      const { event, text } = hookAt(at);
      const secret = signed ? stage.secrets.webhookSecret : "another";
      const signature = createHmac("sha256", secret).update(text).digest("hex");
      const status = await new Promise<number>((resolve) => {
        const headers = {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
          "x-github-delivery": randomUUID(),
          "x-github-event": event,
          "x-hub-signature-256": `sha256=${signature}`,
        };
        const asking = request(url, { method: "POST", headers, agent }, (response) => {
          response.resume();
          response.once("end", () => resolve(response.statusCode ?? 0));
        });
        asking.once("error", () => resolve(0));
        asking.end(text);
      });
      if (status >= 200 && status < 300) taken += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  agent.destroy();
  return taken;
}

/** What people say, of which the clerk is told by hand; on a plain issue, and on a proposal. */
function templates(stage: BenchStage, proposal: number) {
  stage.github.webhooksTo(null);
  const issue = stage.as("passer-by").openIssue("Some issue").number;
  const { id } = stage.as("passer-by").comment(issue, "Nice.");
  const onIssue = lastOf(stage);
  stage.as("passer-by").comment(proposal, "Nice.");
  const onProposal = lastOf(stage);
  const fresh = ({ event, payload }: Hook, number?: number) => {
    const text = JSON.stringify(payload);
    return (at: number) => ({
      event,
      text: text
        .replaceAll(String(id), String(id + at))
        .replace(/"number":\d+/, (old) => (number === undefined ? old : `"number":${number}`)),
    });
  };
  return { onIssue: fresh(onIssue), onProposal: (number: number) => fresh(onProposal, number) };
}

const SENT = 5000;

/** How many webhooks one core takes in a second. */
export async function webhooksTaken(): Promise<readonly Row[]> {
  const { stage, numbers, clerk } = await loaded(10);
  const { onIssue, onProposal } = templates(stage, numbers[0] ?? 0);
  const rows: Row[] = [];
  const note = async (name: string, hookAt: Parameters<typeof send>[3], signed = true) => {
    const before = await clerk.usage();
    const taken = await send(stage, clerk, SENT, hookAt, signed);
    const cpu = (await clerk.usage()).cpu - before.cpu;
    if (signed && taken < SENT) throw new Error(`only ${taken} of ${SENT} were taken: ${name}`);
    rows.push({
      name,
      size: null,
      unit: "a core and second",
      value: Math.round(SENT / cpu),
      goal: { least: 1000 },
    });
    await calm(stage);
  };
  await send(stage, clerk, SENT / 5, onIssue);
  await note("nothing to do", onIssue);
  await note("a look at one proposal", onProposal(numbers[0] ?? 0));
  const many = numbers.map(onProposal);
  await note("looks at ten proposals", (at) => many[at % many.length]?.(at) ?? onIssue(at));
  await note("a wrong signature", onIssue, false);
  await clerk.close();
  await stage.close();
  return rows;
}

const STEP = 20_000;
const STEPS = 5;

/** What stays in memory after a hundred thousand webhooks, one in fifty about one of fifty proposals. */
export async function memory(): Promise<readonly Row[]> {
  const { stage, numbers, clerk } = await loaded(50);
  const { onIssue, onProposal } = templates(stage, numbers[0] ?? 0);
  const looks = numbers.map(onProposal);
  const rows: Row[] = [];
  const name = "after so many webhooks";
  let first = 0;
  for (let step = 1; step <= STEPS; step += 1) {
    await send(stage, clerk, STEP, (at) =>
      at % 50 === 0 ? (looks[(at / 50) % looks.length]?.(at) ?? onIssue(at)) : onIssue(at + step * STEP),
    );
    await calm(stage);
    const { heap, resident } = await clerk.usage();
    const round = (megabytes: number) => Math.round(megabytes * 10) / 10;
    const size = step * STEP;
    if (step === 1) first = heap;
    const most = round(first * 1.1);
    rows.push(
      { name, size, unit: "MB heap", value: round(heap), ...(step === STEPS && { goal: { most } }) },
      { name, size, unit: "MB resident", value: Math.round(resident) },
    );
  }
  await clerk.close();
  await stage.close();
  return rows;
}
