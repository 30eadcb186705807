import { createHmac, generateKeyPairSync } from "node:crypto";
import type { DestinationStream } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Clerk, type ClerkOptions, createClerk, WEBHOOK_PATH } from "../../src/app.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { type LogLevel, pinoLog } from "../../src/platform/pinoLog.js";
import type { HeardNews } from "../../src/runtime/server/heard.js";
import { LARGEST_BODY } from "../../src/runtime/server/http.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Ownership } from "../../src/store/ownership.js";
import { NO_ISSUES } from "../support/reader.js";
import { NOTHING_TO_WRITE } from "../support/reconciling.js";
import { check, FakeGitHub, START, turns } from "./fakes.js";

/** The whole clerk over real HTTP, with Probot in front and a GitHub in memory behind. */

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
const SECRET = "the secret of this test";
const WORDS = "words a person wrote, which no log may repeat";

const payload = {
  action: "created",
  installation: { id: 7 },
  repository: { name: "matrix-spec-proposals", owner: { login: "matrix-org" }, default_branch: "main" },
  issue: { number: 3000, pull_request: {} },
  comment: { body: WORDS },
  sender: { login: "anna", type: "User" },
};

let clock: MovableClock;
let github: FakeGitHub;
let clerk: Clerk;
let logged: string;
const clerks: Clerk[] = [];

const destination: DestinationStream = {
  write(line: string) {
    logged += line;
  },
};

function make(parts: Partial<ClerkOptions> = {}, level: LogLevel = "trace"): Clerk {
  const made = createClerk({
    appId: 123,
    privateKey: KEY,
    webhookSecret: SECRET,
    baseUrl: "http://127.0.0.1:9",
    clock,
    logger: pinoLog(level, false, destination),
    connect: () => ({
      reader: github,
      writer: github,
      issues: NO_ISSUES,
      webhooks: {
        deliveries: async () => ({ kind: "read", deliveries: [], cutOff: false }),
        askAgain: async () => ({ kind: "ok", status: 202, headers: {}, data: null }),
      },
      identify: async () => ({ id: 123, slug: "msc-clerk" }),
    }),
    evaluate: () => NOTHING_TO_WRITE,
    store: inMemoryStore(),
    dryRun: false,
    ...parts,
  });
  clerks.push(made);
  return made;
}

beforeEach(() => {
  logged = "";
  clock = new MovableClock(START);
  github = new FakeGitHub(clock);
  github.lists = () => ({ kind: "read", numbers: [], upTo: clock.now() });
  clerk = make();
});

afterEach(() => {
  for (const one of clerks.splice(0)) one.kill();
});

