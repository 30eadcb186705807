import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { type Clerk, createClerk } from "../../src/app.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { pinoLog } from "../../src/platform/pinoLog.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { NO_ISSUES } from "../support/reader.js";
import { NOTHING_TO_WRITE } from "../support/reconciling.js";
import { START } from "../support/world.js";
import { FakeGitHub } from "./fakes.js";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "pkcs1", format: "pem" },
});

let clerk: Clerk | null = null;
afterEach(() => clerk?.kill());

/** A clerk with one public repository in its store. `host`: where its pages listen. */
async function serving(options: { readonly publicUrl?: string; readonly host?: string } = {}) {
  const lines: string[] = [];
  const clock = new MovableClock(START);
  const github = new FakeGitHub(clock);
  const store = inMemoryStore();
  await store.views.putRepository({
    ...{ repository: 7, owner: "o", name: "r", url: "https://github.com/o/r", isPublic: true },
  });
  clerk = createClerk({
    ...{ appId: 1, privateKey, webhookSecret: "secret", baseUrl: "http://127.0.0.1:9", clock, store },
    logger: pinoLog("info", false, { write: (line: string) => void lines.push(line) }),
    connect: () => ({
      reader: github,
      writer: github,
      issues: NO_ISSUES,
      webhooks: {
        deliveries: async () => ({ kind: "read", deliveries: [], cutOff: false }),
        askAgain: async () => ({ kind: "ok", status: 202, headers: {}, data: null }),
      },
      identify: async () => ({ id: 1, slug: "msc-clerk" }),
    }),
    evaluate: () => NOTHING_TO_WRITE,
    dryRun: false,
    publicUrl: options.publicUrl,
  });
  const webhooks = await clerk.start({
    ...{ port: 0, host: "127.0.0.1" },
    pages: { port: 0, host: options.host ?? "127.0.0.1" },
  });
  const port = new URL(clerk.pagesAddress ?? "").port;
  return { webhooks, pages: `http://127.0.0.1:${port}`, logged: () => lines.join("") };
}

const statusOf = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(url, { headers, redirect: "manual" })).status;

describe("where the pages are", () => {
  test("on their own port for this machine, and never on the webhooks’", async () => {
    const { pages, webhooks } = await serving();
    expect(await statusOf(`${pages}/o/r/`)).toBe(200);
    expect(await statusOf(`${pages}/`)).toBe(303);
    expect(await statusOf(`${webhooks}/o/r/`)).toBe(404);
    expect(await statusOf(`${webhooks}/o/r/api/v1/board.json`)).toBe(404);
  });

  test("without PUBLIC_URL they are on no other address than this machine’s, which is said; metrics are", async () => {
    const { pages, logged } = await serving({ host: "0.0.0.0" });
    expect(await statusOf(`${pages}/o/r/`)).toBe(404);
    expect(await statusOf(`${pages}/metrics`)).toBe(200);
    expect(logged()).toContain(
      "The pages are not served on 0.0.0.0, as PUBLIC_URL does not say where they are reached.",
    );
  });

  test("with PUBLIC_URL they are, and feeds name it", async () => {
    const { pages } = await serving({ host: "0.0.0.0", publicUrl: "https://clerk.example.org" });
    expect(await statusOf(`${pages}/o/r/`)).toBe(200);
    expect(await (await fetch(`${pages}/o/r/feed.atom`)).text()).toContain(
      "https://clerk.example.org/o/r/feed.atom",
    );
  });

  test("/metrics is on the same port, and is not told to who comes through a proxy", async () => {
    const { pages } = await serving({ publicUrl: "https://clerk.example.org" });
    expect(await statusOf(`${pages}/metrics`)).toBe(200);
    for (const name of ["x-forwarded-for", "forwarded", "via"])
      expect(await statusOf(`${pages}/metrics`, { [name]: "203.0.113.7" })).toBe(404);
  });
});