const signed = (body: string, secret = SECRET) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function send(url: string, body: string, headers: Record<string, string> = {}, path = WEBHOOK_PATH) {
  return fetch(`${url}${path}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "issue_comment",
      "x-github-delivery": "d1",
      "x-hub-signature-256": signed(body),
      ...headers,
    },
  });
}

/** Drives the clock until nothing is left but deadlines. */
async function drive(one = clerk): Promise<void> {
  for (let step = 0; step < 1000; step += 1) {
    await one.settled();
    if (one.idle()) return;
    const wake = clock.nextWake();
    if (wake !== null) await clock.setTo(wake);
  }
  throw new Error("It never came to rest.");
}

const start = async (one = clerk) => {
  const url = await one.start({ port: 0, host: "127.0.0.1" });
  await drive(one);
  return url;
};

describe("webhooks", () => {
  test("a signed one is answered at once, and causes one look", async () => {
    const url = await start();
    let release = () => {};
    github.hold = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const answer = await send(url, JSON.stringify(payload));
    expect(answer.status).toBe(200);
    expect(github.reads).toEqual([]);
    await clock.advance(500);
    await new Promise((resolve) => setImmediate(resolve));
    expect(github.reads).toHaveLength(1);
    release();
    github.hold = () => Promise.resolve();
    await drive();
    expect(github.reads).toHaveLength(1);
  });

  test("a burst of ten is one look, and the clerk's own doing none", async () => {
    const url = await start();
    await Promise.all(Array.from({ length: 10 }, () => send(url, JSON.stringify(payload))));
    await drive();
    expect(github.reads).toHaveLength(1);
    const own = { ...payload, sender: { login: "msc-clerk[bot]", type: "Bot" } };
    expect((await send(url, JSON.stringify(own))).status).toBe(200);
    await drive();
    expect(github.reads).toHaveLength(1);
  });

  test.each<[string, Record<string, string>]>([
    ["badly signed", { "x-hub-signature-256": signed(JSON.stringify(payload), "another secret") }],
    [
      "signed with Probot's default secret",
      { "x-hub-signature-256": signed(JSON.stringify(payload), "development") },
    ],
    ["signed by something that is no signature", { "x-hub-signature-256": "sha256=" }],
    ["signed with SHA-1 only", { "x-hub-signature-256": "sha1=abc" }],
  ])("%s: 400, and nothing is looked at", async (_how, headers) => {
    const url = await start();
    expect((await send(url, JSON.stringify(payload), headers)).status).toBe(400);
    await drive();
    expect(github.reads).toEqual([]);
  });

  test("unsigned: 400", async () => {
    const url = await start();
    const body = JSON.stringify(payload);
    const answer = await fetch(`${url}${WEBHOOK_PATH}`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-github-event": "issue_comment",
        "x-github-delivery": "1",
      },
    });
    expect(answer.status).toBe(400);
    await drive();
    expect(github.reads).toEqual([]);
  });

  test("a signature holds for the very bytes that were signed", async () => {
    const url = await start();
    const body = JSON.stringify(payload);
    expect((await send(url, `${body} `, { "x-hub-signature-256": signed(body) })).status).toBe(400);
  });

  test("signed nonsense: 400, and the clerk goes on", async () => {
    const url = await start();
    expect((await send(url, "{")).status).toBe(400);
    expect((await send(url, JSON.stringify(payload))).status).toBe(200);
  });

  test("an event the clerk does not know is taken and forgotten", async () => {
    const url = await start();
    expect((await send(url, JSON.stringify(payload), { "x-github-event": "star" })).status).toBe(200);
    await drive();
    expect(github.reads).toEqual([]);
  });

  test("the root takes them too: an App made on the set-up page sends them there", async () => {
    const url = await start();
    expect((await send(url, JSON.stringify(payload), {}, "/")).status).toBe(200);
    await drive();
    expect(github.reads).toHaveLength(1);
  });

  test("more than GitHub ever sends: 413, without keeping it", async () => {
    const url = await start();
    const answer = await send(url, "x".repeat(LARGEST_BODY + 1)).catch(() => null);
    expect(answer?.status ?? 413).toBe(413);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("no secret, token, signature or text is in the log, at any level", async () => {
    const url = await start();
    const body = JSON.stringify(payload);
    await send(url, body);
    await send(url, body, { "x-hub-signature-256": signed(body, "another secret") });
    await send(url, "{");
    await drive();
    expect(logged).not.toBe("");
    for (const secret of [SECRET, WORDS, "PRIVATE KEY", "Bearer", signed(body), signed(body).slice(7)]) {
      expect(logged).not.toContain(secret);
    }
  });
});

describe("at the start and after", () => {
  test("every open proposal is looked at, without any webhook", async () => {
    github.lists = () => ({ kind: "read", numbers: [1, 2, 3], upTo: clock.now() });
    await start();
    expect(github.reads.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test("fcp.conclude: it looks at a deadline although nobody writes", async () => {
    const day = 86_400_000;
    clerk = make({
      evaluate: () => ({ ...NOTHING_TO_WRITE, actions: [], nextCheckAt: START + 5 * day }),
    });
    const url = await start();
    await send(url, JSON.stringify(payload));
    await drive();
    expect(clerk.nextDeadline()).toBe(START + 5 * day);
    await clock.setTo(START + 5 * day - 1);
    await drive();
    const before = github.reads.length;
    await clock.setTo(START + 5 * day);
    await drive();
    expect(github.reads.length).toBe(before + 1);
    expect(github.reads.at(-1)?.at).toBeGreaterThanOrEqual(START + 5 * day);
  });

  test("GitHub being out of reach keeps it from nothing but looking", async () => {
    github.repositoriesOutcome = { kind: "unreadable", why: "502", retryAt: null };
    const url = await clerk.start({ port: 0, host: "127.0.0.1" });
    await clerk.settled();
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ ok: true, lastResync: null });
    github.repositoriesOutcome = { kind: "read", repositories: [] };
    await drive();
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ lastResync: expect.any(String) });
  });

  test("/healthz tells how it does, / says what it is, anything else is 404", async () => {
    const url = await start();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({
      ok: true,
      lastResync: "2026-03-01T12:00:00Z",
      queue: 0,
      running: 0,
      deadlines: 0,
    });
    expect(await (await fetch(url)).text()).toMatch(/msc-clerk/);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}${WEBHOOK_PATH}`)).status).toBe(404);
  });
});

describe("ending", () => {
  test("stop finishes the action in hand, begins no other, and resolves", async () => {
    clerk = make({
      evaluate: () => ({ ...NOTHING_TO_WRITE, actions: [check(), check("success")], nextCheckAt: null }),
    });
    const url = await start();
    let release = () => {};
    github.answer = () => {
      github.hold = () =>
        new Promise((resolve) => {
          release = resolve;
        });
      return null;
    };
    await send(url, JSON.stringify(payload));
    await clock.advance(500);
    await clerk.settled();
    const stopped = clerk.stop();
    release();
    await stopped;
    expect(github.writes).toHaveLength(1);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test("stop resolves within its grace, also when what is in hand never ends", async () => {
    clerk = make({ timing: { grace: 200 } });
    const url = await start();
    github.hold = () => new Promise(() => {});
    await send(url, JSON.stringify(payload));
    await clock.advance(500);
    await clerk.settled();
    const asked = Date.now();
    await clerk.stop();
    expect(Date.now() - asked).toBeLessThan(2000);
  });

  test("killed, it sends nothing more and takes nothing more", async () => {
    const url = await start();
    await send(url, JSON.stringify(payload));
    clerk.kill();
    await clock.advance(86_400_000);
    await clerk.settled();
    expect(github.reads).toEqual([]);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await clerk.stop();
  });

  test("a port that is taken is said in one plain sentence", async () => {
    const url = await start();
    const port = Number(new URL(url).port);
    await expect(make().start({ port, host: "127.0.0.1" })).rejects.toThrow(
      `Port ${port} is in use already: set PORT to another one.`,
    );
  });
});

test("several instances: a dry run takes no installation from those that write, and does nothing of theirs", async () => {
  const taken: string[] = [];
  const ownership: Ownership<HeardNews> = {
    start: () => taken.push("start"),
    among: async () => {
      taken.push("among");
      return new Set();
    },
    hand: () => taken.push("hand"),
    done: () => taken.push("done"),
    holds: () => false,
    heldSince: () => null,
    stop: async () => {},
  };
  let listed = false;
  github.lists = () => {
    listed = true;
    return { kind: "read", numbers: [], upTo: clock.now() };
  };
  await make({ dryRun: true, ownership }).start({ port: 0, host: "127.0.0.1" });
  await turns();
  expect(taken).toEqual([]);
  expect(listed, "it looks at all of them").toBe(true);
});
